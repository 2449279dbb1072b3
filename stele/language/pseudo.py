"""Words of the source in, the same words as a pseudo-language writes them out, to see what no translator can reach.

``en-XA`` sets accents on every letter and makes words a third longer, as German or Russian would; ``ar-XB`` writes them
from right to left in Arabic letters. The two tags are those of CLDR and Android.
"""

from __future__ import annotations

import re
import unicodedata

from stele.language.casing import lower, upper

ACCENTED, MIRRORED = "en-XA", "ar-XB"
PSEUDO_TAGS = (ACCENTED, MIRRORED)

_PLAIN = "abcdefghijklmnoprstuvwxyz"
_ACCENTS = str.maketrans(_PLAIN + upper(_PLAIN, "en"), "áḃčďéḟğĥíĵķłṁñóṗŕšţúṽŵẋýžÁḂČĎÉḞĞĤÍĴĶŁṀÑÓṖŔŠŢÚṼŴẊÝŽ")
_ARABIC = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابكدةفگهيجقلمنوپعرستطوظخیز")
_WORD = re.compile(r"[^\W\d_]+")
_VOWEL = re.compile(r"[áéíóúýÁÉÍÓÚÝ]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


def written(text: str, tag: str) -> str:
    """Return the words of `text` in the pseudo-language `tag`; digits, spaces and marks stay as they are."""
    return _WORD.sub(lambda word: _accented(word[0]) if tag == ACCENTED else _mirrored(word[0]), text)


def disguised(text: str, tag: str) -> str:
    """Return what the program itself writes, such as the name of a month, in the pseudo-language where `tag` is one."""
    return written(text, tag) if tag in PSEUDO_TAGS else text


def leaks(text: str) -> tuple[str, ...]:
    """Return the words of visible `text` that a pseudo-language would have written otherwise, each once.

    Neither leaves two plain Latin letters side by side.
    """
    return tuple(dict.fromkeys(_LATIN_WORD.findall(text)))


def _accented(word: str) -> str:
    marked = word.translate(_ACCENTS)
    extra = round(len(word) / 3)
    longer = _VOWEL.sub(lambda vowel: vowel[0] + lower(vowel[0], "en"), marked, count=extra)
    return longer + lower(longer[-1], "en") * (len(word) + extra - len(longer))


def _mirrored(word: str) -> str:
    base = "".join(char for char in unicodedata.normalize("NFKD", lower(word, "en")) if not unicodedata.combining(char))
    return base.translate(_ARABIC)
