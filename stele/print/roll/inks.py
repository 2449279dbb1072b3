"""A shaped word and the fonts of a PDF in, the operators that draw it and let readers find it out.

What each glyph stands for, and what right-to-left words need so that they can be copied, is left to
`mends.extraction`; here its operators are kept for the next time that the word comes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from stele.print.mends.codes import carrier_for, code_for
from stele.print.mends.extraction import RIGHT_TO_LEFT, Line, is_plain, write_letters
from stele.print.mends.knots import Placed, knots_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stele.print.roll.hands import Hand, Piece


Font: TypeAlias = tuple[str, float]  # its name in the PDF, and its size in px
_STEP = 4  # thousandths of an em: poppler sorts letters by where they begin
_HEXADECIMAL = re.compile("<([0-9a-f]*)>")
_ESCAPED = str.maketrans({char: f"\\{ord(char):03o}" for char in "()\\\r"})
_NO_GLYPH = '.notdef glyph rendered for Unicode string unsupported by fonts: "%s" (U+%04X)'


@dataclass(frozen=True, slots=True)
class Ink:
    """How a word is drawn, with the pen at its left edge before, and at its right edge after.

    `shown` is the inside of a string of codes, in the font `first`; if it needs other operators, they are within, and
    leave the font `last`. `marks` are drawn when the line is done, with the pen at the left edge of the word again, and
    leave `marks_font` and the pen at `marks_end`.
    """

    first: Font | None
    last: Font | None
    shown: str
    marks: str = ""
    marks_font: Font | None = None
    marks_end: float = 0.0


class _Recorder:
    """Stands in for a stream while a word is written: remembers the operators, and of which kind each is."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self.fonts: list[Font] = []
        self.stream = self

    def set_font_size(self, name: str, size: float) -> None:
        self.fonts.append((name, size))
        self.said.append(("font", f"/{name} {number(size)} Tf"))

    def set_text_rise(self, rise: float) -> None:
        self.said.append(("rise", f"{number(rise)} Ts"))

    def show_text(self, text: str) -> None:
        self.said.append(("show", text))

    def append(self, operator: bytes) -> None:
        self.said.append(("content", operator.decode("ascii")))

    def end_marked_content(self) -> None:
        self.said.append(("content", "EMC"))


def number(value: float) -> str:
    """Return a number as PDF has it."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


class Inks:
    """The words of a roll in one PDF, each written when it is first asked for."""

    def __init__(self, stream: Any) -> None:
        """Take a stream of the PDF, which knows its fonts."""
        self.fonts = stream._fonts  # noqa: SLF001 (has no public name)
        self._stream, self._known = stream, dict[Any, Any]()
        self._inks: dict[Piece, Ink] = {}
        self._spaces: dict[tuple[Hand, Font], str] = {}
        self._by_name: dict[str, Any] = {}
        self._colors: dict[Hand, str] = {}
        self._plain: dict[Hand, PlainWords] = {}

    def __getitem__(self, piece: Piece) -> Ink:
        """Return the ink of a word."""
        ink = self._inks.get(piece)
        if ink is None:
            ink = self._inks[piece] = self._written(piece)
        return ink

    def font(self, pango_font: Any) -> Any:
        """Return the font of the PDF that is made of one of Pango's."""
        font = self._known.get(pango_font)
        if font is None:
            font = self._known[pango_font] = self._stream.add_font(pango_font)[0]
            self._by_name[font.hash] = font
        return font

    def color(self, hand: Hand) -> str:
        """Return the operators that choose the colour of a hand."""
        if hand not in self._colors:
            copy = self._stream.clone(tags=None)
            copy.set_color(hand.style["color"])
            self._colors[hand] = b"\n".join(copy.stream).decode("ascii")
        return self._colors[hand]

    def space(self, hand: Hand, state: Font) -> str:
        """Return the inside of a string that moves the pen as far as a space of `hand`, with the font that it has."""
        shown = self._spaces.get((hand, state))
        if shown is None:
            shown = self._spaces[hand, state] = self._spaced(hand, state)
        return shown

    def direction_mark(self, state: Font) -> str:
        """Return the inside of a string that says that the line goes from right to left, where a number comes next."""
        carrier = carrier_for(self._by_name[state[0]], RIGHT_TO_LEFT)
        return "" if carrier is None else f">{_STEP}<{carrier:04x}>-{_STEP}<"

    def _spaced(self, hand: Hand, state: Font) -> str:
        (run,) = hand.pieces[" "].runs
        font, wanted = self.font(run.font), round(hand.space * 1000 / state[1])
        if font.hash != state[0]:
            return f">{-wanted}<"
        code, width = code_for(font, run.glyphs[0].number, " "), round(run.glyphs[0].width * 1000)
        font.widths.setdefault(run.glyphs[0].number, width)
        return f"{code:04x}" if width == wanted else f"{code:04x}>{width - wanted}<"

    def line(self, words: Sequence[Piece], hand: Hand, state: Font) -> tuple[str, Font]:
        """Return the operators for words from left to right, with spaces of `hand`, and the font that they leave."""
        line = _Operators(self, hand, state)
        for at, word in enumerate(words):
            line.write(word, spaced=at > 0)
        return line.end(), line.state

    def plain(self, hand: Hand) -> PlainWords:
        """Return the words of a hand that any line of it can show as they are."""
        if hand not in self._plain:
            self._plain[hand] = PlainWords(self, hand)
        return self._plain[hand]

    def _written(self, piece: Piece) -> Ink:
        clusters = [cluster for run in piece.runs for cluster in run.clusters]
        fonts = [self.font(cluster.pango_font) for cluster in clusters]
        placed, recorder = list(self._placed(piece)), _Recorder()
        line = Line(recorder)
        if all(is_plain(font, cluster) for font, cluster in zip(fonts, clusters, strict=True)):
            for place in placed:
                line.show(place, place.code)
            return _ink(piece, line, recorder)
        for font, cluster in zip(fonts, clusters, strict=True):
            for glyph in cluster.glyphs:  # as where WeasyPrint draws: the first text that a glyph stands for is its own
                code_for(font, glyph, cluster.seen_letters[0] if cluster.is_rtl else cluster.letters)
        knots = knots_of(placed, fonts, clusters)
        write_letters(line, knots, None)
        marks = _Recorder()
        ending = Line(marks)
        ending.end(knots)
        ink = _ink(piece, line, recorder)
        if not marks.said:
            return ink
        return replace(ink, marks=shown(_inside(marks.said)), marks_font=ending.state, marks_end=ending.x)

    def _placed(self, piece: Piece) -> Iterator[Placed]:
        """Yield the glyphs of a word from left to right."""
        size, pen = piece.hand.size, 0.0
        for run in piece.runs:
            font = self.font(run.font)
            for glyph in run.glyphs:
                code = glyph.number or _missing(font, run.text[glyph.start])
                advance = font.widths.setdefault(code, round(glyph.width * 1000)) * size / 1000
                yield Placed(font.hash, size, code, pen + glyph.x * size, advance, glyph.rise * size)
                pen += glyph.advance * size


class PlainWords(dict["Piece", "str | None"]):
    """What words show, as far as they need no look at what stands around: most of a roll is made of these.

    What is drawn in the first font of its hand, has no marks, and is of the direction of the hand needs none, but that
    in a right-to-left line, a number must come last.
    """

    def __init__(self, inks: Inks, hand: Hand) -> None:
        """Begin without any."""
        super().__init__()
        self.font = (inks.font(hand.font).hash, hand.size)
        self._inks, self._hand, self._space = inks, hand, _briefly(inks.space(hand, self.font))
        self._is_rtl = hand.direction == "rtl"
        self._numbers: set[Piece] = set()

    def __missing__(self, word: Piece) -> str | None:
        """Return the inside of a string for a word, None if it needs a look."""
        ink = self._inks[word]
        is_plain = ink.first == ink.last == self.font and not ink.marks and not word.is_turned
        if self._is_rtl and is_plain and not word.runs[0].is_rtl:
            self._numbers.add(word)
        self[word] = found = _briefly(ink.shown) if is_plain and word.hand is self._hand else None
        return found

    def line(self, words: Sequence[Piece]) -> str | None:
        """Return the operators for words in the order of reading, None if one of them needs a look."""
        found = [self[word] for word in words]
        if None in found:
            return None
        if self._is_rtl:
            if not self._numbers.isdisjoint(words[:-1]):
                return None
            found.reverse()
        return shown(self._space.join(found), "()")  # type: ignore[arg-type]


def _missing(font: Any, letter: str) -> int:
    """Return the code of a letter that no font has, and say so as WeasyPrint does."""
    from weasyprint.logger import LOGGER

    LOGGER.warning(_NO_GLYPH, letter, ord(letter))
    return int(font.get_unused_glyph_id(ord(letter)))


def _ink(piece: Piece, line: Line, recorder: _Recorder) -> Ink:
    """Return what was recorded, with the pen moved to the end of the word."""
    if line.state is None:  # nothing of the word is drawn
        return Ink(None, None, f">{-round(piece.width * 1000 / piece.hand.size)}<")
    line.move_to(piece.width, line.state[1])
    line.end([])
    return Ink(recorder.fonts[0], line.state, _inside(recorder.said[1:]))


def _inside(said: Sequence[tuple[str, str]]) -> str:
    """Return operators as the inside of a string of codes, which other codes may stand before and behind."""
    inside, last = "", ""
    for kind, value in said:
        if kind != "show":
            inside += f">] TJ\n{value}\n[<"
        else:
            inside += f">] TJ\n[<{_codes(value)}" if last == "show" else _codes(value)
        last = kind
    return inside


def _codes(text: str) -> str:
    """Return what `show_text` takes as the inside of a string."""
    opened = text[1:] if text.startswith("<") else f">{text}"
    return opened[:-1] if opened.endswith(">") else f"{opened}<"


def _briefly(inside: str) -> str:
    """Return the inside of a string with the codes as they are, in half the room (ISO 32000-1, 7.3.4.2)."""

    def literal(found: re.Match[str]) -> str:
        return f"({bytes.fromhex(found[1]).decode('latin-1').translate(_ESCAPED)})"

    return _HEXADECIMAL.sub(literal, f"<{inside}>")[1:-1]


def shown(inside: str, quotes: str = "<>") -> str:
    """Return the operators that show the inside of a string of codes."""
    operators = f"[{quotes[0]}{inside}{quotes[1]}] TJ"
    if quotes in operators:  # PDFium forgets at an empty string how far the last glyph goes
        operators = operators.replace(quotes, " ").replace("[ ] TJ\n", "").removesuffix("\n[ ] TJ")
    return operators


class _Operators:
    """Joins the inks of a line, in as few operators as they need."""

    def __init__(self, inks: Inks, hand: Hand, state: Font) -> None:
        self.inks, self.hand, self.state = inks, hand, state
        self._operators: list[str] = []
        self._marked: list[tuple[Ink, float]] = []
        self._inside, self._x, self._spoken = "", 0.0, hand

    def write(self, word: Piece, *, spaced: bool) -> None:
        """Write a word, behind a space if it is not the first from the left."""
        if spaced:
            self._inside += self.inks.space(self.hand, self.state)
            self._x += self.hand.space
            if self.hand.direction == "rtl" and not word.runs[0].is_rtl:
                self._say_direction()
        self._speak(word.hand)
        ink = self.inks[word]
        if ink.first and ink.first != self.state:
            self._operate(f"/{ink.first[0]} {number(ink.first[1])} Tf")
        self._inside += ink.shown
        self.state = ink.last or self.state
        if ink.marks:
            self._marked.append((ink, self._x))
        self._x += word.width

    def end(self) -> str:
        """Draw the marks of all words, which have been read, and return the operators of the line."""
        for ink, left in self._marked:
            self._operate("")
            self._inside = f">{round((self._x - left) * 1000 / self.state[1])}<"
            self._operate(ink.marks)
            self.state, self._x = ink.marks_font or self.state, left + ink.marks_end
        self._speak(self.hand)
        self._operate("")
        return "\n".join(self._operators)

    def _operate(self, operator: str) -> None:
        """Show what is still to be shown, and then go on with an operator."""
        self._operators += [*([shown(self._inside)] if self._inside else ()), *([operator] if operator else ())]
        self._inside = ""

    def _speak(self, hand: Hand) -> None:
        """Say in which language what follows is (ISO 32000-1, 14.9.2.3), unless it is that of the line."""
        if hand is not self._spoken:
            if self._spoken is not self.hand:
                self._operate("EMC")
            if hand is not self.hand:
                self._operate(f"/Span <</Lang ({hand.style['lang']})>> BDC")
            self._spoken = hand

    def _say_direction(self) -> None:
        """Say it apart, as poppler needs it (see `mends.extraction`)."""
        self._operate("")
        self._inside = self.inks.direction_mark(self.state)
        self._operate("")
