"""Records in, dates that cannot be, anniversaries that do not count, and disagreement that nobody would see, out."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from stele.language.edtf import Interval, Moment, parse
from stele.rules.findings import Finding
from stele.sources.ledger.records import Commemoration, Event, Memorial, Person, Quotation, Recognition, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stele.rules.findings import Scope
    from stele.sources.ledger.records import Figure, Ledger, Record

    Dated = Commemoration | Event | Figure | Memorial | Person | Quotation | Recognition | Source

_TIME = re.compile(r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9]\Z")
_HINT = "write dates in EDTF: 1992-02-26, 1992-02, 1992~, 1992-02-25/1992-02-26"


def bad_dates(ledger: Ledger, _: Scope) -> Iterator[Finding]:
    """DAT-1. Yield a date that no calendar has, and dates of one record that cannot both be right."""
    for record in _dated(ledger):
        faulty = False
        for name, date in _dates(record):
            try:
                parse(date)
            except ValueError as error:
                faulty = True
                yield Finding(record, "bad-date", f"{record.id}: {name}: {error}", _HINT)
        if not faulty:
            for message in _contradictions(record):
                yield Finding(record, "bad-date", f"{record.id}: {message}", "correct one of them")


def wrong_anniversaries(ledger: Ledger, _: Scope) -> Iterator[Finding]:
    """DAT-2. Yield an anniversary that is not the year of the gathering less that of the event."""
    for item in ledger.commemorations.values():
        event = ledger.events.get(item.of)
        begun, held = first_year(event.date) if event else None, first_year(item.date)
        if item.anniversary is None or begun is None or held is None or held - begun == item.anniversary:
            continue
        message = f"{item.id} is announced as number {item.anniversary}, but {held} less {begun} is {held - begun}"
        yield Finding(item, "wrong-anniversary", message, "correct the date or the number, or say why in allow")


def hidden_disagreement(ledger: Ledger, _: Scope) -> Iterator[Finding]:
    """DAT-3. Yield an event that is contested, but shows no other date and says nothing of what is contested."""
    for item in ledger.events.values():
        if item.status == "contested" and not item.also_dated and not item.note.strip():
            message = f"event {item.id} is contested, but a reader sees one date and no word of that"
            yield Finding(item, "hidden-disagreement", message, "give the other dates in also_dated, or write a note")


def first_year(date: str) -> int | None:
    """Return the year in which an EDTF date begins, None where it has none that is certain."""
    moment = _start(date)
    return moment.year if moment and moment.years == 1 else None


def last_year(dates: Iterable[str]) -> int | None:
    """Return the latest year of EDTF dates, None where there is none; one that goes on has no last year."""
    ends = [_end(date) for date in dates]
    years = [end.year + end.years - 1 for end in ends if end]
    return max(years) if years and len(years) == len(ends) else None


def _dated(ledger: Ledger) -> Iterator[Dated]:
    kinds = (ledger.figures, ledger.quotations, ledger.recognitions, ledger.events, ledger.commemorations)
    for kind in (*kinds, ledger.people, ledger.memorials, ledger.sources):
        yield from kind.values()


def _dates(record: Dated) -> Iterator[tuple[str, str]]:
    """Yield the dates of a record, each with the name of its field."""
    for name in ("date", "published", "reported", "born", "died", "identified", "opened", "issued", "accessed"):
        if date := getattr(record, name, ""):
            yield name, date
    for name in ("as_of", "adopted"):
        for date in getattr(record, name, ()):
            yield name, date
    if isinstance(record, Event):
        for other in record.also_dated:
            yield "also_dated", other.date
    if isinstance(record, Person) and record.consent and record.consent.until:
        yield "consent.until", record.consent.until


def _contradictions(record: Record) -> Iterator[str]:
    if isinstance(record, Event) and record.night and not _is_a_night(record.date):
        yield f"{record.date} is no night: it lies between two days that follow each other"
    if isinstance(record, Commemoration) and record.time and not _TIME.match(record.time):
        yield f"{record.time!r} is no time of day like 17:00"
    if isinstance(record, Recognition) and record.published and record.adopted:
        first = min(map(_key, record.adopted))
        if _key(record.published) < first[: len(_key(record.published))]:
            yield f"it was published ({record.published}) before it was adopted ({record.adopted[0]})"
    if isinstance(record, Person):
        yield from _of_person(record)


def _of_person(person: Person) -> Iterator[str]:
    born, died = first_year(person.born), first_year(person.died)
    if born is None or died is None:
        return
    shared = min(len(_key(person.born)), len(_key(person.died)))
    if _key(person.died)[:shared] < _key(person.born)[:shared]:
        yield f"died ({person.died}) before being born ({person.born})"
    elif person.age is not None and not died - born - 1 <= person.age <= died - born:
        yield f"the age {person.age} does not follow from {person.born} and {person.died}"


def _is_a_night(date: str) -> bool:
    moment = parse(date)
    ends = (moment.start, moment.end) if isinstance(moment, Interval) else ()
    days = [datetime.date(end.year, end.month, end.day) for end in ends if end and end.month and end.day]
    return len(days) == 2 and (days[1] - days[0]).days == 1


def _key(date: str) -> tuple[int, ...]:
    """Return year, month and day of the beginning of a date, as far as they are known."""
    moment = _start(date)
    parts = (moment.year, moment.month, moment.day) if moment else ()
    known: list[int] = []
    for part in parts:
        if part is None:
            break
        known.append(part)
    return tuple(known)


def _start(date: str) -> Moment | None:
    return _ends(date)[0]


def _end(date: str) -> Moment | None:
    return _ends(date)[1]


def _ends(date: str) -> tuple[Moment | None, Moment | None]:
    try:
        moment = parse(date)
    except ValueError:
        return None, None
    return (moment.start, moment.end) if isinstance(moment, Interval) else (moment, moment)
