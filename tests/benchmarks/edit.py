"""A project in, how long it takes to publish it again out: after no change, and after one translated sentence.

    uv run python tests/benchmarks/edit.py             a book in four languages, five times
    uv run python tests/benchmarks/edit.py --sample    the sample in all of its languages, once: long

First everything is built with nothing remembered; then again with nothing changed, beside a Python that only starts and
loads our commands; then with all files touched, so that they are read to see that nothing changed; then with one msgstr
of one language edited. Each is a command of its own. Of the project of four languages a booklet with an edited word is
also printed by a worker that printed it before, beside a process that begins with it.
"""

from __future__ import annotations

import argparse
import os
import pickle
import re
import shutil
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import booklet
from clock import Spent, measured, medians, ratio
from texts import project, texts

from stele.engine import Crew, Room, Task
from stele.print.booklet import make_booklet
from stele.print.pdf import private_fonts

ROOT = Path(__file__).resolve().parents[2]
RUNS = 5
LABELS = ("cold", "nothing changed", "start of Python", "all touched", "one msgstr edited")
LANGUAGES = ("en", "az", "ru", "tr")
MESSAGE = re.compile(r'^(msgid "(?=.{60}).*"\nmsgstr ")', re.MULTILINE)  # a sentence on one line


class Project:
    """A project that is built again and again."""

    def __init__(self, root: Path, cache: Path) -> None:
        self.root, self.cache, self.edits = root, cache, 0
        self.catalog = next(
            path for path in sorted((root / "locales/ru").rglob("*.po")) if MESSAGE.search(path.read_text())
        )

    def built(self) -> Spent:
        """Build with what is remembered."""
        return measured([sys.executable, ROOT / "build.py", "--project", self.root, "--cache", self.cache, "--jobs", 2])

    def cold(self) -> Spent:
        """Build with nothing remembered."""
        shutil.rmtree(self.cache, ignore_errors=True)
        return self.built()

    def touched(self) -> Spent:
        """Build with what is remembered, of files that were all touched."""
        for path in self.root.rglob("*"):
            path.touch()
        return self.built()

    def edited(self) -> Spent:
        """Build with one translation that is another than before."""
        self.edits += 1
        text = MESSAGE.sub(lambda found: f"{found[1]}{'Слово ' * self.edits}", self.catalog.read_text(), count=1)
        self.catalog.write_text(text)
        return self.built()


def started() -> Spent:
    """Start Python and load what every command needs."""
    return measured([sys.executable, "-c", "import stele.cli"])


def of_four(folder: Path) -> Path:
    """Write a book of about thirty pages in four languages."""
    written = texts(6, 30, LANGUAGES)
    names = ", ".join(f'"{text.name}"' for text in written)
    return project(folder, written, LANGUAGES, booklet.EDITION.format("book", names))


def of_the_sample(folder: Path) -> Path:
    """Copy the sample."""
    for part in ("content", "locales", "templates"):
        shutil.copytree(ROOT / part, folder / part)
    return folder


def warm(task: Path) -> float:
    """Return the seconds of the clock in which a worker prints a booklet that printed it before a word was edited."""
    html, *rest = pickle.loads(task.read_bytes())  # noqa: S301 (written by `booklet.composed`)
    with Crew() as crew:
        for text in (html, html.replace("<p>", "<p>Edited ", 1)):
            began = time.monotonic()
            crew.run([Task("booklet", make_booklet, (text, *rest))], room=Room(private_fonts))
    return time.monotonic() - began


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sample", action="store_true", help="the sample in all of its languages")
    parser.add_argument("--runs", type=int)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="edit-") as name:
        folder = Path(name)
        root = of_the_sample(folder / "project") if options.sample else of_four(folder / "project")
        subject = Project(root, folder / "cache")
        jobs = (subject.cold, subject.built, started, subject.touched, subject.edited)
        found = medians(options.runs or (1 if options.sample else RUNS), *jobs)
        for label, spent in zip(LABELS, found, strict=True):
            sys.stdout.write(f"{label:18}{spent}   {ratio(spent, found[0])}\n")
        if not options.sample:
            (folder / "tasks").mkdir()
            task = booklet.composed(root, folder / "tasks")[0].with_suffix(".task")
            cold = medians(3, partial(booklet.printed, task, {**os.environ, **private_fonts(folder)}))[0].wall
            again = warm(task)
            sys.stdout.write(f"print of one booklet: cold {cold:.2f} s, warm {again:.2f} s: {again / cold:.2f}\n")


if __name__ == "__main__":
    main()
