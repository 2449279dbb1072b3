"""A project in, `build.py update` killed in it at random moments; out, in what state each catalog was left.

    uv run python tests/scripts/kill_updates.py             100 kills: about five minutes
    uv run python tests/scripts/kill_updates.py --kills 10 --seed 7

After every kill each catalog and template must hold, byte for byte, what it held before the update or what the update
writes into it; only the date in the header of what was written is the minute's own. Every other kill comes at any
moment of the run, the rest while catalogs are being written. Ends with 1 when any file was found in another state.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from stele.translation.po.catalog import read_catalog, write_catalog
from stele.translation.po.style import revised

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DOOR = Path(__file__).resolve().parents[2] / "build.py"
LANGUAGES = ("az", "ru", "tr", "de", "fr", "fa", "ar", "he", "uk", "ka", "hy", "es")
LANGUAGES += ("it", "el", "hu", "zh", "ja", "pl", "pt", "nl", "sv", "fi", "cs", "ro")
STAMP = re.compile(rb"(?<=POT-Creation-Date: )[^\\]*")
FIRST = "locales/chapter-0.pot"
LONGEST_RUN_SECONDS = 120

Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Tally:
    """What a row of kills left: runs by how far they had come, and files by what they hold."""

    runs: Mapping[str, int]
    files: Mapping[str, int]
    leftovers: int
    leftovers_after: int
    finished: bool

    @property
    def sound(self) -> bool:
        """Say whether every file was old or new, and the next update mended everything."""
        return not self.files["neither"] and not self.leftovers_after and self.finished

    def __str__(self) -> str:
        runs, files = (", ".join(f"{count:,} {name}" for name, count in c.items()) for c in (self.runs, self.files))
        return (
            f"{sum(self.runs.values())} kills: {runs}\n"
            f"{sum(self.files.values()):,} files looked at: {files}\n"
            f"{self.leftovers} unfinished files left behind, {self.leftovers_after} after the next update\n"
            f"the next update {'finished' if self.finished else 'did NOT finish'} the work\n"
        )


# --- the project -----------------------------------------------------------------------------------------------------


def write_content(root: Path, documents: int, languages: int, edition: str) -> None:
    """Write the documents; those of another edition have every third paragraph reworded."""
    (root / "content").mkdir(parents=True, exist_ok=True)
    tags = ", ".join(f'"{tag}"' for tag in ["en", *LANGUAGES[:languages]])
    settings = f'title = "Test"\nsource_language = "en"\nlanguages = [{tags}]\neditions = []\n'
    (root / "content/site.toml").write_text(settings)
    for chapter in range(documents):
        paragraphs = (
            f"Paragraph {number} of chapter {chapter} says{f' {edition}' if number % 3 == 0 else ''} what "
            f"{number * 7 + chapter} people saw in the town that night, and what they did not say until later."
            for number in range(60)
        )
        (root / f"content/chapter-{chapter}.md").write_text(f"# Chapter {chapter}\n\n" + "\n\n".join(paragraphs))


def translate(root: Path) -> None:
    """Fill every catalog."""
    for path in (root / "locales").glob("*/LC_MESSAGES/*.po"):
        catalog, _ = read_catalog(path.read_bytes(), path.name)
        if catalog is None:
            raise ValueError(path)
        header, *entries = catalog.entries
        filled = [revised(entry, catalog.style, msgstr=(f"[{entry.msgid}]",) * len(entry.msgstr)) for entry in entries]
        path.write_bytes(write_catalog(replace(catalog, entries=(header, *filled))))


def start(root: Path) -> subprocess.Popen[bytes]:
    """Start the command in a process group of its own."""
    command = [sys.executable, str(DOOR), "update", "--project", str(root)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def finish(root: Path) -> None:
    """Run the command to its end."""
    if start(root).wait(LONGEST_RUN_SECONDS):
        raise RuntimeError("the update failed")


def held(root: Path) -> Files:
    """Return every catalog and template by its path."""
    paths = (path for path in (root / "locales").rglob("*") if path.suffix in (".po", ".pot"))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def leftovers(root: Path) -> int:
    """Return how many files lie in the folder that are no catalogs."""
    return sum(path.is_file() and path.suffix not in (".po", ".pot") for path in (root / "locales").rglob("*"))


# --- the kills -------------------------------------------------------------------------------------------------------


def kill_in(folder: Path, kills: int, seed: int = 0, documents: int = 8, languages: int = 24) -> Tally:
    """Make a project in `folder`, kill that many updates of it, and return what was found after each."""
    chance = random.Random(seed)  # noqa: S311 (a kill is no secret)
    root = folder / "project"
    write_content(root, documents, languages, "at first")
    finish(root)
    translate(root)
    shutil.copytree(root / "locales", folder / "old")
    old = held(root)
    write_content(root, documents, languages, "in the end")
    whole, writing = _seconds_of_an_update(root)
    new = held(root)
    check_with_gettext({*old.values(), *new.values()})
    runs, files, left = Counter(none=0, some=0, all=0), Counter(old=0, new=0, neither=0), 0
    for number in range(kills):
        shutil.rmtree(root / "locales")
        shutil.copytree(folder / "old", root / "locales")
        process = start(root)
        if number % 2:
            _await_writing(root, old, process)
            time.sleep(chance.uniform(0, writing))
        else:
            time.sleep(chance.uniform(0, whole))
        _kill(process)
        found = held(root)
        states = Counter(_state(found.get(path), old.get(path), new.get(path)) for path in found.keys() | old.keys())
        files.update(states)
        runs[_progress(states)] += 1
        left += leftovers(root)
    finish(root)
    return Tally(runs, files, left, leftovers(root), _same(held(root), new))


def _seconds_of_an_update(root: Path) -> tuple[float, float]:
    """Run an update to its end; return how long it took, and how long from the first file that it wrote to the last."""
    began = time.time()
    finish(root)
    ended = time.time()
    written = [path.stat().st_mtime for path in (root / "locales").rglob("*.po*") if path.stat().st_mtime >= began]
    return ended - began, max(written) - min(written)


def _await_writing(root: Path, old: Files, process: subprocess.Popen[bytes]) -> None:
    while (root / FIRST).read_bytes() == old[FIRST] and process.poll() is None:
        time.sleep(0.002)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _state(data: bytes | None, old: bytes | None, new: bytes | None) -> str:
    if data == old:
        return "old"
    return "new" if data and new and _undated(data) == _undated(new) else "neither"


def _undated(data: bytes) -> bytes:
    return STAMP.sub(b"", data, count=1)


def _progress(states: Mapping[str, int]) -> str:
    if not states["new"]:
        return "none"
    return "some" if states["old"] else "all"


def _same(found: Files, new: Files) -> bool:
    return {path: _undated(data) for path, data in found.items()} == {p: _undated(data) for p, data in new.items()}


def check_with_gettext(contents: Iterable[bytes]) -> None:
    """Have msgfmt read each; what a catalog may hold must be whole."""
    for data in contents:
        subprocess.run(["msgfmt", "-o", os.devnull, "-"], input=data, capture_output=True, check=True)


def main() -> int:
    """Kill as often as the command line asks, and print what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kill-updates-") as folder:
        tally = kill_in(Path(folder), options.kills, options.seed)
    sys.stdout.write(str(tally))
    return 0 if tally.sound else 1


if __name__ == "__main__":
    sys.exit(main())
