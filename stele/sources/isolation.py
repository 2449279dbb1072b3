"""A tree of right-to-left prose in, the same with each left-to-right phrase in an element of its own direction out.

The bidirectional algorithm orders most phrases without help; those that begin with digits or end in a bracket it does
not, and readers of plain HTML get them right everywhere this way.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from stele.language.bidi import left_to_right_runs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set

    from lxml.etree import _Element

# A phrase goes on through these, and all of one can carry the direction itself but for the last few.
_PHRASES = frozenset({"a", "abbr", "b", "cite", "em", "i", "q", "span", "strong"})
_TRANSPARENT = _PHRASES | {"del", "dfn", "ins", "mark", "s", "small", "sub", "sup", "time", "u"}
_OBJECT = "\ufffc"  # where no phrase goes on: it is in no run


class _Spot(NamedTuple):
    """A text of the tree: the ``text`` or ``tail`` of an element, and where it begins among all texts."""

    element: _Element
    place: str
    start: int

    @property
    def text(self) -> str:
        return str(getattr(self.element, self.place))

    @property
    def holder(self) -> _Element:
        return self.element if self.place == "text" else cast("_Element", self.element.getparent())


def isolate_left_to_right(root: _Element, verbatim: Set[str]) -> None:
    """Put each run of left-to-right words below `root` into an element with its own direction.

    A run may hold elements, and parts of none: one that begins inside an element and ends outside of it is left to the
    bidirectional algorithm. Elements named in `verbatim` are left alone.
    """
    spots, whole = [], ""
    for element, place in _texts(root, "rtl", verbatim):
        if element is None:
            whole += _OBJECT
        else:
            spots.append(_Spot(element, place, len(whole)))
            whole += spots[-1].text
    starts, end = [spot.start for spot in spots], len(whole)
    for run, is_left_to_right in reversed(left_to_right_runs(whole)):
        start = end - len(run)
        if is_left_to_right:
            _isolate(_spots_of_run(spots, starts, start, end), start, end)
        end = start


def _spots_of_run(spots: Sequence[_Spot], starts: Sequence[int], start: int, end: int) -> list[_Spot]:
    """Return the texts that a run has a part of; `starts` are where all begin, so that a long page takes no longer."""
    nearest = range(bisect_right(starts, start) - 1, bisect_left(starts, end))
    return [spot for spot in (spots[number] for number in nearest) if start < spot.start + len(spot.text)]


def _texts(element: _Element, direction: str, verbatim: Set[str]) -> Iterator[tuple[_Element | None, str]]:
    """Yield the right-to-left texts below `element`, and None where no phrase goes on."""
    if element.text and direction == "rtl" and element.tag not in verbatim:
        yield element, "text"
    for child in element:
        is_opaque = child.tag not in _TRANSPARENT or child.get("dir") is not None or _is_note_call(child)
        if is_opaque:
            yield None, ""
        if isinstance(child.tag, str) and child.tag not in verbatim:
            yield from _texts(child, child.get("dir") or direction, verbatim)
        if is_opaque:
            yield None, ""
        if child.tail and direction == "rtl":
            yield child, "tail"


def _is_note_call(element: _Element) -> bool:
    """Say so of the number of a note: it stands behind the phrase that it belongs to, and is no part of it."""
    return element.tag == "sup" and element.find("a") is not None


def _isolate(spots: list[_Spot], start: int, end: int) -> None:
    first, last = spots[0], spots[-1]
    before, after = start - first.start, end - last.start
    if first is not last:
        _wrap_elements(first, before, last, after)
    elif (before, after) == (0, len(first.text)) and _is_all(first):
        first.element.set("dir", "ltr")
    else:
        span = first.element.makeelement("span", {"dir": "ltr"})
        span.text, span.tail = first.text[before:after], first.text[after:]
        _cut(first, before)
        _put(span, first)


def _is_all(spot: _Spot) -> bool:
    return spot.place == "text" and len(spot.element) == 0 and spot.element.tag in _PHRASES


def _wrap_elements(first: _Spot, before: int, last: _Spot, after: int) -> None:
    """Put what stands between two texts into one element, unless that would take an element apart."""
    holder = _common(first, last)
    opening = first.element if first.holder is holder else _child_begun(first, before, holder)
    closing = last.element if last.holder is holder else _child_ended(last, after, holder)
    if opening is None or closing is None:
        return
    span = holder.makeelement("span", {"dir": "ltr"})
    span.tail = closing.tail or ""
    closing.tail = None
    if last.holder is holder:
        closing.tail, span.tail = span.tail[:after], span.tail[after:]
    if first.holder is holder:
        span.text = first.text[before:]
        _cut(first, before)
        inner = list(holder)[0 if first.place == "text" else holder.index(opening) + 1 : holder.index(closing) + 1]
        _put(span, first)
    else:
        inner = list(holder)[holder.index(opening) : holder.index(closing) + 1]
        holder.insert(holder.index(opening), span)
    span.extend(inner)


def _common(first: _Spot, last: _Spot) -> _Element:
    """Return the innermost element that holds both texts."""
    holders = {first.holder, *first.holder.iterancestors()}
    return next(element for element in (last.holder, *last.holder.iterancestors()) if element in holders)


def _child_begun(spot: _Spot, before: int, holder: _Element) -> _Element | None:
    """Return the child of `holder` that begins where the run in `spot` does, or None."""
    element: Any = spot.element
    begins = not before and spot.place == "text"
    while begins and element.getparent() is not holder:
        begins = not element.getparent().text and element.getprevious() is None
        element = element.getparent()
    return element if begins else None


def _child_ended(spot: _Spot, after: int, holder: _Element) -> _Element | None:
    """Return the child of `holder` that ends where the run in `spot` does, or None."""
    last = len(spot.element) == 0 if spot.place == "text" else spot.element.getnext() is None
    element: Any = spot.holder
    ends = last and after == len(spot.text)
    while ends and element.getparent() is not holder:
        ends = not element.tail and element.getnext() is None
        element = element.getparent()
    return element if ends else None


def _cut(spot: _Spot, end: int) -> None:
    setattr(spot.element, spot.place, spot.text[:end])


def _put(span: _Element, spot: _Spot) -> None:
    """Put `span` behind a text."""
    if spot.place == "text":
        spot.element.insert(0, span)
        return
    tail, spot.element.tail = spot.element.tail, None
    following = span.tail
    span.tail = None
    spot.element.addnext(span)
    spot.element.tail, span.tail = tail, following
