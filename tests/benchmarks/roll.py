"""A roll of invented names in, what it costs to set it out: Stele's pages of fixed lines beside columns of CSS.

    uv run python tests/benchmarks/roll.py                    50,000 names in three languages, site and booklets
    uv run python tests/benchmarks/roll.py --people 5000      a tenth of it
    uv run python tests/benchmarks/roll.py --only columns     1,000 names both ways, side by side

First the second memorial of the tests is built whole with so many names, language after language, and each stage is
timed, with its memory. Then a small roll is set twice in one language: as Stele sets long ones, and as the style sheet
would. Seconds are of the wall clock and depend on what else the machine does; the ratio does not.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from stele import pipeline
from stele.diagnostics import Stage
from stele.print import rolls
from stele.stages.telling import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))
from make_roll import write

TESTS = Path(__file__).resolve().parents[1]
LANGUAGES = ("fa", "en", "tr")
SMALL = 1_000


class Clock:
    """Times the stages of a build."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, title: str, total: int) -> Iterator[Callable[[str], None]]:  # noqa: ARG002 (what watchers are told)
        """Time one stage."""
        began = time.monotonic()
        yield lambda _: None
        self.seconds[title] = self.seconds.get(title, 0.0) + time.monotonic() - began


def project(folder: Path, people: int) -> Path:
    """Return the folder of the second memorial with so many people."""
    root = folder / f"memorial-{people}"
    shutil.copytree(TESTS / "sites" / "second", root)
    write(root / "content" / "ledger" / "people.csv", people, 1)
    return root


def built(root: Path, tag: str) -> tuple[Clock, float, pipeline.Outcome]:
    """Build one language; return the times of the stages, that of all, and the outcome."""
    clock, began = Clock(), time.monotonic()
    request = Request(root, root / f"output-{tag}", (tag,), stage=Stage.DRAFT, jobs=1)
    outcome = pipeline.build(request, clock)
    return clock, time.monotonic() - began, outcome


def print_whole(folder: Path, people: int) -> None:
    """Print what a memorial with so many people costs in each language."""
    root = project(folder, people)
    for tag in LANGUAGES:
        clock, whole, outcome = built(root, tag)
        failures = [item for item in outcome.diagnostics if item.code == "task-failed"]
        page = root / f"output-{tag}" / "site" / tag / "names" / "index.html"
        book = root / f"output-{tag}" / "booklets" / f"wave.{tag}.screen.pdf"
        sizes = ", ".join(f"{path.name} {path.stat().st_size / 1e6:.1f} MB" for path in (page, book) if path.is_file())
        stages = ", ".join(f"{title.lower()} {seconds:.0f}" for title, seconds in clock.seconds.items())
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        sys.stdout.write(f"{people:,} names, {tag}: {whole:.0f} s ({stages}); {sizes}; workers up to {peak} MB\n")
        for item in failures:
            sys.stdout.write(f"  FAILED: {item.message}\n")


def print_columns(folder: Path) -> None:
    """Print how long a small roll takes as pages of fixed lines, and as columns of CSS."""
    root, seconds = project(folder, SMALL), {}
    for name, long in (("pages of fixed lines", rolls.LONG), ("columns of CSS", SMALL + 1)):
        rolls.LONG = long
        clock, _, _ = built(root, "en")
        seconds[name] = clock.seconds["Printing booklets"]
        sys.stdout.write(f"{SMALL:,} names, {name}: {seconds[name]:.1f} s\n")
    fast, slow = seconds.values()
    sys.stdout.write(f"columns of CSS take {slow / fast:.1f} times as long\n")


def main() -> int:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--only", choices=("whole", "columns"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="roll-") as folder:
        if options.only != "whole":
            print_columns(Path(folder))
        if options.only != "columns":
            print_whole(Path(folder), options.people)
    return 0


if __name__ == "__main__":
    sys.exit(main())
