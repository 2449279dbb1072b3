"""The sample's booklets in every language, opened with the tools of printers and of readers with a screen reader."""

from __future__ import annotations

import subprocess

import page as page_validation
import pikepdf
import pytest
from conftest import LANGUAGES, RIGHT_TO_LEFT
from ingram_checker.checks.pdfx import PDFXCheck
from ingram_checker.models import CheckStatus
from page import ValidationProfile

pytestmark = pytest.mark.slow
USES = ("screen", "office")
ALL = [(tag, use) for tag in LANGUAGES for use in USES]
# A sheet has the fonts and the words of its pages: one language in each direction shows it.
READ = [(tag, use) for tag, use in ALL if use == "screen" or tag in ("en", "fa")]
# A word or two of each edition's first chapter as its readers would search for it.
WORDS = {
    "en": "killed at Khojaly",
    "az": "Xocalı",
    "ru": "Ходжалы",
    "tr": "Hocalı",
    "de": "Chodschali",
    "fr": "Khodjaly",
    "fa": "خوجالی",
    "az-Cyrl": "Хоҹалы",
    "uk": "Ходжали",
    "ka": "ხოჯალი",
    "ar": "خوجالي",
    "he": "חוג׳אלי",
}


@pytest.fixture(scope="module")
def booklet(sample):
    folder, outcome = sample
    assert outcome.made, [str(item) for item in outcome.diagnostics]
    return lambda tag, use: folder / "output" / "booklets" / f"remembrance.{tag}.{use}.pdf"


def output(*command: object) -> str:
    done = subprocess.run([str(item) for item in command], capture_output=True, text=True, check=True)
    return done.stdout


def test_the_sample_builds_without_an_error_or_a_warning(sample):
    _, outcome = sample
    assert [item for item in outcome.diagnostics if not item.waived and item.code != "changed-link"] == []


def test_what_the_sample_waives_is_little(sample):
    waived = {item.code for item in sample[1].diagnostics if item.waived}
    assert waived == {"unattributed-figure", "unarchived-source", "copied-source", "changed-punctuation"}


def test_the_sample_is_ready_for_a_final_edition(sample):
    from stele.diagnostics import Stage

    assert not sample[1].failed(Stage.FINAL)


@pytest.mark.parametrize(("tag", "use"), ALL)
def test_qpdf_finds_the_file_sound(booklet, tag, use):
    assert "No syntax or stream encoding errors found" in output("qpdf", "--check", booklet(tag, use))


@pytest.mark.parametrize(("tag", "use"), READ)
def test_every_font_is_embedded(booklet, tag, use):
    rows = output("pdffonts", booklet(tag, use)).splitlines()[2:]
    assert {row.split()[-5] for row in rows} == {"yes"}


@pytest.mark.parametrize("profile", [ValidationProfile.PDF_UA_1, ValidationProfile.PDF_A_2A], ids=["ua-1", "a-2a"])
@pytest.mark.parametrize(("tag", "use"), ALL)
def test_the_file_is_pdf_ua_1_and_pdf_a_2a(booklet, tag, use, profile):
    report = page_validation.validate_pdf(str(booklet(tag, use)), profile=profile)
    assert (report.is_compliant, report.failures) == (True, [])


@pytest.mark.parametrize("use", ["press", "cover"])
@pytest.mark.parametrize("tag", LANGUAGES)
def test_what_a_print_shop_gets_is_sound_and_pdf_x(booklet, tag, use):
    assert "No syntax or stream encoding errors found" in output("qpdf", "--check", booklet(tag, use))
    (result,) = PDFXCheck().run(booklet(tag, use), None)
    assert (result.status, result.message) == (CheckStatus.PASS, "PDF/X compliant (FOGRA39)")


@pytest.mark.parametrize("tag", LANGUAGES)
def test_pages_are_a_multiple_of_four_and_sides_half_of_them_after_the_first_sheet(booklet, tag):
    with pikepdf.open(booklet(tag, "screen")) as screen, pikepdf.open(booklet(tag, "office")) as office:
        pages, sides = len(screen.pages), len(office.pages)
    assert (pages % 4, sides, 32 <= pages <= 48) == (0, 2 + pages // 2, True)


@pytest.mark.parametrize(("tag", "use"), ALL)
def test_the_file_says_its_language_and_binding(booklet, tag, use):
    with pikepdf.open(booklet(tag, use)) as pdf:
        direction = pdf.Root.ViewerPreferences.get("/Direction", pikepdf.Name.L2R)
        found = (str(pdf.Root.Lang), str(direction))
    assert found == (tag, "/R2L" if tag in RIGHT_TO_LEFT else "/L2R")


@pytest.mark.parametrize(("tag", "use"), READ)
def test_text_can_be_extracted(booklet, tag, use):
    text = " ".join(output("pdftotext", "-l", "12", booklet(tag, use), "-").split())  # the first chapter is there
    assert WORDS[tag] in text


@pytest.mark.parametrize("tag", LANGUAGES)
def test_chapters_have_bookmarks(booklet, tag):
    with pikepdf.open(booklet(tag, "screen")) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert len(titles) >= 10
