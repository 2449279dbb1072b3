"""Prose and its language in, the same prose with its spaces and joints set as that language's printers set them out.

Only white space and invisible joiners change, never a letter, digit or mark; doing it twice changes nothing more.
"""

from __future__ import annotations

import re
from functools import cache

from babel import Locale, UnknownLocaleError

NO_BREAK_SPACE = "\u00a0"
NARROW_NO_BREAK_SPACE = "\u202f"
WORD_JOINER = "\u2060"

# A number belongs to the abbreviation before it: page, number, article (Duden; Мильчин, Справочник издателя).
_BEFORE_NUMBER = {
    "az": ("səh.", "№", "maddə"),
    "de": ("S.", "Nr.", "Art.", "Bd."),
    "en": ("p.", "pp.", "No.", "Nos.", "Art.", "para."),
    "fr": ("p.", "n°", "nº", "art.", "no"),
    "ru": ("с.", "№", "ст.", "п.", "т."),
    "tr": ("s.", "No.", "no."),
}
# One- and two-letter words do not end a line in Russian and Ukrainian setting (Мильчин, 4.2).
_SHORT_WORDS = {"ru": 2, "uk": 2, "pl": 1, "cs": 1}


def typeset(text: str, tag: str) -> str:
    """Return `text` with no-break spaces and word joiners where the language of `tag` asks for them."""
    if not text.strip():
        return text
    for pattern, replacement in _rules(tag.partition("-")[0]):
        text = pattern.sub(replacement, text)
    return text


@cache
def _rules(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    space, joiner = NO_BREAK_SPACE, WORD_JOINER
    rules = [
        # Initials stay together and with the name: language.az rules, 2020; Chicago 7.66.
        (r"(?<![^\W\d_])([^\W\d_]\.) (?=[^\W\d_](?:\.|\w))", rf"\1{space}"),
        # Ranges of digits: 25–26.
        (r"(?<=\d)–(?=\d)", f"–{joiner}"),
        (r"(\d) (?=%)", rf"\1{space}"),
    ]
    if months := _months(language):
        rules.append((rf"(?<!\d)(\d{{1,2}}\.?) (?=(?:{months})(?!\w))", rf"\1{space}"))
    if words := _BEFORE_NUMBER.get(language):
        rules.append((rf"(?<!\w)((?:{'|'.join(map(re.escape, words))})) (?=\d)", rf"\1{space}"))
    if longest := _SHORT_WORDS.get(language):
        rules.append((rf"(?<![^\W\d_]|[’'-])([^\W\d_]{{1,{longest}}}) (?=\w|«|„)", rf"\1{space}"))
    return tuple((re.compile(pattern), replacement) for pattern, replacement in [*rules, *_particular(language)])


def _particular(language: str) -> list[tuple[str, str]]:
    if language == "fr":
        # Imprimerie nationale, Lexique: a thin space before high marks, a word space before the colon.
        thin, wide = NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE
        return [(r" (?=[;!?])", thin), (r" (?=[:»])", wide), (r"(?<=«) ", wide)]
    if language in ("az", "ru", "uk", "tr"):
        # The suffix of a number may not be parted from it: 1992-ci, 25-й.
        dash = [(r" (?=[—])", NO_BREAK_SPACE)] if language in ("ru", "uk") else []
        return [(r"(?<=\d)-(?=[^\W\d_])", f"-{WORD_JOINER}"), *dash]
    return []


def _months(language: str) -> str:
    try:
        names = Locale.parse(language).months["format"]["wide"].values()
    except (UnknownLocaleError, ValueError):
        return ""
    return "|".join(re.escape(name) for name in names if " " not in name)
