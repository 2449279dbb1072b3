"""WeasyPrint's backgrounds in, the same out, of which those of one colour are drawn on the page itself.

WeasyPrint 70 draws each image of a background in a transparency group of its own (`draw_background_image` in
weasyprint/draw/__init__.py). For a gradient of one colour, as which rules are drawn that take no room, that is
an object of the file, with resources of its own, around one rectangle: a table has hundreds.

The rule of versions is that of `line_breaks`.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

FLAWED = frozenset({"70.0"})


def mend() -> None:
    """Make WeasyPrint, in this process, draw plain backgrounds plainly. Once is enough, more does no harm."""
    import weasyprint
    from weasyprint import draw

    if weasyprint.__version__ in FLAWED and not hasattr(draw.draw_background_image, "__wrapped__"):
        draw.draw_background_image = _plainly(draw.draw_background_image)


def _plainly(flawed: Callable[[Any, Any, Any], None]) -> Callable[[Any, Any, Any], None]:
    """Return `draw_background_image` such that a gradient of one colour is a rectangle, cut to what is painted."""
    from weasyprint.images import Gradient

    @wraps(flawed)
    def draw_background_image(stream: Any, layer: Any, style: Any) -> None:
        is_plain = isinstance(layer.image, Gradient) and len(layer.image.colors) == 1
        if not is_plain or set(layer.repeat) != {"no-repeat"}:
            flawed(stream, layer, style)
            return
        left, top, right, bottom = _place(layer)
        if left < right and top < bottom:
            with stream.artifact(), stream.stacked():
                stream.set_color(layer.image.colors[0])
                _outline(stream, left, top, right, bottom)
                stream.fill()

    return draw_background_image


def _outline(stream: Any, left: float, top: float, right: float, bottom: float) -> None:
    """Trace a rectangle of five points: one of four, poppler moves to whole pixels, where thin ones come out or go."""
    stream.move_to(left, top)
    for corner in ((right, top), (right, bottom), (left, bottom), (left, (top + bottom) / 2)):
        stream.line_to(*corner)
    stream.close()


def _place(layer: Any) -> tuple[float, float, float, float]:
    """Return the edges of the image of a layer, in px, as far as it is painted."""
    left, top = (start + offset for start, offset in zip(layer.positioning_area[:2], layer.position, strict=True))
    right, bottom = left + layer.size[0], top + layer.size[1]
    if layer.unbounded:
        return left, top, right, bottom
    x, y, width, height = layer.painting_area
    return max(left, x), max(top, y), min(right, x + width), min(bottom, y + height)
