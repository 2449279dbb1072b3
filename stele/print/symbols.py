"""An address or an ISBN in, the SVG of its QR code or barcode out. The door to segno and python-barcode."""

from __future__ import annotations

from itertools import groupby

from stele.sources.isbn import thirteen_digits

# GS1 General Specifications, 5.2: an EAN-13 symbol in modules of 0.33 mm, at its nominal size.
LEFT_QUIET, RIGHT_QUIET, MODULES = 11, 7, 95
BAR_HEIGHT, GUARD_HEIGHT, HEIGHT = 69.24, 74.24, 78.57
_GUARD = 3  # modules on either side
_DIGIT = 7  # modules

QR_QUIET = 4  # modules of light on every side: ISO/IEC 18004, 9.1


def qr_code(address: str) -> str:
    """Return a QR code as SVG, its quiet zone included, which keeps its sense with 15 % of it lost (level M)."""
    import segno

    code = segno.make(address, error="m", micro=False)
    return str(code.svg_inline(border=QR_QUIET, omitsize=True, title=address, svgclass=None, lineclass=None))


def isbn_barcode(isbn: str) -> str:
    """Return the EAN-13 barcode of an ISBN as SVG in modules, with its quiet zones and the digits to be read by eye.

    Long bars guard the beginning, the middle and the end. The first digit stands before them, six below each half.
    """
    from barcode.ean import EAN13

    digits = thirteen_digits(isbn)
    bars = EAN13(digits, guardbar=True).build()[0]
    width = LEFT_QUIET + MODULES + RIGHT_QUIET
    shown = "".join(_figure(digit, place) for place, digit in enumerate(digits))
    return (
        f'<svg viewBox="0 0 {width} {HEIGHT}"><title>ISBN {isbn}</title><path d="{_bars(bars)}"/>'
        f'<g font-family="Stele Sans" font-size="9.4" text-anchor="middle">{shown}</g></svg>'
    )


def _bars(modules: str) -> str:
    """Return the path of the bars in `modules`: ``0`` is light, ``1`` dark, ``G`` dark and long."""
    path, x = [], LEFT_QUIET
    for kind, run in groupby(modules):
        width = len([*run])
        if kind != "0":
            height = GUARD_HEIGHT if kind == "G" else BAR_HEIGHT
            path.append(f"M{x} 0h{width}v{height}h-{width}z")
        x += width
    return "".join(path)


def _figure(digit: str, place: int) -> str:
    """Return a digit as text: the first in the left quiet zone, the others each below its bars."""
    if place == 0:
        x = LEFT_QUIET / 2 - 1
    else:
        guards = _GUARD if place <= 6 else 2 * _GUARD + 2  # that in the middle has five modules
        x = LEFT_QUIET + guards + (place - 1) * _DIGIT + _DIGIT / 2
    return f'<text x="{x:g}" y="{HEIGHT - 0.6:g}">{digit}</text>'
