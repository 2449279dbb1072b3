"""Messages that went and messages that came in, who became whom out: one donor gives to one taker.

Candidates come from a word index that weighs rare words more and from the place between unchanged neighbours;
they are confirmed word by word. Only what was removed donates: what is still in use was not reworded.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import nlargest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    Key = tuple[str | None, str]

_TOKEN = re.compile(r"\w+|[^\w\s]")
_WORD = re.compile(r"[^\W_]+")
_MARKUP = re.compile(r"<[^<>]*>|(?<=\])\([^()\s]*\)")

# Shares of common words, from 0 to 1; below them a guess costs a translator more than it saves.
_ALIKE = 0.6
_ALIKE_IN_PLACE = 0.5
_SPELT_ALIKE_IN_PLACE = 0.75
_IN_PLACE_BONUS = 0.1
_SAME_CONTEXT_BONUS = 0.05
_SHORT = 60  # characters; a heading with a slip of the pen mended may share no whole word with itself
_LONG = 2_000  # tokens of both; comparing their order takes the square of that, and says no more than counting
_TRIED = 4


@dataclass(frozen=True, slots=True)
class _Text:
    key: Key
    tokens: tuple[str, ...]
    counts: Counter[str]
    words: str

    @property
    def short(self) -> bool:
        return len(self.key[1]) <= _SHORT


@dataclass(frozen=True, slots=True)
class _Index:
    donors: tuple[_Text, ...]
    weights: Mapping[str, float]
    holders: Mapping[str, Sequence[int]]
    sizes: Sequence[float]
    same_words: Mapping[str, Sequence[int]]


def match(old: Sequence[Key], new: Sequence[Key], removed: Collection[Key], added: Collection[Key]) -> dict[Key, Key]:
    """Return, for messages of `added`, the one of `removed` that it was most likely reworded from.

    `old` and `new` are all messages in the order before and after; `removed` and `added` are among them.
    A message that differs in white space, punctuation, case or markup only is always matched.
    """
    index = _index([_text(key) for key in old if key in removed])
    neighbours = _neighbours(old, new)
    numbers = {text.key: number for number, text in enumerate(index.donors)}
    scored: list[tuple[float, int, int]] = []
    takers = [(place, _text(key)) for place, key in enumerate(new) if key in added]
    for place, taker in takers:
        in_place = {numbers[key] for key in neighbours.get(place, ()) if key in numbers}
        scored.extend((-score, place, donor) for donor, score in _scores(taker, index, in_place))
    return {new[place]: index.donors[donor].key for place, donor in _pairs(sorted(scored))}


def _pairs(scored: Iterable[tuple[float, int, int]]) -> Iterator[tuple[int, int]]:
    taken: set[int] = set()
    given: set[int] = set()
    for _, place, donor in scored:
        if place not in taken and donor not in given:
            taken.add(place)
            given.add(donor)
            yield place, donor


def _text(key: Key) -> _Text:
    tokens = tuple(_TOKEN.findall(key[1].lower()))
    words = " ".join(_WORD.findall(_MARKUP.sub(" ", key[1].casefold())))
    return _Text(key, tokens, Counter(tokens), words)


def _index(donors: Sequence[_Text]) -> _Index:
    holders: dict[str, list[int]] = defaultdict(list)
    same_words: dict[str, list[int]] = defaultdict(list)
    for number, donor in enumerate(donors):
        for token in donor.counts:
            holders[token].append(number)
        if donor.words:
            same_words[donor.words].append(number)
    # Words that every fifth message has tell nothing apart, and would make the index quadratic.
    common = max(20, len(donors) // 5)
    weights = {
        token: math.log(1 + len(donors) / len(found)) for token, found in holders.items() if len(found) <= common
    }
    sizes = [sum(weights.get(token, 0) * count for token, count in donor.counts.items()) for donor in donors]
    return _Index(tuple(donors), weights, holders, sizes, same_words)


def _neighbours(old: Sequence[Key], new: Sequence[Key]) -> dict[int, set[Key]]:
    """Return, by place in `new`, what in `old` stood as far from the same unchanged message, or end."""
    places = {key: place for place, key in enumerate(old)}
    found: dict[int, set[Key]] = defaultdict(set)
    for step in (1, -1):
        expected = -1 if step == 1 else len(old)
        for place in range(len(new))[::step]:
            unchanged = places.get(new[place])
            expected = expected + step if unchanged is None else unchanged
            if unchanged is None and 0 <= expected < len(old):
                found[place].add(old[expected])
    return found


def _scores(taker: _Text, index: _Index, in_place: set[int]) -> Iterator[tuple[int, float]]:
    same = index.same_words.get(taker.words, ())
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(taker.tokens)
    for number in {*same, *in_place, *_candidates(taker, index)}:
        donor = index.donors[number]
        alike = 1.0 if number in same else _likeness(matcher, taker, donor, number in in_place)
        if alike:
            same_context = donor.key[0] == taker.key[0]
            yield number, alike + _IN_PLACE_BONUS * (number in in_place) + _SAME_CONTEXT_BONUS * same_context


def _candidates(taker: _Text, index: _Index) -> list[int]:
    shared: dict[int, float] = defaultdict(float)
    unseen = math.log(1 + len(index.donors))
    size = 0.0
    for token, count in taker.counts.items():
        weight = index.weights.get(token, 0.0 if token in index.holders else unseen)
        size += weight * count
        for number in index.holders.get(token, ()) if weight else ():
            shared[number] += weight * min(count, index.donors[number].counts[token])
    likeness = {number: common / (size + index.sizes[number]) for number, common in shared.items()}
    return nlargest(_TRIED, likeness, key=lambda number: (likeness[number], -number))


def _likeness(matcher: SequenceMatcher[str], taker: _Text, donor: _Text, in_place: bool) -> float:
    """Return how alike two texts are, from 0 to 1, and 0 where that is too little."""
    enough = _ALIKE_IN_PLACE if in_place else _ALIKE
    common = sum((taker.counts & donor.counts).values())
    total = len(taker.tokens) + len(donor.tokens)
    if 2 * common >= enough * total:
        matcher.set_seq1(donor.tokens)
        alike = matcher.ratio() if total < _LONG else 2 * common / total
        if alike >= enough:
            return alike
    return _spelling(taker, donor) if in_place and taker.short and donor.short else 0.0


def _spelling(taker: _Text, donor: _Text) -> float:
    alike = SequenceMatcher(None, donor.words, taker.words, autojunk=False).ratio()
    return alike if alike >= _SPELT_ALIKE_IN_PLACE else 0.0
