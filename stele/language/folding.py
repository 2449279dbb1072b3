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
from stele.language.transliteration import CYRILLIC, SOURCES, latin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# What follows are insides of character classes, in escapes that both kinds of patterns read alike.

# They belong to the word in some languages, and end it in the others: Hocalı’da, l’homme, but п’ять, חוג׳אלי.
_APOSTROPHES = r"\u0027\u2018\u2019\u02b9\u02bb\u02bc\u05f3\u05f4"
_JOINED_BY_APOSTROPHES = frozenset({"uk", "be", "he", "yi", "uz"})
# What no word has in the form NFKC: signs, spaces, punctuation of all scripts. Pictures above U+FFFF pass for words.
_BREAKS = (
    r"\u0000-\u0026\u0028-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00ac\u00ae-\u00bf\u00d7\u00f7\u02c2-\u02df"
    r"\u037e\u0387\u055a-\u055f\u0589-\u058f\u05be\u05c0\u05c3\u05c6\u0600-\u060f\u061b\u061d-\u061f"
    r"\u066a-\u066d\u06d4\u06dd-\u06de\u06e9\u0700-\u070d\u0964-\u0965\u0970\u10fb\u1360-\u1368\u1680"
    r"\u2000-\u200b\u2010-\u2017\u201a-\u2029\u202f-\u205f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u3004"
    r"\u3008-\u3020\u3030\u303d-\u303f\u30fb\ufd3e-\ufd3f\ufff9-\ufffd"
)
# What nobody sees or has to type: marks above and below letters, points, harakat, tatweel, joiners, directions.
_DROPPED = (
    r"\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1-\u05c2\u05c4-\u05c5\u05c7\u0610-\u061a\u061c"
    r"\u0621\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7-\u06e8\u06ea-\u06ed\u1ab0-\u1aff"
    r"\u1dc0-\u1dff\u200c-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff"
)
# Scripts without spaces: each character is a word.
_ALONE = r"\u3041-\u309f\u30a0-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff"

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
NO_PROCLITICS = "^"
_PROCLITICS = {"ar": "^[وف]?(?:[بك]?ال|لل|[بل])?(?=.{3})", "he": "^[ושכ]?[הבלכמ]?ה?(?=.{3})"}


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
        own = tuple((letter, _LETTERS.get(latin(letter), _bare(latin(letter)))) for letter in CYRILLIC)
    return Folding(_word(language in _JOINED_BY_APOSTROPHES), own, _DIGRAPHS.get(language, ()))


def words(text: str, rule: Folding) -> Iterator[str]:
    """Return the folded words of `text` in order; what is nothing but marks is no word."""
    return filter(None, map(_folder(rule), re.findall(rule.word, unicodedata.normalize("NFKC", text))))


def fold(word: str, rule: Folding) -> str:
    """Return one word of a text in the form NFKC as `rule` folds it."""
    return _folder(rule)(word)


@cache
def _folder(rule: Folding) -> Callable[[str], str]:
    """Return what folds words by `rule`, and remembers them: to look up the rule for each would take longer."""
    own = _LETTERS | dict(rule.letters)

    @lru_cache(maxsize=100_000)
    def fold(word: str) -> str:
        found = "".join(own[letter] if letter in own else _bare(letter) for letter in folded(word))
        for two, one in rule.digraphs:
            found = found.replace(two, one)
        return found

    return fold


def proclitics(tag: str) -> str:
    """Return the pattern, of ECMAScript and Python alike, of what a folded word may begin with beside itself."""
    return _PROCLITICS.get(tag.partition("-")[0], NO_PROCLITICS)


def as_data() -> dict[str, Any]:
    """Return what all languages share, for a browser: ``dropped`` is a pattern, ``letters`` has what letters become."""
    return {"dropped": f"[{_DROPPED}{_APOSTROPHES}]", "letters": _LETTERS}


@lru_cache(maxsize=10_000)  # letters of all scripts but the Chinese
def _bare(letter: str) -> str:
    kept = re.sub(_dropped(), "", unicodedata.normalize("NFKD", letter))
    return "".join(_LETTERS.get(part, part) for part in kept)


@cache
def _dropped() -> re.Pattern[str]:
    return re.compile(f"[{_DROPPED}{_APOSTROPHES}]")


@cache
def _word(is_joined: bool) -> str:
    return f"[{_ALONE}]|[^{_BREAKS}{'' if is_joined else _APOSTROPHES}{_ALONE}]+"
