"""Work in, its outcome out, done meanwhile in a copy of this process, which has all in memory that this one has.

So the pages of a chapter are written on one processor while the next chapter is laid out on another. Where a process
cannot be copied, or no processor is to spare, the work is done at once: copies share no memory for long, and cost a
tenth of a booklet.
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

_SHEET = 12  # pages
_ENDED = "the process that wrote a chapter ended unexpectedly"


def at_once(work: Callable[[], Value]) -> Callable[[], Value]:
    """Do some work in this process; return what returns the outcome."""
    outcome = work()
    return lambda: outcome


class Copies:
    """Copies of this process, no more at a time than it may use processors."""

    def __init__(self) -> None:
        self._processors = spare_processors() + 1 if sys.platform == "linux" else 1
        self._at_work: list[_Copy] = []
        self._next = _Copy()

    def __enter__(self) -> Copies:
        return self

    def __exit__(self, *_: object) -> None:
        for copy in self._at_work:
            copy.wait()

    def begin(self, work: Callable[[], Any], pages: int) -> Callable[[], Any]:
        """Begin some work on so many pages, whose outcome can be pickled; return what waits for the outcome.

        That raises `RuntimeError` where the copy failed or was ended, `MemoryError` where it had too little memory. A
        copy is made for a sheet of pages: to make one takes as long as to write a page.
        """
        if self._processors == 1:
            return at_once(work)
        copy, number = self._next, len(self._next.works)
        copy.works.append(work)
        copy.pages += pages
        if copy.pages >= _SHEET:
            self._start()

        def outcome() -> Any:
            if copy is self._next:
                self._do_here()
            return copy.outcome(number)

        return outcome

    def _start(self) -> None:
        while len(self._at_work) >= self._processors:
            self._at_work.pop(0).wait()
        self._next.start()
        self._at_work.append(self._next)
        self._next = _Copy()

    def _do_here(self) -> None:
        """Do what waits for a copy in this process, which would wait for that copy."""
        self._next.outcomes = [_outcome(work) for work in self._next.works]
        self._next = _Copy()


class _Copy:
    """A copy of this process that does some works, and leaves their outcomes in a file: nobody need wait to take them.

    What it did is taken from it as soon as it ends.
    """

    def __init__(self) -> None:
        self.works: list[Callable[[], Any]] = []
        self.pages = 0
        self.outcomes: list[tuple[str, Any]] = []

    def start(self) -> None:
        self.stream = tempfile.TemporaryFile()  # noqa: SIM115 (closed when it is read)
        self.pid = os.fork()
        if self.pid == 0:
            _answer(self.works, self.stream)
        self.works.clear()

    def wait(self) -> None:
        """Wait for the end of the copy, and take what it left."""
        if not self.outcomes:
            os.waitpid(self.pid, 0)
            with self.stream as stream:
                stream.seek(0)
                left = stream.read()
            self.outcomes = pickle.loads(left) if left else [("error", _ENDED)] * self.pages  # noqa: S301 (our own)

    def outcome(self, number: int) -> Any:
        """Return what came of a work; raise what `Copies.begin` says."""
        self.wait()
        kind, value = self.outcomes[number]
        if kind == "memory":
            raise MemoryError
        if kind == "error":
            raise RuntimeError(value)
        return value


def _answer(works: Sequence[Callable[[], Any]], stream: Any) -> None:
    """Do the works and leave this process, a copy, without what the other does when it ends."""
    try:
        stream.write(pickle.dumps([_outcome(work) for work in works], pickle.HIGHEST_PROTOCOL))
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
