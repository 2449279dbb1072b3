"""The cover of a proof in, words out that stand on a spine which is too narrow for them."""

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

# A cover is folded to a millimetre on either side, and the smallest letters need three.
NARROWEST_WITH_WORDS_MM = 5.0
_FOLDS = 2


def wide_enough(proof: Proof) -> Iterator[Flaw]:
    """Yield the spread with words between its folds, where these are too near to each other."""
    folds = proof.job.folds_pt
    width_mm = (max(folds, default=0) - min(folds, default=0)) / POINTS_PER_MM
    if len(folds) != _FOLDS or width_mm >= NARROWEST_WITH_WORDS_MM:
        return
    for sheet in proof.sheets:
        if any(_stands_between(mark, sheet, *folds) for mark in sheet.marks):
            yield flaw("narrow-spine", sheet.number, width=round(width_mm, 1), least=NARROWEST_WITH_WORDS_MM)


def _stands_between(mark: Mark, sheet: Sheet, first_pt: float, second_pt: float) -> bool:
    """Say whether a text begins on the spine; `first_pt` and `second_pt` are where it is folded."""
    if mark.kind is not Kind.TEXT or not mark.area.meets(sheet.trim):
        return False
    return first_pt < mark.area.left - sheet.trim.left < second_pt
