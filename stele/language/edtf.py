"""A date in the Extended Date/Time Format in, its parts out: days, months, years, uncertain, open and unknown ones.

Levels 0 and 1 of the specification of the Library of Congress (2019), which is part 2 of ISO 8601, without times of day
and without letter-prefixed years, of which no book of remembrance has need.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import lru_cache

_MOMENT = re.compile(
    r"(?P<year>-?[0-9]{4}|-?[0-9]{3}X|-?[0-9]{2}XX)"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<qualifier>[?~%])?\Z"
)
_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
UNKNOWN = "XX"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, a month, a season or a year, as exactly as it is known.

    `year` is the first of `years` (1, 10 for 199X, 100 for 19XX); 0 is the year 1 BC. `month` and `day` are None where
    none is given; `unknown` is ``day``, ``month`` or ``date`` for XX in their place. `season` is its name in English.
    """

    year: int
    month: int | None = None
    day: int | None = None
    years: int = 1
    season: str = ""
    unknown: str = ""
    uncertain: bool = False
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """A span of time from `start` to `end`, both within it.

    None for `start` or `end` is open (``..``: it goes on) where `open` says so, and otherwise not known.
    """

    start: Moment | None
    end: Moment | None
    open: bool = False


@lru_cache(maxsize=4_096)  # the dates of records are asked for beside every text
def parse(text: str) -> Moment | Interval:
    """Return the parts of an EDTF date; raise `ValueError` that says what is wrong with it."""
    first, slash, last = text.partition("/")
    if not slash:
        return _moment(text)
    ends = [None if part in ("", "..") else _moment(part) for part in (first, last)]
    if ends == [None, None]:
        raise ValueError(f"{text!r} has neither a beginning nor an end")
    start, end = ends
    if start and end and _sortable(start) > _sortable(end):
        raise ValueError(f"{text!r} ends before it begins")
    return Interval(start, end, open=".." in (first, last))


def _moment(text: str) -> Moment:
    found = _MOMENT.match(text)
    if found is None:
        raise ValueError(
            f"{text[:40]!r} is no date like 1992-02-26, 1992-02, 1992, 199X, 1992~ or 1992-02-25/1992-02-26"
        )
    digits = found["year"]
    years = 10 ** digits.count("X")
    year, month, day = int(digits.replace("X", "0")), found["month"], found["day"]
    if month == UNKNOWN and day not in (None, UNKNOWN):
        raise ValueError(f"{text!r} has a day of a month that is not known")
    if years > 1 and month:
        raise ValueError(f"{text!r} has a month of a year that is not known")
    mark = found["qualifier"]
    moment = Moment(
        year,
        _known(month),
        _known(day),
        years,
        unknown=_unknown(month, day),
        uncertain=mark in ("?", "%"),
        approximate=mark in ("~", "%"),
    )
    return _checked(moment, text)


def _known(part: str | None) -> int | None:
    return None if part in (None, UNKNOWN) else int(part or 0)


def _unknown(month: str | None, day: str | None) -> str:
    if month == UNKNOWN:
        return "date" if day else "month"
    return "day" if day == UNKNOWN else ""


def _checked(moment: Moment, text: str) -> Moment:
    """Return the moment, with its season if it is one; raise `ValueError` when there is no such day."""
    month, day = moment.month, moment.day
    if month in _SEASONS and day is None and not moment.unknown:
        return Moment(moment.year, season=_SEASONS[month], uncertain=moment.uncertain, approximate=moment.approximate)
    if month is not None and not 1 <= month <= 12:
        raise ValueError(f"{text!r} has no month {month}")
    # The years before Christ repeat the leap years of those after: 400 years are a cycle of the Gregorian calendar.
    if day is not None and not 1 <= day <= calendar.monthrange(moment.year % 400 + 400, month or 1)[1]:
        raise ValueError(f"{text!r} is no day of the calendar")
    return moment


def _sortable(moment: Moment) -> tuple[int, int, int]:
    """Return the first day of a moment; what is less exact begins as early as it may."""
    seasons = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
    return moment.year, moment.month or seasons.get(moment.season, 1), moment.day or 1
