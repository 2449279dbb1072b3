"""The ledger in, everything in it that must not be printed as it is out: the rules about records, in plain sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.diagnostics import CODES, Diagnostic
from stele.rules import dating, figures, people, places, provenance, quotations, recognitions
from stele.rules.everything import everything
from stele.rules.findings import Scope, idle_waivers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stele.rules.findings import Finding
    from stele.rules.profile import Profile
    from stele.sources.ledger.records import Ledger, Record

    Rule = Callable[[Ledger, Scope], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    figures.unattributed,
    figures.not_adding_up,
    figures.stale,
    quotations.unlocated,
    quotations.without_context,
    recognitions.unadopted,
    recognitions.committee_as_parliament,
    dating.bad_dates,
    dating.wrong_anniversaries,
    dating.hidden_disagreement,
    people.duplicates,
    people.exposed,
    people.without_consent,
    places.impossible_ways,
    provenance.unarchived,
    provenance.graphic,
)

# What only records are found to be: a waiver of these that waives nothing is of no use any more.
CODES_OF_RECORDS: frozenset[str] = frozenset(
    {
        "figures-do-not-add-up",
        "unlocated-quotation",
        "quotation-without-context",
        "duplicate-person",
        "exposed-person",
        "missing-consent",
        "impossible-way",
        "unarchived-source",
        "graphic-content",
    }
)


def record_findings(
    ledger: Ledger, *, as_of_year: int, source: str, profile: Profile, shows_graphic: bool = False
) -> Iterator[Diagnostic]:
    """Yield what the rules find in the records, and what is wrong with their waivers.

    `as_of_year` is the year of the imprint, so that two builds of one text find the same; `source` is the language that
    the records are written in; `shows_graphic` says that an edition has asked for what is graphic. A record that is
    withdrawn is not printed, and so not judged.
    """
    scope = Scope(as_of_year, source, profile, shows_graphic)
    used: dict[str, set[str]] = {}
    for rule in RULES:
        for item in rule(ledger, scope):
            if item.record.status != "withdrawn":
                used.setdefault(_key(item.record), set()).add(item.code)
                yield item.told()
    for record in everything(ledger):
        if record.allow:
            yield from _faulty_waivers(record, frozenset(used.get(_key(record), ())))


def _faulty_waivers(record: Record, used: frozenset[str]) -> Iterator[Diagnostic]:
    for code in record.allow:
        if code not in CODES:
            yield Diagnostic("bad-waiver", f"{record.id} waives {code[:60]!r}, which is no code", record.at)
    yield from idle_waivers(record.allow, used, CODES_OF_RECORDS, record.at)


def _key(record: Record) -> str:
    return f"{type(record).__name__} {record.id}"
