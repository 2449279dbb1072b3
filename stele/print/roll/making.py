"""The HTML of a booklet with plain rolls in, its laid-out document out, with pages of names that WeasyPrint never saw.

Names are shaped by HarfBuzz, each word once, and stand in fixed lines of fixed columns. WeasyPrint sets a specimen of
the type first, then the booklet with a few of the roll's pages: the first two, whose furniture the others repeat, and
the last, below whose names the text goes on. What it must know of the others are their numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, zip_longest
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from stele.print.roll.filling import height, ranges, sheets
from stele.print.roll.furniture import Furniture, Layers
from stele.print.roll.lines import Lines
from stele.print.roll.names import taken_out
from stele.print.roll.painting import Painter
from stele.print.roll.places import numbered, place_for, stay_of
from stele.print.roll.specimen import specimen
from stele.print.roll.tags import RollBox, Tree, mend
from stele.print.roll.words import new_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from stele.print.printed_words import PrintedWord
    from stele.print.roll.filling import Sheet
    from stele.print.roll.names import Roll
    from stele.print.roll.specimen import Grid, Specimen

_SAMPLE = 500  # names are looked at to find the number of columns


@dataclass(frozen=True, slots=True)
class SetRoll:
    """A roll on its sheets; `letters` are those that each sheet says it has."""

    sheets: tuple[Sheet, ...]
    letters: tuple[str, ...]
    painter: Painter
    tree: Tree


def with_rolls(html: str, lay_out: Callable[[str], Any]) -> Any:
    """Return the document that `lay_out` makes of a booklet's HTML, with the pages of its plain rolls."""
    parts, rolls = taken_out(html)
    if not rolls:
        return lay_out(html)
    head = html[: html.index("<body")]
    made = [set_roll(roll, specimen(head, roll, lay_out)) for roll in rolls]
    rolls.clear()  # their names are there as lines
    places = [_place(number, roll) for number, roll in enumerate(made)]
    with numbered({anchor: sheet for roll in made for anchor, sheet in _sheets_of(roll).items()}):
        document = lay_out("".join(chain.from_iterable(zip_longest(parts, places, fillvalue=""))))
    mend()
    return document.copy(list(placed(document.pages, made)))


def set_roll(roll: Roll, type_: Specimen) -> SetRoll:
    """Return the names of a roll on its sheets, in as many columns as need the fewest."""
    lines = Lines(type_.hands)
    columns = _columns(roll, lines, type_.grids)
    grid = type_.grids[columns]
    room = grid.room
    filled = sheets(roll.letters, columns, grid.lines, lambda name, is_kin: lines.of(name, room, is_kin=is_kin))
    return SetRoll(tuple(filled), tuple(ranges(filled, attrgetter("heading"))), Painter(type_, grid, lines), Tree())


def _columns(roll: Roll, lines: Lines, grids: Mapping[int, Grid]) -> int:
    """Return the number of columns in which some of the names, taken from the whole roll, need the fewest pages."""
    names = [name for letter in roll.letters for household in letter.households for name in household]
    some = names[:: len(names) // _SAMPLE + 1]

    def needed(columns: int) -> float:
        room = grids[columns].room
        return sum(len(lines.of(name, room, is_kin=False)) for name in some) / columns

    return min(grids, key=needed)


def _place(number: int, roll: SetRoll) -> str:
    grid = roll.painter.grid
    used = max(map(height, roll.sheets[-1])) * grid.line
    return place_for(number, len(grid.columns), roll.letters, list(_sheets_of(roll)), used)


def _sheets_of(roll: SetRoll) -> dict[str, int]:
    """Return the sheet of each letter by its anchor."""
    return {
        block.letter.anchor: number
        for number, sheet in enumerate(roll.sheets)
        for column in sheet
        for block in column
        if block.letter
    }


def placed(pages: Sequence[Any], rolls: Sequence[SetRoll]) -> Iterator[Any]:
    """Yield the pages of a document, those of rolls where a place was kept for them."""
    furniture: dict[int, Furniture] = {}
    for page in pages:
        stay = stay_of(page)
        if stay is None:
            yield page
            continue
        roll = rolls[stay.roll]
        for sheet in stay.sheets:
            if stay.is_gap:
                yield RollPage(roll, sheet, page, RollBox(), furniture[sheet % 2])
            else:
                furniture[sheet] = Furniture(page, roll.letters[sheet], stay.box)
                yield RollPage(roll, sheet, page, stay.box)


class RollPage:
    """A page of names, as WeasyPrint knows pages: it is painted like those that were laid out.

    What it has beside its names it has from `page`, which kept its place, or else repeats the `furniture` of another.
    """

    def __init__(self, roll: SetRoll, sheet: int, page: Any, box: Any, furniture: Furniture | None = None) -> None:
        """Take a page of the same size, and the box in whose place the names are tagged."""
        self._roll, self._sheet, self._box, self._furniture = roll, sheet, box, furniture
        self.width, self.height, self.bleed = page.width, page.height, page.bleed
        self.links: list[Any] = [] if furniture else page.links
        self.bookmarks: list[Any] = [] if furniture else page.bookmarks
        self.forms: dict[Any, list[Any]] = {None: []} if furniture else page.forms
        self._origin = left, top = _corner(furniture.block if furniture else box)
        found = roll.painter.anchors(roll.sheets[sheet])
        self.anchors = {name: (left + x, top + y, left + x, top + y) for name, (x, y) in found.items()}
        self._page_box = box if furniture else page._page_box  # noqa: SLF001 (where WeasyPrint looks for boxes)

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint the page to a stream of WeasyPrint, with `scale` units of it to the px."""
        with stream.stacked():
            stream.transform(a=scale, d=scale)
            if self._furniture:
                self._furniture.paint_behind(stream)
                self._paint_names(stream)
                self._furniture.paint_front(stream, self._roll.letters[self._sheet], self._sheet - self._sheet % 2)
            else:
                layers = Layers(self._page_box)
                layers.draw_behind(stream)
                self._paint_names(stream)
                layers.draw_front(stream)

    def _paint_names(self, stream: Any) -> None:
        with stream.stacked():
            stream.transform(e=self._origin[0], f=self._origin[1])
            self._box.painted = self._roll.tree, self._roll.painter.paint(stream, self._roll.sheets[self._sheet])

    def new_words(self, folio: int, seen: set[Any]) -> Iterator[PrintedWord]:
        """Yield the words of names that are not among those `seen` (see `printed_words`)."""
        return new_words(self._roll.painter, self._roll.sheets[self._sheet], folio, self._origin, seen)


def _corner(block: Any) -> tuple[float, float]:
    return block.content_box_x(), block.content_box_y()
