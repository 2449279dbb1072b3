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

    from stele.print.roll.filling import Block, Column, Sheet
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
        blocks = offsets(column) if _has_new(column, seen) else ()
        for down, block in blocks:
            if block.letter and _is_new(block.letter.heading, seen):
                line, *_ = painter.heading.of(block.letter.heading, grid.room, is_kin=False)
                yield line, place, down * grid.line + grid.heading_baseline
            for number, name in enumerate(block.names):
                if _is_new(name, seen):
                    for row, line in _rows(painter, block, number):
                        yield line, place, (down + row) * grid.line + grid.baseline


def _rows(painter: Painter, block: Block, number: int) -> Iterator[tuple[int, Line]]:
    """Yield the lines of one name of a block, each with how many lines of the block are above."""
    rows = [painter.lines.of(name, painter.grid.room, is_kin=block.is_kin(at)) for at, name in enumerate(block.names)]
    return enumerate(rows[number], sum(map(len, rows[:number])))


def _has_new(column: Column, seen: set[str]) -> bool:
    """Say so for a whole column at once: most names of a roll are made of words that came before."""
    said = [block.heading or " ".join(block.names) for block in column]
    return not seen.issuperset(plain_words(" ".join(said)))


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
        widths = painter.widths.get(piece)
        if widths is None:
            widths = painter.widths[piece] = _widths(piece)
        *edges, right = (edge * POINTS_PER_PX for edge in accumulate(widths, initial=x))
        size, y = piece.hand.size * POINTS_PER_PX, (corner[1] + baseline) * POINTS_PER_PX
        yield PrintedWord(folio, piece.text, edges[0], right, y, size, tuple(edges))
        x += piece.width + painter.lines.hand.space


def _widths(piece: Piece) -> list[float]:
    return [cluster.width for run in piece.runs for cluster in clusters_of_run(run, piece.hand.size)]
