"""A page of an open PDF in, all that is painted on it out, in its order, with size and place on the paper.

What lies in forms, patterns and glyphs of Type 3 counts as painted on the page that draws it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import hypot
from typing import TYPE_CHECKING, Any

from stele.print.preflight.colour import BLACK, Colour, colour_of, space_of
from stele.print.preflight.marks import EVERYWHERE, Area, Kind, Mark, bounds, scale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Matrix, Object, Page

_DEEPEST = 12  # forms within forms: what is deeper is a circle
_INVISIBLE = (3, 7)  # ISO 32000-2, table 104: text that paints nothing


@dataclass(slots=True)
class _State:
    """The part of the graphics state that marks depend on. ISO 32000-2, 8.4 Graphics state."""

    matrix: Matrix
    clip: Area = EVERYWHERE
    fill: Colour = BLACK
    stroke: Colour = BLACK
    fill_pattern: Object | None = None
    width: float = 1.0
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0
    blend: str = "Normal"
    is_masked: bool = False
    font: Object | None = None
    font_size: float = 0.0
    rendering: int = 0


def painted(page: Page) -> list[Mark]:
    """Return the marks of a page."""
    from pikepdf import Matrix

    return list(_Walker(page.obj, _State(Matrix()), depth=0).marks())


class _Walker:
    """Follows one content stream and yields its marks; what it draws in turn is followed by another."""

    def __init__(self, stream: Object, state: _State, *, depth: int, owner: Object | None = None) -> None:
        from pikepdf import Dictionary, Matrix

        self.stream = stream
        self.resources = (owner if owner is not None else stream).get("/Resources", Dictionary())
        self.state = state
        self.base = state.matrix
        self.in_group = "/Group" in stream
        self.depth = depth
        self.saved: list[_State] = []
        self.points: list[tuple[float, float]] = []
        self.clips = False
        self.text_matrix = self.line_matrix = Matrix()

    def marks(self) -> Iterator[Mark]:
        from pikepdf import parse_content_stream

        for instruction in parse_content_stream(self.stream):
            operator = str(instruction.operator)
            act = _ACTS.get(operator)
            if act is not None:
                found = act(self, instruction.operands, operator)
                if found is not None:
                    yield from found

    # state

    def save(self, *_: Any) -> None:
        self.saved.append(replace(self.state))

    def restore(self, *_: Any) -> None:
        if self.saved:
            self.state = self.saved.pop()

    def transform(self, operands: Any, _: str) -> None:
        self.state.matrix = _matrix(operands) @ self.state.matrix

    def set_width(self, operands: Any, _: str) -> None:
        self.state.width = float(operands[0])

    def set_state(self, operands: Any, _: str) -> None:
        settings = self.resources.ExtGState[operands[0]]
        state = self.state
        state.fill_opacity = float(settings.get("/ca", state.fill_opacity))
        state.stroke_opacity = float(settings.get("/CA", state.stroke_opacity))
        state.width = float(settings.get("/LW", state.width))
        if "/BM" in settings:
            state.blend = str(settings.BM).removeprefix("/")
        if "/SMask" in settings:
            state.is_masked = str(settings.SMask) != "/None"
        if "/Font" in settings:
            state.font, state.font_size = settings.Font[0], float(settings.Font[1])

    def set_colour(self, operands: Any, operator: str) -> None:
        """Take a colour of a device space, or the first one of a named space."""
        colour = colour_of(operator, operands, self.resources)
        if operator.isupper():
            self.state.stroke = colour
        else:
            self.state.fill, self.state.fill_pattern = colour, None

    def set_values(self, operands: Any, operator: str) -> None:
        """Take a colour of the current space; a pattern brings its own colours."""
        stroke = operator.isupper()
        space = (self.state.stroke if stroke else self.state.fill).space
        if space == "Pattern":
            self.state.fill_pattern = None if stroke else self.resources.Pattern[operands[-1]]
        elif stroke:
            self.state.stroke = Colour(space, tuple(map(float, operands)))
        else:
            self.state.fill = Colour(space, tuple(map(float, operands)))

    # paths

    def point(self, operands: Any, _: str) -> None:
        values = [float(value) for value in operands]
        self.points += zip(values[::2], values[1::2], strict=True)

    def rectangle(self, operands: Any, _: str) -> None:
        x, y, width, height = (float(value) for value in operands)
        self.points += [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]

    def clip(self, *_: Any) -> None:
        self.clips = True

    def paint(self, _: Any, operator: str) -> Iterator[Mark]:
        """Yield what a path paints, then forget the path."""
        area = bounds(self.points, self.state.matrix)
        if self.points and operator in _FILLING:
            yield from self._filled(area)
        if self.points and operator in _STROKING:
            width = self.state.width * scale(self.state.matrix)
            yield self._mark(Kind.STROKE, area, self.state.stroke, width)
        if self.clips:
            self.state.clip = self.state.clip.within(area)
        self.points, self.clips = [], False

    def _filled(self, area: Area) -> Iterator[Mark]:
        pattern = self.state.fill_pattern
        if pattern is None:
            shown = area.within(self.state.clip)
            if not shown.is_empty:
                yield self._mark(Kind.FILL, area, self.state.fill, min(shown.width, shown.height))
        elif "/Shading" in pattern:
            yield self._mark(Kind.SHADING, area, Colour(space_of(pattern.Shading.ColorSpace, self.resources)))
        elif self.depth < _DEEPEST:
            matrix = _matrix(pattern.get("/Matrix", (1, 0, 0, 1, 0, 0))) @ self.base
            state = replace(self.state, matrix=matrix, clip=EVERYWHERE, fill_pattern=None)
            for mark in _Walker(pattern, state, depth=self.depth + 1).marks():
                yield replace(mark, area=area.within(self.state.clip))

    # text

    def begin_text(self, *_: Any) -> None:
        from pikepdf import Matrix

        self.text_matrix = self.line_matrix = Matrix()

    def set_font(self, operands: Any, _: str) -> None:
        self.state.font, self.state.font_size = self.resources.Font[operands[0]], float(operands[1])

    def set_rendering(self, operands: Any, _: str) -> None:
        self.state.rendering = int(operands[0])

    def set_text_matrix(self, operands: Any, _: str) -> None:
        self.text_matrix = self.line_matrix = _matrix(operands)

    def next_line(self, operands: Any, _: str) -> None:
        from pikepdf import Matrix

        self.text_matrix = self.line_matrix = Matrix(1, 0, 0, 1, *map(float, operands)) @ self.line_matrix

    def show(self, operands: Any, _: str) -> Iterator[Mark]:
        """Yield a text; where it ends does not matter to any check."""
        if self.state.rendering in _INVISIBLE or self.state.font is None:
            return
        matrix = self.text_matrix @ self.state.matrix
        size = self.state.font_size * hypot(matrix.c, matrix.d)
        area = Area(matrix.e, matrix.f, matrix.e, matrix.f)
        outlined = self.state.rendering in (1, 5)
        colour = self.state.stroke if outlined else self.state.fill
        mark = self._mark(Kind.TEXT, area, colour, size)
        yield replace(mark, area=area, font=self.state.font, codes=_codes(operands[-1]))

    # images and what is drawn in turn

    def draw(self, operands: Any, _: str) -> Iterator[Mark]:
        item = self.resources.XObject[operands[0]]
        if str(item.Subtype) == "/Image":
            yield self._image(item, int(item.Width), int(item.Height), int(item.get("/BitsPerComponent", 1)))
        elif self.depth < _DEEPEST:
            matrix = _matrix(item.get("/Matrix", (1, 0, 0, 1, 0, 0))) @ self.state.matrix
            left, bottom, right, top = (float(value) for value in item.BBox)
            corners = [(left, bottom), (right, bottom), (right, top), (left, top)]
            state = replace(self.state, matrix=matrix, clip=self.state.clip.within(bounds(corners, matrix)))
            yield from _Walker(item, state, depth=self.depth + 1).marks()

    def draw_inline(self, operands: Any, _: str) -> Iterator[Mark]:
        image = operands[0]
        bits = 1 if image.image_mask else image.bits_per_component
        space = self.state.fill.space if image.image_mask else f"Device{_INLINE_SPACES.get(image.mode, 'RGB')}"
        yield self._placed(Colour(space), image.width, image.height, bits)

    def shade(self, operands: Any, _: str) -> Iterator[Mark]:
        shading = self.resources.Shading[operands[0]]
        colour = Colour(space_of(shading.ColorSpace, self.resources))
        yield self._mark(Kind.SHADING, self.state.clip, colour)

    def _image(self, item: Object, width: int, height: int, bits: int) -> Mark:
        is_stencil = bool(item.get("/ImageMask", False))
        colour = self.state.fill if is_stencil else Colour(space_of(item.get("/ColorSpace"), self.resources))
        mark = self._placed(colour, width, height, 1 if is_stencil else bits)
        return replace(mark, is_opaque=mark.is_opaque and "/SMask" not in item)

    def _placed(self, colour: Colour, width: int, height: int, bits: int) -> Mark:
        """Return an image of so many pixels in the unit square of the matrix."""
        matrix = self.state.matrix
        inches = hypot(matrix.a, matrix.b) / 72, hypot(matrix.c, matrix.d) / 72
        ppi = min(width / max(inches[0], 1e-6), height / max(inches[1], 1e-6))
        area = bounds([(0, 0), (1, 0), (1, 1), (0, 1)], matrix)
        return replace(self._mark(Kind.IMAGE, area, colour), ppi=ppi, bits=bits)

    def _mark(self, kind: Kind, area: Area, colour: Colour, size_pt: float = 0.0) -> Mark:
        state = self.state
        opacity = state.stroke_opacity if kind is Kind.STROKE else state.fill_opacity
        shown = area.within(state.clip)
        opaque = opacity == 1 and not state.is_masked
        return Mark(kind, shown, colour, size_pt, is_opaque=opaque, blend=state.blend, in_group=self.in_group)


def _matrix(values: Any) -> Matrix:
    from pikepdf import Matrix

    return Matrix(*(float(value) for value in values))


def _codes(shown: Any) -> bytes:
    """Return the codes of a string, or of an array of strings and spaces between them."""
    from pikepdf import Array, String

    items = shown if isinstance(shown, Array) else (shown,)
    return b"".join(bytes(item) for item in items if isinstance(item, String))


_INLINE_SPACES = {"L": "Gray", "1": "Gray", "RGB": "RGB", "CMYK": "CMYK"}
_FILLING = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
_STROKING = frozenset({"S", "s", "B", "B*", "b", "b*"})
_PAINTING = _FILLING | _STROKING | {"n"}
_Act = Callable[[_Walker, Any, str], "Iterator[Mark] | None"]
_ACTS: dict[str, _Act] = {
    "q": _Walker.save,
    "Q": _Walker.restore,
    "cm": _Walker.transform,
    "w": _Walker.set_width,
    "gs": _Walker.set_state,
    **dict.fromkeys(("g", "G", "rg", "RG", "k", "K", "cs", "CS"), _Walker.set_colour),
    **dict.fromkeys(("sc", "SC", "scn", "SCN"), _Walker.set_values),
    **dict.fromkeys(("m", "l", "c", "v", "y"), _Walker.point),
    "re": _Walker.rectangle,
    **dict.fromkeys(("W", "W*"), _Walker.clip),
    **dict.fromkeys(_PAINTING, _Walker.paint),
    "BT": _Walker.begin_text,
    "Tf": _Walker.set_font,
    "Tr": _Walker.set_rendering,
    "Tm": _Walker.set_text_matrix,
    **dict.fromkeys(("Td", "TD"), _Walker.next_line),
    **dict.fromkeys(("Tj", "TJ", "'", '"'), _Walker.show),
    "Do": _Walker.draw,
    "INLINE IMAGE": _Walker.draw_inline,
    "sh": _Walker.shade,
}
