"""What a narrator says of days in, dates that no calendar has or two readers read in two ways, and miscounts, out."""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING

from stele.language.dates import dates
from stele.language.numerals import numerals
from stele.language.readings import Weight
from stele.rules.dating import first_year
from stele.rules.phrases import NEAR, alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.diagnostics import Diagnostic
    from stele.rules.hearing import Hearing
    from stele.sources.ledger.records import Event, Recognition

_LEAP_YEAR = 2000
# An anniversary that is off by more is that of something else.
_NEAR = 3
# Languages that say the anniversary before its number.
_NUMBER_LAST = frozenset({"ar", "he"})
_YEAR = re.compile(r"(?<![0-9.,])(?:18|19|20)[0-9]{2}(?![0-9])")


def bad_dates(hearing: Hearing) -> Iterator[Diagnostic]:
    """DAT-1. Yield a day that its month has not, and a date in numbers of which the English know two readings."""
    text, tag = hearing.said.own, hearing.said.tag
    for date in dates(text, tag):
        words = text[date.start : date.end]
        longest = calendar.monthrange(date.year or _LEAP_YEAR, date.month)[1]
        if date.day and date.day > longest and date.sure and not date.solar:
            yield hearing.finding("bad-date", f"“{words}” is no day of the calendar", "correct it")
        elif date.ambiguous and tag == "en":
            message = f"“{words}” is read as two dates, in Britain and in America"
            yield hearing.finding("bad-date", message, "write the month in letters, or refer to an event: {its-id}")


def wrong_anniversaries(hearing: Hearing) -> Iterator[Diagnostic]:
    """DAT-2. Yield an anniversary that no event of the ledger has in the year that is named beside it."""
    events = {year for item in hearing.bench.ledger.events.values() if (year := first_year(item.date))}
    words = hearing.bench.profile.words("anniversaries", hearing.said.tag)
    for place in hearing.said.sentences() if events and words else ():
        years = {int(year) for year in _YEAR.findall(hearing.said.own[place])}
        for text, count in _anniversaries(hearing, place, words):
            begun = {year - count for year in years if year - count > 0}
            near = {year for year in events for other in begun if 0 < abs(year - other) <= _NEAR}
            if near and not begun & events:
                event = min(near)
                right = ", ".join(f"{year} is number {year - event}" for year in sorted(years) if year > event)
                message = f"“{text}” is not counted from {event}: {right}"
                yield hearing.finding("wrong-anniversary", message, "derive it: years_since in derived.yaml")


def hidden_disagreement(hearing: Hearing) -> Iterator[Diagnostic]:
    """DAT-3. Yield a date that is one of several, where neither a word nor a note says whose it is."""
    passage = hearing.passage
    if passage.is_in_a_table or "[@" in passage.text or "[^" in passage.text or not hearing.bench.any("attribution"):
        return
    for place in hearing.said.sentences():
        items = [item for reference in hearing.said.references(place) if (item := _dated(reference.id, hearing))]
        for item in items:
            if not hearing.holds(place, "attribution"):
                others = _others(item)
                message = f"{item.id} is dated otherwise too ({others}), and stands here as though all agreed"
                yield hearing.finding("hidden-disagreement", message, "say whose date it is, or cite the source")


def _anniversaries(hearing: Hearing, place: slice, names: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Yield what counts an anniversary in `place`, and the number: “27th anniversary”, “otuzuncu ildönümü”."""
    tag, text, lowered = hearing.said.tag, hearing.said.own[place], hearing.said.lowered[place]
    named = alternatives(names, tag)
    behind = re.compile(rf"(?:\.|[-‑’']?[^\W\d_]{{1,5}})?{NEAR}(?:{named})")
    before = re.compile(rf"(?:{named}){NEAR}(?:\w{{1,20}}{NEAR})?(?:الـ?|ה[-־]?)?\Z")
    dated = [(date.start, date.end) for date in dates(text, tag)]
    for item in numerals(text, tag):
        found = behind.match(lowered, item.end)
        if not found and tag in _NUMBER_LAST and not any(start < item.end and item.start < end for start, end in dated):
            found = before.search(lowered[: item.start])
        value = item.readings[0][0]
        if found and item.weight > Weight.LOOSE and value.isdigit() and len(value) < 4:
            words = (found[0].strip(), item.text) if found.start() < item.start else (item.text + found[0],)
            yield " ".join(words), int(value)


def _dated(name: str, hearing: Hearing) -> Event | Recognition | None:
    """Return the record that a reference writes a date of, if it has more than one."""
    ledger = hearing.bench.ledger
    event, recognition = ledger.events.get(name), ledger.recognitions.get(name)
    if event and event.also_dated:
        return event
    return recognition if recognition and len(recognition.adopted) > 1 else None


def _others(item: Event | Recognition) -> str:
    dated = getattr(item, "also_dated", ())
    return ", ".join(other.date for other in dated) or ", ".join(getattr(item, "adopted", ())[1:])
