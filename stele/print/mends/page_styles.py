"""WeasyPrint's kinds of pages in, their styles out, computed once for all of which the same rules speak.

To WeasyPrint 70 each page is a kind of its own, for a rule may ask for its number; so the styles of each page and of
the sixteen boxes in its margins are computed anew (`set_page_type_computed_styles` in weasyprint/layout/page.py).

The rule of versions is that of `line_breaks`.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

FLAWED = frozenset({"70.0"})


def mend() -> None:
    """Make WeasyPrint, in this process, share the styles of pages. Once is enough, more does no harm."""
    import weasyprint
    from weasyprint.layout import page

    if weasyprint.__version__ in FLAWED and not hasattr(page.set_page_type_computed_styles, "__wrapped__"):
        page.set_page_type_computed_styles = _shared(page.set_page_type_computed_styles)


def _shared(flawed: Callable[[Any, Any, Any], None]) -> Callable[[Any, Any, Any], None]:
    """Return `set_page_type_computed_styles` such that a page takes the styles of one that the same rules speak of.

    The first page of a document has its own, for lengths that depend on its size are unknown there.
    """

    @wraps(flawed)
    def set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
        known, computed = style_for.__dict__.setdefault("styles_of_pages", {}), style_for.get_computed_styles()
        asked = *style_for.initial_page_sizes.values(), *_rules(page_type, style_for)
        if asked not in known:
            flawed(page_type, html, style_for)
            known[asked] = {part: style for (kind, part), style in computed.items() if kind == page_type}
        computed.update({(page_type, part): style for part, style in known[asked].items()})

    return set_page_type_computed_styles


def _rules(page_type: Any, style_for: Any) -> list[bool]:
    """Return of each selector of pages, in all style sheets, whether it means a page."""
    matches, sheets = style_for._page_type_match, style_for._sheets  # noqa: SLF001 (have no public name)
    selectors = (selector for sheet, *_ in sheets for _, found, _ in sheet.page_rules for selector in found)
    return [matches(selector[2], page_type) for selector in selectors]
