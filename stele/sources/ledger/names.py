"""The places and terms of the ledger in, the names and terms that every translation is read by out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic
from stele.sources.vocabulary import GAZETTEER_FILE, GLOSSARY_FILE, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.sources.ledger.records import Ledger
    from stele.sources.vocabulary import Vocabulary


def place_names(ledger: Ledger) -> Iterator[Term]:
    """Yield what places are called in each language."""
    for place in ledger.places.values():
        yield Term(place.id, place.names, "place", place.comment)


def terms(ledger: Ledger) -> Iterator[Term]:
    """Yield by which words terms are translated."""
    for term in ledger.terms.values():
        yield Term(term.id, term.forms, "", term.comment)


def twice(ledger: Ledger, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    """Yield ``duplicate-record`` for each place and term that the files of the vocabulary have too."""
    for records, known, name in (
        (ledger.places, vocabulary.names, GAZETTEER_FILE),
        (ledger.terms, vocabulary.terms, GLOSSARY_FILE),
    ):
        for item in known:
            if item.id in records:
                message = f"{item.id} is in {name} too"
                yield Diagnostic("duplicate-record", message, records[item.id].at, "keep it in one of the two")
