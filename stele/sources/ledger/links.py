"""The ledger in, every reference of its records that leads to no record out."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from stele.diagnostics import Diagnostic
from stele.sources.ledger.records import TRANSLATED, Commemoration, Derived, Event, Figure, Place, Recognition
from stele.sources.ledger.references import references

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from stele.sources.ledger.records import Citation, Ledger, Record
    from stele.sources.ledger.writing import Value


def dangling(ledger: Ledger) -> Iterator[Diagnostic]:
    """Yield ``unknown-record`` for each id in a field of a record that no record of the right kind has."""
    for record in ledger:
        for citation in record.sources:
            yield from _missing(record, "source", citation.source, ledger.sources)
        for noun, name, known in _links(record, ledger):
            if name:
                yield from _missing(record, noun, name, known)


def unwritten(ledger: Ledger, values: Mapping[str, Value]) -> Iterator[Diagnostic]:
    """Yield ``unknown-record`` for each reference in a text of a record that stands for nothing."""
    for record in ledger:
        for name in TRANSLATED[type(record)]:
            text = getattr(record, name)
            for reference in references(text) if "{" in text else ():
                if reference.id not in values:
                    yield from _missing(record, "record", reference.id, values)


def uncited(ledger: Ledger, notes: Iterable[tuple[Citation, ...]]) -> Iterator[Diagnostic]:
    """Yield ``uncited-source`` for each source that neither a record nor one of the `notes` of texts cites."""
    cited = {citation.source for record in ledger for citation in record.sources}
    cited |= {citation.source for note in notes for citation in note}
    for source in ledger.sources.values():
        if source.id not in cited:
            hint = "cite it where it is used, or take it out"
            yield Diagnostic("uncited-source", f"nothing cites {source.id}", source.at, hint)


def _links(record: Record, ledger: Ledger) -> Iterator[tuple[str, str, Collection[str]]]:
    """Yield which ids a record names, and among which they must be."""
    named: dict[type[Record], Callable[[Any], Iterable[tuple[str, str, Collection[str]]]]] = {
        Figure: lambda item: [("figure", name, ledger.figures) for name in _figures_of(item)],
        Recognition: lambda item: [("term", name, ledger.terms) for name in item.terms],
        Event: lambda item: [("place", item.place, ledger.places)],
        Commemoration: lambda item: [("event", item.of, ledger.events)],
        Place: lambda item: [("place", way.origin, ledger.places) for way in item.ways],
        Derived: lambda item: [
            *(("figure", name, ledger.figures) for name in (*item.total, *item.difference)),
            *(("place", name, ledger.places) for name in item.distance),
            ("event", item.years_since, ledger.events),
        ],
    }
    return iter(named[type(record)](record)) if type(record) in named else iter(())


def _figures_of(record: Figure) -> tuple[str, ...]:
    return (record.subset_of, record.supersedes, *record.parts)


def _missing(record: Record, noun: str, name: str, known: Collection[str]) -> Iterator[Diagnostic]:
    if name not in known:
        near = get_close_matches(name, known, 1, 0.5)
        hint = f"did you mean {near[0]}?" if near else None
        yield Diagnostic("unknown-record", f"{record.id}: there is no {noun} {name!r}", record.at, hint)
