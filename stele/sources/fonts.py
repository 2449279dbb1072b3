"""Names of type families in, the font files that have them and the characters these cover out. The door to fontTools.

A booklet is set in the fonts of its theme, in a family that its editor has chosen, and, for a script that no theme can
carry, in one of the machine's own. Nothing else of the machine is ever used.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from stele.language.casing import folded, keyword

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from stele.sources.theme import Theme

_LIKELY = 8  # letters by which a file and its family are called alike
SUFFIXES = (".ttf", ".otf", ".ttc", ".otc", ".woff2")
_LEGAL = (0, 13, 14)  # copyright, licence and its address (OpenType name, name IDs)
_NOT_FOR_ALL = 0x030E  # restricted, to be previewed, edited, not to be subset, bitmaps alone (OpenType OS/2, fsType)

# Scripts of too many letters for a theme to carry: families that have them in a face for books, the best first, and the
# package of Debian that brings one.
NEEDED: Mapping[str, tuple[tuple[str, ...], str]] = {
    "zh": (("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Songti SC", "SimSun"), "fonts-noto-cjk"),
    "zh-Hant": (("Noto Serif CJK TC", "Noto Serif TC", "Source Han Serif TC", "Songti TC"), "fonts-noto-cjk"),
    "ja": (("Noto Serif CJK JP", "Noto Serif JP", "Source Han Serif", "Hiragino Mincho ProN"), "fonts-noto-cjk"),
    "hi": (("Noto Serif Devanagari", "Noto Sans Devanagari", "Lohit Devanagari", "Mangal"), "fonts-noto-core"),
}


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a family, number `index` of its file; `weight` is 1 to 1000 (OpenType OS/2, usWeightClass)."""

    path: Path
    index: int
    family: str
    weight: int
    italic: bool


def needed(tag: str) -> tuple[tuple[str, ...], str] | None:
    """Return the families that can set the language of `tag`, and a package that has one; None where the theme can."""
    language, _, rest = tag.partition("-")
    if tag in ("zh-TW", "zh-HK", "zh-MO"):
        return NEEDED["zh-Hant"]
    return NEEDED.get(f"{language}-{rest[:4]}") or NEEDED.get(language)


def faces_of(family: str, folders: Iterable[Path]) -> tuple[Face, ...]:
    """Return the faces of `family` in the font files below `folders`: one for each style, the weights nearest to use.

    At most four, as a text needs: regular and bold, upright and italic.
    """
    found = _named(family, folders)
    wanted = [(weight, italic) for weight in (400, 700) for italic in (False, True)]
    chosen = [_nearest(found, weight, italic) for weight, italic in wanted]
    return tuple(dict.fromkeys(face for face in chosen if face is not None))


def _named(family: str, folders: Iterable[Path]) -> list[Face]:
    """Return the faces of a family, from the first folder that has any; files called like it are read first."""
    key = _letters(family)
    for folder in folders:
        files = _files((folder,))
        likely = [path for path in files if key.startswith(_letters(path.stem.partition("-")[0])[:_LIKELY])]
        for paths in (likely, files):
            if found := [face for path in paths for face in _faces(path) if face.family == family]:
                return found
    return []


def _letters(name: str) -> str:
    return folded("".join(filter(str.isalnum, name)))


def _nearest(faces: Collection[Face], weight: int, italic: bool) -> Face | None:
    styled = [face for face in faces if face.italic == italic]
    return min(styled, key=lambda face: (abs(face.weight - weight), str(face.path)), default=None)


def characters(faces: Iterable[Face]) -> frozenset[int]:
    """Return the code points that at least one of the faces has."""
    return frozenset().union(*(_characters(face.path, face.index) for face in faces))


def theme_characters(theme: Theme) -> frozenset[int]:
    """Return the code points that the fonts of a theme have."""
    return frozenset().union(*(_characters(path, 0) for path in theme.files("", SUFFIXES).values()))


def unpacked(path: Path, folder: Path) -> Path:
    """Return a font file that Pango reads: `path`, or what a WOFF2 file holds, written into `folder`."""
    if keyword(path.suffix) != ".woff2":
        return path
    from fontTools.ttLib import TTFont

    copy = folder / f"{path.stem}.ttf"
    with path.open("rb") as stream:
        font = TTFont(stream)
        font.flavor = None
        font.save(copy)
    return copy


@cache
def as_sfnt(path: Path) -> bytes:
    """Return a font file as Pango and HarfBuzz read it, a WOFF2 file unpacked; raise `fontTools.ttLib.TTLibError`."""
    if keyword(path.suffix) != ".woff2":
        return path.read_bytes()
    from fontTools.ttLib.sfnt import SFNTWriter
    from fontTools.ttLib.woff2 import WOFF2Reader

    unpacked = BytesIO()
    with path.open("rb") as stream:
        tables = WOFF2Reader(stream)  # read as they are: to take a font apart and save it takes three times as long
        writer = SFNTWriter(unpacked, len(tables.keys()), tables.sfntVersion)
        for tag in tables.keys():  # noqa: SIM118 (no mapping)
            writer[tag] = tables[tag]
        writer.close()
    return unpacked.getvalue()


def as_woff2(font: bytes) -> bytes:
    """Return a font packed for the web, always the same for the same bytes."""
    from fontTools.ttLib import TTFont

    _pack_quickly()
    packed = BytesIO()
    with TTFont(BytesIO(font), recalcTimestamp=False) as opened:
        opened.flavor = "woff2"
        opened.save(packed)
    return packed.getvalue()


@cache
def _pack_quickly() -> None:
    """Let Brotli take half of the time for files that are a hundredth larger: fontTools has no setting for that.

    Its bounds of a glyph are those that the glyph's own coordinates know, without a pair of numbers for each.
    """
    from fontTools.ttLib import woff2
    from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates

    brotli = vars(woff2)["brotli"]
    woff2.calcIntBounds = GlyphCoordinates.calcIntBounds
    woff2.brotli = SimpleNamespace(**{**vars(brotli), "compress": partial(brotli.compress, quality=10)})


@dataclass(frozen=True, slots=True)
class Licence:
    """What a font file says of its use: whether it may be installed by anybody, and its copyright and licence."""

    is_open: bool
    text: str


def licence(face: Face) -> Licence:
    """Return what the file of a face allows.

    A site gives its fonts to everybody who reads it. Of the levels of embedding only the first allows that; the others
    are for documents, and a font may forbid to be subset (OpenType OS/2, fsType).
    """
    with _opened(face.path) as fonts:
        font = fonts[face.index]
        names = [font["name"].getDebugName(number) for number in _LEGAL]
        return Licence(font["OS/2"].fsType & _NOT_FOR_ALL == 0, "\n\n".join(filter(None, names)))


def families(folders: Iterable[Path]) -> list[str]:
    """Return the names of all families below `folders`, in alphabetical order."""
    return sorted({face.family for path in _files(tuple(folders)) for face in _faces(path)})


def families_with(code: int, folders: Iterable[Path]) -> list[str]:
    """Return the families below `folders` that have a character, in alphabetical order."""
    faces = (face for path in _files(tuple(folders)) for face in _faces(path))
    return sorted({face.family for face in faces if code in _characters(face.path, face.index)})


def missing(text: str, known: Collection[int]) -> list[str]:
    """Return the characters of `text` that need a glyph and are not among the code points `known`, each once."""
    return [char for char in dict.fromkeys(text) if ord(char) not in known and _is_drawn(char)]


def named(char: str) -> str:
    """Return a character with its code point and its name in Unicode."""
    return f"“{char}” (U+{ord(char):04X} {unicodedata.name(char, 'without a name')})"


def system_folders() -> tuple[Path, ...]:
    """Return where a machine keeps its fonts, on the systems that Stele runs on."""
    home = Path.home()
    if sys.platform == "darwin":
        places = [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    elif sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", "C:/Windows"))
        places = [windows / "Fonts", home / "AppData/Local/Microsoft/Windows/Fonts"]
    else:
        places = [
            Path("/usr/share/fonts"),
            Path("/usr/local/share/fonts"),
            home / ".local/share/fonts",
            home / ".fonts",
        ]
    return tuple(place for place in places if place.is_dir())


def _is_drawn(char: str) -> bool:
    """Say whether a character needs a glyph: white space, controls and joiners do not."""
    return unicodedata.category(char) not in ("Cc", "Cf", "Zl", "Zp", "Zs") and not 0xFE00 <= ord(char) <= 0xFE0F


@cache
def _files(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    return tuple(sorted(path for folder in folders for path in folder.rglob("*") if keyword(path.suffix) in SUFFIXES))


@cache
def _faces(path: Path) -> tuple[Face, ...]:
    """Return the faces of a file. Whatever fontTools stumbles over in a broken one, it has none."""
    with suppress(Exception), _opened(path) as fonts:
        return tuple(face for index, font in enumerate(fonts) if (face := _face(path, index, font)))
    return ()


def _face(path: Path, index: int, font: Any) -> Face | None:
    """Return a face, None for a variable font: that is several in one, of which WeasyPrint draws the first alone."""
    family, style = font["name"].getBestFamilyName(), font["OS/2"]
    if not family or "fvar" in font:
        return None
    is_italic = bool(style.fsSelection & 0x201)  # OpenType OS/2: italic, oblique
    return Face(path, index, family, style.usWeightClass, is_italic)


@cache
def _characters(path: Path, index: int) -> frozenset[int]:
    with suppress(Exception), _opened(path) as fonts:
        return frozenset(fonts[index].getBestCmap() or ())
    return frozenset()


@contextmanager
def _opened(path: Path) -> Iterator[Sequence[Any]]:
    """Open the fonts of a file, of which nothing may be asked that its tables do not have."""
    from fontTools.ttLib import TTCollection, TTFont

    with path.open("rb") as stream:
        is_collection = keyword(path.suffix) in (".ttc", ".otc")
        yield TTCollection(stream, lazy=True).fonts if is_collection else [TTFont(stream, lazy=True)]
