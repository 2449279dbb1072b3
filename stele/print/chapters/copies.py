"""Work in, its outcome out, done meanwhile in a copy of this process, which has all in memory that this one has.

A copy answers twice: what came of what it is made for, and then what came of what it is asked. What it makes on the way
stays in its memory. Where it fails nobody answers, and who asks does the work, and fails by himself.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager, suppress
from multiprocessing import Pipe
from typing import TYPE_CHECKING, Any, TypeVar

from stele.engine import spare_processors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

Value = TypeVar("Value")


def most_copies() -> int:
    """Return how many copies may work beside this process, each on a processor of its own."""
    return spare_processors() if sys.platform == "linux" else 0


class Copy:
    """A copy of this process; `others` are those that were made before it."""

    def __init__(self, begin: Callable[[], Any], go_on: Callable[[Any], Any], others: Sequence[Copy]) -> None:
        self._connection, its_own = Pipe()
        self._pid = os.fork()
        if self._pid == 0:
            for connection in (self._connection, *(other._connection for other in others)):  # noqa: SLF001
                connection.close()  # so that the end of this process is the end of all
            _answer(its_own, begin, go_on)
        its_own.close()

    def ask(self, question: Any) -> None:
        """Say what it is to go on with."""
        with suppress(OSError):  # then it gives no answer either
            self._connection.send(question)

    def answer(self) -> Any:
        """Return what it answers next, when it does; None where it has failed."""
        try:
            return self._connection.recv()
        except (EOFError, OSError):
            return None

    def end(self) -> None:
        """End it, whatever it does."""
        self._connection.close()
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)


def _answer(connection: Connection, begin: Callable[[], Any], go_on: Callable[[Any], Any]) -> None:
    """Answer twice and leave this process, a copy, without what the other does when it ends."""
    try:
        connection.send(begin())
        connection.send(go_on(connection.recv()))
    finally:
        os._exit(0)


@contextmanager
def beside(work: Callable[[], Value]) -> Iterator[Callable[[], Value]]:
    """Give what returns the outcome of some work, which a copy of this process does meanwhile if it may have one."""
    if most_copies() == 0:
        yield work
        return
    copy = Copy(work, lambda _: None, ())
    try:
        yield lambda: found if (found := copy.answer()) is not None else work()
    finally:
        copy.end()


class Later:
    """Work that this process does when its outcome is wanted, or when more than `most` pages wait for theirs."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._waiting: list[_Work] = []

    def begin(self, work: Callable[[], Value], pages: int) -> Callable[[], Value]:
        """Take on some work on so many pages; return what returns the outcome."""
        taken = _Work(work, pages)
        self._waiting.append(taken)
        while sum(each.pages for each in self._waiting) > self._most:
            self._waiting.pop(0).outcome()
        return taken.outcome

    def do_all(self) -> None:
        """Do what waits."""
        while self._waiting:
            self._waiting.pop(0).outcome()


class _Work:
    """Some work on so many pages, and in the end what came of it."""

    def __init__(self, work: Callable[[], Any], pages: int) -> None:
        self.work: Callable[[], Any] | None = work
        self.pages = pages
        self.found: Any = None

    def outcome(self) -> Any:
        """Return what comes of it; what it was made of is not needed any more."""
        if self.work:
            self.found, self.work, self.pages = self.work(), None, 0
        return self.found
