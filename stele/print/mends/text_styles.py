"""WeasyPrint's texts in, the same out, what follows from their style found once for all of one style.

WeasyPrint 70 tells Pango of the language, font and features of each text anew, whenever it breaks, justifies or draws
it (`Layout.setup` in weasyprint/text/line_break.py); and it never frees the list that it makes of the features. Here a
text gets a copy of the first layout of its style, as Pango makes it. And the height of its lines (`strut`) is asked for
at every line by a name that is put together of the whole style.

The rule of versions is that of `line_breaks`.
"""

from __future__ import annotations

from functools import wraps
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

FLAWED = frozenset({"70.0"})
_FONT = ("style", "stretch", "weight", "size", "kerning", "variation_settings", "feature_settings")
_VARIANT = ("ligatures", "position", "caps", "numeric", "alternates", "east_asian")
_NAMES = (*(f"font_{name}" for name in _FONT), *(f"font_variant_{name}" for name in _VARIANT))
_values = itemgetter("direction", "lang", "font_language_override", *_NAMES)


def mend() -> None:
    """Make WeasyPrint, in this process, set texts up by copies. Once is enough, more does no harm."""
    import weasyprint
    from weasyprint.css import computed_values, units
    from weasyprint.layout import inline
    from weasyprint.text import ffi, line_break

    if weasyprint.__version__ not in FLAWED or hasattr(line_break.Layout.setup, "__wrapped__"):
        return
    ffi.ffi.cdef("PangoLayout * pango_layout_copy (PangoLayout *layout);")
    line_break.Layout.setup = _copying(line_break.Layout.setup)
    line_break.strut = inline.strut = units.strut = computed_values.strut = _remembered(line_break.strut)


def _copying(flawed: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Return `Layout.setup` such that it copies the first layout of a style, kept with the fonts of the document."""
    from weasyprint.text.ffi import ffi, gobject, pango
    from weasyprint.text.line_break import Layout

    @wraps(flawed)
    def setup(layout: Any, style: Any) -> None:
        known: dict[Any, Any] = vars(style.font_config).setdefault("layouts", {})
        asked = (*_asked(style), style["text_decoration_line"] == "none")
        if asked not in known:
            known[asked] = first = Layout.__new__(Layout)
            flawed(first, style)
            del first.style  # it holds the fonts, which hold the layout
        vars(layout).update(vars(known[asked]))
        layout.layout = ffi.gc(pango.pango_layout_copy(layout.layout), gobject.g_object_unref)
        layout.style = style

    return setup


def _asked(style: Any) -> tuple[Any, ...]:
    """Return what a style asks of Pango; in a drawing it names its fonts in a list."""
    return tuple(style["font_family"]), *_values(style)


def _remembered(flawed: Callable[[Any], tuple[float, float]]) -> Callable[[Any], tuple[float, float]]:
    """Return `strut` such that it is found once for a style, kept with the fonts of the document."""

    @wraps(flawed)
    def strut(style: Any) -> tuple[float, float]:
        known: dict[Any, tuple[float, float]] = vars(style.font_config).setdefault("struts", {})
        asked = (*_asked(style), style["line_height"])
        if asked not in known:
            known[asked] = flawed(style)
        return known[asked]

    return strut
