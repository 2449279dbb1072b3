"""The pages of one document and the ledger in, where a page does not show a record as the ledger has it out.

Values are read, not written anew: whatever its pattern, a date must be that of the record. Rows and entries of blocks
must have the texts of their record in the words of their language, as far as the source's edition shows them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from stele.audit.findings import Finding, cut
from stele.audit.levels import COMMITTEE, PARLIAMENT, bodies
from stele.audit.passages import letters
from stele.audit.values import misstated
from stele.language.casing import folded, lower
from stele.language.collation.keys import sort_key
from stele.language.dates import dates
from stele.language.edtf import Interval, Moment, parse
from stele.language.inflection import inflected, related
from stele.language.numerals import european, numerals, visible
from stele.sources.ledger.records import (
    Commemoration,
    Event,
    Figure,
    Ledger,
    Memorial,
    Place,
    Quotation,
    Recognition,
    Record,
)
from stele.sources.vocabulary import in_language
from stele.translation.review.occurrences import comparable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from stele.audit.passages import Page, Passage
    from stele.language.dates import Date
    from stele.sources.ledger.writing import Value

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
_GENERIC = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Statement:
    """What the editions must show: the records, what references stand for, and the texts of records in each language.

    `said` has them by language, and then by the id of the record and the name of the field, as HTML or as plain text.
    """

    ledger: Ledger = field(default_factory=Ledger)
    values: Mapping[str, Value] = field(default_factory=dict)
    said: Mapping[str, Mapping[tuple[str, str], str]] = field(default_factory=dict)

    def part(self, names: Collection[str]) -> Statement:
        """Return what is stated of the records `names`, with all terms and quotations: what one document needs."""
        kinds = ("figures", "recognitions", "events", "commemorations", "places", "people", "memorials", "sources")
        chosen = {kind: _among(getattr(self.ledger, kind), names) for kind in kinds}
        said = {tag: {key: text for key, text in texts.items() if key[0] in names} for tag, texts in self.said.items()}
        quoted = {
            tag: {key: text for key, text in texts.items() if key[0] in self.ledger.quotations}
            for tag, texts in self.said.items()
        }
        return Statement(
            replace(self.ledger, **chosen),
            _among(self.values, names),
            {tag: said[tag] | quoted[tag] for tag in said},
        )

    def text(self, tag: str, record: str, name: str) -> str:
        """Return what a field of a record says in a language, without markup."""
        return " ".join(_GENERIC.sub("", self.said.get(tag, {}).get((record, name), "")).split())


def _among(items: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    return {name: item for name, item in items.items() if name in names}


def unlike_the_ledger(source: Page, pages: Sequence[Page], statement: Statement) -> tuple[Finding, ...]:
    """Return where `source` or one of `pages`, its editions, does not show what the ledger has."""
    shown = _rows(source)
    found: list[Finding] = []
    for page in (source, *pages):
        rows = _rows(page)
        found += _values(page, statement)
        found += _lacking(page, shown, rows)
        for name, passages in rows.items():
            row = _Row(name, page, passages, shown.get(name, ()), source.tag)
            found += _row(row, statement)
        found += _out_of_order(page, statement)
    return (*found, *_quotations(source, pages, statement))


# --- values -------------------------------------------------------------------------------------------------------


def _values(page: Page, statement: Statement) -> Iterator[Finding]:
    for passage in page.passages:
        for mark in passage.marks:
            is_source = passage.kind == "note" and mark.id in statement.ledger.sources
            value = None if is_source else statement.values.get(mark.id)
            code, expected = misstated(mark.text, value, passage.tag) if value else ("", "")
            if code:
                message = f"“{cut(mark.text, 60)}” is not {mark.id} of the ledger, {expected}"
                yield Finding(code, page.path, page.tag, message, passage.text, expected, origin=passage.bare)


# --- rows ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    """A row or entry of the record `name` on a page, and the same on the page of the source."""

    name: str
    page: Page
    passages: Sequence[Passage]
    shown: Sequence[Passage]
    source_tag: str

    @property
    def tag(self) -> str:
        return self.page.tag

    @property
    def text(self) -> str:
        return " · ".join(passage.text for passage in self.passages)

    @property
    def source_text(self) -> str:
        return " · ".join(passage.text for passage in self.shown)

    def finding(self, code: str, message: str, expected: str) -> Finding:
        origin = self.shown[-1].bare if self.shown else ""
        told = f"{self.name}: {message}"
        return Finding(code, self.page.path, self.page.tag, told, self.text, expected, origin=origin)


def _rows(page: Page) -> dict[str, list[Passage]]:
    rows: dict[str, list[Passage]] = defaultdict(list)
    for passage in page.passages:
        if passage.record and not passage.framed:
            rows[passage.record].append(passage)
    return rows


def _lacking(page: Page, shown: Mapping[str, Sequence[Passage]], rows: Mapping[str, object]) -> Iterator[Finding]:
    for name in shown:
        if name not in rows:
            yield Finding("lost-record", page.path, page.tag, f"the record {name} of the ledger is not on this page")


def _row(row: _Row, statement: Statement) -> Iterator[Finding]:
    record = _record(row, statement)
    yield from _texts(row, _REQUIRED.get(type(record), ()) if record else (), statement)
    if isinstance(record, Figure):
        yield from _as_of(row, record)
        yield from _ranged(row, record)
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


def _record(row: _Row, statement: Statement) -> Record | None:
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


def _is_recognition(row: _Row, statement: Statement) -> bool:
    """Say whether a row is of the recognition that has the id of a source: the source's edition names its body."""
    body = statement.text(row.source_tag, row.name, "body")
    return bool(body) and _letters(body) in _letters(row.source_text)


def _texts(row: _Row, required: Sequence[str], statement: Statement) -> Iterator[Finding]:
    """Yield texts of the record that are `required`, or that the source's edition shows, and that this one lacks."""
    for record, name in statement.said.get(row.tag, {}):
        if record != row.name:
            continue
        ours, theirs = (_said(record, name, tag, statement) for tag in (row.source_tag, row.tag))
        is_shown = name in required or (bool(ours) and _letters(ours) in _letters(row.source_text))
        if is_shown and _letters(theirs) not in _letters(row.text):
            is_quoted = name == "text" and record in statement.ledger.quotations
            code = "drifted-quotation" if is_quoted else _CODES.get(name, "editions-disagree")
            yield row.finding(code, f"its {name.replace('_', ' ')} is not “{cut(theirs, 60)}”", theirs)


def _said(record: str, name: str, tag: str, statement: Statement) -> str:
    """Return what a field says in a language; a quotation in its own language is the original."""
    quotation = statement.ledger.quotations.get(record) if name == "text" else None
    return _translation(quotation, tag, statement) if quotation else statement.text(tag, record, name)


def _letters(text: str) -> str:
    return folded(letters(comparable(text)))


def _as_of(row: _Row, record: Figure) -> Iterator[Finding]:
    plain = european(visible(row.text))
    values = {value for item in numerals(plain, row.tag) for value in item.values}
    for edtf in record.as_of:
        for end in _ends(edtf):
            if str(end.year) not in values and str(end.year)[2:] not in values:
                yield row.finding("lost-attribution", f"it does not say that it is as of {edtf}", edtf)


def _ranged(row: _Row, record: Figure) -> Iterator[Finding]:
    """Yield a range whose ends are exchanged."""
    found = numerals(european(visible(row.text)), row.tag)
    low, high = (
        next((item.start for item in found if str(end) in item.values), None) for end in (record.low, record.high)
    )
    if low is not None and high is not None and low > high:
        message = f"it has {record.high} before {record.low}"
        yield row.finding("drifted-number", message, f"{record.low}–{record.high}")


def _dated(row: _Row, expected: Sequence[str]) -> Iterator[Finding]:
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


def _named(row: _Row, record: Place) -> Iterator[Finding]:
    """Yield a place that is not called by one of the names that the language has for it."""
    forms = in_language(record.names, row.tag)
    if forms and not any(inflected(comparable(form), row.tag).search(comparable(row.text)) for form in forms):
        yield row.finding("drifted-name", f"it does not have the name {forms[0]}", ", ".join(forms))


def _agrees(date: Date, end: Moment) -> bool:
    return (
        date.month == end.month and date.year in (None, end.year) and (end.day is None or date.day in (None, end.day))
    )


def _terms(row: _Row, record: Recognition, statement: Statement) -> Iterator[Finding]:
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


def _level(row: _Row, record: Recognition) -> Iterator[Finding]:
    """Yield a committee's text that is not said to be one, where the source's edition says so."""
    ours, theirs = bodies(row.source_text, row.source_tag), bodies(row.text, row.tag)
    if record.level != COMMITTEE or not ours or theirs is None or COMMITTEE not in ours:
        return
    if COMMITTEE not in theirs or (PARLIAMENT in theirs and PARLIAMENT not in ours):
        yield row.finding("drifted-level", "it is a text of a committee, and not said to be one", record.body)


# --- order --------------------------------------------------------------------------------------------------------


def _out_of_order(page: Page, statement: Statement) -> Iterator[Finding]:
    """Yield the first name of a roll that stands before one that it should follow; households may stay together."""
    people = statement.ledger.people
    names = [passage for passage in page.passages if passage.record in people]
    firsts = {passage.record: passage for passage in reversed(names)}
    heads: list[Passage] = []
    household = ""
    for passage in reversed(firsts.values()):
        own = people[passage.record].household
        if not own or own != household:
            heads.append(passage)
        household = own
    for before, after in pairwise(heads):
        if sort_key(before.text, page.tag) > sort_key(after.text, page.tag):
            message = f"“{cut(before.text, 40)}” stands before “{cut(after.text, 40)}”"
            yield Finding("names-out-of-order", page.path, page.tag, message, before.text, after.text)
            return


# --- quotations ---------------------------------------------------------------------------------------------------


def _quotations(source: Page, pages: Sequence[Page], statement: Statement) -> Iterator[Finding]:
    """Yield editions of a page that do not have the words of a quotation which the source's edition has."""
    whole = {page.path: _letters(" ".join(item.text for item in page.passages)) for page in (source, *pages)}
    for record in statement.ledger.quotations.values():
        if not _quoted(record, source.tag, whole[source.path], statement):
            continue
        for page in pages:
            if not _quoted(record, page.tag, whole[page.path], statement):
                expected = _translation(record, page.tag, statement) or record.text
                message = f"it does not have the words of the quotation {record.id}"
                yield Finding("drifted-quotation", page.path, page.tag, message, "", expected)


def _quoted(record: Quotation, tag: str, letters: str, statement: Statement) -> bool:
    """Say whether the page has the quotation in the language of the page, or where it has no other in its own."""
    return _letters(_translation(record, tag, statement)) in letters


def _translation(record: Quotation, tag: str, statement: Statement) -> str:
    """Return the words of a quotation in a language, empty where nobody has written them down."""
    given = record.translations.get(tag)
    if record.language == tag:
        return record.text
    spoken = given.text if given else statement.text(tag, record.id, "text")
    return "" if spoken == record.text else spoken
