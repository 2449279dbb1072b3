"""The plan of a build on a Dask cluster: the same bytes, whoever is lost on the way."""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from conftest import FONTS, SILENCE, lines, request_for
from distributed import LocalCluster

from stele import pipeline
from stele.cluster.cluster import Cluster
from stele.cluster.places import Places
from stele.engine import Bug, Failure, Limits, Room, Task
from stele.sources.theme import BUILT_IN

EDITION = '[[editions]]\nname = "book"\ndocuments = ["a", "b"]\nuses = ["screen", "office"]'
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "A word."\nmsgstr "{}"\n'


@pytest.fixture(scope="module")
def cluster():
    """Return a scheduler with two workers, processes of which each that is lost has a successor."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", host="127.0.0.1") as made:
        yield made


def kill_who_has(cluster: LocalCluster, name: str) -> None:
    """End the worker that has a task whose name begins with `name`."""
    workers = cluster.scheduler.workers
    while not (having := [w for w in workers if any(task.key.startswith(name) for task in workers[w].processing)]):
        time.sleep(0.01)
    (nanny,) = (nanny for nanny in cluster.workers.values() if nanny.worker_address == having[0])
    os.kill(nanny.pid, signal.SIGKILL)


def read(path: Path) -> str:
    return path.read_text()


def furnish(folder: Path, files: tuple[Path, ...]) -> dict[str, str]:
    (folder / "copy").write_bytes(files[0].read_bytes())
    return {"STELE_TEST": str(folder / "copy")}


def look_round() -> str:
    return Path(os.environ["STELE_TEST"]).read_text()


def wait_for(path: str, begun: str) -> str:
    with Path(begun).open("a") as file:
        file.write("x")
    while not Path(path).exists():
        time.sleep(0.01)
    return Path(begun).read_text()


def fail() -> None:
    raise LookupError("a bug")


def nothing(*_: object) -> None:
    pass


# --- tasks --------------------------------------------------------------------------------------------------------


def test_paths_are_those_of_another_machine(tmp_path):
    here, there = Places({"project": tmp_path / "a b"}), Places({"project": tmp_path / "elsewhere"})
    value = (tmp_path / "a b" / "x.md", f'<img src="{(tmp_path / "a b").as_uri()}/x.png">', tmp_path / "other")
    moved = (tmp_path / "elsewhere/x.md", f'<img src="{(tmp_path / "elsewhere").as_uri()}/x.png">', tmp_path / "other")
    assert there.unpack(here.pack(value)) == moved
    assert here.unpack(there.pack(moved)) == value


def test_a_task_finds_its_files_and_its_room_on_the_machine_of_a_worker(cluster, tmp_path):
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "text").write_text("words")
    (tmp_path / "table").write_text("a table")
    task = Task("read", read, (tmp_path / "project" / "text",), (tmp_path / "project" / "text",))
    with Cluster(cluster.scheduler_address, {"project": tmp_path / "project"}) as crew:
        read_there = crew.run([task], done=nothing)
        looked = crew.run([Task("look", look_round, ())], room=Room(furnish, (tmp_path / "table",)), done=nothing)
        assert (read_there, looked) == (("words",), ("a table",))


def test_a_worker_that_is_lost_costs_the_task_that_it_held_one_more_beginning(cluster, tmp_path):
    ready, begun = tmp_path / "ready", tmp_path / "begun"
    tasks = [Task("waiting", wait_for, (str(ready), str(begun))), Task("one", len, ("1",)), Task("two", len, ("22",))]
    seen = []

    def lose(task: Task, _outcome: object) -> None:
        seen.append(task.name)
        if task.name == "two":
            while not begun.exists():
                time.sleep(0.01)
            kill_who_has(cluster, "waiting")
            ready.touch()

    with Cluster(cluster.scheduler_address, {}) as crew:
        assert crew.run(tasks, done=lose) == ("xx", 1, 2)
    assert sorted(seen) == ["one", "two", "waiting"]


def test_limits_hold_on_every_machine_and_a_bug_keeps_its_traceback(cluster):
    with Cluster(cluster.scheduler_address, {}) as crew:
        tasks = [Task("sleeper", time.sleep, (60,)), Task("one", len, ("1",))]
        ended = crew.run(tasks, limits=Limits(seconds=1), done=nothing)
        assert ended == (Failure("sleeper", "took longer than 1 seconds"), 1)
        with pytest.raises(Bug, match="LookupError: a bug"):
            crew.run([Task("buggy", fail, ())], done=nothing)


# --- builds -------------------------------------------------------------------------------------------------------


class Losing:
    """A watcher that ends a worker of `cluster` while it prints a booklet."""

    def __init__(self, cluster: LocalCluster) -> None:
        self.cluster = cluster

    @contextmanager
    def stage(self, title, steps):  # noqa: ARG002
        loser = Thread(target=kill_who_has, args=(self.cluster, "book"))
        if title == "Printing booklets":
            loser.start()
        yield nothing
        if title == "Printing booklets":
            loser.join()


def files(output: Path) -> dict[str, bytes]:
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_cold_parallel_distributed_and_remembered_builds_give_the_same_bytes(project, cluster, tmp_path):
    folder = project(
        {
            "content/a.md": "# A\n\nA word.\n",
            "content/b.md": "# B\n\nAnother.\n",
            "locales/az/LC_MESSAGES/a.po": PO.format("Bir söz."),
            FONTS: '@font-face { font-family: "Stele Serif"; src: url(fonts/face.woff2) }',
            "templates/shared/fonts/face.woff2": (BUILT_IN / "shared/fonts/NotoSerif_400Regular.woff2").read_bytes(),
        },
        languages=("en", "az"),
        editions=EDITION,
    )
    made = {}
    distributed = {"cache": tmp_path / "cache", "scheduler": cluster.scheduler_address}
    ways = {
        "cold": {},
        "parallel": {"jobs": 2},
        "distributed": distributed,
        "remembered": {"cache": tmp_path / "cache"},
    }
    for way, options in ways.items():
        outcome = pipeline.build(request_for(folder, **options), Losing(cluster) if way == "distributed" else SILENCE)
        made[way] = files(folder / "output")
        assert outcome.made, lines(outcome)
    assert [made[way] == made["cold"] for way in ways] == [True] * len(ways)


def test_a_scheduler_that_does_not_answer_is_told_with_a_way_out(project):
    folder = project({"content/a.md": "# A\n"})
    outcome = pipeline.build(request_for(folder, scheduler="tcp://nowhere"), SILENCE)
    (told,) = outcome.diagnostics
    assert (told.code, told.message, told.hint) == (
        "no-cluster",
        "no scheduler answers at tcp://nowhere",
        "start one (dask scheduler), or look whether its address and port can be reached from here",
    )
