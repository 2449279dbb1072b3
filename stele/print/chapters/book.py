"""The HTML of a booklet in, its PDF out: chapter by chapter, each laid out as a document of its own, and joined.

What a chapter is made of and where it begins decide all of it, so a process remembers the chapters that it wrote last:
an edit lays out what it changes, and writes the whole anew. Contents name pages that come later. They are laid out with
guessed numbers first, to count their pages, and again when the numbers are known; so is a chapter that refers to a
later one.
"""

from __future__ import annotations

import gc
from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from stele.print import loading
from stele.print.chapters import setting, style_sheets, typefaces
from stele.print.chapters.copies import Copies, at_once
from stele.print.chapters.dividing import divided, whole
from stele.print.chapters.writing import written
from stele.print.fetching import fetcher, is_unchanged

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from stele.print.chapters.dividing import Piece
    from stele.print.chapters.writing import Written

_GUESS = 10  # with two digits, as most pages have
_ROUNDS = 8  # as WeasyPrint's: numbers may change where pages break, and that the numbers
_KEPT = 150  # chapters, of some 10 KB for each page with its words
_LOOSE_PAGES = 60  # whose boxes may be in memory at a time, some 50 MB: most booklets have fewer


@dataclass(frozen=True, slots=True)
class Chapter:
    """A piece as it was made, with what WeasyPrint said meanwhile and the addresses that it was refused."""

    written: Written
    said: tuple[str, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wish:
    """A piece as it is wanted: from page `first` on, told of `numbers`, of which some are `guessed`.

    With the pages before it, it fills a multiple of `multiple_of`.
    """

    piece: Piece
    first: int
    numbers: frozenset[tuple[str, int]]
    guessed: frozenset[str]
    multiple_of: int


@dataclass(frozen=True, slots=True)
class _Counted:
    """A piece that is laid out but for its margins, and what was said, refused and read meanwhile."""

    galley: setting.Galley
    said: tuple[str, ...]
    refused: tuple[str, ...]
    read: Mapping[Path, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Made:
    """A piece: how many pages it seems to have, where its anchors seem to be, and the files that it depends on.

    `chapter` waits for it to be written, and fails where its pages were counted alone.
    """

    pages: int
    anchors: Mapping[str, int]
    read: Mapping[Path, tuple[int, int]]
    chapter: Callable[[], Chapter]


_memory: OrderedDict[Any, _Made] = OrderedDict()


def chapters(html: str, roots: Sequence[Path], name: str, multiple_of: int, said: list[str]) -> tuple[Chapter, ...]:
    """Return the pieces of a book, which fill a multiple of so many pages; `said` is what WeasyPrint says to.

    Meant for a process in which WeasyPrint is mended.
    """
    for prepare in (setting.prepare, style_sheets.prepare, typefaces.prepare):
        prepare()
    with Copies() as copies:
        workshop = Workshop(fetcher(roots, said), name, multiple_of, copies)
        try:
            made = workshop.settled(divided(html, loading.styles(html)))
        except setting.UndividedError:
            made = workshop.settled((whole(html),))
    if sum(chapter.written.pages for chapter in made) > _LOOSE_PAGES:
        gc.collect()  # so that there is room to join them
    return made


def forget() -> None:
    """Remember no chapter."""
    _memory.clear()


class Workshop:
    """Where the pieces of one book are made."""

    def __init__(self, fetcher: Any, name: str, multiple_of: int, copies: Copies) -> None:
        self.fetcher, self.name, self.multiple_of, self.copies = fetcher, name, multiple_of, copies
        self.counted: dict[tuple[Piece, int], _Counted] = {}
        self.own: dict[_Wish, _Made] = {}
        self.loose_pages = 0

    def settled(self, pieces: Sequence[Piece]) -> tuple[Chapter, ...]:
        """Return the pieces, each told the numbers of pages that are true in the end.

        The first round counts pages; those behind the second follow where a number moved what it stands on.
        """
        numbers, _ = self.turn(pieces, {}, may_guess=True)
        for _ in range(_ROUNDS):
            found, wishes = self.turn(pieces, numbers)
            made = [self.settle(wish) for wish in wishes]
            true = {name: page for chapter in made for name, page in chapter.written.anchors.items()}
            if found == numbers == true and [each.written.first for each in made] == _firsts(made):
                break
            numbers = true
        return tuple(made)

    def turn(
        self, pieces: Sequence[Piece], numbers: Mapping[str, int], *, may_guess: bool = False
    ) -> tuple[dict[str, int], list[_Wish]]:
        """Begin to make all pieces; return on which page each anchor seems to be, and how each piece was wanted."""
        found, wishes, first = dict(numbers), list[_Wish](), 1
        for piece in pieces:
            known = piece.references & found.keys()
            guessed = piece.references - known if may_guess else frozenset()
            told = frozenset({name: found.get(name, _GUESS) for name in known | guessed}.items())
            wishes.append(_Wish(piece, first, told, guessed, self.multiple_of if piece is pieces[-1] else 1))
            made = self.made(wishes[-1])
            found.update(made.anchors)
            first += made.pages
        return found, wishes

    def made(self, wish: _Wish) -> _Made:
        """Return a piece as it is remembered, or begin to make it."""
        if wish not in self.own:
            known = _memory.get((wish, self.name, self.fetcher.roots))
            self.remember(wish, known if known and is_unchanged(known.read) else self.anew(wish))
        return self.own[wish]

    def remember(self, wish: _Wish, made: _Made) -> None:
        """Remember a piece: in this book, however long it is, and in this process."""
        key = (wish, self.name, self.fetcher.roots)
        self.own[wish] = _memory[key] = made
        _memory.move_to_end(key)
        while len(_memory) > _KEPT:
            _memory.popitem(last=False)

    def settle(self, wish: _Wish) -> Chapter:
        """Return a piece when it is written, and remember how far it goes indeed; or forget it, if that failed."""
        made = self.made(wish)
        try:
            chapter = made.chapter()
        except BaseException:
            _memory.pop((wish, self.name, self.fetcher.roots), None)
            raise
        self.remember(wish, replace(made, pages=chapter.written.pages, anchors=chapter.written.anchors))
        return chapter

    def anew(self, wish: _Wish) -> _Made:
        """Lay a piece out, or take what was laid out to count it, and begin to write it if nothing is guessed."""
        counted = self.counted.pop((wish.piece, wish.first), None) or self.count(wish)
        length = len(counted.galley.pages)
        pages = length + -(wish.first - 1 + length) % wish.multiple_of
        if wish.guessed:
            if sum(len(each.galley.pages) for each in self.counted.values()) < _LOOSE_PAGES:
                self.counted[wish.piece, wish.first] = counted  # else it is laid out again, for want of room
            return _Made(pages, counted.galley.anchors, counted.read, _never_written)
        before = len(self.fetcher.said), len(self.fetcher.refused)
        known = typefaces.known()

        def chapter() -> tuple[Chapter, Mapping[bytes, bytes]]:
            numbers = dict(wish.numbers)
            document = setting.filled(counted.galley.document(numbers), wish.first - 1, wish.multiple_of)
            made = written(document, wish.piece.html, self.name, wish.first, frozenset(numbers))
            said = (*counted.said, *self.fetcher.said[before[0] :])
            refused = (*counted.refused, *self.fetcher.refused[before[1] :])
            return Chapter(made, said, refused), typefaces.known(but=known)

        begun = at_once(chapter) if wish.piece.is_whole else self.copies.begin(chapter, length)
        return _Made(pages, counted.galley.anchors, counted.read, _once(begun))

    def count(self, wish: _Wish) -> _Counted:
        """Lay a piece out but for what is not known yet."""
        if self.loose_pages > _LOOSE_PAGES:
            gc.collect()  # which workers do not do while they are at a task
            self.loose_pages = 0
        said, refused = len(self.fetcher.said), len(self.fetcher.refused)
        self.fetcher.read.clear()
        page = loading.weasyprint().HTML(string=wish.piece.html, base_url=None, url_fetcher=self.fetcher)
        fonts = loading.fonts(wish.piece.html, self.fetcher.roots)
        galley = setting.Galley(page, fonts, wish.first, dict(wish.numbers))
        self.loose_pages += len(galley.pages)
        if not wish.piece.is_whole:
            galley.check(is_front=wish.first == 1)
        told = tuple(self.fetcher.said[said:]), tuple(self.fetcher.refused[refused:])
        return _Counted(galley, *told, dict(self.fetcher.read))


def _firsts(made: Sequence[Chapter]) -> list[int]:
    """Return on which page each piece begins."""
    return list(accumulate((each.written.pages for each in made[:-1]), initial=1))


def _never_written() -> Chapter:
    raise LookupError("a chapter that was told guesses is not written")


def _once(begun: Callable[[], tuple[Chapter, Mapping[bytes, bytes]]]) -> Callable[[], Chapter]:
    """Return what waits for a chapter to be written, and has it from then on."""

    @cache
    def chapter() -> Chapter:
        made, files = begun()
        typefaces.know(files)
        return made

    return chapter
