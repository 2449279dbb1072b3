"""The pieces of a book that are next in, those that copies of this process lay out meanwhile out.

Each lays out and writes some pieces that stand together, this process the first of them.
"""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from stele.print.chapters.copies import Copy, most_copies

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from stele.print.chapters.compositor import Count
    from stele.print.chapters.dividing import Piece

    Counts = Callable[[Piece], Count]
    Writes = Callable[[Any], Any]

_MOST = 80_000  # characters, of some 80 pages, whose boxes are in memory then
_FEWEST = 8_000  # to make a copy takes as long as to set half a page
# How many are set in the time that other things take: any piece, however short it is; a number of a page that it tells;
# what the pieces are joined with, which this process loads meanwhile.
_EACH, _REFERENCE, _JOINING = 800, 100, 2_000


class Share:
    """Pieces that a copy of this process counts and then writes as it is told to; `others` were made before it."""

    def __init__(self, pieces: Sequence[Piece], count: Counts, write: Writes, others: Sequence[Share]) -> None:
        self._pieces = pieces
        self._wishes: list[Any] = []
        copies = [other._copy for other in others]  # noqa: SLF001
        self._copy: Copy = Copy(lambda: list(map(count, pieces)), lambda wishes: list(map(write, wishes)), copies)

    def count(self, piece: Piece) -> Count | None:
        """Return what is known of a piece, when all are counted; None where that failed."""
        return self._counts.get(piece)

    def want(self, wish: Any) -> None:
        """Say how one of the pieces is wanted; when that is known of each, they are written."""
        self._wishes.append(wish)
        if len(self._wishes) == len(self._pieces):
            self._copy.ask(self._wishes)

    def written(self, wish: Any) -> Any:
        """Return what came of a wish, when all are fulfilled; None where nothing did."""
        return self._written.get(wish)

    def end(self) -> None:
        """Let go of the copy."""
        self._copy.end()

    def finish(self) -> None:
        """Take what the copy writes, and let go of it."""
        self.written(None)
        self.end()

    @cached_property
    def _counts(self) -> dict[Piece, Count]:
        return dict(zip(self._pieces, self._copy.answer() or (), strict=False))

    @cached_property
    def _written(self) -> dict[Any, Any]:
        if self._counts and len(self._wishes) < len(self._pieces):
            self._copy.ask(self._wishes)
        return dict(zip(self._wishes, self._copy.answer() or (), strict=False))


class Shares:
    """Those of one book."""

    def __init__(self, prepare: Callable[[Piece], None], count: Counts, write: Writes) -> None:
        self.most = most_copies()
        self._prepare, self._count, self._write = prepare, count, write
        self._here: frozenset[Piece] = frozenset()
        self._elsewhere: dict[Piece, Share] = {}
        self._shares: list[Share] = []

    def of(self, piece: Piece) -> Share | None:
        """Return the share that a piece belongs to, None where this process is to lay it out."""
        return self._elsewhere.get(piece)

    def know(self, piece: Piece) -> bool:
        """Say whether it is settled who lays a piece out."""
        return piece in self._here or piece in self._elsewhere

    def divide(self, pieces: Sequence[Piece], own: Sequence[Piece]) -> None:
        """Settle who lays out the pieces that come next: copies too, where they are worth it.

        This process has its `own` to lay out before.
        """
        near, before = _near(pieces), sum(_lengths([*own, *pieces])[: len(own)])
        copies = self.most if sum(near.values()) > _FEWEST else 0
        here, *parts = _parts(near, 1 + copies, before + _JOINING)
        self._here, self._elsewhere = frozenset(here), {}
        if copies:
            self._prepare(pieces[0])
        for part in filter(None, parts):
            self._shares.append(Share(part, self._count, self._write, self._shares))
            self._elsewhere.update(dict.fromkeys(part, self._shares[-1]))

    def finish(self) -> None:
        """Take what copies write, and let go of them."""
        for share in self._shares:
            share.finish()
        self._shares.clear()

    def end(self) -> None:
        """Let go of all copies."""
        for share in self._shares:
            share.end()
        self._shares.clear()


def _near(pieces: Sequence[Piece]) -> dict[Piece, int]:
    """Return the first pieces, as many as there is room for, and how long each is."""
    lengths = _lengths(pieces)
    sums = accumulate(lengths)
    return {piece: length for piece, length, sum_ in zip(pieces, lengths, sums, strict=True) if sum_ <= _MOST}


def _lengths(pieces: Sequence[Piece]) -> list[int]:
    """Return how long it takes to lay out each, in characters of a long one; all have the same head."""
    least = min((len(piece.html) for piece in pieces), default=0)
    return [len(piece.html) - least + _EACH + len(piece.references) * _REFERENCE for piece in pieces]


def _parts(lengths: Mapping[Piece, int], number: int, before: int) -> list[list[Piece]]:
    """Return pieces, in their order, in so many parts that are about equally long; the first has something `before`."""
    parts: list[list[Piece]] = [[] for _ in range(number)]
    whole = before + sum(lengths.values()) + 1
    for piece, length in lengths.items():
        parts[number * (before + length // 2) // whole].append(piece)
        before += length
    return parts
