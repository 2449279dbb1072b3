"""Work in, its outcome out, done meanwhile in a copy of this process, which has all in memory that this one has.

So the pages of a chapter are written on one processor while the next chapter is laid out on another. Where a process
cannot be copied, or there is one processor, the work is done at once.
"""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
import traceback
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")


def at_once(work: Callable[[], Value]) -> Callable[[], Value]:
    """Do some work in this process; return what returns the outcome."""
    outcome = work()
    return lambda: outcome


class Copies:
    """Copies of this process, no more at a time than there are processors."""

    def __init__(self) -> None:
        self._at_work: list[_Copy] = []

    def __enter__(self) -> Copies:
        return self

    def __exit__(self, *_: object) -> None:
        for copy in self._at_work:
            copy.wait()

    def begin(self, work: Callable[[], Value]) -> Callable[[], Value]:
        """Begin some work, whose outcome can be pickled; return what waits for the outcome.

        That raises `RuntimeError` where the copy failed or was ended, `MemoryError` where it had too little memory.
        """
        processors = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
        if processors == 1:
            return at_once(work)
        while len(self._at_work) >= processors:
            self._at_work.pop(0).wait()
        self._at_work.append(copy := _Copy(work))
        return copy.outcome


class _Copy:
    """A copy of this process that does some work, and leaves its outcome in a file: nobody need wait to take it."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self.stream = tempfile.TemporaryFile()  # noqa: SIM115 (closed when it is read)
        self.left: bytes | None = None
        self.pid = os.fork()
        if self.pid == 0:
            _answer(work, self.stream)

    def wait(self) -> None:
        """Wait for the end of the copy, and take what it left."""
        if self.left is None:
            os.waitpid(self.pid, 0)
            with self.stream as stream:
                stream.seek(0)
                self.left = stream.read()

    def outcome(self) -> Any:
        """Return what came of the work; raise what `Copies.begin` says."""
        self.wait()
        if not self.left:
            raise RuntimeError("the process that wrote a chapter ended unexpectedly")
        kind, value = pickle.loads(self.left)  # noqa: S301 (of our own making)
        self.left = b""  # it is asked for once
        if kind == "memory":
            raise MemoryError
        if kind == "error":
            raise RuntimeError(value)
        return value


def _answer(work: Callable[[], Any], stream: Any) -> None:
    """Do the work and leave this process, a copy, without what the other does when it ends."""
    try:
        left = pickle.dumps(("value", work()), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        left = pickle.dumps(("memory", None))
    except BaseException:
        left = pickle.dumps(("error", traceback.format_exc()))
    try:
        stream.write(left)
        stream.flush()
    finally:
        os._exit(0)
