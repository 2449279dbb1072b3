"""Text with European digits in, the numbers that are written in digits out, with their grouping, sign and scale.

A number that may be read in more than one way keeps all its readings; only what a language's own separators say decides
between a thousand and one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from stele.language.casing import lower
from stele.language.cldr import separators
from stele.language.locales import find
from stele.language.number_words import scale_of
from stele.language.readings import CENTURIES, Numeral, Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.language.readings import Reading

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
_BEGINNING = re.compile("[0-9½¼¾]")
_SCALE_WORD = re.compile(rf"(?:{_SPACE}|-)?([^\W\d_]{{1,20}})(?!\w)")
_SIGNS = ("-", "−", "–")
_SIGN = re.compile(r"(?<![^\s(\[«“„\"'])(?<![0-9]\s)[-−–]\Z")
_MINUS = re.compile(r"(?:minus|минус|mənfi|eksi|(?<!au )(?<!du )moins|منفی)\s\Z", re.IGNORECASE)
_DECADE_BEFORE = re.compile(r"(?:années|دهه\S?)\s\Z", re.IGNORECASE)
_DECADE_BEHIND = re.compile(r"[-‑’']?[^\W\d_]")
_MOST_DIGITS = 400


def in_digits(text: str, tag: str) -> Iterator[Numeral]:
    """Yield the numbers in the digits of `text`, in reading order."""
    for found in _numbers(text):
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


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """Yield the numbers; each is looked for where a digit stands, as hardly anywhere in a text."""
    end = 0
    while beginning := _BEGINNING.search(text, end):
        found = _NUMBER.match(text, beginning.start())
        if found:
            yield found
        end = (found or beginning).end()


def _readings(found: re.Match[str], tag: str) -> tuple[Reading, ...]:
    text = found[0]
    if found["time"]:
        return _time(text, "p" if found["half"] == "p" or "p" in text else found["half"] or "")
    if found["vulgar"]:
        decimals, *quotient = _FRACTIONS[text[-1]]
        return (_one(text[:-1], decimals), tuple(filter(None, (text[:-1], *quotient))))
    if found["spaced"]:
        whole, _, decimals = re.sub(_SPACE, "", text).replace(",", ".").replace("٫", ".").partition(".")
        sure = found["space"] != " " or _separators(tag)[0][0].isspace()
        apart = tuple(map(_whole, re.findall("[0-9]+", text)))
        return (_one(whole, decimals),) if sure else (_one(whole, decimals), apart)
    return _plain(re.findall("[0-9]+", text), re.findall("[^0-9]", text), tag)


def _plain(parts: list[str], marks: list[str], tag: str) -> tuple[Reading, ...]:
    """Return the readings of `parts`, runs of digits with one of `marks` between each two."""
    apart = tuple(map(_whole, parts))
    kinds = set(marks)
    if len(marks) < 2:
        return _with_one_mark(parts, marks[0], tag) if marks else (apart,)
    if len(kinds) == 1 and _is_grouped(parts, marks):
        return (_one("".join(parts)),)
    if len(kinds) == 2 and marks.count(marks[-1]) == 1 and marks[-1] in ".,٫" and _is_grouped(parts[:-1], marks):
        return (_one("".join(parts[:-1]), parts[-1]),)
    return (apart,)


def _with_one_mark(parts: list[str], mark: str, tag: str) -> tuple[Reading, ...]:
    apart, whole, decimal = tuple(map(_whole, parts)), _one("".join(parts)), _one(*parts)
    grouping, points = _separators(tag)
    groups = _is_grouped(parts, [mark])
    if groups and (mark in grouping or mark not in points):
        return (whole,) if mark in grouping or mark not in ".," else (whole, decimal)
    if mark == "/":
        return (apart, decimal) if mark in points else (apart,)
    if mark in points or mark == ".":
        return (decimal, *_clock(parts, mark))
    return (apart, decimal) if mark == "," else (apart,)


def _is_grouped(parts: list[str], marks: list[str]) -> bool:
    """Say whether `parts` are groups of thousands, or of hundreds before the last as in India."""
    if "/" in marks or not 1 <= len(parts[0]) <= 3 or parts[0] == "0" or len(parts) < 2:
        return False
    indian = all(len(part) == 2 for part in parts[1:-1]) and len(parts[0]) < 3
    return len(parts[-1]) == 3 and (all(len(part) == 3 for part in parts[1:]) or (indian and len(parts) > 2))


@cache
def _separators(tag: str) -> tuple[str, str]:
    """Return the marks that group digits in the language, and those that begin its decimals."""
    if find(tag) is None:
        return "٬'’", "٫"
    group, decimal = separators(tag)
    own = {"fa": ("،", "/"), "ar": ("،", "")}.get(tag.partition("-")[0], ("", ""))
    return f"{group}٬'’{own[0]}", f"{decimal}٫{own[1]}"


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
    scale = scale_of(lower(found[1], tag), tag) if found else 1
    if not found or scale == 1:
        return None
    scaled = tuple((_times(reading[0], scale),) for reading in readings if len(reading) == 1)
    return (scaled, found.end()) if scaled else None


def _times(value: str, scale: int) -> str:
    whole, _, decimals = value.partition(".")
    zeros = len(str(scale)) - 1
    return _one(whole + decimals.ljust(zeros, "0")[:zeros], decimals[zeros:])[0]


def _years(found: re.Match[str], text: str) -> tuple[Reading, ...]:
    """Return the year that ``93`` means in 1992–93 and ’93, the years in which the decade ``90-х`` may begin."""
    digits = found[0]
    if len(digits) == 2:
        before = text[max(0, found.start() - 7) : found.start()]
        if range_ := re.search(r"(?<![0-9])([12][0-9])[0-9]{2}\s?[-–—‑/]\s?\Z", before):
            return ((range_[1] + digits,),)
        is_decade = digits[1] == "0" and (_DECADE_BEFORE.search(before) or _DECADE_BEHIND.match(text, found.end()))
        if is_decade or re.search(r"(?<!\w)['’]\Z", before):
            return tuple((century + digits,) for century in CENTURIES)
    if "/" in digits and re.fullmatch(r"[12][0-9]{3}/[0-9]{2}", digits):
        return ((digits[:4], digits[:2] + digits[5:]),)
    return ()


def _sign(text: str, start: int) -> tuple[int, bool | None]:
    """Return where the number at `start` begins with its sign, and whether that is a minus; None where it has none."""
    before = text[max(0, start - 12) : start]
    if before.endswith(_SIGNS) and (found := _SIGN.search(before)):
        return start - 1, found[0] != "–"
    if before[-1:].isspace() and (found := _MINUS.search(before)):
        return start - len(found[0]), True
    return start, None


def _one(whole: str, decimals: str = "") -> Reading:
    decimals = decimals.rstrip("0")
    return (f"{_whole(whole)}.{decimals}" if decimals else _whole(whole),)


def _whole(digits: str) -> str:
    return digits[:_MOST_DIGITS].lstrip("0") or "0"
