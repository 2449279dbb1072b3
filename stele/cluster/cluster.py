"""Pure tasks in, their outcomes out, in order: done by the workers of a Dask cluster. The door to distributed.

Arguments, files and outcomes travel as bytes. Who is lost with a task is replaced by another, and the task is done
again; the limits of tasks are held on each machine by a crew of its own.
"""

from __future__ import annotations

import logging
import secrets
from collections import deque
from concurrent.futures import CancelledError
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, TypeVar

from stele.cache.surroundings import surroundings
from stele.cluster.attending import OTHER, attend, content, tidy
from stele.cluster.places import Places
from stele.engine import NOTHING, Bug, Failure, Limits, Room, longest_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from stele.engine import Done, Task

Value = TypeVar("Value")

_PATIENCE = 10.0  # seconds for a scheduler to answer, and for its first worker to come
_RETRIES = 3  # of a task whose machine failed it
_DIGEST = 20  # bytes
# Dask advises against bytes among the arguments of tasks, from ten megabytes on: ours are what is to be sent.
_SETTINGS = {"distributed.admin.large-graph-warning-threshold": "4GiB"}

_EXTRA = "pip install 'stele[dask]'"
_NO_SCHEDULER = "start one (dask scheduler), or look whether its address and port can be reached from here"
_NO_WORKERS = "start one on each machine: dask worker"
_LOST = "look into the log of the scheduler, then build again: what is done is remembered"
_OTHER = "install the same version, with the same libraries, on all of its machines: uv sync --frozen --extra dask"


class Unusable(Exception):
    """The cluster cannot do the work, which says why; `hint` is the way out."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Cluster:
    """The workers of a Dask cluster, to be used as a `Crew` is.

    `address` is that of its scheduler, like ``tcp://10.0.0.1:8786``; `folders` hold files that tasks read, by names for
    them; `ready` is what a `Crew` loads once. Raises `Unusable` when it begins, and whenever the cluster is lost.
    """

    def __init__(self, address: str, folders: Mapping[str, Path], ready: Sequence[str] = ()) -> None:
        self._address, self._places, self._ready = address, Places(folders), (*ready,)
        self._build = f"stele-{secrets.token_hex(8)}"
        self._sent: dict[str, Any] = {}
        self._files: dict[Path, Any] = {}

    def __enter__(self) -> Cluster:
        self._client = _client(self._address)
        return self

    def __exit__(self, *_: object) -> None:
        self._sent.clear()
        with suppress(OSError, CancelledError):  # a cluster that is lost has nothing to be tidied
            self._client.run(tidy, self._build, on_error="ignore")
        self._client.close()

    def run(
        self,
        tasks: Sequence[Task[Value]],
        *,
        jobs: int | None = None,  # noqa: ARG002 (a cluster has as many workers as it has)
        limits: Limits | None = None,
        room: Room | None = None,
        done: Done,
        meanwhile: Iterator[None] = NOTHING,
    ) -> tuple[Value | Failure, ...]:
        """Return the outcome of every task, as `Crew.run` does; what is done `meanwhile` is done while they travel."""
        limits, room = limits or Limits(), room or Room()
        places = self._places.with_files([*room.reads, *(path for task in tasks for path in task.reads)])
        waiting = {self._submitted(tasks[place], limits, room, places): place for place in longest_first(tasks)}
        outcomes: dict[int, Any] = {}
        bugs = []
        deque(meanwhile, maxlen=0)
        for future, answer in self._answers(waiting):
            place = waiting.pop(future)
            if isinstance(answer, str):
                bugs.append(Bug(f"task {tasks[place].name!r} failed:\n{answer}"))
                continue
            outcomes[place] = _outcome(tasks[place], answer, places)
            done(tasks[place], outcomes[place])
        for found in bugs:
            raise found
        return tuple(outcomes[place] for place in range(len(tasks)))

    def expect(self, limits: Limits, room: Room) -> None:
        """Do nothing: a cluster starts the workers that a task needs when that comes."""

    def _submitted(self, task: Task[Any], limits: Limits, room: Room, places: Places) -> Any:
        """Return the future of the answer to a task, whose files are sent where they are not yet."""
        import dask

        reads = [path for path in dict.fromkeys((*task.reads, *room.reads)) if path.is_file()]
        parcel = self._build, surroundings(), (*places.folders,), self._ready, places.pack((task, limits, room))
        names = tuple(places.name(path) for path in reads)
        with dask.config.set(_SETTINGS):
            contents = [self._content(path) for path in reads]
            key = f"{task.name}-{secrets.token_hex(8)}"
            return self._client.submit(attend, *parcel, names, *contents, key=key, retries=_RETRIES, pure=False)

    def _content(self, path: Path) -> Any:
        """Return the future of what is in a file: one for all files that hold the same."""
        if path not in self._files:
            data = path.read_bytes()
            key = f"stele-{blake2b(data, digest_size=_DIGEST).hexdigest()}"
            self._files[path] = self._sent.setdefault(key, self._client.submit(content, data, key=key))
        return self._files[path]

    def _answers(self, waiting: Iterable[Any]) -> Iterator[tuple[Any, bytes | str | Exception]]:
        """Yield each future with its answer, as they come: what a machine failed to do with the reason."""
        from distributed import KilledWorker, as_completed

        for future in as_completed([*waiting], loop=self._client.loop):
            try:
                answer = future.result()
            except (KilledWorker, OSError, EOFError) as error:
                yield future, error
                continue
            except CancelledError as error:
                raise Unusable(f"the cluster at {self._address} was lost: {error}", _LOST) from error
            except Exception as error:  # whatever a machine says that cannot load the function
                raise Unusable(f"the cluster at {self._address} cannot run Stele: {error}", _OTHER) from error
            if answer == OTHER:
                raise Unusable(f"a worker of {self._address} has another Stele or other libraries", _OTHER)
            yield future, answer


def _outcome(task: Task[Any], answer: bytes | Exception, places: Places) -> Any:
    if isinstance(answer, bytes):
        return places.unpack(answer)
    return Failure(task.name, "its workers were lost with it, one after another")


def _client(address: str) -> Any:
    """Return a client of the scheduler at `address` that has a worker; raise `Unusable`."""
    try:
        from distributed import Client
    except ImportError as error:
        raise Unusable("distributed is not installed, so there is no way to a scheduler", _EXTRA) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what is lost is told as a diagnostic
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise Unusable(f"no scheduler answers at {address}", _NO_SCHEDULER) from error
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError as error:
        client.close()
        raise Unusable(f"the scheduler at {address} has no workers", f"{_NO_WORKERS} {address}") from error
    return client
