"""A font of WeasyPrint and what its glyphs are read as in, codes out: one for each glyph and text, in the font's CMaps.

A PDF draws codes. WeasyPrint gives each glyph one, its number, so that a glyph is read in one way throughout. Here a
glyph that is read in several ways has a code for each (ISO 32000-2, 9.7.5.3 Embedded CMap files, 9.10.3 ToUnicode
CMaps): as a rule the same in every document, for the pieces of a book are to agree. A carrier is the code of a glyph
without outline and width: it is read, and not seen.
"""

from __future__ import annotations

from io import BytesIO
from itertools import chain, pairwise
from struct import iter_unpack
from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_LAST_CODE = 0xFFFF
_FOR_MISSING = 0x100  # codes that WeasyPrint gives to what a font lacks
_CMAP_BLOCK = 100  # ISO 32000-2, 9.7.5.4: no more entries in one block


def code_for(font: Any, glyph: int, text: str) -> int:
    """Return the code that draws a glyph and is read as a text: its number if that is free, or one behind all of them.

    A missing glyph keeps the number that WeasyPrint gives it, and so does any when a huge font leaves no code.
    """
    if glyph >= font.glyph_count or font.to_unicode.setdefault(glyph, text) == text:
        return glyph
    codes: dict[tuple[int, str], int] = font.__dict__.setdefault("codes", {})
    if (glyph, text) not in codes:
        new = _free_code(codes.values(), f"{glyph} {text}", font.glyph_count + _FOR_MISSING)
        if new is None:
            return glyph
        codes[glyph, text] = new
    return codes[glyph, text]


def _free_code(taken: Collection[int], name: str, first: int) -> int | None:
    """Return the code from `first` on that a name leads to, or the next one that is free."""
    room = range(first, _LAST_CODE + 1)
    start = crc32(name.encode()) % len(room) if room else 0
    return next((code for code in chain(room[start:], room[:start]) if code not in taken), None)


def carrier_for(font: Any, letter: str) -> int | None:
    """Return the code that draws nothing and is read as a letter; None if the font has no glyph for that."""
    if not hasattr(font, "inkless"):
        font.inkless = _inkless(font)
    if font.inkless is None:
        return None
    font.widths.setdefault(font.inkless, 0)
    return code_for(font, font.inkless, letter)


def _inkless(font: Any) -> int | None:
    """Return the first glyph that has neither outline nor width."""
    from fontTools.ttLib import TTFont

    table = TTFont(BytesIO(font.file_content), fontNumber=font.index, lazy=True)
    if "loca" not in table:
        return None
    # Widths by number, as the file has them: fontTools would name all glyphs first (OpenType hmtx).
    widths = [width for width, _ in iter_unpack(">Hh", table.reader["hmtx"][: 4 * table["hhea"].numberOfHMetrics])]
    starts = table["loca"].locations
    empty = (number for number, (start, end) in enumerate(pairwise(starts)) if start == end)
    return next((number for number in empty if not widths[min(number, len(widths) - 1)]), None)


def with_codes(build: Callable[..., Any]) -> Callable[..., Any]:
    """Return `build_fonts_dictionary` such that the fonts know the codes that `code_for` gave out."""

    def build_fonts_dictionary(pdf: Any, fonts: Any, compress: Any, *rest: Any) -> Any:
        dictionaries = build(pdf, fonts, compress, *rest)
        for font in fonts.values():
            if getattr(font, "codes", None):
                _add_codes(pdf, _object(pdf, dictionaries[font.hash]), font, compress)
        return dictionaries

    return build_fonts_dictionary


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _add_codes(pdf: Any, dictionary: Any, font: Any, compress: Any) -> None:
    read = [f"<{code:04x}> <{text.encode('utf-16-be').hex()}>" for (_, text), code in font.codes.items()]
    drawn = [f"<{code:04x}> {glyph}" for (glyph, _), code in font.codes.items()]
    _insert(_object(pdf, dictionary["ToUnicode"]), _blocks("bfchar", read))
    if dictionary["Encoding"] == "/Identity-H":
        cmap = _identity_cmap(font.glyph_count, compress)
        pdf.add_object(cmap)
        dictionary["Encoding"] = cmap.reference
    _insert(_object(pdf, dictionary["Encoding"]), _blocks("cidchar", drawn))


def _insert(cmap: Any, lines: list[bytes]) -> None:
    cmap.stream[-4:-4] = lines  # before endcmap and what follows it


def _blocks(kind: str, entries: list[str]) -> list[bytes]:
    found = []
    for start in range(0, len(entries), _CMAP_BLOCK):
        block = entries[start : start + _CMAP_BLOCK]
        found += [f"{len(block)} begin{kind}", *block, f"end{kind}"]
    return [line.encode() for line in found]


def _identity_cmap(glyph_count: int, compress: Any) -> Any:
    """Return a CMap by which each code below `glyph_count` draws the glyph of its number."""
    import pydyf

    adobe = {"Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("Identity"), "Supplement": 0}
    entries = {"Type": "/CMap", "CMapName": "/Stele-Glyphs-H", "CIDSystemInfo": pydyf.Dictionary(adobe)}
    # ISO 32000-2, 9.7.5.4: a range may not run over the first byte of a code
    ranges = [
        f"<{first:04x}> <{min(first + 0xFF, glyph_count - 1):04x}> {first}" for first in range(0, glyph_count, 0x100)
    ]
    head = [
        b"/CIDInit /ProcSet findresource begin",
        b"12 dict begin",
        b"begincmap",
        b"/CIDSystemInfo 3 dict dup begin /Registry (Adobe) def /Ordering (Identity) def /Supplement 0 def end def",
        b"/CMapName /Stele-Glyphs-H def",
        b"/CMapType 1 def",
        b"1 begincodespacerange",
        b"<0000> <ffff>",
        b"endcodespacerange",
        *_blocks("cidrange", ranges),
    ]
    tail = [b"endcmap", b"CMapName currentdict /CMap defineresource pop", b"end", b"end"]
    return pydyf.Stream([*head, *tail], pydyf.Dictionary(entries), compress=compress)
