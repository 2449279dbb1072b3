"""The texts of a proof in, fonts that are not in the file, fonts made of drawings and letters without a glyph out.

ISO 32000-2, 9.9 Embedded font programs; ISO 15930-7, 6.3 asks for all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.print.preflight.flaws import flaw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Object

    from stele.print.preflight.flaws import Flaw
    from stele.print.preflight.proof import Proof, Sheet

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
    """Yield the pages on which a font shows its box for a missing letter."""
    for sheet in proof.sheets:
        fonts = {_name(mark.font) for mark in sheet.marks if mark.lacks_glyph and mark.font is not None}
        for name in sorted(fonts):
            yield flaw("missing-glyph", sheet.number, font=name)


def _fonts(sheet: Sheet) -> list[Object]:
    """Return each font of a page once."""
    fonts = {mark.font.objgen: mark.font for mark in sheet.marks if mark.font is not None}
    return list(fonts.values())


def _is_embedded(font: Object) -> bool:
    described = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    return "/FontDescriptor" in described and any(key in described.FontDescriptor for key in _FILES)


def _name(font: Object) -> str:
    return str(font.get("/BaseFont", "Type 3")).removeprefix("/").rpartition("+")[2]
