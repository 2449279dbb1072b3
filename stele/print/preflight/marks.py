"""Points and the matrix in which they are drawn in, the area that they take on the paper out; and what a mark is."""

from __future__ import annotations

from enum import StrEnum
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pikepdf import Matrix

    from stele.print.preflight.colour import Colour
    from stele.print.preflight.typefaces import Font


class Kind(StrEnum):
    """What a mark is made of."""

    TEXT = "text"
    FILL = "fill"
    STROKE = "stroke"
    IMAGE = "image"
    SHADING = "shading"


class Area(NamedTuple):
    """A rectangle on the page, in pt from its origin; a tuple, as a mark is, since a book has some ten thousand."""

    left: float
    bottom: float
    right: float
    top: float

    def within(self, other: Area) -> Area:
        """Return what two rectangles have in common; nothing is a rectangle of no size."""
        left, bottom = max(self.left, other.left), max(self.bottom, other.bottom)
        return Area(left, bottom, max(left, min(self.right, other.right)), max(bottom, min(self.top, other.top)))

    def grown(self, by_pt: float) -> Area:
        """Return the rectangle with so much more on each side."""
        return Area(self.left - by_pt, self.bottom - by_pt, self.right + by_pt, self.top + by_pt)

    def moved(self, right_pt: float, up_pt: float) -> Area:
        """Return the rectangle so much further to the right and up."""
        return Area(self.left + right_pt, self.bottom + up_pt, self.right + right_pt, self.top + up_pt)

    def holds(self, other: Area) -> bool:
        """Say whether another rectangle does not reach out of this one."""
        return other.within(self) == other

    def meets(self, other: Area) -> bool:
        """Say whether the two touch; a line has no surface and can."""
        across = self.left <= other.right and other.left <= self.right
        return across and self.bottom <= other.top and other.bottom <= self.top

    @property
    def width(self) -> float:
        """Return the width in pt."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return the height in pt."""
        return self.top - self.bottom

    @property
    def is_empty(self) -> bool:
        """Say whether it has no surface."""
        return self.width <= 0 or self.height <= 0


EVERYWHERE = Area(float("-inf"), float("-inf"), float("inf"), float("inf"))


class Mark(NamedTuple):
    """One thing that is painted. `area` is where it shows; of text it is the point where it begins, in its `clip`.

    `size_pt` is the size of letters, the width of a stroke, the shorter side of a fill, on the paper. `ppi` and `bits`
    are those of an image, `font` and `codes`, its string, those of a text, `outline` is the colour around its letters.
    """

    kind: Kind
    area: Area
    colour: Colour
    is_opaque: bool = True
    blend: str = "Normal"
    in_group: bool = False
    size_pt: float = 0.0
    ppi: float = 0.0
    bits: int = 8
    font: Font | None = None
    codes: bytes = b""
    clip: Area = EVERYWHERE
    outline: Colour | None = None

    @property
    def colours(self) -> tuple[Colour, ...]:
        """Return all colours in which it is painted."""
        return (self.colour,) if self.outline is None else (self.colour, self.outline)


def moved(marks: Iterable[Mark], right_pt: float, up_pt: float, clip: Area) -> Iterator[Mark]:
    """Yield marks as they show in `clip` when they are drawn so much further to the right and up."""
    for mark in marks:
        area = mark.area.moved(right_pt, up_pt)
        shown = area.within(clip)
        if mark.kind is Kind.TEXT:
            yield mark._replace(area=area, clip=mark.clip.moved(right_pt, up_pt).within(clip))
        elif mark.kind is not Kind.FILL:
            yield mark._replace(area=shown)
        elif not shown.is_empty:
            yield mark._replace(area=shown, size_pt=min(shown.width, shown.height))


def scale(matrix: Matrix) -> float:
    """Return by how much a matrix makes lines wider, the same in each direction."""
    return sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))


def bounds(path: Sequence[float], matrix: Matrix) -> Area:
    """Return the rectangle around points, of which x and y follow in turn; curves lie within that of their controls."""
    if not path:
        return EVERYWHERE
    xs, ys = path[::2], path[1::2]
    a, b, c, d, e, f = matrix.shorthand
    if b == c == 0:  # what stays upright reaches as far as its outermost points
        xs, ys = (min(xs), max(xs)), (min(ys), max(ys))
    across = [a * x + c * y + e for x, y in zip(xs, ys, strict=True)]
    up = [b * x + d * y + f for x, y in zip(xs, ys, strict=True)]
    return Area(min(across), min(up), max(across), max(up))
