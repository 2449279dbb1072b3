"""Folders in, what the file system says of the files in them out: enough to see that nobody has touched them since."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Nanoseconds in which a file may change twice and bear one time: as long as a clock of Linux or Windows ticks, twice
# over; two seconds on FAT and one on HFS, which tell times in whole hundredths.
_TICK, _COARSE_TICK, _HUNDREDTH = 40_000_000, 2_000_000_000, 10_000_000


@dataclass(frozen=True, slots=True)
class Stats:
    """Of each file its path, its size in bytes, when it was written and when changed at all (ns), and its inode.

    Whoever writes to a file may set back the time of its writing, but not that of its change (POSIX, `sys/stat.h`).
    `are_plain` says that none is a link, whose end lies elsewhere, and that all can be read; `began` when they were
    looked at (ns).
    """

    rows: tuple[tuple[str, int, int, int, int], ...]
    are_plain: bool
    began: int

    @property
    def paths(self) -> tuple[Path, ...]:
        """Return the paths of all files."""
        return tuple(Path(row[0]) for row in self.rows)

    @property
    def are_settled(self) -> bool:
        """Say whether any change since is sure to show: the last was longer ago than a tick when all was looked at."""
        changed = [max(row[2:4]) for row in self.rows]
        coarse = max((when for when in changed if when % _HUNDREDTH == 0), default=0)
        newest = max(max(changed, default=0) + _TICK, coarse + _COARSE_TICK)
        return self.are_plain and newest < self.began


def stats(folders: Iterable[Path]) -> Stats:
    """Return the stats of all files in folders and below them; links to folders are not followed."""
    began, rows, are_plain = time.time_ns(), [], True
    for entry in _entries(folders):
        are_plain &= entry.is_file(follow_symlinks=False)
        try:
            found = _asked(entry.path) if entry.is_file() else entry.stat()
        except OSError:  # it went away, is a link that leads nowhere, or nobody may read it
            are_plain = False
            continue
        rows.append((entry.path, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino))
    return Stats(tuple(sorted(rows)), are_plain, began)


def _asked(path: str) -> os.stat_result:
    """Return the stat of a file that is opened for it: so a file server is asked, and no memory of it (nfs(5), ac)."""
    file = os.open(path, os.O_RDONLY)
    try:
        return os.fstat(file)
    finally:
        os.close(file)


def _entries(folders: Iterable[Path]) -> Iterator[os.DirEntry[str]]:
    """Yield what is in folders and below them and is no folder itself."""
    left = [str(folder) for folder in folders]
    while left:
        with suppress(OSError), os.scandir(left.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    left.append(entry.path)
                else:
                    yield entry
