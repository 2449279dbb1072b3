"""Letters and languages in, their scripts out, and the letter that is meant where another one only looks like it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Scripts whose letters are taken for one another, by ranges of code points (Unicode, Blocks.txt).
_RANGES = (
    ("Latin", 0x0041, 0x02AF), ("Greek", 0x0370, 0x03FF), ("Cyrillic", 0x0400, 0x052F), ("Armenian", 0x0530, 0x058F),
    ("Hebrew", 0x0590, 0x05FF), ("Arabic", 0x0600, 0x06FF), ("Arabic", 0x0750, 0x077F), ("Georgian", 0x10A0, 0x10FF),
    ("Cherokee", 0x13A0, 0x13FF), ("Georgian", 0x1C90, 0x1CBF), ("Latin", 0x1E00, 0x1EFF), ("Greek", 0x1F00, 0x1FFF),
    ("Cherokee", 0xAB70, 0xABBF), ("Arabic", 0xFB50, 0xFDFF), ("Arabic", 0xFE70, 0xFEFF),
    ("fullwidth", 0xFF21, 0xFF3A), ("fullwidth", 0xFF41, 0xFF5A),
)  # fmt: skip
_LANGUAGES_OF = {
    "Cyrillic": "ru uk be bg mk sr kk ky mn tg tt ba os ab ce cv",
    "Arabic": "ar fa ur ps ckb ug sd",
    "Greek": "el",
    "Armenian": "hy",
    "Georgian": "ka",
    "Hebrew": "he yi",
    "another": "zh ja ko th lo km my hi ne mr bn ta te am",
}
_OF_LANGUAGES = {tag: script for script, tags in _LANGUAGES_OF.items() for tag in tags.split()}
_OF_SUBTAGS = {"Latn": "Latin", "Cyrl": "Cyrillic", "Arab": "Arabic", "Grek": "Greek", "Hebr": "Hebrew"}

# Letters that print alike in most typefaces (Unicode, UTS 39, confusables.txt), each with its Latin twin.
_TWINS = {
    "Cyrillic": ("АВСЕНІЈКМОРЅТХУасеһіјкорѕхуүәӘөӧӦёЁїЇӓӒ", "ABCEHIJKMOPSTXYacehijkopsxyyəƏɵöÖëËïÏäÄ"),
    "Greek": ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονριυκβ", "ABEZHIKMNOPTYXovpiukß"),
    "Armenian": ("օհոսցզյՕՍՏ", "ohnugqjOUS"),
    "Cherokee": ("ᎪᎬᎻᎫᏦᎷᏢᎢᏔᏚᏙᏃᏟᎠᏀᏞᏒ", "AEHJKMPTWSVZCDGLR"),
    "fullwidth": tuple(
        "".join(map(chr, (*range(a, a + 26), *range(b, b + 26)))) for a, b in ((0xFF21, 0xFF41), (65, 97))
    ),
}
_TO_LATIN = {script: dict(zip(letters, twins, strict=True)) for script, (letters, twins) in _TWINS.items()}
_FROM_LATIN = {
    script: {latin: letter for letter, latin in reversed(table.items())} for script, table in _TO_LATIN.items()
}
# What looks like a letter of the Russian alphabet: a word of such letters alone can be typed in the wrong script.
_RUSSIAN = frozenset("АВСЕНКМОРТХУасекорхуёЁ")

# Letters of the right script that are not those of the language: another keyboard wrote them, or an old encoding.
_PERSIAN = {"ي": "ی", "ى": "ی", "ك": "ک", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "هٔ"}
_DIGITS = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
_TURKIC = {"ǝ": "ə", "Ǝ": "Ə", "ș": "ş", "Ș": "Ş", "ǧ": "ğ", "Ǧ": "Ğ"}
_WRONG = {
    "az": _TURKIC,
    "tr": _TURKIC,
    "ro": {"ş": "ș", "ţ": "ț", "Ţ": "Ț"},
    "ru": {"і": "и"},
    "fa": _PERSIAN | dict(zip(*_DIGITS, strict=True)),
    "az-Arab": {letter: right for letter, right in _PERSIAN.items() if letter in "يكہھ"},
    "ar": {"ی": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ە": "ه"} | dict(zip(*reversed(_DIGITS), strict=True)),
    "ur": {"ي": "ی", "ك": "ک", "ه": "ہ"},
    "ckb": {"ي": "ی", "ك": "ک"},
}
# Not a letter of any language of Europe or the Caucasus.
_WRONG_ANYWHERE = {"ǝ": "ə", "Ǝ": "Ə"}


@cache
def script(letter: str) -> str:
    """Return the name of the script of `letter`, ``another`` where nothing in it looks like a letter of the others."""
    code = ord(letter)
    return next((name for name, first, last in _RANGES if first <= code <= last), "another")


def script_of(tag: str) -> str:
    """Return the script in which the language of `tag` is written."""
    language, _, rest = tag.partition("-")
    return _OF_SUBTAGS.get(rest[:4]) or _OF_LANGUAGES.get(language, "Latin")


def twin(letter: str, wanted: str) -> str | None:
    """Return the letter of script `wanted` that looks like `letter` of another script, or None."""
    own = script(letter)
    latin = letter if own == "Latin" else _TO_LATIN.get(own, {}).get(letter)
    return latin if wanted == "Latin" or latin is None else _FROM_LATIN.get(wanted, {}).get(latin)


def disguised(word: str, tag: str) -> str | None:
    """Return `word` in the script of the language, when each of its letters could be taken for one of its alphabet."""
    letters = [twin(letter, script_of(tag)) for letter in word]
    if not all(letters) or (tag == "ru" and not _RUSSIAN.issuperset(filter(None, letters))):
        return None
    return "".join(filter(None, letters))


def wrong_letters(tag: str) -> Mapping[str, str]:
    """Return letters and digits that the language of `tag` does not use, each with the one that is meant."""
    language, _, rest = tag.partition("-")
    if rest[:4] in _OF_SUBTAGS:
        return _WRONG.get(f"{language}-{rest[:4]}", {})
    return _WRONG.get(language, _WRONG_ANYWHERE)
