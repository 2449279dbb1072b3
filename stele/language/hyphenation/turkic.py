"""The alphabets of Azerbaijani and Turkish in, the patterns of their syllables out.

One rule serves both: a syllable has one vowel, and of the consonants before it one, the last, is its own: xal-qı-mız,
dost-luq, mü-əl-lim, and in loanwords too, kont-rol and prog-ram.
Azərbaycan dilinin orfoqrafiya normaları, Cabinet of Ministers, 16 April 2019; TDK, Yazım Kılavuzu, "Hece Yapısı ve
Satır Sonunda Kelimelerin Bölünmesi".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

AZERBAIJANI = ("aıoueəiöü", "bcçdfgğhxjkqlmnprsştvyz")
TURKISH = ("aâeıiîoöuûü", "bcçdfgğhjklmnprsştvyz")
APOSTROPHES = "'’"
# Spellings of other languages, which write their own words so and these two never: Heldenplatz, International.
FOREIGN = ("ck", "ght", "sch", "tch", "tion", "tz")

# Four consonants meet in loanwords only, and dictionaries do not agree on them: eksp-res or eks-pres. No break at all.
_CROWDS = ("bskr", "bstr", "kskl", "kskr", "kspl", "kspr", "kstr", "nskr", "nspl", "nspr", "nstr", "rstr")
# Of a number and its years neither would readers part yü-zillik nor yüz-illik without a thought.
_NUMBERS = ("on", "yüz", "min", "bir", "üç", "dörd", "beş", "səkkiz", "doqquz", "otuz")


def syllables(vowels: str, consonants: str) -> Iterator[str]:
    """Yield patterns that part syllables: before a consonant with its vowel, and between two vowels."""
    yield from (f"1{consonant}{vowel}" for consonant in consonants for vowel in vowels)
    yield from (f"{first}1{second}" for first in vowels for second in vowels)
    # TDK: at an apostrophe no hyphen is added. The renderer would add one, so no line ends there.
    yield from (f"{mark}2" for mark in APOSTROPHES)
    yield from (f"{crowd[:-1]}2{crowd[-1]}" for crowd in _CROWDS)


def azerbaijani() -> Iterator[str]:
    """Yield the patterns of Azerbaijani in Latin script."""
    yield from syllables(*AZERBAIJANI)
    yield from (f"{number[:-1]}2{number[-1]}illi" for number in _NUMBERS)


def turkish() -> Iterator[str]:
    """Yield the patterns of Turkish. Compounds follow the same rule there: il-ko-kul, ba-şöğ-ret-men."""
    yield from syllables(*TURKISH)
