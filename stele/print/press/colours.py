"""A colour as the renderer writes it in, what to paint with on the press out. A door to Pillow's colour management.

The other door to Pillow is `sources.images`, which looks at image files; `images` beside this converts them.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache, cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from stele.print.press.conditions import Condition

Values = tuple[float, ...]

# Of two channels of a grey: less than one step of eight bits.
NEUTRAL = 1 / 256
SOLID = 0.998
REGISTRATION = "/All"
_REC709 = (0.2126, 0.7152, 0.0722)
_NTSC = (0.3, 0.59, 0.11)  # ISO 32000-1, 10.3.2: what DeviceRGB is in DeviceGray


# A statement of a content stream: operands and operator. A name begins with a slash, as in the stream.
Statement = tuple[tuple[float | str, ...], str]


@dataclass(frozen=True, slots=True)
class Paint:
    """The statements that choose a colour for fills and for strokes, and whether it prints over what lies below."""

    fill: tuple[Statement, ...]
    stroke: tuple[Statement, ...]
    overprints: bool = False


class Palette(Protocol):
    """What the colours of a content stream become. `space` is that of its shadings and groups.

    A source space is one of DeviceGray, DeviceRGB, DeviceCMYK and Lab.
    """

    space: str

    def mix(self, space: str, values: Values, *, neutral: bool) -> Values:
        """Return the components in `self.space`; `neutral` lets a grey be one of black ink alone."""

    def paint(self, space: str, values: Values) -> Paint:
        """Return how a colour is chosen in a content stream."""


@dataclass(slots=True)
class Inks:
    """The four inks of a printing condition."""

    condition: Condition
    space: str = "DeviceCMYK"
    _paints: dict[tuple[str, Values], Paint] = field(default_factory=dict)

    def paint(self, space: str, values: Values) -> Paint:
        """Return how a colour is chosen; solid black prints over what lies below.

        A tint of black knocks out like any colour: over a dark ground it would be lost. So does white, which is paper.
        """
        if (space, values) not in self._paints:
            inks = self.mix(space, values, neutral=is_neutral(space, values))
            over = not any(inks[:3]) and inks[3] >= SOLID
            self._paints[space, values] = Paint(((inks, "k"),), ((inks, "K"),), over)
        return self._paints[space, values]

    def mix(self, space: str, values: Values, *, neutral: bool) -> Values:
        """Return cyan, magenta, yellow and black."""
        if space == "DeviceCMYK":
            return values
        if neutral:
            return (0.0, 0.0, 0.0, self.black(luminance(space, values)))
        return within(converted(self.condition, space, values), self.condition.ink_limit)

    def black(self, light: float) -> float:
        """Return how much black ink leaves `light` of the light that paper sends back (both 0 to 1)."""
        return _ramp(self.condition).black(light)


class Luminosity:
    """What a soft mask counts: light, linear in the values that are written (ISO 32000-1, 11.5.3)."""

    space = "DeviceGray"

    def mix(self, space: str, values: Values, *, neutral: bool) -> Values:  # noqa: ARG002 (every light is a grey)
        """Return the one component."""
        if space == "DeviceCMYK":
            cyan, magenta, yellow, black = values
            values = tuple(1 - min(1, ink + black) for ink in (cyan, magenta, yellow))
        if space == "Lab":
            return (values[0] / 100,)
        return values if len(values) == 1 else (sum(map(_product, _NTSC, values)),)

    def paint(self, space: str, values: Values) -> Paint:
        """Return how a light is chosen."""
        light = self.mix(space, values, neutral=True)
        return Paint(((light, "g"),), ((light, "G"),))


class Registration:
    """Every ink of the press at once, for what stands outside the page (ISO 32000-1, 8.6.6.4)."""

    space = "DeviceCMYK"

    def mix(self, space: str, values: Values, *, neutral: bool) -> Values:  # noqa: ARG002
        """Refuse: no mixture of inks is known here."""
        raise ValueError("a slug has letters alone")

    def paint(self, space: str, values: Values) -> Paint:
        """Return how the registration colour is chosen, in a tint as dark as the colour was."""
        tint = (1 - luminance(space, values),)
        return Paint((((REGISTRATION,), "cs"), (tint, "scn")), (((REGISTRATION,), "CS"), (tint, "SCN")))


def is_neutral(space: str, values: Values) -> bool:
    """Say whether a colour is a grey."""
    if space == "DeviceGray":
        return True
    if space == "DeviceRGB":
        return max(values) - min(values) < NEUTRAL
    return space == "Lab" and max(map(abs, values[1:])) < 0.5


def luminance(space: str, values: Values) -> float:
    """Return how much light a colour sends back, from 0 to 1, white being 1 (CIE 15; IEC 61966-2-1 for sRGB)."""
    if space == "DeviceGray":
        return _linear(values[0])
    if space == "Lab":
        return _light(values[0])
    return sum(map(_product, _REC709, map(_linear, values)))


def within(inks: Values, limit: float) -> Values:
    """Return the inks with so little of the three colours that all together keep to `limit`."""
    *colours, black = inks
    excess = sum(inks) - limit
    if excess <= 0:
        return inks
    kept = (limit - black) / sum(colours)
    return (*(ink * kept for ink in colours), black)


def converted(condition: Condition, space: str, values: Values) -> Values:
    """Return a colour of sRGB or Lab as the profile has it: relative colorimetric, black points matched."""
    from PIL import Image

    if space == "Lab":
        light, *opponents = values
        encoded = (round(light * 2.55), *(round(value) + 128 for value in opponents))
        pixel = Image.new("LAB", (1, 1), encoded)
    else:
        pixel = Image.new("RGB", (1, 1), tuple(round(value * 255) for value in values))
    return tuple(ink / 255 for ink in apply(pixel, transform(condition, pixel.mode)).getpixel((0, 0)))


@cache
def transform(condition: Condition, mode: str, source: bytes | None = None) -> Any:
    """Return the transform from `source`, an RGB profile, or from sRGB or Lab by `mode`, to the inks of `condition`.

    Raises PIL.ImageCms.PyCMSError or OSError for a broken profile.
    """
    from PIL import ImageCms

    if source is not None:
        origin: Any = ImageCms.ImageCmsProfile(BytesIO(source))
    else:
        origin = ImageCms.createProfile("LAB" if mode == "LAB" else "sRGB")
    return ImageCms.buildTransform(
        origin,
        ImageCms.ImageCmsProfile(BytesIO(condition.icc())),
        mode,
        "CMYK",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def apply(image: Any, change: Any) -> Any:
    """Return the image as a transform has it.

    ImageCms.applyTransform would write the profile out for each image, which takes longer than a hundred colours do.
    """
    from PIL import Image

    changed = Image.new(change.output_mode, image.size)
    change.transform.apply(image.getim(), changed.getim())
    return changed


@dataclass(frozen=True)
class _Ramp:
    """The light that paper sends back under 0, 1 … 255 parts of black ink, paper being 1 and solid black 0."""

    lights: tuple[float, ...]

    @cached_property
    def darkness(self) -> tuple[float, ...]:
        return tuple(1 - light for light in self.lights)

    def black(self, light: float) -> float:
        """Return how much ink leaves this much light."""
        if light <= 0:
            return 1.0  # the last parts of ink may darken nothing
        after = bisect_left(self.darkness, 1 - light, 1, len(self.darkness) - 1)
        low, high = self.darkness[after - 1], self.darkness[after]
        part = (1 - light - low) / (high - low) if high > low else 0.0
        return min(1.0, max(0.0, (after - 1 + part) / 255))


@cache
def _ramp(condition: Condition) -> _Ramp:
    from PIL import Image, ImageCms

    inked = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(BytesIO(condition.icc())), ImageCms.createProfile("LAB"), "CMYK", "LAB",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
    )  # fmt: skip
    strip = Image.new("CMYK", (256, 1))
    strip.putdata([(0, 0, 0, black) for black in range(256)])
    lights = [_light(value / 2.55) for value in apply(strip, inked).getchannel(0).tobytes()]
    darkest = lights[-1]
    return _Ramp(tuple((light - darkest) / (lights[0] - darkest) for light in lights))


def _light(lightness: float) -> float:
    """Return the luminance of a CIE lightness from 0 to 100."""
    root = (lightness + 16) / 116
    return root**3 if root > 6 / 29 else 3 * (6 / 29) ** 2 * (root - 4 / 29)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _product(one: float, other: float) -> float:
    return one * other
