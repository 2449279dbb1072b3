"""A finished PDF and the words that should stand on its pages in, the words that cannot be seen or read there out.

The words and their places come from the layout; what is compared with them comes from the bytes of the file, by
PDFium: its picture of each page and the text that it finds there. A word is *invisible* when the picture shows one
shade where it should stand, or where one of its letters should; it is *garbled* when the letters that are found in its
place are not its own, in their order. In a book with right-to-left text that is the order within each part of a word,
and that of the parts on the line (see `_agree_in_parts`).
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from stele.audit.sheets import open_pages
from stele.language.visual_order import visual_order
from stele.print.preflight.flaws import Untold, flaw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from stele.audit.sheets import OpenPage
    from stele.print.preflight.flaws import Flaw
    from stele.print.printed_words import Packed, PrintedWord

SCALE = 2  # pixels of a picture to the pt: a full stop of 7 pt still leaves a trace
_LARGE_PT = 18  # where every letter of a page is larger, as on a panel, its picture is as much smaller
MIN_CONTRAST = 40  # of 255 shades of grey
_DARK, _LIGHT = 0, 2  # tones with more than this contrast
_TONES = bytes(_DARK if shade < 108 else _LIGHT if shade >= 148 else 1 for shade in range(256))
_MIN_LETTER_PX = 3  # what is narrower cannot be told from its neighbours
_UPRIGHT = 0.01  # radians
_SLACK_PT = 0.6
_LINE_PT = 8  # a letter stands on a baseline no further away than this
_ABOVE, _BELOW = 0.95, 0.3  # of the font size: where the ink of a line can be
# Which letters readers need not find: soft hyphens, and marks of direction, which readers and the mends of print add.
_IGNORED = dict.fromkeys(map(ord, "\u00ad\u200e\u200f\u2060\u2066\u2067\u2068\u2069\u202a\u202b\u202c\ufeff\u0002"))
_UNSPACED = re.compile(r"\S+")
_MIRRORED = str.maketrans(")]}»›>”’", "([{«‹<“‘")
_KINDS = {"L": "ltr", "R": "rtl", "AL": "rtl", "EN": "digits", "AN": "digits"}  # by the classes of the annex
_MARKS = ("NSM", "BN")
# What may stand before a word, and the direction of its line: both say where numbers and punctuation go.
_LINES = (("", "rtl"), ("\u0627", "rtl"), ("a", "rtl"), ("", "ltr"))


class _Read(NamedTuple):
    """Letters that PDFium reads where a word stands, in its order, and where the pen was put down for each."""

    text: str
    starts: Sequence[float]


class _Place(NamedTuple):
    """Where letters of the word of a number begin: between two edges, not as far as `reach` from its baseline `y`."""

    left: float
    right: float
    word: int
    y: float
    reach: float


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A flaw for each word of a booklet that is invisible or garbled, page by page, and the text of each of its pages.

    `texts` are those that the audit reads (`sheets.page_texts`).
    """

    unreadable: tuple[Untold, ...]
    texts: tuple[str, ...]


def read_back(pdf: bytes, words: Packed, name: str) -> ReadBack:
    """Return what can be read of the booklet `name`, and which of its `words` cannot.

    The words stand by their pages, in the order of these. They are never all in memory.
    """
    import pypdfium2

    agree = _agree_in_parts if _has_rtl(words.letters) else _agree
    paper = lru_cache(maxsize=1)(pypdfium2.PdfBitmap.new_native)  # a page is painted over the one before it
    by_page = groupby(words, attrgetter("page"))
    folio, on_page = next(by_page, (0, iter(())))
    found, texts = list[Untold](), list[str]()
    for opened in open_pages(pdf, texts):
        if opened.number == folio:
            found += (Untold(name, each) for each in _of_page(opened, list(on_page), agree, paper))
            folio, on_page = next(by_page, (0, iter(())))
    if folio:
        raise ValueError(f"words stand on page {folio}, which does not follow on those before it")
    return ReadBack(tuple(found), tuple(texts))


def _of_page(
    opened: OpenPage, words: list[PrintedWord], agree: Callable[..., bool], paper: Callable[..., Any]
) -> Iterator[Flaw]:
    picture = _Picture.of(opened.page, min(word.size for word in words), paper)
    for word, read in zip(words, _letters_of(opened, words), strict=True):
        is_shown = picture.shows(word)
        if (is_shown and agree(word, read)) or not _is_readable(word.text):
            continue
        if not is_shown:
            yield flaw("invisible-text", opened.number, text=word.text)
        else:
            yield flaw("garbled-text", opened.number, text=word.text, read_as=read.text)


def _is_readable(text: str) -> bool:
    return bool(text.translate(_IGNORED).strip())


@dataclass(frozen=True, slots=True)
class _Picture:
    """A page in shades of grey, `scale` pixels to the pt: a bitmap of PDFium's, and its memory, row by row.

    `lines` are those that were looked at, by baseline and size: the rows that their ink can reach, and the tones of the
    one in the middle.
    """

    bitmap: Any
    shades: memoryview
    scale: float
    lines: dict[tuple[float, float], tuple[range, bytes]] = field(default_factory=dict)

    @classmethod
    def of(cls, page: Any, smallest_pt: float, paper: Callable[..., Any]) -> _Picture:
        scale = SCALE * min(1, _LARGE_PT / max(smallest_pt, 1))
        bitmap = page.render(scale=scale, grayscale=True, bitmap_maker=paper)
        return cls(bitmap, memoryview(bitmap.buffer), scale)

    def shows(self, word: PrintedWord) -> bool:
        """Say whether every letter of a word has ink that stands out from what is around it."""
        edges = [edge * self.scale for edge in (*word.edges, word.right)]
        letters = [(left, right) for left, right in pairwise(edges) if right - left >= _MIN_LETTER_PX]
        rows, tones = self._line(word.baseline, word.size)
        if not letters or edges[0] < 0:
            letters = [(max(left, 0), max(right, 0)) for left, right in letters or [(edges[0], edges[-1])]]
        for start, end in letters:
            left, right = int(start), math.ceil(end)
            if tones.find(_DARK, left, right) >= 0 <= tones.find(_LIGHT, left, right):
                continue  # as in most letters at half height
            if not self._has_contrast(rows, left, min(right, self.bitmap.width)):
                return False
        return True

    def _line(self, baseline: float, size: float) -> tuple[range, bytes]:
        if (baseline, size) not in self.lines:
            rows = self._rows(baseline, size)
            row = rows[len(rows) // 2] if rows else 0
            tones = bytes(self.shades[row : row + self.bitmap.width]).translate(_TONES) if rows else b""
            self.lines[baseline, size] = rows, tones
        return self.lines[baseline, size]

    def _rows(self, baseline: float, size: float) -> range:
        """Return where the rows of pixels begin that the ink of a line can reach."""
        top, bottom = (round((baseline + height * size) * self.scale) for height in (-_ABOVE, _BELOW))
        stride = self.bitmap.stride
        return range(max(top, 0) * stride, min(bottom, self.bitmap.height) * stride, stride)

    def _has_contrast(self, rows: range, left: int, right: int) -> bool:
        """Say whether ink stands out between two columns of pixels."""
        foot = len(rows) * 5 // 7  # just above the baseline, where full stops and most Arabic letters have ink
        area = b""
        for some in (rows[foot : foot + 2], rows):
            area = b"".join([self.shades[row + left : row + right] for row in some]) if left < right else b""
            tones = area.translate(_TONES)
            if _DARK in tones and _LIGHT in tones:  # as in most letters, and seen much faster
                return True
        return bool(area) and max(area) - min(area) >= MIN_CONTRAST


@dataclass(frozen=True, slots=True)
class _Line:
    """The places of one line by their left edges; `before` is how far those before each of them reach."""

    places: Sequence[_Place]
    lefts: Sequence[float]
    before: Sequence[float]

    @classmethod
    def of(cls, places: Mapping[float, list[_Place]], y: float) -> _Line:
        near = (place for step in (-1, 0, 1) for place in places.get(y // _LINE_PT + step, ()))
        here = sorted(place for place in near if abs(place.y - y) < place.reach)
        before = accumulate((place.right for place in here), max, initial=-math.inf)
        return cls(here, [place.left for place in here], list(before))

    def owner(self, first: float, last: float) -> int | None:
        """Return the one word in which all letters begin that do so from `first` to `last`, as in most cases."""
        end = bisect_right(self.lefts, first)
        is_one = end == bisect_right(self.lefts, last) and self.before[end - 1] < first
        place = self.places[end - 1] if end and is_one else None
        return place.word if place and last <= place.right else None

    def owners(self, x: float) -> list[int]:
        """Return the words in which a letter may begin at `x`."""
        return [place.word for place in self.places if place.left <= x <= place.right]


def _letters_of(opened: OpenPage, words: list[PrintedWord]) -> Iterator[_Read]:
    """Yield what PDFium reads where each word stands."""
    places = _places(words)
    texts, starts = [""] * len(words), [list[float]() for _ in words]
    lines: dict[float, _Line] = {}  # most letters share their line with others
    for y, text, xs in _pieces(opened):
        if y not in lines:
            lines[y] = _Line.of(places, y)
        owner = lines[y].owner(min(xs), max(xs))
        if owner is not None:
            texts[owner] += text
            starts[owner] += xs
            continue
        for letter, x in zip(text, xs, strict=True):
            near = [(*_distance(words[number], x, y), number) for number in lines[y].owners(x)]
            if near:
                owner = min(near)[-1]
                texts[owner] += letter
                starts[owner].append(x)
    return map(_Read, texts, starts)


def _places(words: Iterable[PrintedWord]) -> Mapping[float, list[_Place]]:
    """Return where the letters of the words may begin, by lines of a grid."""
    places: dict[float, list[_Place]] = defaultdict(list)
    for number, word in enumerate(words):
        left, right = word.left - _SLACK_PT, word.right + _SLACK_PT
        place = _Place(left, right, number, word.baseline, min(word.size / 2, _LINE_PT))
        places[word.baseline // _LINE_PT].append(place)
    return places


def _distance(word: PrintedWord, x: float, y: float) -> tuple[float, float, float]:
    # A letter is written from its left edge on: of two words that touch, it begins the second.
    outside = max(word.left - x, x - word.right + _SLACK_PT, 0.0)
    return round(abs(word.baseline - y), 1), round(outside, 1), -word.left


def _pieces(opened: OpenPage) -> Iterator[tuple[float, str, list[float]]]:
    """Yield what PDFium reads on a page, in its order: the baseline of letters without a space, they, where they begin.

    What is turned is left out: a watermark across the page. Letters on one line are turned alike.
    """
    from ctypes import byref, c_double

    from pypdfium2.raw import FPDFText_GetCharAngle, FPDFText_GetCharOrigin

    text, height = opened.text.raw, opened.page.get_height()
    x, y = c_double(), c_double()
    at_x, at_y = byref(x), byref(y)
    line, is_upright = math.nan, False
    letters = _characters(opened)
    for found in _UNSPACED.finditer(letters):
        start, xs = found.start(), list[float]()
        for number in range(start, found.end()):
            FPDFText_GetCharOrigin(text, number, at_x, at_y)
            if y.value != line:
                if xs and is_upright:
                    yield height - line, letters[start:number], xs
                start, xs = number, []
                line, is_upright = y.value, abs(FPDFText_GetCharAngle(text, number)) <= _UPRIGHT
            xs.append(x.value)
        if is_upright:
            yield height - line, letters[start : found.end()], xs


def _characters(opened: OpenPage) -> str:
    """Return the characters of the text of a page by their numbers; in one go, where there is one for each number.

    Of a hyphen at the end of a line PDFium says U+0002, and U+FFFE where it returns a text.
    """
    from pypdfium2.raw import FPDFText_GetUnicode

    count = opened.text.count_chars()
    if len(opened.raw) == count:
        return opened.raw.replace("\ufffe", "\u0002")
    return "".join([chr(FPDFText_GetUnicode(opened.text.raw, number)) for number in range(count)])


def _has_rtl(letters: Iterable[str]) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in letters)


def _agree(word: PrintedWord, read: _Read) -> bool:
    """Say whether a word is read as it was written."""
    return word.text == read.text or _folded(word.text) == _folded(read.text)


def _agree_in_parts(word: PrintedWord, read: _Read) -> bool:
    """Say whether a word of a book with right-to-left text is read as it was written, part by part.

    A part is a run of letters, with their marks, or of digits; any other character is one of its own. The letters of a
    part must be found in the order of the text, and the parts from left to right as Unicode Standard Annex 9 puts them
    on a line, whichever direction that has and whatever letters stand before: a word is not told either.

    In what order PDFium gives the parts does not count, nor whether it gives a bracket or its mirror image: it guesses
    the direction of a line from its letters, turns the line round between any two parts, without the levels of the
    annex, and mirrors by that guess (`CPDF_TextPage::CloseTempLine`). "Nagorno-Karabakh" is "Karabakh-Nagorno" to it
    on a line of Hebrew, whatever the file says. Where each part is one character, as in "B;،", the parts may come from
    several boxes, whose order in the text is not known, and only what they are counts.
    """
    text = _decomposed(word.text)
    letters = [_decomposed(letter) for letter in read.text]
    if _is_one_part(text) and text == "".join(letters):
        return True  # as most words
    parts = _parts([(char, start) for letter, start in zip(letters, read.starts, strict=True) for char in letter])
    if all(len(part) == 1 for part in parts):
        return sorted(parts) == sorted(text)
    variants = (text, text.rstrip("-"))  # PDFium does not read a hyphen at the end of a line
    return any(parts == _parts_on_a_line(variant, *line) for variant in variants for line in _LINES)


@lru_cache(maxsize=10_000)  # single letters mostly, and words that come again
def _decomposed(text: str) -> str:
    letters = "".join(unicodedata.normalize("NFKD", text).split())
    return letters.translate(_IGNORED).translate(_MIRRORED)


@lru_cache(maxsize=10_000)  # in a roll, names and years come again and again
def _parts_on_a_line(text: str, before: str, direction: str) -> list[str]:
    """Return the parts of a word on a line that begins with the text `before`, from left to right."""
    return _parts(_placed(text, before, direction))


@lru_cache(maxsize=10_000)
def _is_one_part(text: str) -> bool:
    """Say whether a word is a run of letters with their marks, or of digits, and nothing else: not one alone."""
    parts = _parts([(char, 0.0) for char in text])
    return len(parts) == 1 < len(parts[0])


def _placed(text: str, before: str, direction: str) -> list[tuple[str, float]]:
    """Return each character with its place, counted from the left, on a line that begins with the text `before`."""
    places = {index: place for place, index in enumerate(visual_order(before + text, direction))}
    return [(char, places.get(index, 0)) for index, char in enumerate(text, len(before))]


def _parts(letters: Sequence[tuple[str, float]]) -> list[str]:
    """Return the parts of a word, whose letters are given with their places, from left to right."""
    found: list[tuple[float, str]] = []
    last = ""
    for char, place in letters:
        kind = unicodedata.bidirectional(char)
        if found and (kind in _MARKS or _KINDS.get(kind) == last):
            found[-1] = found[-1][0] if kind in _MARKS else min(found[-1][0], place), found[-1][1] + char
        else:
            found.append((place, char))
            last = _KINDS.get(kind, char)
    return [unicodedata.normalize("NFC", part) for _, part in sorted(found, key=lambda item: item[0])]


def _folded(text: str) -> str:
    """Return the letters of a word; a hyphen at the end of a line is not read by PDFium."""
    return unicodedata.normalize("NFD", "".join(text.split())).translate(_IGNORED).strip("-\u2010")
