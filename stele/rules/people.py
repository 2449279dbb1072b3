"""People of a roll in, those who are listed twice, or shown without leave that was asked for, out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.language.edtf import Interval, Moment, parse
from stele.rules.dating import last_year
from stele.rules.findings import Finding
from stele.sources.ledger import namesakes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.rules.findings import Scope
    from stele.sources.ledger.records import Ledger

_ALIVE = frozenset({"found-alive", "survived"})


def duplicates(ledger: Ledger, scope: Scope) -> Iterator[Finding]:
    """NAM-2. Yield a person who may be another one of the ledger, in another spelling or script."""
    for person, other in namesakes.duplicates(ledger.people.values(), scope.source):
        message = f"{person.id} and {other.id} ({other.at}) may be one person"
        hint = "join them, with the other spelling among variants; if they are two, say so in allow"
        yield Finding(person, "duplicate-person", message, hint)


def exposed(ledger: Ledger, _: Scope) -> Iterator[Finding]:
    """NAM-3. Yield a person who may be living and has not consented, and a child whose day of birth is printed."""
    for person in ledger.people.values():
        alive = person.living or (person.fate in _ALIVE and not person.died)
        if alive and person.consent is None:
            message = f"{person.id} may be living, and has not consented to being named"
            yield Finding(person, "exposed-person", message, "record the consent, or leave the name out")
        if person.minor and _is_exact(person.born):
            message = f"{person.id} was a child, and the day of birth is given"
            yield Finding(person, "exposed-person", message, f"the year is enough: {person.born[:4]}")


def without_consent(ledger: Ledger, scope: Scope) -> Iterator[Finding]:
    """CNS-1. Yield a consent that has run out before the year of the imprint, or that nobody has given."""
    for person in ledger.people.values():
        consent = person.consent
        if consent is None:
            continue
        until = last_year([consent.until]) if consent.until else None
        if until is not None and until < scope.year:
            message = f"the consent for {person.id} ended in {until}"
            yield Finding(person, "missing-consent", message, "ask again, or leave out what it covered")
        if not consent.given_by.strip():
            message = f"the consent for {person.id} does not say who gave it"
            yield Finding(person, "missing-consent", message, "name the person or the family in given_by")


def _is_exact(date: str) -> bool:
    try:
        moment = parse(date) if date else None
    except ValueError:
        return False
    ends = (moment.start, moment.end) if isinstance(moment, Interval) else (moment,)
    return any(isinstance(end, Moment) and end.day is not None for end in ends)
