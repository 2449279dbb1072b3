"""A booklet PDF in reading order goes in, a PDF of sheets to print, fold and staple comes out."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from stele.print.saving import pdf_bytes

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf

    from stele.print.structure import Placement

POINTS_PER_MM = 72 / 25.4
TICK_LENGTH_MM = 3.0
FIT_TOLERANCE_PT = 0.5  # page sizes are written with rounded points

# What the PDF catalog says of the document as a whole. The rest (outlines, destinations, page labels, forms,
# the opening action) leads to booklet pages and would keep them in the file.
KEPT_CATALOG_KEYS = frozenset(
    {
        "/Type",
        "/Version",
        "/Extensions",
        "/Pages",
        "/Lang",
        "/MarkInfo",
        "/Metadata",
        "/OCProperties",
        "/OutputIntents",
        "/StructTreeRoot",
    }
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper in landscape position: the two booklet pages of a side lie left and right of its middle."""

    width_mm: float
    height_mm: float

    @property
    def width_pt(self) -> float:
        """Width in points."""
        return self.width_mm * POINTS_PER_MM

    @property
    def height_pt(self) -> float:
        """Height in points."""
        return self.height_mm * POINTS_PER_MM


A4 = Sheet(width_mm=297, height_mm=210)


@dataclass(frozen=True, slots=True)
class SheetSide:
    """What one side of a sheet shows: 1-based booklet pages, or None where the paper stays blank."""

    left: int | None
    right: int | None


def saddle_stitch(pages: int, right_to_left: bool) -> tuple[SheetSide, ...]:
    """Return the sides to print, outermost sheet first, each sheet as front (outside of the fold) and back.

    The sheets nest in one signature and are turned on their short edge, like a page in a book. A booklet has
    a multiple of four pages. When `pages` is not one, blanks are put before the last page, so that the first
    and the last page stay the outside of the cover; a single page stays the front. Right to left mirrors
    every side, which puts the spine at the right edge of the front cover.
    """
    folios = _filled_signature(pages)
    sides = []
    for turn in range(len(folios) // 2):
        early, late = folios[turn], folios[-1 - turn]
        early_is_left = (turn % 2 == 1) is not right_to_left
        sides.append(SheetSide(early, late) if early_is_left else SheetSide(late, early))
    return tuple(sides)


def _filled_signature(pages: int) -> tuple[int | None, ...]:
    opening = max(1, pages - 1)
    blanks = -pages % 4
    folios = tuple(range(1, pages + 1))
    return (*folios[:opening], *(None,) * blanks, *folios[opening:])


def impose(booklet_pdf: bytes, *, sheet: Sheet = A4, right_to_left: bool) -> bytes:
    """Return the booklet as sheets for an office printer that prints both sides and flips on the short edge.

    `booklet_pdf` has one upright page per booklet page, in reading order. Pages keep their size: the TrimBox
    meets the fold and is centred in height; bleed shows as far as the paper and the fold allow. Blanks follow
    the rule of `saddle_stitch`. Ticks at the top and bottom edge show the fold. Text, fonts, metadata,
    language and structure tree (in the order of the booklet) stay; links, outlines and other ways to move on
    a screen do not. The same input gives the same bytes. Raises ValueError when a page does not fit on half a
    sheet.
    """
    import pikepdf

    with pikepdf.open(BytesIO(booklet_pdf)) as pdf:
        _replace_pages_by_sheets(pdf, sheet, right_to_left)
        _keep_what_paper_needs(pdf, right_to_left)
        return pdf_bytes(pdf)


def _replace_pages_by_sheets(pdf: Pdf, sheet: Sheet, right_to_left: bool) -> None:
    from stele.print.structure import follow

    pages = tuple(pdf.pages)
    for number, page in enumerate(pages, start=1):
        _require_fit(number, page, sheet)
    placements: list[Placement] = []
    for side in saddle_stitch(len(pages), right_to_left):
        placements += _add_side(pdf, sheet, side, pages)
    follow(pdf, placements)
    del pdf.pages[: len(pages)]


def _require_fit(number: int, page: Page, sheet: Sheet) -> None:
    left, bottom, right, top = map(float, page.trimbox)
    width_pt, height_pt = right - left, top - bottom
    if width_pt > sheet.width_pt / 2 + FIT_TOLERANCE_PT or height_pt > sheet.height_pt + FIT_TOLERANCE_PT:
        raise ValueError(
            f"page {number} is {width_pt / POINTS_PER_MM:.1f} x {height_pt / POINTS_PER_MM:.1f} mm, "
            f"half a sheet is {sheet.width_mm / 2:.1f} x {sheet.height_mm:.1f} mm"
        )


def _add_side(pdf: Pdf, sheet: Sheet, side: SheetSide, pages: tuple[Page, ...]) -> tuple[Placement, ...]:
    """Append one side of a sheet to `pdf` and return where its booklet pages went."""
    from pikepdf import Dictionary

    printed = pdf.add_blank_page(page_size=(round(sheet.width_pt, 4), round(sheet.height_pt, 4)))
    cells = {
        cell: _place(pdf, pages[number - 1], printed, sheet, cell)
        for cell, number in (("/Left", side.left), ("/Right", side.right))
        if number is not None
    }
    content = [_draw(cell, placement, sheet) for cell, placement in cells.items()]
    printed.obj.Resources = Dictionary(XObject=Dictionary({cell: cells[cell].form for cell in cells}))
    printed.obj.Contents = pdf.make_stream("\n".join([*content, _fold_ticks(sheet)]).encode())
    return tuple(cells.values())


def _place(pdf: Pdf, page: Page, printed: Page, sheet: Sheet, cell: str) -> Placement:
    from stele.print.structure import Placement

    left, bottom, right, top = map(float, page.trimbox)
    fold_pt = sheet.width_pt / 2
    return Placement(
        page=page.obj,
        sheet=printed.obj,
        form=_form(pdf, page),
        shift_x_pt=fold_pt - (right if cell == "/Left" else left),
        shift_y_pt=(sheet.height_pt - top - bottom) / 2,
    )


def _form(pdf: Pdf, page: Page) -> Object:
    from pikepdf import Array

    form = pdf.make_indirect(page.as_form_xobject(handle_transformations=False))
    form.BBox = Array(page.bleedbox)  # qpdf takes the trim box, which cuts the bleed off
    # Pages share one dictionary, of which qpdf makes a copy for every form.
    form.Resources = page.obj.get("/Resources", form.Resources)
    if "/StructParents" in page.obj:
        form.StructParents = page.obj.StructParents
    return form


def _draw(cell: str, placement: Placement, sheet: Sheet) -> str:
    """Return the operators that draw a page in its half of the sheet, cut at the fold."""
    fold_pt = sheet.width_pt / 2
    cell_x_pt = 0 if cell == "/Left" else fold_pt
    return (
        f"q {cell_x_pt:.4f} 0 {fold_pt:.4f} {sheet.height_pt:.4f} re W n "
        f"1 0 0 1 {placement.shift_x_pt:.4f} {placement.shift_y_pt:.4f} cm {cell} Do Q"
    )


def _fold_ticks(sheet: Sheet) -> str:
    """Return the operators for two grey hairlines at the paper's edge, marked as production aids.

    ISO 32000-1, 14.8.2.2.2: page artifacts are ancillary to the document, such as cut marks.
    """
    fold_pt, top_pt = sheet.width_pt / 2, sheet.height_pt
    length_pt = TICK_LENGTH_MM * POINTS_PER_MM
    return (
        "/Artifact <</Type /Page>> BDC q 0.25 w 0.5 G "
        f"{fold_pt:.4f} 0 m {fold_pt:.4f} {length_pt:.4f} l "
        f"{fold_pt:.4f} {top_pt:.4f} m {fold_pt:.4f} {top_pt - length_pt:.4f} l S Q EMC"
    )


def _keep_what_paper_needs(pdf: Pdf, right_to_left: bool) -> None:
    from pikepdf import Dictionary, Name

    for key in set(pdf.Root.keys()) - KEPT_CATALOG_KEYS:
        del pdf.Root[key]
    pdf.Root.ViewerPreferences = Dictionary(
        Direction=Name.R2L if right_to_left else Name.L2R,
        DisplayDocTitle=True,
        Duplex=Name.DuplexFlipShortEdge,
        PrintScaling=Name("/None"),
    )
