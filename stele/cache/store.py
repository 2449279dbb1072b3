"""A folder, and bytes by their keys in it: bounded, shared by several builds at once, whole after a kill."""

from __future__ import annotations

import os
import secrets
import time
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 4 * 1024**3
_SEAL = 16  # bytes of a digest before the data: a disk may have lost the rest
_FRESH = 3600.0  # seconds for which a file that is being written is left alone


class Store:
    """Bytes by their keys, each in a file of its own.

    A file appears whole or not at all, and none is ever changed, so readers and writers need no lock. What cannot be
    written is not kept, and what is damaged was never there: no build fails because of what it remembers.
    """

    def __init__(self, folder: Path, max_bytes: int = MAX_BYTES) -> None:
        self.folder, self.max_bytes = folder, max_bytes

    def get(self, key: str) -> bytes | None:
        """Return what is kept under `key`, None where there is nothing."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        seal, content = data[:_SEAL], data[_SEAL:]
        if seal != _seal(content):
            _remove(path)
            return None
        with suppress(OSError):
            os.utime(path)  # what was used last is thrown away last
        return content

    def has(self, key: str) -> bool:
        """Say whether something is kept under `key`, whole or damaged."""
        return self._path(key).exists()

    def put(self, key: str, content: bytes) -> None:
        """Keep `content` under `key`."""
        path = self._path(key)
        unfinished = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with unfinished.open("xb") as file:
                file.write(_seal(content))
                file.write(content)
            unfinished.replace(path)
        except OSError:
            _remove(unfinished)

    def trim(self) -> None:
        """Throw away what was used longest ago, until the rest is no larger than it may be."""
        found = sorted(self._files())
        surplus = sum(size for _, size, _ in found) - self.max_bytes
        now = time.time()
        for used, size, path in found:
            abandoned = path.name.startswith(".") and used < now - _FRESH
            if surplus > 0 or abandoned:
                _remove(path)
                surplus -= size

    def _files(self) -> list[tuple[float, int, Path]]:
        found = []
        for path in self.folder.glob("??/*"):
            with suppress(OSError):
                stat = path.stat()
                found.append((stat.st_mtime, stat.st_size, path))
        return found

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]


def _seal(content: bytes) -> bytes:
    return blake2b(content, digest_size=_SEAL).digest()


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
