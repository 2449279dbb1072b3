"""Booklet HTML in, tagged PDF out, with every warning of the renderer. The door to weasyprint.

The renderer reads files only below the folders it is given and nothing from the network; its fonts are those of the
theme alone.
"""

from __future__ import annotations

import ctypes.util
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from stele.print import loading
from stele.print.chapters import style_sheets
from stele.print.chapters.book import chapters
from stele.print.chapters.joining import joined
from stele.print.chapters.setting import OPTIONS, filled
from stele.print.chapters.writing import covers, look, misprinted_notes
from stele.print.fetching import blocked, fetcher
from stele.print.listening import listening, remarks
from stele.print.mends.order import MENDS
from stele.print.printed_words import Packed, bound
from stele.print.roll.names import has_rolls
from stele.sources import fonts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from stele.cache.keeping import Keeping
    from stele.print.bilingual.facing import Facing
    from stele.print.preflight.flaws import Flaw, Remark

# What WeasyPrint 70 loads by name; without the last it subsets fonts itself, slowly.
LIBRARIES = {
    "gobject-2.0": "libglib2.0-0",
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz": "libharfbuzz0b",
    "harfbuzz-subset": "libharfbuzz-subset0",
    "fontconfig": "libfontconfig1",
}

_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><cachedir>{cache}</cachedir>{folders}
<selectfont><acceptfont>{files}</acceptfont><rejectfont><glob>*</glob></rejectfont></selectfont></fontconfig>
"""


@dataclass(frozen=True, slots=True)
class Print:
    """A rendered booklet: the PDF, its number of pages, what the renderer had to say, and the words it should show.

    `covers` are what the HTML calls its first and its last page, empty where it does not. `flaws` are lines and
    pages that are broken badly.
    """

    pdf: bytes
    pages: int
    diagnostics: tuple[Remark, ...]
    words: Packed
    covers: tuple[str, str] = ("", "")
    flaws: tuple[Flaw, ...] = ()


def can_set_type(missing: tuple[str, ...]) -> bool:
    """Say whether booklets can be made where the libraries `missing` are; without fast subsets they can."""
    return not set(missing) - {"harfbuzz-subset"}


@cache
def missing_libraries() -> tuple[str, ...]:
    """Return the names of the native libraries that this machine lacks, on Windows under their names there."""
    return tuple(name for name in LIBRARIES if not any(map(ctypes.util.find_library, (name, f"lib{name}-0"))))


def private_fonts(folder: Path, files: Iterable[Path] = ()) -> dict[str, str]:
    """Write a fontconfig configuration that knows `files` and no other font; return the environment that selects it.

    A booklet must look the same on every machine, so a glyph that the theme lacks is reported and never borrowed. What
    WeasyPrint unpacks for itself goes into `folder` too: a worker is ended before it could tidy up.
    """
    known = sorted(fonts.unpacked(file, folder) for file in files)
    folders = "".join(f"<dir>{escape(str(path))}</dir>" for path in dict.fromkeys(file.parent for file in known))
    globs = "".join(f"<glob>{escape(str(file))}</glob>" for file in known)
    config = folder / "fonts.conf"
    text = _FONTCONFIG.format(cache=escape(str(folder / "cache")), folders=folders, files=globs)
    config.write_text(text, encoding="utf-8")
    return {"FONTCONFIG_FILE": str(config), "TMPDIR": str(folder)}


@dataclass(frozen=True, slots=True)
class Beginning:
    """Loads WeasyPrint, mends it, and unpacks `files` of fonts, before there is something to set."""

    files: tuple[Path, ...]

    def __call__(self) -> None:
        """Do so in this process."""
        with listening():
            _mend()
        for file in self.files:
            with suppress(Exception):  # whoever asks for the font is told
                fonts.as_sfnt(file)


def render(html: str, roots: Sequence[Path], name: str, *, multiple_of: int = 4, kept: Keeping | None = None) -> Print:
    """Return the HTML as PDF/UA-1 with a multiple of so many pages, blanks before the last.

    `roots` are the folders from which images, style sheets and fonts may be read; `name` is what diagnostics call
    the booklet, whose chapters are `kept` there. Meant to run in a worker whose room is furnished by `private_fonts`.
    """
    with listening() as said:
        _mend()
        if has_rolls(html):
            return _with_rolls(html, fetcher(roots, said), name, multiple_of)
        made = chapters(html, roots, name, multiple_of, said, kept)
        said += [message for chapter in made for message in chapter.said]
    pieces = [chapter.written for chapter in made]
    seen = [piece.seen for piece in pieces]
    found = [
        *remarks(said, name),
        *blocked((address for chapter in made for address in chapter.refused), name),
        *(remark for each in seen for remark in each.remarks),
    ]
    is_crowded = any(each.crowded for each in seen)
    words = Packed() if is_crowded else bound(each.words for each in seen)
    flaws = () if is_crowded else tuple(found for each in seen for found in each.flaws)
    pages = sum(piece.pages for piece in pieces)
    return Print(joined(pieces), pages, tuple(dict.fromkeys(found)), words, pieces[0].covers, flaws)


def render_facing(sides: Facing, roots: Sequence[Path], name: str, *, multiple_of: int = 4) -> Print:
    """Return the two languages of a booklet on facing pages, otherwise as `render` does.

    What is longer than a page is reported, and cut off.
    """
    from stele.print.bilingual.layout import long_blocks, side_by_side  # brings parsers that no other booklet needs

    with listening() as said:
        _mend()
        reader = fetcher(roots, said)
        laid_out = side_by_side(sides, lambda html: _laid_out(html, reader))
        document = filled(laid_out.documents[0].copy(laid_out.pages), 0, multiple_of)
        made = _in_one(document, laid_out.documents, (sides.ours, sides.theirs), reader, name)
    return replace(made, diagnostics=(*made.diagnostics, *long_blocks(sides, laid_out, name)))


def _with_rolls(html: str, reader: Any, name: str, multiple_of: int) -> Print:
    """Return a booklet with rolls that draw themselves; it is not divided, for it counts their pages as a whole."""
    from stele.print.roll.making import with_rolls  # most booklets have none, and need no layout of their own

    document = filled(with_rolls(html, lambda part: _laid_out(part, reader)), 0, multiple_of)
    return _in_one(document, [document], [html], reader, name)


def _in_one(document: Any, sources: Sequence[Any], htmls: Sequence[str], reader: Any, name: str) -> Print:
    """Return a document of WeasyPrint as it is; its pages are those of `sources`, which were made of `htmls`."""
    pdf, seen = document.write_pdf(**OPTIONS), look(document, name)
    found: list[Remark] = [*remarks(reader.said, name), *blocked(reader.refused, name)]
    found += (*misprinted_notes(sources, htmls, name), *seen.remarks)
    return Print(pdf, len(document.pages), tuple(dict.fromkeys(found)), seen.words, covers(document), seen.flaws)


def _mend() -> None:
    for prepare in (*MENDS, style_sheets.prepare):
        prepare()


def _laid_out(html: str, reader: Any) -> Any:
    """Return the HTML as a document of WeasyPrint."""
    page = loading.weasyprint().HTML(string=html, base_url=None, url_fetcher=reader)
    return page.render(**OPTIONS, font_config=loading.fonts(html, reader.roots))
