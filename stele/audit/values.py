"""What stands for a reference to the ledger in, whether it is what the ledger has out, whatever its pattern."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stele.language.dates import dates
from stele.language.edtf import Moment, parse
from stele.language.inflection import inflected_in
from stele.language.number_words import lookup
from stele.language.numbers import native_digits, number
from stele.language.numerals import european, numerals, visible
from stele.language.readings import Weight
from stele.language.transliteration import SOURCES, transliterate
from stele.sources.ledger.writing import Day, Name, Number
from stele.sources.vocabulary import in_language
from stele.translation.review.occurrences import comparable

if TYPE_CHECKING:
    from stele.sources.ledger.writing import Value

_DIGITS = re.compile(r"\d")


def misstated(text: str, value: Value, tag: str) -> tuple[str, str]:
    """Return a code, and what should stand there, where `text` is not `value` in the language; else two empty texts."""
    if isinstance(value, Number):
        return ("", "") if _is_number(text, value, tag) else ("drifted-number", written(value, tag))
    if isinstance(value, Day):
        return ("", "") if _is_day(text, value, tag) else ("drifted-date", value.edtf)
    forms = names_of(value, tag)
    # A suffix may stand behind an apostrophe: Nilüfer Limanı’na.
    spellings = (comparable(text), comparable(text.partition("’")[0]))
    known = any(inflected_in(one, comparable(form), tag).fullmatch(one) for form in forms for one in spellings)
    return ("", "") if known or not forms else ("drifted-name", ", ".join(forms))


def written(value: Number, tag: str) -> str:
    """Return a number as the language writes it."""
    return "–".join(dict.fromkeys(number(part, tag) for part in (value.low, value.high)))


def names_of(value: Name, tag: str) -> tuple[str, ...]:
    """Return the names of a place that a language may use, in its own script."""
    own = in_language(value.forms, tag)
    return own or tuple(transliterate(form, tag) for form in in_language(value.forms, SOURCES.get(tag, "")))


def _is_number(text: str, value: Number, tag: str) -> bool:
    """Say whether both ends of a number stand there, in the digits and groups of the language, and nothing else."""
    wanted = {str(value.low), str(value.high)}
    found = numerals(european(visible(text)), tag)
    if not _DIGITS.search(text):
        return lookup(tag) is None or wanted <= {one for item in found for one in item.values}
    given = [item for item in found if item.weight is Weight.DIGITS]
    is_alone = all(wanted & item.values for item in given)
    plain = " ".join(visible(text).split())
    spellings = (
        (" ".join(number(part, tag).split()), native_digits(str(part), tag)) for part in (value.low, value.high)
    )
    places = [max(plain.find(spelling) for spelling in both) for both in spellings]
    return is_alone and min(places) >= 0 and (value.low == value.high or places[0] < places[1])


def _is_day(text: str, value: Day, tag: str) -> bool:
    """Say whether every day, month and year in `text` is one of the date, and at least one of them is there."""
    date = parse(value.edtf)
    ends = [date] if isinstance(date, Moment) else [end for end in (date.start, date.end) if end]
    years = {str(end.year) for end in ends}
    parts = years | {str(part) for end in ends for part in (end.day, end.month) if part}
    plain = european(visible(text))
    found = dates(plain, tag)
    if any(item.month not in {end.month for end in ends} for item in found if not item.solar):
        return False
    if any(item.day and item.day not in {end.day for end in ends} for item in found if not item.solar):
        return False
    if any(end.years > 1 or end.season or end.year <= 0 for end in ends):
        return bool(text)
    given = [item for item in numerals(plain, tag) if item.weight is Weight.DIGITS]
    taken = [(item.start, item.end) for item in found if not item.named or item.solar]
    loose = [item for item in given if not any(start <= item.start < end for start, end in taken)]
    return bool(found or given) and all(parts & item.values for item in loose)
