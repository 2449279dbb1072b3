"""What a narrator says in, places by names that this edition does not give them out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stele.language.inflection import inflected
from stele.language.scripts import script
from stele.sources.ledger.references import references
from stele.sources.vocabulary import in_language
from stele.translation.review.occurrences import comparable, occurrences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from stele.diagnostics import Diagnostic
    from stele.rules.hearing import Hearing
    from stele.sources.ledger.records import Ledger, Place
    from stele.sources.vocabulary import Vocabulary

# A shorter name is a word of some other language sooner or later.
_LEAST_LETTERS = 4
_WORD = re.compile(r"[\w\u200c’'-]+")


def unknown_places(hearing: Hearing) -> Iterator[Diagnostic]:
    """PLC-1. Yield a place by a name of another edition, or by a variant, and a form that is none of its name.

    A passage that also has the right name explains the other one; a name of the vocabulary, or a part of one, is known.
    """
    tag, places = hearing.said.tag, hearing.bench.ledger.places
    for reference in references(hearing.passage.text):
        place = places.get(reference.id)
        if place and reference.pattern and not _is_form(reference.pattern, in_language(place.names, tag), tag):
            message = f"“{reference.pattern[:60]}” is no form of {' or '.join(in_language(place.names, tag)[:4])}"
            yield hearing.finding("unknown-place", message, f"correct it, or add the form to {place.id} in the ledger")
    if hearing.passage.is_in_a_table or hearing.passage.kind == "footnote":
        return
    for word, place in _strange_names(hearing):
        right = in_language(place.names, tag)[0]
        hint = f"write {{{place.id}}}, or name it beside the other; a name of its own goes into the gazetteer"
        yield hearing.finding("unknown-place", f"“{word}” is called “{right}” in this edition", hint)


def strange_names(ledger: Ledger, vocabulary: Vocabulary, tag: str) -> Mapping[str, tuple[tuple[str, Place], ...]]:
    """Return the names that places have elsewhere and nothing has in language `tag`, by their first word."""
    terms = (*vocabulary.names, *vocabulary.terms)
    known = {form for place in ledger.places.values() for form in in_language(place.names, tag)}
    known |= {form for term in terms for form in term.in_language(tag)}
    found: dict[str, dict[str, Place]] = {}
    for place in ledger.places.values():
        right = in_language(place.names, tag)
        for form in _others(place, tag) if right else ():
            if form not in known and _fits(form, right[0]):
                spelled = comparable(form)
                found.setdefault(spelled.split()[0], {}).setdefault(spelled, place)
    return {first: tuple(forms.items()) for first, forms in found.items()}


def _strange_names(hearing: Hearing) -> Iterator[tuple[str, Place]]:
    """Yield each strange name that the narrator says, once, with its place."""
    own, strange = hearing.said.own, hearing.bench.strange_names
    told: set[str] = set()
    for found in _WORD.finditer(own):
        for form, place in strange.get(found[0], ()):
            end = found.start() + len(form)
            if form in told or own[found.start() : end] != form or own[end : end + 1].isalnum():
                continue
            if not _is_explained(place, hearing) and not _is_in_a_name(found.start(), end, hearing):
                told.add(form)
                yield form, place


def _is_explained(place: Place, hearing: Hearing) -> bool:
    tag = hearing.said.tag
    return any(inflected(comparable(form), tag).search(hearing.said.own) for form in in_language(place.names, tag))


def _is_in_a_name(start: int, end: int, hearing: Hearing) -> bool:
    """Say whether the words at a place are a part of a longer name: New Mexico, Justice for Khojaly."""
    found = occurrences(hearing.said.own, hearing.bench.vocabulary.names, hearing.said.tag)
    return any(item.start <= start and end <= item.end for item in found)


def _others(place: Place, tag: str) -> Iterator[str]:
    for language, forms in place.names.items():
        if language != tag:
            yield from forms
    for other in place.other_names:
        yield other.name


def _fits(form: str, right: str) -> bool:
    """Say whether a form may stand in a text whose own form is `right`: a name of its script, with a capital."""
    capital = not form[:1].islower()
    return len(form) >= _LEAST_LETTERS and capital and script(form[0]) == script(right[0]) and form != right


def _is_form(word: str, forms: tuple[str, ...], tag: str) -> bool:
    return not forms or any(inflected(comparable(form), tag).search(comparable(word)) for form in forms)
