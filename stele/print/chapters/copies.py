"""Work in, its outcome out, done meanwhile in a copy of this process, which has all in memory that this one has.

So the pages of a chapter are written on one processor while the next chapter is laid out on another; what no copy has
begun when its outcome is wanted is done by the process that wants it. Where a process cannot be copied, or no processor
is to spare, all is done at once: copies share no memory for long, and cost a tenth of a booklet.
"""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
import traceback
from typing import TYPE_CHECKING, Any, TypeVar

from stele.engine import spare_processors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Value = TypeVar("Value")

_SHEET = 6  # pages: to make a copy takes as long as to write a page
_MOST = 24  # pages that wait to be written, with all their boxes
_ENDED = "error", "the process that wrote a chapter ended unexpectedly"


def at_once(work: Callable[[], Value]) -> Callable[[], Value]:
    """Do some work in this process; return what returns the outcome."""
    outcome = work()
    return lambda: outcome


class Copies:
    """Copies of this process, one at a time for each processor that it does not use itself."""

    def __init__(self) -> None:
        self._spare = spare_processors() if sys.platform == "linux" else 0
        self._at_work: list[_Copy] = []
        self._waiting: list[_Work] = []

    def __enter__(self) -> Copies:
        return self

    def __exit__(self, *_: object) -> None:
        for copy in self._at_work:
            copy.wait()

    def begin(self, work: Callable[[], Any], pages: int) -> Callable[[], Any]:
        """Begin some work on so many pages, whose outcome can be pickled; return what waits for the outcome.

        That raises `RuntimeError` where the work or its copy failed, `MemoryError` where it had too little memory.
        """
        if not self._spare:
            return at_once(work)
        begun = _Work(work, pages)
        self._waiting.append(begun)
        if self._pages_waiting() >= _SHEET:
            self._hand_over(0)
        while self._pages_waiting() > _MOST:
            self._waiting.pop(0).do()
        return lambda: self._outcome(begun)

    def _outcome(self, work: _Work) -> Any:
        if work in self._waiting:
            self._waiting.remove(work)
            self._hand_over(len(self._waiting) // 2)
            work.do()
        return work.outcome()

    def _pages_waiting(self) -> int:
        return sum(work.pages for work in self._waiting)

    def _hand_over(self, first: int) -> None:
        """Give what waits, from the place `first` on, to a copy, if there is a processor for one."""
        self._at_work = [copy for copy in self._at_work if not copy.has_ended()]
        if self._waiting[first:] and len(self._at_work) < self._spare:
            self._at_work.append(_Copy(self._waiting[first:]))
            del self._waiting[first:]


class _Work:
    """Some work on so many pages, and in the end what came of it: done here, or in a copy."""

    def __init__(self, work: Callable[[], Any], pages: int) -> None:
        self.work: Callable[[], Any] | None = work
        self.pages = pages
        self.copy: _Copy | None = None
        self.found: tuple[str, Any] | None = None

    def do(self) -> None:
        """Do it; what it was made of is not needed any more."""
        if self.work:
            self.found = _outcome(self.work)
            self.work = None

    def outcome(self) -> Any:
        """Return what came of it; raise what `Copies.begin` says."""
        if self.copy:
            self.copy.wait()
        kind, value = self.found or _ENDED
        if kind == "memory":
            raise MemoryError
        if kind == "error":
            raise RuntimeError(value)
        return value


class _Copy:
    """A copy of this process that does some works, and leaves their outcomes in a file: nobody need wait to take them.

    What it did is taken from it as soon as it ends.
    """

    def __init__(self, works: Sequence[_Work]) -> None:
        self.works = works
        self.stream = tempfile.TemporaryFile()  # noqa: SIM115 (closed when it is read)
        self.pid = os.fork()
        if self.pid == 0:
            _answer(works, self.stream)
        for work in works:
            work.copy, work.work = self, None

    def has_ended(self) -> bool:
        """Say whether the copy has ended, and take what it left."""
        return self._take(os.WNOHANG)

    def wait(self) -> None:
        """Wait for the end of the copy, and take what it left."""
        self._take(0)

    def _take(self, how: int) -> bool:
        if self.stream.closed:
            return True
        if os.waitpid(self.pid, how) == (0, 0):
            return False
        with self.stream as stream:
            stream.seek(0)
            left = stream.read()
        found = pickle.loads(left) if left else [_ENDED] * len(self.works)  # noqa: S301 (our own)
        for work, outcome in zip(self.works, found, strict=True):
            work.copy, work.found = None, outcome
        return True


def _answer(works: Sequence[_Work], stream: Any) -> None:
    """Do the works and leave this process, a copy, without what the other does when it ends."""
    try:
        for work in works:
            work.do()
        stream.write(pickle.dumps([work.found for work in works], pickle.HIGHEST_PROTOCOL))
        stream.flush()
    finally:
        os._exit(0)


def _outcome(work: Callable[[], Any]) -> tuple[str, Any]:
    try:
        return "value", work()
    except MemoryError:
        return "memory", None
    except BaseException:
        return "error", traceback.format_exc()
