"""Small booklets through the real renderer: what it warns of, and what Stele adds."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from io import BytesIO

import page as page_validation
import pikepdf
import pytest
from conftest import FONTS, SILENCE, codes, one_face, one_font, request_for

from stele import pipeline
from stele.engine import Limits
from stele.print.booklet import MAX_STAPLED_PAGES, make_booklet
from stele.sources.theme import BUILT_IN
from stele.stages import wording


def html(body: str, *, lang: str = "en", style: str = "") -> str:
    return f"""<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>A booklet</title>
<style>@page {{ size: A5 }} {one_font()} {style}</style></head><body><h1>A booklet</h1>{body}</body></html>"""


@pytest.fixture
def made(printer):
    """Return a function that makes a booklet of the body of a page."""
    return lambda body, **options: printer(make_booklet, html(body, **options), (BUILT_IN,), "book.en", False)


@pytest.mark.parametrize(("breaks", "pages"), [(0, 4), (2, 4), (3, 4), (4, 8)])
def test_pages_are_filled_to_a_multiple_of_four(made, breaks, pages):
    body = '<p style="break-after: page">x</p>' * breaks + "<p>The last page</p>"
    assert made(body).pages == pages


def test_the_last_page_stays_the_last(made):
    booklet = made('<p style="break-after: page">x</p><p>y</p><img src="" alt="">')
    with pikepdf.open(BytesIO(booklet.files["screen"])) as document:
        fonts = [bool(page.Resources.get("/Font")) for page in document.pages]
        contents = [
            b"Tj" in page.Contents.read_bytes() or b"TJ" in page.Contents.read_bytes() for page in document.pages
        ]
    assert (len(fonts), contents) == (4, [True, False, False, True])


def test_a_warning_of_the_renderer_is_a_diagnostic(made):
    booklet = made("<p>x</p>", style="p { colour: red }")
    assert {item.code for item in booklet.diagnostics} == {"print-warning"}


def test_diagnostics_tell_nothing_of_the_machine(made):
    booklet = made(f'<img src="{(BUILT_IN / "nothing.png").as_uri()}" alt="x">')
    told = " ".join(item.message for item in booklet.diagnostics)
    assert ("nothing.png" in told, str(BUILT_IN) in told) == (True, False)


def test_a_glyph_that_no_font_has_is_an_error(made):
    booklet = made("<p>བོད</p>")
    assert {item.code for item in booklet.diagnostics} == {"missing-glyph"}


def test_a_note_that_is_not_set_at_the_foot_is_an_error(made):
    booklet = made('<p>Text<span class="footnote">A note</span></p>')
    assert {item.code for item in booklet.diagnostics} == {"misprinted-note"}


def test_notes_are_set_at_the_foot(made):
    body = '<p>Text<span class="footnote">A note</span></p>' * 3
    assert made(body, style=".footnote { float: footnote }").diagnostics == ()


def test_a_booklet_that_cannot_be_stapled_is_reported(made):
    booklet = made('<p style="break-after: page">x</p>' * MAX_STAPLED_PAGES + "<p>x</p>")
    assert {item.code for item in booklet.diagnostics} == {"thick-booklet"}


def test_a_link_around_emphasis_has_one_annotation_and_is_pdf_ua(made):
    booklet = made('<p>See <a href="#there">the <em>other</em> place</a>.</p><h2 id="there">There</h2>')
    profile = page_validation.ValidationProfile.PDF_UA_1
    reports = [
        page_validation.validate_pdf_bytes(data, profile=profile)
        for data in (booklet.files["screen"], booklet.files["office"])
    ]
    with pikepdf.open(BytesIO(booklet.files["screen"])) as document:
        annotations = len(document.pages[-1]["/Annots"])
    assert ([report.is_compliant for report in reports], annotations) == ([True, True], 1)


def test_a_task_that_takes_too_long_is_reported_and_nothing_is_published(project, monkeypatch):
    monkeypatch.setattr(wording, "TEXT_LIMITS", Limits(seconds=0.01))
    folder = project({"content/page.md": "# Page\n"})
    outcome = pipeline.build(request_for(folder), SILENCE)
    failed = [str(item.location) for item in outcome.diagnostics if item.code == "task-failed"]
    assert (failed, (folder / "output").exists()) == (["content/page.md"], False)


class Counting:
    """A watcher that keeps how many steps each stage has in each of its parts."""

    def __init__(self) -> None:
        self.stages = {}

    @contextmanager
    def stage(self, title, steps):
        self.stages[title] = dict(steps)
        yield lambda _: None


def test_a_booklet_that_cannot_be_composed_costs_the_others_nothing(project):
    files = {"content/a.md": "# A\n", "content/b.md": "# B\n", FONTS: one_face()}
    files["templates/booklet/colophon.html"] = '{{ language.of() if edition.name == "broken" }}'
    editions = (
        f'[[editions]]\nname = "{name}"\ndocuments = ["a"]\nuses = ["screen"]\n' for name in ("broken", "whole")
    )
    counting = Counting()
    outcome = pipeline.build(request_for(project(files, editions="".join(editions))), counting)
    assert (counting.stages["Printing booklets"], "bad-template" in codes(outcome)) == ({"whole": 1}, True)


NOTES = (
    "# Page [here](page.md)[^t]\n\nText.[^a]\n\n[^a]: First.[^b]\n[^b]: Second.\n[^c]: Nobody calls.\n[^t]: Title.\n"
)


def test_a_note_that_the_text_does_not_call_is_printed_all_the_same(project):
    folder = project({"content/page.md": NOTES, FONTS: one_face()}, editions='[[editions]]\nname = "book"\n')
    outcome = pipeline.build(request_for(folder), SILENCE)
    command = ["pdftotext", folder / "output/booklets/book.en.screen.pdf", "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lost = [word for word in ("First", "Second", "Nobody", "Title") if word not in text]
    # The audit counts the words of a note again where its call stands in a title.
    assert (lost, {item.code for item in outcome.diagnostics} - {"editions-disagree"}) == ([], set())


def test_a_list_begins_with_the_number_that_its_author_gave_it(project):
    folder = project({"content/page.md": "# Page\n\n26. February\n", FONTS: one_face()}, editions="")
    pipeline.build(request_for(folder, jobs=1), SILENCE)
    pdf = folder / "output/booklets/booklet.en.screen.pdf"
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
    assert "26. February" in text
