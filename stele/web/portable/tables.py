"""A table in, its rows with every cell beside the heading of its column out: for where no table can stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the body, and the cells that head its column."""

    element: HtmlElement
    headings: tuple[HtmlElement, ...]


def rows(table: HtmlElement) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of the body and foot; a cell that spans rows is in each of them, one that spans columns once.

    Rows at the top that have nothing but headings are the head, as those of a ``thead`` are (HTML Standard, 4.9.12).
    """
    grid = _grid(table)
    head = next((place for place, (row, cells) in enumerate(grid) if not _is_head(row, cells)), len(grid))
    columns = [_distinct(column) for column in zip(*(cells for _, cells in grid[:head]), strict=True)]
    if head == len(grid):
        head, columns = 0, []
    for _, cells in grid[head:]:
        yield tuple(
            Cell(cell, columns[place] if place < len(columns) else ())
            for place, cell in enumerate(cells)
            if cell is not None and cell not in cells[:place]
        )


def _is_head(row: HtmlElement, cells: Sequence[HtmlElement | None]) -> bool:
    return row.getparent().tag == "thead" or all(cell is None or cell.tag == "th" for cell in cells)


def _distinct(column: Sequence[HtmlElement | None]) -> tuple[HtmlElement, ...]:
    return tuple(dict.fromkeys(cell for cell in column if cell is not None and cell.text_content().strip()))


def _grid(table: HtmlElement) -> list[tuple[HtmlElement, list[HtmlElement | None]]]:
    """Return each row with what covers its columns, all rows equally long."""
    found = list(table.iter("tr"))
    covered: dict[tuple[int, int], HtmlElement] = {}
    for number, row in enumerate(found):
        column = 0
        for cell in row.iterchildren("td", "th"):
            while (number, column) in covered:
                column += 1
            height, width = int(cell.get("rowspan", "1")), int(cell.get("colspan", "1"))
            covered |= {(number + down, column + right): cell for down in range(height) for right in range(width)}
            column += width
    breadth = max((column for _, column in covered), default=-1) + 1
    return [(row, [covered.get((number, column)) for column in range(breadth)]) for number, row in enumerate(found)]
