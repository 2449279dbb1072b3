"""A language's tag in, its rules of hyphenation out: the patterns of its syllables, and the laws above them.

The laws hold for every language here, and patterns cannot say them: a word with a letter that its alphabet has not, or
with a digit, is not broken, for it is foreign or a code; nor is one with a capital behind its first letter, which is an
abbreviation; and each part of a word keeps two letters and a vowel.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from stele.language import casing, transliteration
from stele.language.hyphenation import armenian, georgian, turkic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_FOLDER = Path(__file__).parent
_LEAST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Rules:
    """How a language breaks its words; `marks` are what stands in a word beside its letters.

    A word with one of the letters of `foreign` in it is no word of the language, and is kept whole.
    """

    tag: str
    vowels: str
    consonants: str
    marks: str
    patterns: Callable[[], Iterable[str]] = field(repr=False)
    foreign: tuple[str, ...] = ()

    @property
    def file(self) -> Path:
        """The dictionary of the language."""
        return _FOLDER / f"hyph_{self.tag.replace('-', '_')}.dic"

    def read(self, word: str) -> str:
        """Return `word` in lower case, letter for letter, or nothing if it may not be broken at all."""
        if any(char.isupper() for char in word[1:]):
            return ""
        lowered = casing.lower(word, self.tag)
        known = set(lowered) <= {*self.vowels, *self.consonants, *self.marks}
        is_own = known and not any(letters in lowered for letters in self.foreign)
        return lowered if is_own and len(lowered) == len(word) else ""

    def allow(self, word: str, position: int) -> bool:
        """Say whether both parts of a word in lower case, broken at `position`, can stand alone."""
        return all(self._stands(part) for part in (word[:position], word[position:]))

    def _stands(self, part: str) -> bool:
        letters = [char for char in part if char not in self.marks]
        return len(letters) >= _LEAST_LETTERS and any(char in self.vowels for char in letters)


def _cyrillic() -> Iterator[str]:
    return map(transliteration.cyrillic, turkic.azerbaijani())


_CYRILLIC_VOWELS, _CYRILLIC_CONSONANTS = map(transliteration.cyrillic, turkic.AZERBAIJANI)

RULES = (
    Rules("az", *turkic.AZERBAIJANI, turkic.APOSTROPHES, turkic.azerbaijani, turkic.FOREIGN),
    Rules("az-Cyrl", _CYRILLIC_VOWELS, _CYRILLIC_CONSONANTS, turkic.APOSTROPHES, _cyrillic),
    Rules("hy", armenian.VOWELS + "և", armenian.CONSONANTS + "ւ", armenian.MARKS, armenian.armenian),
    Rules("ka", georgian.VOWELS, georgian.CONSONANTS, "", georgian.georgian),
    Rules("tr", *turkic.TURKISH, turkic.APOSTROPHES, turkic.turkish, turkic.FOREIGN),
)
