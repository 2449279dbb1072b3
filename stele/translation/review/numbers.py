"""A pair in, numbers and years that its translation drops, invents or changes out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from stele.language.number_words import lookup
from stele.language.numerals import european, numerals
from stele.language.readings import Numeral, Weight
from stele.translation.review.dates import dated, differences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from stele.diagnostics import Diagnostic
    from stele.language.dates import Date
    from stele.language.readings import Reading
    from stele.translation.review.dates import Dated, Passage
    from stele.translation.review.pair import Pair

# Up to here numbers are written in words in most languages: in a language whose words are not known they may be there.
_OFTEN_IN_WORDS = 12
_HINT = "numbers and years are those of the source, in the digits and grouping of the language"
_YEAR = re.compile(r"[12][0-9]{3}")
# A year of the Persian calendar and the Gregorian years in which it begins and ends.
_SOLAR_YEARS = (621, 622)


def changed_numbers(pair: Pair) -> Iterator[Diagnostic]:
    """Yield ``changed-number`` for each number of the source that the translation gives otherwise, lacks or invents.

    Digits never vanish: a number in digits stands on the other side too, in digits, words or Roman numerals, whatever
    its grouping and its script, and in the translation as often as in the source; only years may be drawn together.
    A number in words may not vanish either, but for one, two, and first to third: those are a fault only where the
    translation has another number instead. Numbers that stand only in the words of a translation are left alone.
    Dates that differ as dates are left to `changed_dates`.
    """
    found = differences(pair.source, pair.source_language.tag, pair.translation, pair.language.tag)
    wanted = _numbers(pair.source, pair.source_language.tag, found.lost)
    given = _numbers(pair.translation, pair.language.tag, found.added)
    if _asked(wanted) == _asked(given):
        return
    lost = [item for item in _unanswered(wanted, given, pair) if not _is_kept(item, pair.translation)]
    added = [item for item in _unanswered(given, wanted, pair) if not _is_kept(item, pair.source)]
    added = [item for item in added if not _is_solar_year(item, wanted, pair)]
    if not lost and not added:
        lost, added = _exchanged(wanted, given)
    if not lost and not added and not pair.counted:
        yield from _too_few(pair, wanted, given)
    yield from _told(pair, lost, added)


def _told(pair: Pair, lost: list[Numeral], added: list[Numeral]) -> Iterator[Diagnostic]:
    firm = [item for item in lost if item.weight > Weight.SMALL]
    spare = [item for item in added if item.weight > Weight.LOOSE]
    loose = [item for item in lost if item.weight is Weight.SMALL][: max(0, len(spare) - len(firm))]
    if pair.counted and not (firm and spare):
        firm = []
    for item in sorted((*firm, *loose), key=lambda item: item.start):
        if spare:
            other = spare.pop(0)
            message = f"the translation says “{_cut(other)}” for “{_cut(item)}”"
            if european(other.text) == european(item.text):
                message = f"“{_cut(other)}” is another number in this language than in that of the source"
        else:
            message = f"the translation lacks “{_cut(item)}”"
        yield pair.finding("changed-number", message, _HINT)
    for other in spare:
        if other.weight is Weight.DIGITS:
            yield pair.finding("changed-number", f"the source does not have “{_cut(other)}”", _HINT)


def _cut(item: Numeral) -> str:
    return " ".join(item.text.split())[:60]


# --- what is compared ---------------------------------------------------------------------------------------------


@lru_cache(maxsize=4_096)  # the same source comes again in every language
def _numbers(text: str, tag: str, reported: tuple[Dated, ...]) -> tuple[Numeral, ...]:
    """Return the numbers of `text`; dates that are reported, or given in another calendar, ask for nothing."""
    return tuple(item for passage in dated(text, tag) for item in _of_passage(passage, reported))


def _asked(numbers: Sequence[Numeral]) -> list[tuple[tuple[Reading, ...], Weight]]:
    """Return what asks for an answer, in no order: sides that ask for the same have nothing to tell, as most do."""
    return sorted((item.readings, item.weight) for item in numbers if item.weight is not Weight.LOOSE)


def _of_passage(passage: Passage, reported: Sequence[Dated]) -> Iterable[Numeral]:
    """Return the numbers of a passage, as they are read where it has no dates and stands in European digits."""
    found = numerals(passage.text, passage.tag)
    return _around_dates(passage, found, reported) if passage.dates or passage.shown != passage.text else found


def _around_dates(passage: Passage, found: Iterable[Numeral], reported: Sequence[Dated]) -> Iterator[Numeral]:
    told = _places(date for own, date in reported if own == passage)
    numeric = [date for date in passage.dates if not date.named or date.solar]
    for date in numeric:
        yield from _of_date(passage, date, is_told=date.start in told)
    taken, dated_places = _places(numeric), _places(date for date in passage.dates if date.day or date.year)
    for item in found:
        is_month = item.weight < Weight.DIGITS and item.start in dated_places  # sept. 1992
        if item.start not in taken:
            weight = Weight.LOOSE if is_month or item.start in told else item.weight
            shown = passage.shown[item.start : item.end]
            is_same = shown == item.text and weight is item.weight
            yield item if is_same else replace(item, text=shown, weight=weight)


def _places(dates: Iterable[Date]) -> frozenset[int]:
    return frozenset(place for date in dates for place in range(date.start, date.end))


def _of_date(passage: Passage, date: Date, *, is_told: bool) -> Iterator[Numeral]:
    """Yield what a date in numbers stands for: day and year; its month may be a word on the other side."""
    day, month, year = (str(part) if part else "" for part in (date.day, date.month, date.year))
    orders = [(day, year), (month, year)] if date.ambiguous else [(day, year)]
    readings = tuple(tuple(part for part in order if part) for order in orders)
    weight = Weight.LOOSE if is_told or date.solar else Weight.DIGITS
    yield Numeral(passage.words(date), date.start, date.end, readings, weight)
    yield Numeral(passage.words(date), date.start, date.end, ((month,),), Weight.LOOSE)


# --- comparing ----------------------------------------------------------------------------------------------------


def _unanswered(ours: Sequence[Numeral], theirs: Sequence[Numeral], pair: Pair) -> list[Numeral]:
    """Return the numbers of `ours` that ask for an answer and have none among `theirs`, each once."""
    values = frozenset[str]().union(*(item.values for item in theirs))
    if not _knows_words(pair):
        # A word that multiplies digits (2.5 million) is known in one of the two languages only.
        values |= {_before_scale(item) for item in theirs if _is_scaled(item)}
    found: dict[tuple[str, ...], Numeral] = {}
    for item in ours:
        answered = any(values.issuperset(reading) for reading in item.readings)
        if item.weight is not Weight.LOOSE and not answered:
            asking = replace(item, weight=Weight.SMALL) if _may_be_in_words(item, pair) else item
            found.setdefault(item.readings[0], asking)
    return list(found.values())


def _knows_words(pair: Pair) -> bool:
    return lookup(pair.language.tag) is not None and lookup(pair.source_language.tag) is not None


def _may_be_in_words(item: Numeral, pair: Pair) -> bool:
    """Say whether a number may be there in words of a language whose words are not known."""
    if _knows_words(pair):
        return False
    digits = _digits(item)
    is_small = len(digits) == 1 and len(digits[0]) < 3 and int(digits[0]) <= _OFTEN_IN_WORDS
    return item.weight < Weight.DIGITS or is_small or _is_scaled(item)


def _is_scaled(item: Numeral) -> bool:
    return item.weight is Weight.DIGITS and item.text[-1:].isalpha()


def _before_scale(item: Numeral) -> str:
    found = re.match(r"[0-9]+(?:[.,٫][0-9]+)?", european(item.text))
    return re.sub("[,٫]", ".", found[0]) if found else ""


def _digits(item: Numeral) -> list[str]:
    return re.findall("[0-9]+", european(item.text))


def _is_kept(item: Numeral, text: str) -> bool:
    """Say whether the other side has the same letters: a title in its own language, a name."""
    if item.weight is Weight.DIGITS:
        return False
    return re.search(rf"(?<!\w){re.escape(item.text)}(?!\w)", text, re.IGNORECASE) is not None


def _is_solar_year(item: Numeral, wanted: Sequence[Numeral], pair: Pair) -> bool:
    """Say whether a number is the Persian year of a year that the source has, added for the reader."""
    if pair.language.tag.partition("-")[0] != "fa" or not re.fullmatch("1[2-4][0-9]{2}", year := item.readings[0][0]):
        return False
    return any(str(int(year) + years) in other.values for other in wanted for years in _SOLAR_YEARS)


def _exchanged(wanted: Sequence[Numeral], given: Sequence[Numeral]) -> tuple[list[Numeral], list[Numeral]]:
    """Return numbers in digits that took the place of each other: one stands too rarely, one too often."""
    ours, theirs = (Counter(item.readings[0] for item in side if _is_plain(item)) for side in (wanted, given))
    known, told = (frozenset(value for item in side for value in item.values) for side in (wanted, given))
    lost = [reading for reading in ours - theirs if reading[0] in told]
    added = [reading for reading in theirs - ours if reading[0] in known]
    if not lost or not added:
        return [], []
    return (
        [next(item for item in wanted if _is_plain(item) and item.readings[0] == reading) for reading in lost],
        [next(item for item in given if _is_plain(item) and item.readings[0] == reading) for reading in added],
    )


def _too_few(pair: Pair, wanted: Sequence[Numeral], given: Sequence[Numeral]) -> Iterator[Diagnostic]:
    """Yield each number in digits that stands in the translation, but not as often as in the source."""
    there = Counter(value for item in given for value in item.values)
    plain = [item for item in wanted if _is_plain(item) and not _YEAR.fullmatch(item.readings[0][0])]
    plain = [item for item in plain if not _may_be_in_words(item, pair)]
    here = Counter(item.readings[0][0] for item in plain)
    for value, item in {item.readings[0][0]: item for item in reversed(plain)}.items():
        if there[value] < here[value]:
            message = f"the translation has “{_cut(item)}” less often than the source"
            yield pair.finding("changed-number", message, _HINT)


def _is_plain(item: Numeral) -> bool:
    return item.weight is Weight.DIGITS and len(item.readings) == 1 and len(item.readings[0]) == 1
