"""The Georgian alphabet in, the patterns of its syllables out, but for those that could be disputed.

A syllable has one vowel, and one consonant between two vowels begins the next: თბი-ლი-სი. Of several the first stays
and the others go on: პარ-ლა-მენ-ტი. But prefixes and suffixes are not divided either, and then one word may have two
ways: და-რჩენა and დარ-ჩენა, გვერ-დზე and გვერდ-ზე. So only two consonants are parted, of which the first is რ, ლ or ნ,
and not where that follows a preverb.
"სიტყვის გადატანის წესები", in: სასკოლო ორთოგრაფიული ლექსიკონი, Arnold Chikobava Institute of Linguistics.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

VOWELS = "აეიოუ"
CONSONANTS = "ბგდვზთკლმნპჟრსტფქღყშჩცძწჭხჯჰ"
_STAYING = "რლნ"
_PREVERBS = (
    "ა", "და", "გა", "მი", "მო", "შე", "ჩა", "წა", "ამო", "გამო", "შემო", "ჩამო", "წამო", "მიმო", "გადა", "გადმო",
)  # fmt: skip


def georgian() -> Iterator[str]:
    """Yield the patterns of Georgian."""
    yield from (f"1{consonant}{vowel}" for consonant in CONSONANTS for vowel in VOWELS)
    yield from (f"{first}1{second}" for first in VOWELS for second in VOWELS)
    yield from (f"{first}2{second}" for first in CONSONANTS for second in CONSONANTS if first not in _STAYING)
    yield from (f"{first}{second}2" for first in CONSONANTS for second in _STAYING)
    yield from (f".{preverb}{stays}2{goes}" for preverb in _PREVERBS for stays in _STAYING for goes in CONSONANTS)
