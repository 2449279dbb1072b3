"""Words of any script in, the rough consonant skeletons by which a name is known again in another language out.

A skeleton is not a transliteration: letters that languages exchange for each other when they borrow a name fall into
one class (kh, x, h, q and g; j, zh, sh and c), vowels and half-vowels are dropped.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from stele.language.casing import folded, upper

# A name needs so many consonants to be told from an ordinary word; what follows them may be an inflection.
_SHORTEST = 3
_LONGER = 5
_LONGEST_WORD = 40  # characters; what is longer is no name

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


@lru_cache(maxsize=10_000)
def skeleton(word: str, tag: str) -> str:
    """Return the classes of the consonants of `word`, doubled ones once: letters of ``ptkszmnlrf``."""
    if len(word) > _LONGEST_WORD:
        return ""
    language = tag.partition("-")[0]
    own, own_letters = _OWN.get(language, {}), _OWN_LETTERS.get(language, {})
    grouped = _GROUPS.sub(lambda found: upper(own.get(found[0], _GROUP_CLASSES[found[0]]), ""), folded(word))
    bare = unicodedata.normalize("NFKD", grouped)
    classes = (folded(char) if char.isupper() else own_letters.get(char, _CLASSES.get(char, "")) for char in bare)
    return re.sub(r"(.)\1+", r"\1", "".join(classes))
