"""WeasyPrint's boxes in, the same with the lengths that they are laid out with out, which are found once for a style.

WeasyPrint 70 asks for each margin, padding and size of every box whether it is a percentage (`resolve_percentages` in
weasyprint/layout/percent.py). Hardly any is, and a style whose lengths are all in px or "auto" gives each of its boxes
the same ones.

The rule of versions is that of `line_breaks`.
"""

from __future__ import annotations

from functools import wraps
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FLAWED = frozenset({"70.0"})
_SIDES = ("top", "right", "bottom", "left")
_SPACES = tuple(f"{kind}_{side}" for kind in ("margin", "padding") for side in _SIDES)
_LENGTHS = (*_SPACES, "width", "height", "max_width", "max_height", "min_width", "min_height")
_BORDERS = tuple(f"border_{side}_width" for side in _SIDES)
_NAMES = (*_BORDERS, *_LENGTHS)
_values = itemgetter("box_sizing", "border_collapse", *_NAMES)


def mend() -> None:
    """Make WeasyPrint, in this process, find the lengths of a style once. Once is enough, more does no harm."""
    import weasyprint
    from weasyprint.layout import absolute, block, column, grid, inline, page, percent, table
    from weasyprint.layout import float as floats

    if weasyprint.__version__ not in FLAWED or hasattr(percent.resolve_percentages, "__wrapped__"):
        return
    once = _once(percent.resolve_percentages)
    for module in (absolute, block, column, floats, grid, inline, page, percent, table):
        module.resolve_percentages = once


def _once(flawed: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Return `resolve_percentages` such that a style knows the lengths of its boxes, as long as its values stay."""

    @wraps(flawed)
    def resolve_percentages(box: Any, containing_block: Any) -> None:
        style = box.style
        values, known = _values(style), vars(style).get("lengths")
        if known is None or known[0] != values:
            known = style.lengths = values, _lengths(values)
        if known[1] is None:
            flawed(box, containing_block)
        else:
            vars(getattr(box, "_box", box)).update(known[1])  # behind what stands for a box placed absolutely

    return resolve_percentages


def _lengths(values: Sequence[Any]) -> dict[str, Any] | None:
    """Return the lengths in px of a style of some values, by their names; None if they depend on more."""
    sizing, collapse, *lengths = values
    found = dict[str, Any]()
    for name, value in zip(_NAMES, lengths, strict=True):
        if name in _BORDERS:
            found[name] = value
        elif value == "auto":
            found[name] = 0 if name.startswith("min") else value
        elif getattr(value, "unit", None) == "px":
            found[name] = value.value
        else:
            return None
    return found if (sizing, collapse) == ("content-box", "separate") else None
