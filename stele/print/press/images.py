"""An image in RGB or grey in, the same pixels in the inks of the press out: all of them, at their own resolution.

A photograph stays a JPEG, of so high a quality that the second compression does not show; what was lossless stays so. A
door to Pillow, as `colours` is.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from stele.print.press import colours

if TYPE_CHECKING:
    from pikepdf import Object

    from stele.print.press.colours import Inks

JPEG_QUALITY = 95
GREY_TOLERANCE = 3  # of 255: what a JPEG makes of a grey photograph that was saved in colour


def convert_image(image: Object, inks: Inks) -> None:
    """Bring an image XObject into four inks, or into black alone where it shows nothing but greys, in place.

    Stencils and images in inks stay as they are.
    """
    from pikepdf import Name

    if "/ImageMask" in image or image.get("/ColorSpace") == Name.DeviceCMYK:
        return
    pixels = _pixels(image)
    profile = pixels.info.get("icc_profile")
    pixels = pixels.convert("RGB") if pixels.mode not in ("L", "RGB") else pixels
    if pixels.mode == "L" or _is_grey(pixels):
        _write(image, _in_black(pixels.convert("L"), inks), "DeviceGray")
    else:
        _write(image, _in_inks(pixels, profile, inks), "DeviceCMYK")


def is_opaque(mask: Object) -> bool:
    """Say whether a soft mask hides nothing."""
    return bool(_pixels(mask).convert("L").getextrema() == (255, 255))


def make_stencil(mask: Object) -> bool:
    """Turn a soft mask that shows or hides each pixel wholly into a stencil, in place; say whether it was such a one.

    A stencil is no transparency (ISO 32000-1, 8.9.6.3 Explicit masking).
    """
    from PIL import Image

    pixels = _pixels(mask).convert("L")
    if any(pixels.histogram()[1:255]):
        return False
    hidden = pixels.point(lambda value: 255 - value).convert("1", dither=Image.Dither.NONE)
    _write(mask, hidden, None)
    mask.ImageMask = True
    mask.BitsPerComponent = 1
    return True


def _pixels(image: Any) -> Any:
    from pikepdf import PdfImage

    return PdfImage(image).as_pil_image()


def _is_grey(pixels: Any) -> bool:
    from PIL import ImageChops

    red, green, blue = pixels.split()
    apart = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return not any(any(band.histogram()[GREY_TOLERANCE + 1 :]) for band in apart)


def _in_black(pixels: Any, inks: Inks) -> Any:
    """Return the greys as light that black ink leaves: DeviceGray is black ink on a press, counted from the paper."""
    shares = [1 - inks.black(colours.luminance("DeviceGray", (value / 255,))) for value in range(256)]
    return pixels.point([round(255 * share) for share in shares])


def _in_inks(pixels: Any, profile: bytes | None, inks: Inks) -> Any:
    """Return the colours in four inks, by the profile that the photograph carries, if it is a sound one."""
    from PIL import ImageCms

    try:
        change = colours.transform(inks.condition, "RGB", profile)
    except (ImageCms.PyCMSError, OSError):
        change = colours.transform(inks.condition, "RGB")
    return colours.apply(pixels, change)


def _write(image: Object, pixels: Any, space: str | None) -> None:
    from pikepdf import Array, Name

    is_jpeg = "/DCTDecode" in str(image.get("/Filter"))
    for key in ("/DecodeParms", "/Decode", "/ColorSpace"):
        if key in image:
            del image[key]
    if is_jpeg and space:
        image.write(_jpeg(pixels), filter=Name.DCTDecode)
        if space == "DeviceCMYK":
            image.Decode = Array([1, 0] * 4)  # Pillow writes inks as Adobe does: none is 255
    else:
        image.write(zlib.compress(pixels.tobytes(), 6), filter=Name.FlateDecode)
    if space:
        image.ColorSpace = Name(f"/{space}")
        image.BitsPerComponent = 8


def _jpeg(pixels: Any) -> bytes:
    written = BytesIO()
    pixels.save(written, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return written.getvalue()
