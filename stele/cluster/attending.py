"""A packed task and the files that it reads in, the packed outcome out: runs in a worker of Dask."""

from __future__ import annotations

import os
import pickle
import secrets
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from stele.cache.surroundings import surroundings

if TYPE_CHECKING:
    from collections.abc import Sequence

OTHER = b""  # the answer of a worker that would make other bytes: it has other code or other libraries
_idle: list[subprocess.Popen[bytes]] = []


def attend(
    build: str,
    code: bytes,
    places: Sequence[str],
    ready: Sequence[str],
    call: bytes,
    names: Sequence[str],
    *contents: bytes,
) -> bytes | str:
    """Return the packed outcome of a packed task, of a bug its traceback, or `OTHER`.

    `build` names the folder of this worker below which the files `names` are laid out, each with its content;
    `code` is the digest of what makes the same bytes; `ready` is what a `Crew` loads once. Raises `OSError` or
    `EOFError` where this machine fails: another may try.
    """
    if code != surroundings():
        return OTHER
    folder = _folder(build)
    for name, content in zip(names, contents, strict=True):
        _lay_out(folder / name, content)
    return _by_foreman((str(folder), places, ready, call))


def content(data: bytes) -> bytes:
    """Return what is in a file. As a task it is sent to a worker once, and again when that worker is lost."""
    return data


def tidy(build: str, dask_worker: Any) -> None:
    """Remove the files of a build."""
    shutil.rmtree(Path(dask_worker.local_directory, build), ignore_errors=True)


def _folder(build: str) -> Path:
    from distributed import get_worker

    return Path(get_worker().local_directory, build)


def _lay_out(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all: other tasks of the worker read what lies there."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    unfinished.write_bytes(data)
    unfinished.replace(path)


def _by_foreman(question: tuple[str, Sequence[str], Sequence[str], bytes]) -> bytes | str:
    """Return the answer of a foreman that has nothing to do, of a new one where there is none."""
    try:
        foreman = _idle.pop()
    except IndexError:
        foreman = _started()
    asked, answers = cast("IO[bytes]", foreman.stdin), cast("IO[bytes]", foreman.stdout)
    try:
        pickle.dump(question, asked)
        asked.flush()
        answer: bytes | str = pickle.load(answers)  # noqa: S301 (from a process that this one started)
    except BaseException:
        foreman.kill()
        raise
    _idle.append(foreman)
    return answer


def _started() -> subprocess.Popen[bytes]:
    """Return a new foreman, which ends when this process does: then its input ends."""
    command = [sys.executable, "-m", "stele.cluster.foreman"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)  # noqa: S603
