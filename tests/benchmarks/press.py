"""The sample in, what it costs to make its booklets ready for a press out, beside what their layout costs.

    uv run python tests/benchmarks/press.py                        az, ru and fa
    uv run python tests/benchmarks/press.py --language de

Each booklet is laid out once and converted in the same worker to every standard and condition, with its slug. Seconds
are of the processor and depend on the machine; the ratio does not.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from datetime import date
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clock import Silence

from stele import pipeline
from stele.language.tags import language
from stele.print.booklet import Booklet, Order
from stele.print.composition import Cover, compose_slug
from stele.print.finishing import finish
from stele.print.pdf import render
from stele.print.press.conditions import CONDITIONS, Press, Standard
from stele.print.press.delivery import deliver
from stele.sources.templating import Templates, safe
from stele.sources.theme import BUILT_IN, Theme
from stele.stages import looking
from stele.stages.request import Request
from stele.translation.interface import Interface

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parents[2]
NOTES = "STELE_PRESS_BENCHMARK"


def timed(html: str, roots: Sequence[Path], name: str, right_to_left: bool, _order: Order) -> Booklet:
    """Return the booklet as a build would, and note what its layout took and what each press file."""
    spent, printed = stopwatch(render, html, roots, name)
    seconds = {"layout": spent}
    slug = slug_html(name.rpartition(".")[2])
    for standard, (paper, condition) in product(Standard, CONDITIONS.items()):
        press = Press(condition, standard, date(2026, 2, 26), right_to_left)
        seconds[f"{standard} {paper}"], delivered = stopwatch(deliver, printed.pdf, press, slug, roots, name)
        if not delivered.pdf:
            raise RuntimeError(delivered.diagnostics)
    (Path(os.environ[NOTES]) / f"{name}.json").write_text(json.dumps([printed.pages, seconds]))
    screen = finish(printed.pdf, right_to_left=right_to_left)
    return Booklet(name, {"screen": screen}, printed.pages, printed.diagnostics)


def stopwatch(function: Callable[..., Any], *arguments: Any) -> tuple[float, Any]:
    """Return the seconds of the processor that a call takes, and its value."""
    began = time.process_time()
    value = function(*arguments)
    return time.process_time() - began, value


def slug_html(tag: str) -> str:
    """Return the slug of a booklet in a language."""
    theme = Theme((BUILT_IN,))
    templates = Templates(theme, Interface(()), tag)
    return compose_slug(Cover("x", safe("Xocalı"), safe("")), language=language(tag), templates=templates, theme=theme)


def main() -> None:
    """Build the sample and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", action="append", help="a language of the sample")
    tags = tuple(parser.parse_args().language or ("az", "ru", "fa"))
    looking.make_readable_booklet = timed
    with tempfile.TemporaryDirectory() as folder:
        os.environ[NOTES] = folder
        pipeline.build(Request(project=ROOT, output=Path(folder) / "output", languages=tags, jobs=1), Silence())
        for path in sorted(Path(folder).glob("*.json")):
            pages, seconds = json.loads(path.read_text())
            layout = seconds.pop("layout")
            sys.stdout.write(f"{path.stem}: {pages} pages, layout {layout:.2f} s\n")
            for name, spent in seconds.items():
                sys.stdout.write(f"    {name:14} {spent:5.2f} s   {spent / layout:.3f} of the layout\n")


if __name__ == "__main__":
    main()
