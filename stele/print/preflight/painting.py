"""A page of an open PDF in, all that is painted on it out, in its order, with size and place on the paper.

What lies in forms, patterns and glyphs of Type 3 counts as painted on the page that draws it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import hypot
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from stele.print.preflight.colour import BLACK, Colour, colour_of, space_of
from stele.print.preflight.marks import EVERYWHERE, Area, Kind, Mark, bounds, scale
from stele.print.statements import INLINE_IMAGE, codes, name, numbers, statements

if TYPE_CHECKING:
    from pikepdf import Matrix, Object, Page

    from stele.print.preflight.memory import Painted
    from stele.print.preflight.typefaces import Font

_DEEPEST = 12  # forms within forms: what is deeper is a circle
# ISO 32000-2, table 104
_OUTLINED, _FILLED_AND_OUTLINED, _INVISIBLE = (1, 5), (2, 6), (3, 7)


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
    font: Font | None = None
    font_size: float = 0.0
    rendering: int = 0

    def copy(self) -> _State:
        """Return another that is the same."""
        return _State(*_values(self))


_values = attrgetter(*_State.__slots__)


def followed(page: Page, painted: Painted) -> list[Mark]:
    """Return the marks of a page; `painted` knows the fonts of its file, and forms that need not be followed."""
    from pikepdf import Matrix

    marks: list[Mark] = []
    _Walker(painted, page.obj, _State(Matrix()), marks).walk()
    return marks


class _Walker:
    """Follows one content stream and adds its marks to others; what it draws in turn is followed by another."""

    def __init__(self, painted: Painted, stream: Object, state: _State, marks: list[Mark], depth: int = 0) -> None:
        from pikepdf import Dictionary, Matrix

        self.painted = painted
        self.stream = stream
        self.resources = stream.get("/Resources", Dictionary())
        self.state = state
        self.marks = marks
        self.base = state.matrix
        self.in_group = "/Group" in stream
        self.depth = depth
        self.changes: dict[str, dict[str, Any]] = {}  # of the state, by what chooses them in the stream
        self.fonts: dict[str, Font] = {}
        self.saved: list[_State] = []
        self.path: list[float] = []
        self.clips = False
        self.matrix = Matrix
        self.text_matrix = self.line_matrix = Matrix()

    def walk(self) -> None:
        """Follow the stream to its end."""
        for operands, operator in statements(self.stream):
            act = _ACTS.get(operator)
            if act is not None:
                act(self, operands, operator)

    # state

    def save(self, *_: Any) -> None:
        self.saved.append(self.state.copy())

    def restore(self, *_: Any) -> None:
        if self.saved:
            self.state = self.saved.pop()

    def transform(self, operands: str, _: str) -> None:
        self.state.matrix = self.matrix(*numbers(operands)) @ self.state.matrix

    def set_width(self, operands: str, _: str) -> None:
        self.state.width = numbers(operands)[0]

    def set_state(self, operands: str, _: str) -> None:
        if operands not in self.changes:
            self.changes[operands] = dict(self._changes(self.resources.ExtGState[name(operands)]))
        for key, value in self.changes[operands].items():
            setattr(self.state, key, value)

    def _changes(self, settings: Object) -> Iterator[tuple[str, Any]]:
        """Yield which parts of the state a dictionary of settings changes, and to what."""
        for key, value in settings.items():
            match key:
                case "/ca":
                    yield "fill_opacity", float(value)
                case "/CA":
                    yield "stroke_opacity", float(value)
                case "/LW":
                    yield "width", float(value)
                case "/BM":
                    yield "blend", str(value).removeprefix("/")
                case "/SMask":
                    yield "is_masked", str(value) != "/None"
                case "/Font":
                    yield from (("font", self.painted.font(value[0])), ("font_size", float(value[1])))

    def set_colour(self, operands: str, operator: str) -> None:
        """Take a colour of a device space, or the first one of a named space."""
        colour = colour_of(operator, operands.split(), self.resources)
        if operator.isupper():
            self.state.stroke = colour
        else:
            self.state.fill, self.state.fill_pattern = colour, None

    def set_values(self, operands: str, operator: str) -> None:
        """Take a colour of the current space; a pattern brings its own colours."""
        stroke = operator.isupper()
        space = (self.state.stroke if stroke else self.state.fill).space
        if space == "Pattern":
            self.state.fill_pattern = None if stroke else self.resources.Pattern[name(operands)]
        elif stroke:
            self.state.stroke = Colour(space, tuple(numbers(operands)))
        else:
            self.state.fill = Colour(space, tuple(numbers(operands)))

    # paths

    def points(self, operands: str, _: str) -> None:
        self.path += numbers(operands)

    def rectangle(self, operands: str, _: str) -> None:
        x, y, width, height = numbers(operands)
        self.path += (x, y, x + width, y, x + width, y + height, x, y + height)

    def clip(self, *_: Any) -> None:
        self.clips = True

    def paint(self, _: Any, operator: str) -> None:
        """Paint a path, then forget it."""
        state = self.state
        area = bounds(self.path, state.matrix)
        if self.path and operator in _FILLING:
            self._fill(area)
        if self.path and operator in _STROKING:
            self._add(Kind.STROKE, area, state.stroke, size_pt=state.width * scale(state.matrix))
        if self.clips:
            state.clip = state.clip.within(area)
        self.path, self.clips = [], False

    def _fill(self, area: Area) -> None:
        pattern = self.state.fill_pattern
        if pattern is None:
            shown = area.within(self.state.clip)
            if not shown.is_empty:
                self._add(Kind.FILL, area, self.state.fill, size_pt=min(shown.width, shown.height))
        elif "/Shading" in pattern:
            self._add(Kind.SHADING, area, Colour(space_of(pattern.Shading.ColorSpace, self.resources)))
        elif self.depth < _DEEPEST:
            matrix = _own_matrix(pattern) @ self.base
            state = replace(self.state, matrix=matrix, clip=EVERYWHERE, fill_pattern=None)
            tile: list[Mark] = []
            _Walker(self.painted, pattern, state, tile, self.depth + 1).walk()
            shown = area.within(self.state.clip)
            self.marks += (mark._replace(area=shown) for mark in tile)

    # text

    def begin_text(self, *_: Any) -> None:
        self.text_matrix = self.line_matrix = self.matrix()

    def set_font(self, operands: str, _: str) -> None:
        font, size = operands.rsplit(maxsplit=1)
        if font not in self.fonts:
            self.fonts[font] = self.painted.font(self.resources.Font[name(font)])
        self.state.font, self.state.font_size = self.fonts[font], float(size)

    def set_rendering(self, operands: str, _: str) -> None:
        self.state.rendering = int(numbers(operands)[0])

    def set_text_matrix(self, operands: str, _: str) -> None:
        self.text_matrix = self.line_matrix = self.matrix(*numbers(operands))

    def next_line(self, operands: str, _: str) -> None:
        self.text_matrix = self.line_matrix = self.matrix(1, 0, 0, 1, *numbers(operands)) @ self.line_matrix

    def show(self, operands: str, _: str) -> None:
        """Add a text; where it ends does not matter to any check."""
        state = self.state
        if state.rendering in _INVISIBLE or state.font is None:
            return
        matrix = self.text_matrix @ state.matrix
        self._add(
            Kind.TEXT,
            Area(matrix.e, matrix.f, matrix.e, matrix.f),
            state.stroke if state.rendering in _OUTLINED else state.fill,
            size_pt=state.font_size * hypot(matrix.c, matrix.d),
            font=state.font,
            codes=codes(operands),
            clip=state.clip,
            outline=state.stroke if state.rendering in _FILLED_AND_OUTLINED else None,
        )

    # images and what is drawn in turn

    def draw(self, operands: str, _: str) -> None:
        item = self.resources.XObject[name(operands)]
        if str(item.Subtype) == "/Image":
            self._draw_image(item)
        elif self.depth < _DEEPEST:
            matrix = _own_matrix(item) @ self.state.matrix
            left, bottom, right, top = map(float, item.BBox)
            clip = bounds((left, bottom, right, bottom, right, top, left, top), matrix)
            state = replace(self.state, matrix=matrix, clip=self.state.clip.within(clip))
            is_as_page = not self.depth and state == _State(matrix, state.clip)
            remembered = self.painted.remembered(item, matrix, state.clip) if is_as_page else None
            if remembered is None:
                _Walker(self.painted, item, state, self.marks, self.depth + 1).walk()
            else:
                self.marks += remembered

    def draw_inline(self, image: Any, _: str) -> None:
        bits = 1 if image.image_mask else image.bits_per_component
        space = self.state.fill.space if image.image_mask else f"Device{_INLINE_SPACES.get(image.mode, 'RGB')}"
        self._add_image(Colour(space), image.width, image.height, bits)

    def shade(self, operands: str, _: str) -> None:
        shading = self.resources.Shading[name(operands)]
        self._add(Kind.SHADING, self.state.clip, Colour(space_of(shading.ColorSpace, self.resources)))

    def _draw_image(self, item: Object) -> None:
        is_stencil = bool(item.get("/ImageMask", False))
        colour = self.state.fill if is_stencil else Colour(space_of(item.get("/ColorSpace"), self.resources))
        bits = 1 if is_stencil else int(item.get("/BitsPerComponent", 1))
        self._add_image(colour, int(item.Width), int(item.Height), bits, is_masked="/SMask" in item)

    def _add_image(self, colour: Colour, width: int, height: int, bits: int, *, is_masked: bool = False) -> None:
        """Add an image of so many pixels in the unit square of the matrix."""
        matrix = self.state.matrix
        inches = hypot(matrix.a, matrix.b) / 72, hypot(matrix.c, matrix.d) / 72
        ppi = min(width / max(inches[0], 1e-6), height / max(inches[1], 1e-6))
        area = bounds((0, 0, 1, 0, 1, 1, 0, 1), matrix)
        self._add(Kind.IMAGE, area, colour, is_masked=is_masked, ppi=ppi, bits=bits)

    def _add(self, kind: Kind, area: Area, colour: Colour, *, is_masked: bool = False, **rest: Any) -> None:
        """Add a mark; of an area that it paints, what the clip leaves of it."""
        state = self.state
        opacity = state.stroke_opacity if kind is Kind.STROKE else state.fill_opacity
        shown = area if kind is Kind.TEXT else area.within(state.clip)
        opaque = opacity == 1 and not (state.is_masked or is_masked)
        self.marks.append(Mark(kind, shown, colour, opaque, state.blend, self.in_group, **rest))


def _own_matrix(item: Object) -> Matrix:
    """Return the matrix that a form or a pattern brings."""
    from pikepdf import Matrix

    return Matrix(item.Matrix) if "/Matrix" in item else Matrix()


_INLINE_SPACES = {"L": "Gray", "1": "Gray", "RGB": "RGB", "CMYK": "CMYK"}
_FILLING = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
_STROKING = frozenset({"S", "s", "B", "B*", "b", "b*"})
_PAINTING = _FILLING | _STROKING | {"n"}
_Act = Callable[[_Walker, Any, str], None]
_ACTS: dict[str, _Act] = {
    "q": _Walker.save,
    "Q": _Walker.restore,
    "cm": _Walker.transform,
    "w": _Walker.set_width,
    "gs": _Walker.set_state,
    **dict.fromkeys(("g", "G", "rg", "RG", "k", "K", "cs", "CS"), _Walker.set_colour),
    **dict.fromkeys(("sc", "SC", "scn", "SCN"), _Walker.set_values),
    **dict.fromkeys(("m", "l", "c", "v", "y"), _Walker.points),
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
    INLINE_IMAGE: _Walker.draw_inline,
    "sh": _Walker.shade,
}
