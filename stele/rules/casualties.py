"""What a narrator says of the dead and the hurt in, numbers without a record, without an owner or out of date, out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stele.rules.counts import before, behind, counts
from stele.rules.dating import last_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.diagnostics import Diagnostic
    from stele.rules.counts import Count
    from stele.rules.hearing import Hearing
    from stele.sources.ledger.records import Figure, Ledger

# A number in words below this is told of people one by one: her three brothers were killed.
_LEAST_IN_WORDS = 13
# A round number, or a small one, may count anything.
_LEAST_TELLING, _ROUND = 100, 50
_HINT = "make it a figure of the ledger, with who states it and as of when, and write {its.id} here"


def bare_figures(hearing: Hearing) -> Iterator[Diagnostic]:
    """FIG-1. Yield a number of casualties that is typed, and a typed number that is the value of a figure.

    Where a ledger has no figures yet, every number is typed.
    """
    if not hearing.bench.ledger.figures:
        return
    values = _values(hearing.bench.ledger)
    for count in counts(hearing):
        if _counts_casualties(count, hearing):
            yield hearing.finding("bare-figure", f"“{count.text}” is a number of casualties, and typed", _HINT)
        elif (name := _equal(count, values)) and hearing.passage.kind != "footnote":
            message = f"“{count.text}” is typed, and figure {name} has the same value"
            yield hearing.finding("bare-figure", message, f"write {{{name}}} if that is what is meant")


def unattributed(hearing: Hearing) -> Iterator[Diagnostic]:
    """FIG-2. Yield a figure on which sources differ, where neither a word nor a note says who states it."""
    passage, said = hearing.passage, hearing.said
    if passage.is_in_a_table or "[@" in passage.text or "[^" in passage.text or not hearing.bench.any("attribution"):
        return
    told = False  # a sentence may go on with what the one before it said
    for place in said.sentences():
        figures = [hearing.bench.ledger.figures.get(item.id) for item in said.references(place)]
        contested = _alone([item for item in figures if item and _is_contested(item, hearing.bench.ledger)])
        before, told = told, hearing.holds(place, "attribution") is not None
        if contested and not told and not before:
            message = f"{contested[0].id} stands here without who states it, and sources differ on it"
            hint = f"say that it is the number of {contested[0].stated_by or '…'}, or cite the source"
            yield hearing.finding("unattributed-figure", message, hint)


def stale(hearing: Hearing) -> Iterator[Diagnostic]:
    """FIG-5. Yield a figure that another one has superseded, and one that is said to hold to this day and is older."""
    ledger, said = hearing.bench.ledger, hearing.said
    followers = {item.supersedes: item.id for item in ledger.figures.values() if item.supersedes}
    for place in said.sentences():
        figures = [item for reference in said.references(place) if (item := ledger.figures.get(reference.id))]
        for item in figures:
            if item.id in followers and followers[item.id] not in {other.id for other in figures}:
                message = f"{item.id} has been superseded by {followers[item.id]}"
                yield hearing.finding("stale-figure", message, f"write {{{followers[item.id]}}}, or both")
        words = hearing.holds(place, "to_this_day")
        if words and (reason := _outdated(figures, place, hearing)):
            hint = "say as of when, with the words of the source: “in 2021”"
            yield hearing.finding("stale-figure", f"“{words[0]}” is said of {reason}", hint)


def _counts_casualties(count: Count, hearing: Hearing) -> bool:
    if count.value < (2 if count.typed else _LEAST_IN_WORDS):
        return False
    profile, tag = hearing.bench.profile, hearing.said.tag
    befell, suffered = profile.words("befell", tag), profile.words("suffered", tag)
    if behind(count, profile.words("casualties", tag), hearing, 1) or behind(count, befell, hearing, 1):
        return True
    found = behind(count, (*profile.words("persons", tag), *profile.words("peoples", tag)), hearing, 1)
    if found is None:
        return False
    counted = replace(count, end=found.end())
    return bool(behind(counted, befell, hearing, 1) or before(count, suffered, hearing, 2))


def _values(ledger: Ledger) -> dict[int, str]:
    """Return the telling values of figures, each with the first id that has it."""
    found: dict[int, str] = {}
    for item in ledger.figures.values():
        for value in (item.low, item.high):
            found.setdefault(value, item.id)
    return {value: name for value, name in found.items() if value >= _LEAST_TELLING and value % _ROUND}


def _equal(count: Count, values: dict[int, str]) -> str | None:
    return values.get(count.value) if count.typed else None


def _is_contested(figure: Figure, ledger: Ledger) -> bool:
    """Say whether others state another value of the same measure; a part of a figure is no other value."""
    same = [item for item in ledger.figures.values() if _measure(item) == _measure(figure) and not item.subset_of]
    return not figure.subset_of and len({(item.low, item.high) for item in same}) > 1


def _alone(figures: list[Figure]) -> list[Figure]:
    """Return the figures beside which no other of their measure stands: two of one show that they differ."""
    measures = [_measure(item) for item in figures]
    return [item for item in figures if measures.count(_measure(item)) == 1]


def _measure(figure: Figure) -> str:
    return figure.id.partition(".")[0]


def _outdated(figures: list[Figure], place: slice, hearing: Hearing) -> str:
    """Return what of the sentence has aged, in words; nothing where it has no number of casualties."""
    for item in figures:
        year = last_year(item.as_of)
        if year and year < hearing.bench.year:
            return f"{item.id}, which is of {year}"
    typed = [count for count in counts(hearing) if place.start <= count.start < place.stop]
    counted = next((count for count in typed if _counts_casualties(count, hearing)), None)
    return f"{counted.text}, and a number ages" if counted else ""
