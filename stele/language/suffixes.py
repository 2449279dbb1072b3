"""A word or a number and a suffix in, the two joined as the language joins them out.

A suffix is written in any one of its forms, ``-ci`` or ``-dən``; here it takes the form that its word asks for:
1992-ci, 33-cü, 6-cı, 1990-cı, 25-dən, 26-dan.
"""

from __future__ import annotations

import re

from stele.language.casing import lower

# Vowel harmony (Azərbaycan dilinin orfoqrafiya normaları; TDK, Yazım Kılavuzu): the last vowel of the word decides
# between the two low vowels, and between the four high ones.
_LOW = {
    "az": {"aıou": "a", "eəiöü": "ə"},
    "tr": {"aıou": "a", "eiöü": "e"},
    "az-Cyrl": {"аыоу": "а", "еәиөү": "ә"},
}
_HIGH = {
    "az": {"aı": "ı", "ou": "u", "eəi": "i", "öü": "ü"},
    "tr": {"aı": "ı", "ou": "u", "ei": "i", "öü": "ü"},
    "az-Cyrl": {"аы": "ы", "оу": "у", "еәи": "и", "өү": "ү"},
}
# Behind a voiceless consonant a Turkish suffix begins with one: 1974’te, but 1992’de.
_VOICELESS = "fstkçşhp"

# How the last word of a number ends, which is all that harmony asks for: by unit, by ten, then by the zeros.
_UNITS = {
    "az": ["sıfır", "bir", "iki", "üç", "dörd", "beş", "altı", "yeddi", "səkkiz", "doqquz"],
    "tr": ["sıfır", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz"],
    "az-Cyrl": ["сыфыр", "бир", "ики", "үч", "дөрд", "беш", "алты", "једди", "сәккиз", "доггуз"],
}
_TENS = {
    "az": ["-", "on", "iyirmi", "otuz", "qırx", "əlli", "altmış", "yetmiş", "səksən", "doxsan"],
    "tr": ["-", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan"],
    "az-Cyrl": ["-", "он", "ијирми", "отуз", "гырх", "әлли", "алтмыш", "јетмиш", "сәксән", "дохсан"],
}
_POWERS = {
    "az": ((3, "yüz"), (6, "min"), (9, "milyon"), (12, "milyard")),
    "tr": ((3, "yüz"), (6, "bin"), (9, "milyon"), (12, "milyar")),
    "az-Cyrl": ((3, "јүз"), (6, "мин"), (9, "милјон"), (12, "милјард")),
}
_DENTAL = re.compile(r"(?<![^\W\d_])[dt]")


def attach(word: str, suffix: str, tag: str) -> str:
    """Return `word`, letters or European digits, with `suffix` in the form that the word asks for.

    In a language whose suffixes have one form, or that is not known here, the suffix is put behind the word as it is.
    """
    if not suffix:
        return word
    harmony = _harmony(tag)
    if tag.partition("-")[0] == "ka":
        return _georgian(word, suffix)
    spoken = _spoken(word, harmony) if harmony else ""
    return word + (_agreeing(suffix, spoken, harmony) if harmony else suffix)


def _harmony(tag: str) -> str | None:
    language, _, rest = tag.partition("-")
    if rest[:4] in ("Cyrl", "Arab"):
        return tag if tag in _LOW else None
    return language if language in _LOW else None


def _spoken(word: str, harmony: str) -> str:
    """Return `word` in lower case, the last word of it where it is a number."""
    if not word.isdecimal():
        return lower(word, harmony)
    zeros = len(word) - len(word.rstrip("0"))
    if zeros == len(word) or zeros == 0:
        return _UNITS[harmony][int(word[-1])]
    if zeros == 1:
        return _TENS[harmony][int(word[-2])]
    return next((name for limit, name in _POWERS[harmony] if zeros < limit), _POWERS[harmony][-1][1])


def _agreeing(suffix: str, spoken: str, harmony: str) -> str:
    """Return `suffix` in the form that stands behind a word which is `spoken` so."""
    made = ""
    for char in _assimilated(suffix, spoken) if harmony == "tr" else suffix:
        made += _in_harmony(char, spoken + made, harmony)
    return made


def _assimilated(suffix: str, spoken: str) -> str:
    """Return a Turkish suffix whose first letter, if it is d or t, is as voiced as the end of the word."""
    return _DENTAL.sub("t" if spoken[-1:] in _VOICELESS else "d", suffix, count=1)


def _in_harmony(char: str, before: str, harmony: str) -> str:
    """Return a vowel in the form that follows the last vowel of `before`; any other character as it is."""
    high, low = _HIGH[harmony], _LOW[harmony]
    table = low if char in low.values() else high if char in high.values() else None
    if table is None:
        return char
    last = next((letter for letter in reversed(before) if any(letter in group for group in high)), char)
    return next(form for group, form in table.items() if last in group)


# Georgian nouns in -ალი, -არი, -ელი, -ერი lose that vowel before a case that begins with one: თებერვალი, თებერვლის
# (თანამედროვე ქართული სალიტერატურო ენის ნორმები, 1970). Every other case ending takes the place of the -ი.
_SYNCOPE = re.compile(r"[აე]([ლრ])ი\Z")
_GEORGIAN_VOWELS = "აეიოუ"


# Before these the -ი falls, and nothing else does: თებერვალს, თებერვალში.
_GEORGIAN_DATIVE = ("ს", "ში", "ზე", "მა", "თან")


def _georgian(word: str, suffix: str) -> str:
    if word.endswith("ი") and suffix in _GEORGIAN_DATIVE:
        return word[:-1] + suffix
    if not word.endswith("ი") or suffix[:1] not in _GEORGIAN_VOWELS:
        return word + (suffix[1:] if suffix[:1] == "ი" and word[-1:] in _GEORGIAN_VOWELS else suffix)
    stem = _SYNCOPE.sub(r"\1ი", word) if len(word) > len("არი") + 1 else word
    return stem[:-1] + suffix
