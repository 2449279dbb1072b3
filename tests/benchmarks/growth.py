"""Pages, languages and messages in, how time and memory grow with them out: exponents.

    uv run python tests/benchmarks/growth.py                      all three: an hour
    uv run python tests/benchmarks/growth.py pages --most 200     one of them, up to so many

Each size is built once, cold, by a command of its own; times are of all processors. An exponent is that of the line
through all sizes on logarithmic scales, and that of the last step, where no fixed costs flatter it: 1 is growth in
proportion. None should be above 1.1. How the time grows with names, roll.py tells.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from booklet import EDITION, pages, stele
from clock import Spent, measured
from texts import LANGUAGES, MORE, project, texts

if TYPE_CHECKING:
    from collections.abc import Callable

BUILD = Path(__file__).resolve().parents[2] / "build.py"
PARAGRAPHS = 44  # in a chapter of a book: about five pages
AROUND = 8  # pages before and behind the chapters
IN_A_DOCUMENT = 5_000  # messages: a document may be no larger than a megabyte
WANTED = 1.1


def of_pages(wanted: int, folder: Path) -> tuple[int, Spent]:
    """Return how many pages a book of about `wanted` has, and what its build takes."""
    written = texts(max(2, round((wanted - AROUND) / 5)), PARAGRAPHS, ("en",))
    names = ", ".join(f'"{text.name}"' for text in written)
    root = project(folder, written, ("en",), EDITION.format("book", names))
    spent = stele(root)
    return pages(root / "output/booklets/book.en.screen.pdf"), spent


def of_languages(count: int, folder: Path) -> tuple[int, Spent]:
    """Return the number of languages, and what the build of a website of ten texts in each takes."""
    languages = ("en", *LANGUAGES, *MORE)[:count]
    return count, stele(project(folder, texts(10, 20, languages), languages))


def of_messages(count: int, folder: Path) -> tuple[int, Spent]:
    """Return the number of messages, and what it takes to merge catalogs of that many with their texts anew."""
    documents = -(-count // IN_A_DOCUMENT)
    each = round(count / documents / 1.2)  # a heading for every five paragraphs
    root = project(folder, texts(documents, each, ("ru",)), ("en", "ru"))
    with tempfile.TemporaryDirectory() as cache:
        return count, measured([sys.executable, BUILD, "update", "--project", root, "--cache", cache, "--jobs", 1])


SIZES: dict[str, tuple[Callable[[int, Path], tuple[int, Spent]], tuple[int, ...]]] = {
    "pages": (of_pages, (16, 48, 200, 800)),
    "languages": (of_languages, (1, 3, 6, 12, 24)),
    "messages": (of_messages, (500, 2_000, 5_000, 20_000)),
}


def exponent(points: list[tuple[int, float]]) -> float:
    """Return the slope of the line of least squares through points on logarithmic scales."""
    xs, ys = zip(*((math.log(size), math.log(value)) for size, value in points), strict=True)
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((one - x) * (other - y) for one, other in zip(xs, ys, strict=True)) / sum((one - x) ** 2 for one in xs)


def grown(name: str, most: int) -> float:
    """Print what each size takes, and the exponents; return the largest."""
    job, sizes = SIZES[name]
    found: list[tuple[int, Spent]] = []
    for size in (size for size in sizes if size <= most):
        with tempfile.TemporaryDirectory(prefix="growth-") as folder:
            found.append(job(size, Path(folder)))
        sys.stdout.write(f"{found[-1][0]:7,} {name:10}{found[-1][1]}\n")
        sys.stdout.flush()
    exponents = []
    for measure in ("cpu", "mib"):
        points = [(size, getattr(spent, measure)) for size, spent in found]
        *_, last = (exponent([*step]) for step in pairwise(points))
        exponents += [exponent(points), last]
        sys.stdout.write(f"{name}, {measure}: exponent {exponents[-2]:.2f}, of the last step {last:.2f}\n")
    return max(exponents)


def main() -> int:
    """Print all that is asked for; return 1 where anything grows faster than wanted."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SIZES))
    parser.add_argument("--most", type=int, default=20_000)
    options = parser.parse_args()
    return int(max([grown(name, options.most) for name in options.names or SIZES]) > WANTED)


if __name__ == "__main__":
    sys.exit(main())
