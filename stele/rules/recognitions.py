"""Adopted texts in, terms that are not in them, and committees that are called parliaments, out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.language.casing import lower
from stele.language.inflection import related
from stele.rules.bodies import is_raised
from stele.rules.findings import Finding
from stele.sources.vocabulary import in_language
from stele.translation.review.occurrences import comparable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.rules.findings import Scope
    from stele.sources.ledger.records import Ledger, Recognition, Term

# How the terms are known, where the adopted text itself was before our eyes.
_READ = frozenset({"text", "copy", "extract"})
_HINT = "a text recognises only what it says: copy its words to term_original, or correct terms or term_seen"


def unadopted(ledger: Ledger, _: Scope) -> Iterator[Finding]:
    """REC-1. Yield a term that is said to be adopted, though the text was seen and its words are not in it."""
    for item in ledger.recognitions.values():
        if item.term_seen == "text" and item.terms and not item.term_original.strip():
            message = f"recognition {item.id} was seen, but its words are not recorded"
            yield Finding(item, "unadopted-term", message, _HINT)
        for name in item.terms:
            term = ledger.terms.get(name)
            if term and item.term_seen in _READ and item.term_original.strip() and not _says(item, term):
                message = f"“{name}” is not in the words that {item.id} adopted: “{item.term_original.strip()[:60]}”"
                yield Finding(item, "unadopted-term", message, _HINT)


def committee_as_parliament(ledger: Ledger, scope: Scope) -> Iterator[Finding]:
    """REC-2. Yield a text of a committee or a group whose body is named as though it were the parliament."""
    for item in ledger.recognitions.values():
        if is_raised(item, item.body, scope.source, scope.profile):
            message = f"{item.id} is a text of a {item.level}, but its body is “{item.body[:60]}”"
            yield Finding(item, "committee-as-parliament", message, "name the committee, or correct the level")


def _says(item: Recognition, term: Term) -> bool:
    """Say whether the adopted words hold a form of the term; a language without forms proves nothing."""
    forms = in_language(term.forms, item.term_language)
    words = lower(comparable(item.term_original), item.term_language)
    return not forms or any(related(comparable(form), item.term_language).search(words) for form in forms)
