"""Markdown source in, line numbers of its pieces out, though Python-Markdown keeps no positions.

Prose is met in the order of the source, so a cursor that only moves on finds each piece; what is written elsewhere
than it is printed (footnotes, references) is searched from the top.
"""

from __future__ import annotations

import re

_FENCE = re.compile(r"\s*(?:>\s?)*\s*(?:[-*+]\s+|\d+\.\s+)?(`{3,}|~{3,})")


class Positions:
    """Finds the pieces of one document. Lines count from 1 in the file, of which the body begins at `first_line`."""

    def __init__(self, body: str, first_line: int) -> None:
        self._lines = body.expandtabs(4).split("\n")
        self._prose = _without_code(self._lines)
        self._first_line = first_line
        self._cursor = (0, 0)

    def next(self, text: str) -> int | None:
        """Return the line where `text` begins, at or after the piece found before it, and move on to it."""
        found = self._search(text, self._cursor) or self._search(text, (0, 0))
        if found is None:
            return None
        if found >= self._cursor:
            self._cursor = (found[0], found[1] + 1)
        return found[0] + self._first_line

    def peek(self, text: str) -> int | None:
        """Return what `next` would, and stay."""
        found = self._search(text, self._cursor) or self._search(text, (0, 0))
        return None if found is None else found[0] + self._first_line

    def anywhere(self, text: str) -> int | None:
        """Return the first line that holds the first words of `text`, code included."""
        key = _first_words(text)
        lines = enumerate(self._lines)
        return next((number + self._first_line for number, line in lines if key and key in line), None)

    def _search(self, text: str, start: tuple[int, int]) -> tuple[int, int] | None:
        words = text.split(" ")
        for number in range(start[0], len(self._prose)):
            column = self._prose[number].find(words[0], start[1] if number == start[0] else 0)
            while column >= 0:
                if self._matches(words, number, column):
                    return number, column
                column = self._prose[number].find(words[0], column + 1)
        return None

    def _matches(self, words: list[str], number: int, column: int) -> bool:
        """Say whether the first eight words stand at this place, wherever the lines are broken."""
        wanted = [word for word in words if word][:8]
        following = self._prose[number][column:].split()
        while len(following) < len(wanted) and number + 1 < len(self._prose):
            number += 1
            following += self._prose[number].lstrip(" >").split()
        return len(following) >= len(wanted) and all(
            there.startswith(word) if word is wanted[-1] else there == word
            for word, there in zip(wanted, following, strict=False)
        )


def _first_words(text: str) -> str:
    return text.strip().split("\n", 1)[0][:60].strip()


def _without_code(lines: list[str]) -> list[str]:
    prose: list[str] = []
    fence: str | None = None
    for line in lines:
        mark = _FENCE.match(line)
        if fence is not None:
            fence = None if mark and mark[1].startswith(fence) else fence
            prose.append("")
        elif mark and "`" not in line[mark.end() :]:
            fence = mark[1]
            prose.append("")
        else:
            prose.append(line)
    return prose
