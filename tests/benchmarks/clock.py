"""A command in, what it took out: seconds of the clock, seconds of all processors, peak memory.

    from clock import measured, medians        within a benchmark
    python tests/benchmarks/clock.py COMMAND…  prints the three as JSON

The command is run by a process of its own that takes in whoever is left behind: else the work of a worker whose parent
has ended would be counted nowhere.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_TAKES_IN_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER (prctl(2)), on Linux
_PATIENCE = 5.0  # seconds for those who are left behind


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of the clock and of all processors, and the mebibytes of the largest process."""

    wall: float
    cpu: float
    mib: float

    def __str__(self) -> str:
        return f"{self.wall:8.2f} s wall {self.cpu:8.2f} s CPU {self.mib:6.0f} MiB"


class Silence:
    """A watcher that says nothing."""

    @contextmanager
    def stage(self, title: str, steps: Mapping[str, int]) -> Iterator[Callable[[str], None]]:  # noqa: ARG002
        """Watch nothing."""
        yield lambda _: None


def measured(command: Sequence[str | Path], **options: object) -> Spent:
    """Return what a command took; raise `subprocess.CalledProcessError` where it fails. `options` as of `Popen`."""
    clock = [sys.executable, __file__, *map(str, command)]
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # who is installed has been compiled
    told = subprocess.run(clock, check=True, capture_output=True, text=True, **options)  # type: ignore[call-overload]
    return Spent(*json.loads(told.stdout.splitlines()[-1]))


def medians(runs: int, *jobs: Callable[[], Spent]) -> list[Spent]:
    """Return the median of each of several jobs, which take turns: what else the machine does meets them all alike."""
    turns = [[job() for job in jobs] for _ in range(runs)]
    return [
        Spent(*(median(getattr(one, name) for one in of_job) for name in Spent.__slots__))
        for of_job in zip(*turns, strict=True)
    ]


def ratio(theirs: Spent, ours: Spent) -> str:
    """Return how many times as much others take."""
    parts = zip(
        ("wall", "CPU", "memory"), (theirs.wall, theirs.cpu, theirs.mib), (ours.wall, ours.cpu, ours.mib), strict=True
    )
    return ", ".join(f"{name} {one / other:.2f}" for name, one, other in parts if other)


def _run(command: Sequence[str]) -> Spent:
    ctypes.CDLL(None).prctl(_TAKES_IN_ORPHANS, 1, 0, 0, 0)
    began = time.monotonic()
    code = subprocess.run(command, check=False, stdout=sys.stderr).returncode
    wall = time.monotonic() - began
    _take_in(time.monotonic() + _PATIENCE)
    if code:
        sys.exit(code)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _take_in(deadline: float) -> None:
    """Wait for all that a command left behind, and end what stays."""
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid and time.monotonic() > deadline:
            for child in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
                os.kill(int(child), signal.SIGKILL)
        time.sleep(0 if pid else 0.01)


if __name__ == "__main__":
    spent = _run(sys.argv[1:])
    sys.stdout.write(json.dumps([spent.wall, spent.cpu, spent.mib]) + "\n")
