"""The texts of a proof in, fonts that are not in the file, fonts made of drawings and letters without a glyph out.

ISO 32000-2, 9.9 Embedded font programs; ISO 15930-7, 6.3 asks for all of them.
"""

from __future__ import annotations

import re
from struct import unpack
from typing import TYPE_CHECKING

from stele.print.preflight.flaws import flaw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Object

    from stele.print.preflight.flaws import Flaw
    from stele.print.preflight.proof import Proof, Sheet

_HEADER, _TABLE = 12, 16  # bytes, of the table of tables of an OpenType font and of each entry
_CID_CHAR = re.compile(rb"^<([0-9a-fA-F]{4})> (\d+)$", re.MULTILINE)  # ISO 32000-2, 9.7.5.4 CMaps
_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def embedded(proof: Proof) -> Iterator[Flaw]:
    """Yield the fonts of each page that are not in the file."""
    for sheet in proof.sheets:
        for font in _fonts(sheet):
            if str(font.Subtype) != "/Type3" and not _is_embedded(font):
                yield flaw("unembedded-font", sheet.number, font=_name(font))


def outlined(proof: Proof) -> Iterator[Flaw]:
    """Yield the pages with letters that are drawings (Type 3)."""
    for sheet in proof.sheets:
        if any(str(font.Subtype) == "/Type3" for font in _fonts(sheet)):
            yield flaw("type3-font", sheet.number)


def complete(proof: Proof) -> Iterator[Flaw]:
    """Yield the fonts of each page that lack a letter: WeasyPrint writes a glyph for it that the file has not."""
    counts: dict[tuple[int, int], int | None] = {}
    for sheet in proof.sheets:
        for font in _fonts(sheet):
            if font.objgen not in counts:
                counts[font.objgen] = _glyph_count(font)
            count = counts[font.objgen]
            if count is not None and not _glyphs(sheet, font) <= set(range(1, count)):
                yield flaw("missing-glyph", sheet.number, font=_name(font))


def _glyphs(sheet: Sheet, font: Object) -> set[int]:
    """Return the numbers of the glyphs that a page shows in a font: its codes of two bytes, or what its CMap says."""
    from pikepdf import Stream

    strings = (mark.codes for mark in sheet.marks if mark.font is not None and mark.font.objgen == font.objgen)
    codes = {code for string in strings for code in unpack(f">{len(string) // 2}H", string[: len(string) // 2 * 2])}
    cmap = font.Encoding.read_bytes() if isinstance(font.Encoding, Stream) else b""
    drawn = {int(code, 16): int(glyph) for code, glyph in _CID_CHAR.findall(cmap)}
    return {drawn.get(code, code) for code in codes}


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


def _fonts(sheet: Sheet) -> list[Object]:
    """Return each font of a page once."""
    fonts = {mark.font.objgen: mark.font for mark in sheet.marks if mark.font is not None}
    return list(fonts.values())


def _is_embedded(font: Object) -> bool:
    described = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    return "/FontDescriptor" in described and any(key in described.FontDescriptor for key in _FILES)


def _name(font: Object) -> str:
    return str(font.get("/BaseFont", "Type 3")).removeprefix("/").rpartition("+")[2]
