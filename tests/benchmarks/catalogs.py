"""Messages in, how long it takes to read and to write a catalog of them out: Stele beside Babel and GNU gettext.

    uv run python tests/benchmarks/catalogs.py            5,000 messages in Russian
    uv run python tests/benchmarks/catalogs.py 20000      as many as asked for

Each reads the same bytes and writes them back, five times in turn; msgcat is a process, whose start is told apart. To
merge a catalog with a new template is compared by merge.py. Times are of the processor.
"""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po, write_po
from clock import measured
from texts import HEADER, catalog, texts

from stele.translation.po.catalog import read_catalog, write_catalog

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 5


def written(count: int) -> bytes:
    """Return a catalog of about `count` messages, as GNU gettext writes it."""
    each = 100  # paragraphs, and a heading for every five of them
    parts = [catalog(text, "ru").partition("\n\n")[2] for text in texts(round(count / each / 1.2), each, ("ru",))]
    plain = (HEADER.format("ru") + "\n" + "\n".join(parts)).encode()
    return subprocess.run(["msgcat", "-"], input=plain, check=True, capture_output=True).stdout


def seconds(work: Callable[[], object]) -> float:
    """Return what a call takes of this processor."""
    gc.collect()
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("count", type=int, nargs="?", default=5_000)
    data = written(parser.parse_args().count)
    ours, theirs = read_catalog(data, "ru.po")[0], read_po(BytesIO(data), "ru")
    if ours is None or write_catalog(ours) != data:
        raise RuntimeError("the catalog is not read and written back as it was")
    jobs: dict[str, Callable[[], object]] = {
        "Stele reads": lambda: read_catalog(data, "ru.po"),
        "Babel reads": lambda: read_po(BytesIO(data), "ru"),
        "Stele writes": lambda: write_catalog(ours),
        "Babel writes": lambda: write_po(BytesIO(), theirs),
    }
    found: dict[str, list[float]] = {name: [] for name in jobs}
    with tempfile.TemporaryDirectory() as folder:
        file, empty = Path(folder, "ru.po"), Path(folder, "empty.po")
        file.write_bytes(data)
        empty.write_text(HEADER.format("ru"))
        for _ in range(RUNS):
            for name, job in jobs.items():
                found[name].append(seconds(job))
            found.setdefault("msgcat reads and writes", []).append(measured(["msgcat", file]).cpu)
            found.setdefault("msgcat starts", []).append(measured(["msgcat", empty]).cpu)
    sys.stdout.write(f"{len(ours.entries):,} entries, {len(data) / 1e6:.1f} MB\n")
    both = median(found["Stele reads"]) + median(found["Stele writes"])
    for name, taken in found.items():
        beside = both if name.startswith("msgcat") else median(found[f"Stele {name.split()[1]}"])
        sys.stdout.write(f"{name:26}{median(taken):8.3f} s   {median(taken) / beside:6.2f} of Stele's\n")


if __name__ == "__main__":
    main()
