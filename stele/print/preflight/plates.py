"""A PDF in inks in, two that any reader shows rightly out: cyan, magenta and yellow as the three lights, and black.

Where a plate takes 30 % of its ink, its light is at 70 %; what the three plates or the one of black show is then what a
reader of RGB shows, without a profile. Each colour is taken apart by a pass over the content streams, each image and
gradient by its channels. A door to Pillow, which opens the images.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from stele.print.preflight.colour import Colour, space_of
from stele.print.preflight.gradients import pick_inks
from stele.print.preflight.inking import BLACK, COLOURED, Plate, inks_of, repainted

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pikepdf import Object, Pdf

_LARGEST_PX = 400  # of an image: plates are looked at from afar


def plates(pdf: Pdf, pages: Sequence[int]) -> tuple[bytes, bytes]:
    """Return the plates of cyan, magenta and yellow as a PDF in RGB, and that of black as one in grey.

    They are those of some pages, from 1, in their order.
    """
    return _shown(pdf, pages, COLOURED), _shown(pdf, pages, BLACK)


def _shown(pdf: Pdf, pages: Sequence[int], plate: Plate) -> bytes:
    import pikepdf

    with pikepdf.new() as document:
        document.pages.extend(pdf.pages[number - 1] for number in pages)
        _number_gradients(document)
        masks = _drawn_for_masks(document)
        for item in list(document.objects):
            if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)) and item.objgen not in masks:
                _take_apart(document, item, plate)
        written = BytesIO()
        document.save(written, compress_streams=False)
        return written.getvalue()


def _take_apart(pdf: Pdf, item: Object, plate: Plate) -> None:
    """Bring a page, a form, a pattern, a gradient, a glyph or an image into the light of a plate, in place."""
    kind = str(item.get("/Subtype", item.get("/Type", "")))
    if kind == "/Page":
        item.Contents = pdf.make_stream(repainted(item, plate))
    elif kind == "/Form" or "/PaintType" in item:
        item.write(repainted(item, plate))
    elif kind == "/Image" and "/ImageMask" not in item:
        _show_image(item, plate)
    elif "/ShadingType" in item:
        _show_gradient(pdf, item, plate)
    if "/Group" in item and "/CS" in item.Group:
        del item.Group.CS


def _number_gradients(pdf: Pdf) -> None:
    """Give every gradient a number of its own, in place: each is then met once, whoever draws with it."""
    from pikepdf import Dictionary, Stream

    for item in [item for item in pdf.objects if isinstance(item, (Dictionary, Stream))]:
        resources = item.get("/Resources", Dictionary())
        for pattern in (item, *resources.get("/Pattern", Dictionary()).values()):
            if "/PatternType" in pattern and "/Shading" in pattern and not pattern.Shading.is_indirect:
                pattern.Shading = pdf.make_indirect(pattern.Shading)
        shadings = resources.get("/Shading", Dictionary())
        for name in [name for name, shading in shadings.items() if not shading.is_indirect]:
            shadings[name] = pdf.make_indirect(shadings[name])


def _drawn_for_masks(pdf: Pdf) -> Collection[tuple[int, int]]:
    """Return the numbers of what is drawn to count its light, and of the masks of images: none of it is printed."""
    from pikepdf import Dictionary, Stream

    found: set[tuple[int, int]] = set()
    waiting: list[Object] = []
    for item in pdf.objects:
        if isinstance(item, Stream) and "/SMask" in item:
            found.add(item.SMask.objgen)
        elif isinstance(item, Dictionary) and isinstance(item.get("/SMask"), Dictionary):
            waiting.append(item.SMask.G)
        if isinstance(item, (Dictionary, Stream)):
            states = item.get("/Resources", Dictionary()).get("/ExtGState", Dictionary()).values()
            waiting += [state.SMask.G for state in states if isinstance(state.get("/SMask"), Dictionary)]
    while waiting:
        item = waiting.pop()
        if item.objgen not in found:
            found.add(item.objgen)
            resources = item.get("/Resources", Dictionary())
            kinds = (resources.get(kind, Dictionary()) for kind in ("/XObject", "/Pattern"))
            waiting += [part for kind in kinds for part in kind.values()]
    return found


def _show_image(image: Object, plate: Plate) -> None:
    """Show one plate of an image, with no more pixels than anybody needs to see where ink is."""
    from PIL import Image, ImageChops

    bands = _bands(image)
    shown = [ImageChops.invert(bands[number]) for number in plate.inks]
    pixels = Image.merge("RGB", shown) if len(shown) > 1 else shown[0]
    _write(image, pixels, plate.space)


def _bands(image: Any) -> list[Any]:
    """Return the four inks of an image, 255 where a plate is full."""
    from pikepdf import Array, PdfImage
    from PIL import Image, ImageChops

    pixels = PdfImage(image).as_pil_image()
    pixels.thumbnail((_LARGEST_PX, _LARGEST_PX))
    empty = Image.new("L", pixels.size, 0)
    if pixels.mode == "CMYK":
        # Pillow turns the inks of a JPEG round as Adobe's programs write them; Decode says the same to other readers.
        is_jpeg = "/DCTDecode" in str(image.get("/Filter"))
        turned = list(image.get("/Decode", Array())) == [1, 0] * 4
        return [ImageChops.invert(band) if turned != is_jpeg else band for band in pixels.split()]
    if pixels.mode in ("1", "L"):
        return [empty, empty, empty, ImageChops.invert(pixels.convert("L"))]
    return [*map(ImageChops.invert, pixels.convert("RGB").split()), empty]


def _write(image: Object, pixels: Any, space: str) -> None:
    from pikepdf import Name

    for key in ("/DecodeParms", "/Decode", "/Filter"):
        if key in image:
            del image[key]
    image.write(pixels.tobytes())
    image.Width, image.Height = pixels.size
    image.ColorSpace, image.BitsPerComponent = Name(f"/{space}"), 8


def _show_gradient(pdf: Pdf, shading: Object, plate: Plate) -> None:
    from pikepdf import Array, Dictionary, Name

    space = space_of(shading.ColorSpace, Dictionary())
    shading.Function = pick_inks(pdf, shading.Function, lambda values: plate.light(inks_of(Colour(space, values))))
    shading.ColorSpace = Name(f"/{plate.space}")
    if "/Background" in shading:
        shading.Background = Array(plate.light(inks_of(Colour(space, tuple(map(float, shading.Background))))))
