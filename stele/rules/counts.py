"""What a narrator says in, the numbers of people or things in it out: no dates, hours, ordinals, pages, measures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.language.dates import dates
from stele.language.numerals import numerals
from stele.language.readings import Weight
from stele.rules.phrases import NEAR, alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.language.readings import Numeral
    from stele.rules.hearing import Hearing

# Below, a number in words is as often no count at all (one, the two, both).
_LEAST_IN_WORDS = 3
_YEARS = range(1800, 2101)
_PERSIAN_YEARS = range(1250, 1451)
_ROMAN = re.compile(r"[IVXLCDMХІСМ]+\Z")
# 366th, 27-й, 26-cı; in the languages that put a full stop behind an ordinal, 366. Alay.
_ORDINAL = re.compile(r"[-‑–’']?[^\W\d_]")
# Languages whose numbers take endings of nouns too: 700-dən çox; only these make an ordinal of one.
_ENDING = re.compile(r"[-‑’'][^\W\d_]{1,6}")
_ORDINAL_ENDINGS = {
    "az": re.compile("[-‑](?:[ıiuü]?n)?[cҹ][ıiuüыиуү]"),
    "tr": re.compile("[’'-][ıiuü]?nc[ıiuü]"),
    "ka": re.compile(r"-ე(?!\w)"),
}
_ORDINAL_STOP = re.compile(r"\.\s?[^\W\d_]")
_WITH_STOP = frozenset({"de", "tr", "cs", "sk", "pl", "hu", "fi", "et", "lv", "sl", "hr", "sr", "bs", "da", "nb"})
_JOINED_BEHIND = re.compile(r"[/°%٪]|\s%|[-–—][0-9]+[-/]")
_JOINED_BEFORE = re.compile(r"(?:[/№#§–-]|(?<!\w)[A-ZÀ-ÖØ-ÞĞİŞƏА-ЯЁІЇЄҐ]{1,6}|(?<!\w)[^\W\d_]{1,4}\.)\s?\Z")


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people or things, from `start` to `end`; `typed` is whether it is written in digits."""

    text: str
    start: int
    end: int
    value: int
    typed: bool


def counts(hearing: Hearing) -> tuple[Count, ...]:
    """Return the counts that the narrator types, in digits or in words, in reading order."""
    return tuple(_found(hearing))


def behind(count: Count, words: tuple[str, ...], hearing: Hearing, between: int = 0) -> re.Match[str] | None:
    """Return any of `words` behind a count, with up to so many others between."""
    if not words:
        return None
    gap = rf"(?:[\w\u200c\ue800]{{1,40}}{NEAR}){{0,{between}}}"
    pattern = re.compile(rf"{NEAR}{gap}(?:{alternatives(words, hearing.said.tag)})(?![\w\u200c])")
    return pattern.match(hearing.said.lowered, count.end)


def before(count: Count, words: tuple[str, ...], hearing: Hearing, between: int = 0) -> re.Match[str] | None:
    """Return any of `words` before a count, with up to so many others between."""
    if not words:
        return None
    gap = rf"(?:[\w\u200c]{{1,40}}{NEAR}){{0,{between}}}"
    pattern = re.compile(rf"(?<![\w\u200c])(?:{alternatives(words, hearing.said.tag)}){NEAR}{gap}\Z")
    return pattern.search(hearing.said.lowered[max(0, count.start - 120) : count.start])


def _found(hearing: Hearing) -> Iterator[Count]:
    text, tag = hearing.said.own, hearing.said.tag
    dated = [(date.start, date.end) for date in dates(text, tag)]
    units = hearing.bench.profile.words("units", tag)
    for item in numerals(text, tag):
        value = _value(item)
        if value is None or any(start < item.end and item.start < end for start, end in dated):
            continue
        shown, typed = text[item.start : item.end].lstrip("-–−"), item.weight is Weight.DIGITS
        count = Count(shown, item.start, _end(item.end, text, tag), value, typed)
        if not _is_another(count, text, tag) and not behind(count, units, hearing) and not _is_numbered(count, hearing):
            yield count


def _end(end: int, text: str, tag: str) -> int:
    """Return the end of a number with the ending of a noun that it may have."""
    ordinal = _ORDINAL_ENDINGS.get(tag.partition("-")[0])
    ending = _ENDING.match(text, end)
    return ending.end() if ordinal and ending and not ordinal.match(text, end) else end


def _value(item: Numeral) -> int | None:
    """Return the number that is read first, None for what is no whole number or does not count."""
    if item.weight < Weight.WORDS or _ROMAN.match(item.text):
        return None
    whole = [reading[0] for reading in item.readings if len(reading) == 1 and reading[0].isdigit()]
    value = int(whole[0]) if whole and len(whole[0]) < 12 else None
    return None if value is not None and item.weight is Weight.WORDS and value < _LEAST_IN_WORDS else value


def _is_another(count: Count, text: str, tag: str) -> bool:
    """Say whether a number is a year, an ordinal or a part of something longer."""
    language = tag.partition("-")[0]
    years = _PERSIAN_YEARS if language == "fa" else ()
    if count.typed and count.text.isdigit() and (count.value in _YEARS or count.value in years):
        return True
    if not count.typed:
        return False
    if _ORDINAL.match(text, count.end) or _JOINED_BEHIND.match(text, count.end):
        return True
    if language in _WITH_STOP and _ORDINAL_STOP.match(text, count.end):
        return True
    return _JOINED_BEFORE.search(text[max(0, count.start - 8) : count.start]) is not None


def _is_numbered(count: Count, hearing: Hearing) -> bool:
    return before(count, hearing.bench.profile.words("numbering", hearing.said.tag), hearing) is not None
