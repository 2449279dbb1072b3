"""The review booklet: source and translation side by side, what is unfinished or questioned in plain sight."""

from __future__ import annotations

import json
import re
import subprocess

import page as page_validation
import pikepdf
import pytest
from click.testing import CliRunner
from conftest import SILENCE, codes, request_for
from lxml import html

from stele import pipeline
from stele.cli import main
from stele.diagnostics import Diagnostic, Location
from stele.language.tags import language
from stele.print.review_booklet import Chapter, Review, compose_review
from stele.publishing import refusal
from stele.sources.templating import Templates
from stele.sources.theme import BUILT_IN, Theme
from stele.translation.interface import Interface
from stele.translation.po.catalog import read_catalog
from stele.translation.status import State

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
THEME = Theme((BUILT_IN,))
PAGE = "# The page\n\nTwo words.\n\nThe village was burnt in February.\n"
LONG = ("word " * 3_900).strip()


def composed(po: str, tag: str = "az", source: str = "en", findings: tuple[Diagnostic, ...] = ()):
    """Return the tree of the booklet of one catalog, without a header."""
    catalog, problems = read_catalog((HEADER + po).encode(), "page.po")
    assert problems == ()
    chapter = Chapter("page", "The page", catalog, State(findings=findings))
    review = Review("A book", language(source), language(tag), (chapter,))
    return html.document_fromstring(compose_review(review, Templates(THEME, Interface(()), "en"), THEME))


def pair(tree):
    return tree.xpath("//article")[0]


def text(element) -> str:
    return " ".join(element.text_content().split())


def questioned(code: str, waived: str | None = None) -> Diagnostic:
    return Diagnostic(code, "1988 is not in the translation", Location("page.po", 4), None, waived)


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Print the booklets of a small project in two directions; return its folder and the result."""
    folder = tmp_path_factory.mktemp("review")
    po = (
        HEADER
        + 'msgid "The page"\nmsgstr "{}"\n\n#, fuzzy\n#| msgid "Two letters."\nmsgid "Two words."\nmsgstr "{}"\n\n'
        'msgid "The village was burnt in February."\nmsgstr ""\n'
    )
    files = {
        "content/site.toml": 'title = "Test"\nsource_language = "en"\nlanguages = ["en", "az", "fa"]\neditions = []\n',
        "content/page.md": PAGE,
        "content/long.md": f"# Long\n\n{LONG}\n",
        "locales/az/LC_MESSAGES/long.po": f'{HEADER}msgid "{LONG}"\nmsgstr "{"söz " * 4_900}"\n',
        "locales/az/LC_MESSAGES/page.po": po.format("Səhifə", "İki söz."),
        "locales/fa/LC_MESSAGES/page.po": po.format("صفحه", "دو کلمه."),
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    return folder, CliRunner().invoke(main, ["review", "--project", str(folder)])


def test_every_message_stands_beside_its_translation_with_its_place():
    row = pair(composed('#. type: paragraph\nmsgid "Two words."\nmsgstr "İki söz."\n'))
    found = [text(part) for part in row.xpath(".//h3 | .//div[@class='columns']/div")]
    assert (row.get("class"), found) == ("pair translated whole", ["page.po:5 · paragraph", "Two words.", "İki söz."])


@pytest.mark.parametrize(
    ("source", "tag", "expected"),
    [
        ("en", "az", ("ltr", "en", "ltr", "az", "ltr")),
        ("en", "fa", ("ltr", "en", "ltr", "fa", "rtl")),
        ("fa", "en", ("rtl", "fa", "rtl", "en", "ltr")),
        ("ar", "fa", ("rtl", "ar", "rtl", "fa", "rtl")),
    ],
)
def test_columns_run_in_the_direction_of_the_source(source, tag, expected):
    row = pair(composed('msgid "a"\nmsgstr "b"\n', tag, source))
    columns = row.xpath("./div[@class='columns']/div")
    assert (row.get("dir"), *(column.get(name) for column in columns for name in ("lang", "dir"))) == expected


def test_a_fuzzy_entry_shows_what_became_of_its_source():
    row = pair(composed('#, fuzzy\n#| msgid "Two letters."\nmsgid "Two words."\nmsgstr "İki hərf."\n'))
    found = [(change.tag, text(change)) for change in row.xpath(".//del | .//ins")]
    assert (row.get("class"), found) == ("pair fuzzy whole", [("del", "letters"), ("ins", "words")])


def test_a_missing_translation_has_lines_to_write_on():
    row = pair(composed('msgid "The village was burnt in February."\nmsgstr ""\n'))
    assert (row.get("class"), len(row.xpath(".//div[@class='line']"))) == ("pair missing whole", 1)


def test_a_questioned_entry_says_why():
    row = pair(composed('msgid "In 1988."\nmsgstr "1989-da."\n', findings=(questioned("changed-number"),)))
    found = [text(finding) for finding in row.find_class("finding")]
    assert (row.get("class"), found) == (
        "pair translated questioned whole",
        ["changed-number 1988 is not in the translation"],
    )


def test_a_waived_finding_says_the_reason_once_and_questions_nothing():
    po = '# allow changed-number: a slip of the source\n# See the letter.\nmsgid "In 1988."\nmsgstr "1989-da."\n'
    row = pair(
        composed(
            po, findings=(Diagnostic("changed-number", "x", Location("page.po", 6), None, "a slip of the source"),)
        )
    )
    found = [text(remark) for remark in row.find_class("remark")]
    expected = ["Waived with a reason: a slip of the source", "# See the letter."]
    assert (row.get("class"), found) == ("pair translated whole", expected)


def test_a_note_of_the_author_and_the_plural_forms_are_shown():
    po = '#. type: paragraph\n#. under: A › B\n#. keep it exact\nmsgid "%(n)s name"\nmsgid_plural "%(n)s names"\n'
    row = pair(composed(po + 'msgstr[0] "bir ad"\nmsgstr[1] "%(n)s ad"\n'))
    found = [text(part) for part in row.xpath(".//p")]
    assert found == ["%(n)s name", "%(n)s names", "bir ad", "%(n)s ad", "keep it exact"]


def test_obsolete_entries_are_left_out():
    tree = composed('msgid "a"\nmsgstr "b"\n\n#~ msgid "gone"\n#~ msgstr "getdi"\n')
    assert len(tree.xpath("//article")) == 1


def test_hostile_texts_stay_text():
    evil = '</div></article><script>alert(1)</script><img src=x onerror=y>{{ 7*7 }}{% raw %}&amp; style=\\"x\\"'
    tree = composed(f'#. type: </h3><b>\n# <i>\nmsgctxt "<u>"\nmsgid "{evil}"\nmsgstr "{evil}"\n')
    shown = text(pair(tree).xpath(".//div[@class='columns']/div")[1])
    assert (tree.xpath("//script | //img | //article//i | //article//u | //article//b"), shown) == (
        [],
        evil.replace("\\", ""),
    )


def test_controls_and_overrides_are_shown_by_their_numbers():
    shown = text(pair(composed('msgid "a"\nmsgstr "b\\a\u202ec"\n')).find_class("translation")[0])
    assert shown == "bU+0007U+202Ec"


def test_a_language_without_catalog_is_told_so():
    chapter = Chapter("page", "", None, State())
    review = Review("A book", language("en"), language("az"), (chapter,))
    assert "There is no catalog" in compose_review(review, Templates(THEME, Interface(()), "en"), THEME)


def test_the_command_publishes_a_booklet_for_each_language(printed):
    folder, result = printed
    names = sorted(path.name for path in (folder / "output" / "review").iterdir())
    assert (result.exit_code, names) == (0, ["SHA256SUMS", "az.pdf", "fa.pdf", "report.json"])


def test_the_booklet_is_set_without_a_warning(printed):
    folder, _ = printed
    found = json.loads((folder / "output" / "review" / "report.json").read_text())["diagnostics"]
    assert [item for item in found if item["code"] not in ("unused-catalog", "stale-catalog")] == []


@pytest.mark.parametrize("tag", ["az", "fa"])
def test_the_booklet_is_pdf_ua_1_in_its_language_on_a4(printed, tag):
    path = printed[0] / "output" / "review" / f"{tag}.pdf"
    report = page_validation.validate_pdf(str(path), profile=page_validation.ValidationProfile.PDF_UA_1)
    with pikepdf.open(path) as pdf:
        size = [round(float(length)) for length in pdf.pages[0].MediaBox[2:]]
        found = str(pdf.Root.Lang)
    assert (report.failures, found, size) == ([], tag, [595, 842])


def test_source_and_translation_can_be_found_in_the_booklet(printed):
    path = printed[0] / "output" / "review" / "az.pdf"
    shown = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Two letters ?words\.\s+İki söz\.", shown)


def test_a_build_may_replace_the_folder_that_holds_nothing_but_the_review(printed):
    assert refusal(printed[0] / "output") is None


def test_a_review_does_not_touch_a_folder_of_somebody_else(project):
    folder = project({"content/page.md": PAGE, "output/review/letter.txt": "dear all"}, ("en", "az"))
    outcome = pipeline.print_review(request_for(folder), SILENCE)
    assert (codes(outcome), (folder / "output/review/letter.txt").read_text()) == ({"foreign-output"}, "dear all")


def test_a_project_of_one_language_has_nothing_to_review(project):
    outcome = pipeline.print_review(request_for(project({"content/page.md": PAGE})), SILENCE)
    assert codes(outcome) == {"unknown-language"}


def test_a_template_that_fails_publishes_nothing(project):
    files = {"content/page.md": PAGE, "templates/review/review.html": "{{ 1 / 0 }}"}
    folder = project(files, ("en", "az"))
    outcome = pipeline.print_review(request_for(folder), SILENCE)
    assert ("bad-template" in codes(outcome), (folder / "output").exists()) == (True, False)


def test_texts_of_twenty_thousand_characters_run_over_pages(printed):
    with pikepdf.open(printed[0] / "output/review/az.pdf") as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root[0].children]
        pages = len(pdf.pages)
    assert (titles[:2], pages > 6) == (["long", "page"], True)
