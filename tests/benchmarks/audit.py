"""The sample built in all its languages, and how much of the time its audit takes, out.

    uv run python tests/benchmarks/audit.py
    uv run python tests/benchmarks/audit.py --jobs 2

Both are measured in one run, by one clock; an audit should take less than a tenth of the build.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from clock import Silence

from stele import pipeline
from stele.stages.telling import Request

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Build, and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=1)
    jobs = parser.parse_args().jobs
    spent = 0.0
    audit = pipeline.audit

    def timed(*arguments: object) -> object:
        nonlocal spent
        start = time.perf_counter()
        made = audit(*arguments)  # type: ignore[arg-type]
        spent = time.perf_counter() - start
        return made

    pipeline.audit = timed  # type: ignore[assignment]
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        pipeline.build(Request(ROOT, Path(folder) / "output", jobs=jobs), Silence())
        whole = time.perf_counter() - start
    sys.stdout.write(f"build {whole:.1f} s, its audit {spent:.1f} s: 1 to {whole / spent:.1f}\n")


if __name__ == "__main__":
    main()
