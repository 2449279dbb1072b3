"""The text of a book in, the theme's fonts that it needs, and subsets of them, out.

Few readers of e-books have a Naskh, and some have no ə: a book brings its letters with it, about 10 KB for a face in
Latin letters. The subsets are TrueType, which the oldest devices read, and keep the copyright of their font; its
licence travels beside them, as the Open Font License asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from stele.sources.theme import Theme

SHEET = "shared/fonts.css"
_RULE = re.compile(r"@font-face\s*\{([^}]*)\}")
_FAMILY = re.compile(r"font-family:\s*\"([\w .+-]+)\"")
_WEIGHT = re.compile(r"font-weight:\s*(\d+)")
_FILE = re.compile(r"url\(\"?([\w./-]+)\"?\)")
_REGULAR, _BOLD = 400, 700
_ITALIC_TAGS = re.compile(r"<(?:em|i|cite|dfn|var)\b")
_BOLD_TAGS = re.compile(r"<(?:strong|b|h[3-6]|dt|th)\b")
_OPEN = "OFL-"
# OpenType, name table: copyright, names, version, licence and where it is found.
_NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]


@dataclass(frozen=True, slots=True)
class Face:
    """A face of the theme: what style sheets call it, and its file."""

    family: str
    weight: int
    italic: bool
    path: Path

    @property
    def file(self) -> str:
        """Return the path of its subset in the package."""
        return f"fonts/{self.path.stem}.ttf"


def faces(theme: Theme) -> Iterator[Face]:
    """Yield the faces that the theme's sheet of fonts declares, in its order."""
    for rule in _RULE.findall(theme.find(SHEET).read_text(encoding="utf-8")):
        family, weight, file = (pattern.search(rule) for pattern in (_FAMILY, _WEIGHT, _FILE))
        if family and file:
            path = theme.find(f"shared/{file[1]}")
            yield Face(family[1], int(weight[1]) if weight else _REGULAR, "italic" in rule, path)


def needed(known: Collection[Face], families: str, text: str, html: str) -> tuple[Face, ...]:
    """Return the faces to be embedded: of those families whose names stand in the style sheet `families`.

    A family is needed for the letters of `text` that none before it has; `html` tells in which styles.
    """
    regular = [face for face in known if face.weight == _REGULAR and not face.italic and f'"{face.family}"' in families]
    letters = {ord(char) for char in text if char.isalnum()}
    chosen = set[str]()
    for face in regular:
        if own := letters & characters(face.path):
            chosen.add(face.family)
            letters -= own
    italic, bold = _ITALIC_TAGS.search(html) is not None, _BOLD_TAGS.search(html) is not None
    styles = {(_REGULAR, False), *([(_REGULAR, True)] if italic else []), *([(_BOLD, False)] if bold else [])}
    return tuple(face for face in known if face.family in chosen and (face.weight, face.italic) in styles)


def licences(face: Face) -> tuple[Path, ...]:
    """Return the files beside a font that say on which terms it may be given away: ``OFL-Amiri.txt`` of all Amiri."""
    texts = sorted(face.path.parent.glob("*.txt"))
    return tuple(path for path in texts if face.path.stem.startswith(path.stem.removeprefix(_OPEN)))


@cache
def characters(path: Path) -> frozenset[int]:
    """Return the code points that a font file has."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def subset(path: Path, text: str) -> bytes:
    """Return a TrueType font of the characters of `text`, with all that sets them right; runs in a worker."""
    from fontTools.subset import Options, Subsetter, load_font, save_font

    options = Options(hinting=False, name_IDs=_NAMES, notdef_outline=True)
    font = load_font(str(path), options)
    cutter = Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    font.flavor, made = None, BytesIO()
    save_font(font, made, options)
    return made.getvalue()
