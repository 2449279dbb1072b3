"""The trimmed size of a booklet's page in, the sheet of paper that it is printed on out."""

from __future__ import annotations

from dataclasses import dataclass

from stele.print.units import POINTS_PER_MM

FIT_TOLERANCE_MM = 0.2  # page sizes are written with rounded points


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper in landscape position: the two booklet pages of a side lie left and right of its middle.

    `name` is what a print dialog calls it.
    """

    width_mm: float
    height_mm: float
    name: str = ""

    @property
    def width_pt(self) -> float:
        """Width in points."""
        return self.width_mm * POINTS_PER_MM

    @property
    def height_pt(self) -> float:
        """Height in points."""
        return self.height_mm * POINTS_PER_MM

    def holds(self, width_mm: float, height_mm: float) -> bool:
        """Say whether half of the sheet has room for a page."""
        beside_mm, above_mm = self.width_mm / 2 - width_mm, self.height_mm - height_mm
        return min(beside_mm, above_mm) >= -FIT_TOLERANCE_MM

    def is_twice(self, width_mm: float, height_mm: float) -> bool:
        """Say whether half of the sheet is a page, and nothing is left to cut off."""
        beside_mm, above_mm = self.width_mm / 2 - width_mm, self.height_mm - height_mm
        return max(abs(beside_mm), abs(above_mm)) <= FIT_TOLERANCE_MM


# ISO 216, trimmed sizes; ANSI/ASME Y14.1, size A.
A5 = Sheet(210, 148, "A5")
A4 = Sheet(297, 210, "A4")
A3 = Sheet(420, 297, "A3")
LETTER = Sheet(279.4, 215.9, "Letter")


def sheet_for(width_mm: float, height_mm: float) -> Sheet | None:
    """Return the smallest standard sheet whose half holds a page of this trimmed size, None where none does.

    Letter is taken for its own half alone: where a smaller page is printed, there is rarely any such paper.
    """
    if LETTER.is_twice(width_mm, height_mm):
        return LETTER
    return next((sheet for sheet in (A5, A4, A3) if sheet.holds(width_mm, height_mm)), None)
