"""How high the blocks of two languages are in, which of them stand on each spread out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


@dataclass(frozen=True, slots=True)
class Height:
    """How much of a page a block takes, in any one unit: the text of it, and the notes that it calls."""

    text: float
    notes: float = 0.0


def spreads(
    ours: Sequence[Height],
    theirs: Sequence[Height],
    room: float,
    *,
    space_above_notes: float = 0.0,
    kept: Collection[int] = (),
    openers: Collection[int] = (),
) -> tuple[range, ...]:
    """Return the blocks of each spread: as many as fit both a page of `ours` and one of `theirs`, `room` high each.

    `kept` are blocks that no spread may end with, as headings; `openers` begin a spread. A block that is higher than a
    page has a spread of its own.
    """
    found = []
    start = 0
    while start < len(ours):
        end = start + 1
        while end < len(ours) and end not in openers and _fit(ours, theirs, start, end + 1, room, space_above_notes):
            end += 1
        if end < len(ours) and end not in openers:
            end = _kept_together(start, end, kept)
        found.append(range(start, end))
        start = end
    return tuple(found)


def _fit(
    ours: Sequence[Height], theirs: Sequence[Height], start: int, end: int, room: float, space_above_notes: float
) -> bool:
    return all(_height(side[start:end], space_above_notes) <= room for side in (ours, theirs))


def _height(blocks: Sequence[Height], space_above_notes: float) -> float:
    notes = sum(block.notes for block in blocks)
    return sum(block.text for block in blocks) + (notes + space_above_notes if notes else 0.0)


def _kept_together(start: int, end: int, kept: Collection[int]) -> int:
    """Return where a spread ends earlier, lest its last block be one of the `kept`."""
    earlier = end
    while earlier - 1 in kept and earlier - 1 > start:
        earlier -= 1
    return end if earlier - 1 in kept else earlier
