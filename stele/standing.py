"""A request in, the outcome of its build out: what stands already, because nothing that it depends on has changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stele import publishing
from stele.cache import pickles
from stele.cache.digests import Digester
from stele.cache.stats import Stats, stats
from stele.cache.store import Store
from stele.cache.surroundings import libraries, surroundings
from stele.sources.fonts import system_folders
from stele.sources.theme import BUILT_IN, BUILT_IN_LOCALES, PACKAGE

if TYPE_CHECKING:
    from pathlib import Path

    from stele.stages.request import Outcome, Request, Watcher

_FOLDERS = ("content", "locales", "templates")


def build(request: Request, watcher: Watcher) -> Outcome:
    """Return the outcome of the last build of the same request where it would be the same again, else build.

    Then nothing is written, and no library is loaded. The output folder must hold what that build made of it, byte for
    byte. As long as nobody touches a file, what folders say of their files is enough; else all is read to see that.
    """
    if request.cache is None:
        return _build(request, watcher)
    store, scene = Store(request.cache), _look(request)
    known = store.get(scene.digest)
    question = known.decode() if known else scene.question
    data = store.get(question)
    if data is not None:
        outcome: Outcome = pickles.loads(data)
        if known or _stands(request.output, outcome.checksums):
            if scene.is_settled and not known:
                store.put(scene.digest, question.encode())
            return outcome
    outcome = _build(request, watcher)
    if outcome.made and not outcome.failed(request.stage):
        _remember(store, request, scene, question, outcome)
    return outcome


def _remember(store: Store, request: Request, scene: _Scene, question: str, outcome: Outcome) -> None:
    """Keep what came of a build: nothing where somebody edited a file meanwhile, for nobody knows which state it saw.

    Where another build has published to the same folder since, what lies there is not said to be of this one.
    """
    if (stats(system_folders()).rows, _read(request).rows) == (scene.fonts.rows, scene.read.rows):
        store.put(question, pickles.dumps(outcome))
        made = replace(scene, made=stats((request.output,)))
        if made.is_settled and _sums(request.output) == outcome.checksums:
            store.put(made.digest, question.encode())


def _build(request: Request, watcher: Watcher) -> Outcome:
    if request.scheduler is None:
        from stele import engine
        from stele.stages.telling import READY

        engine.get_ready(READY)
    from stele import pipeline  # loads every library, as workers do meanwhile

    return pipeline.build(request, watcher)


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is asked of which project, and all files that have to do with it: fonts are never read, they are many."""

    asked: tuple[str, ...]
    project: Path
    fonts: Stats
    code: Stats
    read: Stats
    made: Stats

    @property
    def digest(self) -> str:
        """Return the digest of all that can be seen without reading a file."""
        files = self.fonts.rows, self.code.rows, self.read.rows, self.made.rows
        return Digester().digest("scene", self.asked, str(self.project), libraries().hex(), files).hex()

    @property
    def question(self) -> str:
        """Return the digest of everything that a build depends on."""
        digester = Digester({"project": self.project})
        read = digester.files(self.read.paths)
        return digester.digest("build", self.asked, self.fonts.rows, surroundings(), read).hex()

    @property
    def is_settled(self) -> bool:
        """Say whether the change of any file that is read would make another scene."""
        return all(part.are_settled for part in (self.code, self.read, self.made))


def _look(request: Request) -> _Scene:
    return _Scene(
        (*request.languages, "", *request.editions, "", request.stage.value),
        request.project,
        stats(system_folders()),
        stats((PACKAGE,)),
        _read(request),
        stats((request.output,)),
    )


def _read(request: Request) -> Stats:
    """Return the stats of the files that a build reads."""
    return stats((*(request.project / name for name in _FOLDERS), BUILT_IN, BUILT_IN_LOCALES))


def _stands(output: Path, checksums: bytes) -> bool:
    """Say whether the folder `output` holds the files that `checksums` list, and no others of ours."""
    try:
        if _sums(output) != checksums:
            return False
        listed = (line.split("  ", 1) for line in checksums.decode().splitlines())
        return all(hashlib.sha256((output / path).read_bytes()).hexdigest() == digest for digest, path in listed)
    except OSError:
        return False


def _sums(output: Path) -> bytes | None:
    """Return what the folder `output` says that it holds, None where it says nothing."""
    try:
        return (output / publishing.CHECKSUMS).read_bytes()
    except OSError:
        return None
