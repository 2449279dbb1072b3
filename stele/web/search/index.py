"""Sections in, an inverted index out: each folded word with the sections that have it, and how prominently."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from stele.language.folding import NO_PROCLITICS, folding, proclitics, words
from stele.web.search.moments import moments, numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from stele.language.folding import Folding
    from stele.web.search.sections import Piece, Section

_JOINER = "\u200c"  # parts a compound of Persian: who types it with a space types two words


class Place(IntEnum):
    """Where a section has a word, the best place last."""

    TEXT = 0
    HEADING = 1
    TITLE = 2


@dataclass(frozen=True, slots=True)
class Index:
    """What a search needs. `postings` are by word, then by number of section; the sections are in the order of reading.

    `aliases` lead from a name in another language to that of the page, both of one word. `rules` are those by which
    words were folded, that of the page first: a query is folded by each.
    """

    sections: Sequence[Section]
    postings: Mapping[str, Mapping[int, Place]]
    aliases: Mapping[str, tuple[str, ...]]
    rules: tuple[Folding, ...]


def index(sections: Sequence[Section], names: Mapping[str, tuple[Piece, ...]], tag: str) -> Index:
    """Return the index of the pages in the language `tag`; `names` are by id of record, that of the page first."""
    made = _Making(tag)
    for number, section in enumerate(sections):
        made.add_section(number, section)
        for record, is_about in section.records.items():
            for name in names.get(record, ()):
                made.add(number, (name,), Place.HEADING if is_about else Place.TEXT)
    shown = {record for section in sections for record in section.records}
    aliases = made.aliases(names[record] for record in names if record in shown)
    return Index(sections, made.postings, aliases, tuple(made.rules))


class _Making:
    def __init__(self, tag: str) -> None:
        self.postings: defaultdict[str, dict[int, Place]] = defaultdict(dict)
        self.rules: dict[Folding, None] = {folding(tag): None}

    def add_section(self, number: int, section: Section) -> None:
        if not section.heading:
            self.add(number, section.title, Place.TITLE)
        self.add(number, section.heading, Place.HEADING)
        self.add(number, section.text, Place.TEXT)

    def add(self, number: int, pieces: Sequence[Piece], place: Place) -> None:
        for text, tag in _runs(pieces):
            for word in dict.fromkeys(self._words(text, tag)):
                known = self.postings[word]
                if known.get(number, -1) < place:
                    known[number] = place

    def aliases(self, records: Iterator[tuple[Piece, ...]]) -> dict[str, tuple[str, ...]]:
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for own, *others in records:
            target = [*words(own.text, self._rule(own.tag))]
            for other in others if len(target) == 1 else ():
                spoken = [*words(other.text, self._rule(other.tag))]
                if len(spoken) == 1 and spoken != target:
                    found[spoken[0]][target[0]] = None
        return {word: tuple(targets) for word, targets in found.items()}

    def _words(self, text: str, tag: str) -> Iterator[str]:
        rule, before = self._rule(tag), proclitics(tag)
        for word in words(text, rule):
            yield word
            if before != NO_PROCLITICS and (rest := re.sub(before, "", word)) != word:
                yield rest
        yield from moments(text, tag)
        yield from numbers(text)
        if _JOINER in text:
            yield from words(text.replace(_JOINER, " "), rule)

    def _rule(self, tag: str) -> Folding:
        rule = folding(tag)
        self.rules.setdefault(rule)
        return rule


def _runs(pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    """Yield texts in one language: a word may go on in the next piece, and a date in several."""
    text, tag = "", ""
    for piece in pieces:
        if piece.tag != tag and text:
            yield text, tag
            text = ""
        text, tag = text + piece.text, piece.tag
    if text:
        yield text, tag
