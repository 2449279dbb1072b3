"""A request in, the outcome of its build out: what stands already, because nothing that it depends on has changed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from stele import engine, publishing
from stele.cache import pickles
from stele.cache.digests import Digester
from stele.cache.store import Store
from stele.cache.surroundings import surroundings
from stele.sources.fonts import system_folders
from stele.sources.theme import BUILT_IN, BUILT_IN_LOCALES
from stele.stages.telling import READY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from stele.stages.telling import Outcome, Request, Watcher

_READ = ("content", "locales", "templates")


def build(request: Request, watcher: Watcher) -> Outcome:
    """Return the outcome of the last build of the same request where it would be the same again, else build.

    Then nothing is written, and no library is loaded. The output folder must hold what that build made of it, byte for
    byte.
    """
    if request.cache is None:
        return _build(request, watcher)
    store, question = Store(request.cache), _question(request)
    data = store.get(question)
    if data is not None:
        answer: tuple[Outcome, bytes] = pickles.loads(data)
        if _stands(request.output, answer[1]):
            return answer[0]
    outcome = _build(request, watcher)
    if outcome.made and not outcome.failed(request.stage):
        store.put(question, pickles.dumps((outcome, (request.output / publishing.CHECKSUMS).read_bytes())))
    return outcome


def _build(request: Request, watcher: Watcher) -> Outcome:
    if request.scheduler is None:
        engine.get_ready(READY)
    from stele import pipeline  # loads every library, as workers do meanwhile

    return pipeline.build(request, watcher)


def _question(request: Request) -> str:
    """Return the digest of everything that a build depends on."""
    digester = Digester({"project": request.project})
    roots = (*(request.project / name for name in _READ), BUILT_IN, BUILT_IN_LOCALES)
    read = digester.files(path for root in roots for path in root.rglob("*") if path.is_file())
    asked = (request.languages, request.editions, request.stage)
    return digester.digest("build", surroundings(), read, asked, list(_fonts())).hex()


def _fonts() -> Iterator[tuple[str, int, int]]:
    """Yield the fonts of the machine, by their times: to read them all would take longer than all else."""
    for folder in system_folders():
        for path in sorted(folder.rglob("*")):
            stat = path.stat()
            yield str(path), stat.st_size, stat.st_mtime_ns


def _stands(output: Path, checksums: bytes) -> bool:
    """Say whether the folder `output` holds the files that `checksums` list, and no others of ours."""
    try:
        if (output / publishing.CHECKSUMS).read_bytes() != checksums:
            return False
        listed = (line.split("  ", 1) for line in checksums.decode().splitlines())
        return all(hashlib.sha256((output / path).read_bytes()).hexdigest() == digest for digest, path in listed)
    except OSError:
        return False
