"""The laid-out pages of a booklet in, its words out: what should be read on each page, and where."""

from __future__ import annotations

import pickle
import zlib
from dataclasses import dataclass
from itertools import accumulate, chain, groupby
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable

from stele.print.mends.clusters import set_line
from stele.print.units import POINTS_PER_PX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from stele.print.mends.clusters import Reading

_TOUCHING_PT = 0.05


class PrintedWord(NamedTuple):
    """A word on page `page`, from 1, as it was written; where it stands, in pt from the top left corner of the page.

    `edges` are the left edges of its clusters of letters, from left to right.
    """

    page: int
    text: str
    left: float
    right: float
    baseline: float
    size: float
    edges: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Packed:
    """The words of pages, part by part, each page's in one part: in a twelfth of the memory that they need.

    `letters` are all that stand in them, so that nobody unpacks them only to ask for those.
    """

    parts: tuple[bytes, ...] = ()
    letters: frozenset[str] = frozenset()

    def __iter__(self) -> Iterator[PrintedWord]:
        for part in self.parts:
            yield from pickle.loads(zlib.decompress(part))  # noqa: S301 (our own)


def packed(words: Sequence[PrintedWord]) -> Packed:
    """Return words in little room."""
    part = zlib.compress(pickle.dumps(words, pickle.HIGHEST_PROTOCOL), level=1)
    return Packed((part,), frozenset(chain.from_iterable(word.text for word in words)))


def bound(volumes: Iterable[Packed]) -> Packed:
    """Return the words of all pages one after the other."""
    volumes = tuple(volumes)
    letters = frozenset[str]().union(*(volume.letters for volume in volumes))
    return Packed(tuple(part for volume in volumes for part in volume.parts), letters)


@runtime_checkable
class DrawnPage(Protocol):
    """A page that has words in no boxes."""

    def new_words(self, folio: int, seen: set[Any]) -> Iterator[PrintedWord]:
        """Yield its words that are not among those `seen`, and add them there, in whatever way it tells them apart."""


def printed_words(document: Any, first: int = 1) -> tuple[PrintedWord, ...]:
    """Return the words of a laid-out document of WeasyPrint whose first page is `first`, in the order of its boxes.

    A word that is broken at the end of a line is two; one that changes its style is one. What is turned or scaled is
    left out. What was drawn without boxes says itself which words are new.
    """
    found: list[PrintedWord] = []
    seen: set[Any] = set()
    for folio, page in enumerate(document.pages, first):
        if isinstance(page, DrawnPage):
            found += page.new_words(folio, seen)
        for box in _text_boxes(page._page_box):  # noqa: SLF001 (the boxes have no public name)
            for word in _words(box, folio):
                _append(found, word)
    return tuple(found)


def _text_boxes(box: Any) -> Iterator[Any]:
    from weasyprint.formatting_structure.boxes import TextBox

    for placed in getattr(box, "children", ()):
        child = getattr(placed, "_box", placed)  # what is positioned absolutely stands behind a placeholder
        if child.style["transform"]:
            continue  # it stands elsewhere than its box says: a watermark across the page
        if isinstance(child, TextBox):
            yield child
        else:
            yield from _text_boxes(child)


def _words(box: Any, folio: int) -> Iterator[PrintedWord]:
    if not box.text.strip():
        return
    left, size = box.position_x * POINTS_PER_PX, box.style["font_size"] * POINTS_PER_PX
    baseline = (box.position_y + box.baseline) * POINTS_PER_PX
    letters, widths, starts = _reading(box)
    edges = list(accumulate((width * POINTS_PER_PX for width in widths), initial=left))
    for is_space, group in groupby(range(len(letters)), [each.isspace() for each in letters].__getitem__):
        if not is_space:
            places = list(group)
            first, end = places[0], places[-1] + 1
            text = "".join(letters[place] for place in sorted(places, key=starts.__getitem__))
            yield PrintedWord(folio, text, edges[first], edges[end], baseline, size, tuple(edges[first:end]))


def _reading(box: Any) -> Reading:
    """Return what is read of a text, as it was drawn if it was."""
    layout = box.pango_layout
    if not hasattr(layout, "reading"):
        layout.reactivate(box.style)
        set_line(layout)
        layout.deactivate()
    found: Reading = layout.reading
    return found


def _append(found: list[PrintedWord], word: PrintedWord) -> None:
    """Add a word, or let it go on with the last one if nothing parts them."""
    last = found[-1] if found else None
    if last and (last.page, last.baseline, last.size) == (word.page, word.baseline, word.size):
        if abs(last.right - word.left) < _TOUCHING_PT:
            found[-1] = last._replace(text=last.text + word.text, right=word.right, edges=last.edges + word.edges)
            return
        if abs(word.right - last.left) < _TOUCHING_PT:
            found[-1] = last._replace(text=last.text + word.text, left=word.left, edges=word.edges + last.edges)
            return
    found.append(word)
