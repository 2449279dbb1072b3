"""Rolls of invented names in, what it costs to print them out: Stele beside Typst and beside columns of CSS.

    python -m venv /tmp/typst && /tmp/typst/bin/pip install typst==0.15.2
    uv run python tests/benchmarks/roll.py /tmp/typst/bin/python       50,000 names, the median of five runs
    uv run python tests/benchmarks/roll.py - --growth 1000 10000 500000

A roll is set in three languages, one of them from right to left: each by a Python of its own, and all by one, as a
worker of Stele prints them. Both programs in turn set the same names in the same typeface to PDFs with letters, folios
and running heads. Stele's have tags and the style of the theme. Typst is given its best: names that are dealt out to
pages and columns beforehand, one text for each column. The columns of plain WeasyPrint would take minutes: they are set
for fewer names, and their time is multiplied, as it grows in proportion at best.
Seconds are those of the processor, with the start of Python and of the renderer, and the most memory is that of the
process. What names take alone is told by rolls of one name; and the seconds of the clock are told, as Typst uses two
processors. The exponent of growth is that between the two largest rolls, as the start is in all of them.
Typst is a benchmark only, and no part of Stele.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from functools import partial
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from clock import Spent, measured, medians, ratio

from stele.print.pdf import private_fonts
from stele.sources import fonts
from stele.sources.theme import BUILT_IN

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))
from make_roll import people

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Job: TypeAlias = "Callable[[], Spent]"

PEOPLE, FEW, RUNS = 50_000, 5_000, 5
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
LINES, COLUMNS = 48, 2  # of Typst's pages: as many as Stele finds for these names
TYPEFACES = {"az": "Noto Serif", "en": "Noto Serif", "fa": "Amiri"}  # by language, as their files call them
TIMES_FASTER, MOST_GROWTH = 50, 1.1  # wanted: than columns of CSS; the exponent by which names cost time
LEAD = 3  # times as long that Typst is to take for all languages; each alone is to be no slower, in half its memory

# What a process of its own does: it writes PDFs beside the pages that it is given.
_STELE = """
import gc, os, sys
gc.disable()  # as in the workers that print booklets, and so is what stands around the call and between two of them
from pathlib import Path
from stele.frames import together
from stele.print.pdf import render
from stele.sources.theme import BUILT_IN
for done, page in enumerate(sys.argv[1:]):
    if done:
        gc.collect()
    if done == 1:
        gc.freeze()
    html = Path(page).read_text(encoding="utf-8")
    Path(page + ".pdf").write_bytes(together(render, html, (BUILT_IN,), "roll", multiple_of=1).pdf)
os._exit(0)  # as a worker, which is ended when it has nothing more to do
"""
_PLAIN = """
import sys, weasyprint
weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[1] + ".pdf")
"""
_TYPST = """
import os, sys, typst
for page in sys.argv[2:]:
    typst.compile(page, output=page + ".pdf", font_paths=[sys.argv[1]], ignore_system_fonts=True)
os._exit(0)
"""


def names(count: int, tag: str) -> list[tuple[str, str, str, bool]]:
    """Return the family, the rest of the name, the years, and whether somebody is kin of the one before, in order."""
    found, is_persian = [], tag == "fa"
    for person in people(count, 1):
        is_latin = person["variants"] and not is_persian
        parts = person["variants"].split(", ") if is_latin else [person["family"], person["given"]]
        years = f"{person['born'][:4]}–1961"
        years = years.translate(PERSIAN) if is_persian else years
        found.append((parts[0], " ".join(parts[1:]), years, person["household"]))
    found.sort()
    return [(*name[:3], at > 0 and name[3] != "" and name[3] == found[at - 1][3]) for at, name in enumerate(found)]


def html_of(listed: list[tuple[str, str, str, bool]], tag: str, *, drawn: bool) -> str:
    """Return a booklet of one roll; if it is not `drawn`, the style sheet sets it in columns."""
    letters: dict[str, list[list[str]]] = {}
    for family, rest, years, kin in listed:
        letters.setdefault(family[0], []).append([f"{family} {rest}", years, "+" if kin else " "])
    if drawn:
        said = [
            [letter, f"letter-{at}", [f"{kin}{name}\x1f{years}" for name, years, kin in group]]
            for at, (letter, group) in enumerate(letters.items())
        ]
        # As composition writes it.
        told = json.dumps({"hands": [], "letters": said}, ensure_ascii=False, separators=(",", ":"))
        roll = f'<script type="application/x-stele-roll">{told}</script>'
    else:
        roll = "".join(
            f"<h3>{letter}</h3><ul>{''.join(f'<li>{name} {years}</li>' for name, years, _ in group)}</ul>"
            for letter, group in letters.items()
        )
        roll = f'<div class="names columns-{COLUMNS}">{roll}</div>'
    sheets = ["shared/fonts.css", *(f"booklet/{name}.css" for name in ("letters", "booklet", "ledger", "rolls"))]
    styles = "".join(f'<link rel="stylesheet" href="{(BUILT_IN / sheet).as_uri()}">' for sheet in sheets)
    digits = "persian" if tag == "fa" else "decimal"
    return (
        f'<html lang="{tag}" dir="{"rtl" if tag == "fa" else "ltr"}"><head><title>Names</title>{styles}'
        f"<style>@counter-style folio {{ system: extends {digits} }}</style></head><body>"
        f'<p class="running-book">Names</p><p class="folio"></p><section class="chapter">'
        f'<p class="running-chapter">Names</p><h1>Names</h1><p>{len(listed)}</p>{roll}</section></body></html>'
    )


def typst_of(listed: list[tuple[str, str, str, bool]], tag: str) -> str:
    """Return the same names dealt out to the columns of pages, in the markup of Typst."""
    lines = [f"{family} {rest} {years}" for family, rest, years, _ in listed]
    columns = [" \\\n".join(lines[at : at + LINES]) for at in range(0, len(lines), LINES)]
    pages = [columns[at : at + COLUMNS] for at in range(0, len(columns), COLUMNS)]
    head = (
        '#set page(width: 148mm, height: 210mm, margin: (x: 15mm, y: 22mm), numbering: "1", header: [Names])\n'
        f'#set text(font: "{TYPEFACES[tag]}", lang: "{tag}", size: 6.9pt, hyphenate: false)\n'
        "#set par(leading: 2.4pt)\n"
    )
    grid = f"#grid(columns: (1fr,) * {COLUMNS}, gutter: 12pt, {{}})"
    return head + "\n#pagebreak()\n".join(grid.format(", ".join(f"[{column}]" for column in page)) for page in pages)


def stele(folder: Path, count: int, tags: Sequence[str]) -> Job:
    """Return what sets rolls that are drawn, one in each language."""
    pages = [written(folder / f"{tag}-{count}.html", html_of(names(count, tag), tag, drawn=True)) for tag in tags]
    return partial(measured, [sys.executable, "-W", "ignore", "-c", _STELE, *pages])


def weasyprint(folder: Path, count: int) -> Job:
    """Return what sets a roll in the columns of its style sheet."""
    page = written(folder / f"columns-{count}.html", html_of(names(count, "en"), "en", drawn=False))
    return partial(measured, [sys.executable, "-W", "ignore", "-c", _PLAIN, page])


def typst(folder: Path, python: str, count: int, tags: Sequence[str]) -> Job:
    """Return what sets rolls in Typst, one in each language."""
    pages = [written(folder / f"{tag}-{count}.typ", typst_of(names(count, tag), tag)) for tag in tags]
    return partial(measured, [python, "-c", _TYPST, folder, *pages])


def written(page: Path, text: str) -> Path:
    """Write a page, and return where it is."""
    page.write_text(text, encoding="utf-8")
    return page


def compare(folder: Path, python: str, count: int, runs: int) -> bool:
    """Print what all ways cost, and the ratios; say whether they are as they are wanted."""
    jobs = stele(folder, count, ["en"]), weasyprint(folder, FEW), weasyprint(folder, 1)
    drawn, columns, nothing = medians(runs, *jobs)
    slow = nothing.cpu + (columns.cpu - nothing.cpu) * count / FEW
    times = slow / drawn.cpu
    told = f"columns of CSS {columns.cpu:.1f} s for {FEW:,} names, so {slow:.0f} s: {times:.0f} times as long"
    sys.stdout.write(f"{count:,} names, Stele, en: {drawn.cpu:.2f} s; {told}\n")
    if times < TIMES_FASTER or python == "-":
        return times >= TIMES_FASTER
    each = [beside_typst(folder, python, count, [tag], runs) for tag in TYPEFACES]
    ours, theirs = beside_typst(folder, python, count, list(TYPEFACES), runs)
    return theirs.cpu >= LEAD * ours.cpu and all(
        min(other.cpu / own.cpu, other.wall / own.wall, other.mib / own.mib / 2) >= 1 for own, other in each
    )


def beside_typst(folder: Path, python: str, count: int, tags: Sequence[str], runs: int) -> tuple[Spent, Spent]:
    """Print and return what rolls in some languages cost, set by one process of Stele, and by one of Typst."""
    jobs = (job for some in (count, 1) for job in (stele(folder, some, tags), typst(folder, python, some, tags)))
    ours, theirs, start, their_start = medians(runs, *jobs)
    alone = (theirs.cpu - their_start.cpu) / (ours.cpu - start.cpu)
    sys.stdout.write(f"{', '.join(tags)}\n  Stele{ours}\n  Typst{theirs}\n")
    sys.stdout.write(f"    times as much: {ratio(theirs, ours)}; CPU for names alone {alone:.2f}\n")
    return ours, theirs


def grow(folder: Path, counts: list[int], runs: int) -> bool:
    """Print what more and more names cost, and by which exponent; say whether that is as it is wanted."""
    found = list(zip(counts, medians(runs, *(stele(folder, count, ["en"]) for count in counts)), strict=True))
    for count, cost in found:
        sys.stdout.write(f"{count:>9,} names{cost}\n")
    (first, least), (last, most) = found[-2:]
    exponent = log(most.cpu / least.cpu) / log(last / first)
    sys.stdout.write(f"time grows with the names to the power of {exponent:.2f}\n")
    return exponent <= MOST_GROWTH


def main() -> int:
    """Print what the command line asks for; return 1 where it is not as wanted."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("typst", help="the Python of an environment that has Typst, - for none")
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--growth", type=int, nargs="+", default=[])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="roll-") as name:
        folder = Path(name)
        files = [fonts.unpacked(file, folder) for file in sorted((BUILT_IN / "shared" / "fonts").glob("*.woff2"))]
        os.environ.update(private_fonts(folder, files))
        if options.growth:
            return 0 if grow(folder, options.growth, options.runs) else 1
        return 0 if compare(folder, options.typst, options.people, options.runs) else 1


if __name__ == "__main__":
    sys.exit(main())
