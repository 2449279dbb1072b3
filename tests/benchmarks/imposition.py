"""A booklet of some 200 pages in, how long it takes to put it on sheets out: Stele beside pdfimpose.

    python -m venv /tmp/pdfimpose && /tmp/pdfimpose/bin/pip install pdfimpose
    uv run python tests/benchmarks/imposition.py /tmp/pdfimpose/bin/python

pdfimpose is under the AGPL: it is no part of Stele, and has a Python of its own. The booklet has the words and the
style of the sample. pdfimpose loses its structure tree. So the same work is to impose it without one; and since Stele
keeps it, it is shown too what that costs. Each is timed within a Python that has everything loaded, and as a command
that starts one. Seconds are of the processor, the least of some runs: what else the machine does hardly changes them.
"""

from __future__ import annotations

import argparse
import html
import os
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

import pikepdf

from stele.print.finishing import finish
from stele.print.pdf import private_fonts, render
from stele.sources.theme import BUILT_IN

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = 112  # of the sample's documents, again and again: about 200 pages
RUNS = 5
TAGGED, UNTAGGED = "with its structure tree", "without"
WANTED = 5.0  # times as fast

STELE = """
from pathlib import Path
from stele.print.imposition.office import impose
def run(): Path({to!r}).write_bytes(impose(Path({of!r}).read_bytes(), right_to_left=False))
"""
PDFIMPOSE = """
from pdfimpose.schema import saddle
def run(): saddle.impose([{of!r}], {to!r}, signature=(2, 1), group=0)
"""
CLOCK = """
import subprocess, sys
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
def spent():
    return sum(used.ru_utime + used.ru_stime for used in map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN)))
def seconds(work):
    began = spent()
    work()
    return spent() - began
run()
command = [sys.executable, "-c", {code!r} + "run()"]
print(min(seconds(run) for _ in range({runs})))
print(min(seconds(lambda: subprocess.run(command, check=True)) for _ in range({runs})))
"""


def booklet(folder: Path) -> bytes:
    """Return the sample's words, again and again, in the sample's style."""
    os.environ.update(private_fonts(folder))
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "content").rglob("*.md"))]
    chapters = ["".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n")) for text in texts]
    sections = "".join(
        f'<section class="chapter"><h1>{turn}</h1>{chapters[turn % len(chapters)]}</section>'
        for turn in range(CHAPTERS)
    )
    sheets = (BUILT_IN / name for name in ("shared/fonts.css", "booklet/booklet.css"))
    styles = "".join(f'<link rel="stylesheet" href="{sheet.as_uri()}">' for sheet in sheets)
    head = f"<title>A booklet</title>{styles}<style>@counter-style folio {{ system: extends decimal }}</style>"
    page = f'<html lang="en"><head>{head}</head><body>{sections}</body></html>'
    return finish(render(page, (BUILT_IN,), "benchmark").pdf, right_to_left=False)


def without_tags(data: bytes) -> bytes:
    """Return the booklet without its structure tree."""
    with pikepdf.open(BytesIO(data)) as pdf:
        del pdf.Root.StructTreeRoot
        stream = BytesIO()
        pdf.save(stream)
    return stream.getvalue()


def measured(python: str, code: str, of: Path) -> tuple[float, float]:
    """Return how many seconds an imposition takes in a warm Python, and as a command."""
    code = code.format(of=str(of), to=str(of.with_suffix(".sheets.pdf")))
    script = code + CLOCK.format(code=code, runs=RUNS)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)} if python == sys.executable else dict(os.environ)
    told = subprocess.run([python, "-c", script], check=True, capture_output=True, text=True, env=environment)
    warm, command = map(float, told.stdout.split()[-2:])
    return warm, command


def can_impose(python: str) -> bool:
    """Say whether there is such a Python, and it has pdfimpose."""
    try:
        return subprocess.run([python, "-c", "import pdfimpose"], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def main() -> int:
    """Print both times of both, and the ratio; return 1 where Stele does the same work less fast than wanted."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("python", help="the Python of an environment that has pdfimpose")
    python = parser.parse_args().python
    if not can_impose(python):
        sys.stdout.write(f"skipped: {python} has no pdfimpose\n")
        return 0
    ratios: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="imposition-") as folder:
        tagged = booklet(Path(folder))
        with pikepdf.open(BytesIO(tagged)) as pdf:
            sys.stdout.write(f"{len(pdf.pages)} pages, {len(tagged) / 1e6:.1f} MB\n")
        for name, data in ((TAGGED, tagged), (UNTAGGED, without_tags(tagged))):
            path = Path(folder) / f"{name.replace(' ', '-')}.pdf"
            path.write_bytes(data)
            pairs = tuple(zip(measured(sys.executable, STELE, path), measured(python, PDFIMPOSE, path), strict=True))
            ratios[name] = [theirs / ours for ours, theirs in pairs]
            for how, (ours, theirs) in zip(("warm", "as a command"), pairs, strict=True):
                times = theirs / ours
                sys.stdout.write(f"{name}, {how}: Stele {ours:.2f} s, pdfimpose {theirs:.2f} s, {times:.1f} times\n")
    return 0 if min(ratios[UNTAGGED]) >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
