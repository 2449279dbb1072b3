"""WeasyPrint's first lines of texts in, the same out, each broken once however often it is asked for.

WeasyPrint 70 lays the cells of a table out three times, and the notes of a page anew for each line of its text; and two
mends ask for a line again. More than half of the lines of a booklet in Persian are broken more than once.

The rule of versions is that of `line_breaks`, before which this mend is made.
"""

from __future__ import annotations

from copy import copy
from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

FLAWED = frozenset({"70.0"})


def mend() -> None:
    """Make WeasyPrint, in this process, remember the lines of a document. Once is enough, more does no harm."""
    import weasyprint
    from weasyprint.layout import inline, preferred
    from weasyprint.text import line_break

    if weasyprint.__version__ not in FLAWED or hasattr(line_break.split_first_line, "__wrapped__"):
        return
    line_break.split_first_line = _remembered(line_break.split_first_line)
    inline.split_first_line = preferred.split_first_line = line_break.split_first_line


def _remembered(split: Callable[..., tuple[Any, ...]]) -> Callable[..., tuple[Any, ...]]:
    """Return `split_first_line` such that its outcomes are kept as long as the `context` of the layout."""

    @wraps(split)
    def split_first_line(text: str, style: Any, context: Any, *rest: Any, **more: Any) -> tuple[Any, ...]:
        if context is None:
            return split(text, style, context, *rest, **more)
        lines = context.__dict__.setdefault("broken_lines", {})
        key = (text, id(style), *rest, *more.items())
        if key not in lines:
            lines[key] = style, split(text, style, context, *rest, **more)  # the style, or its id would be another's
        layout, *sizes = lines[key][1]
        return copy(layout), *sizes  # of a box: justified, it is changed

    return split_first_line
