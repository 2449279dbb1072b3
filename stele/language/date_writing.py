"""A date in EDTF, patterns and a language in, the date in words out, as an editor of that language writes it.

The patterns are those of templates/shared/dates.html, by their names there; they belong to translators.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stele.language.date_patterns import filled
from stele.language.edtf import Interval, Moment, parse

if TYPE_CHECKING:
    from collections.abc import Mapping


def written(edtf: str, patterns: Mapping[str, str], tag: str) -> str:
    """Return the date in words; raise `ValueError` for what is no EDTF date, and for a pattern that is broken."""
    date = parse(edtf)
    if isinstance(date, Moment):
        return _moment(date, patterns, tag)
    if date.start and date.end:
        return _span(date.start, date.end, patterns, tag)
    return _half(date, patterns, tag)


def night(edtf: str, patterns: Mapping[str, str], tag: str) -> str:
    """Return “the night of 25 to 26 February 1992” for ``1992-02-25/1992-02-26``; raise `ValueError`."""
    date = parse(edtf)
    if not isinstance(date, Interval) or not date.start or not date.end or not (date.start.day and date.end.day):
        raise ValueError(f"{edtf!r} is no night: write both days, like 1992-02-25/1992-02-26")
    return filled(patterns[_of_two("night", date.start, date.end)], tag, date.start, date.end)


def _moment(moment: Moment, patterns: Mapping[str, str], tag: str) -> str:
    text = _plain(moment, patterns, tag)
    if moment.approximate:
        text = patterns["approximate"].replace("%(date)s", text)
    return patterns["uncertain"].replace("%(date)s", text) if moment.uncertain else text


def _plain(moment: Moment, patterns: Mapping[str, str], tag: str) -> str:
    """Return a moment without its doubts."""
    if moment.years == 10:
        return filled(patterns["decade"], tag, moment)
    if moment.years == 100:
        return filled(patterns["century"], tag, moment, replace(moment, year=moment.year + 99))
    if moment.year <= 0 and moment.month is None and not moment.season:
        return filled(patterns["before_christ"], tag, moment)
    name = moment.season or (f"unknown_{moment.unknown}" if moment.unknown else _precision(moment))
    return filled(patterns[name], tag, moment)


def _precision(moment: Moment) -> str:
    return "full" if moment.day else "month" if moment.month else "year"


def _span(start: Moment, end: Moment, patterns: Mapping[str, str], tag: str) -> str:
    is_plain = _is_plain(start) and _is_plain(end) and _precision(start) == _precision(end)
    if not is_plain:
        first, last = (_moment(moment, patterns, tag) for moment in (start, end))
        return patterns["from_to"].replace("%(start)s", first).replace("%(end)s", last)
    if start == end:
        return _plain(start, patterns, tag)
    name = {"full": _of_two("days", start, end), "month": _of_years("months", start, end), "year": "years"}
    return filled(patterns[name[_precision(start)]], tag, start, end)


def _is_plain(moment: Moment) -> bool:
    return moment == Moment(moment.year, moment.month, moment.day) and moment.year > 0


def _of_two(name: str, start: Moment, end: Moment) -> str:
    """Return the name of the pattern for two days: of one month, of two, or of two years."""
    same_month = start.year == end.year and start.month == end.month
    return name if same_month else _of_years(name, start, end, "_of_two_months")


def _of_years(name: str, start: Moment, end: Moment, within_one: str = "") -> str:
    return f"{name}{within_one if start.year == end.year else '_of_two_years'}"


def _half(date: Interval, patterns: Mapping[str, str], tag: str) -> str:
    """Return a span of which one end is open or unknown."""
    known = date.start or date.end
    assert known is not None, "parse refuses a span without ends"  # noqa: S101 (for the type checker)
    side = "start" if date.end else "end"
    if date.open and _is_plain(known):
        return filled(patterns[f"{'since' if date.start else 'until'}_{_precision(known)}"], tag, known)
    return patterns[f"unknown_{side}"].replace("%(date)s", _moment(known, patterns, tag))
