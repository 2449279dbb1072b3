"""Letters and names in, or whatever else has a height, filled columns out, page by page.

No letter stands at the foot of a column, no household is divided that a column holds, and the columns of the last page
end alike.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from stele.print.roll.lines import Rows
    from stele.print.roll.names import Letter

LETTER_LINES = 2  # a letter has an empty line above it, unless it stands at the head of a column


class Undivided(Protocol):
    """What stands whole in a column: a `letter`, or else names. `height` is in lines."""

    @property
    def height(self) -> int: ...  # noqa: D102
    @property
    def letter(self) -> object: ...  # noqa: D102


Held = TypeVar("Held", bound=Undivided)


class Block(NamedTuple):
    """What is not divided: a letter, or the names of a household. `height` is in lines."""

    height: int
    names: tuple[Rows, ...] = ()
    letter: Letter | None = None

    @property
    def heading(self) -> str:
        """The letter as it is printed, empty for names."""
        return self.letter.heading if self.letter else ""


Column: TypeAlias = list[Block]
Sheet: TypeAlias = list[Column]


def sheets(letters: Sequence[Letter], columns: int, lines: int, broken: Callable[[str, bool], Rows]) -> list[Sheet]:
    """Return pages of so many `columns` of `lines`; `broken` gives the lines of a name, kin or not."""
    return filled(list(_blocks(letters, lines, broken)), columns, lines)


def filled(blocks: Sequence[Held], columns: int, lines: int) -> list[list[list[Held]]]:
    """Return blocks on pages of so many `columns` of `lines`; the columns of the last are as even as they can be."""
    found = list(_columns(blocks, lines))
    pages = [found[start : start + columns] for start in range(0, len(found), columns)]
    rest = [block for column in pages[-1] for block in column]
    evened = (list(_columns(rest, height)) for height in range(1, lines + 1))
    pages[-1] = next((found for found in evened if len(found) <= columns), pages[-1])
    return pages


def height(column: Sequence[Undivided]) -> int:
    """Return how many lines a column has."""
    return _on_top(column[0]) + sum(block.height for block in column[1:])


def ranges(pages: Iterable[Sequence[Sequence[Held]]], heading: Callable[[Held], str]) -> Iterator[str]:
    """Yield for each page the first and the last letter that it has names of; `heading` is what a block prints."""
    letter = ""
    for page in pages:
        headings = [heading(block) for column in page for block in column if block.letter]
        first = headings[0] if page[0][0].letter else letter
        letter = headings[-1] if headings else letter
        yield first if first == letter else f"{first}–{letter}"


def offsets(column: Column) -> Iterator[tuple[int, Block]]:
    """Yield the blocks of a column, each with the lines above it: above a letter, its empty line is one of them."""
    down = 0
    for block in column:
        down += 1 if block.letter and down else 0
        yield down, block
        down += 1 if block.letter else block.height


def _blocks(letters: Sequence[Letter], lines: int, broken: Callable[[str, bool], Rows]) -> Iterator[Block]:
    for letter in letters:
        yield Block(LETTER_LINES, letter=replace(letter, households=()))
        for household in letter.households:
            first, *kin = household
            names = (broken(first, False), *[broken(name, True) for name in kin])
            whole = sum(map(len, names))
            if whole <= lines:
                yield Block(whole, names)
            else:
                yield from (Block(len(rows), (rows,)) for rows in names)


def _columns(blocks: Sequence[Held], lines: int) -> Iterator[list[Held]]:
    column: list[Held] = []
    used = 0
    for block, following in zip_longest(blocks, blocks[1:]):
        below = following.height if block.letter and following else 0
        if column and used + block.height + below > lines:
            yield column
            column, used = [], 0
        used += block.height if column else _on_top(block)
        column.append(block)
    yield column


def _on_top(block: Undivided) -> int:
    """Return the height of a block at the head of a column."""
    return 1 if block.letter else block.height
