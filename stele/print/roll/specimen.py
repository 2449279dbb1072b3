"""A roll and the head of its booklet in, what the style sheets make of names out: the hands, and columns on a page.

WeasyPrint sets one page for each number of columns, and on the first of them every character of the roll once: so that
the fonts, fallbacks among them, are those of the booklet, whoever designs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import chain
from typing import TYPE_CHECKING, Any

from stele.print.mends.clusters import set_line
from stele.print.roll.hands import Hand
from stele.print.roll.names import DETAILS, END, FIRST_HAND, OTHER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stele.print.roll.names import Roll

COLUMNS = (2, 3, 4)
_HANGING_PX = 5.3  # of the gap between two columns, which has three times as many
_BODY = '<body><section class="chapter">{pages}</section></body></html>'
_PAGE = (
    '<div class="names columns-{count} long set drawn">'
    '<div class="roll-page"><div class="column">{samples}</div></div></div>'
)
_UNSEEN = str.maketrans("", "", f"{OTHER}{END} ")


@dataclass(frozen=True, slots=True)
class Grid:
    """Where names stand on a page, in px from the top left corner of their block.

    `columns` are the left edge and the width of each, in the order of reading; the baseline of a name and of a heading
    are counted from the top of its line.
    """

    columns: tuple[tuple[float, float], ...]
    line: float
    lines: int
    baseline: float
    heading_baseline: float

    @property
    def room(self) -> float:
        """How wide a name may be in px: a little wider than its column, before what is said of it goes below."""
        return self.columns[0][1] + _HANGING_PX


@dataclass(frozen=True, slots=True, eq=False)
class Specimen:
    """What was found: the hands of names and of headings, and a grid for each number of columns.

    The `document` holds on to what the hands are made of.
    """

    hands: tuple[Hand, ...]
    heading: Hand
    grids: dict[int, Grid]
    document: Any


def specimen(head: str, roll: Roll, lay_out: Callable[[str], Any]) -> Specimen:
    """Return how names look in a booklet; `head` is its HTML up to the body, `lay_out` makes a document of HTML."""
    samples = ["".join(_samples(roll)), *[""] * (len(COLUMNS) - 1)]
    pages = [_PAGE.format(count=count, samples=said) for count, said in zip(COLUMNS, samples, strict=True)]
    document = lay_out(head + _BODY.format(pages="".join(pages)))
    found = [page._page_box for page in document.pages]  # noqa: SLF001 (the boxes have no public name)
    first, *others = list(_named(found[0], "p"))[: 1 + len(roll.hands)]
    hands = tuple(_hand(paragraph) for paragraph in (first, *others))
    heading = next(_named(found[0], "h3"))
    grids = {count: _grid(count, page, first, heading) for count, page in zip(COLUMNS, found, strict=True)}
    return Specimen(hands, _hand(heading), grids, document)


def _samples(roll: Roll) -> Iterator[str]:
    """Yield a paragraph for each hand, with every character of its names, and a heading with those of headings."""
    own, others = _characters(roll)
    yield f"<p>{_spaced(own)}</p>"
    for (tag, direction), characters in zip(roll.hands, others, strict=True):
        yield f'<p><span lang="{escape(tag)}" dir="{escape(direction)}">{_spaced(characters)}</span></p>'
    yield f"<h3>{_spaced(set().union(*(letter.heading for letter in roll.letters)))}</h3>"


def _spaced(characters: set[str]) -> str:
    return escape(" ".join(sorted({char for char in characters if not char.isspace()} or {"a"})))


def _characters(roll: Roll) -> tuple[set[str], list[set[str]]]:
    own, others = set[str](), [set[str]() for _ in roll.hands]
    for letter in roll.letters:
        text = " ".join(chain.from_iterable(letter.households)).replace(DETAILS, " ")
        plain, *phrases = text.split(OTHER)
        own.update(*{*plain.split(" ")})  # each word once, as they come again and again
        for phrase in phrases:
            said, _, rest = phrase.partition(END)
            others[ord(said[0]) - FIRST_HAND].update(said[1:])
            own.update(rest)
    return {*"".join(own).translate(_UNSEEN)}, others


def _named(box: Any, tag: str) -> Iterator[Any]:
    from weasyprint.formatting_structure.boxes import BlockBox

    return (each for each in box.descendants() if isinstance(each, BlockBox) and each.element_tag == tag)


def _texts(box: Any) -> list[Any]:
    from weasyprint.formatting_structure.boxes import TextBox

    return [each for each in box.descendants() if isinstance(each, TextBox) and each.text]


def _hand(paragraph: Any) -> Hand:
    fonts: dict[str, Any] = {}
    texts = _texts(paragraph)
    for box in texts:
        box.pango_layout.reactivate(box.style)
        for cluster in set_line(box.pango_layout).clusters:
            for char in cluster.letters:
                fonts.setdefault(char, cluster.pango_font)
        box.pango_layout.deactivate()
    return Hand(texts[0].style, _direction(paragraph), fonts)


def _direction(paragraph: Any) -> str:
    """Return the direction of the one phrase in a paragraph, or that of the paragraph."""
    phrase = next((box for box in paragraph.descendants() if box.element_tag == "span"), paragraph)
    return str(phrase.style["direction"])


def _grid(count: int, page: Any, paragraph: Any, heading: Any) -> Grid:
    block, column = (
        next(box for box in page.descendants() if _has_class(box, name)) for name in ("roll-page", "column")
    )
    lines, step = round(block.height / paragraph.height), (block.width - column.width) / (count - 1)
    is_rtl = block.style["direction"] == "rtl"
    columns = tuple(((count - 1 - at if is_rtl else at) * step, column.width) for at in range(count))
    return Grid(columns, block.height / lines, lines, _baseline(paragraph), _baseline(heading))


def _has_class(box: Any, name: str) -> bool:
    return box.element is not None and name in (box.element.get("class") or "").split()


def _baseline(block: Any) -> float:
    text = _texts(block)[0]
    return float(text.position_y + text.baseline - block.content_box_y())
