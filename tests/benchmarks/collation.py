"""Names in, how fast and how rightly Stele, ICU, pyuca and plain sorting put them in order out.

    uv run --with pyuca python tests/benchmarks/keys.py            100,000 names: about half a minute
    uv run --with pyuca python tests/benchmarks/keys.py --quick    10,000

First Azerbaijani names of three parts, each of which is compared by itself. Then, language by language, words of
letters drawn from its alphabet with a fixed seed: how many pairs of neighbours are the other way round for ICU. ICU and
pyuca are left out where they are not installed. Times are of the processor, in seconds.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from stele.language.casing import capitalize, lower
from stele.language.collation import icu, keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    Keys = Callable[[Sequence[str], str], Any]

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from test_collation import SPELLED_WITH

STEMS = (
    "Əli Məmməd Həsən Hüseyn Qulu Xəlil İbrahim Iğdır Çingiz Şükür Zülfü Vəli Cəfər Qasım Kərim Rüstəm Nəcəf Əsgər "
    "Ağa Ömər Teymur Yaqub Abbas Gül Dadaş Elçin Fərəc Jalə Lətif Pərviz Sona Tağı Umud"
)
ENDINGS = ("ov", "ova", "yev", "yeva", "zadə", "li", "lı", "", " oğlu", " qızı")
WORDS = 2_000


def names(count: int, chance: random.Random) -> list[tuple[str, str, str]]:
    """Return `count` names of three parts; there are less than 20,000 different parts, as in a real roll."""
    stems = STEMS.split()

    def part() -> str:
        return chance.choice(stems) + lower(chance.choice(stems), "az")[: chance.randint(0, 4)] + chance.choice(ENDINGS)

    return [(part(), part(), part()) for _ in range(count)]


def words(tag: str, chance: random.Random) -> list[str]:
    """Return words of the letters of a language, half of them with a capital, some with a hyphen or a space."""
    drawn = ["".join(chance.choices(SPELLED_WITH[tag], k=chance.randint(1, 6))) for _ in range(WORDS)]
    drawn += [chance.choice(" -’").join(chance.sample(drawn, 2)) for _ in range(WORDS // 10)]
    return sorted({*drawn, *(capitalize(word, tag) for word in drawn)})


def sorters() -> dict[str, Keys]:
    """Return those who sort, by name: what each compares names by."""
    found: dict[str, Keys] = {"Stele": keys.name_key}
    if icu.is_installed():
        found["ICU"] = icu.name_key
    if find_spec("pyuca"):
        weigh = __import__("pyuca").Collator().sort_key
        found["pyuca"] = lambda parts, _: tuple(weigh(part) for part in parts)
    found["plain"] = lambda parts, _: tuple(parts)
    return found


def seconds(key: Keys, people: list[tuple[str, str, str]]) -> float:
    """Return the seconds of sorting `people` in Azerbaijani, the first table of a language included."""
    begin = time.process_time()
    sorted(people, key=lambda name: key(name, "az"))
    return time.process_time() - begin


def wrong(key: Keys, tag: str, drawn: Sequence[str]) -> int:
    """Return how many pairs of neighbours ICU has the other way round."""
    ordered = sorted(drawn, key=lambda word: key((word,), tag))
    weighed = [icu.name_key((word,), tag)[0] for word in ordered]
    return sum(one > other for one, other in pairwise(weighed))


def report(count: int) -> Iterator[str]:
    """Yield the lines that compare all of them."""
    chance = random.Random(26)  # noqa: S311 (a fixed seed is the point)
    people, found = names(count, chance), sorters()
    yield f"{count:,} names of three parts{'':13}" + "".join(f"{name:>9}" for name in found)
    taken = {name: seconds(key, people) for name, key in found.items()}
    yield f"{'seconds':43}" + "".join(f"{value:9.2f}" for value in taken.values())
    yield f"{'times as long as Stele':43}" + "".join(f"{value / taken['Stele']:9.2f}" for value in taken.values())
    if not icu.is_installed():
        yield "ICU is not installed: nothing to hold the order against"
        return
    yield "neighbours that ICU has the other way round"
    for tag in SPELLED_WITH:
        drawn = words(tag, chance)
        counts = (wrong(key, tag, drawn) for key in found.values())
        yield f"  {tag:8} of {len(drawn):6,}{'':24}" + "".join(f"{value:9}" for value in counts)


def main() -> None:
    """Compare them as the command line asks."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="few names")
    options = parser.parse_args()
    for line in report(10_000 if options.quick else 100_000):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
