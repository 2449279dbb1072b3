"""A pattern and dates in, the dates as they are printed out: ``d MMMM y`` of CLDR, with two additions.

Letters stand for parts of a date, all else for itself: ``d`` and ``dd`` for the day, ``M``, ``MM`` and ``MMMM`` for
the month (``LLLL``: its name as it stands alone), ``y`` for the year. ASCII letters of words stand in apostrophes;
two apostrophes are one (UTS 35, part 4, Date Format Patterns).

A part that comes again belongs to the second date, as in CLDR's patterns of intervals: ``d–d MMMM y``. A part can carry
a suffix in square brackets, in any one of its forms: ``y[-ci] 'il'`` is *1992-ci il* and *1993-cü il*.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from stele.language.cldr import month
from stele.language.numbers import native_digits
from stele.language.suffixes import attach

if TYPE_CHECKING:
    from stele.language.edtf import Moment

_TOKEN = re.compile(
    r"(?P<literal>'(?:[^']|'')*')|(?P<field>dd?|M{1,2}|MMMM|LLLL|y)(?![a-zA-Z])(?:\[(?P<suffix>[^\[\]]*)\])?"
    r"|(?P<wrong>[a-zA-Z'\[\]]+)|(?P<text>[^a-zA-Z'\[\]]+)"
)

# The first day of a month is an ordinal (Imprimerie nationale, Lexique; Accademia della Crusca, “1º maggio”).
_FIRST_OF_MONTH = {"fr": "1er", "it": "1º"}


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of text, or a field with the suffix behind it and which of two dates it is of."""

    text: str
    field: str = ""
    suffix: str = ""
    of: int = 0


def filled(pattern: str, tag: str, *moments: Moment) -> str:
    """Return `pattern` with the parts of one or two `moments`, in the words and digits of the language.

    Raises `ValueError` for a pattern that cannot be read, or that asks for a part which a moment lacks.
    """
    return "".join(
        token.text or _part(token, moments[min(token.of, len(moments) - 1)], tag) for token in _read(pattern)
    )


def fields(pattern: str) -> Counter[str]:
    """Return the parts of a date that `pattern` shows, ``d``, ``M`` and ``y``; raise `ValueError` when it is broken."""
    letters = (token.field[0] for token in _read(pattern) if token.field)
    return Counter("M" if letter == "L" else letter for letter in letters)


@lru_cache(maxsize=2_000)
def _read(pattern: str) -> tuple[_Token, ...]:
    tokens: list[_Token] = []
    seen: Counter[str] = Counter()
    second = False
    for found in _TOKEN.finditer(pattern):
        if found["wrong"]:
            raise ValueError(f"{found['wrong'][:30]!r} is no part of a date; put words in 'apostrophes'")
        if found["field"]:
            letter = found["field"][0].replace("L", "M")
            seen[letter] += 1
            second = second or seen[letter] > 1
            tokens.append(_Token("", found["field"], found["suffix"] or "", int(second)))
        else:
            literal = found["literal"]
            text = found["text"] if literal is None else (literal[1:-1].replace("''", "'") or "'")
            tokens.append(_Token(text))
    if any(count > 2 for count in seen.values()):
        raise ValueError("a part of a date stands more than twice")
    return tuple(tokens)


def _part(token: _Token, moment: Moment, tag: str) -> str:
    letter, size = token.field[0], len(token.field)
    value = {"d": moment.day, "M": moment.month, "L": moment.month, "y": _counted(moment.year)}[letter]
    if value is None:
        raise ValueError(f"there is no {'day' if letter == 'd' else 'month'} to print")
    if size == 4:
        return attach(month(value, tag, alone=letter == "L"), token.suffix, tag)
    if (letter, size, value) == ("d", 1, 1) and (first := _FIRST_OF_MONTH.get(tag.partition("-")[0])):
        return first + token.suffix
    digits = str(value).zfill(size)
    return native_digits(attach(digits, token.suffix, tag), tag)


def _counted(year: int) -> int:
    """Return the number of a year of either era; astronomers' 0 is 1 BC."""
    return year if year > 0 else 1 - year
