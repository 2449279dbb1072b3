"""A font file and characters in, a font of no more than these out, by HarfBuzz."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from stele.sources import fonts
from stele.sources.shaping import harfbuzz

if TYPE_CHECKING:
    from pathlib import Path

# HarfBuzz keeps what browsers apply unasked: joining, marks, kerning, ligatures, the forms of a language. Figures of
# one width, which style sheets ask for in tables, and their kin are kept besides (OpenType, registered features).
_FIGURES = (b"tnum", b"pnum", b"lnum", b"onum")
# Copyright, licence and its address (OpenType name, name IDs). A subset is no longer the typeface: it has its licence,
# as that asks for, and not its name, which some reserve (Open Font License 1.1, 3).
_KEPT_NAMES = (0, 13, 14)


@cache
def subset(path: Path, index: int, characters: frozenset[int]) -> bytes:
    """Return what `cut` returns as WOFF2, in which the web has it."""
    return fonts.as_woff2(cut(path, index, characters))


@cache
def cut(path: Path, index: int, characters: frozenset[int]) -> bytes:
    """Return face `index` of a font file with the code points `characters`, and all that shapes them, as OpenType.

    The same file and characters give the same bytes.
    """
    uharfbuzz = harfbuzz()
    face = uharfbuzz.Face(fonts.as_sfnt(path), index)
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(characters)
    wanted.layout_feature_tag_set.update(int.from_bytes(tag, "big") for tag in _FIGURES)
    wanted.name_id_set.clear()
    wanted.name_id_set.update(_KEPT_NAMES)
    return bytes(uharfbuzz.subset(face, wanted).blob.data)
