"""A simple line (see `clusters`) in, what draws it out, where WeasyPrint draws every letter as it should be read.

Most lines of most booklets are so. WeasyPrint 70 takes their glyphs one by one out of Pango's memory and reckons where
each ends (`draw_first_line` in weasyprint/draw/text.py); here what shows a glyph of some width is remembered.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from stele.print.mends.codes import code_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from stele.print.mends.clusters import Run, SetLine

_RIGHT_SIZES = 14802  # Pango 1.48.2; those before say other sizes of fonts than they set

# What shows a glyph, by its number, the letters it stands for, its width and how far it is shifted.
_Shown = dict[tuple[int, str, float, int], str]
_known: WeakKeyDictionary[Any, dict[float, _Shown]] = WeakKeyDictionary()  # by WeasyPrint's fonts and their sizes in px


def draw_plainly(stream: Any, line: SetLine, fonts: Mapping[Any, tuple[Any, float]], matrix: Any) -> bool:
    """Draw a line where `matrix` says if it is plain, and say whether it was.

    `fonts` are those of WeasyPrint, with their sizes in px, by those of Pango.
    """
    if not line.is_simple or not _can_be_remembered(font for font, _ in fonts.values()):
        return False
    known = {pango_font: _known.setdefault(font, {}).setdefault(size, {}) for pango_font, (font, size) in fonts.items()}
    shown: list[tuple[Any, str]] = []
    for run in line.runs:
        inside = _inside(run, known[run.pango_font], *fonts[run.pango_font])
        if inside is None:
            return False
        shown.append((run.pango_font, f"<{inside}>".removesuffix("<>")))
    stream.set_text_matrix(*matrix.values)
    for pango_font, runs in groupby(shown, key=itemgetter(0)):
        font, size = fonts[pango_font]
        stream.set_font_size(font.hash, size)
        stream.show_text("".join(run for _, run in runs))
    return True


def _can_be_remembered(fonts: Iterable[Any]) -> bool:
    """Say whether fonts draw no pictures, emoji, and Pango knows in what sizes it sets them."""
    from weasyprint.text.ffi import pango

    has_pictures = any(font.bitmap or font.png or font.svg or font.colr for font in fonts)
    return not has_pictures and pango.pango_version() >= _RIGHT_SIZES


def _inside(run: Run, known: _Shown, font: Any, size: float) -> str | None:
    """Return the inside of a string that shows a run; None if one of its glyphs is read as something else."""
    drawn = list(zip(run.numbers, run.letters, run.widths, run.shifts, strict=True))
    for each in drawn:
        if each not in known:
            number, letters, width, shift = each
            if number >= font.glyph_count or code_for(font, number, letters) != number:
                return None
            offset = shift / size
            kerning = _advance(font, size, number, run.pango_font) + offset - width * 1000 / size
            before, behind = f">{-offset}<" if offset else "", f">{int(kerning)}<" if kerning else ""
            known[each] = f"{before}{number:04x}{behind}"
    return "".join([known[each] for each in drawn])


def _advance(font: Any, size: float, number: int, pango_font: Any) -> int:
    """Return how far a glyph goes, in thousandths of the size of its font."""
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    if number not in font.widths:
        extents = ffi.new("PangoRectangle *")
        pango.pango_font_get_glyph_extents(pango_font, number, ffi.NULL, extents)
        font.widths[number] = round(extents.width * 1000 * FROM_UNITS / size)
    return int(font.widths[number])
