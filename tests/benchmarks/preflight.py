"""How long the checks of a file take beside its rendering: python tests/benchmarks/preflight.py FILE.pdf [FILE.pdf …].

Prints, for each file, seconds of the processor for the facts in its bytes and for its plates, and Ghostscript's for the
same plates.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from stele.audit.coverage import DPI, most_ink
from stele.print.preflight.checks import preflight
from stele.print.preflight.proof import Job, proof


def main() -> None:
    for name in sys.argv[1:]:
        pdf = Path(name).read_bytes()
        start = time.process_time()
        with proof(pdf, Job("press")) as opened:
            found = list(preflight(opened))
            facts = time.process_time()
            pages = len(most_ink(opened.pdf, range(1, len(opened.sheets) + 1)))
        plates = time.process_time()
        print(  # noqa: T201
            f"{Path(name).name}: {pages} pages, {len(found)} findings; facts {facts - start:.2f} s,"
            f" plates {plates - facts:.2f} s, Ghostscript's {by_ghostscript(name):.2f} s"
        )


def by_ghostscript(name: str) -> float:
    """Return the seconds of the processor that Ghostscript takes for the plates."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=tiffsep", f"-r{DPI}"]
        before = _of_children()
        subprocess.run([*command, f"-sOutputFile={folder}/%d.tif", name], check=True)
        return _of_children() - before


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
