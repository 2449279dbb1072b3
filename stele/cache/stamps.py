"""A path in, what the file system says of it out: as long as it says the same, nobody has changed what is there."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Stamp(NamedTuple):
    """Where a link leads, or why nothing can be said; the kind of what is there (`stat.S_IFMT`).

    Of a file its size, when it was written, and when it was changed at all (ns). Inodes are left out: a file server may
    give one file several of them, by and by.
    """

    leads: str
    kind: int = 0
    size: int = 0
    written: int = 0
    changed: int = 0

    @property
    def is_of_file(self) -> bool:
        """Say whether a file is there."""
        return stat.S_ISREG(self.kind)


def stamp(path: Path) -> Stamp:
    """Return the stamp of what lies at `path` now."""
    try:
        found, link = path.lstat(), ""
        if stat.S_ISLNK(found.st_mode):
            link, found = str(path.resolve()), path.stat()
    except (OSError, RuntimeError) as error:  # it is absent, or links lead round and round
        return Stamp(type(error).__name__)
    kind = stat.S_IFMT(found.st_mode)
    if not stat.S_ISREG(kind):
        return Stamp(link, kind)
    return Stamp(link, kind, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def are_unchanged(stamps: Mapping[Path, Stamp]) -> bool:
    """Say whether all files still have their stamps."""
    return all(stamp(path) == known for path, known in stamps.items())
