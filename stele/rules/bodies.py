"""What a narrator says of parliaments in, bodies and words that are more than was adopted, and typed counts, out."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from stele.language.casing import lower
from stele.language.inflection import related
from stele.language.locales import find
from stele.rules.counts import behind, counts
from stele.rules.phrases import any_of
from stele.sources.vocabulary import in_language
from stele.translation.review.occurrences import comparable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from stele.diagnostics import Diagnostic
    from stele.rules.hearing import Hearing
    from stele.rules.profile import Profile
    from stele.sources.ledger.records import Ledger, Recognition
    from stele.sources.vocabulary import Term, Vocabulary

BODY = "recognition, body"  # as the catalogs name this field
_LOW = frozenset({"committee", "group"})
_CLAUSE_END = re.compile("[;:؛]")
_WORD = re.compile(r"[^\W\d_]{4,}")


def is_raised(item: Recognition, body: str, tag: str, profile: Profile) -> bool:
    """Say whether a text of a committee or a group is given to a `body` that is named as the parliament."""
    if item.level not in _LOW:
        return False
    words = lower(comparable(body), tag)
    parliament = any_of(profile.words("parliaments", tag), tag)
    committee = any_of(profile.words("committees", tag), tag)
    return bool(parliament and committee and parliament.search(words) and not committee.search(words))


def committee_as_parliament(hearing: Hearing) -> Iterator[Diagnostic]:
    """REC-2. Yield the parliament of a country of which only a committee or a group has adopted a text."""
    passage, recognitions = hearing.passage, hearing.bench.ledger.recognitions.values()
    own = next((item for item in recognitions if passage.kind == BODY and item.body == passage.source), None)
    if own and is_raised(own, passage.text, hearing.said.tag, hearing.bench.profile):
        message = f"{own.id} is a text of a {own.level}, but its body is called “{passage.text[:60]}” here"
        yield hearing.finding("committee-as-parliament", message, "name the committee")
    for place, items in _adopted(hearing):
        low = [item for item in items if item.level in _LOW]
        raised = hearing.holds(place, "parliaments") and not hearing.holds(place, "committees")
        if raised and low and len(low) == len(items):
            message = f"“{hearing.sentence(place)}” names the parliament, but {low[0].id} is a text of a {low[0].level}"
            yield hearing.finding("committee-as-parliament", message, f"its body is: {low[0].body[:80]}")


def unadopted(hearing: Hearing) -> Iterator[Diagnostic]:
    """REC-1. Yield a term that a country is said to have adopted, and that is not in what the register has of it."""
    ledger, tag = hearing.bench.ledger, hearing.said.tag
    for place, items in _adopted(hearing):
        known = {term for item in items for term in item.terms}
        if not known or hearing.holds(place, "negation", "attribution") or len({item.country for item in items}) > 1:
            continue
        words = hearing.said.lowered[place]
        for term in ledger.terms.values():
            patterns = [related(comparable(form), tag) for form in in_language(term.forms, tag)]
            said = next((found for pattern in patterns if (found := pattern.search(words))), None)
            if said and term.id not in known:
                adopted = ", ".join(sorted(known))
                shown = hearing.said.read[place][slice(*said.span())][:60]
                message = f"“{shown}” is not what {items[0].id} has: {adopted}"
                yield hearing.finding("unadopted-term", message, "write the term of the adopted text")


def typed_counts(hearing: Hearing) -> Iterator[Diagnostic]:
    """REC-3. Yield a typed number of states or bodies that have adopted something: the register counts them."""
    adopters = hearing.bench.profile.words("adopters", hearing.said.tag)
    if not hearing.bench.ledger.recognitions or not adopters:
        return
    counted = [count for count in counts(hearing) if behind(count, adopters, hearing, 1)]
    for place in _clauses(hearing) if counted else ():
        for count in counted:
            if place.start <= count.start < place.stop and hearing.holds(place, "adopting"):
                message = f"“{count.text}” counts who has adopted a text, and is typed"
                hint = "count it in content/ledger/derived.yaml, and write {its-id} here"
                yield hearing.finding("typed-count", message, hint)


def countries(ledger: Ledger, source: str, tag: str, vocabulary: Vocabulary) -> Mapping[str, re.Pattern[str]]:
    """Return the words by which the country of each recognition is known in language `tag`, by id of the recognition.

    The register has its name in the `source` language; in another the vocabulary or the CLDR gives it. Adjectives begin
    as the name does, but for its last letter.
    """
    made: dict[str, re.Pattern[str]] = {}
    known: dict[str, list[Term]] = defaultdict(list)
    for term in vocabulary.names:
        for form in term.in_language(source):
            known[form].append(term)
    for item in ledger.recognitions.values():
        forms = _names(item.country, source, tag, known[item.country])
        words = {word for form in forms for word in _telling(form, tag)}
        if pattern := any_of(tuple(sorted(words)), tag):
            made[item.id] = pattern
    return made


def _adopted(hearing: Hearing) -> Iterator[tuple[slice, list[Recognition]]]:
    """Yield each clause in which a country of the register is said to adopt something, with its recognitions."""
    if hearing.passage.is_of_a_record:
        return
    ledger, known = hearing.bench.ledger, hearing.bench.countries
    for place in _clauses(hearing):
        if not hearing.holds(place, "adopting"):
            continue
        words = hearing.said.lowered[place]
        if items := [item for name, item in ledger.recognitions.items() if name in known and known[name].search(words)]:
            yield place, items


def _clauses(hearing: Hearing) -> Iterator[slice]:
    """Yield the places between semicolons and the ends of sentences: what stands together in one belongs together."""
    for sentence in hearing.said.sentences():
        start = sentence.start
        for found in _CLAUSE_END.finditer(hearing.said.own, sentence.start, sentence.stop):
            yield slice(start, found.end())
            start = found.end()
        yield slice(start, sentence.stop)


def _names(country: str, source: str, tag: str, named: Iterable[Term]) -> tuple[str, ...]:
    if tag == source:
        return (country,)
    if forms := [form for term in named for form in term.in_language(tag)]:
        return tuple(forms)
    codes = [code for code, name in _territories(source).items() if name == country]
    return tuple(name for code in codes if (name := _territories(tag).get(code)))


@lru_cache
def _territories(tag: str) -> Mapping[str, str]:
    found = find(tag)
    return {code: str(name) for code, name in found.territories.items() if code.isalpha()} if found else {}


def _telling(name: str, tag: str) -> Iterator[str]:
    """Yield the words of a name that no other country has: not Republic, nor United."""
    for word in _WORD.findall(comparable(name)):
        if _commonness(tag).get(lower(word, tag), 0) <= 1:
            yield f"{word[:-1]}*" if len(word) > 4 else f"{word}*"


@lru_cache
def _commonness(tag: str) -> Mapping[str, int]:
    """Return in how many names of countries a word stands."""
    found: dict[str, int] = {}
    for name in _territories(tag).values():
        for word in set(_WORD.findall(lower(comparable(name), tag))):
            found[word] = found.get(word, 0) + 1
    return found
