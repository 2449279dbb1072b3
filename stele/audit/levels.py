"""A text and its language in, the kinds of bodies and of texts that it names out: a committee is no parliament.

Only kinds that are told apart everywhere are here, each by the beginnings of its words (Inter-Parliamentary Union,
Parline, names of bodies by country).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from stele.language.casing import lower

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMITTEE, PARLIAMENT = "committee", "parliament"
# By language: beginnings of words that name a committee, and of words that name a parliament by just that word.
_WORDS = {
    "en": ("committee commission", "parliament"),
    "az": ("komitə komissiya", "parlament"),
    "az-Cyrl": ("комитә комиссија", "парламент"),
    "tr": ("komisyon komite encümen", "parlamento"),
    "ru": ("комитет комисси", "парламент"),
    "uk": ("комітет комісі", "парламент"),
    "be": ("камітэт камісі", "парламент"),
    "de": ("ausschuss ausschüss kommission komitee", "parlament"),
    "fr": ("commission comité", "parlement"),
    "es": ("comité comisión comision", "parlament"),
    "it": ("commission comitat", "parlament"),
    "pl": ("komitet komisj komisi", "parlament"),
    "cs": ("výbor komis", "parlament"),
    "fa": ("کمیته کمیسیون", "پارلمان"),
    "az-Arab": ("کومیته کومیسیون", "پارلمان"),
    "ar": ("لجنة لجنته لجنتها لجان", "برلمان"),
    "he": ("ועדה ועדת ועדות", "פרלמנט"),
    "ka": ("კომიტეტ კომისი", "პარლამენტ"),
    "hy": ("հանձնաժողով կոմիտե", "խորհրդարան պառլամենտ"),
}
_JOINED = {"ar": "(?:[وف]?(?:[بكل]?ال|لل|[بكل])?)", "he": "[והבלמשכ]{0,3}", "de": r"\w*"}


def bodies(text: str, tag: str) -> frozenset[str] | None:
    """Return which kinds of bodies `text` names; None in a language whose words are not known."""
    found = mentions(text, tag)
    return None if found is None else frozenset(kind for kind, count in found.items() if count)


@lru_cache(maxsize=64)  # the same source comes again in every language
def mentions(text: str, tag: str) -> Mapping[str, int] | None:
    """Return how often `text` names each kind of body; None in a language whose words are not known."""
    known = patterns(tag)
    lowered = lower(text, tag)
    return None if known is None else {kind: len(pattern.findall(lowered)) for kind, pattern in known}


@cache
def patterns(tag: str) -> tuple[tuple[str, re.Pattern[str]], ...] | None:
    """Return each kind with a pattern of its words in lower case; None in a language whose words are not known."""
    words = _WORDS.get(tag) or (_WORDS.get(tag.partition("-")[0]) if len(tag.partition("-")[2]) < 4 else None)
    if words is None:
        return None
    before = _JOINED.get(tag.partition("-")[0], "")
    return tuple(
        (kind, re.compile(rf"(?<!\w){before}(?:{'|'.join(beginnings.split())})"))
        for kind, beginnings in zip((COMMITTEE, PARLIAMENT), words, strict=True)
    )
