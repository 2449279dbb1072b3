"""The texts of a proof in, fonts that are not in the file, fonts made of drawings and letters without a glyph out.

ISO 32000-2, 9.9 Embedded font programs; ISO 15930-7, 6.3 asks for all of them.
"""

from __future__ import annotations

from collections import defaultdict
from struct import unpack
from typing import TYPE_CHECKING

from stele.print.preflight.flaws import flaw

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stele.print.preflight.flaws import Flaw
    from stele.print.preflight.proof import Proof, Sheet
    from stele.print.preflight.typefaces import Font


def embedded(proof: Proof) -> Iterator[Flaw]:
    """Yield the fonts of each page that are not in the file."""
    for sheet in proof.sheets:
        for font in _texts(sheet):
            if not (font.is_drawn or font.is_embedded):
                yield flaw("unembedded-font", sheet.number, font=font.name)


def outlined(proof: Proof) -> Iterator[Flaw]:
    """Yield the pages with letters that are drawings (Type 3)."""
    for sheet in proof.sheets:
        if any(font.is_drawn for font in _texts(sheet)):
            yield flaw("type3-font", sheet.number)


def complete(proof: Proof) -> Iterator[Flaw]:
    """Yield the fonts of each page that lack a letter: WeasyPrint writes a glyph for it that the file has not."""
    for sheet in proof.sheets:
        for font, strings in _texts(sheet).items():
            if font.glyphs is not None and not all(0 < glyph < font.glyphs for glyph in _glyphs(strings, font)):
                yield flaw("missing-glyph", sheet.number, font=font.name)


def _texts(sheet: Sheet) -> dict[Font, list[bytes]]:
    """Return the strings that a page shows in each font."""
    texts: dict[Font, list[bytes]] = defaultdict(list)
    for mark in sheet.marks:
        if mark.font is not None:
            texts[mark.font].append(mark.codes)
    return texts


def _glyphs(strings: Iterable[bytes], font: Font) -> set[int]:
    """Return the numbers of glyphs for codes of two bytes: the codes themselves, or what their CMap says."""
    codes = {code for string in strings for code in unpack(f">{len(string) // 2}H", string[: len(string) // 2 * 2])}
    return {font.renamed.get(code, code) for code in codes}
