"""Azerbaijani in one script in, the same in the other out: the Latin alphabet of 1992 and the Cyrillic one of 1958.

Each has 32 letters and a letter of the one stands for a letter of the other, so the way back is exact. What is no
Azerbaijani stays as it is: Roman numerals, addresses, and words with a letter that the alphabet has not. The Arabic
script is no matter of letters: it leaves vowels out, and only people can write it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Law of 25 December 1991 on the restoration of the Azerbaijani alphabet of Latin script; alphabet of 1958.
_LATIN = "abcçdeəfgğhxıijkqlmnoöprsştuüvyz"
CYRILLIC = "абҹчдеәфҝғһхыижкглмноөпрсштуүвјз"
_LATIN_CAPITALS = "ABCÇDEƏFGĞHXIİJKQLMNOÖPRSŞTUÜVYZ"
_CYRILLIC_CAPITALS = "АБҸЧДЕӘФҜҒҺХЫИЖКГЛМНОӨПРСШТУҮВЈЗ"
_TO_CYRILLIC = str.maketrans(_LATIN + _LATIN_CAPITALS, CYRILLIC + _CYRILLIC_CAPITALS)
_TO_LATIN = str.maketrans(CYRILLIC + _CYRILLIC_CAPITALS, _LATIN + _LATIN_CAPITALS)

_WORD = re.compile(
    r"(?P<address>(?:\w+://|www\.|mailto:)\S*[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<!\w)[A-Z]{1,4}(?=/[0-9A-Z])[\w/–-]*[0-9]"  # the symbol of a document: A/59/713–S/2005/125
    r"|(?<![\w.])[\w-]+(?:\.[\w-]+)*\.(?:[a-z]{2,6})(?:/[^\s,;)”»]*[\w/])?(?![\w]))"
    r"|(?P<roman>(?<!\w)(?=[MDCLXVI])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?!\w))"
    r"|(?P<word>\w+)"
)
_ONE_LETTER_NUMERALS = frozenset("IVX")
_INITIAL = re.compile(r"\.[ \u00a0]?[A-ZƏĞİÖŞÜÇ]")

SOURCES = {"az-Cyrl": "az"}
"""The languages that are written from another, by tag: those whose letters stand for one another."""


def transliterate(text: str, tag: str) -> str:
    """Return Azerbaijani `text` in the script of `tag`, ``az-Cyrl`` or ``az``; its markup must have been taken out."""
    letters = cyrillic if tag == "az-Cyrl" else latin
    return _WORD.sub(lambda found: _converted(found, letters), text)


def cyrillic(word: str) -> str:
    """Return Latin letters as Cyrillic ones; every other character stays."""
    return word.translate(_TO_CYRILLIC)


def latin(word: str) -> str:
    """Return Cyrillic letters as Latin ones; every other character stays."""
    return word.translate(_TO_LATIN)


def _converted(found: re.Match[str], letters: Callable[[str], str]) -> str:
    word = found[0]
    if found["address"] or (found["roman"] and not _is_letter(found)):
        return word
    return word if "w" in word or "W" in word else letters(word)


def _is_letter(found: re.Match[str]) -> bool:
    """Say whether what could be a Roman numeral is one letter of the alphabet: an initial, or none of I, V, X."""
    numeral = found[0]
    behind = _INITIAL.match(found.string, found.end())
    return len(numeral) == 1 and (numeral not in _ONE_LETTER_NUMERALS or behind is not None)
