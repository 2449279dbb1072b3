"""The blocks of a text and of its translation in, which translates which out, and how sure that is.

The best of all alignments that keep the order (Needleman and Wunsch, 1970), searched in a band around the diagonal.
A pair is as sure as the best alignment without it is worse.
"""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.translation.reuse.traits import Fitness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stele.translation.reuse.traits import Block

_GAP = -0.2  # what a block costs that has no counterpart
_NARROWEST = 48  # blocks on either side of the diagonal
_MOST_CELLS = 6_000_000  # nine bytes each; beyond that the band is narrowed
_USUAL = 0.6  # what a translation that leaves out much still scores for each block of either side
_NEVER = float("-inf")
_PAIRED, _SOURCE_ALONE, _TARGET_ALONE = range(3)
# The difference of scores at which a pair is as likely wrong as right, and that by which it is e times surer.
_EVEN, _STEP = 0.4, 0.6


@dataclass(frozen=True, slots=True)
class Aligned:
    """A source block and the target block that translates it, by their places; `confidence` from 0 to 1."""

    source: int
    target: int
    confidence: float


def align(source: Sequence[Block], target: Sequence[Block], source_tag: str, target_tag: str) -> tuple[Aligned, ...]:
    """Return the pairs of the best alignment in order; a block in none of them has no counterpart."""
    if not source or not target:
        return ()
    fitness = Fitness(source, target, source_tag, target_tag)
    widest = min(max(len(source), len(target)), max(_NARROWEST, _MOST_CELLS // (2 * len(source))))
    reach = min(widest, _NARROWEST + abs(len(source) - len(target)) + len(source) // 8)
    band = _Band(len(source), len(target), reach, fitness)
    while reach < widest and (band.is_cramped() or band.is_doubtful()):
        reach = min(widest, 2 * reach)
        band = _Band(len(source), len(target), reach, fitness)
    return tuple(band.judged())[::-1]


class _Band:
    """The cells near the diagonal: row `i` and column `j` mean that `i` source and `j` target blocks are done with."""

    def __init__(self, rows: int, columns: int, reach: int, fitness: Fitness) -> None:
        self.rows, self.columns = rows, columns
        self.reach = max(reach, columns // rows + 1)
        middles = [row * columns // rows for row in range(rows + 1)]
        self.starts = [max(0, middle - self.reach) for middle in middles]
        self.ends = [min(columns, middle + self.reach) + 1 for middle in middles]
        self.pairs = [array("f", [_NEVER] * self.ends[0])]
        self.best = [array("f", (_GAP * column for column in range(self.ends[0])))]
        self.steps = [bytes([_TARGET_ALONE]) * self.ends[0]]
        for row in range(1, rows + 1):
            self._fill(row, fitness)
        self.path = list(self._path())

    def is_cramped(self) -> bool:
        """Say whether the best path comes near an edge of the band, behind which there may be a better one."""
        near = self.reach // 8
        return any(
            0 < self.starts[row] >= column - near or self.columns >= self.ends[row] <= column + near
            for row, column, _ in self.path
        )

    def is_doubtful(self) -> bool:
        """Say whether the best path is so poor that the right one may lie elsewhere altogether."""
        return self.best[-1][-1] < _USUAL * (self.rows + self.columns)

    def judged(self) -> Iterator[Aligned]:
        """Yield the pairs on the best path, the last one first."""
        paired = {row: column for row, column, step in self.path if step == _PAIRED}
        total = self.best[-1][-1]
        rest = [_GAP * (self.columns - column) for column in range(self.starts[-1], self.ends[-1])]
        for row in range(self.rows, 0, -1):
            if row in paired:
                margin = total - self._best_without(row, paired[row], rest)
                yield Aligned(row - 1, paired[row] - 1, 1 / (1 + math.exp(min(50.0, (_EVEN - margin) / _STEP))))
            rest = self._rest(row - 1, rest)

    def _fill(self, row: int, fitness: Fitness) -> None:
        start, end = self.starts[row], self.ends[row]
        scores = fitness.row(row - 1, max(start, 1) - 1, end - 1)
        pairs = [_NEVER, *scores] if start == 0 else scores
        above, left = self._above(row), _NEVER
        best, steps = array("f"), bytearray()
        for place, score in enumerate(pairs):
            value, step = above[place] + score, _PAIRED
            if above[place + 1] + _GAP > value:
                value, step = above[place + 1] + _GAP, _SOURCE_ALONE
            if left + _GAP > value:
                value, step = left + _GAP, _TARGET_ALONE
            left = value
            best.append(value)
            steps.append(step)
        self.pairs.append(array("f", pairs))
        self.best.append(best)
        self.steps.append(bytes(steps))

    def _above(self, row: int) -> list[float]:
        """Return the best scores of the row above, from the column before the first of this row to its last."""
        return _window(self.best[row - 1], self.starts[row - 1], self.starts[row] - 1, self.ends[row])

    def _path(self) -> Iterator[tuple[int, int, int]]:
        row, column = self.rows, self.columns
        while row or column:
            step = self.steps[row][column - self.starts[row]]
            yield row, column, step
            row -= step != _TARGET_ALONE
            column -= step != _SOURCE_ALONE

    def _rest(self, row: int, below: Sequence[float]) -> list[float]:
        """Return the best scores from each cell of `row` to the end, from those of the row below."""
        start, end = self.starts[row], self.ends[row]
        behind = _window(below, self.starts[row + 1], start, end + 1)
        pairs = _window(self.pairs[row + 1], self.starts[row + 1], start, end + 1)
        right, rest = _NEVER, []
        for place in range(end - start - 1, -1, -1):
            right = max(behind[place + 1] + pairs[place + 1], behind[place] + _GAP, right + _GAP)
            rest.append(right)
        return rest[::-1]

    def _best_without(self, row: int, column: int, rest: Sequence[float]) -> float:
        """Return the best score of all alignments in which the source block of `row` is not paired with `column`."""
        above, own = self._above(row), column - self.starts[row]
        alone = max(before + _GAP + after for before, after in zip(above[1:], rest, strict=True))
        triples = enumerate(zip(above, self.pairs[row], rest, strict=False))
        others = (before + score + after for place, (before, score, after) in triples if place != own)
        return max(alone, max(others, default=_NEVER))


def _window(values: Sequence[float], first: int, start: int, end: int) -> list[float]:
    """Return the values of the columns from `start` up to `end`, of a row that begins at column `first`."""
    inside = values[max(0, start - first) : max(0, end - first)]
    before = max(0, min(first, end) - start)
    return [*[_NEVER] * before, *inside, *[_NEVER] * (end - start - before - len(inside))]
