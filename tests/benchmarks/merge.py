"""Messages with a fifth of them changed in, how fast and how well Babel, GNU msgmerge and Stele merge them out.

    uv run python tests/benchmarks/merge.py             2,000 and 5,000 messages, and Babel on 2,000: about two minutes
    uv run python tests/benchmarks/merge.py --quick     500 and 1,000: a few seconds
    uv run python tests/benchmarks/merge.py 20000       as many as asked for; Babel is left out

The texts are those of the sample's own catalogs, the edits those of an editor, drawn with a fixed seed: words swapped,
added and dropped, numbers changed, sentences added and removed, passages reworded or moved, messages taken out and
written anew. A donor is right when it is the very message that was edited; a message written anew has none.

Times are of the processor, in seconds: the median of several runs, one of Babel. A whole job reads bytes and returns
bytes. GNU msgmerge has to read the template besides; so does Stele here, though `update` gets its messages from memory.
"""

from __future__ import annotations

import argparse
import functools
import gc
import io
import random
import re
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

from stele.diagnostics import Location
from stele.translation.merging.merge import merge, new_catalog, template
from stele.translation.messages import Message
from stele.translation.po.catalog import Catalog, read_catalog, write_catalog
from stele.translation.po.style import revised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

LOCALES = Path(__file__).resolve().parents[2] / "locales"
THEN, NOW = datetime(2025, 1, 31, 9, 0, tzinfo=UTC), datetime(2026, 2, 26, 12, 30, tzinfo=UTC)
LATIN = ("az", "tr", "de", "fr")  # as in a real catalog, no text stands out by its alphabet
PLURALS = "nplurals=2; plural=(n != 1);"
SHORTEST_EDITED = 4  # words; of a heading of two words, one changed, nobody can say what it was
BABEL_LIMIT = 2_000  # messages
LARGE = 2_000_000  # bytes of a catalog with which GNU msgmerge is busy for minutes
RUNS = 5


@dataclass(frozen=True, slots=True)
class Case:
    """The texts before and after, and for each that is new the one that it was made from, None where there is none."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    donors: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Score:
    """How many donors were right, were wrong (another, or one where there is none), and were missed."""

    right: int
    wrong: int
    missed: int


# --- texts and edits -------------------------------------------------------------------------------------------------


def sample_texts() -> list[list[str]]:
    """Return the distinct texts of the sample in each of its languages."""
    texts: dict[str, dict[str, None]] = {}
    paths = sorted(path for path in LOCALES.glob("*/LC_MESSAGES/*.po") if path.parts[-3] in LATIN)
    for path in paths:
        catalog, _ = read_catalog(path.read_bytes(), path.name)
        for entry in catalog.entries if catalog else ():
            if not entry.is_header:
                texts.setdefault("", {})[entry.msgid] = None
                texts.setdefault(path.parts[-3], {})[entry.msgstr[0]] = None
    return [[text for text in found if text] for found in texts.values()]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return re.split(r"(?<=[.!?؟])\s+", text)


def prose(count: int, chance: random.Random) -> tuple[str, ...]:
    """Return `count` different texts: those of the sample, then paragraphs put together from its sentences."""
    languages = sample_texts()
    texts = dict.fromkeys(text for found in languages for text in found)
    stock = [[part for text in found for part in sentences(text) if len(part.split()) > 3] for found in languages]
    while len(texts) < count:
        texts[" ".join(chance.sample(chance.choice(stock), chance.randint(2, 4)))] = None
    # In passages as they stand in the files, not text by text: neighbours belong together.
    passages = [list(texts)[start : start + 20] for start in range(0, len(texts), 20)]
    chance.shuffle(passages)
    return tuple([text for passage in passages for text in passage][:count])


def edited(text: str, words: Sequence[str], chance: random.Random) -> str:
    """Return `text` as an editor might leave it."""
    parts = text.split(" ")
    place = chance.randrange(len(parts))
    match chance.choice(("swap", "swap", "add", "drop", "number", "more", "less", "reword")):
        case "add":
            return " ".join([*parts[:place], *chance.sample(words, chance.randint(1, 2)), *parts[place:]])
        case "drop":
            return " ".join(parts[:place] + parts[place + 1 :])
        case "number" if any(map(str.isdecimal, text)):
            return re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), text, count=1)
        case "more":
            return f"{text} {' '.join(chance.sample(words, 6))}."
        case "less" if len(sentences(text)) > 1:
            return " ".join(sentences(text)[:-1])
        case "reword":
            for changed in chance.sample(range(len(parts)), max(1, len(parts) // 5)):
                parts[changed] = chance.choice(words)
            return " ".join(parts)
    parts[place] = chance.choice(words)
    return " ".join(parts)


def case_of(count: int) -> Case:
    """Return `count` messages of which a fifth changes."""
    chance = random.Random(count)  # noqa: S311 (a fixed seed is the point)
    texts = prose(count + count // 20, chance)
    old, unheard = texts[:count], iter(texts[count:])
    words = [word for text in old for word in text.split() if len(word) > 2]
    long = [place for place, text in enumerate(old) if len(text.split()) >= SHORTEST_EDITED]
    touched = chance.sample(long, count // 5)
    deeds = dict(zip(touched, chance.choices(("edit", "move", "remove"), (75, 10, 15), k=len(touched)), strict=True))
    known, new = set(old), dict[str, None]()
    donors: dict[str, str | None] = {}
    moved: list[str] = []
    for place, text in enumerate(old):
        after = edited(text, words, chance) if deeds.get(place) in ("edit", "move") else text
        if deeds.get(place) == "remove":
            after = next(unheard)
            donors[after] = None
        elif after != text and after not in known:
            donors[after] = text
        if deeds.get(place) == "move":
            moved.append(after)
        else:
            new[after] = None
    shuffled = list(new)
    for text in moved:
        shuffled.insert(chance.randrange(len(shuffled)), text)
    return Case(old, tuple(dict.fromkeys(shuffled)), donors)


def messages(texts: Sequence[str]) -> list[Message]:
    """Return the messages that a document of these texts has."""
    places = (Location("content/page.md", line) for line in range(1, len(texts) + 1))
    return [Message(text, (place,), ("type: paragraph",)) for text, place in zip(texts, places, strict=True)]


def translated(texts: Sequence[str]) -> bytes:
    """Return a whole catalog in which every text is translated, by the one ten places further."""
    fresh = new_catalog("az", PLURALS, messages(texts), THEN)
    header, *entries = fresh.entries
    words = [*texts[10:], *texts[:10]]
    filled = [revised(entry, fresh.style, msgstr=(text,)) for entry, text in zip(entries, words, strict=True)]
    return write_catalog(Catalog((header, *filled)))


# --- those who merge -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Result:
    """What one of them took, and made: the donor of each message that it gave one."""

    seconds: float
    donors: Mapping[str, str]


def timed(work: Callable[[], object], who: int = resource.RUSAGE_SELF, runs: int = RUNS) -> float:
    """Return the median of the processor's seconds that `work` takes, each time as if it were the first."""
    return median(_once(work, who) for _ in range(runs))


def _once(work: Callable[[], object], who: int) -> float:
    for item in gc.get_objects():
        if isinstance(item, functools._lru_cache_wrapper):
            item.cache_clear()
    before = resource.getrusage(who)
    work()
    after = resource.getrusage(who)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def fuzzy_donors(catalog: Catalog) -> dict[str, str]:
    """Return the previous message of each that is fuzzy."""
    return {item.msgid: item.previous.msgid for item in catalog.entries if item.previous and not item.obsolete}


def read(data: bytes) -> Catalog:
    """Return a catalog that is known to be sound."""
    catalog, found = read_catalog(data, "page.po")
    if catalog is None:
        raise ValueError(found)
    return catalog


def stele(old: bytes, pot: bytes, wanted: Sequence[Message]) -> tuple[Result, float, float]:
    """Return what Stele makes of the whole job, and the seconds of merging alone and of reading the template."""

    def job() -> bytes:
        read(pot)
        return write_catalog(merge(read(old), wanted, NOW))

    catalog = read(old)
    alone = timed(lambda: merge(catalog, wanted, NOW))
    return Result(timed(job), fuzzy_donors(read(job()))), alone, timed(lambda: read(pot))


def msgmerge(old: bytes, pot: bytes) -> tuple[Result, float]:
    """Return what GNU msgmerge makes of the whole job, and the seconds of the same job without fuzzy matching."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "old.po").write_bytes(old)
        (folder / "new.pot").write_bytes(pot)
        command = ["msgmerge", "--quiet", "--previous", "-o", "new.po", "old.po", "new.pot"]

        def job(*options: str) -> None:
            subprocess.run([*command, *options], cwd=folder, check=True)

        exact = timed(lambda: job("--no-fuzzy-matching"), resource.RUSAGE_CHILDREN)
        seconds = timed(job, resource.RUSAGE_CHILDREN, 1 if len(old) > LARGE else 3)
        return Result(seconds, fuzzy_donors(read((folder / "new.po").read_bytes()))), exact


def babel(old: bytes, pot: bytes) -> Result:
    """Return what Babel's `Catalog.update` makes of it, without reading and writing."""
    dated = pot.replace(b"PO-Revision-Date: ", b"PO-Revision-Date: 2025-01-31 09:00+0000")  # it stumbles over none
    catalog, wanted = read_po(io.BytesIO(old)), read_po(io.BytesIO(dated))
    seconds = timed(lambda: catalog.update(wanted), runs=1)
    return Result(seconds, {item.id: item.previous_id[0] for item in catalog if item.fuzzy and item.previous_id})


def score(case: Case, found: Mapping[str, str]) -> Score:
    """Return how many of the donors that were found are those of the case."""
    right = sum(found.get(text) == donor for text, donor in case.donors.items() if donor is not None)
    missed = sum(text not in found for text, donor in case.donors.items() if donor is not None)
    return Score(right, len(found) - right, missed)


# --- what is printed -------------------------------------------------------------------------------------------------


def report(count: int, *, with_babel: bool) -> Iterator[str]:
    """Yield the lines that compare all of them on `count` messages."""
    case = case_of(count)
    wanted = messages(case.new)
    old, pot = translated(case.old), write_catalog(template(wanted, NOW))
    reworded = sum(donor is not None for donor in case.donors.values())
    yield f"{count:,} messages, {reworded} reworded, {len(case.donors) - reworded} written anew"
    yield f"  {'':34}{'seconds':>9}{'right':>8}{'wrong':>8}{'missed':>8}"
    ours, alone, reading = stele(old, pot, wanted)
    theirs, exact = msgmerge(old, pot)
    yield _row("Stele, whole job", ours, score(case, ours.donors))
    yield f"  {'  of that, merging':34}{alone:9.3f}"
    yield f"  {'  of that, reading the template':34}{reading:9.3f}"
    yield _row("GNU msgmerge, whole job", theirs, score(case, theirs.donors))
    yield f"  {'  the same without fuzzy matching':34}{exact:9.3f}"
    if with_babel:
        slow = babel(old, pot)
        yield _row("Babel, Catalog.update alone", slow, score(case, slow.donors))
        yield f"  Babel takes {slow.seconds / alone:,.0f} times as long as Stele's merge (asked for: 200),"
        yield f"  and {slow.seconds / ours.seconds:,.0f} times as long as Stele's whole job"
    yield f"  GNU msgmerge takes {theirs.seconds / ours.seconds:.2f} times as long as Stele's whole job (asked for: 1)"
    yield ""


def _row(name: str, result: Result, found: Score) -> str:
    return f"  {name:34}{result.seconds:9.3f}{found.right:8}{found.wrong:8}{found.missed:8}"


def main() -> None:
    """Compare them as the command line asks."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("counts", type=int, nargs="*", help="how many messages")
    parser.add_argument("--quick", action="store_true", help="few messages")
    options = parser.parse_args()
    counts = options.counts or ([500, 1_000] if options.quick else [2_000, 5_000])
    for count in counts:
        for line in report(count, with_babel=count <= BABEL_LIMIT):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
