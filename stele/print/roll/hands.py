"""A word and the hand that it is written in, in; its shape out: glyphs of the fonts that have them, and its width.

A hand is what a style sheet says of the names in one language: fonts in their order, size, features. Words come again
and again in a roll, so each is shaped once. All lengths are in px of CSS.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any

from stele.language.scripts import script_of
from stele.language.visual_order import in_order, levels
from stele.print.mends.clusters import Cluster
from stele.sources.shaping import Shaper

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from stele.sources.shaping import Glyph

_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_SCRIPTS = {"Arabic": "Arab", "Hebrew": "Hebr", "Cyrillic": "Cyrl", "Georgian": "Geor", "Armenian": "Armn"}
_BEFORE = {"Arab": "\u0627 ", "Hebr": "\u05d0 "}  # digits know what letters they follow, and these may be a word before


@dataclass(frozen=True, eq=False)
class Run:
    """A part of a word in one font of Pango, `size` px high, and one direction, with its glyphs from left to right."""

    font: Any
    size: float
    text: str
    is_rtl: bool
    glyphs: tuple[Glyph, ...]

    @cached_property
    def clusters(self) -> tuple[Cluster, ...]:
        """Its clusters from left to right."""
        return tuple(_clusters(self))


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A shaped word: its runs from left to right, and its width in px.

    `is_turned` says that it has letters of the direction that is not its hand's.
    """

    hand: Hand
    text: str
    runs: tuple[Run, ...]
    width: float
    is_turned: bool


class Pieces(dict[str, Piece]):
    """The words of a hand by their text, each shaped when it is first asked for."""

    def __init__(self, hand: Hand) -> None:
        """Begin without any."""
        super().__init__()
        self._hand = hand

    def __missing__(self, text: str) -> Piece:
        """Shape a word."""
        piece = self[text] = self._hand.shaped(text)
        return piece


class Hand:
    """A style of WeasyPrint, its size in px, and its words.

    `fonts` are those of Pango by the characters that they are chosen for.
    """

    def __init__(self, style: Any, direction: str, fonts: Mapping[str, Any]) -> None:
        """Take a style, and what is known of it from text that WeasyPrint has set in it."""
        self.style, self.direction, self.size = style, direction, float(style["font_size"])
        self._fonts, self._shapers = fonts, dict[Any, Shaper]()
        self._script = _SCRIPTS.get(script_of(style["lang"] or "en"), "Latn")
        self._features = _features(style)
        self.font = fonts.get(" ") or next(iter(fonts.values()))
        self.pieces = Pieces(self)
        self.space = self.pieces[" "].width

    def shaped(self, text: str) -> Piece:
        """Return a word in its shape."""
        runs = tuple(self._runs(text))
        width = sum(glyph.advance for run in runs for glyph in run.glyphs) * self.size
        turned = any(_STRONG.get(unicodedata.bidirectional(char), self.direction) != self.direction for char in text)
        return Piece(self, text, runs, width, turned)

    def _runs(self, text: str) -> Iterator[Run]:
        """Yield the runs of a word from left to right."""
        before = _BEFORE.get(self._script, "") if self.direction == "rtl" else ""
        found = levels(before + text, self.direction)[len(before) :]
        spots = zip(text, self._chosen(text), found, strict=True)
        parts = [
            (font, level, "".join(char for char, _, _ in part))
            for (font, level), part in groupby(spots, key=lambda spot: spot[1:])
        ]
        for font, level, part in in_order(parts, [level for _, level, _ in parts]):
            is_rtl = bool(level % 2)
            yield Run(font, self.size, part, is_rtl, self._shaper(font).shape(part, is_rtl=is_rtl, script=self._script))

    def _chosen(self, text: str) -> list[Any]:
        """Return the font of each character: marks and what draws nothing go with the letter before."""
        own = [None if unicodedata.combining(char) else self._fonts.get(char) for char in text]
        first = next((font for font in own if font is not None), self._fonts.get(text[:1], self.font))
        return list(accumulate(own, lambda before, font: before if font is None else font, initial=first))[1:]

    def _shaper(self, font: Any) -> Shaper:
        if font not in self._shapers:
            self._shapers[font] = _shaper(font, self.style["lang"] or "en", self._features)
        return self._shapers[font]


def _clusters(run: Run) -> Iterator[Cluster]:
    starts = sorted({glyph.start for glyph in run.glyphs})
    ends = dict(zip(starts, [*starts[1:], len(run.text)], strict=True))
    for start, group in groupby(run.glyphs, key=lambda glyph: glyph.start):
        glyphs = list(group)
        first = 0 if start == starts[0] else start
        width = sum(glyph.advance for glyph in glyphs) * run.size
        numbers = tuple(glyph.number for glyph in glyphs)
        yield Cluster(run.font, numbers, run.text[first : ends[start]], first, width, run.is_rtl)


def _features(style: Any) -> dict[str, int]:
    from weasyprint.text.fonts import font_features

    kinds = ("ligatures", "position", "caps", "numeric", "alternates", "east_asian")
    variants = (style[f"font_variant_{kind}"] for kind in kinds)
    return dict(font_features(style["font_kerning"], *variants, style["font_feature_settings"]))


def _shaper(pango_font: Any, language: str, features: Mapping[str, int]) -> Shaper:
    from weasyprint.pdf.fonts import Font
    from weasyprint.text.fonts import get_pango_font_key

    _, description, size = get_pango_font_key(pango_font)
    font = Font(pango_font, description, size)
    return Shaper(font.file_content, font.index, language=language, features=features, variations=font.variations)
