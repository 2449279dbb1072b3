"""A piece that is laid out as if it stood on some page in, the same on the page where it stands indeed out.

What it looks like depends on that page little: on one side the margins are wider than on the other, and folios differ.
So a piece can be laid out before anybody knows where it begins. Where more depends on it, it cannot be moved.
"""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.print.chapters.setting import Galley

SIDES = frozenset({"left", "right", "recto", "verso"})
_PARTS = (None, "@footnote", "@note-area")  # of a page, which are laid out with its text; its margins come later
_SIZES = ("margin_top", "margin_bottom", "height", "width")


def has_sides(galley: Galley) -> bool:
    """Say whether a piece asks for a page of one side, before which another may be blank."""
    return any(next_page["break"] in SIDES for _, next_page, *_ in galley.context.page_maker)


def move(galley: Galley, first: int) -> bool:
    """Let a piece begin on page `first`, if it can stand there as it is; say whether it does.

    The pages that tell numbers of the piece's own are to be made anew then.
    """
    by = first - galley.first
    if not by:
        return True
    if by % 2 and has_sides(galley):
        return False
    frames = [_frame(galley, page, by) for page in galley.pages]
    if not all(_is_alike(galley, *pair) for pair in zip(galley.pages, frames, strict=True)):
        return False
    for page, frame in zip(galley.pages, frames, strict=True):
        _put(page, frame)
    _count_on(galley, by)
    return True


def _frame(galley: Galley, page: Any, by: int) -> Any:
    """Return an empty page of the kind that a page is of, so many pages further on."""
    from weasyprint.formatting_structure.boxes import PageBox
    from weasyprint.layout import page as paging
    from weasyprint.layout.percent import resolve_percentages

    kind = page.page_type
    side = {"left": "right", "right": "left"}[kind.side] if by % 2 else kind.side
    kind = kind._replace(side=side, index=kind.index + by)
    paging.set_page_type_computed_styles(kind, galley.page, galley.context.style_for)
    style = galley.context.style_for(kind)
    style["overflow"] = page.style["overflow"]
    frame = PageBox(kind, style)
    resolve_percentages(frame, style["size"])
    frame.position_x = frame.position_y = 0
    paging.page_width(frame, galley.context, style["size"][0])
    paging.page_height(frame, galley.context, style["size"][1])
    return frame


def _is_alike(galley: Galley, page: Any, frame: Any) -> bool:
    """Say whether a frame differs from a page in its margins at both sides alone."""
    style_for = galley.context.style_for
    kinds = page.page_type, frame.page_type
    ours, theirs = ([_asked(style_for(kind, part), part) for part in _PARTS] for kind in kinds)
    return ours == theirs and all(isclose(getattr(page, size), getattr(frame, size)) for size in _SIZES)


def _asked(style: Any, part: str | None) -> dict[str, Any]:
    """Return what rules ask of a part of a page, or of the page itself but for its margins."""
    asked = () if style is None else style.cascaded.items()
    return {name: value for name, (value, _) in asked if part or not name.startswith("margin_")}


def _put(page: Any, frame: Any) -> None:
    """Put what is on a page into a frame, and make that the page."""
    by = frame.content_box_x() - page.content_box_x()
    for child in page.children:
        child.translate(by)
    page.style, page.page_type = frame.style, frame.page_type
    page.margin_left, page.margin_right = frame.margin_left, frame.margin_right


def _count_on(galley: Galley, by: int) -> None:
    """Count the pages of a piece, and those of its anchors, so many pages further on."""
    maker = galley.context.page_maker
    for place, (resume_at, next_page, is_right, state, remake) in enumerate(maker):
        maker[place] = (resume_at, next_page, is_right ^ bool(by % 2), state, remake)
        state[1]["page"] = [galley.first + by + place - 1]
    galley.first += by
    counters = {place: dict(state[1]) for place, (*_, state, _) in enumerate(maker, -1)}
    telling = list(_telling_own_pages(galley))
    for item in (*galley.context.target_collector.target_lookup_items.values(), *telling):
        if item.page_maker_index is not None:
            item.cached_page_counter_values = counters[item.page_maker_index]
    for item in telling:
        tell_anew(galley, item)


def tell_anew(galley: Galley, item: Any) -> None:
    """Write what tells numbers of pages anew, with those that it has now, and mark the page that it is on."""
    item.parse_again(item.cached_page_counter_values)
    galley.context.page_maker[item.page_maker_index][-1]["content_changed"] = True


def _telling_own_pages(galley: Galley) -> Iterator[Any]:
    """Yield what in the text of a piece tells numbers of its own pages, in WeasyPrint's words."""
    targets = galley.context.target_collector
    own = {name for name, item in targets.target_lookup_items.items() if item.page_maker_index is not None}
    for (_, of), item in targets.counter_lookup_items.items():
        tells = "page" in item.missing_counters or own & item.missing_target_counters.keys()
        if of == "content" and tells and item.page_maker_index is not None:
            yield item
