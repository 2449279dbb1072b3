"""The images of a proof in, those with too few pixels for the size at which they are printed out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.print.preflight.flaws import flaw
from stele.print.preflight.marks import Kind
from stele.print.units import POINTS_PER_MM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.print.preflight.flaws import Flaw
    from stele.print.preflight.marks import Mark
    from stele.print.preflight.proof import Proof, Sheet

# Pixels per inch: print shops ask for 300 and take no less than 200; an office printer shows half of that.
LEAST = {"office": 100, "press": 200, "cover": 200}
WANTED = {"office": 150, "press": 300, "cover": 300}
_FROM_AFAR_MM = 800.0  # a panel: nobody reads it with the nose at it, so what is enough for an office is for it
_LINE_ART = 2  # times as many: pixels that are black or white show their steps


def resolved(proof: Proof) -> Iterator[Flaw]:
    """Yield the coarsest image of each page that is too coarse."""
    for sheet in proof.sheets:
        least, wanted = _asked_for(sheet, proof.job.use)
        ppi = min(map(_resolution, _images(sheet)), default=wanted)
        if round(ppi) < wanted:
            code = "low-resolution" if round(ppi) < least else "soft-image"
            yield flaw(code, sheet.number, ppi=round(ppi), wanted=wanted)


def _asked_for(sheet: Sheet, use: str) -> tuple[int, int]:
    """Return the least resolution and the one that is wanted."""
    seen_as = "office" if max(sheet.trim.width, sheet.trim.height) > _FROM_AFAR_MM * POINTS_PER_MM else use
    return LEAST[seen_as], WANTED[seen_as]


def _images(sheet: Sheet) -> list[Mark]:
    """Return the images that show on a page, not those in its slug."""
    return [mark for mark in sheet.marks if mark.kind is Kind.IMAGE and not mark.area.within(sheet.bleed).is_empty]


def _resolution(image: Mark) -> float:
    """Return the pixels of an image per inch, as if each could have any shade."""
    return image.ppi / _LINE_ART if image.bits == 1 else image.ppi
