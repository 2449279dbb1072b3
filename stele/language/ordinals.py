"""A number and a language in, the ordinal numeral that its editors print out: 33rd, 33-cü, 33-я, 33., 33e, 33-ე."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from stele.language.numbers import native_digits
from stele.language.suffixes import attach

if TYPE_CHECKING:
    from collections.abc import Callable


class Gender(StrEnum):
    """The gender of the noun that an ordinal counts, in the languages where it matters."""

    MASCULINE = "masculine"
    FEMININE = "feminine"
    NEUTER = "neuter"


def ordinal(number: int, tag: str, gender: Gender = Gender.MASCULINE) -> str:
    """Return the ordinal of `number`, 0 or more, in the nominative, in digits of the language.

    A language without a rule here has the number with a full stop, as most of Europe's do. Raises `ValueError` for a
    negative number.
    """
    if number < 0:
        raise ValueError("an ordinal counts from 0")
    language, _, rest = tag.partition("-")
    rule = _RULES.get(f"{language}-{rest[:4]}") or _RULES.get(language)
    return native_digits(rule(number, gender) if rule else f"{number}.", tag)


def _english(number: int, _: Gender) -> str:
    # The Chicago Manual of Style, 9.6.
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def _azerbaijani(number: int, _: Gender) -> str:
    # Azərbaycan dilinin orfoqrafiya normaları: a hyphen and the last syllable of the word, by vowel harmony.
    return attach(str(number), "-ci", "az")


def _azerbaijani_in_cyrillic(number: int, _: Gender) -> str:
    return attach(str(number), "-ҹи", "az-Cyrl")


def _azerbaijani_in_arabic(number: int, _: Gender) -> str:
    return f"{number}-جی"


def _by_gender(masculine: str, feminine: str, neuter: str | None = None) -> Callable[[int, Gender], str]:
    endings = {
        Gender.MASCULINE: masculine,
        Gender.FEMININE: feminine,
        Gender.NEUTER: masculine if neuter is None else neuter,
    }
    return lambda number, gender: f"{number}{endings[gender]}"


def _russian(number: int, gender: Gender) -> str:
    # Мильчин, Справочник издателя и автора, 6.2.2: one letter where the last but one is a vowel. третий has one too.
    return f"{number}-{ {Gender.MASCULINE: 'й', Gender.FEMININE: 'я', Gender.NEUTER: 'е'}[gender] }"


# Український правопис 2019, § 37: the last consonant and the ending, 1-ша, 2-га, 3-тя, 4-та, 7-ма, 40-ва, 1000-на.
_UKRAINIAN_STEMS = {1: "ш", 2: "г", 7: "м", 8: "м"}


def _ukrainian(number: int, gender: Gender) -> str:
    if gender is Gender.MASCULINE:
        return f"{number}-й"
    unit = 0 if 10 <= number % 100 < 20 else number % 10
    stem = _UKRAINIAN_STEMS.get(unit, "т")
    if number == 0 or number % 100 == 40:
        stem = "в"
    elif number % 1000 == 0:
        stem = "н"
    endings = "яє" if unit == 3 else "ае"  # третя, третє
    return f"{number}-{stem}{endings[gender is Gender.NEUTER]}"


def _french(number: int, gender: Gender) -> str:
    # Imprimerie nationale, Lexique des règles typographiques: 1er, 1re, 2e.
    if number == 1:
        return "1re" if gender is Gender.FEMININE else "1er"
    return f"{number}e"


def _georgian(number: int, _: Gender) -> str:
    # CLDR 48, ka ordinals: 1-ლი; მე-2 to მე-20 and the scores and hundreds; -ე behind every other number.
    if number == 1:
        return "1-ლი"
    return f"მე-{number}" if number % 100 in (0, 40, 60, 80, *range(2, 21)) else f"{number}-ე"


def _armenian(number: int, _: Gender) -> str:
    # CLDR 48, hy ordinals: only the first is irregular.
    return f"{number}-ին" if number == 1 else f"{number}-րդ"


def _persian(number: int, _: Gender) -> str:
    # فرهنگستان، دستور خط فارسی: behind سی stands اُم, written with its alef.
    return f"{number}امین" if number % 100 == 30 else f"{number}مین"


def _hindi(number: int, gender: Gender) -> str:
    # CLDR 48, hi ordinals.
    irregular = {1: "ल", 2: "र", 3: "र", 4: "थ", 6: "ठ"}.get(number)
    vowel = "ी" if gender is Gender.FEMININE else "ा"
    if irregular:
        return f"{number}{irregular}{vowel}"
    return f"{number}व{'ीं' if gender is Gender.FEMININE else 'ाँ'}"


_RULES: dict[str, Callable[[int, Gender], str]] = {
    "en": _english,
    "az": _azerbaijani,
    "az-Cyrl": _azerbaijani_in_cyrillic,
    "az-Arab": _azerbaijani_in_arabic,
    "ru": _russian,
    "uk": _ukrainian,
    "fr": _french,
    "es": _by_gender(".º", ".ª"),  # Real Academia Española, Ortografía 2010: a full stop before the raised letter
    "it": _by_gender("º", "ª"),
    "pt": _by_gender(".º", ".ª"),
    "ka": _georgian,
    "hy": _armenian,
    "fa": _persian,
    "hi": _hindi,
    # The article stands before the digits, joined to them.
    "ar": lambda number, _: f"الـ{number}",
    "he": lambda number, _: f"ה\u05be{number}",
    "zh": lambda number, _: f"第{number}",
    "ja": lambda number, _: f"第{number}",
}
