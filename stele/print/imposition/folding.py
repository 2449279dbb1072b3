"""A number of pages and a binding in, what stands on both sides of every sheet of paper out. Arithmetic alone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

PAGES_PER_SHEET = 4  # of a sheet that is folded once
SADDLE, SIGNATURES = "saddle", "signatures"

# Four sheets are what one fold of office paper holds without a bone folder, and a section of sixteen pages, which
# binders are used to sew.
SHEETS_PER_SIGNATURE = 4


@dataclass(frozen=True, slots=True)
class SheetSide:
    """What one side of a sheet shows: 1-based booklet pages, or None where the paper stays blank."""

    left: int | None
    right: int | None


@dataclass(frozen=True, slots=True)
class FoldedSheet:
    """A sheet in its signature, which is numbered from 1.

    `depth` counts the sheets that lie around it: the outermost has 0. `front` is the outside of the fold.
    """

    signature: int
    depth: int
    front: SheetSide
    back: SheetSide


def signature_sizes(pages: int, binding: str) -> tuple[int, ...]:
    """Return how many sheets each signature has, the larger ones first.

    Saddle stitch nests all sheets in one. Signatures have at most `SHEETS_PER_SIGNATURE`, and no two differ by more
    than one sheet: a last signature of a single sheet would tear at its thread.
    """
    sheets = -(-pages // PAGES_PER_SHEET)
    if binding == SADDLE:
        return (sheets,)
    signatures = max(1, -(-sheets // SHEETS_PER_SIGNATURE))
    size, larger = divmod(sheets, signatures)
    return tuple(size + (number < larger) for number in range(signatures))


def folded_sheets(pages: int, *, right_to_left: bool, binding: str = SADDLE) -> tuple[FoldedSheet, ...]:
    """Return the sheets to print, signature after signature, the outermost sheet of each first.

    Sheets are turned on their short edge, like a page in a book. A booklet has a multiple of four pages. When `pages`
    is not one, blanks are put before the last page, so that the first and the last page stay the outside of the
    cover; a single page stays the front. Right to left mirrors every side, which puts the spine at the right edge of
    the front cover.
    """
    folios = _filled(pages)
    sizes = signature_sizes(pages, binding)
    ends = [sheets * PAGES_PER_SHEET for sheets in accumulate(sizes)]
    return tuple(
        _sheet(folios[end - size * PAGES_PER_SHEET : end], number, depth, right_to_left)
        for number, (size, end) in enumerate(zip(sizes, ends, strict=True), start=1)
        for depth in range(size)
    )


def creep_mm(depth: int, caliper_mm: float) -> float:
    """Return by how much the pages of a sheet move towards the spine, so that margins match when all is trimmed.

    Each sheet that lies around another holds its fold off the spine by one thickness of paper, and pushes its leaves
    out of the fore-edge by as much: depth × caliper. The outermost sheet stays. Source: Kodak Preps 5 User Guide,
    Calculating Shingling Amounts, whose approximation (pages / 4) × stock thickness counts the outermost sheet too.
    """
    return depth * caliper_mm


def _filled(pages: int) -> tuple[int | None, ...]:
    opening = max(1, pages - 1)
    blanks = -pages % PAGES_PER_SHEET
    folios = tuple(range(1, pages + 1))
    return (*folios[:opening], *(None,) * blanks, *folios[opening:])


def _sheet(folios: tuple[int | None, ...], signature: int, depth: int, right_to_left: bool) -> FoldedSheet:
    """Return the sheet at `depth` of a signature that has `folios`."""
    first, second = folios[2 * depth : 2 * depth + 2]
    last_but_one, last = folios[len(folios) - 2 * depth - 2 : len(folios) - 2 * depth]
    if right_to_left:
        return FoldedSheet(signature, depth, SheetSide(first, last), SheetSide(last_but_one, second))
    return FoldedSheet(signature, depth, SheetSide(last, first), SheetSide(second, last_but_one))
