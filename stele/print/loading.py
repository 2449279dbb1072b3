"""What a process loads once: WeasyPrint, and the fonts of a document for all that name the same ones.

To load the fonts of the theme takes longer than to set a page.
"""

from __future__ import annotations

import ctypes.util
import re
import sys
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHEET = re.compile(r"<link\b[^>]*>|<style\b.*?</style>", re.DOTALL)
_LINKED = re.compile(r"""<link\b[^>]*\bhref=["']([^"']*)""")
_BRINGING = ("@font-face", "@import")
# What WeasyPrint calls for a variable font alone, or without harfbuzz-subset: to import it is a quarter of its start.
_SELDOM_CALLED = ("fontTools.subset", "fontTools.varLib.instancer")


def weasyprint() -> Any:
    """Return WeasyPrint; raise `OSError` where a native library is missing."""
    with _libraries_by_their_full_names(), _tools_when_they_are_called():
        import weasyprint
    return weasyprint


class _Tools(ModuleType):
    """Stands in for a module, whose functions and classes can be called; it is imported then."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *arguments, **options: getattr(import_module(self.__name__), name)(*arguments, **options)


@contextmanager
def _tools_when_they_are_called() -> Iterator[None]:
    """Let modules that are imported meanwhile have a stand-in for what they seldom call."""
    found = {name: _Tools(name) for name in _SELDOM_CALLED if name not in sys.modules}
    sys.modules.update(found)
    try:
        yield
    finally:
        for name in found:
            del sys.modules[name]


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


def styles(html: str) -> str:
    """Return the text of all style sheets that a document has and links to, as far as they can be read."""
    return "\n".join(map(_text, _SHEET.findall(html)))


def _text(sheet: str) -> str:
    linked = _LINKED.match(sheet)
    if linked is None:
        return sheet
    try:
        path = Path(unquote(urlsplit(linked[1]).path))
        return _text_of_file(path, path.stat().st_mtime_ns)
    except OSError:
        return ""


@lru_cache(maxsize=64)
def _text_of_file(path: Path, _changed: int) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def fonts(html: str, roots: tuple[Path, ...]) -> Any:
    """Return the fonts of a document that may read what is below `roots`: those of the last one that names the same.

    Documents that name others have others, so that none borrows a glyph. WeasyPrint adds what the last document did not
    name.
    """
    return _fonts(tuple(sheet for sheet in _SHEET.findall(html) if _brings_fonts(sheet)), roots)


def _brings_fonts(sheet: str) -> bool:
    """Say whether a style names fonts, or an element that links to one; one that cannot be read may."""
    text = _text(sheet)
    return not text or any(word in text for word in _BRINGING)


@lru_cache(maxsize=4)
def _fonts(_sheets: tuple[str, ...], _roots: tuple[Path, ...]) -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def forget_fonts() -> None:
    """Load fonts anew for the next document: a file that could not be loaded is to be told of again."""
    _fonts.cache_clear()
