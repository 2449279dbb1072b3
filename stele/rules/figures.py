"""Figures in, those without an owner, those that cannot all be true, and those whose words have aged out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from stele.language.casing import lower
from stele.rules.dating import last_year
from stele.rules.findings import Finding
from stele.rules.phrases import any_of
from stele.translation.review.reading import prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.rules.findings import Scope
    from stele.sources.ledger.records import Figure, Ledger


def unattributed(ledger: Ledger, _: Scope) -> Iterator[Finding]:
    """FIG-2. Yield a figure that does not say who states it, as of when, or where that is written."""
    for figure in ledger.figures.values():
        fields = (("stated_by", figure.stated_by), ("as_of", figure.as_of), ("sources", figure.sources))
        missing = [name for name, value in fields if not value]
        if missing:
            message = f"figure {figure.id} ({figure.low}) lacks {', '.join(missing)}"
            hint = "a number belongs to someone who states it, at a time, in a text that can be found"
            yield Finding(figure, "unattributed-figure", message, hint)


def not_adding_up(ledger: Ledger, _: Scope) -> Iterator[Finding]:
    """FIG-3. Yield a part that is larger than its whole, and a whole that its declared parts do not make."""
    for figure in ledger.figures.values():
        whole = ledger.figures.get(figure.subset_of)
        if whole and _span(figure)[0] > _span(whole)[1]:
            message = f"figure {figure.id} ({figure.low}) is a part of {whole.id}, which is less ({whole.high})"
            yield Finding(figure, "figures-do-not-add-up", message, "correct one of them, or its subset_of")
        parts = [ledger.figures[name] for name in figure.parts if name in ledger.figures]
        if parts and len(parts) == len(figure.parts) and not _is_made_of(figure, parts):
            low, high = sum(item.low for item in parts), sum(item.high for item in parts)
            total = str(low) if low == high else f"{low} to {high}"
            message = f"the parts of figure {figure.id} add up to {total}, not to {_shown(figure)}"
            hint = "parts that overlap, or do not cover the whole, are no parts: give them subset_of instead"
            yield Finding(figure, "figures-do-not-add-up", message, hint)


def stale(ledger: Ledger, scope: Scope) -> Iterator[Finding]:
    """FIG-5. Yield a figure whose own words say that it holds to this day, of a year before that of the imprint."""
    pattern = any_of(scope.profile.words("to_this_day", scope.source), scope.source)
    for figure in ledger.figures.values():
        year = last_year(figure.as_of)
        texts = " \n ".join((figure.measure, figure.wording, figure.definition, figure.note))
        if pattern and year and year < scope.year and (words := pattern.search(lower(prose(texts), scope.source))):
            message = f"figure {figure.id} says “{words[0]}” of the year {year}"
            yield Finding(figure, "stale-figure", message, "say as of when: the table prints the year")


def _span(figure: Figure) -> tuple[float, float]:
    """Return between which numbers the truth lies if the figure is right."""
    low = 0 if figure.bound == "up-to" else figure.low * (0.9 if figure.bound == "about" else 1)
    open_above = figure.bound in ("at-least", "more-than")
    return low, math.inf if open_above else figure.high * (1.1 if figure.bound == "about" else 1)


def _is_made_of(figure: Figure, parts: list[Figure]) -> bool:
    low, high = _span(figure)
    spans = [_span(part) for part in parts]
    return sum(span[0] for span in spans) <= high and low <= sum(span[1] for span in spans)


def _shown(figure: Figure) -> str:
    return str(figure.low) if figure.low == figure.high else f"{figure.low} to {figure.high}"
