"""WeasyPrint's texts in, the same out, what their style asks of Pango put together once for all of one style.

WeasyPrint 70 tells Pango of the language, font and features of each text anew, whenever it breaks, justifies or draws
it (`Layout.setup` in weasyprint/text/line_break.py); and it never frees the list that it makes of the features. Here a
text gets a copy of the first layout of its style, as Pango makes it.

The rule of versions is that of `line_breaks`.
"""

from __future__ import annotations

from functools import wraps
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

FLAWED = frozenset({"70.0"})
_FONT = ("family", "style", "stretch", "weight", "size", "kerning", "variation_settings", "feature_settings")
_VARIANT = ("ligatures", "position", "caps", "numeric", "alternates", "east_asian")
_NAMES = (*(f"font_{name}" for name in _FONT), *(f"font_variant_{name}" for name in _VARIANT))
_asked = itemgetter("direction", "lang", "font_language_override", *_NAMES)


def mend() -> None:
    """Make WeasyPrint, in this process, set texts up by copies. Once is enough, more does no harm."""
    import weasyprint
    from weasyprint.text import ffi, line_break

    if weasyprint.__version__ not in FLAWED or hasattr(line_break.Layout.setup, "__wrapped__"):
        return
    ffi.ffi.cdef("PangoLayout * pango_layout_copy (PangoLayout *layout);")
    line_break.Layout.setup = _copying(line_break.Layout.setup)


def _copying(flawed: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Return `Layout.setup` such that it copies the first layout of a style, kept with the fonts of the document."""

    @wraps(flawed)
    def setup(layout: Any, style: Any) -> None:
        from weasyprint.text.ffi import ffi, gobject, pango
        from weasyprint.text.line_break import Layout

        known: dict[Any, Any] = style.font_config.__dict__.setdefault("layouts", {})
        asked = (*_asked(style), style["text_decoration_line"] == "none")
        if asked not in known:
            known[asked] = first = Layout.__new__(Layout)
            flawed(first, style)
            del first.style  # it holds the fonts, which hold the layout
        vars(layout).update(vars(known[asked]))
        layout.layout = ffi.gc(pango.pango_layout_copy(layout.layout), gobject.g_object_unref)
        layout.style = style

    return setup
