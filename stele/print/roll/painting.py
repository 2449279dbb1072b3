"""A filled page of a roll and a stream of WeasyPrint in, the names painted on it out, each marked for its tag."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from stele.print.roll.filling import offsets
from stele.print.roll.inks import Inks, number
from stele.print.roll.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stele.print.roll.filling import Block, Sheet
    from stele.print.roll.hands import Hand, Piece
    from stele.print.roll.inks import Font
    from stele.print.roll.lines import Line, Rows
    from stele.print.roll.names import Letter
    from stele.print.roll.specimen import Grid, Specimen

Place: TypeAlias = tuple[float, float]  # the left edge of a column, and its width
Mark: TypeAlias = "Letter | None"  # the letter that a heading is of, or a name


@dataclass(frozen=True, slots=True)
class Marks:
    """What was marked on a page, in its order, the first with the number `first` (MCID) and the others counted on."""

    first: int
    items: tuple[Mark, ...]

    @property
    def numbers(self) -> range:
        """The number of each."""
        return range(self.first, self.first + len(self.items))


class Painter:
    """Paints the pages of one roll, by a grid of its specimen; `lines` breaks names."""

    def __init__(self, specimen: Specimen, grid: Grid, lines: Lines) -> None:
        """Take what all pages have in common."""
        self.specimen, self.grid, self.lines = specimen, grid, lines
        self.heading = Lines([specimen.heading])
        self.inks: Inks | None = None
        self.widths: dict[Piece, list[float]] = {}  # of the letters of words

    def paint(self, stream: Any, sheet: Sheet) -> Marks:
        """Paint a page, from the corner of its block on; content is counted on from what the stream has marked."""
        if self.inks is None or self.inks.fonts is not stream._fonts:  # noqa: SLF001 (another PDF, with other codes)
            self.inks = Inks(stream)
        tags = stream._tags  # noqa: SLF001 (has no public name)
        page = _Page(self, self.inks, None if tags is None else len(tags))
        page.write(sheet)
        stream.stream.append("\n".join(["BT", *page.operators, "ET"]).encode("latin-1"))
        marks = Marks(len(tags or ()), tuple(page.marks))
        if tags is not None:
            tags.update(dict.fromkeys(marks.numbers))  # WeasyPrint counts on from these
        return marks

    def rows(self, block: Block) -> Sequence[Rows]:
        """Return the lines of the heading that a block is, or those of each of its names."""
        if block.letter:
            return [self.heading.of(block.letter.heading, self.grid.room, is_kin=False)]
        return block.names

    def baseline(self, block: Block, down: int) -> float:
        """Return the first baseline of a block that has so many lines above it, in px from the top of its column."""
        return down * self.grid.line + (self.grid.heading_baseline if block.letter else self.grid.baseline)

    def anchors(self, sheet: Sheet) -> dict[str, tuple[float, float]]:
        """Return where the letters of a page are, in px from the corner of the block of names, by their anchors."""
        return {
            block.letter.anchor: (left, down * self.grid.line)
            for column, (left, _) in zip(sheet, self.grid.columns, strict=False)
            for down, block in offsets(column)
            if block.letter
        }


class _Page:
    """The operators of one page, in the order of reading; nothing is marked if `first` is None."""

    def __init__(self, painter: Painter, inks: Inks, first: int | None) -> None:
        self.painter, self.inks, self.first = painter, inks, first
        self.operators: list[str] = []
        self.marks: list[Mark] = []
        self._state, self._color = ("", 0.0), ""
        self._hand: Hand | None = None

    def write(self, sheet: Sheet) -> None:
        """Write the headings and names of a page."""
        painter, line = self.painter, self.painter.grid.line
        for column, place in zip(sheet, painter.grid.columns, strict=False):
            for down, block in offsets(column):
                lines, tag = (painter.heading, "H3") if block.letter else (painter.lines, "LBody")
                baseline = painter.baseline(block, down)
                for rows in painter.rows(block):
                    if self.first is not None:
                        self.operators.append(_opened(tag, self.first + len(self.marks)))
                    self.marks.append(block.letter)
                    self._write(lines, rows, place, baseline)
                    if self.first is not None:
                        self.operators.append("EMC")
                    baseline += len(rows) * line

    def _write(self, lines: Lines, rows: Rows, place: Place, baseline: float) -> None:
        hand = lines.hand
        plain, at = self.inks.plain(hand), _matrix if hand.direction == "rtl" else _known_matrix
        for line in rows:
            shown = plain.line(line.words)
            if hand is not self._hand or plain.font is not self._state:
                self._use(hand, self._state if shown is None else plain.font)
            matrix = at(left_edge(line, hand, place), baseline)
            if shown is None:
                shown, self._state = self.inks.line(lines.ordered(line), hand, self._state)
            self.operators += (matrix, shown)
            baseline += self.painter.grid.line

    def _use(self, hand: Hand, font: Font) -> None:
        if font != self._state:
            self.operators.append(f"/{font[0]} {number(font[1])} Tf")
        self._state = font
        if hand is not self._hand:
            color = self.inks.color(hand)
            if color != self._color:
                self.operators.append(color)
            self._hand, self._color = hand, color


def left_edge(line: Line, hand: Hand, place: Place) -> float:
    """Return where the first word of a line from the left begins."""
    left, width = place
    return left + width - line.indent - line.width if hand.direction == "rtl" else left + line.indent


def _matrix(x: float, y: float) -> str:
    return f"1 0 0 -1 {number(x)} {_known_number(y)} Tm"


# Names stand in the same lines on each page; where they begin at the left, they stand in the same places.
_known_number = lru_cache(maxsize=1024)(number)
_known_matrix = lru_cache(maxsize=1024)(_matrix)


@lru_cache(maxsize=1024)
def _opened(tag: str, mcid: int) -> str:
    return f"/{tag} <</MCID {mcid}>> BDC"
