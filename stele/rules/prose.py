"""Passages of one language in, what a narrator should not say in them out: the rules about prose, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.rules import bodies, casualties, days, excerpts, toponyms, wordings
from stele.rules.findings import idle_waivers, waived
from stele.rules.hearing import Bench, hear

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from stele.diagnostics import Diagnostic
    from stele.rules.hearing import Hearing
    from stele.rules.narration import Passage
    from stele.rules.profile import Profile
    from stele.sources.ledger.records import Ledger
    from stele.sources.vocabulary import Vocabulary

    Rule = Callable[[Hearing], Iterator[Diagnostic]]

RULES: tuple[Rule, ...] = (
    casualties.bare_figures,
    casualties.unattributed,
    casualties.stale,
    excerpts.altered,
    bodies.unadopted,
    bodies.committee_as_parliament,
    bodies.typed_counts,
    days.bad_dates,
    days.wrong_anniversaries,
    days.hidden_disagreement,
    toponyms.unknown_places,
    wordings.disallowed,
    wordings.accusations,
    wordings.denials,
)

# What a written reason beside a passage can excuse.
CODES_OF_PROSE: frozenset[str] = frozenset(
    {
        "bare-figure",
        "unattributed-figure",
        "stale-figure",
        "altered-quotation",
        "unadopted-term",
        "committee-as-parliament",
        "typed-count",
        "bad-date",
        "wrong-anniversary",
        "hidden-disagreement",
        "unknown-place",
        "disallowed-term",
        "collective-accusation",
        "denial",
    }
)

# Texts of records in which the narrator speaks; the others are words of others, or names and titles of things.
_NARRATED = frozenset(
    {
        *(f"{kind}, text" for kind in ("event", "commemoration", "memorial")),
        *(f"figure, {field}" for field in ("measure", "wording", "definition")),
        "quotation, context",
        bodies.BODY,
    }
)


def prose_findings(
    passages: Iterable[Passage],
    tag: str,
    ledger: Ledger,
    vocabulary: Vocabulary,
    profile: Profile,
    *,
    source: str,
    as_of_year: int,
) -> Iterator[Diagnostic]:
    """Yield what the rules find in passages of language `tag`, and waivers beside them that are of no use.

    `source` is the language of the records, `as_of_year` the year of the imprint. What is quoted is exempt: quotation
    marks of any kind, blockquotes, titles in emphasis, passages marked as another language, titles of records.
    """
    countries = bodies.countries(ledger, source, tag, vocabulary)
    strange = toponyms.strange_names(ledger, vocabulary, tag)
    slots = wordings.slots(profile, ledger, tag)
    bench = Bench(tag, source, as_of_year, ledger, vocabulary, profile, countries, strange, slots)
    for passage in passages:
        if not passage.is_of_a_record or passage.kind in _NARRATED or passage.kind.endswith(", note"):
            yield from _of_passage(passage, bench)


def _of_passage(passage: Passage, bench: Bench) -> Iterator[Diagnostic]:
    hearing = hear(passage, bench)
    found = list(dict.fromkeys(item for rule in RULES for item in rule(hearing)))
    yield from waived(found, {**passage.inherited, **passage.waivers})
    used = frozenset(item.code for item in found)
    yield from idle_waivers(passage.waivers, used, CODES_OF_PROSE, passage.location)
