"""The laid-out pages of one side of a bilingual booklet in; the heights of its blocks, and where it overflows, out.

On galleys, which are pages without end, heights are measured; on pages it is seen whether what was computed fits.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stele.print.bilingual.facing import BLOCK
from stele.print.bilingual.spreads import Height

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Galleys:
    """The heights of the blocks, in px, and that of the space above the notes of a page."""

    heights: tuple[Height, ...]
    space_above_notes: float


def measured(document: Any, count: int) -> Galleys:
    """Return the heights of `count` blocks on galleys; one that was not laid out has none."""
    tops: dict[int, tuple[float, int]] = {}
    ends: dict[int, float] = {}
    calls: dict[int, list[Any]] = defaultdict(list)
    notes: dict[Any, float] = {}
    space = 0.0
    for index, page in enumerate(document.pages):
        root, area = _content(page)
        number = -1
        for box in _boxes(root):
            if (own := _number(box)) is not None and own not in tops:
                number = own
                tops[own] = (box.position_y, index)
            if note := getattr(box, "footnote", None):
                calls[number].append(note.element)
        ends[index] = max((box.position_y + box.margin_height() for box in _boxes(root) if _is_leaf(box)), default=0.0)
        if area is not None:
            notes |= {note.element: note.margin_height() for note in area.children}
            space = max(space, area.margin_height() - sum(note.margin_height() for note in area.children))
    found = [
        Height(_height(number, tops, ends), sum(notes.get(note, 0.0) for note in calls[number]))
        for number in range(count)
    ]
    return Galleys(tuple(found), space)


def room(document: Any) -> float:
    """Return how high the text of the first page can be that has a block, in px."""
    page = next(page for page in document.pages if any(_number(box) is not None for box in _boxes(_content(page)[0])))
    return float(page._page_box.height)  # noqa: SLF001 (the boxes have no public name)


def crowded(document: Any, side: int) -> frozenset[int]:
    """Return the last block of each spread that runs over, text or notes, on a page of the other side.

    The pages of this side have numbers whose remainder by two is `side`.
    """
    first, end = first_and_last(document)
    found = set()
    last = 0
    for index, page in enumerate(document.pages[first : end + 1], first):
        root, area = _content(page)
        is_blank = page._page_box.page_type.blank and area is None  # noqa: SLF001
        if (index + 1) % 2 != side and not is_blank:
            found.add(last)
        last = max([last, *(own for box in _boxes(root) if (own := _number(box)) is not None)])
    return frozenset(found)


def first_and_last(document: Any) -> tuple[int, int]:
    """Return the indices of the first and the last page that have a block."""
    found = [
        index
        for index, page in enumerate(document.pages)
        if any(_number(box) is not None for box in _boxes(_content(page)[0]))
    ]
    return found[0], found[-1]


def _height(number: int, tops: dict[int, tuple[float, int]], ends: dict[int, float]) -> float:
    if number not in tops:
        return 0.0
    top, page = tops[number]
    following = tops.get(number + 1)
    return (following[0] if following and following[1] == page else ends[page]) - top


def _content(page: Any) -> tuple[Any, Any | None]:
    """Return the root box of a page, and its notes where it has some."""
    from weasyprint.formatting_structure.boxes import FootnoteAreaBox

    children = page._page_box.children  # noqa: SLF001
    areas = (box for box in children if isinstance(box, FootnoteAreaBox) and box.children)
    return children[0], next(areas, None)


def _boxes(box: Any) -> Iterator[Any]:
    """Yield a box and those in it, in the order of reading."""
    yield box
    for placed in getattr(box, "children", ()):
        yield from _boxes(getattr(placed, "_box", placed))


def _is_leaf(box: Any) -> bool:
    """Say whether a box holds no other: what does is drawn out to the foot of its galley where a page must end."""
    from weasyprint.formatting_structure.boxes import InlineLevelBox

    return not isinstance(box, InlineLevelBox) and not any(
        not isinstance(child, InlineLevelBox) for child in getattr(box, "children", ())
    )


def _number(box: Any) -> int | None:
    """Return the number of the block that begins with a box; the boxes around a table have its element too."""
    element = box.element
    found = None if element is None or "::" in (box.element_tag or "") else element.get(BLOCK)
    return None if found is None else int(found)
