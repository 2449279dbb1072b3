"""Dates of a text in, words that nobody types out: by them 26.02.1992 finds 26 February 1992 in all its forms."""

from __future__ import annotations

import re
from os.path import commonprefix
from typing import TYPE_CHECKING

from stele.language.cldr import month
from stele.language.dates import dates
from stele.language.folding import fold, folding
from stele.language.numerals import european, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 20_000  # characters of a text that are read for dates
_DIGIT = re.compile(r"\d")
_GROUPED = re.compile(r"(?<![0-9])[0-9]{1,3}(?:[.,\u066c\u00a0\u202f\u2009’'][0-9]{3})+(?![0-9])")


def moments(text: str, tag: str) -> Iterator[str]:
    """Yield each date with a year that a text gives: ``#19920226``, ``#199202`` where it names no day."""
    if not _DIGIT.search(text):
        return
    for date in dates(european(visible(text[:_LONGEST])), tag):
        if date.year:
            yield f"#{date.year:04}{date.month:02}" + (f"{date.day:02}" if date.day else "")


def numbers(text: str) -> Iterator[str]:
    """Yield each number that is written in groups, in one piece: 1275 for 1 275."""
    if not _DIGIT.search(text):
        return
    for found in _GROUPED.findall(european(visible(text))):
        yield re.sub(r"[^0-9]", "", found)


def months(tag: str) -> list[str]:
    """Return how each of the twelve months begins in all its cases, folded; in several words it has no beginning."""
    return [_beginning(number, tag) for number in range(1, 13)]


def _beginning(number: int, tag: str) -> str:
    names = (month(number, tag), month(number, tag, alone=True))
    return str(commonprefix([fold(name, folding(tag)) for name in names]))  # noqa: RUF071 (of words, not of paths)
