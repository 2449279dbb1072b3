"""The pages of a proof in, a number of them that cannot be bound and blanks that nobody meant out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.print.preflight.flaws import flaw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.print.preflight.flaws import Flaw
    from stele.print.preflight.proof import Proof, Sheet

LEAF, SHEET = 2, 4  # pages
FEWEST_IN_PERFECT_BINDING = 28  # glue needs a spine to hold
_MULTIPLES = {"saddle": SHEET, "signatures": SHEET, "perfect": LEAF}
MOST_BLANKS = 4  # in a row: three fill the last sheet, and the inside of a cover is blank
_PAPER = 0.995  # lightness


def countable(proof: Proof) -> Iterator[Flaw]:
    """Yield a flaw when so many pages cannot be bound as the job asks for."""
    count, binding = len(proof.sheets), proof.job.binding
    multiple = _MULTIPLES.get(binding, 1)
    if count % multiple:
        yield flaw("wrong-page-count", None, "multiple", pages=count, multiple=multiple)
    if binding == "perfect" and count < FEWEST_IN_PERFECT_BINDING:
        yield flaw("wrong-page-count", None, "thin", pages=count, least=FEWEST_IN_PERFECT_BINDING)


def filled(proof: Proof) -> Iterator[Flaw]:
    """Yield the first page of each row of blanks that is longer than binding can need."""
    row: list[int] = []
    for sheet in proof.sheets:
        if _is_blank(sheet):
            row.append(sheet.number)
            if len(row) == MOST_BLANKS + 1:
                yield flaw("blank-pages", row[0], most=MOST_BLANKS)
        else:
            row = []


def _is_blank(sheet: Sheet) -> bool:
    shown = (mark for mark in sheet.marks if mark.colour.lightness <= _PAPER)
    return not any(sheet.trim.holds(mark.area) or not mark.area.within(sheet.trim).is_empty for mark in shown)
