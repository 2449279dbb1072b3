"""A pair in, terms of its source that the translation does not render as the glossary asks out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.language.casing import lower
from stele.language.inflection import related
from stele.sources.vocabulary import GLOSSARY_FILE
from stele.translation.review.occurrences import compared, occurrences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.diagnostics import Diagnostic
    from stele.sources.vocabulary import Term
    from stele.translation.review.occurrences import Occurrence
    from stele.translation.review.pair import Pair


def missing_terms(pair: Pair) -> Iterator[Diagnostic]:
    """Yield ``missing-term`` for each term of the source of which no form, inflected or not, is in the translation."""
    if not pair.vocabulary.terms:
        return
    source, translation = compared(pair)
    tag = pair.language.tag
    lowered = lower(translation, tag)
    told: set[frozenset[str]] = set()
    for item in _wanted(pair, source):
        known = [term for term in pair.vocabulary.terms if term.id in item.ids and term.in_language(tag)]
        forms = [form for term in known for form in term.in_language(tag)]
        if forms and item.ids not in told and not any(related(form, tag).search(lowered) for form in forms):
            told.add(item.ids)
            message = f"“{item.words[:60]}” is not translated as the glossary asks"
            yield pair.finding("missing-term", message, _hint(forms, known))


def _wanted(pair: Pair, source: str) -> list[Occurrence]:
    """Return the terms of `source` that are no part of a name: Memorial, the organisation, is no memorial."""
    tag = pair.source_language.tag
    lowered = lower(source, tag)
    if len(lowered) != len(source):  # but for Turkish, İ in lower case is two characters
        lowered = lower(source.replace("İ", "I"), tag)
    found = occurrences(lowered, pair.vocabulary.terms, tag, loose=True)
    names = occurrences(source, pair.vocabulary.names, tag) if found else ()
    return [item for item in found if not any(name.start <= item.start and item.end <= name.end for name in names)]


def _hint(forms: list[str], known: list[Term]) -> str:
    note = "".join(f" ({term.note})" for term in known if term.note)
    return f"the glossary has {' or '.join(f'“{form}”' for form in forms[:4])}; see {GLOSSARY_FILE}{note}"
