"""A language and its words in, the filters of its templates out: casing, dates, ordinals, numbers, lists, names.

Each takes and gives plain text, which is escaped when it is printed; what they give of dates and numbers has the spaces
and joiners of the language.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from stele.language import casing, cldr
from stele.language.collation.keys import Group, grouped, name_key
from stele.language.date_patterns import filled
from stele.language.date_writing import night, written
from stele.language.edtf import Moment, parse
from stele.language.lists import listed
from stele.language.numbers import native_digits, number
from stele.language.ordinals import Gender, ordinal
from stele.language.pseudo import PSEUDO_TAGS, disguised
from stele.language.quotation import quoted
from stele.language.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

DATES = "shared/dates.html"
"""The template that holds the patterns of dates, which translators may change."""


# What these print stands in no catalog.
_IN_WORDS = ("date", "night", "ordinal", "anniversary", "territory", "language_name")


def filters(tag: str, patterns: Callable[[], Mapping[str, str]]) -> dict[str, Callable[..., Any]]:
    """Return the filters for templates in the language of `tag`, by name; `patterns` are those of `DATES`.

    A value that is no date, no number or no list raises `ValueError` or `TypeError`, as any fault of a template.
    """
    made: dict[str, Callable[..., Any]] = {
        "upper": lambda text: casing.upper(str(text), tag),
        "lower": lambda text: casing.lower(str(text), tag),
        "capitalize": lambda text: casing.capitalize(str(text), tag),
        "title": lambda text: casing.title(str(text), tag),
        # A roll of names says the same few hundred years over and over.
        "date": cache(lambda edtf, pattern=None: typeset(_date(edtf, pattern, patterns, tag), tag)),
        "night": lambda edtf: typeset(night(edtf, patterns(), tag), tag),
        "number": lambda value: number(int(value), tag),
        "digits": lambda text: native_digits(str(text), tag),
        "ordinal": lambda value, gender=Gender.MASCULINE: typeset(ordinal(int(value), tag, Gender(gender)), tag),
        "anniversary": lambda value: typeset(_anniversary(int(value), patterns(), tag), tag),
        "listed": lambda items: listed([str(item) for item in items], tag),
        "quoted": lambda text: quoted(str(text), tag),
        "territory": lambda code: cldr.territory(code, tag),
        "language_name": lambda of: cldr.language_name(of, tag),
        "in_order": lambda names: _in_order(names, tag),
        "by_letter": lambda names: _by_letter(names, tag),
    }
    return made | {name: _in_disguise(made[name], tag) for name in _IN_WORDS} if tag in PSEUDO_TAGS else made


def _in_disguise(write: Callable[..., str], tag: str) -> Callable[..., str]:
    return lambda *args: disguised(write(*args), tag)


def _date(edtf: str, pattern: str | None, patterns: Callable[[], Mapping[str, str]], tag: str) -> str:
    """Return a date in words, by `pattern` where a template gives one of its own."""
    if pattern is None:
        return written(edtf, patterns(), tag)
    moment = parse(edtf)
    ends = (moment,) if isinstance(moment, Moment) else (moment.start, moment.end)
    return filled(pattern, tag, *(end for end in ends if end is not None))


def _anniversary(years: int, patterns: Mapping[str, str], tag: str) -> str:
    counted = ordinal(years, tag, Gender(patterns["anniversary_gender"]))
    return patterns["anniversary"].replace("%(ordinal)s", counted)


def _in_order(names: Iterable[Any], tag: str) -> list[Any]:
    return sorted(names, key=lambda name: name_key(_parts(name), tag))


def _by_letter(names: Iterable[Any], tag: str) -> list[Group[Any]]:
    return grouped(names, tag, _parts)


def _parts(name: Any) -> Sequence[str]:
    """Return the parts of a name, such as family name and given name; a name that is one text has one."""
    return [str(part) for part in name] if isinstance(name, list | tuple) else [str(name)]
