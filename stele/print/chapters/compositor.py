"""Pieces of a book in, laid out and then written where they stand in it out.

Each is laid out somewhere first, with guesses for the numbers of pages that it tells: so it is known how many pages it
has before it is known where it begins, and whoever does it, in whatever order, makes the same of it.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from stele.print import loading
from stele.print.chapters import setting
from stele.print.chapters.keeping import Chapter
from stele.print.chapters.moving import has_sides
from stele.print.chapters.writing import written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from stele.cache.stamps import Stamp
    from stele.print.chapters.dividing import Piece

GUESS = 10  # with two digits, as most pages have
SOMEWHERE = 3  # a page as good as any but the first
LOOSE_PAGES = 60  # whose boxes may be in memory at a time, some 50 MB: most booklets have fewer


@dataclass(frozen=True, slots=True)
class Wish:
    """A piece as it is wanted: from page `first` on, told of `numbers`, of which some are `guessed`.

    With the pages before it, it fills a multiple of `multiple_of`.
    """

    piece: Piece
    first: int
    numbers: frozenset[tuple[str, int]]
    guessed: frozenset[str]
    multiple_of: int


@dataclass(frozen=True, slots=True)
class Count:
    """What is known of a piece that is laid out: its pages, where its anchors are from `first` on, the files it read.

    Where it `has_sides`, it may have another number of pages if it begins on one of the other side.
    """

    pages: int
    anchors: Mapping[str, int]
    first: int
    has_sides: bool
    read: Mapping[Path, Stamp]

    def is_likely_at(self, first: int) -> bool:
        """Say whether the piece would have as many pages from page `first` on."""
        return (first - self.first) % 2 == 0 or not self.has_sides

    def anchors_from(self, first: int) -> dict[str, int]:
        """Return where its anchors are if it begins on page `first`."""
        return {name: page - self.first + first for name, page in self.anchors.items()}


@dataclass(frozen=True, slots=True)
class Counted:
    """A piece that is laid out but for its margins, what others may know of it, and what was said and refused."""

    galley: setting.Galley
    count: Count
    said: tuple[str, ...]
    refused: tuple[str, ...]

    def __del__(self) -> None:
        """Let go of boxes and styles: they hold on to each other, and would wait for garbage to be collected."""
        context = self.galley.context
        for holder in (context.target_collector, context, *self.galley.pages):
            vars(holder).clear()


class Compositor:
    """Who sets the pieces of the booklet `name`, of what the `fetcher` reads."""

    def __init__(self, fetcher: Any, name: str) -> None:
        self.fetcher, self.name = fetcher, name
        self.held: dict[Piece, Counted] = {}
        self.loose_pages = 0

    def prepare(self, piece: Piece) -> None:
        """Load the fonts and style sheets of a piece, which all have, so that no copy of the process need do it."""
        head, _, _ = piece.html.partition("<body")
        self.lay_out(replace(piece, html=f"{head}<body></body></html>", is_whole=True), 1)

    def hold(self, piece: Piece, counted: Counted) -> None:
        """Have a piece at hand that will be written; for want of room it is laid out again."""
        if sum(each.count.pages for each in self.held.values()) < LOOSE_PAGES:
            self.held[piece] = counted

    def counted_at(self, wish: Wish) -> Counted:
        """Return a piece laid out so that it has the pages that it will have where it is wanted."""
        counted = self.held.pop(wish.piece, None)
        if counted is None and wish.first > 1:
            counted = self.lay_out(wish.piece, SOMEWHERE, on_side=wish.first)
        return counted if counted and counted.count.is_likely_at(wish.first) else self.lay_out(wish.piece, wish.first)

    def chapter(self, wish: Wish, counted: Counted) -> Chapter:
        """Return a piece written where it is wanted."""
        before = len(self.fetcher.said), len(self.fetcher.refused)  # other pieces were laid out meanwhile
        numbers = dict(wish.numbers)
        if not counted.galley.place(wish.first, numbers):
            counted = self.lay_out(wish.piece, wish.first)
            counted.galley.place(wish.first, numbers)
        document = setting.filled(counted.galley.document(), wish.first - 1, wish.multiple_of)
        made = written(document, wish.piece.html, self.name, wish.first, frozenset(numbers))
        said = (*counted.said, *self.fetcher.said[before[0] :])
        refused = (*counted.refused, *self.fetcher.refused[before[1] :])
        return Chapter(made, said, refused)

    def lay_out(self, piece: Piece, first: int, on_side: int = 0) -> Counted:
        """Lay a piece out from page `first` on, with guesses for the numbers of pages elsewhere.

        Where it begins on a page of one side alone, it is laid out from page `on_side` on, if that is known.
        """
        if self.loose_pages > LOOSE_PAGES:
            gc.collect()  # which workers do not do while they are at a task
            self.loose_pages = LOOSE_PAGES // 2  # of a long book less may be in memory when it is joined
        said, refused = len(self.fetcher.said), len(self.fetcher.refused)
        self.fetcher.read.clear()
        page = loading.weasyprint().HTML(string=piece.html, base_url=None, url_fetcher=self.fetcher)
        fonts = loading.fonts(piece.html, self.fetcher.roots)
        galley = setting.Galley(page, fonts, first, dict.fromkeys(piece.references, GUESS), on_side)
        self.loose_pages += len(galley.pages)
        if not piece.is_whole:
            galley.check(is_front=first == 1)
        count = Count(len(galley.pages), galley.anchors, galley.first, has_sides(galley), dict(self.fetcher.read))
        return Counted(galley, count, tuple(self.fetcher.said[said:]), tuple(self.fetcher.refused[refused:]))
