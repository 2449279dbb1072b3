"""What is remembered from one build to the next, and that nothing is ever remembered wrongly."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from conftest import FONTS, ROOT, SILENCE, one_face, request_for

from stele import pipeline, standing
from stele.cache import pickles, stats
from stele.cache.digests import Digester
from stele.cache.memory import Memory
from stele.cache.store import Store
from stele.cache.surroundings import surroundings
from stele.diagnostics import Diagnostic, Location, Stage
from stele.engine import Task
from stele.translation.interface import Interface
from stele.translation.po.catalog import read_catalog

EDITION = '[[editions]]\nname = "book"\ndocuments = ["a", "b"]\nuses = ["screen"]'
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "A word."\nmsgstr "{}"\n'


def upper(text: str) -> str:
    return text.upper()


# --- digests ------------------------------------------------------------------------------------------------------


def test_equal_values_have_equal_digests_whatever_the_order_of_a_set():
    code = (
        "from functools import partial\n"
        "from stele.cache.digests import Digester\n"
        "from stele.diagnostics import Location\n"
        "names = frozenset(str(number) for number in range(99))\n"
        "pairs = frozenset((name, name) for name in names)\n"
        "mapping = {'b': 1, 'a': (2.5, None)}\n"
        "values = names, pairs, [names], Location('a.md', 3), mapping, partial(len, 'x')\n"
        "print(Digester().digest(*values).hex())"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=environment | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ab", b"ab"),
        (("ab", "c"), ("a", "bc")),
        (1, True),
        ((), frozenset()),
        (("a", "b"), frozenset({"a", "b"})),
        (frozenset({1, 2}), frozenset({"1", "2"})),
        (frozenset({("a", 1)}), frozenset({("a", True)})),
        (("a", None), ("a", "None")),
        (Location("a.md", 1), Location("a.md", 2)),
        (Stage.DRAFT, Stage.PROOF),
        (partial(upper, "a"), partial(upper, "b")),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    ],
)
def test_different_values_have_different_digests(one, other):
    assert Digester().digest(one) != Digester().digest(other)


def test_what_templates_were_asked_for_makes_no_difference():
    catalog, _ = read_catalog(b'msgid "Contents"\nmsgstr "Inhalt"\n', "interface.po")
    spoken, silent = Interface([catalog]), Interface([catalog])
    carried = pickle.loads(pickle.dumps(spoken))  # noqa: S301 (dumped here)
    assert [spoken.gettext("Contents"), carried.gettext("Contents")] == ["Inhalt"] * 2
    assert Digester().digest(spoken) == Digester().digest(silent) != Digester().digest(Interface([]))


def test_where_a_project_lies_makes_no_difference(tmp_path):
    found = set()
    for folder in (tmp_path / "here", tmp_path / "the re"):
        folder.mkdir()
        (folder / "a.png").write_bytes(b"1")
        digester = Digester({"project": folder})
        html = f'<img src="{(folder / "a.png").as_uri()}">'
        found.add((digester.digest(html), digester.files([folder / "a.png"])))
    assert len(found) == 1


def test_a_file_that_changes_has_another_digest(tmp_path):
    file = tmp_path / "a.css"
    file.write_text("a")
    before = Digester().files([file])
    file.write_text("b")
    assert Digester().files([file]) != before


def test_a_value_made_of_a_file_is_told_by_that_file(tmp_path):
    file, value = tmp_path / "a.po", (1, 2)

    class Made:
        """Has no state that could tell it from others."""

        __slots__ = ()

    def told(content: str) -> bytes:
        file.write_text(content)
        digester, made = Digester(), Made()
        digester.vouch(made, file)
        return digester.digest(made, value)

    assert told("one") == told("one") != told("two")


def test_a_library_of_another_version_is_another_surrounding(tmp_path, monkeypatch):
    (tmp_path / "lib-1.0.dist-info").mkdir()
    before = surroundings.__wrapped__()
    monkeypatch.syspath_prepend(str(tmp_path))
    first = surroundings.__wrapped__()
    (tmp_path / "lib-1.0.dist-info").rename(tmp_path / "lib-1.1.dist-info")
    assert len({before, first, surroundings.__wrapped__()}) == 3


def test_a_value_is_not_told_by_a_file_that_was_changed_since(tmp_path):
    path = tmp_path / "a.po"
    path.write_text(PO.format("Bir söz."))
    catalog, _ = read_catalog(path.read_bytes(), "a.po")
    other, _ = read_catalog(PO.format("Başqa söz.").encode(), "a.po")
    digester = Digester()
    digester.files([path])
    path.write_text(PO.format("Başqa söz."))
    for value in (catalog, other):
        digester.vouch(value, path)
    assert digester.digest(catalog) != digester.digest(other)


def test_a_link_that_leads_elsewhere_has_another_digest(tmp_path):
    link, found = tmp_path / "link", set()
    for name in ("a", "b", "nowhere", "link"):
        if name in "ab":
            (tmp_path / name).write_text("the same")
        link.unlink(missing_ok=True)
        link.symlink_to(tmp_path / name)
        found.add(Digester().files([link]))
    assert len(found) == 4


def test_an_empty_file_is_no_folder(tmp_path):
    path, found = tmp_path / "a", [Digester().files([tmp_path / "a"])]
    path.touch()
    found.append(Digester().files([path]))
    path.unlink()
    path.mkdir()
    found.append(Digester().files([path]))
    assert len(set(found)) == 3


def test_what_one_machine_made_names_its_own_folders(tmp_path):
    task = Task("a", upper, ("a",), is_local=True)
    found = {Memory(Store(tmp_path), Digester({"project": tmp_path / name})).key(task) for name in "ab"}
    assert len(found) == 2


# --- the store ----------------------------------------------------------------------------------------------------


def test_what_is_kept_is_found_again_and_what_is_damaged_is_not(tmp_path):
    store = Store(tmp_path)
    store.put("abcd", b"whole")
    assert store.get("abcd") == b"whole"
    (tmp_path / "ab" / "cd").write_bytes((tmp_path / "ab" / "cd").read_bytes()[:-1])
    assert (store.get("abcd"), list(tmp_path.glob("ab/*"))) == (None, [])


def test_what_was_used_longest_ago_is_thrown_away_first(tmp_path):
    store = Store(tmp_path, max_bytes=700)
    for number, key in enumerate(("aa1", "bb2", "cc3")):
        store.put(key, b"x" * 300)
        os.utime(tmp_path / key[:2] / key[2:], (number, number))
    store.get("aa1")
    store.trim()
    assert [store.get(key) is not None for key in ("aa1", "bb2", "cc3")] == [True, False, True]


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path):
    (tmp_path / "file").write_text("")
    store = Store(tmp_path / "file")
    store.put("abcd", b"x")
    store.trim()
    assert store.get("abcd") is None


def write_for_ever(folder: Path) -> None:
    store = Store(folder)
    while True:
        for number in range(8):
            store.put(f"{number:04}", bytes([number]) * 3_000_000)


def test_writers_that_are_killed_at_any_moment_leave_nothing_broken(tmp_path):
    code = f"import sys, pathlib\nsys.path[:0] = ['{Path(__file__).parent}', '{ROOT}']\nimport test_cache\n"
    code += f"test_cache.write_for_ever(pathlib.Path('{tmp_path}'))"
    for delay in (0.0, 0.01, 0.03):
        writers = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(2)]
        while not list(tmp_path.glob("??/*")):
            time.sleep(0.01)
        time.sleep(delay)
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
            writer.wait()
    store = Store(tmp_path)
    kept = {number: store.get(f"{number:04}") for number in range(8)}
    assert {data for number, data in kept.items() if data not in (None, bytes([number]) * 3_000_000)} == set()
    for path in tmp_path.glob("??/.*"):
        os.utime(path, (0, 0))
    store.trim()
    assert list(tmp_path.glob("??/.*")) == []


# --- values -------------------------------------------------------------------------------------------------------


def test_values_come_back_as_they_were():
    value = (Diagnostic("bad-setting", "no", Location("a", 1), None), {"a": frozenset({1})}, Path("a"), b"x")
    assert pickles.loads(pickles.dumps(value)) == value


class Evil:
    def __reduce__(self):
        return os.system, ("true",)


@pytest.mark.parametrize("value", [Evil(), partial(print, "x")])
def test_nothing_is_called_that_is_no_class_of_values(value):
    with pytest.raises(pickles.Unknown):
        pickles.loads(pickle.dumps(value))


def test_what_nobody_can_read_is_made_anew(tmp_path):
    memory = Memory(Store(tmp_path), Digester())
    task = Task("a", upper, ("a",))
    memory.store.put(memory.key(task), pickle.dumps(Evil()))
    assert memory.outcomes([task], lambda tasks, _: [item.function(*item.arguments) for item in tasks], print) == ["A"]


# --- builds -------------------------------------------------------------------------------------------------------


@pytest.fixture
def two_languages(project):
    return project(
        {
            "content/a.md": "# A\n\nA word.\n",
            "content/b.md": "# B\n\nAnother.\n",
            "locales/az/LC_MESSAGES/a.po": PO.format("Bir söz."),
            FONTS: one_face(),
        },
        languages=("en", "az"),
        editions=EDITION,
    )


def files(output: Path) -> dict[str, bytes]:
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def build(folder: Path, cache: Path | None, **options) -> dict[str, bytes]:
    outcome = pipeline.build(request_for(folder, cache=cache, **options), SILENCE)
    assert outcome.made, outcome.diagnostics
    return files(folder / "output")


def test_a_build_that_remembers_everything_gives_the_same_bytes(two_languages, tmp_path):
    cache = tmp_path / "cache"
    cold = build(two_languages, None)
    filled, warm = build(two_languages, cache), build(two_languages, cache)
    assert (filled, warm) == (cold, cold)


def test_after_one_edit_only_what_shows_it_is_made(two_languages, tmp_path, monkeypatch):
    cache, made = tmp_path / "cache", []
    build(two_languages, cache)
    keep = Store.put
    monkeypatch.setattr(Store, "put", lambda self, key, data: (made.append(data), keep(self, key, data)))
    (two_languages / "locales/az/LC_MESSAGES/a.po").write_text(PO.format("Başqa söz."))
    build(two_languages, cache)
    booklets = [value.booklet.name for value in map(pickles.loads, made) if hasattr(value, "booklet")]
    assert booklets == ["book.az"]
    edited = files(two_languages / "output")
    assert edited == build(two_languages, None)


def test_what_stands_is_left_alone_and_what_was_touched_is_made_again(two_languages, tmp_path):
    request = request_for(two_languages, cache=tmp_path / "cache", editions=("book",))
    first = standing.build(request, SILENCE)
    page = request.output / "site" / "az" / "a" / "index.html"
    made_at = page.stat().st_mtime_ns
    assert (standing.build(request, SILENCE), page.stat().st_mtime_ns) == (first, made_at)
    page.write_text("somebody's words")
    assert standing.build(request, SILENCE) == first
    assert "somebody" not in page.read_text()


class Meddler(type(SILENCE)):
    """Edits a file when a stage begins."""

    def __init__(self, title, edit):
        self.title, self.edit = title, edit

    @contextmanager
    def stage(self, title, steps):
        with super().stage(title, steps) as done:
            if title == self.title:
                self.edit()
            yield done


@pytest.mark.parametrize(
    ("name", "more", "stage"),
    [("content/a.md", "\nMore.\n", ""), (FONTS, "\nbody { font-size: 20pt }\n", "Printing booklets")],
)
def test_an_edit_during_a_build_that_is_taken_back_leaves_nothing_behind(
    two_languages, tmp_path, monkeypatch, name, more, stage
):
    path, plain = two_languages / name, standing._build
    clean, before = build(two_languages, None), path.read_text()
    request = request_for(two_languages, cache=tmp_path / "cache")

    def edit():
        path.write_text(before + more)

    def begun(asked, watcher):
        if not stage:  # texts are read first of all
            edit()
        return plain(asked, watcher)

    monkeypatch.setattr(standing, "_build", begun)
    assert standing.build(request, Meddler(stage, edit)).made
    assert files(request.output) != clean
    monkeypatch.setattr(standing, "_build", plain)
    path.write_text(before)
    assert standing.build(request, SILENCE).made
    assert files(request.output) == clean


def test_what_is_made_while_its_file_changes_is_not_kept(tmp_path):
    path, store = tmp_path / "a.txt", Store(tmp_path / "cache")
    path.write_text("old")

    def outcome(text: str) -> str:
        def work(tasks, done):
            path.write_text(text)
            for task in tasks:
                done(task, upper(path.read_text()))
            return [upper(path.read_text()) for _ in tasks]

        task = Task("a", upper, ("",), (path,))
        return Memory(store, Digester()).outcomes([task], work, lambda *_: None)[0]

    assert outcome("new") == "NEW"
    path.write_text("old")
    assert outcome("old") == "OLD"
    kept = Memory(store, Digester()).keeping([path])
    path.write_text("newer")
    kept.keep("a piece", "name")
    assert kept.recalled("name") is None


@pytest.fixture
def files_count_as_old(monkeypatch):
    for name in ("_TICK", "_COARSE_TICK"):
        monkeypatch.setattr(stats, name, 0)


@pytest.mark.usefixtures("files_count_as_old")
def test_what_another_build_published_is_not_taken_for_ones_own(two_languages, tmp_path, monkeypatch):
    request = request_for(two_languages, cache=tmp_path / "cache", editions=("book",))
    ours, plain = build(two_languages, None, editions=("book",)), standing._build
    other = replace(request, languages=("en",))

    def overtaken(asked, watcher):
        outcome = plain(asked, watcher)
        plain(other, watcher)
        return outcome

    monkeypatch.setattr(standing, "_build", overtaken)
    standing.build(request, SILENCE)
    assert files(request.output) != ours
    monkeypatch.setattr(standing, "_build", plain)
    standing.build(request, SILENCE)
    assert files(request.output) == ours


@pytest.fixture
def settled(two_languages, tmp_path, files_count_as_old):  # noqa: ARG001
    """Return a request that was built, the files of which count as old."""
    request = request_for(two_languages, cache=tmp_path / "cache", editions=("book",))
    standing.build(request, SILENCE)
    return request


def test_what_nobody_has_touched_is_not_read_again(settled, monkeypatch):
    monkeypatch.setattr(standing, "_stands", None)
    monkeypatch.setattr(Digester, "files", None)
    assert standing.build(settled, SILENCE).made


@pytest.mark.parametrize("name", ["output/site/az/a/index.html", "locales/az/LC_MESSAGES/a.po"])
def test_whoever_sets_back_the_time_of_a_file_is_seen(settled, name):
    path = settled.project / name
    at, data = path.stat(), path.read_bytes()
    before = files(settled.output)
    path.write_bytes(data.replace(b"z", b"n"))
    os.utime(path, ns=(at.st_atime_ns, at.st_mtime_ns))
    standing.build(settled, SILENCE)
    assert (files(settled.output) == before) == name.startswith("output")
    assert (path.read_bytes() == data) == name.startswith("output")


def test_files_that_were_written_just_now_and_links_are_always_read(settled, monkeypatch):
    read = []
    stands = standing._stands
    monkeypatch.setattr(standing, "_stands", lambda *arguments: read.append(arguments) or stands(*arguments))
    monkeypatch.setattr(stats, "_TICK", 10**18)
    (settled.project / "content" / "note.txt").write_text("")
    for _ in range(3):
        standing.build(settled, SILENCE)
    assert len(read) == 2
    monkeypatch.setattr(stats, "_TICK", 0)
    (settled.project / "content" / "link.txt").symlink_to("note.txt")
    for _ in range(3):
        standing.build(settled, SILENCE)
    assert len(read) == 4


def test_times_in_whole_hundredths_are_trusted_later():
    now, settled = time.time_ns(), []
    for age in (10_000_000, 500_000_000, 3_000_000_000):
        for remainder in (0, 1):
            changed = (now - age) // 10_000_000 * 10_000_000 + remainder
            row = ("a.md", 1, changed, changed, 1)
            settled.append(stats.Stats((row,), are_plain=True, began=now).are_settled)
    assert settled == [False, False, False, True, True, True]


def test_nothing_is_trusted_that_is_no_file_of_its_own(tmp_path):
    (tmp_path / "a.md").write_text("a")
    plain = stats.stats([tmp_path])
    os.mkfifo(tmp_path / "pipe")  # whoever opened it would wait for ever
    piped = stats.stats([tmp_path])
    (tmp_path / "pipe").unlink()
    (tmp_path / "link").symlink_to("nowhere")
    linked = stats.stats([tmp_path])
    assert [len(found.rows) for found in (plain, piped, linked)] == [1, 2, 1]
    assert [found.are_plain for found in (plain, piped, linked)] == [True, False, False]


def test_a_build_in_which_nothing_changed_loads_no_library(two_languages, tmp_path):
    command = [sys.executable, "-X", "importtime", str(ROOT / "build.py"), "--project", str(two_languages)]
    command += ["--cache", str(tmp_path / "cache"), "--jobs", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    runs = [subprocess.run(command, env=environment, capture_output=True, text=True, check=False) for _ in range(2)]
    heavy = {"weasyprint", "jinja2", "babel", "lxml", "markdown", "pikepdf", "pydantic"}
    loaded = [{line.rpartition("|")[2].strip() for line in run.stderr.splitlines()} & heavy for run in runs]
    assert ([run.returncode for run in runs], loaded[1]) == ([0, 0], set())
