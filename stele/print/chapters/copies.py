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
            outcome = work()
            return lambda: outcome
        while len(self._at_work) >= processors:
            self._at_work.pop(0).wait()
        self._at_work.append(copy := _Copy(work))
        return copy.outcome


class _Copy:
    """A copy of this process that does some work, and leaves its outcome in a file: nobody need wait to take it."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self.stream = tempfile.TemporaryFile()  # noqa: SIM115 (closed when it is read)
        self.pid = os.fork()
        self.is_at_work = True
        if self.pid == 0:
            _answer(work, self.stream)

    def wait(self) -> None:
        if self.is_at_work:
            os.waitpid(self.pid, 0)
        self.is_at_work = False

    def outcome(self) -> Any:
        self.wait()
        with self.stream as stream:
            stream.seek(0)
            try:
                kind, value = pickle.load(stream)  # noqa: S301 (of our own making)
            except EOFError:
                raise RuntimeError("the process that wrote a chapter ended unexpectedly") from None
        if kind == "memory":
            raise MemoryError
        if kind == "error":
            raise RuntimeError(value)
        return value


def _answer(work: Callable[[], Any], stream: Any) -> None:
    """Do the work and leave this process, a copy, without what the other does when it ends."""
    try:
        pickle.dump(("value", work()), stream, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        pickle.dump(("memory", ""), stream)
    except BaseException:
        pickle.dump(("error", traceback.format_exc()), stream)
    finally:
        stream.flush()
        os._exit(0)
