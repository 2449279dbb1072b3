"""Kinds of records in, what of them is told to everybody out: which fields, and of what type as data.

What is not listed stays in the house: where a record is written, comments, waivers, consents, and of people all that no
roll prints. So a field that is added to a record is not published by accident.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_type_hints

from stele.sources.ledger.records import (
    TRANSLATED,
    Commemoration,
    Derived,
    Event,
    Figure,
    Memorial,
    Person,
    Place,
    Quotation,
    Recognition,
    Record,
    Source,
    Term,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stele.sources.ledger.records import Ledger

_OF_ALL = ("sources", "status", "sensitivity", "note")
_PUBLIC: Mapping[type[Record], tuple[str, ...]] = {
    Figure: (
        "measure",
        "low",
        "high",
        "bound",
        "wording",
        "stated_by",
        "as_of",
        "definition",
        "subset_of",
        "parts",
        "supersedes",
    ),
    Quotation: (
        "text",
        "language",
        "speaker",
        "office",
        "occasion",
        "date",
        "locator",
        "translations",
        "context",
        "before",
        "after",
        "kind",
    ),
    Recognition: (
        "country",
        "body",
        "level",
        "subnational",
        "instrument",
        "adopted",
        "published",
        "reported",
        "terms",
        "term_original",
        "term_language",
        "term_wording",
        "term_seen",
        "vote",
    ),
    Event: ("date", "night", "text", "place", "also_dated"),
    Commemoration: (
        "date",
        "time",
        "zone",
        "town",
        "site",
        "organiser",
        "of",
        "anniversary",
        "languages",
        "programme",
        "text",
    ),
    Place: ("names", "other_names", "coordinates", "feature", "ways"),
    Person: ("names", "born", "died", "age", "place", "fate", "identified", "roll"),
    Memorial: ("town", "site", "opened", "author", "inscription", "inscription_language", "text"),
    Source: (
        "type",
        "title",
        "title_translated",
        "title_transliterated",
        "author",
        "container",
        "publisher",
        "number",
        "isbn",
        "language",
        "issued",
        "accessed",
        "url",
        "archived",
        "sha256",
        "tier",
        "seen",
        "read_in",
        "section",
    ),
    Term: ("names",),
    Derived: ("value",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A name as a roll of one language gives it; `language` where it stands in another language there."""

    family: str
    given: str = ""
    patronymic: str = ""
    language: str = ""


# What data has otherwise than records do: one name for each language instead of the forms that are accepted.
_OTHERWISE: Mapping[tuple[type[Record], str], Any] = {
    (Place, "names"): Mapping[str, str],
    (Term, "names"): Mapping[str, str],
    (Person, "names"): Mapping[str, PersonName],
    (Derived, "value"): int,
}


@dataclass(frozen=True, slots=True)
class Told:
    """A record as everybody may know it: its kind as its file is called, its id, its fields but for the empty ones."""

    kind: str
    id: str
    fields: Mapping[str, Any]


def public_fields(kind: type[Record]) -> tuple[str, ...]:
    """Return the fields of a kind that are told to everybody, in the order in which data has them."""
    return (*_PUBLIC[kind], *_OF_ALL)


def is_text(kind: type[Record], name: str) -> bool:
    """Say whether data has a field once for each language."""
    return name in TRANSLATED[kind]


def types(kind: type[Record]) -> dict[str, Any]:
    """Return the type of each field that is told, by name."""
    hints = get_type_hints(kind)
    return {
        name: _OTHERWISE.get((kind, name)) or (Mapping[str, str] if is_text(kind, name) else hints[name])
        for name in public_fields(kind)
    }


def with_what_they_rest_on(records: Mapping[tuple[type[Record], str], Record], ledger: Ledger) -> list[Record]:
    """Return records with the sources, places and terms that they refer to by their ids, in the order of the ledger."""
    wanted = dict(records)
    waiting = list(records.values())
    while waiting:
        for other in _referred(waiting.pop(), ledger):
            if (type(other), other.id) not in wanted and other.status != "withdrawn":
                wanted[type(other), other.id] = other
                waiting.append(other)
    return [item for item in ledger if (type(item), item.id) in wanted and item.status != "withdrawn"]


def _referred(record: Record, ledger: Ledger) -> Iterator[Record]:
    ids: dict[str, Callable[[], list[str]]] = {
        "sources": lambda: [item.source for item in record.sources],
        "terms": lambda: list(record.terms) if isinstance(record, Recognition) else [],
        "places": lambda: _places(record),
    }
    for kind, names in ids.items():
        known: Mapping[str, Record] = getattr(ledger, kind)
        yield from (known[name] for name in names() if name in known)


def _places(record: Record) -> list[str]:
    if isinstance(record, (Event, Person)):
        return [record.place]
    return [way.origin for way in record.ways] if isinstance(record, Place) else []
