"""WeasyPrint's drawing of text in, the same ink out, such that readers find the letters of every word in their order.

WeasyPrint 70 asks a glyph for its text when it first meets it and keeps the answer for the whole document. A glyph
that stands for other text later is then read wrongly: a bracket mirrored in right-to-left text, a mark on another
letter. And what draws nothing, as a zero-width non-joiner, is lost.

Here a glyph that stands for several texts gets a code for each (see `codes`). In right-to-left text, where readers take
what a line shows from left to right and turn it round, no code stands for more than one letter: what is left over goes
to carriers. Marks are drawn when the line is done, with a replacement text (ISO 32000-2, 14.9.4) that nobody reads.
Letters that readers would take apart (see `knots`) are replaced by one of them, and carriers have the others.

Whole words are not replaced so: poppler 22 and PDFium turn round replacement text too, and written backwards to please
them it would be read backwards by those that do it right. Carried marks of direction (U+200F) say instead where on a
right-to-left line a number or a phrase of the other direction ends, which poppler does not see.

The rule of versions is that of `line_breaks`.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional

from stele.print.mends.clusters import set_line
from stele.print.mends.codes import carrier_for, code_for, with_codes
from stele.print.mends.knots import Knot, Placed, knots_of
from stele.print.mends.plain_lines import draw_plainly

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stele.print.mends.clusters import Cluster

FLAWED = frozenset({"70.0"})
_STEP = 0.004  # of the font size, between carriers: poppler sorts letters by where they begin
# What is shown as this is read by nobody: poppler drops white space, PDFium what it could not print.
_SILENCE = "\t"
RIGHT_TO_LEFT = "\u200f"
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
    from weasyprint.text.ffi import pango

    draw = text.draw_first_line_as_it_was
    if overflow == "ellipsis" or ellipsis != "none" or not textbox.text.strip() or textbox.style["font_size"] < 1e-6:
        return draw(stream, textbox, overflow, ellipsis, matrix)
    pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)  # as it is drawn: it is set once
    line = set_line(textbox.pango_layout)
    known = {font: stream.add_font(font) for font in dict.fromkeys(run.pango_font for run in line.runs)}
    if draw_plainly(stream, line, known, matrix):
        return []
    fonts, clusters = [known[cluster.pango_font][0] for cluster in line.clusters], line.clusters
    is_drawn = any(font.bitmap for font in fonts)  # emoji: pictures, with codes of one byte
    if is_drawn or all(is_plain(font, cluster) for font, cluster in zip(fonts, clusters, strict=True)):
        return draw(stream, textbox, overflow, ellipsis, matrix)
    for font, cluster in zip(fonts, clusters, strict=True):
        for glyph in cluster.glyphs:  # before WeasyPrint thinks of a text for it, or of none
            code_for(font, glyph, cluster.seen_letters[0] if cluster.is_rtl else cluster.letters)
    pen = _Pen(stream)
    emojis = draw(pen, textbox, overflow, ellipsis, matrix)
    _write(stream, knots_of(list(pen.placed()), fonts, clusters), textbox.width if hasattr(textbox, "level") else None)
    return emojis


def is_plain(font: Any, cluster: Cluster) -> bool:
    """Say whether WeasyPrint draws a cluster as it should be read."""
    first, *others = cluster.glyphs
    return not (others or cluster.is_rtl) and code_for(font, first, cluster.letters) == first


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

    def placed(self) -> Iterator[Placed]:
        """Yield the glyphs from left to right; only now that the line is drawn are all widths known."""
        x = 0.0
        for font, size, rise, widths, text in self.shown:
            for codes, number in _SHOWN.findall(text):
                x -= float(number or 0) * size / 1000
                for code in (int(codes[i : i + 4], 16) for i in range(0, len(codes), 4)):
                    advance = widths[code] * size / 1000
                    yield Placed(font, size, code, x, advance, rise)
                    x += advance


def _write(stream: Any, knots: list[Knot], end: float | None) -> None:
    """Write the knots of a line, or of a piece of it that ends at `end`, cut by its direction (see `reordering`)."""
    line = Line(stream)
    write_letters(line, knots, end)
    line.end(knots)


def write_letters(line: Line, knots: list[Knot], end: float | None) -> None:
    """Write all that is read of a line, which does not need to be ended if it has no marks."""
    for number, knot in enumerate(knots):
        earlier, later = knots[:number][::-1], knots[number + 1 :]
        before, letters, after = _parted(knot, earlier, later)
        line.carry_up_to(knot.left, before, knot)
        line.show_as(letters, knot)
        line.carry_up_to(min([knot.right, *(each.left for each in later[:1])]), after, knot)
        edge = later[0].left if later else end
        if edge is not None and _needs_direction(knot, *later[:1]):
            line.flush()
            line.carry_up_to(edge, RIGHT_TO_LEFT, knot)
            line.flush()  # apart, as poppler needs it and PDFium does not: that leaves out what has no width


def _needs_direction(knot: Knot, behind: Knot | None = None) -> bool:
    """Say whether poppler might take the start of a knot along with what stands at its right, in this piece or not.

    On a right-to-left line, poppler 22 gives from left to right whatever stands between what has the other direction
    or a part in numbers, as a comma, and the next letter to the left: "1992 ," for a year and the comma behind it.
    """
    if not knot.is_rtl or bidirectional(knot.letters[-1]) in _STRONG:
        return False
    return behind is None or not behind.is_rtl or bidirectional(behind.letters[0]) in _OF_NUMBERS


def _is_beside_mark(stop: Knot, knot: Knot) -> bool:
    """Say whether PDFium would give a full stop before the mark that ends a word: it does not turn the two round."""
    return knot.is_rtl and bidirectional(knot.letters[0]) == "NSM" and bidirectional(stop.letters[-1]) in _OF_NUMBERS


def _parted(knot: Knot, earlier: list[Knot], later: list[Knot]) -> tuple[str, str, str]:
    """Return what is carried before a knot, what it is read as, and what is carried after it.

    PDFium does not read what is shown without any width, so carriers need a glyph beside them: of the knot itself or of
    what stands `earlier` or `later`, to the left or to the right, nearest first.
    """
    if not knot.is_rtl:
        return "", knot.letters, ""
    stop = RIGHT_TO_LEFT if earlier and _is_beside_mark(earlier[0], knot) else ""
    if knot.has_carriers and _has_glyph_beside(knot, later):
        return stop, knot.letters[0], knot.letters[1:]
    if knot.has_carriers and (knot.is_single or _has_glyph_beside(knot, earlier)):
        return stop + knot.letters[:-1], knot.letters[-1], ""
    return "", knot.letters[::-1], ""


def _has_glyph_beside(knot: Knot, neighbours: list[Knot]) -> bool:
    """Say whether a glyph with ink is written in one operator with what is carried beside a knot, toward the others."""
    together = takewhile(lambda each: each.is_single and each.font is knot.font and each.size == knot.size, neighbours)
    return any(not each.letters.isspace() for each in together)


class Line:
    """Writes glyphs to a stream, each at its place, in as few operators as they need."""

    def __init__(self, stream: Any) -> None:
        self.stream, self.shown = stream, ""
        self.x = self.rise = 0.0
        self.state: tuple[str, float] | None = None

    def show(self, place: Placed, code: int) -> None:
        """Show a code at its place."""
        self._use(place)
        self.move_to(place.x, place.size)
        self._add(code)
        self.x += place.advance

    def move_to(self, x: float, size: float) -> None:
        """Move the pen, where a font of `size` is used."""
        if gap := round((self.x - x) * 1000 / size):
            self.shown += f"{gap}"
            self.x -= gap * size / 1000

    def _add(self, code: int) -> None:
        self.shown = self.shown.removesuffix(">") if self.shown.endswith(">") else f"{self.shown}<"
        self.shown += f"{code:04x}>"

    def show_as(self, letters: str, knot: Knot) -> None:
        """Show a knot that is read as `letters`; in a right-to-left line its marks wait for the end.

        Poppler takes the place of letters that replace several glyphs from the start of the first and the end of the
        last.
        """
        if knot.is_single:
            self._show_each(knot.drawn, letters, knot)
            return
        self._open(letters)
        self._show_each(knot.drawn, letters, knot)
        self.flush()  # PDFium measures what follows from the end of the first operator
        if not knot.is_rtl:
            self._show_each(knot.marks, letters, knot)
        self._close()

    def _show_each(self, placed: list[Placed], letters: str, knot: Knot) -> None:
        for place in placed:
            self.show(place, code_for(knot.font, place.code, letters))

    def _open(self, letters: str) -> None:
        self.flush()
        self.stream.stream.append(f"/Span <</ActualText <feff{letters.encode('utf-16-be').hex()}>>> BDC".encode())

    def _close(self) -> None:
        self.flush()
        self.stream.end_marked_content()

    def carry_up_to(self, edge: float, letters: str, knot: Knot) -> None:
        """Carry letters left of an edge, each a step from the next."""
        for step, letter in enumerate(letters, -len(letters)):
            carrier = carrier_for(knot.font, letter)
            if carrier is not None:
                self._use(knot.drawn[0])
                self.move_to(edge + step * _STEP * knot.size, knot.size)
                self._add(carrier)

    def _use(self, place: Placed) -> None:
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
        """Write what is still to be shown."""
        if self.shown:
            self.stream.show_text(self.shown)
        self.shown = ""

    def end(self, knots: list[Knot]) -> None:
        """Draw the marks of right-to-left letters, which have been read.

        Each moves its pen up or down, and PDFium would begin another line with what comes after it.
        """
        for knot in knots:
            for place in knot.marks if knot.is_rtl else ():
                self._open(_SILENCE)
                self.show(place, code_for(knot.font, place.code, _SILENCE))
                self._close()
        self.flush()
        if self.rise:
            self.stream.set_text_rise(0)
