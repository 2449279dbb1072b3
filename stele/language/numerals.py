"""Text of any language in, the numbers in it out: digits of any script with their grouping, words, Roman numerals.

Numbers are compared as strings of European digits (``1992``, ``2.5``, ``-5``, ``17:30``). A number that may be read in
more than one way keeps all its readings; only what a language's own separators say decides between a thousand and one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError

from stele.language.casing import lower
from stele.language.number_words import CONNECTORS, HALVES, Part, lookup, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.language.number_words import Lookup

Reading = tuple[str, ...]


class Weight(IntEnum):
    """How much a number asks to be found again: words that often mean something else ask for nothing."""

    LOOSE = 0
    SMALL = 1
    WORDS = 2
    DIGITS = 3


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it stands at `start` to `end` of a text, and its readings, each of one or more values."""

    text: str
    start: int
    end: int
    readings: tuple[Reading, ...]
    weight: Weight

    @property
    def values(self) -> frozenset[str]:
        """Return every value that any reading gives."""
        return frozenset(value for reading in self.readings for value in reading)


_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u061c\u2060-\u2064\u2066-\u2069\u202a-\u202e\ufeff]")
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_FRACTIONS = {"½": ("5", "1", "2"), "¼": ("25", "1", "4"), "¾": ("75", "3", "4")}

_SPACE = "[ \u00a0\u202f\u2009]"
_NUMBER = re.compile(
    rf"(?P<time>(?<![0-9:.,])(?:[01]?[0-9]|2[0-4])(?::|{_SPACE}?(?:h|heures?|Uhr){_SPACE}?)[0-5][0-9](?![0-9:])"
    rf"(?:{_SPACE}?(?P<half>[ap])\.?m\b)?"
    rf"|(?<![0-9:.,])(?:0?[1-9]|1[0-2]){_SPACE}?p\.?m\b)"
    rf"|(?P<spaced>(?<![0-9])[0-9]{{1,3}}(?P<space>{_SPACE})[0-9]{{3}}(?:(?P=space)[0-9]{{3}})*(?:[.,٫][0-9]+)?(?![0-9]))"
    r"|(?P<vulgar>[0-9]*[½¼¾])"
    r"|(?P<plain>[0-9]+(?:[.,'’٫٬،/][0-9]+)*)"
)
_ROMAN = re.compile(
    r"(?<!\w)(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?=(?:e|er|re|ème|th|st|nd|rd)?(?!\w))"
)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"[\s\u200c-]{1,2}")
_SCALE_WORD = re.compile(rf"(?:{_SPACE}|-)?([^\W\d_]{{1,20}})(?!\w)")
_SIGN = re.compile(r"(?<![^\s(\[«“„\"'])(?<![0-9]\s)[-−–]\Z")
_MINUS = re.compile(r"(?:minus|минус|mənfi|eksi|(?<!au )(?<!du )moins|منفی)\s\Z", re.IGNORECASE)
_DECADE = re.compile(r"(?:1[5-9]|20)[0-9]0")
# What makes another word of a Persian numeral before it: the days of the week, "tens of".
_UNMADE = {"fa": frozenset({"شنبه", "ها", "های"})}
_MOST_DIGITS = 400


def visible(text: str) -> str:
    """Return `text` without the characters that nobody sees: joiners of typesetting, marks of direction."""
    return _INVISIBLE.sub("", text)


def european(text: str) -> str:
    """Return `text` with European digits in the place of any others."""
    return _FOREIGN_DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text)


@lru_cache(maxsize=4_096)
def numerals(text: str, tag: str) -> tuple[Numeral, ...]:
    """Return the numbers of `text`, which `visible` and `european` have made, in reading order."""
    found = [*_in_digits(text, tag), *_in_roman(text), *_in_words(text, tag)]
    return tuple(sorted(found, key=lambda item: item.start))


# --- digits -------------------------------------------------------------------------------------------------------


def _in_digits(text: str, tag: str) -> Iterator[Numeral]:
    for found in _NUMBER.finditer(text):
        readings, end = _readings(found, tag), found.end()
        if scaled := _scaled(readings, text, end, tag):
            readings, end = scaled
        elif found["plain"]:
            readings += _years(found, text)
        start, negative = _sign(text, found.start())
        if negative is not None:
            minus = tuple((f"-{reading[0]}", *reading[1:]) for reading in readings)
            readings = minus if negative else minus + readings
        yield Numeral(text[start:end], start, end, readings, Weight.DIGITS)


def _readings(found: re.Match[str], tag: str) -> tuple[Reading, ...]:
    text = found[0]
    if found["time"]:
        return _time(text, "p" if found["half"] == "p" or "p" in text else found["half"] or "")
    if found["vulgar"]:
        decimals, *apart = _FRACTIONS[text[-1]]
        return (_one(text[:-1], decimals), tuple(filter(None, (text[:-1], *apart))))
    if found["spaced"]:
        whole, _, decimals = re.sub(_SPACE, "", text).replace(",", ".").replace("٫", ".").partition(".")
        return (_one(whole, decimals), tuple(map(_whole, re.findall("[0-9]+", text))))
    parts, marks = re.findall("[0-9]+", text), re.findall("[^0-9]", text)
    return _plain(parts, marks, tag)


def _plain(parts: list[str], marks: list[str], tag: str) -> tuple[Reading, ...]:
    """Return the readings of `parts`, runs of digits with one of `marks` between each two."""
    apart = tuple(map(_whole, parts))
    if not marks:
        return (apart,)
    grouping, decimal = _separators(tag)
    groups = _is_grouped(parts[: len(marks)] if len(set(marks)) > 1 else parts, marks)
    if len(marks) > 1:
        if groups and len(set(marks)) == 1:
            return (_one("".join(parts)), apart) if marks[0] in ".,'’" else (_one("".join(parts)),)
        if groups and len(set(marks[:-1])) == 1 and marks[-1] in ".,٫":
            return (_one("".join(parts[:-1]), parts[-1]), apart)
        return (apart,)
    mark = marks[0]
    if groups and mark in grouping:
        return (_one("".join(parts)),)
    if mark in decimal and mark != "/":
        fraction = _one(*parts)
        return (fraction,) if groups else (fraction, *_clock(parts, mark), apart)
    if mark == "/":
        return (apart, _one(*parts)) if mark in decimal else (apart,)
    if groups:
        return (_one("".join(parts)), _one(*parts))
    return (_one(*parts), *_clock(parts, mark), apart) if mark in ".," else (apart,)


def _is_grouped(parts: list[str], marks: list[str]) -> bool:
    """Say whether `parts` are groups of thousands, or of hundreds before the last as in India."""
    if "/" in marks or not 1 <= len(parts[0]) <= 3 or parts[0] == "0" or len(parts) < 2:
        return False
    indian = all(len(part) == 2 for part in parts[1:-1]) and len(parts[0]) < 3
    return len(parts[-1]) == 3 and (all(len(part) == 3 for part in parts[1:]) or (indian and len(parts) > 2))


@cache
def _separators(tag: str) -> tuple[str, str]:
    """Return the marks that group digits in the language, and those that begin its decimals."""
    language = tag.partition("-")[0]
    try:
        symbols = Locale.parse(language).number_symbols["latn"]
    except (UnknownLocaleError, ValueError, KeyError):
        return "٬'’", "٫"
    own = {"fa": ("،", "/"), "ar": ("،", "")}.get(language, ("", ""))
    return f"{symbols['group']}٬'’{own[0]}", f"{symbols['decimal']}٫{own[1]}"


def _clock(parts: list[str], mark: str) -> tuple[Reading, ...]:
    """Return the time of day that ``17.30`` may be."""
    hour, minute = parts
    fits = mark == "." and len(hour) < 3 and len(minute) == 2 and int(hour) < 25 and int(minute) < 60
    return _time(f"{hour}:{minute}", "") if fits else ()


def _time(text: str, half: str) -> tuple[Reading, ...]:
    hour, minute = (*map(int, re.findall("[0-9]+", text)), 0)[:2]
    late = (hour % 12 + 12 * (half == "p"),) if half else ()
    return tuple((f"{h}:{minute:02}" if minute else str(h),) for h in (*late, hour))


def _scaled(readings: tuple[Reading, ...], text: str, end: int, tag: str) -> tuple[tuple[Reading, ...], int] | None:
    """Return what the digits before `end` are together with a word such as million, and where that ends."""
    found = _SCALE_WORD.match(text, end)
    scale = scale_of(found[1].lower(), tag) if found else 1
    if not found or scale == 1:
        return None
    return tuple((_times(reading[0], scale),) for reading in readings if len(reading) == 1), found.end()


def _times(value: str, scale: int) -> str:
    whole, _, decimals = value.partition(".")
    zeros = len(str(scale)) - 1
    return _one(whole + decimals.ljust(zeros, "0")[:zeros], decimals[zeros:])[0]


def _years(found: re.Match[str], text: str) -> tuple[Reading, ...]:
    """Return the year that ``93`` means in 1992–93 and ’93, and the short form of the decade 1990."""
    digits = found[0]
    if len(digits) == 2:
        before = text[max(0, found.start() - 7) : found.start()]
        if range_ := re.search(r"(?<![0-9])([12][0-9])[0-9]{2}\s?[-–—‑/]\s?\Z", before):
            return ((range_[1] + digits,),)
        if re.search(r"(?<!\w)['’]\Z", before):
            return tuple((century + digits,) for century in ("18", "19", "20"))
    if "/" in digits and re.fullmatch(r"[12][0-9]{3}/[0-9]{2}", digits):
        return ((digits[:4], digits[:2] + digits[5:]),)
    return ((digits[2:],),) if _DECADE.fullmatch(digits) else ()


def _sign(text: str, start: int) -> tuple[int, bool | None]:
    """Return where the number at `start` begins with its sign, and whether that is a minus; None where it has none."""
    before = text[max(0, start - 12) : start]
    if found := _SIGN.search(before):
        return start - 1, found[0] != "–"
    if found := _MINUS.search(before):
        return start - len(found[0]), True
    return start, None


def _one(whole: str, decimals: str = "") -> Reading:
    decimals = decimals.rstrip("0")
    return (f"{_whole(whole)}.{decimals}" if decimals else _whole(whole),)


def _whole(digits: str) -> str:
    return digits[:_MOST_DIGITS].lstrip("0") or "0"


# --- Roman numerals -----------------------------------------------------------------------------------------------


def _in_roman(text: str) -> Iterator[Numeral]:
    """Yield Roman numerals; single letters, and letters that are as often an abbreviation, ask for nothing."""
    for found in _ROMAN.finditer(text.translate(_CYRILLIC_LETTERS)):
        letters = found[0]
        if letters:
            values = [_ROMAN_VALUES[letter] for letter in letters]
            total = sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))
            sure = len(letters) > 1 and set(letters) <= set("IVX")
            weight = (Weight.WORDS if total > 2 else Weight.SMALL) if sure else Weight.LOOSE
            yield Numeral(text[found.start() : found.end()], *found.span(), ((str(total),),), weight)


# Centuries are typed with letters of either alphabet: ХХ век, ХІХ століття.
_CYRILLIC_LETTERS = str.maketrans("ХІСМ", "XICM")


# --- words --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    part: Part | None


@dataclass(slots=True)
class _Phrase:
    """A number as far as its words are read: what is below the last thousand, and what is above it."""

    parts: list[Part]
    group: Fraction = Fraction(0)
    total: Fraction = Fraction(0)

    def takes(self, part: Part) -> bool:
        """Add `part` if it can follow, and say whether it did."""
        last = self.parts[-1] if self.parts else None
        if last and last.ordinal:
            return False
        if part.scale:
            self._multiply(part.value)
        elif not last or (last.scale and self.group == 0) or _is_added(self.group, part.value):
            self.group += part.value
        elif self.group == 4 and part.value == 20:  # quatre-vingts
            self.group = Fraction(80)
        elif 16 <= self.group <= 20 and part.value >= 10:  # nineteen ninety-two
            self.group = 100 * self.group + part.value
        else:
            return False
        self.parts.append(part)
        return True

    def _multiply(self, scale: Fraction) -> None:
        if scale == 100:
            units = self.group % 100
            self.group += 100 * (units or 1) - units
        else:
            self.total += (self.group or 1) * scale
            self.group = Fraction(0)


def _is_added(group: Fraction, value: Fraction) -> bool:
    if value < 10:
        return group > 0 and group % 10 == 0
    return group >= 100 and group % 100 == 0 if value >= 20 else group > 0 and group % 100 in (0, 60, 80)


def _in_words(text: str, tag: str) -> Iterator[Numeral]:
    find = lookup(tag)
    words = _words(text, tag, find) if find else []
    index = 0
    while index < len(words):
        first = words[index]
        if first.part is None or (
            first.part.scale and re.search(rf"[0-9](?:{_SPACE}|-)?\Z", text[max(0, first.start - 2) : first.start])
        ):
            index += 1
            continue
        phrase, next_index = _phrase(words, index, text, tag)
        after = words[next_index] if next_index < len(words) else None
        last = words[next_index - 1]
        index = next_index
        if not (after and after.text in _UNMADE.get(tag, ()) and _GAP.fullmatch(text, last.end, after.start)):
            yield _named(phrase, text, first.start, last.end, tag)


def _words(text: str, tag: str, find: Lookup) -> list[_Word]:
    return [_Word(word := lower(found[0], tag), *found.span(), find(word)) for found in _WORD.finditer(text)]


def _phrase(words: list[_Word], index: int, text: str, tag: str) -> tuple[_Phrase, int]:
    """Return the number that begins with word `index`, and the index of the word behind it."""
    phrase = _Phrase([])
    step = 1
    while step and (part := words[index + step - 1].part or _with_and(words[index], tag)) and phrase.takes(part):
        index += step
        step = _step(words, index, text, tag, phrase)
    return phrase, index


def _step(words: list[_Word], index: int, text: str, tag: str, phrase: _Phrase) -> int:
    """Return how many words on the number may go on: one, two over a connector, 0 where it ends."""
    before = words[index - 1].end
    ahead = [
        word
        for word, gap in zip(
            words[index : index + 2], (before, words[index].end if index < len(words) else 0), strict=False
        )
        if _GAP.fullmatch(text, gap, word.start)
    ]
    if not ahead or ahead[0] is not words[index]:
        return 0
    if ahead[0].part or _with_and(ahead[0], tag):
        return 1
    if len(ahead) < 2 or not ahead[1].part or ahead[0].text != CONNECTORS.get(tag.partition("-")[0]):
        return 0
    fits = {"en": phrase.group % 100 == 0, "fr": ahead[1].part.value in (1, 11)}
    return 2 if fits.get(tag.partition("-")[0], True) else 0


def _named(phrase: _Phrase, text: str, start: int, end: int, tag: str) -> Numeral:
    value = phrase.total + phrase.group
    pattern = HALVES.get(tag.partition("-")[0])
    readings: tuple[Reading, ...] = ((_decimal(value),),)
    if half := pattern and re.compile(pattern, re.IGNORECASE).match(text, end):
        # The words may stand apart elsewhere: iki il yarım.
        readings, end = ((_decimal(value + Fraction(1, 2)),), *readings), half.end()
    parts = phrase.parts
    if value <= 1 or all(part.loose for part in parts):
        weight = Weight.LOOSE
    elif value <= 2 or (value == 3 and parts[-1].ordinal) or (len(parts) == 1 and parts[0].scale):
        weight = Weight.SMALL
    else:
        weight = Weight.WORDS
    return Numeral(text[start:end], start, end, readings, weight)


def _decimal(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator // 2}.5"


def _with_and(word: _Word, tag: str) -> Part | None:
    """Return the number of a Persian word that "and" is joined to: بیست‌وپنج."""
    find = lookup(tag)
    return find(word.text[1:]) if find and tag.startswith("fa") and word.text.startswith("و") else None
