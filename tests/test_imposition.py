"""Booklet pages land in the right half of the right sheet, and paper, text and structure survive it."""

import re
import subprocess
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import page as page_validation
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from weasyprint import HTML

from stele.print.imposition.folding import SheetSide, folded_sheets
from stele.print.imposition.office import impose
from stele.print.imposition.sheets import Sheet

POINTS_PER_MM = 72 / 25.4
FOLD_PT = 148.5 * POINTS_PER_MM

STYLE = """
@page { size: A5; margin: 18mm 15mm; @bottom-center { content: counter(page) } }
body { font: 10pt "Noto Sans", "Noto Sans Hebrew", "DejaVu Sans" }
section { break-before: page }
h1 { background: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='40' height='40'%3E\
%3Ccircle cx='20' cy='20' r='18' fill='%23a33'/%3E%3C/svg%3E") no-repeat; padding-top: 45px }
"""
PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='40' height='40'%3E"
    "%3Crect width='40' height='40' fill='%23373'/%3E%3C/svg%3E"
)
TITLES = {"en": "Words of remembrance", "he": "מילים של זיכרון"}


def booklet(language, pages, style=""):
    """Return a tagged A5 booklet with links, headings, pictures and tables; FOLIO<n> stands on page n."""
    title = TITLES[language]
    contents = "".join(f'<li><a href="#page-{n}">{title} {n}</a></li>' for n in range(2, pages + 1))
    sections = "".join(
        f'<section id="page-{n}"><h2>{title} {n}</h2>'
        f'<p>FOLIO{n} <a href="https://example.org/{n}">{title}</a>. {title * 5}.</p>'
        f"<table><tr><th>A</th><th>B</th></tr><tr><td>{title}</td><td>{n}</td></tr></table></section>"
        for n in range(2, pages + 1)
    )
    direction = "rtl" if language == "he" else "ltr"
    html = (
        f'<html lang="{language}" dir="{direction}"><head><title>{title}</title>'
        f'<meta name="author" content="Stele"><style>{STYLE}{style}</style></head>'
        f'<body><h1>{title}</h1><p>FOLIO1</p><img src="{PICTURE}" alt="A green square">'
        f"<ul>{contents}</ul>{sections}</body></html>"
    )
    return HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")


@dataclass(frozen=True)
class Printed:
    """A booklet and its sheets, as files."""

    language: str
    booklet: Path
    sheets: Path

    @property
    def right_to_left(self):
        return self.language == "he"


PAGES = {"en": 9, "he": 6}
EXPECTED_CELLS = {
    "en": [(9, 1), (2, None), (None, 3), (4, None), (8, 5), (6, 7)],
    "he": [(1, 6), (None, 2), (3, None), (5, 4)],
}


@pytest.fixture(scope="session", params=["en", "he"])
def printed(request, tmp_path_factory):
    language = request.param
    folder = tmp_path_factory.mktemp(f"imposition-{language}")
    result = Printed(language, folder / "booklet.pdf", folder / "sheets.pdf")
    result.booklet.write_bytes(booklet(language, PAGES[language]))
    result.sheets.write_bytes(impose(result.booklet.read_bytes(), right_to_left=result.right_to_left))
    return result


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def folio_in(path, sheet_side, x):
    """Return the number of the booklet page whose text stands in a half of a sheet side, or None."""
    crop = ("-x", str(x), "-y", "0", "-W", "421", "-H", "596")
    text = run("pdftotext", "-f", str(sheet_side), "-l", str(sheet_side), *crop, str(path), "-")
    folios = re.findall(r"FOLIO(\d+)", text)
    assert len(folios) <= 1
    return int(folios[0]) if folios else None


def words(path):
    """Return every word of a PDF with its page (from 1) and its box in points: left, top, right, bottom."""
    found, sheet_side = [], 0
    for line in run("pdftotext", "-bbox", str(path), "-").splitlines():
        sheet_side += "<page " in line
        if match := re.search(r'xMin="(.+)" yMin="(.+)" xMax="(.+)" yMax="(.+)">(.+)</word>', line):
            found.append((match[5], sheet_side, tuple(map(float, match.groups()[:4]))))
    return found


def structure(path, *, without_links):
    """Return the structure tree in reading order, type by type, with its text."""
    tree = run("pdfinfo", "-struct-text", str(path))
    lines = [line for line in tree.splitlines() if not re.match(r"\s+Object \d+ \d+$", line)]
    return [line.replace("Link (inline)", "Span (inline)") for line in lines] if without_links else lines


def saddle_stitch(pages, right_to_left):
    """Return the sides of the sheets as they leave the printer."""
    return tuple(
        side for folded in folded_sheets(pages, right_to_left=right_to_left) for side in (folded.front, folded.back)
    )


def leaves_in_reading_order(sides, right_to_left):
    """Fold the nest of sheets, front sides out, and turn its leaves.

    A sheet turned on its short edge has the right half of its back behind the left half of its front. The
    reader turns one half of every sheet on the way in, then the other halves on the way out.
    """
    sheets = list(zip(sides[::2], sides[1::2], strict=True))
    left_halves = [(front.left, back.right) for front, back in sheets]
    right_halves = [(front.right, back.left) for front, back in sheets]
    way_in, way_out = (left_halves, right_halves) if right_to_left else (right_halves, left_halves)
    leaves = [*way_in, *((inside, outside) for outside, inside in reversed(way_out))]
    return [folio for leaf in leaves for folio in leaf]


def test_eight_pages_make_two_sheets():
    assert saddle_stitch(8, right_to_left=False) == (
        SheetSide(left=8, right=1),
        SheetSide(left=2, right=7),
        SheetSide(left=6, right=3),
        SheetSide(left=4, right=5),
    )


def test_right_to_left_mirrors_every_side():
    assert saddle_stitch(4, right_to_left=True) == (SheetSide(left=1, right=4), SheetSide(left=3, right=2))


def test_blanks_come_before_the_last_page():
    actual = leaves_in_reading_order(saddle_stitch(5, right_to_left=False), right_to_left=False)
    assert actual == [1, 2, 3, 4, None, None, None, 5]


def test_a_single_page_is_the_front():
    assert saddle_stitch(1, right_to_left=False) == (
        SheetSide(left=None, right=1),
        SheetSide(left=None, right=None),
    )


@given(pages=st.integers(0, 400), right_to_left=st.booleans())
def test_imposition_is_a_permutation_plus_blanks(pages, right_to_left):
    cells = [cell for side in saddle_stitch(pages, right_to_left) for cell in (side.left, side.right)]
    blanks = [None] * (-pages % 4)
    assert sorted(cells, key=lambda cell: cell or 0) == [*blanks, *range(1, pages + 1)]


@given(pages=st.integers(0, 400), right_to_left=st.booleans())
def test_folded_sheets_read_in_order(pages, right_to_left):
    leaves = leaves_in_reading_order(saddle_stitch(pages, right_to_left), right_to_left)
    assert [folio for folio in leaves if folio] == list(range(1, pages + 1))


@given(pages=st.integers(2, 400), right_to_left=st.booleans())
def test_first_and_last_page_are_the_outside(pages, right_to_left):
    outside = saddle_stitch(pages, right_to_left)[0]
    assert outside == (SheetSide(1, pages) if right_to_left else SheetSide(pages, 1))


def test_every_page_lands_in_its_cell(printed):
    sides = range(1, len(EXPECTED_CELLS[printed.language]) + 1)
    actual = [(folio_in(printed.sheets, side, x=0), folio_in(printed.sheets, side, x=421)) for side in sides]
    assert actual == EXPECTED_CELLS[printed.language]


def test_sheets_are_a4_landscape(printed):
    with pikepdf.open(printed.sheets) as pdf:
        boxes = {tuple(map(float, box)) for side in pdf.pages for box in (side.mediabox, side.trimbox)}
    assert [pytest.approx(box, abs=0.005) for box in boxes] == [(0, 0, 841.89, 595.28)]


def test_pages_keep_their_size_and_meet_the_fold(printed):
    shift = 0.5 * POINTS_PER_MM if printed.right_to_left else FOLD_PT
    [(_, _, (left, top, right, bottom))] = [word for word in words(printed.booklet) if word[0] == "FOLIO1"]
    [(_, side, actual)] = [word for word in words(printed.sheets) if word[0] == "FOLIO1"]
    assert (side, actual) == (1, pytest.approx((left + shift, top, right + shift, bottom), abs=0.01))


def test_all_text_is_still_there(printed):
    actual = sorted(word for word, _, _ in words(printed.sheets))
    assert actual == sorted(word for word, _, _ in words(printed.booklet))


def test_structure_keeps_text_and_reading_order_without_links(printed):
    boxes = re.compile(r"\s+/BBox")
    actual = [line for line in structure(printed.sheets, without_links=False) if not boxes.match(line)]
    expected = [line for line in structure(printed.booklet, without_links=True) if not boxes.match(line)]
    assert "FOLIO" in "".join(actual)
    assert actual == expected


def test_the_box_of_a_figure_moves_with_its_page(printed):
    def figure_box(path):
        return [float(x) for x in re.search(r"/BBox \[(.+)\]", run("pdfinfo", "-struct", str(path)))[1].split()]

    shift = 0.5 * POINTS_PER_MM if printed.right_to_left else FOLD_PT
    left, bottom, right, top = figure_box(printed.booklet)
    assert figure_box(printed.sheets) == pytest.approx([left + shift, bottom, right + shift, top], abs=0.01)


def test_parent_tree_and_structure_tree_agree(printed):
    with pikepdf.open(printed.sheets) as pdf:
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        forms = {
            int(form.StructParents): (side.obj.objgen, form.objgen)
            for side in pdf.pages
            for form in side.Resources.XObject.values()
        }
        from_the_content = {
            (forms[key], mcid, element.objgen)
            for key, elements in parents.items()
            for mcid, element in enumerate(elements)
        }
        from_the_tree = {
            ((kid.Pg.objgen, kid.Stm.objgen), int(kid.MCID), element.objgen)
            for element in pdf.objects
            if isinstance(element, pikepdf.Dictionary) and element.get("/Type") == "/StructElem"
            for kid in element.K
            if kid.get("/Type") == "/MCR"
        }
    assert len(forms) == PAGES[printed.language]
    assert from_the_content == from_the_tree


def test_nothing_of_the_screen_is_left(printed):
    with pikepdf.open(printed.sheets) as pdf:
        catalog = set(pdf.Root.keys())
        types = [thing.get("/Type") for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)]
        annotated = [side for side in pdf.pages if "/Annots" in side]
    assert catalog == {
        "/Type",
        "/Pages",
        "/Lang",
        "/MarkInfo",
        "/Metadata",
        "/StructTreeRoot",
        "/ViewerPreferences",
    }
    assert types.count("/Page") == len(EXPECTED_CELLS[printed.language])
    assert not {"/Annot", "/OBJR"} & set(types)
    assert annotated == []


def test_the_printer_is_told_to_flip_on_the_short_edge_and_not_to_scale(printed):
    with pikepdf.open(printed.sheets) as pdf:
        actual = {key: str(value) for key, value in pdf.Root.ViewerPreferences.items()}
    assert actual == {
        "/Direction": "/R2L" if printed.right_to_left else "/L2R",
        "/DisplayDocTitle": "True",
        "/Duplex": "/DuplexFlipShortEdge",
        "/PrintScaling": "/None",
    }


def test_language_title_and_metadata_stay(printed):
    def about(path):
        with pikepdf.open(path) as pdf:
            information = {key: str(value) for key, value in pdf.docinfo.items()}
            return str(pdf.Root.Lang), information, pdf.Root.Metadata.read_bytes()

    assert about(printed.sheets) == about(printed.booklet)
    assert about(printed.sheets)[0] == printed.language


def test_fonts_are_the_same_and_embedded(printed):
    def fonts(path):
        rows = [row.split() for row in run("pdffonts", str(path)).splitlines()[2:]]
        return sorted((row[0], row[-5]) for row in rows)

    assert fonts(printed.sheets) == fonts(printed.booklet)
    assert {embedded for _, embedded in fonts(printed.sheets)} == {"yes"}


def test_the_file_stays_small(printed):
    assert printed.sheets.stat().st_size < 1.2 * printed.booklet.stat().st_size


def test_sheets_are_accessible(printed):
    report = page_validation.validate_pdf(printed.sheets, profile=page_validation.ValidationProfile.PDF_UA_1)
    assert [failure.message for failure in report.failures] == []


def test_qpdf_finds_no_fault(printed):
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", str(printed.sheets))


def test_same_booklet_gives_same_bytes(printed):
    again = impose(printed.booklet.read_bytes(), right_to_left=printed.right_to_left)
    assert again == printed.sheets.read_bytes()


def first_side(sheets) -> Image.Image:
    """Return a picture of the first side, ten dots to the millimetre."""
    stem = sheets.with_suffix("")
    run("pdftoppm", "-r", "254", "-f", "1", "-l", "1", "-png", "-singlefile", str(sheets), str(stem))
    return Image.open(stem.with_suffix(".png"))


def test_bleed_reaches_the_edge_of_the_paper_but_not_over_the_fold(tmp_path):
    colours = "@page { bleed: 3mm } @page :left { background: #00f } @page :right { background: #f00 }"
    sheets = tmp_path / "sheets.pdf"
    sheets.write_bytes(impose(booklet("en", 8, colours), right_to_left=False))
    with first_side(sheets) as side:
        ten_per_mm = [(2, 1000), (1482, 1000), (1488, 1000), (2967, 1000)]
        actual = [side.convert("RGB").getpixel(spot) for spot in ten_per_mm]
    assert actual == [(0, 0, 255), (0, 0, 255), (255, 0, 0), (255, 0, 0)]


def test_fold_ticks_are_three_millimetres_at_the_top_and_bottom_edge(printed):
    with first_side(printed.sheets).convert("L") as side:
        fold = side.crop((1480, 0, 1490, side.height))
        inked = [y for y in range(fold.height) if fold.crop((0, y, 10, y + 1)).getextrema()[0] < 250]
    assert inked == [*range(30), *range(2070, 2100)]


def test_a_booklet_without_tags_is_imposed_too():
    source = HTML(string="<style>@page { size: A5 }</style>untagged").write_pdf()
    with pikepdf.open(BytesIO(impose(source, right_to_left=False))) as pdf:
        assert len(pdf.pages) == 2


def test_a_page_larger_than_half_a_sheet_is_refused():
    source = HTML(string="<style>@page { size: A5 }</style>large").write_pdf()
    with pytest.raises(ValueError, match=r"page 1 is 148.0 x 210.0 mm, half a sheet is 139.7 x 215.9 mm"):
        impose(source, sheet=Sheet(width_mm=279.4, height_mm=215.9), right_to_left=False)
