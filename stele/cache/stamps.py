"""A path in, what the file system says of it out: as long as it says the same, nobody has changed what is there."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Stamp: TypeAlias = "tuple[str | int, ...]"


def stamp(path: Path) -> Stamp:
    """Return where a link leads, and of a file its size, when it was written, and when it was changed at all (ns).

    Of a folder, and of what is absent or cannot be asked for, it is said that it is. Inodes are left out: a file server
    may give one file several of them, by and by.
    """
    try:
        found, link = path.lstat(), ""
        if stat.S_ISLNK(found.st_mode):
            link, found = str(path.resolve()), path.stat()
    except (OSError, RuntimeError) as error:  # it is absent, or links lead round and round
        return (type(error).__name__,)
    if not stat.S_ISREG(found.st_mode):
        return link, stat.S_IFMT(found.st_mode)
    return link, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def are_unchanged(stamps: Mapping[Path, Stamp]) -> bool:
    """Say whether all files still have their stamps."""
    return all(stamp(path) == known for path, known in stamps.items())
