"""A content stream in inks in, the same stream in the light that one plate or three leave of the paper out.

What overprints is left out on plates where it has no ink (ISO 32000-2, 8.6.7, mode 1). That is right for black alone,
which is all that overprints in files of our own; other inks are taken to knock out what lies below them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from stele.print.preflight.colour import BLACK as KEY
from stele.print.preflight.colour import Colour, colour_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pikepdf import Object

Inks = tuple[float, float, float, float]

_NONE: Inks = (0.0, 0.0, 0.0, 0.0)
_BLACK: Inks = (0.0, 0.0, 0.0, 1.0)
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


def repainted(stream: Object, plate: Plate) -> bytes:
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
        self.state = _State(KEY, KEY)
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

    def paint(self, _: Any, operator: str) -> bool:
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
