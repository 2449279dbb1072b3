"""Tasks in, their outcomes out: what was done before is remembered, the rest is done and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stele.cache import pickles
from stele.cache.keeping import Keeping, recalled
from stele.cache.surroundings import surroundings
from stele.engine import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from stele.cache.digests import Digester
    from stele.cache.store import Store
    from stele.engine import Done, Task

_NOTHING = object()


class Memory:
    """What earlier builds made, in `store`, by the digest of all that it depends on."""

    def __init__(self, store: Store, digester: Digester) -> None:
        self.store, self.digester = store, digester

    def outcomes(
        self,
        tasks: Sequence[Task[Any]],
        work: Callable[[Sequence[Task[Any]], Done], Iterable[Any]],
        done: Done,
    ) -> list[Any]:
        """Return the outcome of every task in their order; `work` does those that nobody did before.

        Each is kept as soon as it is done. What a limit ended is not: another day it may come to an end; nor is
        what was made while somebody changed a file that it is made of. `done` is told of every task.
        """
        keys = {id(task): self.key(task) for task in tasks}
        found = [recalled(self.store, keys[id(task)], _NOTHING) for task in tasks]

        def keep(task: Task[Any], outcome: Any) -> None:
            if not isinstance(outcome, Failure) and self.digester.are_unchanged(task.reads):
                self.store.put(keys[id(task)], pickles.dumps(outcome))
            done(task, outcome)

        for task, outcome in zip(tasks, found, strict=True):
            if outcome is not _NOTHING:
                done(task, outcome)
        made = iter(work([task for task, outcome in zip(tasks, found, strict=True) if outcome is _NOTHING], keep))
        return [next(made) if outcome is _NOTHING else outcome for outcome in found]

    def key(self, task: Task[Any]) -> str:
        """Return the key of a task: of its function, its arguments, the files that it reads, and what runs it.

        Of one whose outcome names folders of this machine, also of where they lie.
        """
        here = (self.digester.here,) if task.is_local else ()
        parts = surroundings(), task.function, task.arguments, self.digester.files(task.reads)
        return self.digester.digest(*parts, *here).hex()

    def keeping(self, reads: Iterable[Path], *values: object) -> Keeping:
        """Return where a task keeps what it makes on the way of these files and values."""
        files = tuple(reads)
        ground = self.digester.digest(surroundings(), self.digester.files(files), *values)
        return Keeping(self.store.folder, ground, self.digester.stamps(files))
