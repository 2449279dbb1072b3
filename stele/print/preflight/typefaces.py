"""A font of an open PDF in, what the checks of texts ask of it out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pikepdf import Object

_HEADER, _TABLE = 12, 16  # bytes, of the table of tables of an OpenType font and of each entry
_CID_CHAR = re.compile(rb"^<([0-9a-fA-F]{4})> (\d+)$", re.MULTILINE)  # ISO 32000-2, 9.7.5.4 CMaps
_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


@dataclass(frozen=True, slots=True, eq=False)
class Font:
    """A font that is in the file or is not, or whose letters are drawn (Type 3).

    `glyphs` is how many it has, if a code is the number of a glyph but for those `renamed`, None of any other.
    """

    name: str
    is_drawn: bool
    is_embedded: bool
    glyphs: int | None
    renamed: Mapping[int, int]


def font_of(item: Object) -> Font:
    """Return what is known of a font."""
    from pikepdf import Stream

    glyphs = _glyph_count(item)
    cmap = item.Encoding.read_bytes() if glyphs is not None and isinstance(item.Encoding, Stream) else b""
    return Font(
        str(item.get("/BaseFont", "Type 3")).removeprefix("/").rpartition("+")[2],
        str(item.Subtype) == "/Type3",
        _is_embedded(item),
        glyphs,
        {int(code, 16): int(glyph) for code, glyph in _CID_CHAR.findall(cmap)},
    )


def _glyph_count(font: Object) -> int | None:
    """Return how many glyphs a font has whose codes are their numbers, as in all that we write, None of any other.

    OpenType specification, maxp: the number is that of two bytes after the version.
    """
    from pikepdf import Dictionary

    if str(font.Subtype) != "/Type0" or str(font.DescendantFonts[0].get("/CIDToGIDMap", "")) != "/Identity":
        return None
    described = font.DescendantFonts[0].get("/FontDescriptor", Dictionary())
    data = next((described[key].read_bytes() for key in _FILES if key in described), b"")
    tables = (data[at : at + _TABLE] for at in range(_HEADER, _HEADER + _TABLE * _number(data, 4), _TABLE))
    start = next((int.from_bytes(table[8:12], "big") for table in tables if table[:4] == b"maxp"), None)
    return None if start is None else _number(data, start + 4)


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2], "big")


def _is_embedded(font: Object) -> bool:
    described = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    return "/FontDescriptor" in described and any(key in described.FontDescriptor for key in _FILES)
