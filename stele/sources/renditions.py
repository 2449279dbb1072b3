"""An image file in, renditions for browsers out: upright, in sRGB, without a word of who took it, where and with what.

With `images` the door to Pillow. What is animated is shown as its first picture, as a booklet prints it: on a page of
remembrance nothing moves unasked (WCAG 2.2, 2.2.2).
"""

from __future__ import annotations

import struct
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lxml import etree

from stele.diagnostics import Diagnostic, Location
from stele.language.casing import keyword
from stele.sources.files import MAX_PIXELS, relative
from stele.sources.images import RASTER

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from PIL.Image import Image

# What hostile files make Pillow raise.
_BROKEN = (OSError, EOFError, ValueError, SyntaxError, TypeError, IndexError, OverflowError, struct.error)
_ORIENTATION = 0x0112  # Exif 3.0, 4.6.5.1.6
_PHOTOGRAPHS = (".jpg", ".jpeg", ".webp")
# Measured on photographs of 1600 pixels: AVIF takes 2.5 times as long at speed 6, and saves 2 % of the bytes.
_HOW: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 66, "speed": 8, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 80},
    "jpg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
    "png": {"format": "PNG", "optimize": True},
}
_WHOLE: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 92, "subsampling": "4:4:4", "optimize": True},
    "WEBP": {"quality": 92},
    "PNG": {"optimize": True},
}
_SVG = "http://www.w3.org/2000/svg"
_PLAIN = (_SVG, "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace")


@dataclass(frozen=True, slots=True)
class Shape:
    """An image as it stands upright: its size in pixels, and the kind of file that every browser can show it from."""

    width: int
    height: int
    plain: str

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of its renditions, the best first."""
        return ("avif", "webp", self.plain)

    def at(self, width: int) -> tuple[int, int]:
        """Return its size when it is scaled to `width` pixels."""
        return width, max(1, round(self.height * width / self.width))


def shape(path: Path) -> Shape | None:
    """Return the shape of an image that has pixels; None of a drawing, and of what cannot be opened."""
    from PIL import Image

    kind = RASTER.get(keyword(path.suffix))
    if kind is None:
        return None
    with suppress(*_BROKEN), Image.open(path, formats=[kind]) as image:
        width, height = image.size[::-1] if _orientation(image) in (5, 6, 7, 8) else image.size
        is_photograph = keyword(path.suffix) in _PHOTOGRAPHS and not image.has_transparency_data
        return Shape(width, height, "jpg" if is_photograph else "png")
    return None


def render(path: Path, root: Path, sizes: Iterable[tuple[int, int]], kinds: Iterable[str]) -> list[bytes] | Diagnostic:
    """Return the image at each of `sizes`, in pixels, as a file of each of `kinds`; or why that cannot be done.

    Never larger than it is: `sizes` are those of `Shape.at`. Meant to run in a worker that has limits.
    """
    try:
        image = _upright(path)
        scaled = [_scaled(image, size) for size in sizes]
        return [_saved(item, **_for(path, _HOW[kind])) for item in scaled for kind in kinds]
    except _BROKEN:
        return _unopened(path, root)


def whole(path: Path, root: Path) -> bytes | Diagnostic:
    """Return the image in its own size and kind; an animation (GIF), which holds no metadata of cameras, as it is."""
    kind = RASTER[keyword(path.suffix)]
    if kind == "GIF":
        return path.read_bytes()
    try:
        return _saved(_upright(path), format=kind, **_WHOLE[kind])
    except _BROKEN:
        return _unopened(path, root)


def _unopened(path: Path, root: Path) -> Diagnostic:
    message, hint = f"{path.name} cannot be opened to its end", "open it in an image editor and save it anew"
    return Diagnostic("bad-image", message, Location(relative(path, root)), hint)


def _for(path: Path, how: dict[str, Any]) -> dict[str, Any]:
    """Return how a rendition is saved: letters in a drawing need their colours as sharp as their lines."""
    is_drawn = how["format"] == "AVIF" and keyword(path.suffix) not in _PHOTOGRAPHS
    return how | {"subsampling": "4:4:4"} if is_drawn else how


def _upright(path: Path) -> Image:
    from PIL import Image

    with Image.open(path, formats=[RASTER[keyword(path.suffix)]]) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise ValueError("too many pixels")
        image = _in_srgb(opened)
        turn = _turns().get(_orientation(opened))
    image = image.transpose(turn) if turn is not None else image
    image.info = {}
    return image


def _orientation(image: Image) -> int:
    with suppress(*_BROKEN):
        return int(image.getexif().get(_ORIENTATION, 1))
    return 1


def _turns() -> dict[int, Any]:
    """Return how an image is set upright, by what its camera said of it."""
    from PIL.Image import Transpose

    return {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }


def _in_srgb(image: Image) -> Image:
    """Return the first picture of an image with 8 bits of red, green and blue, and with its transparency."""
    from PIL import ImageCms

    image.seek(0)
    wanted = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):  # 16 bits of grey: Pillow cuts off what is brighter than 255
        return image.convert("I").point(lambda value: value / 256).convert("L").convert(wanted)
    if image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        image = image.convert(wanted)
    with suppress(*_BROKEN, ImageCms.PyCMSError):
        if profile:
            embedded = ImageCms.ImageCmsProfile(BytesIO(profile))
            mode = image.mode if image.mode == wanted else "RGB"
            image = ImageCms.profileToProfile(image, embedded, ImageCms.createProfile("sRGB"), outputMode=mode) or image
    return image.convert(wanted)


def _scaled(image: Image, size: tuple[int, int]) -> Image:
    from PIL.Image import Resampling

    return image if image.size == size else image.resize(size, Resampling.LANCZOS, reducing_gap=3.0)


def _saved(image: Image, **how: Any) -> bytes:
    file = BytesIO()
    image.save(file, **how)
    return file.getvalue()


def plain_svg(data: bytes) -> bytes:
    """Return a drawing without what editors of drawings write into it: their own elements, metadata, comments.

    `data` is one that `images.check_image` has found harmless.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    root = etree.fromstring(data, parser)
    for element in list(root.iter("*")):
        if etree.QName(element).namespace not in (_SVG, None) or etree.QName(element).localname == "metadata":
            _drop(element)
            continue
        for name in [*element.attrib]:
            if etree.QName(name).namespace not in (None, *_PLAIN):
                del element.attrib[name]
    etree.cleanup_namespaces(root)
    return bytes(etree.tostring(root))


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
