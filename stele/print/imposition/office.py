"""A booklet PDF in reading order goes in, a PDF of sheets to print, fold and bind comes out."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from stele.print.imposition.folding import SADDLE, SIGNATURES, FoldedSheet, SheetSide, creep_mm, folded_sheets
from stele.print.imposition.marks import Opening, collation_mark, side_marks
from stele.print.imposition.sheets import Sheet, sheet_for
from stele.print.saving import pdf_bytes
from stele.print.units import POINTS_PER_MM

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf

    from stele.print.structure import Placement

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
class _Job:
    """What all sheets have in common; `pages` are those of the booklet, in reading order."""

    pdf: Pdf
    pages: tuple[Page, ...]
    sheet: Sheet
    right_to_left: bool
    binding: str
    caliper_mm: float
    page_mm: tuple[float, float]
    bleed_mm: float

    def opening(self, depth: int) -> Opening:
        """Return how the pages of a sheet at `depth` lie."""
        return Opening(self.sheet, *self.page_mm, self.bleed_mm, creep_mm(depth, self.caliper_mm))


def opening_of(booklet_pdf: bytes, sheet: Sheet | None = None) -> Opening:
    """Return how the cover of a booklet lies on `sheet`, or on the smallest standard sheet that holds its pages.

    Raises ValueError when a page does not fit on half a sheet.
    """
    import pikepdf

    with pikepdf.open(BytesIO(booklet_pdf)) as pdf:
        pages = tuple(pdf.pages)
        return Opening(_sheet(pages, sheet), *_largest_page_mm(pages), _bleed_mm(pages[0]), 0)


def impose(
    booklet_pdf: bytes,
    *,
    sheet: Sheet | None = None,
    right_to_left: bool,
    binding: str = SADDLE,
    caliper_mm: float = 0.0,
    first_sheet: bytes | None = None,
) -> bytes:
    """Return the booklet as sheets for an office printer that prints both sides and flips on the short edge.

    `booklet_pdf` has one upright page per booklet page, in reading order. Pages keep their size: the TrimBox meets
    the fold, or crosses it by the creep of paper `caliper_mm` thick, and is centred in height; bleed shows as far as
    the paper and the fold allow. Order and blanks follow `folding.folded_sheets`. Marks show where to fold and to
    cut, and on the spines of signatures their order. Without `sheet` it is the smallest standard one. The pages of
    `first_sheet`, which tell how to do all this, come before and are not folded.

    Text, fonts, metadata, language and structure tree (in the order of the booklet) stay; links, outlines and other
    ways to move on a screen do not. The same input gives the same bytes. Raises ValueError when a page does not fit
    on half a sheet.
    """
    import pikepdf

    with pikepdf.open(BytesIO(booklet_pdf)) as pdf:
        pages = tuple(pdf.pages)
        size_mm, bleed_mm = _largest_page_mm(pages), _bleed_mm(pages[0])
        job = _Job(pdf, pages, _sheet(pages, sheet), right_to_left, binding, caliper_mm, size_mm, bleed_mm)
        _replace_pages_by_sheets(job)
        _keep_what_paper_needs(pdf, right_to_left)
        if first_sheet:
            _put_first(pdf, first_sheet)
        return pdf_bytes(pdf)


def _sheet(pages: tuple[Page, ...], sheet: Sheet | None) -> Sheet:
    width_mm, height_mm = _largest_page_mm(pages)
    chosen = sheet or sheet_for(width_mm, height_mm)
    if chosen is None:
        raise ValueError(f"a page is {width_mm:.1f} x {height_mm:.1f} mm, which no sheet up to A3 holds twice")
    for number, page in enumerate(pages, start=1):
        _require_fit(number, page, chosen)
    return chosen


def _require_fit(number: int, page: Page, sheet: Sheet) -> None:
    width_mm, height_mm = _size_mm(page)
    if not sheet.holds(width_mm, height_mm):
        raise ValueError(
            f"page {number} is {width_mm:.1f} x {height_mm:.1f} mm, "
            f"half a sheet is {sheet.width_mm / 2:.1f} x {sheet.height_mm:.1f} mm"
        )


def _largest_page_mm(pages: tuple[Page, ...]) -> tuple[float, float]:
    widths_mm, heights_mm = zip(*map(_size_mm, pages), strict=True)
    return max(widths_mm), max(heights_mm)


def _size_mm(page: Page) -> tuple[float, float]:
    left, bottom, right, top = map(float, page.trimbox)
    return (right - left) / POINTS_PER_MM, (top - bottom) / POINTS_PER_MM


def _bleed_mm(page: Page) -> float:
    return (float(page.trimbox[1]) - float(page.bleedbox[1])) / POINTS_PER_MM


def _replace_pages_by_sheets(job: _Job) -> None:
    from stele.print.structure import follow

    placements: list[Placement] = []
    for folded in folded_sheets(len(job.pages), right_to_left=job.right_to_left, binding=job.binding):
        placements += _add_side(job, folded, folded.front)
        placements += _add_side(job, folded, folded.back)
    follow(job.pdf, placements)
    del job.pdf.pages[: len(job.pages)]


def _add_side(job: _Job, folded: FoldedSheet, side: SheetSide) -> tuple[Placement, ...]:
    """Append one side of a sheet and return where its booklet pages went."""
    from pikepdf import Dictionary

    sheet, opening = job.sheet, job.opening(folded.depth)
    printed = job.pdf.add_blank_page(page_size=(round(sheet.width_pt, 4), round(sheet.height_pt, 4)))
    cells = {
        cell: _place(job, job.pages[number - 1], printed, cell, opening)
        for cell, number in (("/Left", side.left), ("/Right", side.right))
        if number is not None
    }
    content = [_draw(cell, placement, sheet) for cell, placement in cells.items()]
    content.append(side_marks(opening))
    if job.binding == SIGNATURES and folded.depth == 0 and side is folded.front:
        content.append(collation_mark(opening, folded.signature, job.right_to_left))
    printed.obj.Resources = Dictionary(XObject=Dictionary({cell: cells[cell].form for cell in cells}))
    printed.obj.Contents = job.pdf.make_stream("\n".join(content).encode())
    return tuple(cells.values())


def _place(job: _Job, page: Page, printed: Page, cell: str, opening: Opening) -> Placement:
    from stele.print.structure import Placement

    left, bottom, right, top = map(float, page.trimbox)
    fold_pt, creep_pt = job.sheet.width_pt / 2, opening.creep_mm * POINTS_PER_MM
    return Placement(
        page=page.obj,
        sheet=printed.obj,
        form=_form(job.pdf, page),
        shift_x_pt=fold_pt + creep_pt - right if cell == "/Left" else fold_pt - creep_pt - left,
        shift_y_pt=(job.sheet.height_pt - top - bottom) / 2,
    )


def _form(pdf: Pdf, page: Page) -> Object:
    """Return what a page draws, its bleed included, as one object that a sheet can draw.

    Its bytes stay compressed as they are: qpdf's own way to make a form unpacks them, to be packed again.
    """
    from pikepdf import Array, Dictionary, Name

    page.contents_coalesce()
    drawn = page.obj.get("/Contents", pdf.make_stream(b""))
    entries = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array(page.bleedbox), Resources=page.resources)
    for source, keys in ((page.obj, ("/Group", "/StructParents")), (drawn, ("/Filter", "/DecodeParms"))):
        for key in keys:
            if key in source:
                entries[key] = source[key]
    return pdf.make_stream(drawn.read_raw_bytes(), entries)


def _draw(cell: str, placement: Placement, sheet: Sheet) -> str:
    """Return the operators that draw a page in its half of the sheet, cut at the fold."""
    fold_pt = sheet.width_pt / 2
    cell_x_pt = 0 if cell == "/Left" else fold_pt
    return (
        f"q {cell_x_pt:.4f} 0 {fold_pt:.4f} {sheet.height_pt:.4f} re W n "
        f"1 0 0 1 {placement.shift_x_pt:.4f} {placement.shift_y_pt:.4f} cm {cell} Do Q"
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


def _put_first(pdf: Pdf, first_sheet: bytes) -> None:
    import pikepdf

    from stele.print.structure import adopt

    with pikepdf.open(BytesIO(first_sheet)) as other:
        count = len(other.pages)
        for place, page in enumerate(other.pages):
            pdf.pages.insert(place, page)
        adopt(pdf, other, tuple(pdf.pages)[:count])
