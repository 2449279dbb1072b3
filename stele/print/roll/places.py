"""A roll on its sheets in, HTML that keeps its place in the booklet out; and where among the pages that came to be.

Of many pages only the first two and the last are there. Between them a page of no content counts for the others, or two
pages, so that what follows stands on the side of the spread where it will.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_ROLL = '<div class="names columns-{columns} long set drawn">{pages}</div>'
_PAGE = '<div class="roll-page" data-roll="{roll}" data-sheet="{sheet}" data-letters="{letters}"{style}>{anchors}</div>'
_GAP = (
    "<style>@page {name} {{ counter-increment: page {count} }}</style>"
    '<div class="roll-gap" data-roll="{roll}" data-sheet="{sheet}" style="page: {name}"></div>'
)
_FEW = 4  # pages and no more are all there


@dataclass(frozen=True, slots=True)
class Stay:
    """A page that keeps a place for sheets of a roll; a gap is empty, and in the `box` of others names are drawn."""

    roll: int
    sheets: range
    is_gap: bool
    box: Any


def place_for(roll: int, columns: int, letters: Sequence[str], anchors: Sequence[str], last_height_px: float) -> str:
    """Return the HTML for a roll: as many sheets as have `letters`, the last filled so far down."""
    count = len(letters)
    first = "".join(f'<div id="{escape(anchor)}"></div>' for anchor in anchors)

    def page(sheet: int) -> str:
        style = f' style="height: {last_height_px}px"' if sheet == count - 1 else ""
        said = escape(letters[sheet])
        return _PAGE.format(roll=roll, sheet=sheet, letters=said, style=style, anchors="" if sheet else first)

    if count <= _FEW:
        pages = [page(sheet) for sheet in range(count)]
    else:
        pages = [page(0), page(1), *_gaps(roll, count - 3), page(count - 1)]
    return _ROLL.format(columns=columns, pages="".join(pages))


def _gaps(roll: int, count: int) -> Iterator[str]:
    """Yield one empty page, or two, that count for `count` sheets from the third on."""
    parts = (count,) if count % 2 else (1, count - 1)
    first = 2
    for part in parts:
        yield _GAP.format(name=f"roll-gap-{roll}-{first}", count=part, roll=roll, sheet=f"{first}-{first + part - 1}")
        first += part


def stay_of(page: Any) -> Stay | None:
    """Return what a page of WeasyPrint keeps a place for, if it does."""
    for box in page._page_box.descendants():  # noqa: SLF001 (the boxes have no public name)
        said = box.element.get("data-sheet") if box.element is not None else None
        if said:
            first, is_gap, last = said.partition("-")
            sheets = range(int(first), int(last or first) + 1)
            return Stay(int(box.element.get("data-roll")), sheets, bool(is_gap), box)
    return None


@contextmanager
def numbered(sheets: Mapping[str, int]) -> Iterator[None]:
    """Let references to anchors count on from the first page of a roll, where all of them stand, to their `sheets`."""
    from weasyprint.css.targets import TargetCollector

    plain = TargetCollector.cache_target_page_counters

    def counted_on(collector: Any, anchor: str, counters: Mapping[str, list[int]], *rest: Any) -> None:
        if sheets.get(anchor):
            *outer, number = counters["page"]
            counters = {**counters, "page": [*outer, number + sheets[anchor]]}
        plain(collector, anchor, counters, *rest)

    TargetCollector.cache_target_page_counters = counted_on
    try:
        yield
    finally:
        TargetCollector.cache_target_page_counters = plain
