"""A page of a roll in, its printed words out, but for those that came before: they are drawn by the same bytes."""

from __future__ import annotations

from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any

from stele.print.printed_words import PrintedWord
from stele.print.roll.filling import offsets
from stele.print.roll.painting import left_edge
from stele.print.units import POINTS_PER_PX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stele.print.roll.filling import Sheet
    from stele.print.roll.hands import Piece
    from stele.print.roll.lines import Line, Rows
    from stele.print.roll.painting import Painter, Place


def new_words(
    painter: Painter, sheet: Sheet, folio: int, corner: tuple[float, float], seen: set[Any]
) -> Iterator[PrintedWord]:
    """Yield the words of a sheet whose names and headings have any that is not among those `seen`, and remember them.

    `corner` is where the block of names begins on the page, in px.
    """
    for line, place, baseline in _lines(painter, sheet, seen):
        yield from _words(line, painter, place, folio, corner, baseline)


def _lines(painter: Painter, sheet: Sheet, seen: set[Any]) -> Iterator[tuple[Line, Place, float]]:
    for column, place in zip(sheet, painter.grid.columns, strict=False):
        if seen.issuperset(_pieces(chain.from_iterable(map(painter.rows, column)))):
            continue  # at once for a whole column: most names of a roll are made of words that came before
        for down, block in offsets(column):
            baseline = painter.baseline(block, down)
            for rows in painter.rows(block):
                if not seen.issuperset(_pieces([rows])):
                    seen.update(_pieces([rows]))
                    yield from ((line, place, baseline + row * painter.grid.line) for row, line in enumerate(rows))
                baseline += len(rows) * painter.grid.line


def _pieces(names: Iterable[Rows]) -> Iterator[Piece]:
    return chain.from_iterable([line.words for rows in names for line in rows])


def _words(
    line: Line, painter: Painter, place: Place, folio: int, corner: tuple[float, float], baseline: float
) -> Iterator[PrintedWord]:
    x = corner[0] + left_edge(line, painter.lines.hand, place)
    for piece in painter.lines.ordered(line):
        widths = painter.widths.get(piece)
        if widths is None:
            widths = painter.widths[piece] = _widths(piece)
        *edges, right = (edge * POINTS_PER_PX for edge in accumulate(widths, initial=x))
        size, y = piece.hand.size * POINTS_PER_PX, (corner[1] + baseline) * POINTS_PER_PX
        yield PrintedWord(folio, piece.text, edges[0], right, y, size, tuple(edges))
        x += piece.width + painter.lines.hand.space


def _widths(piece: Piece) -> list[float]:
    return [cluster.width for run in piece.runs for cluster in run.clusters]
