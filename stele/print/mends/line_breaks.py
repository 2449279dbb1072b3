"""WeasyPrint's breaking of lines in, the same without the flaw of version 70.0 out.

The flaw: a text that ends in a space, as before an inline element, and fits on the line but for that space, is broken
after its first word, or hyphenated in it. `split_first_line` (weasyprint/text/line_break.py) counts the space, which
would hang: its steps 2 and 3 find ``first_line_width > max_width`` though Pango left the text whole, conclude that
"the line can't be split earlier", and try the first word alone. Up to 69.0 a wrong offset of `break_point` hid most
of this; 70.0 put the offset right.

The rule of versions: `FLAWED` names those that were seen to break so, and only they are mended. A newer version is
taken as it is; the tests, which fill lines at many widths, tell whether it belongs in the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

FLAWED = frozenset({"70.0"})


def mend() -> None:
    """Make WeasyPrint, in this process, fill lines as far as they go. Once is enough, more does no harm."""
    import weasyprint

    if weasyprint.__version__ not in FLAWED:
        return
    from weasyprint.layout import inline
    from weasyprint.text import line_break

    inline.split_first_line = _patient(line_break.split_first_line)


def _patient(split: Callable[..., tuple[Any, ...]]) -> Callable[..., tuple[Any, ...]]:
    """Return `split_first_line` such that a text which fits but for its last space stays whole.

    Both return (layout, length, resume_index, width, height, baseline); without a `resume_index` the text is whole.
    Like any whole text it keeps its space, which WeasyPrint takes off when it ends the line.
    """

    def split_first_line(text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **more: Any) -> Any:
        line = split(text, style, context, max_width, *rest, **more)
        collapsible = text.endswith(" ") and style["white_space"] in ("normal", "pre-line")
        if line[2] is None or max_width is None or not collapsible:
            return line
        _, _, resume_index, width, _, _ = split(text.rstrip(" "), style, context, max_width, *rest, **more)
        if resume_index is not None or width > max_width:
            return line
        return split(text, style, context, None, *rest, **more)

    return split_first_line
