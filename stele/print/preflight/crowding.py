"""A proof in, the pages out on which inks may cover more than the paper can take: no others need be drawn to know it.

Where one colour lies over another, opaque or half transparent, a spot has no more of the coloured inks together than
one of the two has, and no more black; black that overprints leaves the coloured inks below it. So no spot has more than
the most colourful and the blackest of all colours on the page together. What is blended in another way adds up, and the
colours of pictures and gradients are not known before they are drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.print.preflight.inking import inks_of
from stele.print.preflight.marks import Kind
from stele.print.preflight.transparency import PLAIN

if TYPE_CHECKING:
    from stele.print.preflight.marks import Mark
    from stele.print.preflight.proof import Proof, Sheet

_OF_ONE_COLOUR = frozenset({Kind.TEXT, Kind.FILL, Kind.STROKE})
_MITRE = 5  # widths of a stroke: as far as a corner reaches out, unless a file asks for more


def crowded(proof: Proof) -> tuple[int, ...]:
    """Return the numbers of these pages; their paper takes as much as the job of the proof says."""
    return tuple(sheet.number for sheet in proof.sheets if _may_exceed(sheet, proof.job.max_ink))


def _may_exceed(sheet: Sheet, max_ink: float) -> bool:
    marks = [mark for mark in sheet.marks if _shows(mark, sheet)]
    if not all(map(_is_plain, marks)):
        return True
    inks = [inks_of(colour) for colour in {colour for mark in marks for colour in mark.colours}]
    coloured = max((cyan + magenta + yellow for cyan, magenta, yellow, _ in inks), default=0.0)
    return coloured + max((black for *_, black in inks), default=0.0) > max_ink


def _shows(mark: Mark, sheet: Sheet) -> bool:
    """Say whether a mark can be seen on a page or in its bleed; what stands around it is for the knife."""
    if mark.kind is Kind.TEXT:
        return mark.clip.meets(sheet.bleed)
    return mark.area.grown(_MITRE * mark.size_pt if mark.kind is Kind.STROKE else 0).meets(sheet.bleed)


def _is_plain(mark: Mark) -> bool:
    """Say whether a mark is in colours that are known, and mixes with nothing below it."""
    if mark.kind not in _OF_ONE_COLOUR or mark.blend not in PLAIN or mark.in_group:
        return False
    in_its_own_colours = mark.font is not None and mark.font.is_drawn
    return not in_its_own_colours and all(colour.values for colour in mark.colours)
