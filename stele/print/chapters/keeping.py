"""A piece of a book in, the same out in another process, with the files of its fonts, which many pieces share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.print.chapters import typefaces

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from stele.cache.keeping import Keeping
    from stele.print.chapters.writing import Written


@dataclass(frozen=True, slots=True)
class Chapter:
    """A piece as it was made, with what WeasyPrint said meanwhile and the addresses that it was refused."""

    written: Written
    said: tuple[str, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A piece: how many pages it seems to have, where its anchors seem to be, and the files that were read for it.

    Where its pages were counted alone there is no `chapter`.
    """

    pages: int
    anchors: Mapping[str, int]
    read: tuple[Path, ...]
    chapter: Chapter | None = None


def keep(keeping: Keeping, piece: Kept, *names: object) -> None:
    """Keep a piece by its names."""
    for typeface in piece.chapter.written.typefaces if piece.chapter else ():
        keeping.keep(typefaces.content(typeface), typeface.file)
    keeping.keep(piece, *names)


def recalled(keeping: Keeping, *names: object) -> Kept | None:
    """Return the piece that is kept by these names, whose fonts are known from now on; None where there is none."""
    piece: Kept | None = keeping.recalled(*names)
    for typeface in piece.chapter.written.typefaces if piece and piece.chapter else ():
        content = typefaces.content(typeface) or keeping.recalled(typeface.file)
        if content is None:
            return None
        typefaces.know({typeface.file: content})
    return piece
