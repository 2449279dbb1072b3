"""A line of text and a width in; out, the lines on which GNU gettext would set it in a catalog.

Where a line may end follows Unicode Standard Annex #14 (line breaking), how wide it is Annex #11 (East Asian width),
both as far as gettext 0.21 follows them; what it does with each pair of classes was measured with msgcat.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import category, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterator

# Classes of characters as letters: A alphabetic, H Hebrew, N digit, I ideograph, m mark, o O opening (narrow, wide),
# l p closing (brace, parenthesis), q quotation mark, h hyphen, b break after, s slash, e exclamation, c comma,
# n no beginning, P prefix, % postfix, B break before, 2 dash, G glue, z space without width, S space.
_NAMED = {
    **dict.fromkeys("-", "h"),
    **dict.fromkeys("|\u00ad\u0964\u0965", "b"),
    **dict.fromkeys("/", "s"),
    **dict.fromkeys("!?؟۔！？", "e"),
    **dict.fromkeys(",.:;\u0589،؍", "c"),
    **dict.fromkeys("、。，．｡､", "l"),
    **dict.fromkeys(")]", "p"),
    **dict.fromkeys("¡¿", "o"),
    **dict.fromkeys("\"'", "q"),
    **dict.fromkeys("+\\±№−", "P"),
    **dict.fromkeys("%¢°‰‱′″℃℉٪％", "%"),
    **dict.fromkeys("…‥々〜〻ぁぃぅぇぉっゃゅょゎ゛゜ゝゞァィゥェォッャュョヮヵヶ・ーヽヾ：；", "n"),
    **dict.fromkeys("—", "2"),
    **dict.fromkeys("´ˈˌ", "B"),
    **dict.fromkeys("\u00a0\u2007\u2011\u202f\u2060\ufeff", "G"),
    **dict.fromkeys("\u200b", "z"),
    **dict.fromkeys(" ", "S"),
}
_HEBREW = frozenset(map(chr, range(0x5D0, 0x5F3)))
_BY_CATEGORY = {"Ps": "o", "Pe": "l", "Pi": "q", "Pf": "q", "Pd": "b", "Zs": "b", "Nd": "N", "Sc": "P", "Cf": "m"}

# Before which classes a line may end directly behind a class.
_BEFORE = {
    "[AHNm]": "I2BO",
    "(?<!H)h": "AHoP%I2GBO",
    "(?<!H)b": "AHNoP%I2GBO",
    "s": "AoP%I2BO",
    "[en]": "AHNoP%I2BO",
    "c": "AHoP%I2BO",
    "l": "AHNoI2BO",
    "p": "oI2BO",
    "P": "P%2B",
    "%": "P%I2B",
    "I": "AHNoPI2BO",
    "2": "AHNoP%IBO",
}
# Before which it may not end behind a class and spaces: never before what closes, never behind what opens.
_NOT_BEHIND_SPACE = {"(?:^|[^SoOq2l])": "", "q": "oO", "2": "2", "l": "n"}
_BREAK = re.compile(
    "|".join(
        [
            *(f"{behind}(?=[{before}])" for behind, before in _BEFORE.items()),
            *(f"{behind}S+(?=[^Sscelpz{never}])" for behind, never in _NOT_BEHIND_SPACE.items()),
            "z+(?=[^Sz])",
        ]
    )
)
_WORD = re.compile("[^ ]+ *| +")
_ESCAPE_OR_CHARACTER = re.compile(r"\\(?:[0-7]{3}|.)|.", re.DOTALL)


def set_out(line: str, room: int) -> Iterator[str]:
    """Yield the pieces of the escaped `line` that stand on lines of their own, none wider than `room` if possible."""
    measure = len if set(map(_width, set(line))) == {1} else display_width
    piece, width = "", 0
    for part in _parts(line):
        more = measure(part)
        if piece and width + more > room:
            yield piece
            piece, width = "", 0
        piece, width = piece + part, width + more
    yield piece


def display_width(text: str) -> int:
    """Return how many columns `text` takes in a terminal."""
    if text.isascii() and text.isprintable():
        return len(text)
    return len(text) if set(map(_width, set(text))) == {1} else sum(map(_width, text))


@cache
def _width(character: str) -> int:
    if category(character) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def _parts(line: str) -> list[str]:
    parts: list[str] = []
    rest = ""
    for word, following in pairwise([*_WORD.findall(line), ""]):
        start = 0
        for end in _ends(word, following[:1]):
            parts.append(rest + word[start:end])
            rest, start = "", end
        rest += word[start:]
    return [*parts, rest]


@lru_cache(maxsize=10_000)
def _ends(word: str, following: str) -> tuple[int, ...]:
    """Return where a line may end in a word and the spaces behind it; only the next character has a say in that.

    Prose repeats its words, so most answers are known already.
    """
    return tuple(found.end() for found in _BREAK.finditer(_classes(word + following)))


def _classes(line: str) -> str:
    """Return the class of each character of the escaped `line`."""
    if "\\" not in line:
        return "".join(map(_class, line))
    *units, last = _ESCAPE_OR_CHARACTER.findall(line)
    # The newline at the end stays with the word before it.
    return "".join(map(_class, units)) + ("mm" if last == "\\n" else _class(last))


@cache
def _class(unit: str) -> str:
    if len(unit) > 1:
        return "Pq" if unit == '\\"' else "P" + "m" * (len(unit) - 1)
    if unit in _NAMED:
        return _NAMED[unit]
    wide, kind = east_asian_width(unit) in "WFH", category(unit)
    if kind.startswith("M"):
        return "m"
    if kind == "Lo" and unit in _HEBREW:
        return "H"
    if kind == "Ps" and wide:
        return "O"
    return "I" if wide and kind not in ("Pe", "Sc") else _BY_CATEGORY.get(kind, "A")
