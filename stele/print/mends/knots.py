"""The glyphs of a line in, knots out: what has to be read together, with the letters that it is read as.

A knot is a cluster of Pango, or several in right-to-left text that poppler 22 would part: a mark that Pango does not
put into the cluster of its letter, and letters with a gap between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from stele.print.mends.codes import carrier_for

if TYPE_CHECKING:
    from stele.print.mends.clusters import Cluster

_PARTING = 0.098  # of the font size; poppler 22 parts words at a gap of 0.1


@dataclass(frozen=True, slots=True)
class Placed:
    """A glyph on its line: its font and size in px, where its pen starts, how far that goes, and its rise."""

    font: str
    size: float
    code: int
    x: float
    advance: float
    rise: float


@dataclass(slots=True)
class Knot:
    """Glyphs that are read together. `letters` stand from left to right, if they are read from right to left."""

    font: Any
    placed: list[Placed]
    letters: str
    is_rtl: bool

    @property
    def left(self) -> float:
        """Where its first glyph starts, in px from the start of the line."""
        return min(place.x for place in self.drawn)

    @property
    def right(self) -> float:
        """Where its last glyph ends, in px from the start of the line."""
        return max(place.x + place.advance for place in self.placed)

    @property
    def size(self) -> float:
        """The size of its font in px."""
        return self.placed[0].size

    @property
    def has_advance(self) -> bool:
        """Whether it is more than a mark."""
        return any(place.advance for place in self.placed)

    @property
    def has_carriers(self) -> bool:
        """Whether its letters but one are carried (see `codes`)."""
        return self.is_rtl and len(self.letters) > 1 and carrier_for(self.font, self.letters[0]) is not None

    @property
    def drawn(self) -> list[Placed]:
        """The glyphs without marks, which have no width; a mark that stands alone counts as a glyph."""
        return [place for place in self.placed if place.advance] or self.placed

    @property
    def marks(self) -> list[Placed]:
        """The glyphs that have no width, unless there are no others."""
        return [place for place in self.placed if not place.advance] if self.has_advance else []

    @property
    def is_single(self) -> bool:
        """Whether it is read from one glyph."""
        return len(self.drawn if self.is_rtl else self.placed) == 1

    def take(self, other: Knot) -> None:
        """Become one with the next knot."""
        self.placed += other.placed
        self.letters += other.letters

    def is_tied_to(self, other: Knot) -> bool:
        """Say whether readers would take the start of the `other` for another word, though no space parts them."""
        if not (self.is_rtl and other.is_rtl) or self.font is not other.font:
            return False
        if self.letters.isspace() or other.letters.isspace():
            return False
        left, right = self.drawn[-1], other.drawn[0]
        return not self.has_advance or right.x - left.x - left.advance > _PARTING * left.size


def knots_of(placed: list[Placed], fonts: list[Any], clusters: list[Cluster]) -> list[Knot]:
    """Return the knots of a line, from left to right."""
    found: list[Knot] = []
    places = iter(placed)
    for font, cluster in zip(fonts, clusters, strict=True):
        knot = Knot(font, list(islice(places, len(cluster.glyphs))), cluster.seen_letters, cluster.is_rtl)
        if found and found[-1].is_tied_to(knot):
            found[-1].take(knot)
        else:
            found.append(knot)
    return _apart(found)


def _apart(knots: list[Knot]) -> list[Knot]:
    """Return the knots such that a single one stands between any two others with carriers, who cannot stand alone."""
    found: list[Knot] = []
    for knot in knots:
        last = found[-1] if found else knot
        if last.has_carriers and last.font is knot.font and knot.is_rtl and not (last.is_single or knot.is_single):
            last.take(knot)
        else:
            found.append(knot)
    return found
