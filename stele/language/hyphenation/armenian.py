"""The Armenian alphabet in, the patterns of its syllables out, but for those that a hidden ը makes longer.

A syllable has one vowel; of the consonants before it one, the last, is its own: ա-շա-կերտ, ար-ձան, բարձ-րա-նալ. An ը
that is heard and not written would have to be written beside the break: կնքա-հայր is right, but կըն-քահայր. The
renderer cannot write it, so no line ends there. Տողադարձի մասին, order of the Minister of Education and Science of
Armenia, 2003. Eastern Armenian of the reformed spelling; the digraph ու is one vowel, և a vowel and a consonant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

VOWELS = "աեէըիոօ"
CONSONANTS = "բգդզթժլխծկհձղճմյնշչպջռսվտրցփքֆ"
MARKS = "՛՜՞"
"""Marks of stress, exclamation and question, which stand within a word, behind the vowel."""

# In the classical spelling, as of many a surname, these are one vowel: Արամ-եան.
_ONE_SYLLABLE = frozenset({"եա", "եօ"})
# What a syllable can end in without an ը between: it falls from the first to the second.
_ENDINGS = frozenset(
    first + second
    for first, seconds in {
        "ր": "բգդզթժխծկձճչպջսշտցփք",
        "ն": "գդթծկձճչջտցք",
        "մ": "բպփ",
        "լ": "դտկցծ",
        "ղ": "թտցծձկ",
        "յ": "ծստկցթդ",
        "ս": "տկ",
        "շ": "տ",
        "խ": "տ",
    }.items()
    for second in seconds
)
# With these a word begins whose ը may be heard behind a vowel, in a compound: վերա-գնահատել, պարա-գլուխ.
_BEGINNINGS = ("գլ", "գն", "գծ", "գտ", "գց", "տպ", "բժ", "ճշ", "ձկ", "մկ")
# Behind a prefix the word begins with its own hidden ը: ան-գրագետ, վեր-գնահատել. But անց-նել, վերջ-նական.
_PREFIXES = {"ան": "ց", "վեր": "ջ", "ներ": "", "գեր": ""}


def armenian() -> Iterator[str]:
    """Yield the patterns of Armenian."""
    yield from (f"1{consonant}{vowel}" for consonant in CONSONANTS for vowel in VOWELS + "և")
    hiatus = (first + second for first in VOWELS for second in VOWELS)
    yield from (f"{pair[0]}1{pair[1]}" for pair in hiatus if pair not in _ONE_SYLLABLE)
    # Both անկ-յուն and ան-կյուն are right; the second never asks for an ը.
    yield from (f"1{consonant}2յ{vowel}" for consonant in CONSONANTS.replace("յ", "") for vowel in "աոօ")
    yield from _closed_syllables()


def _closed_syllables() -> Iterator[str]:
    """Yield patterns that keep a line from ending where an ը is, or could be, heard among the consonants."""
    pairs = [first + second for first in CONSONANTS for second in CONSONANTS]
    yield from (f"{pair}2" for pair in pairs if pair not in _ENDINGS)
    yield from (f"{consonant}{ending}2" for consonant in CONSONANTS for ending in sorted(_ENDINGS))
    yield from (f"և{consonant}2" for consonant in CONSONANTS)
    yield from (f"{end}{pair[0]}2{pair[1]}" for end in VOWELS + "ւ" for pair in _BEGINNINGS)
    for prefix, others in _PREFIXES.items():
        yield from (f".{prefix}{consonant}2" for consonant in CONSONANTS if consonant not in others)
        yield from (f".չ{prefix}{consonant}2" for consonant in CONSONANTS if consonant not in others)
