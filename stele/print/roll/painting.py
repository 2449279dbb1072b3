"""A filled page of a roll and a stream of WeasyPrint in, the names painted on it out, each marked for its tag."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from stele.print.roll.filling import offsets
from stele.print.roll.inks import Inks, number
from stele.print.roll.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stele.print.roll.filling import Sheet
    from stele.print.roll.hands import Hand
    from stele.print.roll.lines import Line
    from stele.print.roll.names import Letter
    from stele.print.roll.specimen import Grid, Specimen

Mark: TypeAlias = "Letter | None"  # the letter that a heading is of, or a name


@dataclass(frozen=True, slots=True)
class Marks:
    """What was marked on a page, in its order, the first with the number `first` (MCID) and the others counted on."""

    first: int
    items: tuple[Mark, ...]


class Painter:
    """Paints the pages of one roll, by a grid of its specimen; `lines` breaks names."""

    def __init__(self, specimen: Specimen, grid: Grid, lines: Lines) -> None:
        """Take what all pages have in common."""
        self.specimen, self.grid, self.lines = specimen, grid, lines
        self.heading = Lines([specimen.heading])
        self.inks: Inks | None = None

    def paint(self, stream: Any, sheet: Sheet) -> Marks:
        """Paint a page, from the corner of its block on; content is counted on from what the stream has marked."""
        if self.inks is None or self.inks.fonts is not stream._fonts:  # noqa: SLF001 (another PDF, with other codes)
            self.inks = Inks(stream)
        tags = stream._tags  # noqa: SLF001 (has no public name)
        page = _Page(self, self.inks, None if tags is None else len(tags))
        page.write(sheet)
        stream.stream.append("\n".join(["BT", *page.operators, "ET"]).encode("ascii"))
        return Marks(len(tags or ()), tuple(page.marks))

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

    def write(self, sheet: Sheet) -> None:
        """Write the headings and names of a page."""
        grid, painter = self.painter.grid, self.painter
        for column, (left, width) in zip(sheet, grid.columns, strict=False):
            for down, block in offsets(column):
                top = down * grid.line
                if block.letter:
                    lines = painter.heading.of(block.letter.heading, width, is_kin=False)
                    self._write(
                        "H3", block.letter, painter.specimen.heading, lines, (left, width), top + grid.heading_baseline
                    )
                for entry in block.entries:
                    lines = painter.lines.of(entry.name, width, is_kin=entry.is_kin)
                    self._write("LBody", None, painter.lines.hand, lines, (left, width), top + grid.baseline)
                    top += len(lines) * grid.line

    def _write(
        self, tag: str, mark: Mark, hand: Hand, lines: Sequence[Line], place: tuple[float, float], baseline: float
    ) -> None:
        if self.first is not None:
            self.operators.append(f"/{tag} <</MCID {self.first + len(self.marks)}>> BDC")
        self.marks.append(mark)
        color = self.inks.color(hand)
        if color != self._color:
            self.operators.append(color)
            self._color = color
        for row, line in enumerate(lines):
            self.operators.append(
                f"1 0 0 -1 {number(_left(line, hand, *place))} {number(baseline + row * self.painter.grid.line)} Tm"
            )
            shown, self._state = self.inks.line(line.words, hand, self._state)
            self.operators.append(shown)
        if self.first is not None:
            self.operators.append("EMC")


def _left(line: Line, hand: Hand, left: float, width: float) -> float:
    """Return where the first word of a line from the left begins."""
    return left + width - line.indent - line.width if hand.direction == "rtl" else left + line.indent
