"""The pages of a proof in, boxes that contradict each other and bleed that is missing out.

ISO 32000-2, 14.11.2 Page boundaries; ISO 15930-7, 6.11: a PDF/X page has a TrimBox, inside its BleedBox.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from stele.print.preflight.flaws import flaw
from stele.print.preflight.marks import Kind
from stele.print.units import POINTS_PER_MM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.print.preflight.flaws import Flaw
    from stele.print.preflight.marks import Area, Mark
    from stele.print.preflight.proof import Proof, Sheet

_ROUNDING_PT = 0.05
# What comes so near to the edge of the page is meant to be cut with it: a knife is not more exact.
_AT_THE_EDGE_PT = 0.5 * POINTS_PER_MM
_PAPER = 0.995  # lightness


def nested(proof: Proof) -> Iterator[Flaw]:
    """Yield the pages whose boxes do not lie in one another."""
    for sheet in proof.sheets:
        if not sheet.bleed.grown(_ROUNDING_PT).holds(sheet.trim):
            yield flaw("bad-boxes", sheet.number, "trim")
        elif not sheet.media.grown(_ROUNDING_PT).holds(sheet.bleed):
            yield flaw("bad-boxes", sheet.number, "bleed")


def trimmed(proof: Proof) -> Iterator[Flaw]:
    """Yield the pages that do not say where they are trimmed."""
    for sheet in proof.sheets:
        if not sheet.has_trim:
            yield flaw("bad-boxes", sheet.number, "missing")


def of_one_trim(proof: Proof) -> Iterator[Flaw]:
    """Yield the pages that are trimmed to another size than most."""
    sizes = Counter(_size_mm(sheet.trim) for sheet in proof.sheets)
    usual = max(sizes, key=lambda size: sizes[size])
    for sheet in proof.sheets:
        if _size_mm(sheet.trim) != usual:
            yield flaw("mixed-trim", sheet.number, size=_size_mm(sheet.trim), usual=usual)


def bleeding(proof: Proof) -> Iterator[Flaw]:
    """Yield the pages without enough bleed, and those on which something ends at the edge."""
    for sheet in (sheet for sheet in proof.sheets if sheet.has_trim):
        bleed_mm = min(_margins(sheet.bleed, sheet.trim)) / POINTS_PER_MM
        if bleed_mm < proof.job.bleed_mm - _ROUNDING_PT:
            yield flaw("no-bleed", sheet.number, "box", bleed=round(bleed_mm, 1), wanted=proof.job.bleed_mm)
        elif any(_stops_short(mark, sheet) for mark in sheet.marks):
            yield flaw("no-bleed", sheet.number, "mark")


def _stops_short(mark: Mark, sheet: Sheet) -> bool:
    """Say whether a mark reaches an edge of the page and does not go on to that of the bleed."""
    if mark.kind in (Kind.TEXT, Kind.STROKE) or mark.colour.lightness > _PAPER or mark.area.within(sheet.trim).is_empty:
        return False
    sides = zip(_margins(mark.area, sheet.trim), _margins(sheet.bleed, sheet.trim), strict=True)
    return any(-_AT_THE_EDGE_PT <= beyond < bleed - _AT_THE_EDGE_PT for beyond, bleed in sides)


def _margins(outer: Area, inner: Area) -> tuple[float, float, float, float]:
    """Return by how much `outer` is larger than `inner` on each side, in pt."""
    return (
        inner.left - outer.left,
        inner.bottom - outer.bottom,
        outer.right - inner.right,
        outer.top - inner.top,
    )


def _size_mm(area: Area) -> str:
    return f"{area.width / POINTS_PER_MM:.0f} × {area.height / POINTS_PER_MM:.0f} mm"
