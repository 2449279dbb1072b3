"""WeasyPrint's breaking of lines in, the same without two flaws of version 70.0 out.

The first: a text that ends in a space, as before an inline element, and fits on the line but for that space, is broken
after its first word, or hyphenated in it. `split_first_line` (weasyprint/text/line_break.py) counts the space, which
would hang: its steps 2 and 3 find ``first_line_width > max_width`` though Pango left the text whole, conclude that
"the line can't be split earlier", and try the first word alone. Up to 69.0 a wrong offset of `break_point` hid most
of this; 70.0 put the offset right.

The second: a text that ends in a no-break space, as in "of 106 women" with the number in an element, is broken after
its first word in the same way where it must be broken at all. To Pango the no-break space is white and may hang as
well; so it finds no line too long, and the same steps come to the same conclusion. A word joiner behind the space keeps
Pango from letting it hang.

The rule of versions: `FLAWED` names those that were seen to break so, and only they are mended. A newer version is
taken as it is; the tests, which fill lines at many widths, tell whether it belongs in the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Split = Callable[..., tuple[Any, ...]]

FLAWED = frozenset({"70.0"})
_NO_BREAK = ("\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{FIGURE SPACE}")
_JOINER = "\N{WORD JOINER}"


def mend() -> None:
    """Make WeasyPrint, in this process, fill lines as far as they go. Once is enough, more does no harm."""
    import weasyprint

    if weasyprint.__version__ not in FLAWED:
        return
    from weasyprint.layout import inline
    from weasyprint.text import line_break

    inline.split_first_line = _patient(line_break.split_first_line)


def _patient(split: Split) -> Split:
    """Return `split_first_line` such that a text which would fit but for a space at its end is not broken too early.

    Both return (layout, length, resume_index, width, height, baseline); without a `resume_index` the text is whole.
    """

    def split_first_line(text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **more: Any) -> Any:
        line = split(text, style, context, max_width, *rest, **more)
        if line[2] is None or max_width is None:
            return line
        if text.endswith(" ") and style["white_space"] in ("normal", "pre-line"):
            return _whole(split, text, style, context, max_width, *rest, **more) or line
        if text.endswith(_NO_BREAK):
            return _glued(split, text, style, context, max_width, *rest, **more) or line
        return line

    return split_first_line


def _whole(
    split: Split, text: str, style: Any, context: Any, max_width: float, *rest: Any, **more: Any
) -> tuple[Any, ...] | None:
    """Return a text whole that fits without its last space, which WeasyPrint takes off when it ends the line."""
    _, _, resume_index, width, _, _ = split(text.rstrip(" "), style, context, max_width, *rest, **more)
    if resume_index is not None or width > max_width:
        return None
    return split(text, style, context, None, *rest, **more)


def _glued(
    split: Split, text: str, style: Any, context: Any, max_width: float, *rest: Any, **more: Any
) -> tuple[Any, ...] | None:
    """Return the first line of a text whose last space takes room, if the text can be broken."""
    line = split(f"{text}{_JOINER}", style, context, max_width, *rest, **more)
    return line if line[2] is not None and line[2] < len(text.encode()) else None
