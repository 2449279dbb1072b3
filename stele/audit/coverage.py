"""A PDF for the press in, the pages that take more ink than their paper can out.

The plates are drawn by PDFium as the pictures that `print.preflight.plates` makes of them, and their inks are added up
spot by spot. A door to Pillow, which adds pictures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stele.print.preflight.flaws import flaw
from stele.print.preflight.plates import plates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.print.preflight.flaws import Flaw

DPI = 50
_SPOTS = 4  # pixels: 1 mm², less dries
_ROUNDING = 0.02  # pictures have 255 steps, and are halved twice
_FULL = 255


def too_much_ink(pdf: bytes, max_ink: float) -> Iterator[Flaw]:
    """Yield the pages on which all inks together cover more than `max_ink`; 3.0 is 300 %."""
    for number, ink in enumerate(most_ink(pdf), 1):
        if ink > max_ink + _ROUNDING:
            yield flaw("too-much-ink", number, ink=round(100 * ink), most=round(100 * max_ink))


def most_ink(pdf: bytes) -> list[float]:
    """Return the most that all inks together cover anywhere on each page, its bleed included: 4.0 is all of them."""
    import pypdfium2

    coloured, black = map(pypdfium2.PdfDocument, plates(pdf))
    try:
        return [_densest(_picture(colours), _picture(key)) for colours, key in zip(coloured, black, strict=True)]
    finally:
        coloured.close()
        black.close()


def _picture(page: Any) -> Any:
    """Return the picture of a page and its bleed, without what stands around it."""
    from PIL import Image  # noqa: F401 (pypdfium2 hands over pictures of Pillow's)

    left, bottom, right, top = page.get_bleedbox()
    page.set_cropbox(left, bottom, right, top)
    picture = page.render(scale=DPI / 72, fill_color=(255, 255, 255, 255)).to_pil()
    page.close()
    return picture.convert("RGB")


def _densest(colours: Any, black: Any) -> float:
    """Return the sum of the inks where it is the highest, on a spot large enough to matter."""
    from PIL import ImageChops

    cyan, magenta, yellow = ImageChops.invert(colours).split()
    key = ImageChops.invert(black).getchannel(0)
    halves = ImageChops.add(cyan, magenta, scale=2), ImageChops.add(yellow, key, scale=2)
    counts = ImageChops.add(*halves, scale=2).histogram()
    seen = 0
    for level in range(_FULL, -1, -1):
        seen += counts[level]
        if seen >= _SPOTS:
            return 4 * level / _FULL
    return 0.0
