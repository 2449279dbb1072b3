"""Right-to-left prose in, its runs out: which pieces are words of a left-to-right script."""

from __future__ import annotations

import re

# Words of Latin, Greek, Cyrillic, Armenian or Georgian letters, with the digits, spaces and marks between them. A run
# may begin with digits (1905.az) and end with a parenthesis that it opened.
_LETTER = r"A-Za-z\u00c0-\u058f\u10a0-\u10ff"
_SMALL = "\u00b2\u00b3\u00b9\u2070-\u209c"  # raised and lowered digits: m², H₂O
_WITHIN = rf"[{_LETTER}{_SMALL}0-9\u00a0\u200e\u202f\u2060 .,:;/&’'()_@#%+=?–-]"
_RUN = re.compile(rf"(?:[0-9][0-9.,:/-]*)?[{_LETTER}](?:{_WITHIN}*[{_LETTER}{_SMALL}0-9])?\)?")


def left_to_right_runs(text: str) -> list[tuple[str, bool]]:
    """Return `text` cut into pieces, each with whether it is a run of left-to-right words; joined they are `text`."""
    runs: list[tuple[str, bool]] = []
    position = 0
    while found := _RUN.search(text, position):
        run = _up_to_loose_bracket(found[0])
        if found.start() > position:
            runs.append((text[position : found.start()], False))
        runs.append((run, True))
        position = found.start() + len(run)
    if position < len(text):
        runs.append((text[position:], False))
    return runs


def _up_to_loose_bracket(run: str) -> str:
    """Return `run` up to a bracket whose fellow stands outside of it."""
    opened: list[int] = []
    for place, char in enumerate(run):
        if char == "(":
            opened.append(place)
        elif char == ")" and not opened:
            return run[:place].rstrip()
        elif char == ")":
            opened.pop()
    return run[: opened[0]].rstrip() if opened else run
