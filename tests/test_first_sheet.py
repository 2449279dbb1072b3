"""The first sheet of an office print tells how to make the booklet, and its two sides prove how the printer turns."""

from __future__ import annotations

import subprocess
from io import BytesIO

import page as page_validation
import pikepdf
import pytest
from conftest import FONTS, SILENCE, one_face, one_font, request_for
from PIL import Image, ImageOps

from stele import pipeline
from stele.language.tags import language
from stele.print.booklet import Office, Order, make_booklet
from stele.print.imposition.first_sheet import Work, compose
from stele.print.imposition.folding import SADDLE, SIGNATURES
from stele.print.imposition.sheets import A3, A4, A5, LETTER
from stele.print.pdf import render
from stele.sources.templating import Templates
from stele.sources.theme import BUILT_IN, Theme
from stele.translation.interface import Interface
from stele.translation.po.catalog import parse_catalog

THEME = Theme((BUILT_IN,))


def html(pages, size="148mm 210mm"):
    body = "".join(f'<h1>FOLIO{folio}</h1><p style="break-after: page"></p>' for folio in range(1, pages))
    style = f"<style>@page {{ size: {size}; bleed: 3mm }} {one_font()}</style>"
    return f'<html lang="en"><head><title>A booklet</title>{style}</head><body>{body}<p>FOLIO{pages}</p></body></html>'


def office(tag="en", binding=SADDLE):
    return Office(binding, 0.1, "Words of remembrance", language(tag), THEME, speakers=())


@pytest.fixture(scope="module")
def stapled(printer):
    return printer(make_booklet, html(7), (BUILT_IN,), "book.en", False, Order(office=office()))


def text(pdf, folder, *options):
    path = folder / "office.pdf"
    path.write_bytes(pdf)
    found = subprocess.run(["pdftotext", *options, path, "-"], check=True, capture_output=True, text=True)
    return " ".join(found.stdout.split())


def picture(pdf, folder, side):
    path = folder / "office.pdf"
    path.write_bytes(pdf)
    command = ["pdftoppm", "-r", "200", "-gray", "-png", "-singlefile", "-f", str(side), "-l", str(side)]
    subprocess.run([*command, path, folder / f"side-{side}"], check=True)
    return Image.open(folder / f"side-{side}.png").convert("L")


def test_it_comes_before_the_sheets_and_is_not_folded(stapled, tmp_path):
    sides = [text(stapled.files["office"], tmp_path, "-f", str(side), "-l", str(side)) for side in range(1, 7)]
    assert ("How to make this booklet" in sides[0], "upside down" in sides[1]) == (True, True)
    assert [set(side.split()) for side in sides[2:]] == [
        {"FOLIO7", "FOLIO1"},
        {"FOLIO2"},
        {"FOLIO6", "FOLIO3"},
        {"FOLIO4", "FOLIO5"},
    ]


def test_it_counts_what_is_printed(stapled, tmp_path):
    front = text(stapled.files["office"], tmp_path, "-l", "1")
    assert "Words of remembrance How to make this booklet Paper A4 Sheets 2 Pages 8" in front
    assert "100% (actual size)" in front


def test_signatures_are_told_of_by_their_sheets(printer, tmp_path):
    made = printer(make_booklet, html(34), (BUILT_IN,), "book.en", False, Order(office=office(binding=SIGNATURES)))
    front = text(made.files["office"], tmp_path, "-l", "1")
    assert ("Sheets 9 Pages 36 Signatures 3" in front, "Divide the sheets in their order: 3, 3, and 3." in front) == (
        True,
        True,
    )


def test_a_page_smaller_than_half_a_sheet_is_cut_along_the_marks(printer, tmp_path):
    made = printer(make_booklet, html(4, "148mm 148mm"), (BUILT_IN,), "book.en", False, Order(office=office()))
    assert "Cut along the marks on the cover" in text(made.files["office"], tmp_path, "-l", "1")


def test_a_page_without_a_sheet_is_said(printer):
    made = printer(make_booklet, html(4, "220mm 300mm"), (BUILT_IN,), "book.en", False, Order(office=office()))
    assert [item.message for item in made.diagnostics] == [
        "book.en: a page is 220.0 x 300.0 mm, which no sheet up to A3 holds twice"
    ]


@pytest.mark.parametrize("tag", ["en", "fa"])
def test_the_targets_of_both_sides_coincide_against_the_light(printer, tmp_path, tag):
    made = printer(make_booklet, html(4), (BUILT_IN,), "book", tag == "fa", Order(office=office(tag)))
    front = picture(made.files["office"], tmp_path, 1)
    through = ImageOps.mirror(picture(made.files["office"], tmp_path, 2))
    left, right = (0, front.width // 5) if tag == "fa" else (front.width * 4 // 5, front.width)
    corner = (left, front.height * 2 // 3, right, front.height)
    here, behind = (ImageOps.invert(side.crop(corner)).getbbox() for side in (front, through))
    assert here == pytest.approx(behind, abs=2)  # pixels: a quarter of a millimetre
    upside_down = ImageOps.flip(ImageOps.mirror(through))
    assert upside_down.crop(corner).getextrema() == (255, 255)


def test_the_file_is_pdf_ua_with_one_document(stapled):
    report = page_validation.validate_pdf_bytes(
        stapled.files["office"], profile=page_validation.ValidationProfile.PDF_UA_1
    )
    with pikepdf.open(BytesIO(stapled.files["office"])) as pdf:
        (document,) = pdf.Root.StructTreeRoot.K
        kinds = [str(document.S), str(document.K[0].S)]
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        own = [parents[int(side.StructParents)][0].Pg == side.obj for side in list(pdf.pages)[:2]]
    assert ([item.message for item in report.failures], kinds, own) == ([], ["/Document", "/Part"], [True, True])


def test_the_same_bytes_come_again(stapled, printer):
    assert (
        printer(make_booklet, html(7), (BUILT_IN,), "book.en", False, Order(office=office())).files["office"]
        == stapled.files["office"]
    )


def first(work, tag):
    values = compose(work, language=language(tag), templates=Templates(THEME, Interface(()), tag), theme=THEME)
    return render(values, THEME.roots, "first", multiple_of=1)


@pytest.mark.parametrize("sheet", [A5, A4, A3, LETTER], ids=lambda sheet: sheet.name)
def test_it_fits_every_sheet(printer, sheet):
    printed = printer(first, Work("A booklet", 48, sheet, SIGNATURES, True), "en")
    with pikepdf.open(BytesIO(printed.pdf)) as pdf:
        sizes = {tuple(round(float(length) / 72 * 25.4, 1) for length in side.mediabox[2:]) for side in pdf.pages}
    assert (printed.pages, printed.diagnostics, sizes) == (2, (), {(sheet.width_mm, sheet.height_mm)})


def test_the_project_says_how_it_is_bound(project, tmp_path):
    settings = 'editions = [{ name = "book", title = "Words of remembrance" }]\n[print]\nbinding = "signatures"'
    folder = project({"content/page.md": "# Page\n\nText.\n", FONTS: one_face()}, editions=settings)
    pipeline.build(request_for(folder), SILENCE)
    front = text((folder / "output/booklets/book.en.office.pdf").read_bytes(), tmp_path, "-l", "1")
    assert ("Words of remembrance" in front, "Signatures 1" in front) == (True, True)


@pytest.mark.parametrize(
    ("written", "said"), [("100%% real", "100% real"), ("100% real", "100% real"), ("%%100", "%100")]
)
def test_a_percent_sign_may_be_written_once_or_twice(written, said):
    entry = f'msgid "100%% (actual size)"\nmsgstr "{written}"\n'
    catalog, _ = parse_catalog(
        f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n{entry}'.encode(), "x.po"
    )
    assert Interface([catalog]).gettext("100%% (actual size)") % {} == said
