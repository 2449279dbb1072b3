"""A request in, the outcome of its story out; on the way, what was found and what ends a story early."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from stele import publishing
from stele.cache.digests import Digester
from stele.cache.memory import Memory
from stele.cache.store import Store
from stele.cluster.cluster import Cluster, Unusable
from stele.diagnostics import Diagnostic, Location, sort
from stele.engine import NOTHING, Crew, Failure, Limits, Task
from stele.frames import together
from stele.sources.theme import BUILT_IN, BUILT_IN_LOCALES
from stele.stages.request import Outcome, Request, Watcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from stele.cache.keeping import Keeping
    from stele.engine import Done, Room
    from stele.print.preflight.flaws import Flaw

Arguments = ParamSpec("Arguments")
Value = TypeVar("Value")

TEXT_LIMITS = Limits(seconds=60, memory_mb=2048)
IMAGE_LIMITS = TEXT_LIMITS  # forty million pixels take 3 s and 500 MB; the same limits, so the same workers
PRINT_LIMITS = Limits(seconds=600, memory_mb=3072)
REVIEW_LIMITS = Limits(seconds=1200, memory_mb=4096)  # ten thousand messages in one language, on an old machine


# What most tasks are made with. Not the renderer: it must see the fonts of its worker when it is loaded.
READY = (
    "stele.stages.looking",
    "stele.stages.judging",
    "stele.stages.catalogs",
    "stele.stages.inscribing",
    "stele.audit.auditing",
    "babel.messages.pofile",
    "jinja2",
    "lxml.html",
    "markdown",
    "nh3",
    "pikepdf",
    "PIL.Image",
)


class Stopped(Exception):
    """The story cannot go on; `diagnostics` say why."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        super().__init__("stopped")
        self.diagnostics = tuple(diagnostics)


class Telling:
    """One telling of a story: its request, and what was found on the way.

    Flaws are by the path of a file, `texts` of the pages of a PDF by the SHA-256 of the bytes that were read, and
    `fronts`, pictures of first pages, by the name of an edition in a language.
    """

    def __init__(self, request: Request, watcher: Watcher) -> None:
        self.request, self.watcher = request, watcher
        self.found: list[Diagnostic] = []
        self.flaws: dict[str, tuple[Flaw, ...]] = {}
        self.texts: dict[str, tuple[str, ...]] = {}
        self.fronts: dict[str, bytes] = {}
        self.crew = _crew(request)
        self.memory = _memory(request)

    def stop_at_errors(self) -> None:
        """End here when anything found so far is an error at this stage."""
        if Outcome(tuple(self.found)).failed(self.request.stage):
            raise Stopped(())

    def look_at_output(self) -> None:
        """Refuse a folder of somebody else before the long work, not after it."""
        if problem := publishing.refusal(self.request.output):
            raise Stopped([problem])

    def run(
        self,
        title: str,
        tasks: Sequence[Task[Any]],
        limits: Limits,
        room: Room | None = None,
        meanwhile: Iterator[None] = NOTHING,
    ) -> list[Any]:
        """Return what the tasks made; one that was ended by a limit is reported and left out.

        While workers are at them, this process takes steps of what it does `meanwhile`, as far as it comes.
        """
        with self.watcher.stage(title, Counter(task.part for task in tasks)) as done:
            work = partial(self.crew.run, jobs=self.request.jobs, limits=limits, room=room, meanwhile=meanwhile)
            outcomes = self._outcomes(tasks, work, lambda task, _: done(task.part))
        for item in outcomes:
            if isinstance(item, Failure):
                hint = "make the document smaller or simpler"
                self.found.append(Diagnostic("task-failed", item.reason, Location(item.name), hint))
        return [item for item in outcomes if not isinstance(item, Failure)]

    def _outcomes(self, tasks: Sequence[Task[Any]], work: Callable[..., Sequence[Any]], done: Done) -> Sequence[Any]:
        if self.memory is None:
            return work(tasks, done=done)
        return self.memory.outcomes(tasks, lambda missing, keep: work(missing, done=keep), done)

    def do(self, tasks: Sequence[Task[Value]]) -> list[Value]:
        """Return what short tasks make, in this process: it remembers more than a worker that comes and goes."""
        if self.memory is None:
            return [task.function(*task.arguments) for task in tasks]
        return self.memory.outcomes(tasks, _one_by_one, lambda _, __: None)

    def keeping(self, reads: Iterable[Path], *values: object) -> Keeping | None:
        """Return where a task keeps what it makes on the way of these files and values; a cluster has no such place."""
        return self.memory.keeping(reads, *values) if self.memory and not self.request.scheduler else None

    def vouch(self, value: object, path: Path) -> None:
        """Know a value by the file of which it is made: what depends on the two is the same."""
        if self.memory:
            self.memory.digester.vouch(value, path)

    def look_again(self) -> None:
        """Know no more what is in which file: some were written."""
        self.memory = _memory(self.request)

    def outcome(self, more: Iterable[Diagnostic] = (), **values: Any) -> Outcome:
        """Return what came of it, with everything that was found and `more`."""
        return Outcome(sort([*self.found, *more]), **values)


def _one_by_one(tasks: Sequence[Task[Any]], keep: Done) -> Iterator[Any]:
    for task in tasks:
        outcome = task.function(*task.arguments)
        keep(task, outcome)
        yield outcome


def _crew(request: Request) -> Crew | Cluster:
    return Cluster(request.scheduler, _places(request), READY) if request.scheduler else Crew(READY)


def _memory(request: Request) -> Memory | None:
    return Memory(Store(request.cache), Digester(_places(request))) if request.cache else None


def _places(request: Request) -> dict[str, Path]:
    """Return the folders that may lie elsewhere on another machine, by their names on all."""
    return {"project": request.project, "theme": BUILT_IN, "words": BUILT_IN_LOCALES}


def story(
    tell: Callable[Concatenate[Telling, Arguments], Outcome],
) -> Callable[Concatenate[Request, Watcher, Arguments], Outcome]:
    """Return a function of a request and a watcher that tells a story; what stops it becomes its outcome."""

    def told(request: Request, watcher: Watcher, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Outcome:
        telling = Telling(request, watcher)
        try:
            with telling.crew:
                return together(tell, telling, *args, **kwargs)
        except Stopped as stop:
            return telling.outcome(stop.diagnostics)
        except Unusable as cluster:
            return telling.outcome([Diagnostic("no-cluster", str(cluster), None, cluster.hint)])
        finally:
            if telling.memory:
                telling.memory.store.trim()

    told.__doc__ = tell.__doc__
    return told
