"""A long roll of names in, the same on pages of its own out: fixed lines in plain columns, filled here and not by CSS.

To fill columns the renderer lays out every name again and again; a page whose columns are filled already it lays out
once, and lines of one paragraph take less time and memory than items of a list do. Widths are estimated, and what may
not fit its line goes on below, indented. No letter stands at the foot of a column, no name and no household is divided,
and the columns of the last page end alike. Each page says in its margin which letters it has.

Of a roll of thousands, which templates/ledger/roll.html calls brief, no more is printed than names and years: it is
left to `roll.making`, but in a booklet of two languages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

from stele.language.scripts import script_of
from stele.language.tags import direction
from stele.language.width import width_em
from stele.print.roll.filling import LETTER_LINES, filled, height, ranges
from stele.print.roll.names import folded, is_kin, leave_plain, together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

LONG = 300  # names; what is shorter is set by the columns of CSS

# By the format of the booklet: how wide and how high the text block of its style sheet is, in pt.
_BLOCKS = {"a5": (305.5, 432.0), "a4": (400.0, 630.0), "half-letter": (288.0, 445.5), "square": (364.0, 418.5)}
_GAP_PT = 12.0  # between the columns of templates/booklet/ledger.css
# By the number of columns: the size of type in pt, and the lines of a page of A5. Naskh is drawn small on its body.
_GRIDS = {2: (8.1, 36), 3: (7.4, 40), 4: (6.9, 40)}
_NASKH_GRIDS = {2: (10.2, 32), 3: (9.2, 36), 4: (8.55, 36)}
_SLACK = 1.1  # an estimate may be so much too short
_SPACE = width_em(" ") * _SLACK
_WORD = re.compile("[^ ]+")
_BREAK = "\n\u2003"  # what goes on below is indented by an em


@dataclass(frozen=True, slots=True)
class _Grid:
    """How a page is divided: `columns` of `lines`, each `room` em wide; whether names share a paragraph."""

    columns: int
    lines: int
    room: float
    shared: bool


@dataclass(frozen=True, slots=True)
class _Block:
    """What is not divided: a letter, a name, or the names of a household. `height` is in lines."""

    elements: tuple[HtmlElement, ...]
    height: int
    letter: str = ""
    together: bool = False


_Column: TypeAlias = list[_Block]


def set_rolls(root: HtmlElement, tag: str, booklet_format: str = "a5", *, bilingual: bool = False) -> None:
    """Set every long roll below `root`, in the language `tag`, on pages of its own in a booklet of this format.

    A brief one is left to `roll`, but for a booklet in two languages, whose layout goes by the elements of both.
    """
    for roll in list(root.find_class("names")):
        classes = (roll.get("class") or "").split()
        if "brief" in classes and not bilingual:
            leave_plain(roll)
        elif len(list(roll.iter("li"))) > LONG:
            _shorten(roll)
            _set(roll, _grid(classes, tag, booklet_format))


def _shorten(roll: HtmlElement) -> None:
    """Leave of the details of each name of a brief roll, which are those with years, the years."""
    for details in roll.find_class("details"):
        years = next(iter(details.find_class("years")), None)
        if years is not None:
            details.text, details[:] = years.text_content(), []


def _set(roll: HtmlElement, grid: _Grid) -> None:
    pages = filled(list(_blocks(roll, grid)), grid.columns, grid.lines)
    del roll[:]
    roll.set("class", f"names columns-{grid.columns} long set")
    for page, letters in zip(pages, ranges(pages, attrgetter("letter")), strict=True):
        roll.append(_page(roll, page, letters, grid))
    roll[-1].set("style", f"--lines: {grid.lines}; --used: {max(map(height, pages[-1]))}")


def _grid(classes: Sequence[str], tag: str, booklet_format: str) -> _Grid:
    count = next((count for count in _GRIDS if f"columns-{count}" in classes), 2)
    size, lines = (_NASKH_GRIDS if script_of(tag) == "Arabic" else _GRIDS)[count]
    room = _room(count, size, booklet_format)
    return _Grid(count, _lines(lines, booklet_format), room, direction(tag) == "ltr")


def _room(columns: int, size: float, booklet_format: str) -> float:
    """Return how wide a column is, in em of type of `size` pt."""
    width_pt, _ = _BLOCKS[booklet_format]
    return (width_pt - _GAP_PT * (columns - 1)) / columns / size


def _lines(of_a5: int, booklet_format: str) -> int:
    """Return how many lines a page has where one of A5 has `of_a5`."""
    (_, height_pt), (_, a5_pt) = _BLOCKS[booklet_format], _BLOCKS["a5"]
    return round(of_a5 * height_pt / a5_pt)


def _blocks(roll: HtmlElement, grid: _Grid) -> Iterator[_Block]:
    for element in roll.iter("h3", "ul"):
        if element.tag == "h3":
            yield _Block((element,), LETTER_LINES, element.text_content().strip())
        for household in together(element.iterchildren("li"), is_kin):
            lines = [_divided(name, grid.room) for name in household]
            if sum(lines) <= grid.lines:
                yield _Block(tuple(household), sum(lines), together=len(household) > 1)
            else:
                yield from (_Block((name,), height) for name, height in zip(household, lines, strict=True))


def _divided(name: HtmlElement, room: float) -> int:
    """Break a name where its line is full, before its details first; return how many lines it has."""
    details = sum(len(folded(each.text_content())) for each in name.find_class("details"))
    for each in name.find_class("details"):
        if not each.get("lang"):
            each.drop_tag()  # a line of one piece is set in half the time
    spots = [(element, place, folded(text)) for element, place, text in _texts(name)]
    text = "".join(text for _, _, text in spots)
    breaks, end = set(_breaks(text, len(text) - details, room)), 0
    for element, place, text in spots:
        setattr(element, place, "".join(_BREAK if end + at in breaks else sign for at, sign in enumerate(text)))
        end += len(text)
    return len(breaks) + 1


def _texts(name: HtmlElement) -> Iterator[tuple[HtmlElement, str, str]]:
    for element in name.iter():
        if element.text:
            yield element, "text", element.text
        if element.tail and element is not name:
            yield element, "tail", element.tail


def _breaks(text: str, details: int, room: float) -> Iterator[int]:
    """Yield where a space gives way to a new line, none where all fits one; the details begin at `details`."""
    if _width(text) <= room:
        return
    filled = 0.0
    for word in _WORD.finditer(text):
        start, width = word.start(), _width(word[0])
        if start and (start == details or filled + _SPACE + width > room):
            yield start - 1
            filled = 1.0 + width
        else:
            filled += width + (_SPACE if start else 0)


@lru_cache(maxsize=10_000)  # given names come again and again
def _width(text: str) -> float:
    return width_em(text) * _SLACK


def _page(roll: HtmlElement, columns: Sequence[_Column], letters: str, grid: _Grid) -> HtmlElement:
    page = roll.makeelement("div", {"class": "roll-page", "style": f"--lines: {grid.lines}", "data-letters": letters})
    for column in columns:
        element = _add(page, "div", "column")
        for block in _joined(column) if grid.shared else _apart(column):
            if block.letter:
                element.extend(block.elements)
            else:
                _pour(block.elements, _add(element, "p", "household" if block.together else ""))
    return page


def _joined(column: _Column) -> Iterator[_Block]:
    """Yield the blocks of a column, those of single names as one: one for each would cost more time and memory."""
    for is_single, blocks in groupby(column, lambda block: not block.letter and not block.together):
        found = list(blocks)
        if is_single:
            names = tuple(chain.from_iterable(block.elements for block in found))
            yield _Block(names, sum(block.height for block in found))
        else:
            yield from found


def _apart(column: _Column) -> Iterator[_Block]:
    """Yield the blocks of a column, each name as one: in shared paragraphs PDFium misreads years from right to left."""
    for block in column:
        if block.letter:
            yield block
        else:
            yield from (_Block((name,), 1, together=block.together) for name in block.elements)


def _pour(names: Iterable[HtmlElement], paragraph: HtmlElement) -> None:
    """Put what stands in `names` into lines of a paragraph."""
    for name in names:
        text = ("\n" if paragraph.text or len(paragraph) else "") + (name.text or "")
        if len(paragraph):
            paragraph[-1].tail = (paragraph[-1].tail or "") + text
        else:
            paragraph.text = (paragraph.text or "") + text
        paragraph.extend(list(name))


def _add(parent: HtmlElement, tag: str, name: str = "") -> HtmlElement:
    parent.append(child := parent.makeelement(tag, {"class": name} if name else {}))
    return child
