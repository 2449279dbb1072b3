"""Text and its language in, the numbers that are written in words out."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from stele.language.casing import lower
from stele.language.number_words import CONNECTORS, HALVES, Part, lookup
from stele.language.readings import CENTURIES, Numeral, Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.language.readings import Reading

_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"[\s\u200c-]{1,2}")
_DECADES = range(20, 100, 10)
# The words of each language with which no number begins, as far as they were met.
_plain: defaultdict[str, set[str]] = defaultdict(set)
_MOST_PLAIN = 50_000
_DIGIT_BEFORE = re.compile("[0-9][ \u00a0\u202f\u2009-]?\\Z")
# What makes another word of a Persian numeral before it: the days of the week, "tens of".
_UNMADE = {"fa": frozenset({"شنبه", "ها", "های"})}


class _Word(NamedTuple):
    text: str
    start: int
    end: int
    part: Part | None


@dataclass(slots=True)
class _Phrase:
    """A number as far as its words are read: what is below the last thousand, and what is above it."""

    parts: list[Part]
    group: int | Fraction = 0
    total: int | Fraction = 0

    def takes(self, part: Part) -> bool:
        """Add `part` if it can follow, and say whether it did."""
        last = self.parts[-1] if self.parts else None
        if last and last.ordinal:
            return False
        if part.scale:
            self._multiply(part.value)
        elif not last or (last.scale and self.group == 0) or _is_added(self.group, part.value):
            self.group += part.value
        elif self.group == 4 and part.value == 20:  # quatre-vingts
            self.group = 80
        elif 16 <= self.group <= 20 and part.value >= 10:  # nineteen ninety-two
            self.group = 100 * self.group + part.value
        else:
            return False
        self.parts.append(part)
        return True

    def _multiply(self, scale: int | Fraction) -> None:
        if scale == 100:
            units = self.group % 100
            self.group += 100 * (units or 1) - units
        else:
            self.total += (self.group or 1) * scale
            self.group = 0


def _is_added(group: int | Fraction, value: int | Fraction) -> bool:
    if value < 10:
        return group > 0 and group % 10 == 0
    return group >= 100 and group % 100 == 0 if value >= 20 else group > 0 and group % 100 in (0, 60, 80)


def in_words(text: str, tag: str) -> Iterator[Numeral]:
    """Yield the numbers in the words of `text`, in reading order; none in a language whose words are not known."""
    words = _words(text, tag) if lookup(tag) else []
    index = 0
    while index < len(words):
        if words[index].part is None:  # most words: no number begins with them
            index += 1
            continue
        phrase, behind = _phrase(words, index, text, tag)
        if phrase.parts and not _is_unmade(words[behind - 1 : behind + 1], text, tag):
            yield _named(phrase, text, words[index].start, words[behind - 1].end, tag)
        index = max(behind, index + 1)


def _words(text: str, tag: str) -> list[_Word]:
    """Return the words of a text, none where no number begins with any: to ask that of all at once takes no time."""
    written, plain = _WORD.findall(text), _plain[tag]
    if plain.issuperset(written):
        return []
    if len(plain) > _MOST_PLAIN:
        plain.clear()
    plain.update(word for word in written if _known(word, tag)[1] is None)
    if plain.issuperset(written):
        return []
    found = ((_known(match[0], tag), match.span()) for match in _WORD.finditer(text))
    return [_Word(word, *place, part) for (word, part), place in found]


@lru_cache(maxsize=16_384)  # the same words come again and again
def _known(word: str, tag: str) -> tuple[str, Part | None]:
    """Return a word in small letters, and the number that it names."""
    small, find = lower(word, tag), lookup(tag)
    return small, find(small) if find else None


def _phrase(words: list[_Word], index: int, text: str, tag: str) -> tuple[_Phrase, int]:
    """Return the number that begins with word `index`, and the index of the word behind it."""
    phrase = _Phrase([])
    first = words[index]
    if first.part and first.part.scale and _DIGIT_BEFORE.search(text[max(0, first.start - 2) : first.start]):
        return phrase, index + 1
    step = 1
    while (
        step and (part := words[index + step - 1].part or _with_and(words[index], tag, phrase)) and phrase.takes(part)
    ):
        index += step
        step = _step(words, index, text, tag, phrase)
    return phrase, index


def _step(words: list[_Word], index: int, text: str, tag: str, phrase: _Phrase) -> int:
    """Return how many words on the number may go on: one, two over a connector, 0 where it ends."""
    if not _is_joined(words[index - 1 : index + 1], text):
        return 0
    word = words[index]
    if word.part or _with_and(word, tag, phrase):
        return 1
    language = tag.partition("-")[0]
    following = words[index + 1].part if _is_joined(words[index : index + 2], text) else None
    if not following or word.text != CONNECTORS.get(language):
        return 0
    fits = {"en": phrase.group % 100 == 0, "fr": following.value in (1, 11)}
    return 2 if fits.get(language, True) else 0


def _is_joined(two: list[_Word], text: str) -> bool:
    return len(two) == 2 and _GAP.fullmatch(text, two[0].end, two[1].start) is not None


def _is_unmade(two: list[_Word], text: str, tag: str) -> bool:
    return _is_joined(two, text) and two[1].text in _UNMADE.get(tag, ())


def _with_and(word: _Word, tag: str, phrase: _Phrase) -> Part | None:
    """Return the number of a Persian word that "and" is joined to: بیست‌وپنج."""
    find = lookup(tag)
    return find(word.text[1:]) if find and phrase.parts and tag.startswith("fa") and word.text[:1] == "و" else None


def _named(phrase: _Phrase, text: str, start: int, end: int, tag: str) -> Numeral:
    value = phrase.total + phrase.group
    pattern = HALVES.get(tag.partition("-")[0])
    readings: tuple[Reading, ...] = ((_decimal(value),),)
    if value in _DECADES:
        readings += tuple((f"{century}{value}",) for century in CENTURIES)
    if half := pattern and re.compile(pattern, re.IGNORECASE).match(text, end):
        # The words may stand apart elsewhere: iki il yarım.
        readings, end = ((_decimal(value + Fraction(1, 2)),), *readings), half.end()
    parts = phrase.parts
    if value <= 1 or all(part.loose for part in parts):
        weight = Weight.LOOSE
    elif value <= 2 or (value == 3 and parts[-1].ordinal) or (len(parts) == 1 and parts[0].scale):
        weight = Weight.SMALL
    else:
        weight = Weight.WORDS
    return Numeral(text[start:end], start, end, readings, weight)


def _decimal(value: int | Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator // 2}.5"
