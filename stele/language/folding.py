"""Text of any language in, words that are alike however they are typed out; and the rules of it as data for a browser.

A search finds a word by what is left of it: small letters without marks, joiners and vowel signs, digits as European
ones, letters that readers exchange as one. It is coarse on purpose: what finds too much is read over, what finds too
little is not found. Both sides fold alike because both do these steps, which ECMAScript (ECMA-262, 22.1.3) and Python
have in common, with the same tables:

1. The text in the form NFKC is taken apart into words: `Folding.word` is a pattern that both understand.
2. Letters become small ones, not by the rule of a language: the tables make one of i and ı.
3. A letter that the tables have is replaced; another loses its marks (NFKD), and what remains is looked up again.
4. Digraphs become the letter that they stand for.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from stele.language.casing import folded
from stele.language.transliteration import SOURCES, latin

if TYPE_CHECKING:
    from collections.abc import Iterator

Ranges = tuple[tuple[int, int], ...]

# They belong to the word in some languages, and end it in the others: Hocalı’da, l’homme, but п’ять, חוג׳אלי.
_APOSTROPHES = "'‘’ʹʻʼ\u05f3\u05f4"
_JOINED_BY_APOSTROPHES = frozenset({"uk", "be", "he", "yi", "uz"})

# What no word has in the form NFKC: signs, spaces, punctuation of all scripts. Pictures above U+FFFF pass for words.
_BREAKS: Ranges = (
    *((0x00, 0x26), (0x28, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0xAC), (0xAE, 0xBF), (0xD7, 0xD7), (0xF7, 0xF7)),
    *((0x2C2, 0x2DF), (0x37E, 0x37E), (0x387, 0x387), (0x55A, 0x55F), (0x589, 0x58F), (0x5BE, 0x5BE), (0x5C0, 0x5C0)),
    *((0x5C3, 0x5C3), (0x5C6, 0x5C6), (0x600, 0x60F), (0x61B, 0x61B), (0x61D, 0x61F), (0x66A, 0x66D), (0x6D4, 0x6D4)),
    *((0x6DD, 0x6DE), (0x6E9, 0x6E9), (0x700, 0x70D), (0x964, 0x965), (0x970, 0x970), (0x10FB, 0x10FB)),
    *((0x1360, 0x1368), (0x1680, 0x1680), (0x2000, 0x200B), (0x2010, 0x2017), (0x201A, 0x2029), (0x202F, 0x205F)),
    *((0x20A0, 0x20CF), (0x2190, 0x2BFF), (0x2E00, 0x2E7F), (0x3000, 0x3004), (0x3008, 0x3020), (0x3030, 0x3030)),
    *((0x303D, 0x303F), (0x30FB, 0x30FB), (0xFD3E, 0xFD3F), (0xFFF9, 0xFFFD)),
)
# What nobody sees or has to type: marks above and below letters, points, harakat, tatweel, joiners, directions.
_DROPPED: Ranges = (
    *((0xAD, 0xAD), (0x300, 0x36F), (0x483, 0x489), (0x591, 0x5BD), (0x5BF, 0x5BF), (0x5C1, 0x5C2), (0x5C4, 0x5C5)),
    *((0x5C7, 0x5C7), (0x610, 0x61A), (0x61C, 0x61C), (0x621, 0x621), (0x640, 0x640), (0x64B, 0x65F), (0x670, 0x670)),
    *((0x6D6, 0x6DC), (0x6DF, 0x6E4), (0x6E7, 0x6E8), (0x6EA, 0x6ED), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF)),
    *((0x200C, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x20D0, 0x20FF), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F)),
    (0xFEFF, 0xFEFF),
    *((ord(sign), ord(sign)) for sign in _APOSTROPHES),
)
# Scripts without spaces: each character is a word.
_ALONE: Ranges = ((0x3041, 0x309F), (0x30A0, 0x30FA), (0x30FC, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF))

_ZEROS = (0x660, 0x6F0, 0x966, 0x9E6)
# By what else a letter is typed: without a mark that Unicode does not know as one, on a keyboard of a neighbour.
_LETTERS: dict[str, str] = {
    **dict(zip("əǝıøđðłħŋς", "eeioddlhnσ", strict=True)),
    **dict(zip(("ß", "æ", "œ", "þ"), ("ss", "ae", "oe", "th"), strict=True)),
    **dict(zip("йїў", "йїў", strict=True)),  # letters of their own, whose mark stays
    **dict(zip("ґғҝқңөүұһәҹҷ", "гггкноуухечч", strict=True)),
    **dict(zip("ךםןףץ", "כמנפצ", strict=True)),
    **dict(zip("يىےكڪةەہھٱۆۇ", "یییککههههاوو", strict=True)),
    **{chr(zero + digit): str(digit) for zero in _ZEROS for digit in range(10)},
}
# ä is typed a or ae; each becomes the shorter, so that what begins a word still does so.
_DIGRAPHS = {"de": (("ae", "a"), ("oe", "o"), ("ue", "u"))}
# What is written before a word without a space: and, the, in, to, as, that. Three letters must remain.
_PROCLITICS = {"ar": "^[وف]?(?:[بك]?ال|لل|[بل])?(?=.{3})", "he": "^[ושכ]?[הבלכמ]?ה?(?=.{3})"}
_CYRILLIC_OF_AZERBAIJANI = "абҹчдеәфҝғһхыижкглмноөпрсштуүвјз"


@dataclass(frozen=True, slots=True)
class Folding:
    """How a language folds. `word` is the pattern of its words, of ECMAScript and Python alike.

    `letters` are pairs of a small letter and what it becomes, before those that all languages share; `digraphs` are
    pairs of two letters and the one they become.
    """

    word: str
    letters: tuple[tuple[str, str], ...] = ()
    digraphs: tuple[tuple[str, str], ...] = ()


@cache
def folding(tag: str) -> Folding:
    """Return how the language of `tag` folds; most do alike, and then it is the same value."""
    language = tag.partition("-")[0]
    own: tuple[tuple[str, str], ...] = ()
    if tag in SOURCES:
        own = tuple((letter, _LETTERS.get(latin(letter), _bare(latin(letter)))) for letter in _CYRILLIC_OF_AZERBAIJANI)
    return Folding(_word(language in _JOINED_BY_APOSTROPHES), own, _DIGRAPHS.get(language, ()))


def words(text: str, rule: Folding) -> Iterator[str]:
    """Yield the folded words of `text` in order; what is nothing but marks is no word."""
    for word in re.findall(rule.word, unicodedata.normalize("NFKC", text)):
        if found := fold(word, rule):
            yield found


@lru_cache(maxsize=100_000)
def fold(word: str, rule: Folding) -> str:
    """Return one word of a text in the form NFKC as `rule` folds it."""
    own = _tables(rule)
    found = "".join(own[letter] if letter in own else _bare(letter) for letter in folded(word))
    for two, one in rule.digraphs:
        found = found.replace(two, one)
    return found


def proclitics(tag: str) -> str:
    """Return the pattern, of ECMAScript and Python alike, of what a folded word may begin with beside itself."""
    return _PROCLITICS.get(tag.partition("-")[0], "^")


def as_data() -> dict[str, Any]:
    """Return what all languages share, for a browser: ``dropped`` is a pattern, ``letters`` has what letters become."""
    return {"dropped": f"[{_class(_DROPPED)}]", "letters": _LETTERS}


@cache
def _tables(rule: Folding) -> dict[str, str]:
    return _LETTERS | dict(rule.letters)


def _bare(letter: str) -> str:
    kept = re.sub(_dropped(), "", unicodedata.normalize("NFKD", letter))
    return "".join(_LETTERS.get(part, part) for part in kept)


@cache
def _dropped() -> re.Pattern[str]:
    return re.compile(f"[{_class(_DROPPED)}]")


@cache
def _word(is_joined: bool) -> str:
    breaks = _class(_BREAKS) + ("" if is_joined else _class(tuple((ord(sign), ord(sign)) for sign in _APOSTROPHES)))
    return f"[{_class(_ALONE)}]|[^{breaks}{_class(_ALONE)}]+"


def _class(ranges: Ranges) -> str:
    """Return the inside of a character class, in escapes that both kinds of patterns read alike."""
    return "".join(f"\\u{first:04x}" if first == last else f"\\u{first:04x}-\\u{last:04x}" for first, last in ranges)
