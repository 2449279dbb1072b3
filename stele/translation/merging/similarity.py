"""Messages that went and messages that came in, who became whom out: one donor gives to one taker.

Candidates come from a word index that weighs rare words more and from the place between unchanged neighbours;
they are confirmed word by word. Only what was removed donates: what is still in use was not reworded.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.language.casing import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence

    Key = tuple[str | None, str]

_TOKEN = re.compile(r"\w+|[^\w\s]")
_WORD = re.compile(r"[^\W_]+")
_MARKED = re.compile(r"[_<]|\]\(")
_MARKUP = re.compile(r"<[^<>]*>|(?<=\])\([^()\s]*\)")

# Shares of common words, from 0 to 1; below them a guess costs a translator more than it saves.
_ALIKE = 0.6
_ALIKE_IN_PLACE = 0.5
_SPELT_ALIKE_IN_PLACE = 0.75
_IN_PLACE_BONUS = 0.1
_SAME_CONTEXT_BONUS = 0.05
_BEST_ELSEWHERE = 1 + _SAME_CONTEXT_BONUS  # what has that much in its place needs no search
_SHORT = 60  # characters; a heading with a slip of the pen mended may share no whole word with itself
_TRIED = 4
_LOOKED_AT = 50  # entries of the index, rare words first; what every message has would only make it quadratic


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
    repeats: Mapping[str, Mapping[int, int]]
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
    text = folded(key[1])
    tokens = tuple(_TOKEN.findall(text))
    # Most texts have no markup, and then their words are among the tokens.
    words = _WORD.findall(_MARKUP.sub(" ", text)) if _MARKED.search(text) else filter(str.isalnum, tokens)
    return _Text(key, tokens, Counter(tokens), " ".join(words))


def _index(donors: Sequence[_Text]) -> _Index:
    holders: dict[str, list[int]] = defaultdict(list)
    repeats: dict[str, dict[int, int]] = defaultdict(dict)
    same_words: dict[str, list[int]] = defaultdict(list)
    for number, donor in enumerate(donors):
        for token, count in donor.counts.items():
            holders[token].append(number)
            if count > 1:
                repeats[token][number] = count
        if donor.words:
            same_words[donor.words].append(number)
    weights = {token: math.log(1 + len(donors) / len(found)) for token, found in holders.items()}
    sizes = [sum(weights[token] * count for token, count in donor.counts.items()) for donor in donors]
    return _Index(tuple(donors), weights, holders, repeats, sizes, same_words)


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
    near = {*same, *in_place}
    found = {number: _score(taker, index.donors[number], number in same, number in in_place) for number in near}
    if max(found.values(), default=0.0) < _BEST_ELSEWHERE:
        others = (number for number in _candidates(taker, index) if number not in near)
        found |= {number: _score(taker, index.donors[number], False, False) for number in others}
    return ((number, score) for number, score in found.items() if score)


def _score(taker: _Text, donor: _Text, same_words: bool, in_place: bool) -> float:
    alike = 1.0 if same_words else _likeness(taker, donor, in_place)
    bonus = _IN_PLACE_BONUS * in_place + _SAME_CONTEXT_BONUS * (donor.key[0] == taker.key[0])
    return alike + bonus if alike else 0.0


def _candidates(taker: _Text, index: _Index) -> list[int]:
    shared: dict[int, float] = defaultdict(float)
    unseen = math.log(1 + len(index.donors))
    weighed = [(index.weights.get(token, unseen), token, count) for token, count in taker.counts.items()]
    size = sum(weight * count for weight, _, count in weighed)
    looked_at = 0
    for weight, token, count in sorted(weighed, reverse=True):
        holders = index.holders.get(token, ())
        looked_at += len(holders)
        for number in holders:
            shared[number] += weight
        for number, times in index.repeats[token].items() if count > 1 and token in index.repeats else ():
            shared[number] += weight * (min(count, times) - 1)
        if looked_at >= _LOOKED_AT:
            break
    best = sorted((-common / (size + index.sizes[number]), number) for number, common in shared.items())
    return [number for _, number in best[:_TRIED]]


def _likeness(taker: _Text, donor: _Text, in_place: bool) -> float:
    """Return how alike two texts are, from 0 to 1, and 0 where that is too little."""
    enough = _ALIKE_IN_PLACE if in_place else _ALIKE
    total = len(taker.tokens) + len(donor.tokens)
    if 2 * _most_in_common(taker, donor) >= enough * total:
        alike = _share_in_order(taker.tokens, donor.tokens)
        if alike >= enough:
            return alike
    return _spelling(taker, donor) if in_place and taker.short and donor.short else 0.0


def _most_in_common(taker: _Text, donor: _Text) -> int:
    repeated = min(len(text.tokens) - len(text.counts) for text in (taker, donor))
    return len(taker.counts.keys() & donor.counts.keys()) + repeated


def _spelling(taker: _Text, donor: _Text) -> float:
    alike = _share_in_order(taker.words, donor.words)
    return alike if alike >= _SPELT_ALIKE_IN_PLACE else 0.0


def _share_in_order(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """Return what share of two sequences they have in common in the same order, from 0 to 1.

    Their longest common subsequence is found for all places of `one` at a time, in the bits of a number (H. Hyyrö,
    Bit-parallel LCS-length computation revisited, 2004): a chapter is compared as fast as a line once was.
    """
    places: dict[Hashable, int] = defaultdict(int)
    for place, item in enumerate(one):
        places[item] |= 1 << place
    everywhere = (1 << len(one)) - 1
    unmatched = everywhere
    for item in other:
        matched = unmatched & places.get(item, 0)
        unmatched = ((unmatched + matched) | (unmatched - matched)) & everywhere
    return 2 * (len(one) - unmatched.bit_count()) / (len(one) + len(other) or 1)
