"""WeasyPrint's texts with font features in, the same out, their features let go with them.

WeasyPrint 70 makes a list of attributes for each text that has any (`Layout.setup` in weasyprint/text/line_break.py)
and never frees it: half a megabyte for each booklet that a worker prints.

The rule of versions is that of `line_breaks`.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

FLAWED = frozenset({"70.0"})
_KEYS = ("kerning", "variant_ligatures", "variant_position", "variant_caps", "variant_numeric", "variant_alternates")


def mend() -> None:
    """Make WeasyPrint, in this process, free the features of texts. Once is enough, more does no harm."""
    import weasyprint
    from weasyprint.text import line_break

    if weasyprint.__version__ not in FLAWED or hasattr(line_break.Layout.setup, "__wrapped__"):
        return
    line_break.Layout.setup = _freeing(line_break.Layout.setup, line_break.font_features)
    line_break.font_features = lambda *_: {}


def _freeing(flawed: Callable[..., None], features_of: Callable[..., dict[str, Any]]) -> Callable[..., None]:
    """Return `Layout.setup` such that the layout alone holds its attributes."""

    @wraps(flawed)
    def setup(layout: Any, style: Any) -> None:
        from weasyprint.text.ffi import ffi, pango

        flawed(layout, style)
        values = (style[f"font_{key}"] for key in _KEYS)
        features = features_of(*values, style["font_variant_east_asian"], style["font_feature_settings"])
        if features:
            written = ",".join(f"{key} {value}" for key, value in features.items()).encode()
            attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
            pango.pango_attr_list_insert(
                attributes, pango.pango_attr_font_features_new(written)
            )  # is its own from here
            pango.pango_layout_set_attributes(layout.layout, attributes)

    return setup
