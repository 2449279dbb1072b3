"""A name in, the lines that it takes in a column out.

A name that is wider than the column goes on below, indented by an em: what is said of somebody first, then word by
word; a word that no line holds is divided, behind a hyphen if it has one.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from stele.language.visual_order import in_order, levels
from stele.print.roll.names import DETAILS, END, FIRST_HAND, OTHER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stele.print.roll.hands import Hand, Piece, Pieces

_PHRASE = re.compile(f"{OTHER}(.)([^{END}]*){END}")
_HYPHENS = "-\u2010\u2013"
_OBJECT = "\ufffc"  # UAX 9, 5.6: what is no text counts as U+FFFC
_KIN_EM, _BELOW_EM = 0.5, 1.0


class Line(NamedTuple):
    """Words in the order of reading, how wide they are together, and by how much the line is indented, in px."""

    words: tuple[Piece, ...]
    width: float
    indent: float


Rows: TypeAlias = tuple[Line, ...]  # of one name


class Lines:
    """Breaks names into lines; `hands` are that of the booklet, and those of names in other languages."""

    def __init__(self, hands: Sequence[Hand]) -> None:
        """Take the hands in the order in which the names count them."""
        self.hand, *self._others = hands
        self._words = self.hand.pieces
        self._kin, self._below = self.hand.size * _KIN_EM, self.hand.size * _BELOW_EM

    def of(self, name: str, room: float, *, is_kin: bool) -> Rows:
        """Return the lines of a name in a column of `room` px; who is kin of the one above is indented."""
        indent = self._kin if is_kin else 0.0
        pieces = self._pieces(name.replace(DETAILS, " "))
        width = self._width(pieces)
        if width + indent <= room:
            return (Line(tuple(pieces), width, indent),)
        below = indent + self._below
        rows = self._broken(name, room - below)
        return tuple(Line(tuple(row), self._width(row), below if at else indent) for at, row in enumerate(rows))

    def _broken(self, name: str, room: float) -> list[list[Piece]]:
        """Return the words of each line of a name that needs several, in the order of reading."""
        rows = [row for part in name.split(DETAILS) for row in self._rows(self._pieces(part), room)]
        if self.hand.direction == "rtl":
            self._keep_company(rows, room)
        return rows

    def _pieces(self, part: str) -> list[Piece]:
        """Return the words of a part of a name in the order of reading."""
        if OTHER not in part:
            return [self._words[word] for word in part.split(" ") if word]
        found: list[Piece] = []
        place = 0
        for phrase in _PHRASE.finditer(part):
            hand = self._others[ord(phrase[1]) - FIRST_HAND]
            found += (*_shaped(part[place : phrase.start()], self.hand), *_shaped(phrase[2], hand))
            place = phrase.end()
        return found + _shaped(part[place:], self.hand)

    def _width(self, pieces: Sequence[Piece]) -> float:
        width = 0.0
        for piece in pieces:
            width += piece.width
        return width + self.hand.space * (len(pieces) - 1) if pieces else 0.0

    def _rows(self, pieces: Sequence[Piece], room: float) -> Iterator[list[Piece]]:
        """Yield the words of each line of a part that may be its first."""
        row: list[Piece] = []
        width = 0.0  # of the words, without the spaces between them
        for piece in pieces:
            width += piece.width
            if row and width + self.hand.space * len(row) > room:
                yield row
                row, width = [], piece.width
            if piece.width > room:
                *full, piece = divided(piece, room)
                yield from ([part] for part in full)
                width = piece.width
            row.append(piece)
        if row:
            yield row

    def _keep_company(self, rows: list[list[Piece]], room: float) -> None:
        """Put a word before years that stand alone in a line: PDFium reads those of a line without letters reversed."""
        *_, above, last = [[], *rows]
        is_alone = len(above) > 1 and not any(char.isalpha() for piece in last for char in piece.text)
        if is_alone and self._width([above[-1], *last]) <= room:
            last.insert(0, above.pop())

    def ordered(self, line: Line) -> list[Piece]:
        """Return the words of a line from left to right. A phrase in another hand is isolated from what is around."""
        blocks: list[tuple[str, list[Piece]]] = []
        for hand, phrase in groupby(line.words, key=lambda piece: piece.hand):
            words = list(phrase)
            if hand is self.hand:
                blocks += [(piece.text, [piece]) for piece in words]
            else:
                blocks.append((_OBJECT, _in_order([(piece.text, [piece]) for piece in words], hand.direction)))
        return _in_order(blocks, self.hand.direction)


def _shaped(text: str, hand: Hand) -> list[Piece]:
    pieces = hand.pieces
    return [pieces[word] for word in text.split(" ") if word]


def _in_order(blocks: Sequence[tuple[str, list[Piece]]], direction: str) -> list[Piece]:
    """Return the words of blocks, which are given with what they are to Unicode's algorithm, from left to right."""
    if any(block[0].is_turned for text, block in blocks if text != _OBJECT):
        found, own, place = levels(" ".join(text for text, _ in blocks), direction), list[int](), 0
        for text, _ in blocks:
            own.append(min(found[place : place + len(text)]))
            place += len(text) + 1
        blocks = in_order(blocks, own)
    elif direction == "rtl":
        blocks = blocks[::-1]
    return [piece for _, block in blocks for piece in block]


def divided(piece: Piece, room: float) -> list[Piece]:
    """Return a word that is wider than `room` px in parts that are not, unless a single letter is."""
    parts: list[Piece] = []
    text, pieces = piece.text, piece.hand.pieces
    while pieces[text].width > room and len(text) > 1:
        end = _end(text, pieces, room)
        parts.append(pieces[text[:end]])
        text = text[end:]
    return [*parts, pieces[text]]


def _end(text: str, pieces: Pieces, room: float) -> int:
    """Return how many letters of a word a line holds, up to a hyphen if one is among them."""
    ends = [at for at in range(1, len(text)) if not unicodedata.combining(text[at])]
    fitting = [at for at in ends if pieces[text[:at]].width <= room] or ends[:1] or [len(text)]
    return max((at for at in fitting if text[at - 1] in _HYPHENS), default=max(fitting))
