"""Text of any language in, the dates in it out: day, month and year, in words or numbers.

A date may lack its day or its year. A list of days (25–26 February) gives one date for each of them.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from stele.language.casing import lower
from stele.language.month_names import held_by_months, is_surely_a_month, months

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Date:
    """A date as it stands at `start` to `end` of a text.

    `sure` is whether this must be a date: its parts stand close together, or the month is no other word; `ambiguous`
    that day and month could be the other way round (06/01/1933); `named` that the month is a word; `solar` that the
    text gives it in the Persian calendar: then the fields are those of the same day in the Gregorian one.
    """

    day: int | None
    month: int
    year: int | None
    start: int
    end: int
    sure: bool = True
    ambiguous: bool = False
    named: bool = True
    solar: bool = False


_CONNECTORS = (
    "and|or|to|till|until|through|the|und|oder|bis|auf|zum|den|dem|der|və|ya|yaxud|veya|ve|ile|ila|da|и|или|либо|по|на"
    "|et|ou|au|à|le|du|та|або|до|y|o|al|e|و|یا|تا|به|أو|إلى"
)
_DAY = (
    r"(?<![0-9.,:/])(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])(?:\.|(?:st|nd|rd|th|er|re)(?!\w)|[-‑’'](?!\d)[^\W\d_]{1,6})?"
)
_BETWEEN = rf"(?:\s?[-–—‑/]\s?|[,;،]?\s(?:(?:{_CONNECTORS})\s){{1,2}}|[,،]\s|\s(?=[0-9]{{1,2}}[-‑’']))"
_DAYS = rf"{_DAY}(?:{_BETWEEN}{_DAY}){{0,7}}"
_BEFORE = re.compile(rf"(?P<days>{_DAYS})(?:\s{{1,2}}|-)(?:(?:of|de|числа)\s)?\Z")
_BEHIND = re.compile(rf"\s(?P<days>{_DAYS})(?!\s?[0-9])")
_ENDS_IN_ENGLISH = re.compile(r"\s?(?:[,.;:)\]–-]|\Z|and\b|or\b)")
_YEAR = r"(?P<year>[12][0-9]{3})(?![0-9])"
_YEAR_BEHIND = re.compile(rf"(?:\s{{1,2}}|-|[’'])(?:(?:of|de|des jahres|yılının|سال|عام|سنة|г)\s)?(?:\(\s?)?{_YEAR}")
_YEAR_BEFORE = re.compile(
    rf"(?<![0-9]){_YEAR}(?:[-‑’'][^\W\d_]{{1,6}})?(?:\s(?:il|yıl|год|г|ил)[^\W\d_]{{0,4}}\.?)?\s{{1,2}}\Z"
)
# Languages in which a year before the month is that of the date: 1992-ci il fevralın 26-da.
_YEAR_FIRST = frozenset({"az", "tr", "ru", "uk", "be", "kk", "ky", "uz", "hu", "lt", "lv", "ka", "mn", "eu", "hy"})
_COMMA_BEFORE_YEAR = frozenset({"en", "ka", "hy"})
_LONGEST = 90  # characters before and behind a month in which its days and year are looked for
_ABBREVIATED = 5  # letters at most
_GENITIVE = re.compile(r"[ıiuüыиуү][nн]\Z")

_NUMERIC = re.compile(
    r"(?=[0-9])(?<![0-9./-])(?:(?P<y>[12][0-9]{3})(?P<s>[-./])(?P<m>0?[1-9]|1[0-2])(?P=s)(?P<d>0?[1-9]|[12][0-9]|3[01])"
    r"|(?P<a>[0-3]?[0-9])(?P<t>[-./])(?P<b>[0-3]?[0-9])(?P=t)(?P<z>[12][0-9]{3})"
    r"|(?P<v>[0-3][0-9])\.(?P<n>[01][0-9])\.(?P<w>[0-9]{2}))(?![0-9./-]*[0-9])"
)
_MONTH_SIGN = re.compile("[月월]")
_IN_SIGNS = re.compile(
    r"(?:(?P<y>[12][0-9]{3})\s?[年년]\s?)?(?P<m>1[0-2]|[1-9])\s?[月월](?:\s?(?P<d>[12][0-9]|3[01]|[1-9])\s?[日일])?"
)


@lru_cache(maxsize=4_096)
def dates(text: str, tag: str) -> tuple[Date, ...]:
    """Return the dates of `text`, which `numerals.visible` and `european` have made, in reading order."""
    found = [*_numeric(text, tag), *_named(text, tag)]
    return tuple(sorted(found, key=lambda date: (date.start, date.day or 0)))


# --- in numbers ---------------------------------------------------------------------------------------------------


def _numeric(text: str, tag: str) -> Iterator[Date]:
    for found in _IN_SIGNS.finditer(text) if _MONTH_SIGN.search(text) else ():
        day = int(found["d"]) if found["d"] else None
        year = int(found["y"]) if found["y"] else None
        yield Date(day, int(found["m"]), year, *found.span(), named=False)
    for found in _NUMERIC.finditer(text):
        if found["y"]:
            yield from _valid(found, int(found["d"]), int(found["m"]), int(found["y"]), tag)
        elif found["z"]:
            day, month = int(found["a"]), int(found["b"])
            if month > 12:
                day, month = month, day
            yield from _valid(found, day, month, int(found["z"]), tag, either=found["t"] == "/" and day <= 12)
        else:
            year = int(found["w"])
            century = 1900 if year >= 30 else 2000
            yield from _valid(found, int(found["v"]), int(found["n"]), century + year, tag)


def _valid(found: re.Match[str], day: int, month: int, year: int, tag: str, *, either: bool = False) -> Iterator[Date]:
    if 1 <= day <= 31 and 1 <= month <= 12:
        date = Date(day, month, year, *found.span(), ambiguous=either, named=False)
        is_persian = tag.startswith("fa") and 1200 <= year <= 1500
        yield _gregorian(date) if is_persian else date


# --- with the month in words --------------------------------------------------------------------------------------


def _named(text: str, tag: str) -> Iterator[Date]:
    lowered = lower(text, tag)
    if len(lowered) != len(text):  # a capital that becomes two letters
        lowered = "".join(low if len(low := lower(char, tag)) == 1 else char for char in text)
    may_be_some = any(part in lowered for part in held_by_months(tag))
    for found in months(tag).finditer(lowered) if may_be_some else ():
        name = next(name for name, value in found.groupdict().items() if value)
        for date in _around(lowered, found, int(name[1:]), tag):
            if name[0] == "s":
                if date.day and date.year:
                    yield _gregorian(date)
            elif date.day or date.year:
                yield date
            else:
                yield replace(date, sure=is_surely_a_month(text[found.start() : found.end()], tag))


def _around(text: str, month: re.Match[str], number: int, tag: str) -> Iterator[Date]:
    """Yield the dates of one month in words, one for each day that stands before or behind it."""
    start, end = month.span()
    before, behind = _BEFORE.search(text[max(0, start - _LONGEST) : start]), _days_behind(text, month, tag)
    days = ""
    if behind and (not before or tag.startswith("az")):
        before, days, end = None, behind["days"], behind.end()
    elif before:
        days = before["days"]
        start = max(0, start - _LONGEST) + before.start()
    mark = text[end : end + 1]
    skipped = (mark == "." and month.end() - month.start() <= _ABBREVIATED) or (
        mark == "," and tag.partition("-")[0] in _COMMA_BEFORE_YEAR
    )
    year = _YEAR_BEHIND.match(text, end + skipped)
    if year:
        end = year.end()
    elif tag.partition("-")[0] in _YEAR_FIRST and (year := _YEAR_BEFORE.search(text[max(0, start - _LONGEST) : start])):
        start = max(0, start - _LONGEST) + year.start()
    date = Date(None, number, int(year["year"]) if year else None, start, end)
    listed = list(_listed(days))
    if not listed:
        yield date
    nearest = len(listed) - 1 if before else 0
    for index, (day, is_range) in enumerate(listed):
        yield replace(date, day=day, sure=index == nearest or is_range)


def _days_behind(text: str, month: re.Match[str], tag: str) -> re.Match[str] | None:
    """Return the days behind a month: fevralın 26-da, February 26, 1992. Elsewhere a number there counts something."""
    language = tag.partition("-")[0]
    found = _BEHIND.match(text, month.end())
    if not found or language not in ("az", "en", "hu", "lt", "lv", "eu", "ka", "mn"):
        return None
    if language == "az":
        return found if _GENITIVE.search(month[0]) else None
    if language == "en":
        is_dated = text[: month.start()].endswith("on ") or _ENDS_IN_ENGLISH.match(text, found.end())
        return found if is_dated else None
    return found


def _listed(days: str) -> Iterator[tuple[int, bool]]:
    """Yield each day of a list, and whether a dash joins it to a neighbour."""
    for found in re.finditer(r"[0-9]{1,2}", days):
        near = days[max(0, found.start() - 3) : found.end() + 3]
        yield int(found[0]), bool(re.search(r"[0-9.]\s?[–—‑/-]\s?[0-9]", near))


# --- the Persian calendar -----------------------------------------------------------------------------------------

# 1 Farvardin 1 was 22 March 622 (Julian 19 March): the count of days that Python gives it. Leap years follow the cycle
# of 33 years, which is right from 1178 to 1633 (Heydari-Malayeri, A concise review of the Iranian calendar, 2004).
_EPOCH = 226_894
_LEAP = (1, 5, 9, 13, 17, 22, 26, 30)


def _gregorian(date: Date) -> Date:
    """Return the same day in the Gregorian calendar."""
    day, month, year = date.day or 1, date.month, date.year or 1370
    cycles, rest = divmod(year - 1, 33)
    before = 12_053 * cycles + 365 * rest + sum(1 for leap in _LEAP if leap <= rest)
    ordinal = _EPOCH + before + 30 * (month - 1) + min(month - 1, 6) + day
    try:
        same = datetime.date.fromordinal(ordinal)
    except (ValueError, OverflowError):
        return date
    return replace(date, day=same.day, month=same.month, year=same.year, solar=True)
