"""A roll of invented names in, what it costs to set it out: Stele's pages of fixed lines beside columns of CSS.

    uv run python tests/benchmarks/roll.py                    50,000 names in three languages, site and booklets
    uv run python tests/benchmarks/roll.py --people 5000      a tenth of it
    uv run python tests/benchmarks/roll.py --only columns     3,000 names both ways, side by side

First a small roll is set twice in one language: as Stele sets long ones, and as the style sheet would. Then the second
memorial of the tests is built whole with so many names, language after language: its pages, the seconds of all
processors, those of the clock for each stage, and the memory. The clock depends on what else the machine does; the
ratio and the processors hardly do.
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

from pypdfium2 import PdfDocument

from stele import pipeline
from stele.diagnostics import Stage
from stele.print import rolls
from stele.stages.telling import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))
from make_roll import write

TESTS = Path(__file__).resolve().parents[1]
LANGUAGES = ("fa", "en", "tr")
SMALL = 3_000  # from more on rolls are brief
FAILURES = frozenset({"task-failed", "overfull-box", "garbled-text", "invisible-text"})


class Clock:
    """Times the stages of a build."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, title: str, steps: Mapping[str, int]) -> Iterator[Callable[[str], None]]:  # noqa: ARG002 (what watchers are told)
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


def processor_seconds() -> float:
    """Return what this process and the workers that have ended took of all processors."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(item.ru_utime + item.ru_stime for item in used)


def built(root: Path, tag: str) -> tuple[Clock, float, pipeline.Outcome]:
    """Build one language; return the times of the stages, the seconds of processors for all, and the outcome."""
    clock, began = Clock(), processor_seconds()
    request = Request(root, root / f"output-{tag}", (tag,), stage=Stage.DRAFT, jobs=1)
    outcome = pipeline.build(request, clock)
    return clock, processor_seconds() - began, outcome


def pages_of(book: Path) -> int:
    """Return the number of pages of a PDF, 0 if there is none."""
    return len(PdfDocument(book)) if book.is_file() else 0


def print_whole(folder: Path, people: int) -> None:
    """Print what a memorial with so many people costs in each language."""
    root = project(folder, people)
    for tag in LANGUAGES:
        clock, whole, outcome = built(root, tag)
        failures = [item for item in outcome.diagnostics if item.code in FAILURES]
        page = root / f"output-{tag}" / "site" / tag / "names" / "index.html"
        book = root / f"output-{tag}" / "booklets" / f"wave.{tag}.screen.pdf"
        sizes = ", ".join(f"{path.name} {path.stat().st_size / 1e6:.1f} MB" for path in (page, book) if path.is_file())
        stages = ", ".join(f"{title.lower()} {seconds:.0f}" for title, seconds in clock.seconds.items())
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        sys.stdout.write(f"{people:,} names, {tag}: {whole:.0f} s of processors, {pages_of(book)} pages\n")
        sys.stdout.write(f"  by the clock: {stages}\n  {sizes}; workers so far up to {peak} MB\n")
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
