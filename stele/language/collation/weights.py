"""A character and a language in, what it weighs in sorting at three levels out.

This is the Unicode Collation Algorithm (UTS 10) with weights that are characters themselves, so that a text is weighed
by `str.translate` and two texts are compared as strings. The first level is the letter, the second its marks and forms,
the third its case.
"""

from __future__ import annotations

import string
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from stele.language import casing
from stele.language.collation.alphabets import (
    UNLISTED_HAN,
    UNLISTED_LETTER,
    UNLISTED_SIGN,
    Letter,
    letters,
    spellings,
)
from stele.language.collation.han import is_han, plain_kana

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NO_LETTER = "#"
"""The heading of digits and signs."""

# The third level: the three forms of a kana, of which the last is also every small letter; letters that are sorted as
# others are; capitals; and what Unicode has once more for compatibility (CLDR: small letters first).
_KANA_FORMS = "\x01\x02\x03"
_COMMON = _KANA_FORMS[2]
_SPELLED, _CAPITAL, _COMPATIBLE = "\x04", "\x05", "\x06"

# The second level: the forms of a letter from here on, then the marks.
_FIRST_FORM = 0x10
_FIRST_MARK = 0x80
_MARKS = "\u0332\u0313\u0314\u0301\u0300\u0306\u0302\u030c\u030a\u0342\u0308\u030b\u0303\u0307\u0338\u0327\u0328\u0304"
# Arabic vowel signs are less than the seat of a hamza: they count at the third level (CLDR 47, ar).
_VOWEL_SIGNS = "".join(map(chr, range(0x64B, 0x653))) + "\u0670"

# The first level: white space, punctuation and symbols come before digits, and these before letters (CLDR 47, root).
# The letters that print as apostrophes are forms of it here, unlike there: nobody sees which of them was typed.
_SPACES = "\t\n\v\f\r\x85\u2028\u2029 "
_SIGNS = (
    "_ ‗ - ֊ ‐ ‒ – — ― ⁓ 〜 ・ , ՝ ، 、 ; ؛ : ։ ! ¡ ՜ ? ¿ ՞ ؟ . 。 · । ॥ '‘’‚‛׳ʼʻʽʾʿ ‹ › \"“”„‟״ « » ( ) [ ] { } "
    "〈 〉 《 》 「 」 『 』 【 】 § ¶ @ * / \\ & # % ٪ ‰ † ‡ • ′ ″ ՚ ՛ ־ ` ´ ˜ ^ ¯ ¨ ¸ ° © ® + ± ÷ × < = > | ~ − "
    "¤ ¢ $ £ ¥ ₩ ₪ € ₴ ₸ ₹ ₺ ₼ ₽ ₾"
)
# What only changes how letters look weighs nothing, as controls do: the tatweel, the joiner, variation selectors.
_IGNORED = "\u0640\u034f\ufe0e\ufe0f"
# A mark in no list goes by code point, behind a weight that says so.
_UNLISTED_MARK = "\uffff"


@dataclass(frozen=True, slots=True)
class Weights:
    """What a character or a text weighs at each level; an empty string is nothing."""

    letters: str = ""
    marks: str = ""
    cases: str = ""


class _Level(dict[int, str]):
    """A table for `str.translate` which weighs a character when it is first met."""

    def __init__(self, weigh: Callable[[str], str]) -> None:
        super().__init__()
        self._weigh = weigh

    def __missing__(self, code: int) -> str:
        weight = self[code] = self._weigh(chr(code))
        return weight


@dataclass(frozen=True, slots=True)
class Scale:
    """What a language weighs texts with: a table for each level, and the heading for each weight of the first."""

    letters: Mapping[int, str]
    marks: Mapping[int, str]
    cases: Mapping[int, str]
    headings: Mapping[str, str]


@cache
def scale(tag: str) -> Scale:
    """Return the scale of the language of `tag`."""
    known, headings = _listed(tag)
    weigh = _Weigher(tag, known, spellings(tag)).weigh
    return Scale(
        _Level(lambda character: weigh(character).letters),
        _Level(lambda character: weigh(character).marks),
        _Level(lambda character: weigh(character).cases),
        headings,
    )


def _listed(tag: str) -> tuple[dict[str, Weights], dict[str, str]]:
    """Return the weights of all that the tables list, by character, and the headings, by weight."""
    known: dict[str, Weights] = {}
    headings: dict[str, str] = {}
    signs = (Letter(NO_LETTER, forms) for forms in (*_SPACES, *_SIGNS.split(), UNLISTED_SIGN, *string.digits))
    for weight, letter in enumerate((*signs, *letters(tag)), start=1):
        headings[chr(weight)] = letter.heading
        for number, form in enumerate(letter.forms):
            known[form] = Weights(chr(weight), chr(_FIRST_FORM + number), _COMMON)
    return known, headings


class _Weigher:
    """Finds what a character weighs that is not listed: from what it is a capital, a spelling or a composition of."""

    def __init__(self, tag: str, known: dict[str, Weights], spelled: Mapping[str, str]) -> None:
        self._tag = tag
        self._known = known
        self._spelled = spelled

    def weigh(self, character: str) -> Weights:
        """Return the weights of one character."""
        found = self._known.get(character)
        if found is None:
            found = self._known[character] = self._found(character)
        return found

    def _found(self, character: str) -> Weights:
        if character in _IGNORED:
            return Weights()
        small = casing.lower(character, self._tag)
        if small != character:
            return self._text(small, _CAPITAL)
        if character in self._spelled:
            return self._text(self._spelled[character], _SPELLED)
        if kana := plain_kana(character):
            return self._text(kana[0], _KANA_FORMS[kana[1]])
        kind, _, parts = unicodedata.decomposition(character).rpartition("> ")
        if parts:
            return self._text("".join(chr(int(part, 16)) for part in parts.split()), _COMPATIBLE if kind else None)
        return self._unlisted(character)

    def _text(self, text: str, case: str | None) -> Weights:
        """Return the weights of a text, all of it in `case` unless that is None."""
        weights = [self.weigh(character) for character in text]
        cases = "".join(each.cases for each in weights)
        return Weights(
            "".join(each.letters for each in weights),
            "".join(each.marks for each in weights),
            cases if case is None else case * len(cases),
        )

    def _unlisted(self, character: str) -> Weights:
        match unicodedata.category(character):
            case "Cc" | "Cf":
                return Weights()
            case "Mn" | "Me" if self._tag.partition("-")[0] == "ar" and character in _VOWEL_SIGNS:
                return Weights(cases=_mark(character))
            case "Mn" | "Me":
                return Weights(marks=_mark(character), cases=_COMMON)
            case "Nd":
                return self._text(str(unicodedata.digit(character)), _COMPATIBLE)
            case "Zs":
                return self._text(" ", _COMPATIBLE)
            case category:
                sign = UNLISTED_SIGN if category[0] in "PSN" else UNLISTED_LETTER
        first = self._known[UNLISTED_HAN if is_han(character) else sign].letters
        return Weights(first + character, chr(_FIRST_FORM), _COMMON)


def _mark(character: str) -> str:
    place = _MARKS.find(character)
    return _UNLISTED_MARK + character if place < 0 else chr(_FIRST_MARK + place)
