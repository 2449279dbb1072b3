"""Text of any language in, the numbers in it out: digits of any script, words, Roman numerals.

Numbers are compared as strings of European digits (``1992``, ``2.5``, ``-5``, ``17:30``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from stele.language.digits import in_digits
from stele.language.readings import Numeral, Weight
from stele.language.spelled_numbers import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u061c\u2060-\u2064\u2066-\u2069\u202a-\u202e\ufeff]")
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")
_ROMAN_LETTERS = re.compile("[IVXLCDM]+")
_ROMAN = re.compile(
    r"(?<!\w)(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?=(?:e|er|re|ème|th|st|nd|rd)?(?!\w))"
)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
# Centuries are typed with letters of either alphabet: ХХ век, ХІХ століття.
_CYRILLIC_LETTERS = tuple(zip("ХІСМ", "XICM", strict=True))


def visible(text: str) -> str:
    """Return `text` without the characters that nobody sees: joiners of typesetting, marks of direction."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def european(text: str) -> str:
    """Return `text` with European digits in the place of any others."""
    return text if text.isascii() else _FOREIGN_DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text)


@lru_cache(maxsize=4_096)
def numerals(text: str, tag: str) -> tuple[Numeral, ...]:
    """Return the numbers of `text`, which `visible` and `european` have made, in reading order."""
    found = [*in_digits(text, tag), *_in_roman(text), *in_words(text, tag)]
    return tuple(sorted(found, key=lambda item: item.start))


def _in_roman(text: str) -> Iterator[Numeral]:
    """Yield Roman numerals; single letters, and letters that are as often an abbreviation, ask for nothing."""
    plain = text
    for cyrillic, latin in _CYRILLIC_LETTERS:  # `translate` would look at every letter
        plain = plain.replace(cyrillic, latin)
    for run in _ROMAN_LETTERS.finditer(plain):
        if found := _ROMAN.match(plain, run.start()):
            letters = found[0]
            values = [_ROMAN_VALUES[letter] for letter in letters]
            total = sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))
            sure = len(letters) > 1 and set(letters) <= set("IVX")
            weight = (Weight.WORDS if total > 2 else Weight.SMALL) if sure else Weight.LOOSE
            yield Numeral(text[found.start() : found.end()], *found.span(), ((str(total),),), weight)
