"""The ledger and a language in, by which other names each place and each person that is shown can be found out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.sources.ledger.roll import Readers, Wish, named
from stele.sources.ledger.writing import name_in
from stele.web.search.sections import Piece

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.sources.ledger.records import Ledger, Person, Place


def names_of_places(ledger: Ledger, tag: str) -> dict[str, tuple[Piece, ...]]:
    """Return the names of each place by its id: first that of the language, then all others, each once."""
    return {place.id: tuple(dict.fromkeys(_of_place(place, tag))) for place in ledger.places.values()}


def names_of_people(ledger: Ledger, tag: str, source: str, year: int | None) -> dict[str, tuple[Piece, ...]]:
    """Return the other spellings of the name of each person whom the web may name in the language, by id.

    Nobody else is among them, whatever the page says: `year` is that by which a consent may have ended.
    """
    people = named(ledger.people.values(), Wish(), Readers(tag, source, "web", year))
    return {person.id: tuple(_of_person(ledger.people[person.id], source)) for person in people}


def _of_place(place: Place, tag: str) -> Iterator[Piece]:
    yield Piece(name_in(place.names, tag), tag)
    for language, forms in place.names.items():
        yield from (Piece(form, language) for form in forms)
    for other in place.other_names:
        yield Piece(other.name, other.language)


def _of_person(person: Person, source: str) -> Iterator[Piece]:
    """Yield the name as the ledger has it, which may be in another script than that of the page, and its variants."""
    own = person.language or source
    yield Piece(" ".join(filter(None, (person.family, person.given, person.patronymic))), own)
    yield from (Piece(variant.replace(",", " "), own) for variant in person.variants)
