"""Names or terms and a text in, where the text holds them out: the longest first, so that none lies within another."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from stele.language.casing import lower
from stele.language.inflection import certain, inflected_in, related
from stele.translation.review.passages import own_words
from stele.translation.review.reading import prose

if TYPE_CHECKING:
    from stele.sources.vocabulary import Term
    from stele.translation.review.pair import Pair

# A title, or a phrase that is quoted in its own language, has so many words; a name in emphasis has fewer.
_KEPT_WORDS = 3
_MARKED = re.compile(r"\*{1,3}([^*\n]+)\*{1,3}|[“«„\"]([^“”«»„\"\n]+)[”»“\"]")
# Soft hyphens and joiners of typesetting, and the vowel signs that Arabic and Persian may write or leave out.
_UNREAD = re.compile("[\u00ad\u2060\u200e\u200f\u2066-\u2069\u064b-\u0653\u0670]")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Words of a text, from `start` to `end`, that are a form of each of `ids`."""

    words: str
    start: int
    end: int
    ids: frozenset[str]


@lru_cache(maxsize=4_096)  # the same source comes again in every language
def occurrences(text: str, terms: tuple[Term, ...], tag: str, *, loose: bool = False) -> tuple[Occurrence, ...]:
    """Return where `text`, as `comparable` makes it, holds forms of `terms` in language `tag`, in reading order.

    Names are looked for exactly; terms are loose, and looked for in a text in lower case (see `inflection`).
    """
    lowered = lower(text, tag)
    spans: dict[tuple[int, int], set[str]] = {}
    for first, rest, spelled, name in _looked_for(terms, tag, loose=loose):
        if first in lowered and all(part in lowered for part in rest):
            pattern = related(spelled, tag) if loose else inflected_in(text, spelled, tag)
            for found in pattern.finditer(text):
                spans.setdefault(found.span(), set()).add(name)
    taken: list[tuple[int, int]] = []
    covered = bytearray(len(text))
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if not any(covered[start:end]):
            covered[start:end] = b"\1" * (end - start)
            taken.append((start, end))
    return tuple(Occurrence(text[a:b], a, b, frozenset(spans[a, b])) for a, b in sorted(taken))


@lru_cache(maxsize=64)
def _looked_for(terms: tuple[Term, ...], tag: str, *, loose: bool) -> tuple[tuple[str, tuple[str, ...], str, str], ...]:
    """Return each form of `terms` in a language behind what all its inflections hold, and before the id of its term."""
    return tuple((*_spelled(form, tag, loose=loose), term.id) for term in terms for form in term.in_language(tag))


@lru_cache(maxsize=50_000)
def _spelled(form: str, tag: str, *, loose: bool) -> tuple[str, tuple[str, ...], str]:
    spelled = comparable(form)
    first, *rest = certain(spelled, tag, loose=loose)
    return first, tuple(rest), spelled


def compared(pair: Pair) -> tuple[str, str]:
    """Return what of source and translation can be compared word by word, each in its own language.

    Left out are markup, passages that the source marks with their language, and titles or quotations that the
    translation keeps as they are.
    """
    return _compared(pair.source, pair.translation, pair.language.tag)


@lru_cache(maxsize=256)  # several checks ask for it
def _compared(source: str, translation: str, tag: str) -> tuple[str, str]:
    for found in _MARKED.finditer(source):
        kept = found[1] or found[2]
        if len(kept.split()) >= _KEPT_WORDS and kept in translation:
            source, translation = source.replace(kept, " "), translation.replace(kept, " ")
    return comparable(prose(own_words(source))), comparable(prose(own_words(translation, tag)))


def comparable(text: str) -> str:
    """Return `text` in composed letters (NFC), without what is not read as a letter."""
    return _UNREAD.sub("", unicodedata.normalize("NFC", text))
