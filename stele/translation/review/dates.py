"""A pair in, dates that its translation drops, invents or changes out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from stele.language.dates import Date, dates
from stele.language.month_names import inflects_months
from stele.language.numerals import european, visible
from stele.translation.review.passages import passages
from stele.translation.review.reading import prose

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from stele.diagnostics import Diagnostic
    from stele.translation.review.pair import Pair


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of prose in one language as it is `shown`, the same `text` with European digits, and the dates in it."""

    tag: str
    shown: str
    text: str
    dates: tuple[Date, ...]

    def words(self, date: Date) -> str:
        """Return `date` as it is written here."""
        return " ".join(self.shown[date.start : date.end].split())


Dated = tuple[Passage, Date]


@dataclass(frozen=True, slots=True)
class Differences:
    """Dates of a source that its translation lacks, and of the translation that the source lacks, where they stand."""

    lost: tuple[Dated, ...]
    added: tuple[Dated, ...]


def changed_dates(pair: Pair) -> Iterator[Diagnostic]:
    """Yield ``changed-date`` for each date of the source that the translation gives otherwise, lacks or invents.

    A date is day, month and year, in words of any case or in numbers; a part that one of the two leaves out is not
    compared, the numbers are (`numbers`). A month in words must be named too. A date of the Persian calendar is right
    if it is the same day. Names of months that are other words as well count only with a number beside them.
    """
    found = differences(pair.source, pair.source_language.tag, pair.translation, pair.language.tag)
    added = list(found.added)
    told: set[str] = set()
    for passage, date in found.lost:
        message = f"the translation lacks the date “{passage.words(date)[:60]}”"
        if added:
            other, given = added.pop(0)
            message = f"the translation says “{other.words(given)[:60]}” for “{passage.words(date)[:60]}”"
        if message not in told:
            yield pair.finding("changed-date", message, "day, month and year are those of the source")
        told.add(message)
    for other, given in added:
        message = f"the source does not have the date “{other.words(given)[:60]}”"
        if message not in told:
            yield pair.finding("changed-date", message, "day, month and year are those of the source")
        told.add(message)


@lru_cache(maxsize=4_096)
def dated(text: str, tag: str) -> tuple[Passage, ...]:
    """Return the prose of `text` in passages, each in its own language."""
    runs = ((own, visible(prose(run))) for own, run in passages(text, tag))
    return tuple(Passage(own, run, plain := european(run), dates(plain, own)) for own, run in runs)


@lru_cache(maxsize=256)
def differences(source: str, source_tag: str, translation: str, tag: str) -> Differences:
    """Return the dates in which `translation` and `source` differ."""
    wanted, given = dated(source, source_tag), dated(translation, tag)
    if not any(passage.dates for passage in (*wanted, *given)):
        return Differences((), ())
    lost, added = tuple(_unanswered(wanted, given)), tuple(_unanswered(given, wanted))
    if not lost:
        added = tuple(item for item in added if item[1].day or item[1].year)
    if not (inflects_months(tag) and inflects_months(source_tag)) and not (lost and added):
        return Differences((), ())
    return Differences(lost, added)


def _unanswered(ours: Sequence[Passage], theirs: Sequence[Passage]) -> Iterator[Dated]:
    others: dict[int, set[Date]] = {}
    for passage in theirs:
        for date in passage.dates:
            for _, month in _orders(date):
                others.setdefault(month, set()).add(replace(date, start=0, end=0))
    for passage in ours:
        for date in passage.dates:
            near = {other for _, month in _orders(date) for other in others.get(month, ())}
            if not any(_is_same(date, other) for other in near) and not _may_be_no_date(date, near, theirs):
                yield passage, date


def _may_be_no_date(date: Date, near: Collection[Date], theirs: Sequence[Passage]) -> bool:
    """Say whether what looks like a day of a list, or like a month, is something else that the other side has too."""
    if date.sure or date.day is None:
        return not date.sure
    return bool(near) and any(str(date.day) in item.text for item in theirs)


def _is_same(date: Date, other: Date) -> bool:
    """Say whether two dates can be one: no part that both have differs."""
    years = date.year is None or other.year is None or date.year == other.year
    return years and any(
        month == other_month and (day is None or other_day is None or day == other_day)
        for day, month in _orders(date)
        for other_day, other_month in _orders(other)
    )


def _orders(date: Date) -> tuple[tuple[int | None, int], ...]:
    order = (date.day, date.month)
    return (order, (date.month, date.day)) if date.ambiguous and date.day else (order,)
