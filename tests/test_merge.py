"""An update keeps every translation it can, marks what nobody has confirmed, and changes no other byte."""

import os
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stele.diagnostics import Location
from stele.translation.merging.merge import merge, new_catalog, same_messages, template
from stele.translation.merging.small_changes import small_changes
from stele.translation.messages import Message
from stele.translation.po.catalog import Catalog, read_catalog, write_catalog
from stele.translation.po.entry import Previous
from stele.translation.po.style import revised

SAMPLES = sorted((Path(__file__).parent / "data" / "catalogs").glob("*.po"))
THEN = datetime(2025, 1, 31, 9, 0, tzinfo=timezone(timedelta(hours=4)))
NOW = datetime(2026, 2, 26, 12, 30, tzinfo=UTC)
PLURALS = "nplurals=2; plural=(n != 1);"


def gettext(*command, data=b""):
    """Run a tool of GNU gettext on `data` and return what it writes; it must have nothing to say against it."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    run = subprocess.run(command, input=data, capture_output=True, env=environment, check=False)
    assert (run.returncode, run.stderr.decode()) == (0, "")
    return run.stdout


def read(data):
    catalog, diagnostics = read_catalog(data, "words.po")
    assert diagnostics == ()
    return catalog


def message(msgid, path="content/words.md", **fields):
    return Message(msgid, (Location(path, 7),), **fields)


def messages(*msgids):
    return [message(msgid) for msgid in msgids]


def translated(*pairs, flags=()):
    """Return a catalog, as read from its file, of the messages and translations in `pairs`."""
    fresh = new_catalog("az", PLURALS, messages(*(msgid for msgid, _ in pairs)), THEN)
    texts = dict(pairs)
    entries = [
        entry if entry.is_header else revised(entry, fresh.style, msgstr=(texts[entry.msgid],), flags=flags)
        for entry in fresh.entries
    ]
    return read(write_catalog(Catalog(tuple(entries))))


def updated(catalog, *wanted):
    """Return the catalog that is read after an update to the messages `wanted`."""
    return read(write_catalog(merge(catalog, wanted, NOW)))


def state(catalog):
    """Return msgid, translation and mark of each entry but the header: " ", "fuzzy" or "obsolete"."""
    marks = {(False, False): "", (True, False): "fuzzy", (False, True): "obsolete", (True, True): "fuzzy obsolete"}
    return [
        (entry.msgid, entry.msgstr[0], marks[entry.fuzzy, entry.obsolete])
        for entry in catalog.entries
        if not entry.is_header
    ]


# --- what stays ------------------------------------------------------------------------------------------------------


def test_the_same_messages_change_no_byte():
    catalog = translated(("Names", "Adlar"), ("Places", ""))
    actual = merge(catalog, messages("Names", "Places"), NOW)
    assert actual == catalog


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_the_same_messages_change_nothing_in_a_strange_file_either(sample):
    data = sample.read_bytes()
    catalog = read(data)
    same = [
        Message(
            entry.msgid,
            tuple(Location(path) for path in entry.references),
            entry.extracted_comments,
            tuple(flag for flag in entry.flags if flag.endswith("-format")),
            entry.context,
            entry.plural,
        )
        for entry in catalog.entries
        if not (entry.obsolete or entry.is_header)
    ]
    assert write_catalog(merge(catalog, same, NOW)) == data


def test_only_the_line_that_must_change_does():
    data = write_catalog(translated(("Names", "Adlar"), ("Places", "Yerlər")))
    data = data.replace(b'#: content/words.md\nmsgid "Places"', b'#  by hand\n#: content/old.md:3\nmsgid  "Places"')
    actual = write_catalog(merge(read(data), messages("Names", "Places"), NOW))
    assert actual == data.replace(b"content/old.md:3", b"content/words.md")


def test_references_tell_each_file_once_and_comments_line_by_line():
    places = tuple(
        Location(path, line) for path, line in (("content/b.md", 3), ("content/a.md", 9), ("content/b.md", 1))
    )
    wanted = Message("Names", places, ("Heading 2", "a note\nof two lines"))
    entry = updated(translated(("Names", "Adlar")), wanted).find("Names")
    assert entry.references == ("content/b.md", "content/a.md")
    assert entry.extracted_comments == ("Heading 2", "a note", "of two lines")


@pytest.mark.parametrize("places", [b"content/words.md:3 content/words.md:30", b"content/words.md:3"])
def test_line_numbers_that_a_tool_wrote_stay(places):
    data = write_catalog(translated(("Names", "Adlar"))).replace(b"content/words.md", places)
    assert write_catalog(merge(read(data), messages("Names"), NOW)) == data


def test_a_catalog_without_places_gets_none():
    data = write_catalog(translated(("Names", "Adlar"))).replace(b"#: content/words.md\n", b"")
    actual = updated(read(data), *messages("Names", "Places"))
    assert [entry.references for entry in actual.entries] == [(), (), ()]


def test_an_obsolete_entry_stays_as_somebody_left_it():
    data = write_catalog(translated(("Names", "Adlar"))) + b'\n#. type: title\n#: a.md:3\n#~ msgid "x"\n#~ msgstr "y"\n'
    assert write_catalog(merge(read(data), messages("Names"), NOW)) == data


def test_format_flags_follow_the_source_and_others_stay():
    catalog = translated(("{n} names", "{n} ad"), flags=("no-wrap", "python-format", "fuzzy"))
    entry = updated(catalog, message("{n} names", flags=("python-brace-format",))).find("{n} names")
    assert entry.flags == ("no-wrap", "fuzzy", "python-brace-format")


def test_the_order_is_that_of_the_messages():
    catalog = translated(("a", "1"), ("b", "2"), ("c", "3"))
    assert state(updated(catalog, *messages("c", "a", "b"))) == [("c", "3", ""), ("a", "1", ""), ("b", "2", "")]


def test_a_fuzzy_translation_stays_fuzzy():
    catalog = translated(("Names", "Adlar"), flags=("fuzzy",))
    assert merge(catalog, messages("Names"), NOW) == catalog


def test_exact_matches_and_obsolete_entries_are_those_of_msgmerge(tmp_path):
    old = translated(*((f"message number {number}", f"ismarış {number}") for number in range(40)))
    wanted = messages(*(f"message number {number}" for number in range(36, 2, -3)), "unheard")
    (tmp_path / "old.po").write_bytes(write_catalog(old))
    (tmp_path / "new.pot").write_bytes(write_catalog(template(wanted, NOW)))
    command = ("msgmerge", "--quiet", "--no-fuzzy-matching", tmp_path / "old.po", tmp_path / "new.pot")
    expected = state(read(gettext(*command)))
    assert state(updated(old, *wanted)) == expected


# --- what goes and comes back ----------------------------------------------------------------------------------------


def test_a_removed_translation_becomes_obsolete_and_an_empty_one_is_dropped():
    catalog = translated(("Names", "Adlar"), ("Places", ""), ("Sources", "Mənbələr"))
    actual = state(updated(catalog, *messages("Names")))
    assert actual == [("Names", "Adlar", ""), ("Sources", "Mənbələr", "obsolete")]


def test_an_obsolete_entry_keeps_the_translators_remark_but_not_the_place():
    data = write_catalog(translated(("Names", "Adlar"))).replace(b"#: content", b"# by hand\n#. Heading 2\n#: content")
    actual = write_catalog(merge(read(data), [], NOW)).decode().partition("\n\n")[2]
    assert actual == '# by hand\n#~ msgid "Names"\n#~ msgstr "Adlar"\n'


def test_a_message_that_returns_gets_its_translation_back():
    catalog = translated(("Names", "Adlar"), ("Places", "Yerlər"))
    without = updated(catalog, *messages("Places"))
    actual = updated(without, *messages("Names", "Places"))
    assert state(actual) == state(catalog)


def test_a_message_belongs_to_its_context():
    catalog = updated(translated(("Names", "Adlar")), message("Names"), message("Names", context="heading"))
    assert [(entry.context, entry.msgstr) for entry in catalog.entries[1:]] == [(None, ("Adlar",)), ("heading", ("",))]


# --- what is reworded ------------------------------------------------------------------------------------------------

SENTENCE = "In the night of 26 February the town was attacked from three sides."


@pytest.mark.parametrize(
    "reworded",
    [
        "In the night of 26 February the town was attacked  from three sides.",
        "In the night of 26 February, the town was attacked from three sides!",
        "IN THE NIGHT of 26 february the town was attacked from three sides.",
        "In the *night* of <b>26 February</b> the [town](places.md#town) was `attacked` from three sides.",
        "In the night of 26 February the old town was attacked from three sides.",
        "In the night of 26 February the town was attacked from two sides.",
    ],
)
def test_a_reworded_message_keeps_its_translation_to_be_confirmed(reworded):
    entry = updated(translated((SENTENCE, "Tərcümə")), message(reworded)).find(reworded)
    assert (entry.msgstr, entry.fuzzy, entry.previous) == (("Tərcümə",), True, Previous(SENTENCE))


def test_a_change_of_case_alone_is_found_anywhere():
    catalog = translated(("Oh", "Ah"), *((f"Other {number}", "başqa") for number in range(9)))
    wanted = messages(*(f"Other {number}" for number in range(9)), "*OH*")
    assert updated(catalog, *wanted).find("*OH*").previous == Previous("Oh")


def test_the_bytes_of_the_translation_stay_when_its_message_is_reworded():
    data = write_catalog(translated((SENTENCE, "Tərcümə")))
    data = data.replace(b"#: content", b"#by hand\n#: content").replace(
        'msgstr "Tərcümə"'.encode(), 'msgstr ""\n "Tər"\n "cümə"'.encode()
    )
    actual = write_catalog(merge(read(data), messages(SENTENCE.upper()), NOW)).decode().partition("\n\n")[2]
    assert actual == (
        f'#by hand\n#: content/words.md\n#, fuzzy\n#| msgid "{SENTENCE}"\nmsgid "{SENTENCE.upper()}"\n'
        'msgstr ""\n "Tər"\n "cümə"\n'
    )


def test_a_message_still_in_use_gives_its_translation_to_no_other():
    catalog = translated((SENTENCE, "Tərcümə"))
    changed = SENTENCE.replace("three", "two")
    assert updated(catalog, *messages(SENTENCE, changed)).find(changed).untranslated


def test_one_removed_message_gives_to_one_new_message():
    catalog = translated((SENTENCE, "Tərcümə"))
    wanted = [SENTENCE.replace("three", number) for number in ("two", "four", "five")]
    actual = [entry.msgstr[0] for entry in updated(catalog, *messages(*wanted)).entries[1:]]
    assert sorted(actual) == ["", "", "Tərcümə"]


def test_rows_alike_keep_their_order():
    rows = [f"Village number {number}: burned" for number in range(12)]
    catalog = translated(*((row, f"Kənd {number}") for number, row in enumerate(rows)))
    actual = updated(catalog, *messages(*(row.replace("burned", "burnt down") for row in rows)))
    assert [entry.msgstr[0] for entry in actual.entries[1:]] == [f"Kənd {number}" for number in range(12)]


def test_a_slip_of_the_pen_is_recognised_between_unchanged_neighbours_only():
    catalog = translated(("Foreword", "Ön söz"), ("Chronlogy", "Xronologiya"), ("Sources", "Mənbələr"))
    in_place = updated(catalog, *messages("Foreword", "Chronology", "Sources"))
    elsewhere = updated(catalog, *messages("Chronology", "Foreword", "Sources"))
    assert in_place.find("Chronology").previous == Previous("Chronlogy")
    assert elsewhere.find("Chronology").untranslated


def test_of_two_candidates_the_one_in_the_same_place_gives():
    old = ["One", "The first wave of refugees left in May.", "Two", "The second wave of refugees left in June."]
    catalog = translated(*((text, text.upper()) for text in old))
    wave = "The wave of refugees left."
    assert updated(catalog, *messages("One", wave, "Two")).find(wave).previous.msgid == old[1]
    assert updated(catalog, *messages("One", "Two", wave)).find(wave).previous.msgid == old[3]


def test_unlike_messages_do_not_give():
    catalog = translated(("Who stopped the convoy", "Karvanı kim saxladı"))
    actual = state(updated(catalog, *messages("Where the archive is kept")))
    assert actual == [
        ("Where the archive is kept", "", ""),
        ("Who stopped the convoy", "Karvanı kim saxladı", "obsolete"),
    ]


def test_a_chapter_in_one_paragraph_is_recognised_too():
    chapter = " ".join(f"word{number}" for number in range(1500))
    reworded = chapter.replace("word700 ", "word700, and more, ")
    assert updated(translated((chapter, "Fəsil")), message(reworded)).find(reworded).previous == Previous(chapter)


def test_a_translation_never_confirmed_remembers_what_it_was_made_for():
    catalog = updated(translated((SENTENCE, "Tərcümə")), message(SENTENCE.replace("three", "two")))
    again = SENTENCE.replace("three", "five")
    assert updated(catalog, message(again)).find(again).previous == Previous(SENTENCE)


def test_what_has_no_translation_gives_none():
    entry = updated(translated((SENTENCE, "")), message(SENTENCE.lower())).find(SENTENCE.lower())
    assert (entry.fuzzy, entry.previous) == (False, None)


# --- small changes ---------------------------------------------------------------------------------------------------


def kept(catalog, *wanted):
    """Return the catalog that is read after an update that keeps small changes."""
    return read(write_catalog(merge(catalog, wanted, NOW, keep_small_changes=True)))


def test_a_small_change_keeps_the_translation_confirmed_and_remembers_the_text_it_was_made_for():
    entry = kept(translated((SENTENCE, "Tərcümə")), message(SENTENCE.upper())).find(SENTENCE.upper())
    assert (entry.msgstr, entry.flags, entry.previous) == (("Tərcümə",), (), Previous(SENTENCE))


def test_a_larger_change_is_fuzzy_as_ever():
    wanted = message(SENTENCE.replace("was", "was not"))
    catalog = translated((SENTENCE, "Tərcümə"))
    assert kept(catalog, wanted) == updated(catalog, wanted)


def test_a_fuzzy_translation_is_not_confirmed_by_a_small_change():
    entry = kept(translated((SENTENCE, "Tərcümə"), flags=("fuzzy",)), message(SENTENCE.upper())).find(SENTENCE.upper())
    assert entry.fuzzy


def test_small_changes_in_a_row_remember_the_first_text():
    first = kept(translated((SENTENCE, "Tərcümə")), message(SENTENCE.upper()))
    second = kept(first, message(SENTENCE.lower()))
    assert second.find(SENTENCE.lower()).previous == Previous(SENTENCE)


def test_a_small_change_taken_back_leaves_no_trace():
    catalog = translated((SENTENCE, "Tərcümə"))
    assert (
        write_catalog(kept(kept(catalog, message(SENTENCE.upper())), message(SENTENCE))).partition(b"\n\n")[2]
        == (write_catalog(catalog).partition(b"\n\n")[2])
    )


def test_a_text_that_was_looked_at_is_the_one_remembered():
    data = write_catalog(translated((SENTENCE, "Tərcümə"))).replace(b"\nmsgid", b'\n#| msgid "The town"\nmsgid')
    entry = kept(read(data), message(SENTENCE.upper())).find(SENTENCE.upper())
    assert entry.previous == Previous(SENTENCE)


def test_a_small_change_of_the_plural_alone_is_kept_too():
    fresh = new_catalog("az", PLURALS, [message("{n} name", plural="{n} names")], THEN)
    filled = revised(fresh.entries[1], fresh.style, msgstr=("{n} ad", "{n} adlar"))
    catalog = replace(fresh, entries=(fresh.entries[0], filled))
    entry = kept(catalog, message("{n} name", plural="{n} Names")).find("{n} name")
    assert (entry.msgstr, entry.fuzzy) == (("{n} ad", "{n} adlar"), False)
    assert entry.previous == Previous("{n} name", plural="{n} names")


# --- plural forms ----------------------------------------------------------------------------------------------------


def test_a_message_that_gets_a_plural_keeps_its_translation_as_the_first_form():
    entry = updated(translated(("{n} name", "{n} ad")), message("{n} name", plural="{n} names")).find("{n} name")
    assert (entry.msgstr, entry.fuzzy, entry.previous) == (("{n} ad", ""), True, Previous("{n} name"))


def test_a_message_that_loses_its_plural_keeps_the_first_form():
    counted = message("{n} name", plural="{n} names")
    fresh = new_catalog("az", PLURALS, [counted], THEN)
    catalog = replace(
        fresh, entries=(fresh.entries[0], revised(fresh.entries[1], fresh.style, msgstr=("{n} ad", "{n} adlar")))
    )
    entry = updated(catalog, message("{n} name")).find("{n} name")
    assert (entry.msgstr, entry.fuzzy) == (("{n} ad",), True)
    assert entry.previous == Previous("{n} name", plural="{n} names")


@pytest.mark.parametrize(
    ("plurals", "forms"),
    [("nplurals=1; plural=0;", 1), (PLURALS, 2), ("nplurals=3; plural=n==1 ? 0 : n==2 ? 1 : 2;", 3)],
)
def test_a_new_plural_message_has_as_many_forms_as_its_language(plurals, forms):
    catalog = new_catalog("ru", plurals, [message("{n} name", plural="{n} names")], THEN)
    assert read(write_catalog(catalog)).find("{n} name").msgstr == ("",) * forms


# --- the header ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "date"),
    [
        (messages("Names"), "2025-01-31 09:00+0400"),
        ([message("Names", path="content/elsewhere.md", comments=("Heading 3",))], "2025-01-31 09:00+0400"),
        (messages("Names", "Places"), "2026-02-26 12:30+0000"),
        ([], "2026-02-26 12:30+0000"),
    ],
)
def test_the_date_changes_only_with_the_set_of_messages(wanted, date):
    header = merge(translated(("Names", "Adlar")), wanted, NOW)
    assert (header.fields["POT-Creation-Date"], header.fields["PO-Revision-Date"]) == (date, "2025-01-31 09:00+0400")


@pytest.mark.parametrize("written", ["2024-07-09T12:20:23-07:00", "", "yesterday"])
def test_any_date_is_replaced_and_no_other_byte_of_the_header(written):
    data = write_catalog(translated(("Names", "Adlar"))).replace(b"2025-01-31 09:00+0400", written.encode(), 1)
    data = data.replace(b'"Language', b'"X-Editor: \\"POT-Creation-Date: ours\\"\\n"\n   "Language')
    actual = write_catalog(merge(read(data), [*messages("Names", "Places")], NOW)).partition(b"\n\n")[0]
    expected = data.partition(b"\n\n")[0].replace(f"Date: {written}".encode(), b"Date: 2026-02-26 12:30+0000", 1)
    assert actual == expected


@pytest.mark.parametrize("charset", [b"ASCII", b"CHARSET"])
def test_a_narrow_charset_is_widened_when_other_letters_come(charset):
    data = write_catalog(translated(("Names", "Names"))).replace(b"UTF-8", charset)
    plain = write_catalog(merge(read(data), messages("Names"), NOW))
    wide = write_catalog(merge(read(data), messages("Names", "Xocalı"), NOW))
    assert plain == data
    assert read(wide).fields["Content-Type"] == "text/plain; charset=UTF-8"


# --- files of every kind ---------------------------------------------------------------------------------------------


def test_a_file_from_windows_stays_one():
    data = write_catalog(translated((SENTENCE, "Tərcümə"), ("Names", "Adlar"))).replace(b"\n", b"\r\n")
    actual = write_catalog(merge(read(b"\xef\xbb\xbf" + data), messages(SENTENCE.lower(), "Places"), NOW))
    assert actual.startswith(b"\xef\xbb\xbf")
    assert actual.count(b"\r\n") == actual.count(b"\n") > 0


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_every_sample_takes_new_messages_and_loses_no_translation(sample):
    catalog = read(sample.read_bytes())
    wanted = messages("a", "new", "Short", "Somewhere else entirely")
    merged = merge(catalog, wanted, NOW)
    again = read(write_catalog(merged))
    assert meaning(again) == meaning(merged)
    assert write_catalog(merge(again, wanted, NOW)) == write_catalog(merged)
    assert texts(again) == texts(catalog)
    if catalog.header and catalog.header.raw.isascii():
        data = write_catalog(again).removeprefix(b"\xef\xbb\xbf")
        gettext("msgfmt", "-o", "/dev/null", "-", data=data)


def meaning(catalog):
    """Return the entries without their place and text in the file."""
    return [replace(entry, line=0, raw="", gap="") for entry in catalog.entries]


def texts(catalog):
    """Return every translation in the catalog and how often it stands there."""
    return Counter(text for entry in catalog.entries if not entry.is_header for text in entry.msgstr if text)


# --- new catalogs and templates --------------------------------------------------------------------------------------


def test_a_new_catalog_passes_every_check_of_msgfmt():
    wanted = [
        message("Names", comments=("Heading 2",)),
        message("{n} name", plural="{n} names", flags=("python-brace-format",), context="count"),
        message("50 % of them", flags=("no-python-format",), path="content/old words.md"),
    ]
    catalog = new_catalog("az-Cyrl", PLURALS, wanted, THEN)
    gettext("msgfmt", "-c", "-o", "/dev/null", "-", data=write_catalog(catalog))
    assert catalog.fields == {
        "Project-Id-Version": "",
        "POT-Creation-Date": "2025-01-31 09:00+0400",
        "PO-Revision-Date": "2025-01-31 09:00+0400",
        "Last-Translator": "",
        "Language-Team": "",
        "Language": "az_Cyrl",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS,
    }


def test_a_new_catalog_is_set_as_msgcat_sets_it():
    wanted = [message(SENTENCE * 5, comments=("Paragraph",)), message("a\nb", context="c"), message("x", plural="xs")]
    data = write_catalog(new_catalog("az", PLURALS, wanted, THEN))
    assert gettext("msgcat", "-", data=data) == data


def test_a_template_tells_lines():
    wanted = [Message("Names", (Location("content/a.md", 3), Location("content/a.md", 9), Location("site.toml")))]
    entry = read(write_catalog(template(wanted, THEN))).find("Names")
    assert entry.references == ("content/a.md:3", "content/a.md:9", "site.toml")


def test_a_template_that_asks_for_the_same_is_the_same_whatever_its_date():
    asked = template(messages("Names"), THEN)
    assert same_messages(asked, read(write_catalog(template(messages("Names"), NOW))))
    assert not same_messages(asked, template(messages("Names", "Places"), THEN))
    assert not same_messages(asked, template([message("Names", comments=("Heading 2",))], THEN))


# --- any update ------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(["town", "night", "the", "of", "Names", "*names*", "killed,", "1992", "ad\\", '"', "\n"])
MESSAGE = st.builds(
    Message,
    st.lists(WORDS, min_size=1, max_size=6).map(" ".join),
    st.lists(st.sampled_from(["a.md", "content/b c.md"]), max_size=2).map(lambda paths: tuple(map(Location, paths))),
    st.lists(st.sampled_from(["Heading 2", "a\n\n b ", ""]), max_size=2).map(tuple),
    st.sampled_from([(), ("python-brace-format",)]),
    st.sampled_from([None, "", "heading"]),
    st.sampled_from([None, "many"]),
)
MESSAGES = st.lists(MESSAGE, max_size=8)


@st.composite
def catalogs(draw):
    """Draw a catalog that some translator has been at work on: every translation tells whose it is."""
    fresh = new_catalog("az", PLURALS, draw(MESSAGES), THEN)
    entries = [fresh.entries[0]]
    for number, entry in enumerate(fresh.entries[1:]):
        filled = draw(st.booleans())
        changes = {
            "msgstr": tuple(f"{number}.{form}" if filled else "" for form in range(len(entry.msgstr))),
            "flags": entry.flags + draw(st.sampled_from([(), ("fuzzy",), ("no-wrap",)])),
            "translator_comments": draw(st.sampled_from([(), ("by hand",)])),
            "obsolete": draw(st.booleans()),
        }
        entries.append(revised(entry, fresh.style, **changes))
    return read(write_catalog(replace(fresh, entries=tuple(entries))))


@settings(deadline=None, max_examples=60)
@given(catalogs(), MESSAGES)
def test_any_update_done_twice_is_the_update_done_once(catalog, wanted):
    merged = merge(catalog, wanted, NOW)
    data = write_catalog(merged)
    assert meaning(read(data)) == meaning(merged)
    assert write_catalog(merge(read(data), wanted, THEN)) == data


@settings(deadline=None, max_examples=60)
@given(catalogs(), MESSAGES)
def test_any_update_that_keeps_small_changes_done_twice_is_the_update_done_once(catalog, wanted):
    data = write_catalog(merge(catalog, wanted, NOW, keep_small_changes=True))
    assert write_catalog(merge(read(data), wanted, THEN, keep_small_changes=True)) == data


@settings(deadline=None, max_examples=60)
@given(catalogs(), MESSAGES)
def test_keeping_small_changes_confirms_nothing_else(catalog, wanted):
    strict = {entry.key: entry for entry in updated(catalog, *wanted).entries}
    loose = kept(catalog, *wanted)
    awaiting = {finding.location.line for finding in small_changes(loose, "words.po")}
    differing = [entry for entry in loose.entries if entry.fuzzy != strict[entry.key].fuzzy]
    assert {entry.line for entry in differing} <= awaiting


@settings(deadline=None, max_examples=60)
@given(catalogs(), MESSAGES)
def test_any_update_asks_for_the_messages_in_order(catalog, wanted):
    live = [entry for entry in updated(catalog, *wanted).entries[1:] if not entry.obsolete]
    assert [entry.key for entry in live] == list(dict.fromkeys(item.key for item in wanted))


@settings(deadline=None, max_examples=60)
@given(catalogs(), MESSAGES)
def test_no_update_makes_up_a_translation_or_confirms_one(catalog, wanted):
    before = {text: entry for entry in catalog.entries[1:] for text in entry.msgstr if text}
    for entry in updated(catalog, *wanted).entries[1:]:
        for text in filter(None, entry.msgstr):
            unchanged = (entry.key, entry.plural, entry.fuzzy) == (
                before[text].key,
                before[text].plural,
                before[text].fuzzy,
            )
            assert unchanged or entry.fuzzy


@settings(deadline=None, max_examples=60)
@given(catalogs(), MESSAGES.map(lambda items: [replace(item, plural=None) for item in items]))
def test_no_update_loses_or_doubles_a_translation(catalog, wanted):
    single = replace(catalog, entries=tuple(entry for entry in catalog.entries if entry.plural is None))
    assert texts(updated(single, *wanted)) == texts(single)
