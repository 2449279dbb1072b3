"""A PDF in inks in, two PDFs that any reader shows rightly out: cyan, magenta and yellow as the three lights, and black.

Where a plate takes 30 % of its ink, its light is at 70 %; what the three plates or the one of black show is then what a
reader of RGB shows, without a profile. Each colour is taken apart by a pass over the content streams, each image and
gradient by its channels. What overprints is left out on plates where it has no ink (ISO 32000-2, 8.6.7, mode 1), which
is all that overprints in files of our own: black alone. A door to Pillow, which opens the images.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from stele.language.casing import keyword
from stele.print.preflight.colour import Colour, colour_of, space_of
from stele.print.preflight.gradients import pick_inks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pikepdf import Object, Pdf

Inks = tuple[float, float, float, float]

_NONE: Inks = (0.0, 0.0, 0.0, 0.0)
_BLACK: Inks = (0.0, 0.0, 0.0, 1.0)
_LARGEST_PX = 400  # of an image: plates are looked at from afar
_INVISIBLE = 3  # ISO 32000-2, table 104
_FILLS = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
_STROKES = frozenset({"S", "s"})
_TEXTS = frozenset({"Tj", "TJ", "'", '"'})


@dataclass(frozen=True, slots=True)
class Plate:
    """Which of the four inks one PDF shows, and in which space of light."""

    inks: tuple[int, ...]
    space: str
    fill: str
    stroke: str

    def light(self, inks: Sequence[float]) -> list[float]:
        """Return what the plate leaves of the light of the paper."""
        return [round(1 - inks[number], 4) for number in self.inks]


COLOURED = Plate((0, 1, 2), "DeviceRGB", "rg", "RG")
BLACK = Plate((3,), "DeviceGray", "g", "G")


def plates(pdf: bytes) -> tuple[bytes, bytes]:
    """Return the plates of cyan, magenta and yellow as a PDF in RGB, and that of black as one in grey."""
    return _shown(pdf, COLOURED), _shown(pdf, BLACK)


def _shown(pdf: bytes, plate: Plate) -> bytes:
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
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
        item.Contents = pdf.make_stream(_repainted(item, plate))
    elif kind == "/Form" or "/PaintType" in item:
        item.write(_repainted(item, plate))
    elif kind == "/Image" and "/ImageMask" not in item:
        _show_image(item, plate)
    elif "/ShadingType" in item:
        _show_gradient(pdf, item, plate)
    elif "/Shading" in item and "/PatternType" in item and not item.Shading.is_indirect:
        _show_gradient(pdf, item.Shading, plate)
    if "/Group" in item and "/CS" in item.Group:
        del item.Group.CS
    for shading in _direct_gradients(item):
        _show_gradient(pdf, shading, plate)


def _direct_gradients(item: Object) -> Iterator[Object]:
    """Yield the gradients that stand in the resources of an object and have no number of their own."""
    from pikepdf import Dictionary

    resources = item.get("/Resources", Dictionary())
    patterns = (pattern for pattern in resources.get("/Pattern", Dictionary()).values() if not pattern.is_indirect)
    shadings = [*resources.get("/Shading", Dictionary()).values(), *(item.Shading for item in patterns)]
    yield from (shading for shading in shadings if not shading.is_indirect)


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
            waiting += [part for kind in ("/XObject", "/Pattern") for part in resources.get(kind, Dictionary()).values()]
    return found


# --- colours ------------------------------------------------------------------------------------------------------


def inks_of(colour: Colour) -> Inks:
    """Return the inks of a colour; what is no ink takes the place of the lights that it is."""
    values, space = colour.values, colour.space
    if space in ("DeviceCMYK", "ICC CMYK") and len(values) == len(_NONE):
        cyan, magenta, yellow, black = values
        return cyan, magenta, yellow, black
    if space in ("DeviceGray", "ICC grey", "CalGray") and values:
        return 0.0, 0.0, 0.0, 1 - values[0]
    if space == "Separation All" and values:
        return values[0], values[0], values[0], values[0]
    if space == "Separation Black" and values:
        return 0.0, 0.0, 0.0, values[0]
    if space in ("DeviceRGB", "ICC RGB", "CalRGB") and len(values) == len(_NONE) - 1:
        red, green, blue = values
        return 1 - red, 1 - green, 1 - blue, 0.0
    return _NONE


@dataclass(slots=True)
class _State:
    """The colours of fills and strokes, None for a pattern, and which of the two overprint."""

    fill: Colour
    stroke: Colour
    over_fill: bool = False
    over_stroke: bool = False
    rendering: int = 0


def _repainted(stream: Object, plate: Plate) -> bytes:
    """Return the content of a page, form or pattern in the light of a plate."""
    from pikepdf import parse_content_stream, unparse_content_stream

    painter = _Painter(stream, plate)
    for instruction in parse_content_stream(stream):
        operator = str(instruction.operator)
        act = _ACTS.get(operator)
        if act is None or act(painter, instruction.operands, operator):
            painter.written.append(instruction)
    return unparse_content_stream(painter.written)


class _Painter:
    """Follows a stream. An act says whether the instruction stays; what comes in its place it writes itself."""

    def __init__(self, stream: Object, plate: Plate) -> None:
        from pikepdf import Dictionary

        self.resources = stream.get("/Resources", Dictionary())
        self.plate = plate
        black = Colour("DeviceGray", (0.0,))
        self.state = _State(black, black)
        self.saved: list[_State] = []
        self.written: list[Any] = []

    def save(self, *_: Any) -> bool:
        self.saved.append(replace(self.state))
        return True

    def restore(self, *_: Any) -> bool:
        self.state = self.saved.pop() if self.saved else self.state
        return True

    def set_state(self, operands: Any, _: str) -> bool:
        """Follow the overprinting; op stands for OP where it is missing (ISO 32000-2, table 57)."""
        settings = self.resources.ExtGState[operands[0]]
        if "/OP" in settings or "/op" in settings:
            in_mode_1 = int(settings.get("/OPM", 0)) == 1
            self.state.over_stroke = in_mode_1 and bool(settings.get("/OP", self.state.over_stroke))
            self.state.over_fill = in_mode_1 and bool(settings.get("/op", settings.get("/OP", False)))
        return True

    def set_rendering(self, operands: Any, _: str) -> bool:
        self.state.rendering = int(operands[0])
        return True

    def choose(self, operands: Any, operator: str) -> bool:
        """Choose a colour, or a space of which the colour is black."""
        return self._choose(colour_of(operator, operands, self.resources), stroke=operator.isupper())

    def choose_values(self, operands: Any, operator: str) -> bool:
        stroke = operator.isupper()
        space = (self.state.stroke if stroke else self.state.fill).space
        if space == "Pattern":
            return True
        return self._choose(Colour(space, tuple(float(value) for value in operands)), stroke=stroke)

    def paint(self, operands: Any, operator: str) -> bool:
        """Paint a path unless it overprints without ink on this plate; then end it."""
        over = self._is_left_out(stroke=operator in _STROKES)
        if over:
            self._write((), "n")
        return not over

    def show(self, operands: Any, operator: str) -> bool:
        """Show a text, unseen if it overprints without ink on this plate: what follows it stands where it ends."""
        if not self._is_left_out(stroke=self.state.rendering == 1):
            return True
        self._write((_INVISIBLE,), "Tr")
        self._write(operands, operator)
        self._write((self.state.rendering,), "Tr")
        return False

    def _is_left_out(self, *, stroke: bool) -> bool:
        colour = self.state.stroke if stroke else self.state.fill
        over = self.state.over_stroke if stroke else self.state.over_fill
        inks = inks_of(colour)
        return over and colour.space == "DeviceCMYK" and not any(inks[number] for number in self.plate.inks)

    def _choose(self, colour: Colour, *, stroke: bool) -> bool:
        if stroke:
            self.state.stroke = colour
        else:
            self.state.fill = colour
        if colour.space == "Pattern":
            return True
        inks = inks_of(colour) if colour.values else _BLACK
        self._write(self.plate.light(inks), self.plate.stroke if stroke else self.plate.fill)
        return False

    def _write(self, operands: Any, operator: str) -> None:
        from pikepdf import ContentStreamInstruction, Operator

        self.written.append(ContentStreamInstruction(list(operands), Operator(operator)))


_ACTS: dict[str, Callable[[_Painter, Any, str], bool]] = {
    "q": _Painter.save,
    "Q": _Painter.restore,
    "gs": _Painter.set_state,
    "Tr": _Painter.set_rendering,
    **dict.fromkeys(("g", "G", "rg", "RG", "k", "K", "cs", "CS"), _Painter.choose),
    **dict.fromkeys(("sc", "SC", "scn", "SCN"), _Painter.choose_values),
    **dict.fromkeys(_FILLS | _STROKES, _Painter.paint),
    **dict.fromkeys(_TEXTS, _Painter.show),
}


# --- images and gradients -----------------------------------------------------------------------------------------


def _show_image(image: Object, plate: Plate) -> None:
    """Show one plate of an image, with no more pixels than anybody needs to see where ink is."""
    from PIL import Image, ImageChops

    bands = _bands(image)
    shown = [ImageChops.invert(bands[number]) for number in plate.inks]
    pixels = Image.merge("RGB", shown) if len(shown) > 1 else shown[0]
    _write(image, pixels, plate.space)


def _bands(image: Object) -> list[Any]:
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
    if str(shading.get("/SteleInk", "")):
        return
    shading.SteleInk = Name("/Shown")
    shading.Function = pick_inks(pdf, shading.Function, lambda values: plate.light(inks_of(Colour(space, values))))
    shading.ColorSpace = Name(f"/{plate.space}")
    if "/Background" in shading:
        shading.Background = Array(plate.light(inks_of(Colour(space, tuple(map(float, shading.Background))))))
