"""The blocks of a text and of its translation in, how well each pair of them fits out.

Compared is what a reader sees who knows neither language: kind, length, numbers, addresses, code, footnote calls,
and names by their consonants.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from stele.language.casing import folded, upper
from stele.language.skeletons import name_keys
from stele.sources.units import plain_text
from stele.translation.pieces import CODE_SPAN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from stele.sources.units import Unit

# Digits of any script; groups of three behind a separator are one number: 1,000 and 1.000 and ۱٬۰۰۰.
_NUMBER = re.compile(r"\d{1,3}(?:[.,٬'’\u00a0\u202f]\d{3})+(?!\d)|\d+")
_LINK = re.compile(r"\]\(\s*<?([^)\s>]*)|<((?:https?|mailto):[^\s<>]*)>|\]\[([^\]]*)\]")
_CALL = re.compile(r"\[\^([^\[\]\s]*)\]")
_WORD = re.compile(r"[^\W\d_]+")

# How much evidence weighs for a pair (above zero) or against it, on the scale of a logarithm of odds.
_SAME_KIND = 2.0
_OTHER_DEPTH = -0.4
_NEAR_KIND = -0.5
_OTHER_KIND = -3.0
_OTHER_COUNT = -0.5  # for each footnote call or link that one side has more
_LENGTH = -1.8  # for a length e times that which the two texts as wholes let expect
_SHARED = 0.55
_UNSHARED = -0.2
_NAMES, _MOST_NAMES = 0.3, 2.0
_SAME_TEXT = 0.5
_RAREST = 4.0  # what a mark weighs that stands in one block only
_HEAVIEST = 6.0  # what all marks of one block weigh at most
_MOST_COUNTED = 3
_PROSE = frozenset({"paragraph", "list item", "quotation", "definition", "text"})
_PREFIXES = ("heading", "meaning of the abbreviation")

_Form = tuple[str, int, int, int]
_Sparse = list[defaultdict[int, float]]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text: its kind (``heading 2``), how many headings it stands under, its inline Markdown."""

    kind: str
    depth: int
    text: str


def block(unit: Unit) -> Block:
    """Return what of a unit is compared."""
    return Block(unit.kind, len(unit.headings), unit.text)


@dataclass(frozen=True, slots=True)
class _Traits:
    form: _Form
    plain: str
    length: float
    numbers: frozenset[str]
    marks: frozenset[str]
    names: frozenset[str]


class Fitness:
    """How well the blocks of a source fit those of a translation, by their places in the two sequences."""

    def __init__(self, source: Sequence[Block], target: Sequence[Block], source_tag: str, target_tag: str) -> None:
        ones, others = [_traits(item, source_tag) for item in source], [_traits(item, target_tag) for item in target]
        self._shared, lost, self._lost = _evidence(ones, others)
        self._bases = [-amount for amount in lost]
        self._forms = _numbered(item.form for item in others)
        self._fitting = {item.form: [_form_score(item.form, form) for form in self._forms] for item in ones}
        self._rows = [item.form for item in ones]
        self._columns = [self._forms[item.form] for item in others]
        ratio = _usual_difference(ones, others)
        self._lengths = [item.length + ratio for item in ones], [item.length for item in others]

    def row(self, number: int, start: int, end: int) -> list[float]:
        """Return the scores of source block `number` with the target blocks from `start` up to `end`."""
        fitting, length, base = self._fitting[self._rows[number]], self._lengths[0][number], self._bases[number]
        columns = zip(self._columns[start:end], self._lengths[1][start:end], self._lost[start:end], strict=True)
        scores = [fitting[form] + _LENGTH * abs(length - other) + base - lost for form, other, lost in columns]
        for place, amount in self._shared[number].items():
            if start <= place < end:
                scores[place - start] += amount
        return scores


def _traits(item: Block, tag: str) -> _Traits:
    prose = _LINK.sub("] ", CODE_SPAN.sub(" ", _CALL.sub(" ", item.text)))
    plain = plain_text(item.text)
    calls = _CALL.findall(item.text)
    links = [address for found in _LINK.findall(item.text) if (address := "".join(found))]
    code = [found[1] for found in CODE_SPAN.findall(item.text)]
    marks = frozenset([*(f"^{name}" for name in calls), *links, *code])
    kind = next((prefix for prefix in _PREFIXES[1:] if item.kind.startswith(prefix)), item.kind)
    form = (kind, item.depth, min(_MOST_COUNTED, len(calls)), min(_MOST_COUNTED, len(links)))
    return _Traits(form, folded(plain), math.log(len(plain) + 8), numbers(prose), marks, _names(plain, tag))


def numbers(text: str) -> frozenset[str]:
    """Return the numbers that `text` writes in digits of any script, in European digits without separators."""
    found = (
        "".join(str(unicodedata.decimal(char)) for char in item if char.isdecimal()) for item in _NUMBER.findall(text)
    )
    return frozenset(item.lstrip("0") or "0" for item in found)


def _names(text: str, tag: str) -> frozenset[str]:
    """Return the skeletons of capitalised words; in a script without capitals any word may be a name."""
    words = (word for word in _WORD.findall(text) if word[0] != folded(word[0]) or folded(word) == upper(word, ""))
    return frozenset(key for word in words for key in name_keys(word, tag))


def _numbered(forms: Iterable[_Form]) -> dict[_Form, int]:
    return {form: number for number, form in enumerate(dict.fromkeys(forms))}


def _form_score(one: _Form, other: _Form) -> float:
    counts = abs(one[2] - other[2]) + abs(one[3] - other[3])
    return _kind_score(one[0], other[0]) + _OTHER_DEPTH * (one[1] != other[1]) + _OTHER_COUNT * counts


def _kind_score(one: str, other: str) -> float:
    if one == other:
        return _SAME_KIND
    both_headings = one.startswith("heading") and other.startswith("heading")
    return _NEAR_KIND if both_headings or _PROSE.issuperset((one, other)) else _OTHER_KIND


def _usual_difference(ones: Sequence[_Traits], others: Sequence[_Traits]) -> float:
    """Return the logarithm of how much longer the translation is, block by block; dropped blocks do not count."""
    kinds = {item.form[0] for item in ones} & {item.form[0] for item in others}
    middles = [[item.length for item in side if item.form[0] in kinds] for side in (ones, others)]
    return median(middles[1]) - median(middles[0]) if kinds else 0.0


def _evidence(ones: Sequence[_Traits], others: Sequence[_Traits]) -> tuple[_Sparse, list[float], list[float]]:
    """Return what pairs share, and what each block of either side loses where its marks are not shared."""
    # An address or a footnote's name that the other text never has is only called otherwise there.
    known = _union(item.marks for item in ones) & _union(item.marks for item in others)
    sides = [[item.numbers | (item.marks & known) for item in side] for side in (ones, others)]
    weights = _weights(*sides)
    heavy = [[sum(weights[mark] for mark in marks) for marks in side] for side in sides]
    scales = [[min(1.0, _HEAVIEST / weight) if weight else 1.0 for weight in side] for side in heavy]
    scores: _Sparse = [defaultdict(float) for _ in ones]
    for here, there, mark in _pairs(*sides):
        scores[here][there] += (_SHARED - 2 * _UNSHARED) * weights[mark] * min(scales[0][here], scales[1][there])
    _add_names(scores, ones, others)
    _add_same_texts(scores, ones, others)
    lost = [[-_UNSHARED * min(_HEAVIEST, weight) for weight in side] for side in heavy]
    return scores, lost[0], lost[1]


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset(item for marks in sets for item in marks)


def _add_names(scores: _Sparse, ones: Sequence[_Traits], others: Sequence[_Traits]) -> None:
    names = [item.names for item in ones], [item.names for item in others]
    weights = _weights(*names)
    shared: dict[tuple[int, int], float] = defaultdict(float)
    for here, there, name in _pairs(*names):
        shared[here, there] += _NAMES * weights[name]
    for (here, there), amount in shared.items():
        scores[here][there] += min(_MOST_NAMES, amount)


def _add_same_texts(scores: _Sparse, ones: Sequence[_Traits], others: Sequence[_Traits]) -> None:
    texts = [frozenset([item.plain]) for item in ones], [frozenset([item.plain]) for item in others]
    weights = _weights(*texts)
    for here, there, text in _pairs(*texts):
        scores[here][there] += _SAME_TEXT * weights[text]


def _weights(ones: Sequence[Collection[str]], others: Sequence[Collection[str]]) -> dict[str, float]:
    """Return what each mark weighs: the fewer blocks have it the more."""
    here = Counter(mark for marks in ones for mark in marks)
    there = Counter(mark for marks in others for mark in marks)
    most = max(len(ones), len(others), 2)
    marks = here.keys() | there.keys()
    shares = {mark: (most - 1) / max(here[mark], there[mark]) for mark in marks}
    return {mark: _RAREST * math.log1p(share) / math.log(most) for mark, share in shares.items()}


def _pairs(ones: Sequence[Collection[str]], others: Sequence[Collection[str]]) -> Iterator[tuple[int, int, str]]:
    """Yield the places that share a mark, but for marks so common that they would tell nothing and cost much."""
    holders: dict[str, list[int]] = defaultdict(list)
    for place, marks in enumerate(others):
        for mark in marks:
            holders[mark].append(place)
    counts = Counter(mark for marks in ones for mark in marks)
    most = 8 * (len(ones) + len(others))
    for here, marks in enumerate(ones):
        for mark in sorted(marks):
            if mark in holders and counts[mark] * len(holders[mark]) <= most:
                yield from ((here, there, mark) for there in holders[mark])
