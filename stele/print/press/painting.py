"""A content stream of the renderer in, the same stream in the colours of a palette out, and what it refers to.

Solid black prints over what lies below it, so that no paper shows where a sheet slips: each change between black and
another colour switches overprinting with a graphics state of this module. Marked content that held the structure of the
screen's PDF goes; text that is spelled out (ActualText) stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from stele.language.casing import keyword
from stele.print.statements import INLINE_IMAGE, name, numbers, statements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pikepdf import Object

    from stele.print.press.colours import Palette, Statement, Values

# The graphics states by whether fills overprint and whether strokes do.
OVERPRINT = {
    (False, False): "/overprint-none",
    (True, False): "/overprint-fills",
    (False, True): "/overprint-strokes",
    (True, True): "/overprint-both",
}
_SPACES = {"g": "DeviceGray", "rg": "DeviceRGB", "k": "DeviceCMYK"}
# ISO 32000-1, table 74: where a space is chosen, its colour is black.
_INITIAL: dict[str, Values] = {
    "DeviceGray": (0.0,),
    "DeviceRGB": (0.0, 0.0, 0.0),
    "DeviceCMYK": (0.0, 0.0, 0.0, 1.0),
    "Lab": (0.0, 0.0, 0.0),
}
_STROKES = frozenset({"G", "RG", "K", "CS", "SC", "SCN"})
# Dictionaries, and strings that qpdf may spell in letters: those whose first code is that of no control.
_FOR_QPDF = re.compile("<(?!0[0-7bBe-fE-F]|1[0-7])")


@dataclass(frozen=True, slots=True)
class Painted:
    """A converted content stream, and the names of the resources that it uses.

    `states` are graphics states as the renderer wrote them, without those of OVERPRINT.
    """

    content: bytes
    states: frozenset[str]
    objects: frozenset[str]
    patterns: frozenset[str]


def repaint(stream: Object, palette: Palette, spaces: Mapping[str, str], *, whole_page: bool) -> Painted:
    """Return the content of `stream` in the colours of `palette`; `spaces` tells what its named colour spaces are.

    A page begins without overprinting; any other stream begins as the one that draws it left off, so it says. Raises
    ValueError for a colour that cannot be converted.
    """
    painter = _Painter(palette, spaces, (False, False) if whole_page else None)
    for operands, operator in statements(stream):
        act = _ACTS.get(operator)
        if act is None or act(painter, operands, operator):
            painter.keep(operands, operator)
    used = {operator: frozenset(names) for operator, names in painter.used.items()}
    return Painted("\n".join(painter.written).encode("latin-1"), used["gs"], used["Do"], used["scn"])


@dataclass(slots=True)
class _State:
    """Colour spaces of fills and strokes, and which of them overprint; None where the caller's state goes on."""

    fill: str = "DeviceGray"
    stroke: str = "DeviceGray"
    overprint: tuple[bool, bool] | None = None


class _Painter:
    """Follows a stream. An act says whether the statement stays; what comes in its place it writes itself."""

    def __init__(self, palette: Palette, spaces: Mapping[str, str], overprint: tuple[bool, bool] | None) -> None:
        self.palette = palette
        self.spaces = spaces
        self.state = _State(overprint=overprint)
        self.saved: list[_State] = []
        self.marks: list[bool] = []
        self.written: list[str] = []
        self.used: dict[str, set[str]] = {"gs": set(), "Do": set(), "scn": set()}

    def keep(self, operands: Any, operator: str) -> None:
        """Write a statement as it is, as qpdf would spell it."""
        if operator == INLINE_IMAGE:
            self.written.append(operands.unparse().decode("latin-1"))
        elif _FOR_QPDF.search(operands):
            self.written.append(f"{_as_qpdf(operands)} {operator}")
        elif "(" in operands:
            self.written.append(f"{operands.rstrip()} {operator}")  # spaces within a string are its own
        else:
            self.written.append(" ".join((*_apart(operands).split(), operator)))

    def save(self, *_: Any) -> bool:
        self.saved.append(replace(self.state))
        return True

    def restore(self, *_: Any) -> bool:
        self.state = self.saved.pop()
        return True

    def choose_plainly(self, operands: Any, operator: str) -> bool:
        stroke = operator in _STROKES
        space = _SPACES[keyword(operator)]
        self._enter(space, stroke=stroke)
        return self._choose(space, tuple(numbers(operands)), stroke=stroke)

    def choose_space(self, operands: Any, operator: str) -> bool:
        stroke = operator in _STROKES
        space = self._space(name(operands))
        self._enter(space, stroke=stroke)
        return space == "Pattern" or self._choose(space, _INITIAL[space], stroke=stroke)

    def choose(self, operands: Any, operator: str) -> bool:
        stroke = operator in _STROKES
        space = self.state.stroke if stroke else self.state.fill
        if space != "Pattern":
            return self._choose(space, tuple(numbers(operands)), stroke=stroke)
        self.used["scn"].add(name(operands))
        self._overprint(over=False, stroke=stroke)
        return True

    def refer(self, operands: Any, operator: str) -> bool:
        self.used[operator].add(name(operands))
        return True

    def begin_mark(self, operands: Any, operator: str) -> bool:
        self.marks.append(operator == "BDC" and "/ActualText" in operands)
        return self.marks[-1]

    def end_mark(self, *_: Any) -> bool:
        return self.marks.pop()

    def stencil(self, operands: Any, _: str) -> bool:
        if not operands.image_mask:
            raise ValueError("a picture inside a content stream cannot be converted")
        return True

    def drop(self, *_: Any) -> bool:
        return False

    def _choose(self, space: str, values: Values, *, stroke: bool) -> bool:
        paint = self.palette.paint(space, values)
        self._overprint(over=paint.overprints, stroke=stroke)
        self._write(paint.stroke if stroke else paint.fill)
        return False

    def _overprint(self, *, over: bool, stroke: bool) -> None:
        """Make fills or strokes overprint or not, unless they do so already."""
        fills, strokes = self.state.overprint or (False, False)
        wanted = (fills, over) if stroke else (over, strokes)
        if wanted != self.state.overprint:
            self.state.overprint = wanted
            self._write((((OVERPRINT[wanted],), "gs"),))

    def _write(self, statements: Iterable[Statement]) -> None:
        self.written += map(_spelled, statements)

    def _enter(self, space: str, *, stroke: bool) -> None:
        if stroke:
            self.state.stroke = space
        else:
            self.state.fill = space

    def _space(self, name: str) -> str:
        plain = name.removeprefix("/")
        if plain == "Pattern" or plain in _INITIAL:
            return plain
        if name not in self.spaces:
            raise ValueError(f"the colour space {plain} cannot be converted")
        return self.spaces[name]


@lru_cache(maxsize=1000)  # a book has few colours, and chooses them again and again
def _spelled(statement: Statement) -> str:
    operands, operator = statement
    return " ".join([*map(_operand, operands), operator])


def _operand(value: float | str) -> str:
    return value if isinstance(value, str) else f"{Decimal(f'{value:.4f}').normalize():f}"


def _apart(operands: str) -> str:
    """Return operands with spaces between the items of arrays."""
    if "[" not in operands:
        return operands
    return operands.replace("<", " <").replace(">", "> ").replace("[", "[ ").replace("]", " ]")


def _as_qpdf(operands: str) -> str:
    from pikepdf import Object

    return Object.parse(f"[{operands}]".encode("latin-1")).unparse().decode("latin-1")[2:-2]


_ACTS: dict[str, Callable[[_Painter, Any, str], bool]] = {
    "q": _Painter.save,
    "Q": _Painter.restore,
    **dict.fromkeys(("g", "G", "rg", "RG", "k", "K"), _Painter.choose_plainly),
    **dict.fromkeys(("cs", "CS"), _Painter.choose_space),
    **dict.fromkeys(("sc", "SC", "scn", "SCN"), _Painter.choose),
    **dict.fromkeys(("gs", "Do"), _Painter.refer),
    **dict.fromkeys(("BDC", "BMC"), _Painter.begin_mark),
    "EMC": _Painter.end_mark,
    INLINE_IMAGE: _Painter.stencil,
    **dict.fromkeys(("MP", "DP", "ri"), _Painter.drop),
}
