"""A name in, the lines that it takes in a column out, each with its words from left to right.

A name that is wider than the column goes on below, indented by an em: what is said of somebody first, then word by
word; a word that no line holds is divided, behind a hyphen if it has one.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

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
    """Words from left to right, how wide they are together, and by how much the line is indented, in px."""

    words: tuple[Piece, ...]
    width: float
    indent: float


def plain_words(name: str) -> list[str]:
    """Return the words of a name that is in one hand throughout."""
    return name.replace(DETAILS, " ").split(" ")


class Lines:
    """Breaks names into lines; `hands` are that of the booklet, and those of names in other languages."""

    def __init__(self, hands: Sequence[Hand]) -> None:
        """Take the hands in the order in which the names count them."""
        self.hand, *self._others = hands

    def count(self, name: str, room: float, *, is_kin: bool) -> int:
        """Return how many lines a name takes in a column of `room` px."""
        if OTHER not in name and self.width(plain_words(name)) + self.indent(is_kin=is_kin) <= room:
            return 1
        return len(self._broken(name, room, self.indent(is_kin=is_kin)))

    def of(self, name: str, room: float, *, is_kin: bool) -> list[Line]:
        """Return the lines of a name in a column of `room` px."""
        indent = self.indent(is_kin=is_kin)
        rows = self._broken(name, room, indent)
        return [self._line(row, self._below(indent) if number else indent) for number, row in enumerate(rows)]

    def _broken(self, name: str, room: float, indent: float) -> list[list[Piece]]:
        """Return the words of each line in the order of reading."""
        parts = [self._pieces(part) for part in name.split(DETAILS)]
        whole = [piece for part in parts for piece in part]
        if self._width(whole) + indent <= room:
            return [whole]
        rows = [row for part in parts for row in self._rows(part, room, indent)]
        if self.hand.direction == "rtl":
            self._keep_company(rows, room - self._below(indent))
        return rows

    def width(self, words: Sequence[str]) -> float:
        """Return how wide words of the booklet's hand are with the spaces between them, in px."""
        pieces = self.hand.pieces
        return self.hand.space * (len(words) - 1) + sum([pieces[word].width for word in words])

    def indent(self, *, is_kin: bool) -> float:
        """Return how far a name is indented, in px: who belongs to the household above is."""
        return self.hand.size * _KIN_EM if is_kin else 0.0

    def _below(self, indent: float) -> float:
        return indent + self.hand.size * _BELOW_EM

    def _pieces(self, part: str) -> list[Piece]:
        """Return the words of a part of a name in the order of reading."""
        found: list[Piece] = []
        place = 0
        for phrase in _PHRASE.finditer(part):
            hand = self._others[ord(phrase[1]) - FIRST_HAND]
            found += (*_shaped(part[place : phrase.start()], self.hand), *_shaped(phrase[2], hand))
            place = phrase.end()
        return found + _shaped(part[place:], self.hand)

    def _width(self, pieces: Sequence[Piece]) -> float:
        return sum([piece.width for piece in pieces]) + self.hand.space * max(len(pieces) - 1, 0)

    def _rows(self, pieces: Sequence[Piece], room: float, indent: float) -> Iterator[list[Piece]]:
        """Yield the words of each line of a part that may be its first."""
        room -= self._below(indent)
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

    def _line(self, pieces: Sequence[Piece], indent: float) -> Line:
        return Line(tuple(self._ordered(pieces)), self._width(pieces), indent)

    def _ordered(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Return words from left to right. A phrase in another hand is isolated from what is around it."""
        if all(piece.hand is self.hand and not piece.is_turned for piece in pieces):  # as most are
            return list(pieces if self.hand.direction == "ltr" else reversed(pieces))
        blocks: list[tuple[str, list[Piece]]] = []
        for hand, phrase in groupby(pieces, key=lambda piece: piece.hand):
            words = list(phrase)
            if hand is self.hand:
                blocks += [(piece.text, [piece]) for piece in words]
            else:
                blocks.append((_OBJECT, _in_order([(piece.text, [piece]) for piece in words], hand.direction)))
        return _in_order(blocks, self.hand.direction)


def _shaped(text: str, hand: Hand) -> list[Piece]:
    return [hand.pieces[word] for word in text.split(" ") if word]


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
