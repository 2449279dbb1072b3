"""A row or entry of a record on a page in, where it does not show what the ledger says of the record out.

Rows and entries of blocks must have the texts of their record in the words of their language, as far as the source's
edition shows them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.audit.findings import Finding, cut
from stele.audit.levels import COMMITTEE, PARLIAMENT, bodies
from stele.audit.statement import Statement, spelled
from stele.language.casing import lower
from stele.language.dates import dates
from stele.language.edtf import Interval, Moment, parse
from stele.language.inflection import inflected_in, related
from stele.language.numerals import european, numerals, visible
from stele.sources.ledger.records import (
    Commemoration,
    Event,
    Figure,
    Memorial,
    Place,
    Quotation,
    Recognition,
    Record,
)
from stele.sources.ledger.roll import is_withheld_in
from stele.sources.vocabulary import in_language
from stele.translation.review.occurrences import comparable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from stele.audit.passages import Page, Passage
    from stele.language.dates import Date

_CODES = {
    "stated_by": "lost-attribution",
    "speaker": "lost-attribution",
    "text": "editions-disagree",
    "body": "drifted-level",
    "term_wording": "drifted-term",
}
# What no row may leave out, whatever its template.
_REQUIRED: Mapping[type[Record], tuple[str, ...]] = {
    Figure: ("measure", "stated_by"),
    Recognition: ("country", "body"),
    Quotation: ("speaker",),
    Event: ("text",),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row or entry of the record `name` on a page, and the same on the page of the source."""

    name: str
    page: Page
    passages: Sequence[Passage]
    shown: Sequence[Passage]
    source_tag: str

    @property
    def tag(self) -> str:
        """The language of the page."""
        return self.page.tag

    @property
    def text(self) -> str:
        """What the row says."""
        return " · ".join(passage.text for passage in self.passages)

    @property
    def source_text(self) -> str:
        """What it says in the source's edition."""
        return " · ".join(passage.text for passage in self.shown)

    def finding(self, code: str, message: str, expected: str) -> Finding:
        """Return what is wrong with the row."""
        origin = self.shown[-1].bare if self.shown else ""
        told = f"{self.name}: {message}"
        return Finding(code, self.page.path, self.page.tag, told, self.text, expected, origin=origin)


def rows_of(page: Page) -> dict[str, list[Passage]]:
    """Return the passages of each row or entry, by the id of its record."""
    rows: dict[str, list[Passage]] = defaultdict(list)
    for passage in page.passages:
        if passage.record and not passage.framed:
            rows[passage.record].append(passage)
    return rows


def lacking(
    page: Page, shown: Mapping[str, Sequence[Passage]], rows: Mapping[str, object], statement: Statement
) -> Iterator[Finding]:
    """Yield records that the source's edition shows and `page` does not, but for people who agreed to that alone."""
    for name in shown:
        person = statement.ledger.people.get(name)
        if name not in rows and not (person and is_withheld_in(person, page.tag)):
            yield Finding("lost-record", page.path, page.tag, f"the record {name} of the ledger is not on this page")


def unlike(row: Row, statement: Statement) -> Iterator[Finding]:
    """Yield what the row has otherwise than the ledger."""
    record = _record(row, statement)
    yield from _texts(row, _REQUIRED.get(type(record), ()) if record else (), statement)
    if isinstance(record, Figure):
        yield from _as_of(row, record)
        yield from _valued(row, record, statement)
    if isinstance(record, Quotation):
        yield from _original(row, record)
    if isinstance(record, (Event, Commemoration)):
        yield from _dated(row, (record.date,))
    if isinstance(record, Memorial) and record.opened:
        yield from _dated(row, (record.opened,))
    if isinstance(record, Place):
        yield from _named(row, record)
    if isinstance(record, Recognition):
        yield from _dated(row, record.adopted)
        if not any(passage.fallback for passage in row.passages):
            yield from _terms(row, record, statement)
            yield from _level(row, record)


def _record(row: Row, statement: Statement) -> Record | None:
    """Return the record that a row is of; a source may have the id of a recognition."""
    ledger = statement.ledger
    if row.name in ledger.sources and not _is_recognition(row, statement):
        return ledger.sources[row.name]
    kinds: tuple[Mapping[str, Record], ...] = (
        ledger.figures,
        ledger.quotations,
        ledger.recognitions,
        ledger.events,
        ledger.commemorations,
        ledger.memorials,
        ledger.places,
    )
    return next((kind[row.name] for kind in kinds if row.name in kind), None)


def _is_recognition(row: Row, statement: Statement) -> bool:
    """Say whether a row is of the recognition that has the id of a source: the source's edition names its body."""
    body = statement.text(row.source_tag, row.name, "body")
    return bool(body) and spelled(body) in spelled(row.source_text)


def _texts(row: Row, required: Sequence[str], statement: Statement) -> Iterator[Finding]:
    """Yield texts of the record that are `required`, or that the source's edition shows, and that this one lacks."""
    for record, name in statement.said.get(row.tag, {}):
        if record != row.name:
            continue
        ours, theirs = (_said(record, name, tag, statement) for tag in (row.source_tag, row.tag))
        is_shown = name in required or (bool(ours) and spelled(ours) in spelled(row.source_text))
        if is_shown and spelled(theirs) not in spelled(row.text):
            is_quoted = name == "text" and record in statement.ledger.quotations
            code = "drifted-quotation" if is_quoted else _CODES.get(name, "editions-disagree")
            yield row.finding(code, f"its {name.replace('_', ' ')} is not “{cut(theirs, 60)}”", theirs)


def _said(record: str, name: str, tag: str, statement: Statement) -> str:
    """Return what a field says in a language; a quotation in its own language is the original."""
    quotation = statement.ledger.quotations.get(record) if name == "text" else None
    return statement.translation(quotation, tag) if quotation else statement.text(tag, record, name)


def _as_of(row: Row, record: Figure) -> Iterator[Finding]:
    plain = european(visible(row.text))
    values = {value for item in numerals(plain, row.tag) for value in item.values}
    for edtf in record.as_of:
        for end in _ends(edtf):
            if str(end.year) not in values and str(end.year)[2:] not in values:
                yield row.finding("lost-attribution", f"it does not say that it is as of {edtf}", edtf)


def _valued(row: Row, record: Figure, statement: Statement) -> Iterator[Finding]:
    """Yield a row without its number, or with the ends of a range exchanged; some say their number in a wording."""
    found = numerals(european(visible(row.text)), row.tag)
    low, high = (
        next((item.start for item in found if str(end) in item.values), None) for end in (record.low, record.high)
    )
    expected = "–".join(dict.fromkeys((str(record.low), str(record.high))))
    if (low is None or high is None) and not statement.text(row.tag, record.id, "wording"):
        yield row.finding("drifted-number", f"it does not have {expected}", expected)
    elif low is not None and high is not None and low > high:
        yield row.finding("drifted-number", f"it has {record.high} before {record.low}", expected)


def _original(row: Row, record: Quotation) -> Iterator[Finding]:
    """Yield a quotation of which the page shows the original, but not in its words."""
    shown = [item for item in row.passages if item.kind == "p"][:1]
    if shown and shown[0].tag == record.language and spelled(record.text) not in spelled(shown[0].text):
        yield row.finding("drifted-quotation", "it does not have the words as they were said", record.text)


def _dated(row: Row, expected: Sequence[str]) -> Iterator[Finding]:
    """Yield dates that the row does not have, part by part as they are known."""
    text = european(visible(row.text))
    found = [item for item in dates(text, row.tag) if not item.solar]
    for edtf in expected:
        ends = _ends(edtf)
        for end in ends:
            if not _is_there(end, ends[-1], found, text):
                yield row.finding("drifted-date", f"it does not have the date {edtf}", edtf)
            elif str(end.year) not in text:
                yield row.finding("drifted-date", f"it does not have the year {end.year}", edtf)


def _is_there(end: Moment, last: Moment, found: Sequence[Date], text: str) -> bool:
    """Say whether a day or month stands in a text; of two days of one month, the first may be read as a number only."""
    if end.month is None or any(_agrees(item, end) for item in found):
        return True
    is_first = end != last and end.month == last.month
    return is_first and re.search(rf"(?<!\d){end.day}(?!\d)", text) is not None


def _ends(edtf: str) -> list[Moment]:
    """Return the first and last day, month or year of a date, those left out that are not known for certain."""
    date = parse(edtf)
    ends = (date.start, date.end) if isinstance(date, Interval) else (date,)
    return [end for end in ends if end and end.years == 1 and end.year > 0 and not end.season and not end.uncertain]


def _named(row: Row, record: Place) -> Iterator[Finding]:
    """Yield a place that is not called by one of the names that the language has for it."""
    forms, text = in_language(record.names, row.tag), comparable(row.text)
    if forms and not any(inflected_in(text, comparable(form), row.tag).search(text) for form in forms):
        yield row.finding("drifted-name", f"it does not have the name {forms[0]}", ", ".join(forms))


def _agrees(date: Date, end: Moment) -> bool:
    return (
        date.month == end.month and date.year in (None, end.year) and (end.day is None or date.day in (None, end.day))
    )


def _terms(row: Row, record: Recognition, statement: Statement) -> Iterator[Finding]:
    """Yield a term that the row has and neither the record nor one of its texts; and one that it lacks."""
    ours = " ".join(statement.text(row.tag, record.id, name) for _, name in _fields(statement, row.tag, record.id))
    spoken, known = lower(comparable(row.text), row.tag), lower(comparable(ours), row.tag)
    for term in statement.ledger.terms.values():
        forms = in_language(term.forms, row.tag)
        stands = _has(forms, spoken, row.tag)
        if stands and term.id not in record.terms and not _has(forms, known, row.tag):
            yield row.finding("drifted-term", f"it says “{forms[0]}”, which was not adopted", ", ".join(record.terms))
        if forms and not stands and term.id in record.terms and not record.term_wording:
            yield row.finding("drifted-term", f"it does not say “{forms[0]}”, as was adopted", forms[0])


def _fields(statement: Statement, tag: str, record: str) -> list[tuple[str, str]]:
    return [key for key in statement.said.get(tag, {}) if key[0] == record]


def _has(forms: Sequence[str], lowered: str, tag: str) -> bool:
    return any(related(comparable(form), tag).search(lowered) for form in forms)


def _level(row: Row, record: Recognition) -> Iterator[Finding]:
    """Yield a committee's text that is not said to be one, where the source's edition says so."""
    ours, theirs = bodies(row.source_text, row.source_tag), bodies(row.text, row.tag)
    if record.level != COMMITTEE or not ours or theirs is None or COMMITTEE not in ours:
        return
    if COMMITTEE not in theirs or (PARLIAMENT in theirs and PARLIAMENT not in ours):
        yield row.finding("drifted-level", "it is a text of a committee, and not said to be one", record.body)
