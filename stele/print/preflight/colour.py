"""A colour of a content stream and the resources in, its kind of space, its values and how light it is out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stele.language.casing import keyword

if TYPE_CHECKING:
    from pikepdf import Object

_DEVICE = {"g": "DeviceGray", "rg": "DeviceRGB", "k": "DeviceCMYK"}
_ICC = {1: "ICC grey", 3: "ICC RGB", 4: "ICC CMYK"}
_CALIBRATED = {"CalGray": "CalGray", "CalRGB": "CalRGB", "Lab": "Lab"}
# ISO 32000-2, table 73: where a space is chosen, its colour is black; a tint of a single ink is solid.
_INITIAL = {"DeviceGray": (0.0,), "DeviceRGB": (0.0, 0.0, 0.0), "DeviceCMYK": (0.0, 0.0, 0.0, 1.0)}
# What an eye makes of red, green and blue (ITU-R BT.709), which the inks cyan, magenta and yellow take away.
_WEIGHTS = (0.2126, 0.7152, 0.0722)


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour in a space as people name it: DeviceCMYK, Lab, ICC RGB, Separation Gold. Patterns have no values."""

    space: str
    values: tuple[float, ...] = ()

    @property
    def lightness(self) -> float:
        """Return how light it is, from 0, black, to 1, the paper; a space that is not known is dark."""
        values, kind = self.values, self.space.removeprefix("Device").removeprefix("ICC ")
        if kind in ("Gray", "CalGray", "grey") and values:
            return values[0]
        if kind in ("RGB", "CalRGB") and len(values) == len(_WEIGHTS):
            return sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=True))
        if kind == "CMYK" and len(values) == len(_WEIGHTS) + 1:
            inks = sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=False))
            return (1 - inks) * (1 - values[3])
        if kind == "Lab" and values:
            return values[0] / 100
        return 1 - values[0] if kind.startswith("Separation") and values else 0.0

    @property
    def inks(self) -> int:
        """Return how many of the four inks it takes; other spaces take all that they are converted to."""
        if self.space == "DeviceGray" or self.space == "ICC grey":
            return 1
        return sum(value > 0 for value in self.values) if self.space in ("DeviceCMYK", "ICC CMYK") else 4

    @property
    def is_solid(self) -> bool:
        """Say whether it is one ink, and that undiluted: no screen of dots breaks it up."""
        if self.space in ("DeviceGray", "ICC grey"):
            return self.values == (0.0,)
        return self.inks == 1 and max(self.values, default=0.0) >= 1


BLACK = Colour("DeviceGray", (0.0,))


def colour_of(operator: str, operands: Any, resources: Object) -> Colour:
    """Return the colour that one of the operators g, rg, k or cs chooses, in either case."""
    plain = keyword(operator)
    if plain in _DEVICE:
        return Colour(_DEVICE[plain], tuple(float(value) for value in operands))
    from pikepdf import Name

    space = space_of(Name(str(operands[0])), resources)
    return Colour(space, _INITIAL.get(space, ()))


def space_of(space: Object | None, resources: Object) -> str:
    """Return the name of a colour space; a JPEG 2000 image may have none."""
    from pikepdf import Name

    if space is None:
        return "unknown"
    if isinstance(space, Name):
        named = resources.get("/ColorSpace")
        plain = str(space).removeprefix("/")
        return space_of(named[space], resources) if named is not None and space in named else plain
    kind = str(space[0]).removeprefix("/")
    if kind == "ICCBased":
        return _ICC[int(space[1].N)]
    if kind in ("Indexed", "Pattern") and len(space) > 1:
        return space_of(space[1], resources)
    if kind in ("Separation", "DeviceN"):
        inks = [space[1]] if kind == "Separation" else space[1]
        return " ".join([kind, *(str(ink).removeprefix("/") for ink in inks)])
    return _CALIBRATED.get(kind, kind)
