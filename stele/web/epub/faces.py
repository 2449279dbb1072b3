"""The text of a book in, the fonts that it needs out: subsets of them, each with its licence.

Few readers of e-books have a Naskh, and some have no ə: a book brings its letters with it, about 15 KB for a face in
Latin letters. They are not packed as WOFF2, which the oldest devices do not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.sources import style_sheets
from stele.sources.subsets import cut

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from stele.web.faces import Faces, WebFace

_ITALIC_TAGS = re.compile(r"<(?:em|i|cite|dfn|var)\b")
_BOLD_TAGS = re.compile(r"<(?:strong|b|h[3-6]|dt|th)\b")
_PLAIN = frozenset({"400", "normal"})
_BOLD = frozenset({"700", "bold"})
# The licence of each typeface of a theme is in the file named so, behind which the names of its font files begin.
_OPEN = "OFL-"
# OpenType, Organization of an OpenType Font: the version of a font with outlines of the Compact Font Format.
_CFF = b"OTTO"


@dataclass(frozen=True, slots=True)
class Font:
    """A face in a book: what style sheets call it, its file in the package, and those that hold its licence."""

    family: str
    weight: str
    style: str
    file: str
    data: bytes
    terms: Mapping[str, bytes]


def embedded(known: Faces, sheet: str, tag: str, text: str, html: str) -> tuple[Font, ...]:
    """Return the fonts of a book in the language of `tag`, cut down to the letters of `text`."""
    wanted = frozenset(map(ord, text))
    return tuple(_font(face, wanted, known) for face in needed(known, sheet, tag, text, html))


def needed(known: Faces, sheet: str, tag: str, text: str, html: str) -> tuple[WebFace, ...]:
    """Return the faces that a book needs, of the family that its editor chose and of those that its `sheet` names.

    A family is needed for the letters of `text` that none before it has; `html` tells in which styles.
    """
    families = {known.chosen.get(tag, known.chosen.get("text", "")), *style_sheets.strings(sheet)}
    possible = [face for face in known.faces if face.family in families]
    letters = {char for char in text if char.isalnum()}
    chosen = set[str]()
    for face in possible:
        if face.is_regular and (own := face.has(letters)):
            chosen.add(face.family)
            letters = {char for char in letters if ord(char) not in own}
    is_italic, is_bold = _ITALIC_TAGS.search(html) is not None, _BOLD_TAGS.search(html) is not None
    return tuple(face for face in possible if face.family in chosen and _is_used(face, is_italic, is_bold))


def _is_used(face: WebFace, is_italic: bool, is_bold: bool) -> bool:
    """Say whether a book has words in the style of a face; what is bold and italic is shown in one of the two."""
    if _style(face) == "italic":
        return is_italic and _weight(face) in _PLAIN
    return face.is_regular or (is_bold and _weight(face) in _BOLD)


def _weight(face: WebFace) -> str:
    return face.descriptors.get("font-weight", "normal")


def _style(face: WebFace) -> str:
    return face.descriptors.get("font-style", "normal")


def _font(face: WebFace, characters: Collection[int], known: Faces) -> Font:
    data = cut(face.path, face.index, frozenset(characters))
    suffix = "otf" if data.startswith(_CFF) else "ttf"
    file = f"fonts/{face.path.stem}{f'-{face.index}' if face.index else ''}.{suffix}"
    return Font(face.family, _weight(face), _style(face), file, data, _terms(face, known))


def _terms(face: WebFace, known: Faces) -> dict[str, bytes]:
    """Return the files that say on which terms a font may be given away: ``OFL-Amiri.txt`` of all Amiri."""
    if face.family in known.licences:
        return {f"fonts/{face.path.stem}.txt": known.licences[face.family].encode()}
    return {
        f"fonts/{path.name}": path.read_bytes() for path in sorted(face.path.parent.glob("*.txt")) if _of(path, face)
    }


def _of(path: Path, face: WebFace) -> bool:
    return face.path.stem.startswith(path.stem.removeprefix(_OPEN))
