"""Words of any script in, the rough consonant skeletons by which a name is known again in another language out.

A skeleton is not a transliteration: letters that languages exchange for each other when they borrow a name fall into
one class (kh, x, h, q and g; j, zh, sh and c), vowels and half-vowels are dropped.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from stele.language.casing import folded, upper

if TYPE_CHECKING:
    from collections.abc import Mapping

# A name needs so many consonants to be told from an ordinary word; what follows them may be an inflection.
_SHORTEST = 3
_LONGER = 5
_LONGEST_WORD = 40  # characters; what is longer is no name
_VOWELS = "a"
_MUTE = frozenset("ьъ")
_REPEATED = re.compile(r"(.)\1+")

# Cyrillic, Arabic, Georgian, Armenian, Greek, Hebrew, Latin.
_LETTERS = {
    "p": "бп بپ ბპფ բպփ βπ בפף bp",
    "t": "дт تدطضة დთტ դթտ δθτ דטת dtþð",
    "k": "гкхғҝґқһ خحغقکكگ გკქღყხჰ գկքղխհ γκχ גחכךק gkqcx",
    "s": "жзсцчшщҹҷ سصثشزذظژجچ ზჟსშჩცძწჭჯ զժսշծձցճչջ ζσς זסצץש szjß",
    "m": "м م მ մ μ מם m",
    "n": "нң ن ნ ն ν נן n",
    "l": "л ل ლ լ λ ל lł",
    "r": "р ر რ րռ ρ ר r",
    "f": "ф ف ֆ φ f",
    "ks": "ξ",
    "ps": "ψ",
}
_CLASSES = {letter: name for name, letters in _LETTERS.items() for letter in letters if letter != " "}
_GROUPS = re.compile(r"dsch|tsch|sch|dzh|дж|dj|dž|tch|sh|zh|ch|kh|gh|ph|th|ck|[cg](?=[eiy])|ç|ş|\bh|x|\bj")
_GROUP_CLASSES = {
    **dict.fromkeys(("dsch", "tsch", "sch", "dzh", "дж", "dj", "dž", "tch", "sh", "zh", "ch", "ç", "ş", "c", "j"), "s"),
    **dict.fromkeys(("kh", "gh", "ck", "g", "h"), "k"),
    "ph": "f",
    "th": "t",
    "x": "ks",
}
# What the same letters stand for in languages that read them otherwise.
_OWN = {
    "de": {"ch": "k", "c": "k", "j": ""},
    "az": {"x": "k", "c": "s"},
    "tr": {"x": "k", "c": "s"},
}
_OWN_LETTERS = {"az": {"c": "s"}, "tr": {"c": "s"}, "de": {"j": ""}}


def name_keys(word: str, tag: str) -> tuple[str, ...]:
    """Return what a name and its forms in other scripts and cases have in common, nothing for a word too short.

    >>> name_keys("Khojaly", "en") == name_keys("Xocalıda", "az") == name_keys("Ходжалы", "ru")
    True
    """
    bones = skeleton(word, tag)
    if len(bones) < _SHORTEST:
        return ()
    return (bones[:_SHORTEST], bones[:_LONGER]) if len(bones) >= _LONGER else (bones[:_SHORTEST],)


def skeleton(word: str, tag: str) -> str:
    """Return the classes of the consonants of `word`, doubled ones once: letters of ``ptkszmnlrf``."""
    return _once(shape(word, tag).replace(_VOWELS, ""))


@lru_cache(maxsize=20_000)
def shape(word: str, tag: str) -> str:
    """Return the skeleton of `word` with an ``a`` for each row of vowels and half-vowels between.

    Scripts that leave vowels out have other shapes of the same name, and the same skeleton.
    """
    if len(word) > _LONGEST_WORD:
        return ""
    language = tag.partition("-")[0]
    own, own_letters = _OWN.get(language, {}), _OWN_LETTERS.get(language, {})
    grouped = _GROUPS.sub(lambda found: upper(own.get(found[0], _GROUP_CLASSES[found[0]]), "") or _VOWELS, folded(word))
    bare = unicodedata.normalize("NFKD", grouped)
    return _once("".join(folded(char) if char.isupper() else _class(char, own_letters) for char in bare))


def _class(char: str, own: Mapping[str, str]) -> str:
    return own.get(char, _CLASSES.get(char, "")) or (_VOWELS if char.isalpha() and char not in _MUTE else "")


def _once(classes: str) -> str:
    return _REPEATED.sub(r"\1", classes)
