"""A catalog keyed by other rules keeps its translations under the keys of today; what is not plain stays fuzzy."""

import json
import re
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from conftest import SILENCE, request_for
from hypothesis import given, settings
from hypothesis import strategies as st

from stele import pipeline
from stele.cli import main
from stele.diagnostics import Location
from stele.sources.documents import loose_document
from stele.translation.gathering import messages_of
from stele.translation.merging.merge import merge, new_catalog
from stele.translation.messages import Message
from stele.translation.po.catalog import Catalog, read_catalog, write_catalog
from stele.translation.po.style import revised
from stele.translation.reuse.canonical import canonical, respelled
from stele.translation.reuse.migration import migrate

NOW = datetime(2026, 2, 26, 12, 30, tzinfo=UTC)
PLURALS = "nplurals=2; plural=(n != 1);"
ADDRESSES = {"foo": "figures.md"}


def keyed(*pairs, **fields):
    """Return the bytes of a catalog with the messages and translations in `pairs`."""
    wanted = [Message(msgid, (Location("content/page.md"),)) for msgid, _ in pairs]
    fresh, texts = new_catalog("az", PLURALS, wanted, NOW), dict(pairs)
    entries = (
        entry if entry.is_header else revised(entry, fresh.style, msgstr=(texts[entry.msgid],), **fields)
        for entry in fresh.entries
    )
    return write_catalog(Catalog(tuple(entries)))


def migrated(data, source):
    """Return what `migrate` makes of a catalog, and the live messages with translation and flags."""
    document, _ = loose_document(source, "content/page.md")
    made = migrate(data, "page.po", document, "en", NOW)
    catalog, found = read_catalog(made.data, "page.po")
    assert found == ()
    assert merge(catalog, messages_of(document, "en"), NOW) == catalog
    live = [entry for entry in catalog.entries if not entry.is_header and not entry.obsolete]
    return made, [(entry.msgid, entry.msgstr[0], entry.flags) for entry in live]


# --- what other rules and tools make of one text, in three scripts --------------------------------------------------

SOURCE = """## A night {: #night }

Many fled *towards* Aghdam
by night, and some [were found][foo] later.[^hrw]
{: .lead }

| Who | How many |
|---|---|
| Women | 106 |

- snow
- cold and dark

[foo]: figures.md
[^hrw]: Human Rights Watch, *Bloodshed*.
"""
SAID = {
    "az": ("Bir gecə", "Çoxları gecə Ağdama *doğru*", "qaçdı, bəziləri sonra [tapıldı]", "Kim", "Neçə", "Qadınlar",
           "106", "qar", "soyuq və qaranlıq", "“Hyuman Rayts Voç”, *Bloodshed*."),
    "ru": ("Ночь", "Многие бежали ночью *к* Агдаму", "и некоторых потом [нашли]", "Кто", "Сколько", "Женщины", "106",
           "снег", "холод и тьма", "«Хьюман Райтс Вотч», *Bloodshed*."),
    "fa": ("یک شب", "بسیاری شبانه *به سوی* آغدام", "گریختند و برخی بعد [پیدا شدند]", "که", "چند", "زنان", "۱۰۶",
           "برف", "سرما و تاریکی", "دیدبان حقوق بشر، *Bloodshed*."),
}  # fmt: skip


def today(tag):
    """Return the messages of SOURCE with their translations, by the rules of today."""
    night, fled, found, who, many, women, count, snow, cold, note = SAID[tag]
    return [
        ("A night", night),
        (
            "Many fled *towards* Aghdam by night, and some [were found][foo] later.[^hrw]",
            f"{fled} {found}[foo].[^hrw]",
        ),
        ("Who", who),
        ("How many", many),
        ("Women", women),
        ("106", count),
        ("snow", snow),
        ("cold and dark", cold),
        ("Human Rights Watch, *Bloodshed*.", note),
    ]


def unfolded(tag):
    """Key as a version that keeps soft breaks and attribute lists."""
    fled, found = SAID[tag][1:3]
    msgid = "Many fled *towards* Aghdam\nby night, and some [were found][foo] later.[^hrw]\n{: .lead }"
    heading = ("A night {: #night }", f"{SAID[tag][0]} {{: #night }}")
    return [heading, (msgid, f"{fled}\n{found}[foo].[^hrw]\n{{: .lead }}"), *today(tag)[2:]]


def inlined(tag):
    """Key as mdbook-i18n-helpers does: underscores, addresses in place of keys."""
    (_, text), own = today(tag)[1], today(tag)
    msgid = "Many fled _towards_ Aghdam by night, and some [were found](figures.md) later.[^hrw]"
    note = (own[-1][0].replace("*", "_"), own[-1][1].replace("*", "_"))
    return [own[0], (msgid, text.replace("*", "_").replace("[foo]", "(figures.md)")), *own[2:-1], note]


def whole(tag):
    """Key as po4a does: a table, a list and a note with its mark are one message each."""
    own, (who, many, women, count, snow, cold, note) = today(tag), SAID[tag][3:]
    return [
        *own[:2],
        ("| Who | How many |\n|---|---|\n| Women | 106 |", f"| {who} | {many} |\n|---|---|\n| {women} | {count} |"),
        ("- snow\n- cold and dark", f"- {snow}\n- {cold}"),
        ("[^hrw]: Human Rights Watch, *Bloodshed*.", f"[^hrw]: {note}"),
    ]


@pytest.mark.parametrize("rules", [unfolded, inlined, whole])
@pytest.mark.parametrize("tag", SAID)
def test_the_keys_of_other_rules_become_those_of_today(rules, tag):
    made, live = migrated(keyed(*rules(tag)), SOURCE)
    assert [(msgid, text.replace("_", "*")) for msgid, text, _ in live] == today(tag)
    assert {flags for _, _, flags in live} == {()}
    assert len(made.moves) == len([pair for pair in today(tag) if pair not in rules(tag)])


@pytest.mark.parametrize("rules", [unfolded, inlined, whole])
def test_a_second_migration_changes_no_byte(rules):
    made, _ = migrated(keyed(*rules("ru")), SOURCE)
    assert migrated(made.data, SOURCE)[0].data == made.data


def test_keys_of_today_move_nowhere():
    made, live = migrated(keyed(*today("az")), SOURCE)
    assert (made.moves, [item[:2] for item in live]) == ((), today("az"))


def test_the_old_entry_becomes_obsolete():
    made, _ = migrated(keyed(("It was\n613.", "613\nidi.")), "It was 613.\n")
    assert b'#~ msgid ""\n#~ "It was\\n"\n#~ "613."\n' in made.data


def test_an_obsolete_entry_gives_too():
    _, live = migrated(keyed(("It was\n613.", "Было\n613."), obsolete=True), "It was 613.\n")
    assert live == [("It was 613.", "Было 613.", ())]


def test_another_context_is_another_key_of_the_same_words():
    _, live = migrated(keyed(("It was 613.", "613 idi."), context="paragraph"), "It was 613.\n")
    assert live == [("It was 613.", "613 idi.", ())]


def test_fuzziness_and_comments_of_translators_move_along():
    data = keyed(("It was\n613.", "Было\n613."), flags=("fuzzy",), translator_comments=("ask Leyla",))
    made, live = migrated(data, "It was 613.\n")
    assert live == [("It was 613.", "Было 613.", ("fuzzy",))]
    assert made.data.count(b"# ask Leyla\n") == 2


# --- what is not plain -----------------------------------------------------------------------------------------------


def test_a_translation_in_other_pieces_is_left_to_the_fuzzy_merge():
    made, live = migrated(keyed(("- snow\n- cold", "- qar\n\nsoyuq")), "- snow\n- cold\n")
    assert (made.moves, [text for _, text, _ in live]) == ((), ["", ""])


def test_two_translations_of_one_message_are_left_alone():
    data = keyed(("It was\n613.", "613 idi."), ("It\nwas 613.", "613 nəfər idi."))
    made, live = migrated(data, "It was 613.\n")
    assert (made.moves, live[0][2]) == ((), ("fuzzy",))


def test_what_is_translated_already_is_kept():
    made, live = migrated(keyed(("It was\n613.", "Было\n613."), ("It was 613.", "Их было 613.")), "It was 613.\n")
    assert (made.moves, live) == ((), [("It was 613.", "Их было 613.", ())])


def test_other_words_are_no_spelling():
    made, live = migrated(keyed(("It was\n613 people.", "Было\n613 человек.")), "It was 614 people.\n")
    assert (made.moves, live[0][2]) == ((), ("fuzzy",))


def test_another_address_is_no_spelling():
    source = "See [it][foo].\n\n[foo]: other.md\n"
    made, _ = migrated(keyed(("See [it](figures.md).", "[Buna](figures.md) bax.")), source)
    assert made.moves == ()


def test_what_could_not_be_printed_does_not_move():
    made, _ = migrated(keyed(("It was\n613.", "<b>613</b>\nidi.")), "It was 613.\n")
    assert made.moves == ()


def test_a_broken_catalog_stays_as_it_is():
    document, _ = loose_document("Words\n", "content/page.md")
    made = migrate(b'msgid "', "page.po", document, "en", NOW)
    assert (made.data, [item.code for item in made.diagnostics]) == (b'msgid "', ["broken-catalog"])


# --- spellings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a\nb", "a b"),
        ("a  \nb", "a\\\nb"),
        ("*a* and **b**", "_a_ and __b__"),
        ("[x][foo]", "[x](figures.md)"),
        ("[Foo]", "[Foo][foo]"),
        ("[Foo][]", "[Foo](figures.md)"),
        ("A night {: #night }", "A night"),
        ("A night {#night}", "A night"),
        ("snake\\_case", "snake_case"),
        ("1\\. May", "1. May"),
        ("a &ndash; b&nbsp;c &amp; d", "a – b\u00a0c & d"),
    ],
)
def test_spellings_of_the_same(one, other):
    assert canonical(one, ADDRESSES) == canonical(other, ADDRESSES)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a  \nb", "a b"),
        ("\\*a\\*", "*a*"),
        ("&lt;b&gt;", "<b>"),
        ("`a_b_ &amp;`", "`a*b* &`"),
        ("snake_case", "snake*case"),
        ("{killed} of 613 {killed}", "{killed} of 613"),
        ("[x](a.md)", "[x](b.md)"),
        ("[x](_a_)", "[x](*a*)"),
        ("Names", "names"),
    ],
)
def test_what_is_not_the_same(one, other):
    assert canonical(one, ADDRESSES) != canonical(other, ADDRESSES)


@pytest.mark.parametrize(
    ("translation", "old", "new", "expected"),
    [
        ("б\nа", "a\nb", "a b", "б а"),
        ("_ب_ `x_y`", "_b_", "*b*", "*ب* `x_y`"),
        ("[Фу]", "[Foo]", "[Foo][foo]", "[Фу][foo]"),
        ("[Фу][foo]", "[Foo]", "[Foo][foo]", "[Фу][foo]"),
        ("[Фу](figures.md)", "[Foo](figures.md)", "[Foo][foo]", "[Фу][foo]"),
        ("Gecə {: #night }", "A night {: #night }", "A night", "Gecə"),
        ("شب &ndash; روز", "night &ndash; day", "night – day", "شب – روز"),
    ],
)
def test_a_translation_is_respelled_as_its_source_is(translation, old, new, expected):
    assert respelled(translation, old, new, ADDRESSES) == expected


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab я١_*`[]()\\&;{}#:\n ^<>!", max_size=40))
def test_the_canonical_spelling_is_its_own(text):
    once = canonical(text, ADDRESSES)
    assert re.sub(r"\W", "", once) == re.sub(r"\W", "", canonical(once, ADDRESSES))


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="ab я١_*`[]()\\&;{}#:|-\n ^<>!", min_size=1, max_size=60), st.text(min_size=1, max_size=30))
def test_any_catalog_ends_without_a_traceback(msgid, msgstr):
    document, _ = loose_document("Words of *today*.\n", "content/page.md")
    made = migrate(keyed((msgid, msgstr)), "page.po", document, "en", NOW)
    assert isinstance(made.data, bytes)


@pytest.mark.parametrize("text", ["](" * 6_000, "[^" * 6_000, "`a" * 6_000, "_a " * 5_000, "&amp" * 4_000, "{:" * 6_000,
                                  " " * 15_000 + "{", "\\" * 15_000, "<a " * 5_000, "[a][" * 4_000])  # fmt: skip
def test_long_nonsense_is_spelled_in_no_time(text):
    assert respelled(text, text, canonical(text, ADDRESSES), ADDRESSES) is not None


# --- the command -----------------------------------------------------------------------------------------------------


def test_the_command_tells_what_moved_and_an_update_changes_nothing_more(project):
    data = keyed(("It was\n613.", "613\nidi."))
    folder = project(
        {"content/page.md": "# Night\n\nIt was 613.\n", "locales/az/LC_MESSAGES/page.po": data}, ("en", "az")
    )
    outcome = CliRunner().invoke(main, ["migrate", "--project", str(folder), "--jobs", "1"])
    assert (outcome.exit_code, outcome.stdout.splitlines()[:2]) == (
        0,
        ["locales/az/LC_MESSAGES/page.po: “It was\\n613.” is now “It was 613.”", "locales/az/LC_MESSAGES/page.po"],
    )
    path = folder / "locales/az/LC_MESSAGES/page.po"
    before = path.read_bytes()
    again = pipeline.update_catalogs(request_for(folder, jobs=1), SILENCE)
    assert (again.made, path.read_bytes()) == ((), before)
    assert b'msgid "It was 613."\nmsgstr "613 idi."\n' in before


def test_the_command_speaks_json(project):
    folder = project({"content/page.md": "# Night\n"}, ("en", "az"))
    outcome = CliRunner().invoke(main, ["migrate", "--project", str(folder), "--jobs", "1", "--format", "json"])
    assert (outcome.exit_code, json.loads(outcome.stdout)) == (0, [])
