"""A catalog begins with a translation that exists: what is sure is confirmed, what is not is fuzzy, nothing is lost."""

import json
import subprocess
from datetime import UTC, datetime

import pytest
from benchmarks.alignment import ROOT, pieces
from click.testing import CliRunner
from conftest import SILENCE, lines, request_for

from stele import pipeline
from stele.cli import main
from stele.language.tags import language
from stele.sources.documents import loose_document, read_documents
from stele.sources.editions import for_paper
from stele.sources.project import read_project
from stele.translation.po.catalog import read_catalog
from stele.translation.reuse.bootstrap import Translation, bootstrap

NOW = datetime(2026, 2, 26, 12, 30, tzinfo=UTC)
ENGLISH = language("en")


def filled(source, translation, tag="ru", old=None):
    """Return what `bootstrap` makes of two Markdown texts, and the catalog read from it."""
    document, _ = loose_document(source, "content/page.md")
    made = bootstrap(old, document, Translation(translation, "old/page.md", language(tag)), ENGLISH, NOW)
    catalog, found = read_catalog(made.data, "page.po")
    assert found == ()
    return made, catalog


def said(catalog):
    """Return msgid, translation and whether it is fuzzy, for every message."""
    return [(entry.msgid, entry.msgstr[0], entry.fuzzy) for entry in catalog.entries if not entry.is_header]


def told(made):
    return [f"{item.location}: {item.message}" for item in made.diagnostics]


# --- what is filled --------------------------------------------------------------------------------------------------


def test_fields_headings_and_paragraphs_find_their_places():
    source = "---\ntitle: The night\nshort: Night\n---\n\n## How many\n\nIt was 613.\n\n- One\n- Two of them\n"
    target = "---\ntitle: Ночь\nshort: Ночью\n---\n\n## Сколько\n\nБыло 613.\n\n- Один\n- Двое из них\n"
    made, catalog = filled(source, target)
    assert said(catalog) == [
        ("The night", "Ночь", False),
        ("Night", "Ночью", False),
        ("How many", "Сколько", False),
        ("It was 613.", "Было 613.", False),
        ("One", "Один", False),
        ("Two of them", "Двое из них", False),
    ]
    assert (made.filled, made.unsure, made.diagnostics) == (6, 0, ())


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("---\ntitle: The night\n---\n\nIt was 613.\n", "# Gecə\n\n613 idi.\n"),
        ("# The night\n\nIt was 613.\n", "---\ntitle: Gecə\n---\n\n613 idi.\n"),
        ("# The night\n\nIt was 613.\n", "# Gecə\n\n613 idi.\n"),
    ],
    ids=["a heading for a field", "a field for a heading", "a heading for a heading"],
)
def test_the_title_is_found_wherever_it_stands(source, target):
    _, catalog = filled(source, target, "az")
    assert said(catalog) == [("The night", "Gecə", False), ("It was 613.", "613 idi.", False)]


@pytest.mark.parametrize("tag", ["az", "ru", "fa"])
def test_the_sample_gets_its_own_catalogs_back(tag):
    whole, _ = read_documents(ROOT, "en")
    apart = for_paper(read_project(ROOT)[0].editions)
    for document in (item for item in whole if item.key not in apart):
        data = (ROOT / f"locales/{tag}/LC_MESSAGES/{document.domain}.po").read_bytes()
        catalog, _ = read_catalog(data, "sample.po")
        front = {name: catalog.find(document.fields[name].text).msgstr[0] for name in ("title", "short", "description")}
        head = "".join(f"{name}: {json.dumps(text, ensure_ascii=False)}\n" for name, text in front.items())
        text = f"---\n{head}---\n\n" + "".join(piece.lines for piece in pieces(document, tag))
        made = bootstrap(None, document, Translation(text, "old.md", language(tag)), ENGLISH, NOW)
        again, _ = read_catalog(made.data, "new.po")
        assert [entry[:2] for entry in said(again)] == [entry[:2] for entry in said(catalog)]
        assert made.diagnostics == ()


def test_a_catalog_keeps_every_translation_it_has():
    source = "# Night\n\nIt was 613.\n\nIt was 485 in all.\n"
    _, first = filled(source, "# Ночь\n\nИх было 613.\n")
    data = filled(source, "# Ночь\n\nИх было 613.\n")[0].data
    made, catalog = filled(source, "# Ночью\n\nБыло 613.\n\nБыло всего 485.\n", old=data)
    assert [entry[1] for entry in said(first)] == ["Ночь", "Их было 613.", ""]
    assert [entry[1] for entry in said(catalog)] == ["Ночь", "Их было 613.", "Было всего 485."]
    assert made.filled == 1


def test_the_same_file_again_changes_no_byte():
    made, _ = filled("# Night\n\nIt was 613.\n", "# Ночь\n\nБыло 613.\n")
    again, _ = filled("# Night\n\nIt was 613.\n", "# Ночь\n\nБыло 613.\n", old=made.data)
    assert (again.data, again.filled) == (made.data, 0)


def test_a_broken_catalog_stays_as_it_is():
    document, _ = loose_document("# Night\n", "content/page.md")
    made = bootstrap(b'msgid "', document, Translation("# Gece\n", "old.md", language("tr")), ENGLISH, NOW)
    assert (made.data, [item.code for item in made.diagnostics]) == (b'msgid "', ["broken-catalog"])


# --- what is only named otherwise ------------------------------------------------------------------------------------


def test_footnotes_take_the_names_of_the_source():
    source = "It was 613.[^hrw] It was 485.[^mfa]\n\n[^hrw]: Report of 1992.\n[^mfa]: Letter of 2021.\n"
    target = "Было 485.[^2] Было 613.[^1]\n\n[^1]: Доклад 1992.\n[^2]: Письмо 2021.\n"
    _, catalog = filled(source, target)
    assert said(catalog)[0] == (source.split("\n")[0], "Было 485.[^mfa] Было 613.[^hrw]", False)


def test_pages_of_the_project_keep_their_addresses_and_others_are_the_translators():
    source = "See [the figures](figures.md) and [here](https://en.example.org/1992).\n"
    _, catalog = filled(source, "[Ədədlərə](ededler.md) və [bura](https://az.example.org/1992) baxın.\n", "az")
    assert said(catalog)[0][1] == "[Ədədlərə](figures.md) və [bura](https://az.example.org/1992) baxın."


def test_reference_links_take_the_keys_of_the_source():
    source = "See [Figures] of 1992.\n\n[figures]: figures.md\n"
    _, catalog = filled(source, "نگاه کنید به [ارقام] ۱۹۹۲.\n\n[ارقام]: arqam.md\n", "fa")
    assert said(catalog)[0] == ("See [Figures][figures] of 1992.", "نگاه کنید به [ارقام][figures] ۱۹۹۲.", False)


def test_a_key_that_only_the_translation_has_becomes_its_address():
    _, catalog = filled("See it in 1992.\n", "См. [тут] в 1992.\n\n[тут]: https://example.org\n")
    assert said(catalog)[0][1] == "См. [тут](https://example.org) в 1992."


def test_code_is_left_alone():
    source = "Write `[^hrw]` for 613.[^hrw]\n\n[^hrw]: Report.\n"
    _, catalog = filled(source, "Пишите `[^1]` для 613.[^1]\n\n[^1]: Доклад.\n")
    assert said(catalog)[0][1] == "Пишите `[^1]` для 613.[^hrw]"


# --- what is not sure ------------------------------------------------------------------------------------------------


def test_an_unsure_pair_is_fuzzy_with_its_score():
    _, catalog = filled("They left early.\n\nThey came later.\n", "Они ушли рано.\n")
    (entry,) = (item for item in catalog.entries if item.msgstr[0] == "Они ушли рано.")
    assert (entry.fuzzy, entry.translator_comments[0].startswith("aligned with score 0.")) == (True, True)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("Было <b onclick='x'>613</b>.", "the translation adds the tag \"<b onclick='x'>\""),
        ("Было 613 [тут](javascript:x).", "the translation opens a link with the scheme javascript:"),
        ("Было много, о чём и пишут.", "lacks the number 613"),
    ],
)
def test_what_could_not_be_printed_as_it_is_is_fuzzy(target, reason):
    _, catalog = filled("# Night\n\nIt was 613.\n\n## Day\n", f"# Ночь\n\n{target}\n\n## День\n")
    entry = catalog.find("It was 613.")
    assert (entry.fuzzy, reason in entry.translator_comments) == (True, True)


def test_a_message_with_two_translations_is_fuzzy_and_names_the_other():
    rows = "| Killed | 613 |\n| Killed | 485 |\n| Killed | 335 |\n"
    source = f"| What | Number |\n|---|---|\n{rows}"
    target = "| Что | Число |\n|---|---|\n| Убиты | 613 |\n| Погибли | 485 |\n| Убиты | 335 |\n"
    entry = filled(source, target)[1].find("Killed")
    assert (entry.msgstr[0], entry.fuzzy, entry.translator_comments[-1]) == (
        "Убиты",
        True,
        "elsewhere in the same file: “Погибли”",
    )


# --- what is left over -----------------------------------------------------------------------------------------------


def test_what_finds_no_place_is_listed_with_its_line():
    source = "# Night\n\nIt was 613.\n\nIt was 485.\n\n## Day\n"
    target = "# Ночь\n\nБыло 613.\n\n## День\n\nЭто добавил переводчик 12 мая 2001.\n\nИ ещё 77.\n"
    made, _ = filled(source, target)
    assert told(made) == [
        "content/page.md:5: messages for which old/page.md has no translation: 1, at line 5",
        "old/page.md:7: this paragraph found no place in content/page.md: “Это добавил переводчик 12 мая 2001.”",
        "old/page.md:9: this paragraph found no place in content/page.md: “И ещё 77.”",
    ]
    assert {item.code for item in made.diagnostics} == {"unaligned"}


def test_text_out_of_reach_is_told():
    made, _ = filled("# Night\n\nIt was 613.\n", "# Ночь\n\nБыло 613.\n\n<div>\nСкрыто здесь.\n</div>\n")
    assert [(item.code, item.location.line) for item in made.diagnostics] == [("raw-html", 5)]


def test_a_text_too_long_for_a_catalog_is_left_out():
    source, target = "word " * 3_900, "слово " * 3_900
    made, catalog = filled(f"# Night\n\n{source}\n", f"# Ночь\n\n{target}\n")
    assert [item.code for item in made.diagnostics] == ["too-large"]
    assert [entry[1] for entry in said(catalog)] == ["Ночь", ""]


@pytest.mark.parametrize(
    "text", ["", "---\n", "---\ntitle: [\n---\n", "[" * 200, "| a\n|-\n" * 9, "\u2028# \ufeff", "```\n"]
)
def test_any_file_ends_without_a_traceback(text):
    made, catalog = filled("# Night\n\nIt was 613.\n", text)
    assert len(said(catalog)) == 2
    assert made.unsure <= made.filled <= 2


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def begun(project):
    return project({"content/page.md": "# Night\n\nIt was 613.\n"}, languages=("en", "az"))


def test_the_command_writes_a_catalog_that_gettext_accepts(begun, tmp_path):
    (tmp_path / "kohne.md").write_text("# Gecə\n\n613 idi.\n\nƏlavə 7.\n")
    command = ["bootstrap", "az", str(tmp_path / "kohne.md"), "--document", "page", "--project", str(begun)]
    outcome = CliRunner().invoke(main, command)
    path = begun / "locales/az/LC_MESSAGES/page.po"
    assert (outcome.exit_code, outcome.stdout) == (
        0,
        "locales/az/LC_MESSAGES/page.po: 2 messages filled, 0 of them fuzzy\n",
    )
    assert "kohne.md:5: warning: this paragraph found no place in content/page.md: “Əlavə 7.”" in outcome.stderr
    checked = subprocess.run(["msgfmt", "--check", "-o", "-", path], capture_output=True, check=True)
    assert (checked.stderr, b'msgstr "613 idi."' in path.read_bytes()) == (b"", True)


def test_an_update_after_it_changes_nothing_in_the_catalog(begun, tmp_path):
    (tmp_path / "kohne.md").write_text("# Gecə\n\n613 idi.\n")
    pipeline.bootstrap_catalog(request_for(begun, jobs=1), SILENCE, "az", tmp_path / "kohne.md", "page")
    path = begun / "locales/az/LC_MESSAGES/page.po"
    before = path.read_bytes()
    pipeline.update_catalogs(request_for(begun, jobs=1), SILENCE)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("tag", "key", "expected"),
    [
        ("az", "pge", "error: there is no document 'pge' [unknown-document]\n  hint: try page"),
        ("ru", "page", "error: 'ru' is not a language of this project [unknown-language]\n"
         '  hint: add "ru" to languages in content/site.toml'),
        ("en", "page", "error: 'en' is the language of the source [unknown-language]"),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_told(begun, tmp_path, tag, key, expected):
    (tmp_path / "old.md").write_text("# Gecə\n")
    outcome = pipeline.bootstrap_catalog(request_for(begun), SILENCE, tag, tmp_path / "old.md", key)
    assert lines(outcome) == [expected]
    assert not (begun / "locales").exists()


@pytest.mark.parametrize(
    ("data", "code"), [(b"\xff\xfe", "not-utf8"), (b"a" * 30_000, "too-large"), (b"\n" * 1_000_001, "too-large")]
)
def test_a_file_that_cannot_be_read_is_told_with_its_name(begun, tmp_path, data, code):
    (tmp_path / "old.md").write_bytes(data)
    outcome = pipeline.bootstrap_catalog(request_for(begun), SILENCE, "az", tmp_path / "old.md", "page")
    assert [(item.code, item.location.path) for item in outcome.diagnostics] == [(code, str(tmp_path / "old.md"))]
