"""Fonts of WeasyPrint in, the same out, each embedded from its own file even when two files share a name.

WeasyPrint 70 knows a font by the description that Pango gives of it: family, weight, style. Two files under one
family, as subsets for two scripts, are one font to it: glyphs of the second are drawn with the outlines of the first,
wrong ones or none, while the text that is extracted looks right.

The rule of versions is that of `line_breaks`.
"""

from __future__ import annotations

from hashlib import md5
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

FLAWED = frozenset({"70.0"})


def mend() -> None:
    """Make WeasyPrint, in this process, keep font files apart. Once is enough, more does no harm."""
    import weasyprint
    from weasyprint.pdf.stream import Stream

    if weasyprint.__version__ in FLAWED and Stream.add_font.__name__ == "add_font":
        Stream.add_font = _by_file(Stream.add_font)


def _by_file(add_font: Callable[..., Any]) -> Callable[..., Any]:
    """Return `Stream.add_font` such that a font of another file gets a place and a name of its own."""

    def add_font_by_file(stream: Any, pango_font: Any) -> Any:
        font, size = add_font(stream, pango_font)
        for known in (font, *font.__dict__.setdefault("namesakes", [])):
            if _is_drawn_by(known, pango_font):
                return known, size
        return _namesake(stream, font, pango_font), size

    return add_font_by_file


def _is_drawn_by(font: Any, pango_font: Any) -> bool:
    from weasyprint.text.fonts import get_hb_object_data, get_pango_font_hb_face

    faces = font.__dict__.setdefault("faces", [font.hb_face])
    face = get_pango_font_hb_face(pango_font)
    if face in faces:
        return True
    is_same = bool(get_hb_object_data(face) == font.file_content)
    if is_same:
        faces.append(face)
    return is_same


def _namesake(stream: Any, font: Any, pango_font: Any) -> Any:
    from weasyprint.pdf.fonts import Font
    from weasyprint.text.fonts import get_pango_font_key

    _, description, size = get_pango_font_key(pango_font)
    namesake = Font(pango_font, description, size)
    digest = md5(namesake.file_content, usedforsecurity=False).digest()
    old, namesake.hash = namesake.hash, "".join(chr(65 + byte % 26) for byte in digest[:6])
    namesake.name = namesake.name.replace(old.encode(), namesake.hash.encode(), 1)
    font.namesakes.append(namesake)
    stream._fonts[namesake.hash] = namesake  # noqa: SLF001 (where `build_fonts_dictionary` finds it)
    return namesake
