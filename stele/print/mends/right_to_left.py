"""WeasyPrint's boxes in, the same without four flaws of version 70.0 in right-to-left blocks out.

Blocks with automatic margins are pushed off the page by as much as those margins take (`block_level_width` in
weasyprint/layout/block.py, since 69.0); a first line keeps clear of its indent and then starts at the edge all the same
(`get_next_linebox` in layout/inline.py); a grid fills its columns from the left (layout/grid.py); and the rule of a
column is drawn left of it, where no other column stands (`draw_column_rules` in draw/border.py).

The rule of versions is that of `line_breaks`. Left as they are: `justify-self: left` and `right` in a grid, which name
the wrong sides there, and `position: relative` on what a grid holds, which moves the wrong way.
"""

from __future__ import annotations

from functools import partial, wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

FLAWED = frozenset({"70.0"})
_PHYSICAL = {"left": "end", "right": "start"}  # what the sides of a line are called where it starts at the right


def mend() -> None:
    """Make WeasyPrint, in this process, lay right-to-left blocks out as the mirror of left-to-right ones."""
    import weasyprint
    from weasyprint.draw import border
    from weasyprint.layout import block, grid, inline

    if weasyprint.__version__ not in FLAWED or hasattr(block.block_level_width, "__wrapped__"):
        return
    block.block_level_width = _with_margins(block.block_level_width)
    inline.get_next_linebox = _with_indent(inline.get_next_linebox)
    border.draw_column_rules = _between_columns(border.draw_column_rules)
    # The others import it when they are called.
    grid.grid_layout = block.grid_layout = inline.grid_layout = _mirrored(grid.grid_layout)


def _with_margins(flawed: Callable[..., None]) -> Callable[..., None]:
    """Return `block_level_width` such that automatic margins count when the right edge of a block is put in place."""

    @wraps(flawed)
    def block_level_width(box: Any, containing_block: Any, with_min_max: bool = True) -> None:
        automatic = [side for side in ("margin_left", "margin_right") if getattr(box, side) == "auto"]
        flawed(box, containing_block, with_min_max)
        if _is_right_to_left(containing_block) and not box.is_column:
            box.position_x -= sum(getattr(box, side) for side in automatic)

    block_level_width.without_min_max = partial(block_level_width, with_min_max=False)  # type: ignore[attr-defined]
    return block_level_width


def _with_indent(flawed: Callable[..., tuple[Any, Any]]) -> Callable[..., tuple[Any, Any]]:
    """Return `get_next_linebox` such that the room for an indent lies at the right of the words, not at their left."""

    @wraps(flawed)
    def get_next_linebox(context: Any, linebox: Any, *rest: Any) -> tuple[Any, Any]:
        line, resume_at = flawed(context, linebox, *rest)
        if line is not None and linebox.text_indent and _is_right_to_left(line):
            for child in line.children:
                if child.is_in_normal_flow():
                    child.translate(dx=-linebox.text_indent, ignore_floats=True)
        return line, resume_at

    return get_next_linebox


def _between_columns(flawed: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Return `draw_column_rules` such that the rule of a column lies between it and the one before.

    The flawed one draws it at half a gap from the left of the column; so it is told that each begins where the one
    before it, at its right, does.
    """

    @wraps(flawed)
    def draw_column_rules(stream: Any, box: Any) -> None:
        if not _is_right_to_left(box):
            flawed(stream, box)
            return
        columns = [child.copy() for child in box.children]
        for column in columns:
            column.position_x += column.margin_width() + _gap(box)
        flawed(stream, box.copy_with_children(columns))

    return draw_column_rules


def _gap(box: Any) -> float:
    from weasyprint.layout.percent import percentage

    if box.style["column_gap"] == "normal":
        return float(box.style["font_size"])
    return float(percentage(box.style["column_gap"], box.style, box.width))


def _mirrored(flawed: Callable[..., tuple[Any, ...]]) -> Callable[..., tuple[Any, ...]]:
    """Return `grid_layout` such that a right-to-left grid is laid out from left to right, and then mirrored."""

    @wraps(flawed)
    def grid_layout(context: Any, box: Any, *rest: Any, **more: Any) -> tuple[Any, ...]:
        if not _is_right_to_left(box):
            return flawed(context, box, *rest, **more)
        made, *others = flawed(context, _left_to_right(box), *rest, **more)
        if made is not None:
            made.style = box.style
            for child in made.children:
                _shrink(child)
                offset = child.position_x - made.content_box_x()
                child.translate(dx=made.width - child.margin_width() - 2 * offset)
        return (made, *others)

    return grid_layout


def _left_to_right(box: Any) -> Any:
    box = box.copy()
    box.style = box.style.copy()
    box.style["direction"] = "ltr"
    for name in ("justify_content", "justify_items"):
        box.style[name] = tuple(_PHYSICAL.get(word, word) for word in box.style[name])
    return box


def _shrink(child: Any) -> None:
    """Bring the content of a grid's item back into it: it was laid out before the item shrank to its width."""
    edges = [inner.position_x + inner.margin_width() for inner in child.children if inner.is_in_normal_flow()]
    excess = max(edges, default=0) - child.content_box_x() - child.width
    if excess > 0 and _is_right_to_left(child) and child.style["width"] == "auto":
        for inner in child.children:
            inner.translate(dx=-excess)


def _is_right_to_left(box: Any) -> bool:
    """Say so of a box; of the (width, height) that stands for a page or a flexible box, no."""
    return not isinstance(box, tuple) and bool(box.style["direction"] == "rtl")
