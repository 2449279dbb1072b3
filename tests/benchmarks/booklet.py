"""Booklets in, how long they take to print out: Stele beside plain WeasyPrint, Typst and Chromium.

    python -m venv /tmp/typst && /tmp/typst/bin/pip install typst
    uv run python tests/benchmarks/booklet.py                            one booklet of about 48 pages
    uv run python tests/benchmarks/booklet.py --typst /tmp/typst         Typst too
    uv run python tests/benchmarks/booklet.py --shelf                    three booklets in each of twelve languages

Stele builds cold: with nothing remembered, by a command of its own, its website and its audit with it; and its print
alone is told apart, from the same HTML to the same file. Plain WeasyPrint is `HTML(string=…).write_pdf()` in a new
process on that HTML. Typst and Chromium (Debian's) set the same text: Typst its headings and paragraphs in its default
style, Chromium that HTML as far as it understands it. A shelf has some thirteen pages a booklet, and plain WeasyPrint a
process for each: one after another, and then two at once.
"""

from __future__ import annotations

import argparse
import os
import pickle
import shutil
import sys
import tempfile
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
from clock import Silence, Spent, measured, medians, ratio
from texts import LANGUAGES, project, texts

from stele import pipeline
from stele.print.booklet import Booklet
from stele.print.pdf import private_fonts
from stele.stages import looking
from stele.stages.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BUILD = Path(__file__).resolve().parents[2] / "build.py"
NOTES = "STELE_BOOKLET_BENCHMARK"
RUNS = 5
EDITION = '[[editions]]\nname = "{}"\ndocuments = [{}]\nuses = ["screen"]\n'
PLAIN = "import sys, weasyprint; weasyprint.HTML(string=open(sys.argv[1]).read()).write_pdf(sys.argv[2])"
PRINT = """
import gc, os, pickle, sys
from pathlib import Path
from stele.frames import together
from stele.print.finishing import finish
from stele.print.pdf import render
gc.disable()  # as in a worker, and so is what stands around the call
html, roots, name, is_rtl = pickle.loads(Path(sys.argv[1]).read_bytes())
printed = together(render, html, roots, name)
Path(sys.argv[2]).write_bytes(finish(printed.pdf, right_to_left=is_rtl, covers=printed.covers))
os._exit(0)  # as a worker, which is ended when it has nothing more to do
"""
PRINT_ALL = """
import pickle, sys
from pathlib import Path
from stele.engine import Crew, Room, Task
from stele.print.booklet import make_booklet
from stele.print.pdf import private_fonts
from stele.stages.telling import READY
if __name__ == "__main__":
    found = [(Path(task), pickle.loads(Path(task).read_bytes())) for task in sys.argv[1:]]
    tasks = [Task(path.name, make_booklet, arguments, weight=len(arguments[0])) for path, arguments in found]
    with Crew(READY) as crew:
        made = crew.run(tasks, jobs=2, room=Room(private_fonts))
    for (path, _), booklet in zip(found, made, strict=True):
        path.with_suffix(".stele.pdf").write_bytes(booklet.files["screen"])
"""
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"


def noted(*arguments: Any) -> looking.Proofed:
    """Keep what a booklet is made of, and make none."""
    task = Path(os.environ[NOTES]) / f"{arguments[2]}.task"
    task.write_bytes(pickle.dumps(arguments))
    task.with_suffix(".screen").write_bytes(pickle.dumps(arguments[:4]))
    return looking.Proofed(Booklet(arguments[2], {}, 0, ()), {})


def composed(root: Path, folder: Path) -> list[Path]:
    """Return files of the HTML of every booklet of a project, beside all that Stele makes them of."""
    os.environ[NOTES] = str(folder)
    real, looking.make_readable_booklet = looking.make_readable_booklet, noted
    pipeline.build(Request(root, folder / "output"), Silence())
    looking.make_readable_booklet = real
    for path in folder.glob("*.task"):
        path.with_suffix(".html").write_text(pickle.loads(path.read_bytes())[0])  # noqa: S301 (written above)
    return sorted(folder.glob("*.html"))


def printed(task: Path, environment: Mapping[str, str]) -> Spent:
    """Print one booklet by a new process."""
    job = [sys.executable, "-c", PRINT, task.with_suffix(".screen"), task.with_suffix(".stele.pdf")]
    return measured(job, env=environment)


def all_printed(folder: Path, files: list[Path]) -> Spent:
    """Print booklets by one new process and its two workers."""
    script = folder / "print_all.py"
    script.write_text(PRINT_ALL)
    return measured([sys.executable, script, *(file.with_suffix(".task") for file in files)])


def stele(root: Path) -> Spent:
    """Build everything with nothing remembered, on two processors."""
    with tempfile.TemporaryDirectory() as cache:
        return measured([sys.executable, BUILD, "--project", root, "--cache", cache, "--jobs", 2])


def plain(files: list[Path], at_once: int = 1) -> Spent:
    """Print each file by a process of WeasyPrint, so many at once."""
    script = f"printf '%s\\n' \"$@\" | xargs -P {at_once} -I% {sys.executable} -c '{PLAIN}' % %.pdf"
    return measured(["sh", "-c", script, "sh", *files])


def in_typst(folder: Path, root: Path) -> Path:
    """Write the text of a project in Typst's markup."""
    words = "\n\n".join(path.read_text() for path in sorted((root / "content").glob("*.md")))
    lines = [line.replace("#", "=") if line.startswith("#") else line.replace("$", r"\$") for line in words.split("\n")]
    style = '#set page(paper: "a5", numbering: "1")\n#set par(justify: true)\n#set text(9.5pt)\n#outline()\n'
    (folder / "text.typ").write_text(style + "\n".join(lines))
    return folder / "text.typ"


def pages(path: Path) -> int:
    """Return how many pages a PDF has."""
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def one(folder: Path, typst: Path | None) -> None:
    """Compare all on one booklet."""
    written = texts(8, 44, ("en",))
    names = ", ".join(f'"{text.name}"' for text in written)
    root = project(folder / "project", written, ("en",), EDITION.format("book", names))
    (html,) = composed(root, folder)
    jobs: dict[str, tuple[Callable[[], Spent], Path]] = {
        "Stele, its whole build": (partial(stele, root), root / "output/booklets/book.en.screen.pdf"),
        "Stele, its print": (
            partial(printed, html.with_suffix(".task"), {**os.environ, **private_fonts(folder)}),
            html.with_suffix(".stele.pdf"),
        ),
        f"WeasyPrint {version('weasyprint')}": (partial(plain, [html]), Path(f"{html}.pdf")),
    }
    if typst:
        command = [typst / "bin/python", "-c", TYPST, in_typst(folder, root), folder / "typst.pdf"]
        jobs["Typst"] = (partial(measured, command), folder / "typst.pdf")
    if chromium := shutil.which("chromium"):
        flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={folder / 'chromium.pdf'}"]
        jobs["Chromium"] = (partial(measured, [chromium, *flags, html.as_uri()]), folder / "chromium.pdf")
    found = medians(RUNS, *(job for job, _ in jobs.values()))
    for (name, (_, made)), spent in zip(jobs.items(), found, strict=True):
        sys.stdout.write(f"{name:24}{spent} {pages(made):4} pages   {ratio(spent, found[1])}\n")


def shelf(folder: Path) -> None:
    """Compare both on three booklets in each of twelve languages, once."""
    languages = ("en", *LANGUAGES[:11])
    written = texts(9, 13, languages)
    editions = [
        EDITION.format(name, ", ".join(f'"{text.name}"' for text in written[place::3]))
        for place, name in enumerate(("first", "second", "third"))
    ]
    root = project(folder / "project", written, languages, "".join(editions))
    files = composed(root, folder)
    found = {
        "Stele, its print": all_printed(folder, files),
        "Stele, its whole build": stele(root),
        "WeasyPrint, one by one": plain(files),
        "WeasyPrint, two at once": plain(files, 2),
    }
    sys.stdout.write(f"{len(files)} booklets, {sum(pages(Path(f'{file}.pdf')) for file in files)} pages; once\n")
    for name, spent in found.items():
        sys.stdout.write(f"{name:24}{spent}   {ratio(spent, found['Stele, its print'])}\n")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--typst", type=Path, help="an environment that has typst")
    parser.add_argument("--shelf", action="store_true", help="three booklets in each of twelve languages")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="booklet-") as folder:
        if options.shelf:
            shelf(Path(folder))
        else:
            one(Path(folder), options.typst)
        sys.stdout.write(f"load {os.getloadavg()[0]:.1f}\n")


if __name__ == "__main__":
    main()
