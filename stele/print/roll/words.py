"""A page of a roll in, its printed words out, but for those that came before: they are drawn by the same bytes."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from stele.print.printed_words import PrintedWord
from stele.print.roll.filling import offsets
from stele.print.roll.inks import clusters_of_run
from stele.print.roll.lines import plain_words
from stele.print.roll.painting import left_edge
from stele.print.units import POINTS_PER_PX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.print.roll.filling import Sheet
    from stele.print.roll.hands import Piece
    from stele.print.roll.lines import Line
    from stele.print.roll.painting import Painter, Place


def new_words(
    painter: Painter, sheet: Sheet, folio: int, corner: tuple[float, float], seen: set[str]
) -> Iterator[PrintedWord]:
    """Yield the words of a sheet whose names and headings have any that is not among those `seen`, and remember them.

    `corner` is where the block of names begins on the page, in px.
    """
    for line, place, baseline in _lines(painter, sheet, seen):
        yield from _words(line, painter, place, folio, corner, baseline)


def _lines(painter: Painter, sheet: Sheet, seen: set[str]) -> Iterator[tuple[Line, Place, float]]:
    grid = painter.grid
    for column, place in zip(sheet, grid.columns, strict=False):
        for down, block in offsets(column):
            top = down * grid.line
            if block.letter and _is_new(block.letter.heading, seen):
                line, *_ = painter.heading.of(block.letter.heading, grid.room, is_kin=False)
                yield line, place, top + grid.heading_baseline
            is_even = block.height == len(block.entries)  # then each name has one line
            for entry in block.entries:
                if _is_new(entry.name, seen):
                    lines = painter.lines.of(entry.name, grid.room, is_kin=entry.is_kin)
                    yield from ((line, place, top + row * grid.line + grid.baseline) for row, line in enumerate(lines))
                    top += len(lines) * grid.line
                elif is_even:
                    top += grid.line
                else:
                    top += painter.lines.count(entry.name, grid.room, is_kin=entry.is_kin) * grid.line


def _is_new(text: str, seen: set[str]) -> bool:
    words = plain_words(text)
    if seen.issuperset(words):
        return False
    seen.update(words)
    return True


def _words(
    line: Line, painter: Painter, place: Place, folio: int, corner: tuple[float, float], baseline: float
) -> Iterator[PrintedWord]:
    x = corner[0] + left_edge(line, painter.lines.hand, place)
    for piece in line.words:
        *edges, right = (edge * POINTS_PER_PX for edge in accumulate(_widths(piece), initial=x))
        size, y = piece.hand.size * POINTS_PER_PX, (corner[1] + baseline) * POINTS_PER_PX
        yield PrintedWord(folio, piece.text, edges[0], right, y, size, tuple(edges))
        x += piece.width + painter.lines.hand.space


def _widths(piece: Piece) -> list[float]:
    return [cluster.width for run in piece.runs for cluster in clusters_of_run(run, piece.hand.size)]
