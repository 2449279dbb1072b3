"""A sheet and the trimmed pages on it in, the operators of a content stream out that draw where to fold and to cut.

All of it is marked as production aids (ISO 32000-1, 14.8.2.2.2: page artifacts are ancillary to the document, such as
cut marks), and drawn in strokes alone: a letter would need a font.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.print.units import POINTS_PER_MM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from stele.print.imposition.sheets import Sheet

FOLD_TICK_MM = 3.0
CUT_TICK_MM = 5.0
CUT_LINE_MM = 8.0  # office printers leave up to 5 mm blank at the edge of the paper
WORTH_CUTTING_MM = 1.0  # less is cut off with the creep, level with the cover

COLLATION_WIDTH_MM, COLLATION_STEP_MM = 2.0, 5.0
COLLATION_TOP_MM = 12.0  # below the head of the page
DIGIT_WIDTH_MM, DIGIT_HEIGHT_MM, DIGIT_ADVANCE_MM = 1.0, 1.8, 1.5

# Each digit is one or two strokes of a pen over a grid of 2 × 4, from its lower left corner.
_DIGITS: dict[str, tuple[tuple[tuple[int, int], ...], ...]] = {
    "0": (((0, 0), (2, 0), (2, 4), (0, 4), (0, 0)),),
    "1": (((0, 3), (1, 4), (1, 0)), ((0, 0), (2, 0))),
    "2": (((0, 4), (2, 4), (2, 2), (0, 2), (0, 0), (2, 0)),),
    "3": (((0, 4), (2, 4), (2, 0), (0, 0)), ((0, 2), (2, 2))),
    "4": (((0, 4), (0, 2), (2, 2)), ((2, 4), (2, 0))),
    "5": (((2, 4), (0, 4), (0, 2), (2, 2), (2, 0), (0, 0)),),
    "6": (((2, 4), (0, 4), (0, 0), (2, 0), (2, 2), (0, 2)),),
    "7": (((0, 4), (2, 4), (1, 0)),),
    "8": (((0, 2), (0, 4), (2, 4), (2, 0), (0, 0), (0, 2), (2, 2)),),
    "9": (((2, 2), (0, 2), (0, 4), (2, 4), (2, 0), (0, 0)),),
}


@dataclass(frozen=True, slots=True)
class Opening:
    """The two trimmed pages of a sheet side that meet at the fold, as they lie when the pages are `creep_mm` shifted.

    `width_mm` and `height_mm` are those of one page, `bleed_mm` is what is printed beyond them.
    """

    sheet: Sheet
    width_mm: float
    height_mm: float
    bleed_mm: float
    creep_mm: float

    @property
    def beside_mm(self) -> float:
        """Return how much paper is left between a page and the short edge of the sheet."""
        return self.sheet.width_mm / 2 - self.width_mm + self.creep_mm

    @property
    def above_mm(self) -> float:
        """Return how much paper is left above a page, and below."""
        return (self.sheet.height_mm - self.height_mm) / 2

    @property
    def is_cut(self) -> bool:
        """Say whether the page is so much smaller than half the sheet that marks show where to cut."""
        return max(self.sheet.width_mm / 2 - self.width_mm, self.above_mm) >= WORTH_CUTTING_MM


def side_marks(opening: Opening) -> str:
    """Return the ticks of one side: where to fold, and where to cut when there is something to cut off."""
    lines = [*_fold_ticks(opening), *(_cut_marks(opening) if opening.is_cut else ())]
    return _artifact(f"0.25 w 0.5 G {' '.join(map(_line, lines))} S")


def collation_mark(opening: Opening, signature: int, right_to_left: bool) -> str:
    """Return the mark on the spine of a signature and, beside it on its first page, its number.

    Each signature has it one step lower than the one before: gathered in order, the marks make a staircase. Where it
    would leave the spine it begins anew at the head.
    """
    steps = max(1, int((opening.height_mm - 2 * COLLATION_TOP_MM) // COLLATION_STEP_MM))
    head_mm = opening.sheet.height_mm - opening.above_mm - COLLATION_TOP_MM
    foot_mm = head_mm - ((signature - 1) % steps + 1) * COLLATION_STEP_MM
    fold_mm = opening.sheet.width_mm / 2
    box = _pt(fold_mm - COLLATION_WIDTH_MM / 2, foot_mm, COLLATION_WIDTH_MM, COLLATION_STEP_MM)
    number = _number(str(signature), fold_mm, foot_mm + COLLATION_STEP_MM / 2, right_to_left)
    return _artifact(f"{box} re 0 g f 0.5 w 0 G {number} S")


def _fold_ticks(opening: Opening) -> Iterator[tuple[float, ...]]:
    """Yield a line at the top and one at the bottom, outside of the pages where there is room."""
    fold_mm = opening.sheet.width_mm / 2
    for start_mm, end_mm in _ticks(opening.above_mm, opening.sheet.height_mm, opening.bleed_mm, FOLD_TICK_MM):
        yield (fold_mm, start_mm, fold_mm, end_mm)


def _cut_marks(opening: Opening) -> Iterator[tuple[float, ...]]:
    """Yield the ticks in line with the trimmed edges; a straight edge laid from one to another shows the cut."""
    width_mm, height_mm = opening.sheet.width_mm, opening.sheet.height_mm
    if opening.beside_mm >= WORTH_CUTTING_MM:
        for start_mm, end_mm in _ticks(opening.above_mm, height_mm, opening.bleed_mm, CUT_LINE_MM):
            for x_mm in (opening.beside_mm, width_mm - opening.beside_mm):
                yield (x_mm, start_mm, x_mm, end_mm)
    if opening.above_mm >= WORTH_CUTTING_MM:
        for start_mm, end_mm in _ticks(opening.beside_mm, width_mm, opening.bleed_mm, CUT_LINE_MM):
            for y_mm in (opening.above_mm, height_mm - opening.above_mm):
                yield (start_mm, y_mm, end_mm, y_mm)


def _ticks(strip_mm: float, size_mm: float, bleed_mm: float, over_page_mm: float) -> tuple[tuple[float, float], ...]:
    """Return start and end of a tick in the strip between paper's edge and page, and of its twin at the other side.

    It keeps off the bleed, or half of a strip that is narrower. Without a strip it lies at the edge of the paper, on
    the page itself, `over_page_mm` long.
    """
    if strip_mm < WORTH_CUTTING_MM:
        start_mm, end_mm = 0.0, over_page_mm
    else:
        end_mm = strip_mm - min(bleed_mm, strip_mm / 2)
        start_mm = max(0.0, end_mm - CUT_TICK_MM)
    return (start_mm, end_mm), (size_mm - start_mm, size_mm - end_mm)


def _number(digits: str, fold_mm: float, middle_mm: float, right_to_left: bool) -> str:
    """Return the strokes of a number on the page that begins a signature: right of the fold, or left of it."""
    length_mm = len(digits) * DIGIT_ADVANCE_MM
    left_mm = fold_mm - COLLATION_WIDTH_MM - length_mm if right_to_left else fold_mm + COLLATION_WIDTH_MM
    foot_mm = middle_mm - DIGIT_HEIGHT_MM / 2
    return " ".join(
        _stroke(points, left_mm + place * DIGIT_ADVANCE_MM, foot_mm)
        for place, digit in enumerate(digits)
        for points in _DIGITS[digit]
    )


def _stroke(points: Sequence[tuple[int, int]], left_mm: float, foot_mm: float) -> str:
    placed = [(left_mm + x * DIGIT_WIDTH_MM / 2, foot_mm + y * DIGIT_HEIGHT_MM / 4) for x, y in points]
    return " ".join(f"{_pt(*point)} {'l' if index else 'm'}" for index, point in enumerate(placed))


def _line(ends_mm: Iterable[float]) -> str:
    x1_mm, y1_mm, x2_mm, y2_mm = ends_mm
    return f"{_pt(x1_mm, y1_mm)} m {_pt(x2_mm, y2_mm)} l"


def _artifact(operators: str) -> str:
    return f"/Artifact <</Type /Page>> BDC q {operators} Q EMC"


def _pt(*lengths_mm: float) -> str:
    return " ".join(f"{length_mm * POINTS_PER_MM:.4f}" for length_mm in lengths_mm)
