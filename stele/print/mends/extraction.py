"""WeasyPrint's drawing of text in, the same ink out, such that readers find the letters of every word in their order.

WeasyPrint 70 asks a glyph for its text when it first meets it and keeps the answer for the whole document. A glyph
that stands for other text later is then read wrongly: a bracket mirrored in right-to-left text, a mark on another
letter. And what draws nothing, as a zero-width non-joiner, is lost.

Here a glyph that stands for several texts gets a code for each (see `codes`). In right-to-left text, where readers take
what a line shows from left to right and turn it round, no code stands for more than one letter: what is left over goes
to carriers. Glyphs that readers would take apart, a mark from its letter or two letters that overlap, are marked as one
letter (ISO 32000-2, 14.9.4 Replacement text), and carriers have the others.

Whole words are not marked so: poppler 22 and PDFium turn round replacement text too, and written backwards to please
them it would be read backwards by those that do it right.

The rule of versions is that of `line_breaks`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any

from stele.print.mends.clusters import Cluster, clusters_of
from stele.print.mends.codes import carrier_for, code_for, with_codes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FLAWED = frozenset({"70.0"})
_PARTING = 0.098  # of the font size; poppler 22 parts words at a gap or an overlap of 0.1
_STEP = 0.004  # of the font size, between carriers: poppler sorts letters by where they begin
# What is shown as this is read by nobody: poppler drops white space, PDFium what it could not print.
_SILENCE = "\t"
_RIGHT_TO_LEFT = "\u200f"
_STRONG, _OF_NUMBERS = ("R", "AL", "NSM", "BN"), ("EN", "AN", "ES", "ET", "CS")  # classes of UAX 9
_SHOWN = re.compile(r"<([0-9a-f]*)>|(-?[0-9.e-]+)")


def mend() -> None:
    """Make WeasyPrint, in this process, write text that reads as it was written. Once is enough, more does no harm."""
    import weasyprint
    from weasyprint import pdf
    from weasyprint.draw import text
    from weasyprint.pdf.stream import Stream

    if weasyprint.__version__ not in FLAWED or hasattr(text, "draw_first_line_as_it_was"):
        return
    text.draw_first_line_as_it_was = text.draw_first_line
    text.draw_first_line = _draw_first_line
    pdf.build_fonts_dictionary = with_codes(pdf.build_fonts_dictionary)
    Stream.show_text = _without_empty_strings(Stream.show_text)


def _without_empty_strings(show_text: Callable[[Any, str], None]) -> Callable[[Any, str], None]:
    """Return `show_text` such that it writes no ``<>``: then PDFium forgets how far the last glyph goes.

    In a justified line whose spaces come from another font than its words, all words behind one would stand too near.
    """
    return lambda stream, text: show_text(stream, text.replace("<>", " "))


def _draw_first_line(stream: Any, textbox: Any, overflow: str, ellipsis: str, matrix: Any) -> Any:
    from weasyprint.draw import text

    draw = text.draw_first_line_as_it_was
    if overflow == "ellipsis" or ellipsis != "none" or not textbox.text.strip() or textbox.style["font_size"] < 1e-6:
        return draw(stream, textbox, overflow, ellipsis, matrix)
    clusters = clusters_of(textbox.pango_layout)
    fonts = [stream.add_font(cluster.pango_font)[0] for cluster in clusters]
    is_drawn = any(font.bitmap for font in fonts)  # emoji: pictures, with codes of one byte
    if is_drawn or all(_is_plain(font, cluster) for font, cluster in zip(fonts, clusters, strict=True)):
        return draw(stream, textbox, overflow, ellipsis, matrix)
    for font, cluster in zip(fonts, clusters, strict=True):
        for glyph in cluster.glyphs:  # before WeasyPrint thinks of a text for it, or of none
            code_for(font, glyph, cluster.seen_letters[0] if cluster.is_rtl else cluster.letters)
    pen = _Pen(stream)
    emojis = draw(pen, textbox, overflow, ellipsis, matrix)
    _write(stream, _knots(list(pen.placed()), fonts, clusters), textbox.width if hasattr(textbox, "level") else None)
    return emojis


def _is_plain(font: Any, cluster: Cluster) -> bool:
    """Say whether WeasyPrint draws a cluster as it should be read."""
    first, *others = cluster.glyphs
    return not (others or cluster.is_rtl) and code_for(font, first, cluster.letters) == first


@dataclass(frozen=True, slots=True)
class _Placed:
    """A glyph on its line: its font and size in px, where its pen starts, how far that goes, and its rise."""

    font: str
    size: float
    code: int
    x: float
    advance: float
    rise: float


class _Pen:
    """Stands in for a stream while a line is drawn: remembers what is shown, and how, instead of writing it."""

    def __init__(self, stream: Any) -> None:
        self.stream, self.shown = stream, list[tuple[str, float, float, dict[int, float], str]]()
        self.rise = 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def add_font(self, pango_font: Any) -> Any:
        self.next_font = self.stream.add_font(pango_font)[0]
        return self.stream.add_font(pango_font)

    def set_font_size(self, font: str, size: float) -> None:
        self.font, self.size, self.widths = font, size, self.next_font.widths

    def set_text_rise(self, rise: float) -> None:
        self.rise = rise

    def show_text(self, text: str) -> None:
        self.shown.append((self.font, self.size, self.rise, self.widths, text))

    def placed(self) -> Iterator[_Placed]:
        """Yield the glyphs from left to right; only now that the line is drawn are all widths known."""
        x = 0.0
        for font, size, rise, widths, text in self.shown:
            for codes, number in _SHOWN.findall(text):
                x -= float(number or 0) * size / 1000
                for code in (int(codes[i : i + 4], 16) for i in range(0, len(codes), 4)):
                    advance = widths[code] * size / 1000
                    yield _Placed(font, size, code, x, advance, rise)
                    x += advance


@dataclass(slots=True)
class _Knot:
    """Glyphs that are read together. `letters` stand from left to right, if they are read from right to left."""

    font: Any
    placed: list[_Placed]
    letters: str
    is_rtl: bool

    @property
    def left(self) -> float:
        return min(place.x for place in self.placed if place.advance) if self.has_advance else self.placed[0].x

    @property
    def right(self) -> float:
        return max(place.x + place.advance for place in self.placed)

    @property
    def size(self) -> float:
        return self.placed[0].size

    @property
    def has_advance(self) -> bool:
        return any(place.advance for place in self.placed)

    @property
    def has_carriers(self) -> bool:
        return self.is_rtl and len(self.letters) > 1 and carrier_for(self.font, self.letters[0]) is not None

    @property
    def drawn(self) -> list[_Placed]:
        """The glyphs without marks, which have no width; a mark that stands alone counts as a glyph."""
        return [place for place in self.placed if place.advance] or self.placed

    @property
    def marks(self) -> list[_Placed]:
        return [place for place in self.placed if not place.advance] if self.has_advance else []

    @property
    def is_single(self) -> bool:
        """Whether it is read from one glyph."""
        return len(self.drawn if self.is_rtl else self.placed) == 1

    def take(self, other: _Knot) -> None:
        # PDFium does not turn a full stop round with a mark beside it: of one direction, they are kept apart.
        is_mark = self.is_rtl and unicodedata.category(other.letters[0]) == "Mn"
        between = _RIGHT_TO_LEFT if is_mark and unicodedata.category(self.letters[-1]) == "Po" else ""
        self.placed += other.placed
        self.letters += between + other.letters

    def is_tied_to(self, other: _Knot) -> bool:
        """Say whether readers would take the start of the `other` for another word, though no space parts them."""
        if not (self.is_rtl and other.is_rtl) or self.font is not other.font:
            return False
        if self.letters.isspace() or other.letters.isspace():
            return False
        left, right = self.placed[-1], other.placed[0]
        if not self.has_advance:
            return True  # a mark, which Pango does not always put into the cluster of its letter
        gap = right.x - left.x - left.advance
        return gap > _PARTING * left.size


def _knots(placed: list[_Placed], fonts: list[Any], clusters: list[Cluster]) -> list[_Knot]:
    found: list[_Knot] = []
    places = iter(placed)
    for font, cluster in zip(fonts, clusters, strict=True):
        knot = _Knot(font, list(islice(places, len(cluster.glyphs))), cluster.seen_letters, cluster.is_rtl)
        if found and found[-1].is_tied_to(knot):
            found[-1].take(knot)
        else:
            found.append(knot)
    return _apart(found)


def _apart(knots: list[_Knot]) -> list[_Knot]:
    """Return the knots such that a glyph stands between any two with carriers, who cannot stand alone."""
    found: list[_Knot] = []
    for knot in knots:
        if found and found[-1].has_carriers and not knot.is_single and found[-1].font is knot.font and knot.is_rtl:
            found[-1].take(knot)
        else:
            found.append(knot)
    return found


def _write(stream: Any, knots: list[_Knot], end: float | None) -> None:
    """Write the knots of a line, or of a piece of it that ends at `end`, cut by its direction (see `reordering`)."""
    line = _Line(stream)
    for number, knot in enumerate(knots):
        is_led, is_followed = _is_beside(knots[number - 1 :: -1] if number else []), _is_beside(knots[number + 1 :])
        before, letters, after = _parted(knot, is_led, is_followed)
        for step, letter in enumerate(before, -len(before)):
            line.carry(carrier_for(knot.font, letter), knot.left + step * _STEP * knot.size, knot.size)
        if knot.is_single:
            line.show(knot.drawn[0], code_for(knot.font, knot.drawn[0].code, letters))
        else:
            line.show_as(letters, knot)
        right = min([knot.right, *(each.left for each in knots[number + 1 : number + 2])])
        for step, letter in enumerate(after, -len(after)):
            line.carry(carrier_for(knot.font, letter), right + step * _STEP * knot.size, knot.size)
        edge = knots[number + 1].left if knot is not knots[-1] else end
        if edge is not None and _needs_direction(knot, *knots[number + 1 : number + 2]):
            line.carry_apart(carrier_for(knot.font, _RIGHT_TO_LEFT), edge - _STEP * knot.size, knot.size)
    for knot in knots:
        for place in knot.marks if knot.is_rtl else ():
            line.show_silently(knot.font, place)
    line.end()


def _needs_direction(knot: _Knot, behind: _Knot | None = None) -> bool:
    """Say whether poppler might take the start of a knot along with what stands at its right, in this piece or not.

    On a right-to-left line, poppler 22 gives from left to right whatever stands between what has the other direction
    or a part in numbers, as a comma, and the next letter to the left: "1992 ," for a year and the comma behind it.
    """
    if not knot.is_rtl or unicodedata.bidirectional(knot.letters[-1]) in _STRONG:
        return False
    return behind is None or not behind.is_rtl or unicodedata.bidirectional(behind.letters[0]) in _OF_NUMBERS


def _is_beside(neighbours: list[_Knot]) -> bool:
    """Say whether something with ink is written in one operator with what stands beside the first of the neighbours."""
    together = takewhile(lambda knot: knot.is_single, neighbours)
    return any(not knot.letters.isspace() for knot in together)


def _parted(knot: _Knot, is_led: bool, is_followed: bool) -> tuple[str, str, str]:
    """Return what is carried before a knot, what it is read as, and what is carried after it.

    PDFium does not read what is shown without any width, so carriers need a glyph beside them: it leads, or follows.
    """
    if not knot.is_rtl:
        return "", knot.letters, ""
    if knot.has_carriers and is_followed:
        return "", knot.letters[0], knot.letters[1:]
    if knot.has_carriers and (is_led or knot.is_single):
        return knot.letters[:-1], knot.letters[-1], ""
    return "", knot.letters[::-1], ""


class _Line:
    """Writes glyphs to a stream, each at its place, in as few operators as they need."""

    def __init__(self, stream: Any) -> None:
        self.stream, self.shown = stream, ""
        self.x = self.rise = 0.0
        self.state: tuple[str, float] | None = None

    def show(self, place: _Placed, code: int) -> None:
        self._use(place)
        self._move_to(place.x, place.size)
        self._add(code)
        self.x += place.advance

    def _move_to(self, x: float, size: float) -> None:
        if gap := round((self.x - x) * 1000 / size):
            self.shown += f"{gap}"
            self.x -= gap * size / 1000

    def _add(self, code: int) -> None:
        self.shown = self.shown.removesuffix(">") if self.shown.endswith(">") else f"{self.shown}<"
        self.shown += f"{code:04x}>"

    def show_as(self, letters: str, knot: _Knot) -> None:
        """Show several glyphs that are read as `letters`, in a right-to-left line without their marks.

        Poppler takes the place of the letters from the start of the first glyph and the end of the last.
        """
        self._open(letters)
        for place in knot.drawn:
            self.show(place, code_for(knot.font, place.code, letters))
        self.flush()  # PDFium measures what follows from the end of the first operator
        if not knot.is_rtl:
            for place in knot.marks:
                self.show(place, code_for(knot.font, place.code, letters))
        self._close()

    def show_silently(self, font: Any, place: _Placed) -> None:
        """Show a mark whose letter was read before."""
        self._open(_SILENCE)
        self.show(place, code_for(font, place.code, _SILENCE))
        self._close()

    def _open(self, letters: str) -> None:
        self.flush()
        self.stream.stream.append(f"/Span <</ActualText <feff{letters.encode('utf-16-be').hex()}>>> BDC".encode())

    def _close(self) -> None:
        self.flush()
        self.stream.end_marked_content()

    def carry(self, carrier: int | None, x: float, size: float) -> None:
        if carrier is not None:
            self._move_to(x, size)
            self._add(carrier)

    def carry_apart(self, carrier: int | None, x: float, size: float) -> None:
        """Carry what poppler should read and PDFium need not: it leaves out what is shown without any width."""
        self.flush()
        self.carry(carrier, x, size)
        self.flush()

    def _use(self, place: _Placed) -> None:
        if self.state != (place.font, place.size):
            self.flush()
            self.state = (place.font, place.size)
            self.stream.set_font_size(*self.state)
        self._rise_to(place.rise)

    def _rise_to(self, rise: float) -> None:
        if self.rise != rise:
            self.flush()
            self.rise = rise
            self.stream.set_text_rise(rise)

    def flush(self) -> None:
        if self.shown:
            self.stream.show_text(self.shown)
        self.shown = ""

    def end(self) -> None:
        self.flush()
        if self.rise:
            self.stream.set_text_rise(0)
