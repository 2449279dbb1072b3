"""The places and terms of the ledger in, the names and terms that every translation is read by out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.sources.vocabulary import Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.sources.ledger.records import Ledger


def place_names(ledger: Ledger) -> Iterator[Term]:
    """Yield what places are called in each language."""
    for place in ledger.places.values():
        yield Term(place.id, place.names, "place", place.comment)


def terms(ledger: Ledger) -> Iterator[Term]:
    """Yield by which words terms are translated."""
    for term in ledger.terms.values():
        yield Term(term.id, term.forms, "", term.comment)
