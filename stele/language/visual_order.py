"""A line of text and its direction in, the order in which its characters are displayed from left to right out.

Unicode Standard Annex 9, revision 48, for one paragraph that is not broken; the names of the rules stand beside them.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")

_EMBEDDINGS = {"LRE": "L", "RLE": "R", "LRO": "L", "RLO": "R"}
_OVERRIDES = frozenset({"LRO", "RLO"})
_ISOLATES = frozenset({"LRI", "RLI", "FSI"})
_REMOVED = frozenset({*_EMBEDDINGS, "PDF", "BN"})
_NEUTRAL = frozenset({"B", "S", "WS", "ON", "PDI", *_ISOLATES})
_MAX_DEPTH = 125
_MAX_BRACKETS = 63
_BRACKETS = {pair[0]: pair[1] for pair in ("()", "[]", "{}", "⟨⟩", "「」", "『』", "【】", "（）")}
_CLOSING = {closing: opening for opening, closing in _BRACKETS.items()}


def visual_order(text: str, direction: str) -> list[int]:
    """Return the indices of the characters of `text` from left to right, in a line of `direction` ``ltr`` or ``rtl``.

    Marks that have no width of their own are among them.
    """
    levels, kept = _levels(text, direction)
    return in_order(kept, [levels[index] for index in kept])


def levels(text: str, direction: str) -> list[int]:
    """Return the level of each character of `text`, even where it is written from left to right, else odd.

    Controls that leave no trace on a line have the level of what stands before them.
    """
    found, kept = _levels(text, direction)
    shown, level = frozenset(kept), 1 if direction == "rtl" else 0
    for index in range(len(text)):
        level = found[index] = found[index] if index in shown else level
    return found


def in_order(items: Sequence[T], levels: Sequence[int]) -> list[T]:
    """L2: return the items, given in the order of reading with their levels, as they stand from left to right.

    Each run is reversed, from the highest level down to the lowest odd one.
    """
    order = list(zip(items, levels, strict=True))
    for level in range(max(levels, default=0), 0, -1):
        turned: list[tuple[T, int]] = []
        for reverse, run in groupby(order, key=lambda pair, level=level: pair[1] >= level):  # type: ignore[misc]
            pairs = list(run)
            turned += pairs[::-1] if reverse else pairs
        order = turned
    return [item for item, _ in order]


def _levels(text: str, direction: str) -> tuple[list[int], list[int]]:
    """Return the levels of all characters, and the indices of those that are displayed."""
    base = 1 if direction == "rtl" else 0
    classes = [unicodedata.bidirectional(char) or "L" for char in text]
    levels, types = _explicit(classes, base)
    kept = [index for index, kind in enumerate(classes) if kind not in _REMOVED]
    explicit = tuple(levels)
    for sequence in _sequences(kept, classes, levels):
        start, end = _surroundings(sequence, classes, explicit, base)
        _resolve(sequence, text, types, levels, start, end)
    _trailing(kept, classes, levels, base)
    return levels, kept


def _explicit(classes: list[str], base: int) -> tuple[list[int], list[str]]:
    """X1 to X8: the level of each character, and its class where an override has changed it."""
    matches, state = _isolates(classes), _Embeddings(base)
    levels, types = [], list(classes)
    for index, kind in enumerate(classes):
        if kind == "PDI" and index in matches:
            state.close_isolate()
        elif kind == "PDF":
            state.close_embedding()
        level, override, _ = state.stack[-1]
        levels.append(base if kind == "B" else level)
        if override and kind not in _REMOVED:
            types[index] = override
        if kind in _EMBEDDINGS or kind in _ISOLATES:
            state.open(kind, _EMBEDDINGS.get(kind) or _isolated_direction(kind, classes, index, matches))
    return levels, types


class _Embeddings:
    """What is open at a place of the text: levels, with the direction forced on them and whether they are isolates."""

    def __init__(self, base: int) -> None:
        self.stack: list[tuple[int, str | None, bool]] = [(base, None, False)]
        self.too_many = self.too_many_isolates = 0

    def open(self, kind: str, wanted: str) -> None:
        """X2 to X5: go to the next level of the direction `wanted`; those deeper than the limit are only counted."""
        level = self.stack[-1][0]
        deeper = level + 1 + (level % 2 == (wanted == "R"))
        if deeper <= _MAX_DEPTH and not self.too_many and not self.too_many_isolates:
            self.stack.append((deeper, wanted if kind in _OVERRIDES else None, kind in _ISOLATES))
        elif kind in _ISOLATES:
            self.too_many_isolates += 1
        elif not self.too_many_isolates:
            self.too_many += 1

    def close_isolate(self) -> None:
        """X6a: close the last isolate, and all embeddings that were left open in it."""
        if self.too_many_isolates:
            self.too_many_isolates -= 1
            return
        self.too_many = 0
        while not self.stack.pop()[2]:
            pass

    def close_embedding(self) -> None:
        """X7: close the last embedding within the isolate."""
        if self.too_many_isolates:
            return
        if self.too_many:
            self.too_many -= 1
        elif len(self.stack) > 1 and not self.stack[-1][2]:
            self.stack.pop()


def _isolates(classes: list[str]) -> dict[int, int]:
    """BD9: the index of the other half, for each isolate initiator that is closed and each mark that closes one."""
    opened: list[int] = []
    matches: dict[int, int] = {}
    for index, kind in enumerate(classes):
        if kind in _ISOLATES:
            opened.append(index)
        elif kind == "PDI" and opened:
            start = opened.pop()
            matches[start], matches[index] = index, start
    return matches


def _isolated_direction(kind: str, classes: list[str], start: int, matches: dict[int, int]) -> str:
    """P2 and P3 within an isolate: the direction of the first strong character decides for FSI."""
    if kind != "FSI":
        return "R" if kind == "RLI" else "L"
    end, index = matches.get(start, len(classes)), start + 1
    while index < end:
        if classes[index] in ("L", "R", "AL"):
            return "L" if classes[index] == "L" else "R"
        index = matches.get(index, end) + 1 if classes[index] in _ISOLATES else index + 1
    return "L"


def _sequences(kept: list[int], classes: list[str], levels: list[int]) -> list[list[int]]:
    """X10 and BD13: level runs, those on both sides of an isolate joined."""
    matches = _isolates(classes)
    runs = [list(run) for _, run in groupby(kept, key=levels.__getitem__)]
    by_start = {run[0]: run for run in runs}
    sequences = []
    for run in runs:
        if classes[run[0]] == "PDI" and run[0] in matches:
            continue
        sequence = list(run)
        while classes[sequence[-1]] in _ISOLATES and (end := matches.get(sequence[-1])) is not None:
            if end not in by_start:
                break
            sequence += by_start[end]
        sequences.append(sequence)
    return sequences


def _surroundings(sequence: list[int], classes: list[str], levels: tuple[int, ...], base: int) -> tuple[str, str]:
    """X10: the directions that reign before and behind a sequence (sos, eos)."""
    first, last = sequence[0], sequence[-1]
    before = next((levels[index] for index in range(first - 1, -1, -1) if classes[index] not in _REMOVED), base)
    after = next((levels[index] for index in range(last + 1, len(classes)) if classes[index] not in _REMOVED), base)
    if classes[last] in _ISOLATES:
        after = base
    return ("LR"[max(levels[first], before) % 2], "LR"[max(levels[last], after) % 2])


def _resolve(sequence: list[int], text: str, types: list[str], levels: list[int], start: str, end: str) -> None:
    """W1 to I2 for one isolating run sequence."""
    level = levels[sequence[0]]
    embedding = "LR"[level % 2]
    _weak(sequence, types, start)
    _brackets(sequence, text, types, start, embedding)
    _neutral(sequence, types, start, end, embedding)
    for index in sequence:
        kind = types[index]
        levels[index] += (kind != "R") if level % 2 else {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)


def _weak(sequence: list[int], types: list[str], start: str) -> None:
    _combining(sequence, types, start)
    _arabic_numbers(sequence, types, start)
    for one, index, two in zip(sequence, sequence[1:], sequence[2:], strict=False):  # W4
        if types[one] == types[two] and (types[index], types[one]) in (("ES", "EN"), ("CS", "EN"), ("CS", "AN")):
            types[index] = types[one]
    for _, run in groupby(list(sequence), key=lambda index: types[index] in ("ET", "EN")):  # W5
        indices = list(run)
        if any(types[index] == "EN" for index in indices):
            for index in indices:
                types[index] = "EN"
    for index in sequence:  # W6
        types[index] = "ON" if types[index] in ("ES", "ET", "CS") else types[index]
    _latin_numbers(sequence, types, start)


def _combining(sequence: list[int], types: list[str], start: str) -> None:
    """W1: a combining mark is what it stands on."""
    previous = start
    for index in sequence:
        if types[index] == "NSM":
            types[index] = "ON" if previous in _ISOLATES or previous == "PDI" else previous
        previous = types[index]


def _arabic_numbers(sequence: list[int], types: list[str], start: str) -> None:
    """W2 and W3: digits behind Arabic letters are Arabic ones."""
    strong = start
    for index in sequence:
        if types[index] in ("L", "R", "AL"):
            strong = types[index]
        if types[index] == "EN" and strong == "AL":
            types[index] = "AN"
    for index in sequence:
        types[index] = "R" if types[index] == "AL" else types[index]


def _latin_numbers(sequence: list[int], types: list[str], start: str) -> None:
    """W7: digits behind left-to-right letters belong to them."""
    strong = start
    for index in sequence:
        if types[index] in ("L", "R"):
            strong = types[index]
        if types[index] == "EN" and strong == "L":
            types[index] = "L"


def _brackets(sequence: list[int], text: str, types: list[str], start: str, embedding: str) -> None:
    """N0: both brackets of a pair take the direction of what stands within, or else of what stands before."""
    for opening, closing in _bracket_pairs(sequence, text, types):
        within = {_strong(types[sequence[place]]) for place in range(opening + 1, closing)} - {None}
        if not within:
            continue
        kind = embedding
        if embedding not in within:
            known = (_strong(types[sequence[place]]) for place in range(opening - 1, -1, -1))
            kind = next((item for item in known if item), start)
        for place in (opening, closing):
            types[sequence[place]] = kind
            for index in sequence[place + 1 :]:
                if unicodedata.bidirectional(text[index]) != "NSM":
                    break
                types[index] = kind


def _bracket_pairs(sequence: list[int], text: str, types: list[str]) -> list[tuple[int, int]]:
    opened: list[tuple[str, int]] = []
    pairs = []
    for place, index in enumerate(sequence):
        char = text[index]
        if types[index] != "ON":
            continue
        if char in _BRACKETS and len(opened) == _MAX_BRACKETS:
            break
        if char in _BRACKETS:
            opened.append((char, place))
        elif char in _CLOSING:
            depth = next((d for d in range(len(opened) - 1, -1, -1) if opened[d][0] == _CLOSING[char]), None)
            if depth is not None:
                pairs.append((opened[depth][1], place))
                del opened[depth:]
    return sorted(pairs)


def _strong(kind: str) -> str | None:
    return kind if kind in ("L", "R") else "R" if kind in ("EN", "AN") else None


def _neutral(sequence: list[int], types: list[str], start: str, end: str, embedding: str) -> None:
    """N1 and N2: neutrals between two of one direction take it, others that of the embedding."""
    previous, position = start, 0
    for is_neutral, run in groupby(list(sequence), key=lambda index: types[index] in _NEUTRAL):
        indices = list(run)
        position += len(indices)
        if not is_neutral:
            previous = _strong(types[indices[-1]]) or embedding
            continue
        following = (_strong(types[sequence[position]]) or embedding) if position < len(sequence) else end
        for index in indices:
            types[index] = previous if previous == following else embedding


def _trailing(kept: list[int], classes: list[str], levels: list[int], base: int) -> None:
    """L1: white space at the end of the line, and before a tabulator, has the level of the line."""
    at_end = True
    for index in reversed(kept):
        if classes[index] in ("S", "B"):
            at_end = True
        elif classes[index] not in ("WS", "PDI", *_ISOLATES):
            at_end = False
        if at_end:
            levels[index] = base
