"""A page with its bleed in, the page on a larger sheet out: crop marks, registration marks and the slug around it.

All stand outside the bleed, in the registration colour, which is on every plate (ISO 32000-1, 8.6.6.4 and 14.11.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from stele.print.press.colours import REGISTRATION
from stele.print.units import POINTS_PER_MM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pikepdf import Object, Page, Pdf

GAP_MM = 0.5
MARK_MM = 5.0
TARGET_RADIUS_MM = 1.5
SLUG_HEIGHT_MM = 4.0
LINE_PT = 0.25
_DASHED = "[1.5 1.5] 0 d"  # folds, as cuts are drawn through
_SLUG_TAG = "/SLUG"
_ARC = 0.5523  # of the radius: where the controls of a quarter of a circle lie


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, from the lower left corner to the upper right."""

    left: float
    bottom: float
    right: float
    top: float

    def grown(self, by_mm: float) -> Box:
        """Return the box with so much more on every side."""
        by = by_mm * POINTS_PER_MM
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    @property
    def sides(self) -> list[float]:
        """Return the four numbers as a PDF writes them."""
        return [round(side, 4) for side in (self.left, self.bottom, self.right, self.top)]


def add_marks(pdf: Pdf, slugs: Sequence[Object], folds_pt: Sequence[float] = ()) -> None:
    """Put marks around every page, and its slug below it; set its boxes. The MediaBox was trim and bleed before.

    `slugs` is empty, or has a form for each page, as wide as the trimmed page and SLUG_HEIGHT_MM high.
    Every page is folded at `folds_pt`, from the left edge of its TrimBox.
    """
    registration = pdf.make_indirect(_registration(pdf))
    for number, (page, slug) in enumerate(zip_longest(pdf.pages, slugs), start=1):
        trim, bleed = Box(*map(float, page.trimbox)), Box(*map(float, page.mediabox))
        page.MediaBox = bleed.grown(2 * GAP_MM + MARK_MM + SLUG_HEIGHT_MM).sides
        page.BleedBox, page.TrimBox = bleed.sides, trim.sides
        parts = [b"q", page.obj.Contents.read_bytes(), b"Q q", "\n".join(_marks(trim, bleed, folds_pt)).encode(), b"Q"]
        if slug is not None:
            _name(page.obj.Resources, "/XObject", slug_name := f"/slug-{number}", slug)
            _name(slug.Resources, "/ColorSpace", REGISTRATION, registration)
            parts.append(_draw(slug_name, trim, bleed).encode())
        _name(page.obj.Resources, "/ColorSpace", REGISTRATION, registration)
        page.obj.Contents.write(b"\n".join(parts))


def bring_slugs(pdf: Pdf, slug_pdf: Pdf) -> list[Object]:
    """Return the slugs as forms of `pdf`, as wide as its first page. Raises ValueError unless each page has one."""
    if len(slug_pdf.pages) != len(pdf.pages):
        raise ValueError(f"{len(pdf.pages)} pages have {len(slug_pdf.pages)} slugs")
    _rename_fonts(slug_pdf)
    left, _, right, _ = map(float, pdf.pages[0].trimbox)
    box = [0, 0, round(right - left, 6), round(SLUG_HEIGHT_MM * POINTS_PER_MM, 6)]
    return [pdf.copy_foreign(slug_pdf.make_indirect(_form(page, box))) for page in slug_pdf.pages]


def _rename_fonts(slug_pdf: Pdf) -> None:
    """Give the subsets of the slug other tags than the booklet's have of the same fonts (ISO 32000-1, 9.6.4).

    The renderer makes the tag from the font; a press that keeps fonts by name would mix the two subsets up.
    """
    from pikepdf import Dictionary, Name

    for item in slug_pdf.objects:
        for key in ("/BaseFont", "/FontName"):
            if isinstance(item, Dictionary) and "+" in str(item.get(key, "")):
                tag, _, font = str(item[key]).partition("+")
                item[key] = Name(f"{_SLUG_TAG}{tag[-2:]}+{font}")


def _form(page: Page, box: Sequence[float]) -> Object:
    form: Object = page.as_form_xobject(handle_transformations=False)
    form.BBox = box
    form.Resources = page.obj.Resources  # one for all of them; qpdf makes a copy for each
    for key in {"/Group", "/StructParents"} & set(form.keys()):
        del form[key]
    return form


def _draw(name: str, trim: Box, bleed: Box) -> str:
    bottom = bleed.grown(2 * GAP_MM + MARK_MM + SLUG_HEIGHT_MM).bottom
    return f"q 1 0 0 1 {trim.left:.4f} {bottom:.4f} cm {name} Do Q"


def _marks(trim: Box, bleed: Box, folds_pt: Sequence[float]) -> Iterator[str]:
    """Yield the statements that draw the marks; no target lies on a fold."""
    inner, outer = bleed.grown(GAP_MM), bleed.grown(GAP_MM + MARK_MM)
    yield f"{REGISTRATION} CS 1 SCN {LINE_PT} w"
    for x in (trim.left, trim.right):
        yield from (_line(x, inner.bottom, x, outer.bottom), _line(x, inner.top, x, outer.top))
    for y in (trim.bottom, trim.top):
        yield from (_line(inner.left, y, outer.left, y), _line(inner.right, y, outer.right, y))
    middle = bleed.grown(GAP_MM + MARK_MM / 2)
    x, y = trim.left + (trim.right - trim.left) / (4 if folds_pt else 2), (trim.bottom + trim.top) / 2
    for centre in ((x, middle.bottom), (x, middle.top), (middle.left, y), (middle.right, y)):
        yield from _target(*centre)
    if folds_pt:
        yield _DASHED
    for fold in folds_pt:
        x = trim.left + fold
        yield from (_line(x, inner.bottom, x, outer.bottom), _line(x, inner.top, x, outer.top))


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f"{x:.4f} {y:.4f} m {to_x:.4f} {to_y:.4f} l S"


def _target(x: float, y: float) -> Iterator[str]:
    """Yield a cross in a circle, by which the plates are laid over each other."""
    radius, arm = TARGET_RADIUS_MM * POINTS_PER_MM, MARK_MM / 2 * POINTS_PER_MM
    yield from (_line(x - arm, y, x + arm, y), _line(x, y - arm, x, y + arm))
    yield f"{x + radius:.4f} {y:.4f} m"
    pull = _ARC * radius
    for cosine, sine in ((1, 0), (0, 1), (-1, 0), (0, -1)):
        start_x, start_y = x + radius * cosine, y + radius * sine
        end_x, end_y = x - radius * sine, y + radius * cosine
        controls = (start_x - pull * sine, start_y + pull * cosine, end_x + pull * cosine, end_y + pull * sine)
        yield " ".join(f"{value:.4f}" for value in (*controls, end_x, end_y)) + " c"
    yield "s"


def _registration(pdf: Pdf) -> Object:
    from pikepdf import Array, Dictionary, Name

    tint = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0, 0], C1=[1, 1, 1, 1])
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, pdf.make_indirect(tint)])


def _name(resources: Object, kind: str, name: str, thing: Object) -> None:
    from pikepdf import Dictionary

    if kind not in resources:
        resources[kind] = Dictionary()
    resources[kind][name] = thing
