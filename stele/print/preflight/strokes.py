"""The lines and letters of a proof in, those that are too thin or too small for a press out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.print.preflight.flaws import flaw
from stele.print.preflight.marks import Kind
from stele.print.units import POINTS_PER_MM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.print.preflight.colour import Colour
    from stele.print.preflight.flaws import Flaw
    from stele.print.preflight.marks import Mark
    from stele.print.preflight.proof import Proof

THINNEST_SOLID_PT = 0.25
THINNEST_PT = 0.15 * POINTS_PER_MM  # in dots, or in more than one ink, whose plates never meet exactly
SMALLEST_REVERSED_PT = 6.0
_LINE_LENGTH_PT = 3 * POINTS_PER_MM  # a shape that is thin and shorter is a detail of a drawing
_LIGHT = 0.7
_ROUNDING_PT = 0.005


def thick_enough(proof: Proof) -> Iterator[Flaw]:
    """Yield the thinnest line of each page that is too thin, drawn as a stroke or as a narrow rectangle."""
    for sheet in proof.sheets:
        lines = [mark for mark in sheet.marks if _is_line(mark) and mark.area.meets(sheet.trim)]
        thin = [mark for mark in lines if mark.size_pt < _thinnest(mark.colour) - _ROUNDING_PT]
        if thin:
            thinnest = min(thin, key=lambda mark: mark.size_pt)
            width, least = thinnest.size_pt, _thinnest(thinnest.colour)
            yield flaw("thin-line", sheet.number, width=round(width, 2), least=round(least, 2))


def large_enough(proof: Proof) -> Iterator[Flaw]:
    """Yield the smallest light letters of each page that are too small; on paper they show on a dark ground alone."""
    for sheet in proof.sheets:
        sizes = [mark.size_pt for mark in sheet.marks if mark.kind is Kind.TEXT and mark.colour.lightness > _LIGHT]
        smallest = min(sizes, default=SMALLEST_REVERSED_PT)
        if smallest < SMALLEST_REVERSED_PT - _ROUNDING_PT:
            yield flaw("small-reversed-type", sheet.number, size=round(smallest, 1), least=SMALLEST_REVERSED_PT)


def _is_line(mark: Mark) -> bool:
    if mark.kind is Kind.STROKE:
        return True
    return mark.kind is Kind.FILL and max(mark.area.width, mark.area.height) >= _LINE_LENGTH_PT


def _thinnest(colour: Colour) -> float:
    return THINNEST_SOLID_PT if colour.is_solid else THINNEST_PT
