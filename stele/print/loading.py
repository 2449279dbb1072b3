"""What a process loads once: WeasyPrint, and the fonts of a document for all that have its style sheets.

To load the fonts of the theme takes longer than to set a page.
"""

from __future__ import annotations

import ctypes.util
import re
import sys
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SHEET = re.compile(r"<link\b[^>]*>|<style\b.*?</style>", re.DOTALL)
_BRINGS_FONTS = ("<link", "@font-face", "@import")


def weasyprint() -> Any:
    """Return WeasyPrint; raise `OSError` where a native library is missing."""
    with _libraries_by_their_full_names():
        import weasyprint
    return weasyprint


@contextmanager
def _libraries_by_their_full_names() -> Iterator[None]:
    """Keep cffi, on Linux, from asking a compiler and a linker where each library lies.

    It asks for the short names that WeasyPrint tries first; the loader finds the sonames that come next by itself.
    """
    if sys.platform != "linux" or "weasyprint" in sys.modules:
        yield
        return
    find = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None  # noqa: ARG005
    try:
        yield
    finally:
        ctypes.util.find_library = find


def fonts(html: str, roots: tuple[Path, ...]) -> Any:
    """Return the fonts of a document that may read what is below `roots`: those of the last one of its style sheets.

    Documents of other sheets have others, so that none borrows a glyph. WeasyPrint adds what a sheet names and the last
    document did not.
    """
    sheets = tuple(sheet for sheet in _SHEET.findall(html) if any(word in sheet for word in _BRINGS_FONTS))
    return _fonts(sheets, roots)


@lru_cache(maxsize=8)  # the kinds of documents that an edition is made of: its pages, slug, cover, first sheet
def _fonts(_sheets: tuple[str, ...], _roots: tuple[Path, ...]) -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def forget_fonts() -> None:
    """Load fonts anew for the next document: a file that could not be loaded is to be told of again."""
    _fonts.cache_clear()
