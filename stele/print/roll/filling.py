"""Letters and their names in, filled columns out, page by page.

No letter stands at the foot of a column, no household is divided that a column holds, and the columns of the last page
end alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from stele.print.roll.names import Letter

_LETTER_LINES = 2  # a letter has an empty line above it, unless it stands at the head of a column


@dataclass(frozen=True, slots=True)
class Entry:
    """A name, and whether it is kin of the one above."""

    name: str
    is_kin: bool


@dataclass(frozen=True, slots=True)
class Block:
    """What is not divided: a letter, or the names of a household. `height` is in lines."""

    height: int
    entries: tuple[Entry, ...] = ()
    letter: Letter | None = None

    @property
    def height_on_top(self) -> int:
        """The height at the head of a column."""
        return 1 if self.letter else self.height


Column: TypeAlias = list[Block]
Sheet: TypeAlias = list[Column]


def sheets(letters: Sequence[Letter], columns: int, lines: int, count: Callable[[str, bool], int]) -> list[Sheet]:
    """Return pages of so many `columns` of `lines`; `count` says how many lines a name takes, kin or not."""
    filled = list(_columns(_blocks(letters, lines, count), lines))
    pages = [filled[start : start + columns] for start in range(0, len(filled), columns)]
    rest = [block for column in pages[-1] for block in column]
    least = -(-sum(block.height for block in rest) // columns)
    evened = (list(_columns(iter(rest), height)) for height in range(max(least - 1, 1), lines + 1))
    pages[-1] = next((found for found in evened if len(found) <= columns), pages[-1])
    return pages


def height(column: Column) -> int:
    """Return how many lines a column has."""
    return column[0].height_on_top + sum(block.height for block in column[1:])


def offsets(column: Column) -> Iterator[tuple[int, Block]]:
    """Yield the blocks of a column, each with the lines above it: above a letter, its empty line is one of them."""
    down = 0
    for block in column:
        down += 1 if block.letter and down else 0
        yield down, block
        down += 1 if block.letter else block.height


def _blocks(letters: Sequence[Letter], lines: int, count: Callable[[str, bool], int]) -> Iterator[Block]:
    for letter in letters:
        yield Block(_LETTER_LINES, letter=letter)
        for household in letter.households:
            entries = tuple(Entry(name, number > 0) for number, name in enumerate(household.names))
            heights = [count(entry.name, entry.is_kin) for entry in entries]
            if sum(heights) <= lines:
                yield Block(sum(heights), entries)
            else:
                yield from (Block(tall, (entry,)) for tall, entry in zip(heights, entries, strict=True))


def _with_next(blocks: Iterator[Block]) -> Iterator[tuple[Block, Block | None]]:
    block = next(blocks, None)
    while block is not None:
        following = next(blocks, None)
        yield block, following
        block = following


def _columns(blocks: Iterator[Block], lines: int) -> Iterator[Column]:
    column: Column = []
    used = 0
    for block, following in _with_next(blocks):
        below = following.height if block.letter and following else 0
        if column and used + block.height + below > lines:
            yield column
            column, used = [], 0
        used += block.height if column else block.height_on_top
        column.append(block)
    yield column
