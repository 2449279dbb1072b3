"""The rules of the trade in, where each of them is kept out: those about records, about prose and about print."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its id, what it asks, the codes of its findings, and who finds them: modules and their functions."""

    id: str
    asks: str
    codes: tuple[str, ...]
    holders: tuple[str, ...]


def _rule(name: str, asks: str, codes: str, *holders: str) -> Rule:
    return Rule(name, asks, tuple(codes.split()), holders)


# The names of rules about numbers, quotations, recognitions, dates, names, places, terms, provenance, consent,
# sensitivity, languages and print.
RULES: tuple[Rule, ...] = (
    _rule("FIG-1", "no number of casualties is typed", "bare-figure", "stele.rules.casualties.bare_figures"),
    _rule(
        "FIG-2",
        "a figure says who states it, as of when, and where",
        "unattributed-figure",
        "stele.rules.figures.unattributed",
        "stele.rules.casualties.unattributed",
    ),
    _rule("FIG-3", "parts fit into their whole", "figures-do-not-add-up", "stele.rules.figures.not_adding_up"),
    _rule(
        "FIG-4",
        "a translation has the numbers of its source",
        "changed-number",
        "stele.translation.review.numbers.changed_numbers",
    ),
    _rule(
        "FIG-5",
        "nothing old is said to hold to this day",
        "stale-figure",
        "stele.rules.figures.stale",
        "stele.rules.casualties.stale",
    ),
    _rule("QUO-1", "a quotation can be looked up", "unlocated-quotation", "stele.rules.quotations.unlocated"),
    _rule("QUO-2", "an excerpt is exact", "altered-quotation", "stele.rules.excerpts.altered"),
    _rule(
        "QUO-3",
        "words of a court stand with what they decide",
        "quotation-without-context",
        "stele.rules.quotations.without_context",
    ),
    _rule(
        "REC-1",
        "a term is recognised only by a text that has it",
        "unadopted-term",
        "stele.rules.recognitions.unadopted",
        "stele.rules.bodies.unadopted",
    ),
    _rule(
        "REC-2",
        "a committee is no parliament",
        "committee-as-parliament",
        "stele.rules.recognitions.committee_as_parliament",
        "stele.rules.bodies.committee_as_parliament",
    ),
    _rule("REC-3", "the register is counted, not typed", "typed-count", "stele.rules.bodies.typed_counts"),
    _rule(
        "DAT-1",
        "a date can be, and is read in one way",
        "bad-date",
        "stele.rules.dating.bad_dates",
        "stele.rules.days.bad_dates",
    ),
    _rule(
        "DAT-2",
        "an anniversary counts the years since the event",
        "wrong-anniversary",
        "stele.rules.dating.wrong_anniversaries",
        "stele.rules.days.wrong_anniversaries",
    ),
    _rule(
        "DAT-3",
        "where dates differ, a reader sees it",
        "hidden-disagreement",
        "stele.rules.dating.hidden_disagreement",
        "stele.rules.days.hidden_disagreement",
    ),
    _rule("NAM-1", "a roll has the order of its language", "names-out-of-order", "stele.audit"),
    _rule("NAM-2", "nobody is listed twice", "duplicate-person", "stele.rules.people.duplicates"),
    _rule("NAM-3", "the living and children are not exposed", "exposed-person", "stele.rules.people.exposed"),
    _rule(
        "PLC-1",
        "a place has the name of the edition",
        "unknown-place changed-name",
        "stele.rules.toponyms.unknown_places",
        "stele.translation.review.names.changed_names",
    ),
    _rule("PLC-2", "the earth has this distance", "impossible-way", "stele.rules.places.impossible_ways"),
    _rule("TRM-1", "the narrator judges nothing", "disallowed-term", "stele.rules.wordings.disallowed"),
    _rule(
        "TRM-2",
        "a term is translated as the ledger asks",
        "missing-term",
        "stele.translation.review.terms.missing_terms",
    ),
    _rule("TRM-3", "no people is accused", "collective-accusation", "stele.rules.wordings.accusations"),
    _rule("TRM-4", "nobody's dead are denied", "denial", "stele.rules.wordings.denials"),
    _rule("PRV-1", "a source on the web has a copy", "unarchived-source", "stele.rules.provenance.unarchived"),
    _rule("CNS-1", "consent is given and holds", "missing-consent", "stele.rules.people.without_consent"),
    _rule("SEN-1", "nobody meets the graphic unwarned", "graphic-content", "stele.rules.provenance.graphic"),
    _rule(
        "I18N-1",
        "a print edition is translated, and confirmed",
        "untranslated fuzzy below-threshold",
        "stele.translation.localization.localize",
        "stele.stages.wording",
    ),
    _rule("I18N-2", "a page is in its own language", "wrong-language", "stele.audit"),
    _rule("I18N-3", "case follows the language (a test of the code itself)", "", "stele.language.casing"),
    _rule("PRN-1", "everything fits in its place", "overfull-box too-long", "stele.print.inspection"),
    _rule("PRN-2", "every character has a glyph", "missing-glyph", "stele.sources.fonts"),
    _rule("PRN-3", "a signature is full", "thick-booklet", "stele.print.imposition"),
    _rule("PRN-4", "paper and screen agree", "editions-disagree", "stele.audit"),
)

# Codes that the audit of rendered pages reports.
OF_THE_AUDIT: frozenset[str] = frozenset({"names-out-of-order", "wrong-language", "editions-disagree"})
