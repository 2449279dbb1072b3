"""Pure tasks in, their outcomes out, in order: worker processes with limits of memory and time.

Knows nothing of publishing. A worker is started once and kept warm; one that dies, hangs or outgrows its memory is
replaced, and only the task it held is lost.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import tempfile
import time
import traceback
from collections import deque
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from stele.frames import together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from multiprocessing.process import BaseProcess

Value = TypeVar("Value")
# Linux copies a process that has loaded what tasks need. Libraries of other systems need not live through that.
if sys.platform == "linux":
    _PROCESSES = multiprocessing.get_context("forkserver")
else:
    _PROCESSES = multiprocessing.get_context("spawn")

# Objects that tasks left behind. To look whether a small one left a few takes as long as the task itself.
_MUCH = 50_000

Done: TypeAlias = "Callable[[Task[Any], Any], None]"

# What a process does by steps while workers are at their tasks, if it has nothing to do.
NOTHING: Iterator[None] = iter(())


@dataclass(frozen=True, slots=True)
class Limits:
    """What a task may use: wall-clock seconds, and mebibytes of address space where the system can hold to it."""

    seconds: float = 300.0
    memory_mb: int = 3072


@dataclass(frozen=True, slots=True)
class Room:
    """What a worker finds when it starts.

    `furnish` is called with an empty folder, in which it may write, and the files that it `reads`; it returns what is
    set in the environment of the worker before that imports anything. Then the worker may `begin` with what its tasks
    have in common.
    """

    furnish: Callable[[Path, Sequence[Path]], Mapping[str, str]] | None = None
    reads: tuple[Path, ...] = ()
    begin: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class Task(Generic[Value]):
    """A call of an importable function, whose outcome depends on its arguments and on the files that it reads alone.

    `name` tells people what it is, and `part` of what; `weight` is how long it takes beside its like, by any measure.
    The outcome of one that `is_local` names folders of this machine.
    """

    name: str
    function: Callable[..., Value]
    arguments: tuple[Any, ...]
    reads: tuple[Path, ...] = ()
    part: str = ""
    weight: int = 0
    is_local: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """A task that was ended by a limit. `reason` is a sentence without a full stop."""

    name: str
    reason: str


class Bug(RuntimeError):
    """A task failed by a fault of its own; this says which, and has the traceback of its worker."""


@dataclass(slots=True)
class _Spare:
    """A worker's share of the processors that the run to which it belongs has no worker for; unknown to who is none."""

    processors: int | None = None


_spare = _Spare()


def _nobody_asks(task: Task[Any], outcome: Any) -> None:
    pass


def run(
    tasks: Sequence[Task[Value]],
    *,
    jobs: int | None = None,
    limits: Limits | None = None,
    room: Room | None = None,
    done: Done = _nobody_asks,
) -> tuple[Value | Failure, ...]:
    """Return the outcome of every task, in their order.

    `jobs` is the number of worker processes, by default one for each processor. The longest tasks begin first, so that
    no worker is left with one when the others have nothing more to do. `done` is told of each finished task, and what
    came of it. An exception of a task is raised here as `Bug`, when the others are done.
    """
    with Crew() as crew:
        return crew.run(tasks, jobs=jobs, limits=limits, room=room, done=done)


def get_ready(modules: Sequence[str]) -> None:
    """Begin to load what most tasks are made with, where the system can copy a process; return at once."""
    if sys.platform == "linux":
        from multiprocessing import forkserver

        _PROCESSES.set_forkserver_preload([*modules])
        forkserver.ensure_running()


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def spare_processors() -> int:
    """Return how many processors a task may use beside its own: a share of those without a worker; else all others."""
    return processors() - 1 if _spare.processors is None else min(_spare.processors, processors() - 1)


def longest_first(tasks: Sequence[Task[Any]]) -> list[int]:
    """Return the places of tasks in the order in which they are to begin."""
    return sorted(range(len(tasks)), key=lambda place: -tasks[place].weight)


class Crew:
    """Worker processes that stay warm from one run to the next, until the context that it is ends.

    The modules that `ready` names are loaded once for all of them, where the system can copy a process.
    """

    def __init__(self, ready: Sequence[str] = ()) -> None:
        if ready and sys.platform == "linux":
            _PROCESSES.set_forkserver_preload([*ready])
        self._idle: dict[tuple[int, Room], list[_Worker]] = {}
        self._furnished: dict[Room, Mapping[str, str]] = {}
        self._folders = ExitStack()

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        for workers in self._idle.values():
            for worker in workers:
                _end(worker)
        self._folders.close()

    def run(
        self,
        tasks: Sequence[Task[Value]],
        *,
        jobs: int | None = None,
        limits: Limits | None = None,
        room: Room | None = None,
        done: Done = _nobody_asks,
        meanwhile: Iterator[None] = NOTHING,
    ) -> tuple[Value | Failure, ...]:
        """Return the outcome of every task, as `run` does. Workers of one room and memory serve again.

        While they are at it, this process takes steps of what it does `meanwhile`, as far as it comes; a worker that
        has done a task waits for the step to end.
        """
        if not tasks:
            return ()
        limits, room = limits or Limits(), room or Room()
        idle = self._idle.setdefault((limits.memory_mb, room), [])
        pool = _Pool(list(tasks), limits, lambda: self._started(limits, room), done, idle)
        try:
            outcomes = pool.run(jobs or processors(), meanwhile)
        except BaseException:
            pool.close()
            raise
        idle += pool.workers
        return outcomes

    def expect(self, limits: Limits, room: Room) -> None:
        """Start a worker that a run with these limits, in this room, will need; return at once."""
        self._idle.setdefault((limits.memory_mb, room), []).append(self._started(limits, room))

    def _started(self, limits: Limits, room: Room) -> _Worker:
        here, there = _PROCESSES.Pipe()
        environment = {**os.environ, **self._environment(room)}
        arguments = (there, environment, limits.memory_mb, room.begin)
        process = _PROCESSES.Process(target=_serve, args=arguments, daemon=True)
        process.start()
        there.close()
        return _Worker(process, here)

    def _environment(self, room: Room) -> Mapping[str, str]:
        """Return what is set in the workers of a room, which is furnished once."""
        if room.furnish and room not in self._furnished:
            folder = self._folders.enter_context(tempfile.TemporaryDirectory(prefix="stele-"))
            self._furnished[room] = room.furnish(Path(folder), room.reads)
        return self._furnished.get(room, {})


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    index: int = -1
    deadline: float = float("inf")
    function: Callable[..., Any] | None = None


class _Pool:
    def __init__(
        self,
        tasks: list[Task[Any]],
        limits: Limits,
        started: Callable[[], _Worker],
        done: Done,
        idle: list[_Worker],
    ) -> None:
        self.tasks, self.limits, self.started, self.done = tasks, limits, started, done
        self.idle = idle
        self.waiting = deque(longest_first(tasks))
        self.outcomes: dict[int, Any] = {}
        self.bugs: list[Bug] = []
        self.workers: list[_Worker] = []
        self.spare = 0

    def run(self, jobs: int, meanwhile: Iterator[None]) -> tuple[Any, ...]:
        count = min(jobs, len(self.tasks))
        self.spare = (jobs - count) // max(count, 1)
        for _ in range(count):
            self.assign(self.start())
        while len(self.outcomes) < len(self.tasks):
            self.collect(may_wait=next(meanwhile, False) is False)
        for found in self.bugs:
            raise found
        return tuple(self.outcomes[index] for index in range(len(self.tasks)))

    def start(self) -> _Worker:
        worker = self.idle.pop() if self.idle else self.started()
        self.workers.append(worker)
        return worker

    def assign(self, worker: _Worker) -> None:
        if not self.waiting:
            worker.index, worker.deadline = -1, float("inf")
            return
        worker.index = self.waiting.popleft()
        worker.deadline = time.monotonic() + self.limits.seconds
        task = self.tasks[worker.index]
        is_known, worker.function = task.function is worker.function, task.function
        try:
            worker.pipe.send((None if is_known else task.function, task.arguments, self.spare))
        except ConnectionError:
            self.replace(worker, "its process ended unexpectedly")

    def collect(self, *, may_wait: bool) -> None:
        busy = {worker.pipe: worker for worker in self.workers if worker.index >= 0}
        patience = min(worker.deadline for worker in busy.values()) - time.monotonic()
        ready = wait(list(busy), timeout=max(patience, 0) if may_wait else 0)
        for pipe in ready:
            self.receive(busy[pipe])  # type: ignore[index]
        for pipe, worker in busy.items():
            if pipe not in ready and worker.deadline <= time.monotonic():
                self.replace(worker, f"took longer than {self.limits.seconds:g} seconds")

    def receive(self, worker: _Worker) -> None:
        try:
            kind, value = worker.pipe.recv()
        except (EOFError, ConnectionError):
            self.replace(worker, "its process ended unexpectedly")
            return
        if kind == "memory":
            self.replace(worker, f"needed more than {self.limits.memory_mb} MB of memory")
            return
        if kind == "error":
            self.bugs.append(Bug(f"task {self.tasks[worker.index].name!r} failed:\n{value}"))
            self.outcomes[worker.index] = None
        else:
            self.finish(worker.index, value)
        self.assign(worker)

    def finish(self, index: int, value: object) -> None:
        self.outcomes[index] = value
        self.done(self.tasks[index], value)

    def replace(self, worker: _Worker, reason: str) -> None:
        self.finish(worker.index, Failure(self.tasks[worker.index].name, reason))
        self.workers.remove(worker)
        _end(worker)
        if self.waiting:
            self.assign(self.start())

    def close(self) -> None:
        for worker in self.workers:
            _end(worker)


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()


def _serve(pipe: Connection, environment: dict[str, str], memory_mb: int, begin: Callable[[], None] | None) -> None:
    """Run tasks until the pipe closes. A call without a function is for that of the call before.

    The environment is set first: libraries read it as they are loaded.

    Garbage is collected between tasks, where they left much: what a task builds lives about as long as the task, and to
    look through it again and again takes a fifth of the time of a booklet. What was there before, and the libraries
    that the first task loaded, are not looked at.
    """
    os.environ.clear()
    os.environ.update(environment)
    _limit_memory(memory_mb)
    gc.disable()
    if begin:
        begin()
    gc.freeze()
    done = 0
    function: Any = None
    while True:
        try:
            new, arguments, _spare.processors = pipe.recv()
        except EOFError:
            return
        function = new or function
        if gc.get_count()[0] > _MUCH:
            gc.collect()
        if done == 1:
            gc.freeze()
        pipe.send(_answer(function, arguments))
        del arguments
        done += 1


def _answer(function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[str, Any]:
    try:
        return "value", together(function, *arguments)
    except MemoryError:
        return "memory", None
    except Exception:
        return "error", traceback.format_exc()


def _limit_memory(memory_mb: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no address space limit; time still ends a task there
        return
    size = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
