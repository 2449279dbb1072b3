"""A booklet in, what laying it out chapter by chapter gains out: beside WeasyPrint alone, and beside itself, warm.

    uv run python tests/benchmarks/chapters.py [--runs 5] [--long 350]

The booklet has the words and the style of the sample: contents, chapters with notes, and links to other chapters. Each
time is that of a new process, from its start to its end, and of all that it starts; a warm edit is one in a process
that printed the booklet before: a word of one chapter is another. What is compared is run in turns, and the median
counts. Processor seconds hardly depend on what else the machine does, seconds on the clock do; memory is the most that
a process had, without the pages that it shares with its copies.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from stele.print.pdf import private_fonts
from stele.sources.theme import BUILT_IN

ROOT = Path(__file__).resolve().parents[2]
SHEETS = ("shared/fonts.css", "booklet/letters.css", "booklet/booklet.css", "booklet/blocks.css")
DOCUMENTS = 100  # which a warm worker prints one after the other

CLOCK = """
import json, resource, sys, time
from pathlib import Path
def spent():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used), time.perf_counter()
def memory(field):
    return next(int(line.split()[1]) / 1024 for line in open("/proc/self/status") if line.startswith(field))
def told(**values): print(json.dumps(values))
page = Path(sys.argv[1]).read_text(encoding="utf-8")
"""
NAIVE = """
from weasyprint import HTML
HTML(string=page).write_pdf()
told(memory=memory("VmHWM"))
"""
OURS = """
import gc
gc.disable()  # as in a worker, and so is what stands around the call
from stele.frames import together
from stele.print.finishing import finish
from stele.print.pdf import render
roots = [Path(folder) for folder in sys.argv[2:]]
def run(page): return finish(together(render, page, roots, "benchmark").pdf, right_to_left=False)
"""
COLD = (
    OURS
    + """
run(page)
told(memory=memory("VmHWM"))
"""
)
WARM = (
    OURS
    + """
words = [f"edited{turn}" for turn in range(4)]
def timed(page):
    began = spent()
    run(page)
    return [after - before for before, after in zip(began, spent())]
cold, *edits = [timed(page.replace("<p>", f"<p>{word} ", 1) if word else page) for word in ("", *words)]
told(cold=cold, edit=sorted(edits)[len(edits) // 2])
"""
)
MANY = (
    OURS
    + f"""
sizes = []
for turn in range({DOCUMENTS}):
    run(page.replace("<p>", f"<p>Document {{turn}}. "))
    gc.collect()
    sizes.append(memory("VmRSS"))
told(tenth=sizes[9], half=sizes[len(sizes) // 2], last=sizes[-1])
"""
)


def booklet(chapters: int) -> str:
    """Return the words of the sample in its style, in so many chapters."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "content").rglob("*.md"))]
    parts = [[html.escape(part) for part in text.split("\n\n") if part.strip()] for text in texts]
    bodies = ["".join(f"<p>{part}</p>" for part in text) for text in parts if len(text) > 5]
    styles = "".join(f'<link rel="stylesheet" href="{(BUILT_IN / name).as_uri()}">' for name in SHEETS)
    head = f"<title>A booklet</title>{styles}<style>@counter-style folio {{ system: extends decimal }}</style>"
    entries = "".join(f'<li><a href="#c{turn}"><span>Chapter {turn}</span></a></li>' for turn in range(chapters))
    running = '<p class="running-book">A booklet</p><p class="folio"></p>'
    sections = "".join(
        f'<section class="chapter" id="c{turn}"><p class="running-chapter">Chapter {turn}</p><header><h1>Chapter {turn}'
        f'</h1></header>{bodies[turn % len(bodies)]}<p>See <a href="#c{max(turn - 1, 0)}">what was said before</a>.'
        '<span class="footnote">A note.</span></p></section>'
        for turn in range(chapters)
    )
    front = f'<section class="title-page"><h1>A booklet</h1></section><nav class="contents"><ol>{entries}</ol></nav>'
    back = '<section class="colophon"><p>Set in Noto Serif.</p></section>'
    body = f"{front}{running}<main>{sections}</main>{back}"
    return f'<!DOCTYPE html><html lang="en" dir="ltr"><head>{head}</head><body>{body}</body></html>'


def measured(code: str, page: Path) -> dict[str, Any]:
    """Return what a program tells of a page, and what its process took: processor seconds, and those on the clock."""
    command = [sys.executable, "-W", "ignore", "-c", CLOCK + code, str(page), str(BUILT_IN)]
    timing = [
        sys.executable,
        "-c",
        CLOCK.split("page =")[0] + "import subprocess\nbegan = spent()\n"
        "subprocess.run(sys.argv[1:], check=True)\n"
        "told(took=[after - before for before, after in zip(began, spent())])",
        *command,
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(timing, check=True, capture_output=True, text=True, env=environment)
    values: dict[str, Any] = {}
    for line in run.stdout.splitlines():
        values |= json.loads(line)
    return values


def medians(found: list[list[float]]) -> list[float]:
    """Return the median of each column."""
    return [median(column) for column in zip(*found, strict=True)]


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    """Print the ratios; return 1 where one misses what is wanted."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--chapters", type=int, default=20, help="of some 3 pages each")
    parser.add_argument("--long", type=int, default=350, help="chapters of the long book; 0 leaves it out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="chapters-") as folder:
        os.environ.update(private_fonts(Path(folder)))
        page = Path(folder) / "booklet.html"
        page.write_text(booklet(options.chapters), encoding="utf-8")
        turns = [(measured(NAIVE, page), measured(COLD, page), measured(WARM, page)) for _ in range(options.runs)]
        naive, cold = (medians([turn[which]["took"] for turn in turns]) for which in (0, 1))
        first, edit = (medians([turn[2][which] for turn in turns]) for which in ("cold", "edit"))
        say(f"WeasyPrint alone    {naive[0]:6.2f} s of processor, {naive[1]:6.2f} s on the clock")
        say(f"Stele, a new process{cold[0]:6.2f} s of processor, {cold[1]:6.2f} s on the clock")
        say(f"  so many times as fast: {naive[0] / cold[0]:.2f}, {naive[1] / cold[1]:.2f} (wanted on the clock: 1.5)")
        say(f"a warm edit         {edit[0]:6.2f} s of processor, {edit[1]:6.2f} s on the clock")
        shares = edit[0] / cold[0], edit[1] / cold[1]
        say(
            f"  of a new process: {shares[0]:.2f}, {shares[1]:.2f} (wanted: 0.25);"
            f" of a first print in a warm one: {edit[0] / first[0]:.2f}"
        )
        many = measured(MANY, page)
        say(
            f"memory of a worker after 10, 50, 100 documents:"
            f" {many['tenth']:.0f}, {many['half']:.0f}, {many['last']:.0f} MB"
        )
        share = 0.0
        if options.long:
            page.write_text(booklet(options.long), encoding="utf-8")
            whole, ours = measured(NAIVE, page), measured(COLD, page)
            share = ours["memory"] / whole["memory"]
            say(f"a long book: WeasyPrint alone {whole['memory']:.0f} MB, Stele {ours['memory']:.0f} MB")
            say(
                f"  of that: {share:.2f} (wanted: 0.5), and of its processor seconds:"
                f" {ours['took'][0] / whole['took'][0]:.2f}"
            )
    return 0 if naive[1] / cold[1] >= 1.5 and max(shares) <= 0.25 and share <= 0.5 else 1


if __name__ == "__main__":
    sys.exit(main())
