"""The sample in one language in, what every part of the way takes beside its PDF out.

    uv run python tests/benchmarks/path.py                     English and Azerbaijani
    uv run python tests/benchmarks/path.py --language ru       another language, beside the source

Everything is done in one process on one processor, so that its seconds can be told apart: with more of them the PDF
makes copies of the process, whose seconds nobody would count. None of the parts should take more than a tenth of what
the PDF takes. The first use of a library is part of the part that uses it, and a part within another, as the EPUB is
within the site, is counted by itself.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import time
from collections import Counter
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clock import Silence

from stele import engine, pipeline
from stele.print import booklet
from stele.print.pdf import private_fonts
from stele.stages import auditing, looking, weaving
from stele.stages.request import Request

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[2]
PDF = "PDF"
PARTS = (
    (pipeline, "read", "Markdown, templates, messages"),
    (pipeline, "localize", "localizing"),
    (pipeline, "check_wording", "review and rules"),
    (booklet, "render", PDF),
    (booklet, "finish", "finishing"),
    (booklet, "impose", "imposition"),
    (booklet, "deliver", "press conversion"),
    (looking, "proof", "preflight"),
    (looking, "preflight", "preflight"),
    (looking, "too_much_ink", "plates"),
    (looking, "read_back", "reading the pages back"),
    (looking, "picture", "EPUB"),
    (weaving, "bind", "EPUB"),
    (weaving.Loom, "__init__", "site"),
    (weaving.Loom, "weave", "site"),
    (auditing.Audit, "conclude", "audit"),
)
WANTED = 0.1


def clocked(seconds: Counter[str], function: Any, name: str) -> Any:
    """Return the function such that its seconds of the processor are counted, without those of parts within it."""

    @wraps(function)
    def run(*arguments: Any, **options: Any) -> Any:
        began, others = time.process_time(), seconds.total()
        value = function(*arguments, **options)
        value = list(value) if hasattr(value, "__next__") else value
        seconds[name] += time.process_time() - began - (seconds.total() - others)
        return value

    return run


def here(_crew: engine.Crew, tasks: Sequence[engine.Task[Any]], **options: Any) -> tuple[Any, ...]:
    """Do in this process what a crew would do in its workers."""
    made = []
    for task in tasks:
        made.append(task.function(*task.arguments))
        options["done"](task, made[-1])
    return tuple(made)


def main() -> int:
    """Build, and print the table; return 1 where a part takes more than wanted."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--language", action="append", help="a language of the sample")
    languages = tuple(parser.parse_args().language or ("az",))
    seconds = Counter[str]()
    for module, function, name in PARTS:
        setattr(module, function, clocked(seconds, getattr(module, function), name))
    engine.Crew.run = here  # type: ignore[method-assign,assignment]
    if sys.platform == "linux":
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    gc.disable()  # as in a worker
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(private_fonts(Path(folder)))
        began = time.process_time()
        outcome = pipeline.build(Request(ROOT, Path(folder) / "output", ("en", *languages)), Silence())
        whole = time.process_time() - began
    sys.stdout.write(f"{len(outcome.made)} files, {whole:.1f} s of the processor, PDF {seconds[PDF]:.1f} s\n")
    for name, spent in seconds.items():
        sys.stdout.write(f"{name:32}{spent:7.2f} s   {spent / seconds[PDF]:.3f} of the PDF\n")
    return int(any(spent > WANTED * seconds[PDF] for name, spent in seconds.items() if name != PDF))


if __name__ == "__main__":
    sys.exit(main())
