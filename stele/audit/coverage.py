"""A PDF for the press in, the pages that take more ink than their paper can out.

The plates of those that may do so are drawn by PDFium as the pictures that `print.preflight.plates` makes of them, and
their inks are added up spot by spot. A door to Pillow, which adds pictures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stele.print.preflight.crowding import crowded
from stele.print.preflight.flaws import flaw
from stele.print.preflight.plates import plates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pikepdf import Pdf

    from stele.print.preflight.flaws import Flaw
    from stele.print.preflight.proof import Proof

DPI = 50
_SPOTS = 4  # pixels: 1 mm², less dries
_ROUNDING = 0.02  # pictures have 255 steps, and are halved twice
_FULL = 255


def too_much_ink(proof: Proof) -> Iterator[Flaw]:
    """Yield the pages on which all inks together cover more than the job of a proof allows."""
    pages, most = crowded(proof), proof.job.max_ink
    for number, ink in zip(pages, most_ink(proof.pdf, pages), strict=True):
        if ink > most + _ROUNDING:
            yield flaw("too-much-ink", number, ink=round(100 * ink), most=round(100 * most))


def most_ink(pdf: Pdf, pages: Sequence[int]) -> list[float]:
    """Return the most that all inks together cover anywhere on each of some pages, from 1: 4.0 is all of them.

    Their bleed is included.
    """
    import pypdfium2

    if not pages:
        return []
    coloured, black = map(pypdfium2.PdfDocument, plates(pdf, pages))
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
