"""The HTML of a booklet in, its PDF out: chapter by chapter, each laid out as a document of its own, and joined.

What a chapter is made of and where it begins decide all of it, so a process remembers the chapters that it wrote last,
and keeps them for other processes: an edit lays out what it changes, and joins the whole anew. Contents name pages that
come later. So all pages are counted first, and a piece is written when the numbers that it tells are known. Copies of
the process take some of the pieces that come next, and do both.
"""

from __future__ import annotations

import gc
from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from stele.cache.stamps import are_unchanged, stamp
from stele.print import loading
from stele.print.chapters import joining, keeping, setting, typefaces
from stele.print.chapters.compositor import GUESS, LOOSE_PAGES, SOMEWHERE, Compositor, Wish
from stele.print.chapters.copies import Later
from stele.print.chapters.dividing import divided, whole
from stele.print.chapters.sharing import Shares
from stele.print.fetching import fetcher

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from stele.cache.keeping import Keeping
    from stele.cache.stamps import Stamp
    from stele.print.chapters.compositor import Count
    from stele.print.chapters.dividing import Piece
    from stele.print.chapters.keeping import Chapter
    from stele.print.chapters.sharing import Share

    Begin = Callable[[], Callable[[], Chapter]]  # begins to write a piece, and returns what waits for it

_ROUNDS = 8  # as WeasyPrint's: numbers may change where pages break, and that the numbers
_KEPT = 150  # chapters, of some 10 KB for each page with its words
_WAITING_PAGES = 24  # that wait to be written while copies of the process are told what they are to write


@dataclass(frozen=True, slots=True)
class _Made:
    """A piece: how many pages it seems to have, where its anchors seem to be, and the files that it depends on.

    `chapter` waits for it to be written, and fails where its pages were counted alone.
    """

    pages: int
    anchors: Mapping[str, int]
    read: Mapping[Path, Stamp]
    chapter: Callable[[], Chapter]


_memory: OrderedDict[Any, _Made] = OrderedDict()


def chapters(
    html: str, roots: Sequence[Path], name: str, multiple_of: int, said: list[str], kept: Keeping | None = None
) -> tuple[Chapter, ...]:
    """Return the pieces of a book, which fill a multiple of so many pages; `said` is what WeasyPrint says to.

    They are taken from where they are `kept`, or kept there.

    Meant for a process in which WeasyPrint is mended.
    """
    for prepare in (setting.prepare, typefaces.prepare):
        prepare()
    workshop = Workshop(fetcher(roots, said), name, multiple_of, kept)
    try:
        made = workshop.settled(divided(html, loading.styles(html)))
    except setting.UndividedError:
        made = workshop.settled((whole(html),))
    finally:
        workshop.shares.end()
    if sum(chapter.written.pages for chapter in made) > LOOSE_PAGES:
        gc.collect()  # so that there is room to join them
    return made


def forget() -> None:
    """Remember no chapter."""
    _memory.clear()


class Workshop:
    """Where the pieces of one book are made."""

    def __init__(self, fetcher: Any, name: str, multiple_of: int, kept: Keeping | None) -> None:
        self.fetcher, self.name, self.multiple_of, self.kept = fetcher, name, multiple_of, kept
        self.compositor = Compositor(fetcher, name)
        self.shares = Shares(self.compositor.prepare, self.count, self.written)
        self.later = Later(_WAITING_PAGES if self.shares.most else 0)
        self.own: dict[Wish, _Made] = {}
        self.ahead: Sequence[Piece] = ()
        self.was_kept = False
        self.files: Mapping[bytes, bytes] = {}

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
    ) -> tuple[dict[str, int], list[Wish]]:
        """Begin to make all pieces; return on which page each anchor seems to be, and how each piece was wanted."""
        found, wishes, first = dict(numbers), list[Wish](), 1
        for place, piece in enumerate(pieces):
            self.ahead = pieces[place:]
            known = piece.references & found.keys()
            guessed = piece.references - known if may_guess else frozenset()
            told = frozenset({name: found.get(name, GUESS) for name in known | guessed}.items())
            wishes.append(Wish(piece, first, told, guessed, self.multiple_of if piece is pieces[-1] else 1))
            made = self.made(wishes[-1])
            found.update(made.anchors)
            first += made.pages
        return found, wishes

    def made(self, wish: Wish) -> _Made:
        """Return a piece as it is remembered, or begin to make it."""
        if wish not in self.own:
            known = _memory.get(self.key(wish))
            found = known if known and are_unchanged(known.read) else self.recalled(wish)
            self.remember(wish, found or self.anew(wish))
            self.was_kept = found is not None
        return self.own[wish]

    def key(self, wish: Wish) -> tuple[object, ...]:
        """Return all that a piece depends on, but for the files that it reads."""
        return wish, self.name, self.fetcher.roots

    def recalled(self, wish: Wish) -> _Made | None:
        """Return a piece that is kept, None where it is not."""
        found = keeping.recalled(self.kept, *self.key(wish)) if self.kept else None
        if found is None:
            return None
        read = {path: stamp(path) for path in found.read}
        return _Made(found.pages, found.anchors, read, partial(_as_kept, found.chapter))

    def keep(self, wish: Wish, piece: keeping.Kept) -> None:
        """Keep a piece for other processes."""
        if self.kept:
            keeping.keep(self.kept, piece, *self.key(wish))

    def remember(self, wish: Wish, made: _Made) -> None:
        """Remember a piece: in this book, however long it is, and in this process."""
        key = self.key(wish)
        self.own[wish] = _memory[key] = made
        _memory.move_to_end(key)
        while len(_memory) > _KEPT:
            _memory.popitem(last=False)

    def settle(self, wish: Wish) -> Chapter:
        """Return a piece when it is written, and remember how far it goes indeed; or forget it, if that failed."""
        made = self.made(wish)
        try:
            chapter = made.chapter()
        except BaseException:
            _memory.pop(self.key(wish), None)
            raise
        pages, anchors = chapter.written.pages, chapter.written.anchors
        self.remember(wish, replace(made, pages=pages, anchors=anchors, chapter=partial(_as_kept, chapter)))
        return chapter

    def anew(self, wish: Wish) -> _Made:
        """Lay a piece out, or have it laid out, and begin to write it if nothing is guessed."""
        count, begin = self.elsewhere(wish) or self.here(wish)
        anchors, read = count.anchors_from(wish.first), count.read
        pages = count.pages + -(wish.first - 1 + count.pages) % wish.multiple_of
        if wish.guessed:
            self.keep(wish, keeping.Kept(pages, anchors, tuple(read)))
            return _Made(pages, anchors, read, partial(_as_kept, None))
        begun = begin()

        @cache
        def made() -> Chapter:
            chapter = begun()
            self.keep(wish, keeping.Kept(chapter.written.pages, chapter.written.anchors, tuple(read), chapter))
            return chapter

        return _Made(pages, anchors, read, made)

    def here(self, wish: Wish) -> tuple[Count, Begin]:
        """Lay a piece out in this process; return what is known of it, and what begins to write it."""
        counted = self.compositor.counted_at(wish)
        if wish.guessed:
            self.compositor.hold(wish.piece, counted)
        count = counted.count
        return count, lambda: self.later.begin(lambda: self.compositor.chapter(wish, counted), count.pages)

    def elsewhere(self, wish: Wish) -> tuple[Count, Begin] | None:
        """Have a piece laid out by a copy of this process, else as `here`; None where none does it.

        No copy is made for one behind a piece that is kept: those behind it may be kept too.
        """
        if not self.was_kept and not self.shares.know(wish.piece) and wish.piece not in self.compositor.held:
            self.share(own=int(wish.first == 1))  # the page that a book opens with is like no other
        share = self.shares.of(wish.piece)
        count = share.count(wish.piece) if share else None
        if share is None or count is None or not count.is_likely_at(wish.first):
            return None

        def begin() -> Callable[[], Chapter]:
            share.want(wish)
            return lambda: self.brought(wish, share)

        return count, begin

    def brought(self, wish: Wish, share: Share) -> Chapter:
        """Return a piece that a copy of this process wrote, or write it here if it did not."""
        chapter, files = share.written(wish) or (None, {})
        typefaces.know(files)
        return chapter or self.compositor.chapter(wish, self.compositor.counted_at(wish))

    def share(self, own: int) -> None:
        """Share out pieces that come next, but so many of its `own`, when those are written that were before."""
        self.later.do_all()
        self.shares.finish()
        self.files = typefaces.known()
        known = self.compositor.held.keys() | {wish.piece for wish, *_ in _memory if not wish.guessed}
        self.shares.divide([piece for piece in self.ahead[own:] if piece not in known], self.ahead[:own])
        joining.prepare()  # copies take as long until they begin

    def count(self, piece: Piece) -> Count:
        """Lay a piece out that is to be written; for copies."""
        self.compositor.held[piece] = counted = self.compositor.lay_out(piece, SOMEWHERE)
        return counted.count

    def written(self, wish: Wish) -> tuple[Chapter, Mapping[bytes, bytes]]:
        """Return a piece and the files of fonts that were not known when pieces were shared out; for copies."""
        made = self.compositor.chapter(wish, self.compositor.counted_at(wish))
        return made, typefaces.known(but=self.files)


def _firsts(made: Sequence[Chapter]) -> list[int]:
    """Return on which page each piece begins."""
    return list(accumulate((each.written.pages for each in made[:-1]), initial=1))


def _as_kept(chapter: Chapter | None) -> Chapter:
    if chapter is None:
        raise LookupError("a chapter that was told guesses is not written")
    return chapter
