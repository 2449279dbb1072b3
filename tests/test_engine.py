"""Tasks run in order, within limits, and the loss of a worker costs only the task it held."""

from __future__ import annotations

import gc
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from stele.engine import Crew, Failure, Limits, Room, Task, processors, run, spare_processors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def square(number: int) -> int:
    return number * number


def hang(seconds: float) -> str:
    time.sleep(seconds)
    return "woke up"


def die() -> None:
    os._exit(1)


def swell(mebibytes: int) -> int:
    return len(bytearray(mebibytes * 1024 * 1024))


def fail() -> None:
    raise LookupError("a bug")


class Knot:
    """Holds itself."""

    def __init__(self) -> None:
        self.itself = self


def tie_a_knot() -> int:
    Knot()
    return knots()


def knots() -> int:
    return sum(isinstance(item, Knot) for item in gc.get_objects())


def collects_by_itself() -> bool:
    return gc.isenabled()


def begin_work() -> None:
    os.environ["STELE_BEGUN"] = look_round()


def who_has_begun() -> tuple[str | None, int]:
    return os.environ.get("STELE_BEGUN"), os.getpid()


def environment(name: str) -> str | None:
    return os.environ.get(name)


def furnish(folder: Path, files: Sequence[Path]) -> dict[str, str]:
    (folder / "copy").write_bytes(files[0].read_bytes())
    return {"STELE_TEST": str(folder / "copy")}


def look_round() -> str:
    return Path(os.environ["STELE_TEST"]).read_text()


def beginning(_name: str) -> float:
    return time.monotonic()


def test_outcomes_come_in_the_order_of_the_tasks():
    tasks = [Task(str(number), square, (number,)) for number in range(7)]
    assert run(tasks, jobs=2) == (0, 1, 4, 9, 16, 25, 36)


def test_no_tasks_need_no_workers():
    assert run([]) == ()


def test_a_task_that_hangs_dies_or_swells_is_reported_and_the_others_are_done():
    tasks = [
        Task("sleeper", hang, (60,)),
        Task("two", square, (2,)),
        Task("dead", die, ()),
        Task("glutton", swell, (4096,)),
        Task("three", square, (3,)),
    ]
    outcomes = run(tasks, jobs=2, limits=Limits(seconds=3, memory_mb=1024))
    assert outcomes == (
        Failure("sleeper", "took longer than 3 seconds"),
        4,
        Failure("dead", "its process ended unexpectedly"),
        Failure("glutton", "needed more than 1024 MB of memory"),
        9,
    )


def test_a_bug_keeps_its_traceback():
    with pytest.raises(RuntimeError, match="LookupError: a bug"):
        run([Task("buggy", fail, ())])


def test_a_bug_costs_the_others_nothing():
    finished = []
    with pytest.raises(RuntimeError, match="'buggy' failed"):
        run([Task("buggy", fail, ()), Task("two", square, (2,))], jobs=1, done=lambda _, made: finished.append(made))
    assert finished == [4]


def test_the_longest_begins_first():
    tasks = [Task(name, beginning, (name,), weight=len(name)) for name in ("a", "ccc", "bb")]
    began = run(tasks, jobs=1)
    assert sorted(range(3), key=lambda place: began[place]) == [1, 2, 0]


def test_a_worker_finds_its_room_furnished(tmp_path):
    (tmp_path / "file").write_text("a table")
    assert run([Task("look", look_round, ())], room=Room(furnish, (tmp_path / "file",))) == ("a table",)


def test_this_process_takes_steps_while_workers_are_at_their_tasks():
    steps, told = iter([None, None, None]), []
    with Crew() as crew:
        tasks = [Task("long", hang, (1.0,)), Task("two", square, (2,))]
        done = crew.run(tasks, jobs=2, done=lambda task, _: told.append(task.name), meanwhile=steps)
    assert (done, told, list(steps)) == (("woke up", 4), ["two", "long"], [])


def test_a_step_that_fails_is_heard():
    def failing() -> Iterator[None]:
        yield
        raise LookupError("meanwhile")

    with Crew() as crew, pytest.raises(LookupError, match="meanwhile"):
        crew.run([Task("long", hang, (5.0,))], meanwhile=failing())


def test_a_worker_that_is_expected_begins_before_its_task_comes(tmp_path):
    room = Room(furnish, (tmp_path / "file",), begin_work)
    (tmp_path / "file").write_text("a table")
    with Crew() as crew:
        crew.expect(Limits(), room)
        first = crew.run([Task("look", who_has_begun, ())], jobs=1, room=room)
        assert crew.run([Task("again", who_has_begun, ())], jobs=1, room=room) == first
        assert first == (("a table", first[0][1]),)


def test_a_worker_that_cannot_begin_costs_its_task_alone():
    with Crew() as crew:
        crew.expect(Limits(), Room(begin=fail))
        (lost,) = crew.run([Task("lost", square, (2,))], room=Room(begin=fail))
        assert lost == Failure("lost", "its process ended unexpectedly")
        assert crew.run([Task("two", square, (2,))]) == (4,)


def test_a_worker_sees_the_environment_as_it_is_when_it_starts(monkeypatch):
    task = Task("look", environment, ("STELE_LATER",))
    before = run([task])
    monkeypatch.setenv("STELE_LATER", "set")
    assert (before, run([task])) == ((None,), ("set",))


def test_garbage_is_collected_between_tasks_and_not_while_they_run():
    with Crew() as crew:
        assert crew.run([Task("knot", tie_a_knot, ()), Task("look", collects_by_itself, ())], jobs=1) == (1, False)
        assert crew.run([Task("knots", knots, ())], jobs=1) == (0,)


def test_each_finished_task_is_named():
    finished = []
    tasks = [Task(name, square, (side,)) for side, name in enumerate("ab", 2)]
    run(tasks, jobs=1, done=lambda task, outcome: finished.append((task.name, outcome)))
    assert finished == [("a", 4), ("b", 9)]


def test_a_task_is_told_how_many_processors_it_may_use_beside_its_own():
    tasks = [Task(name, spare_processors, ()) for name in ("one", "two")]
    assert run(tasks, jobs=2) == run(tasks, jobs=3) == (0, 0)
    assert run(tasks[:1], jobs=2) == (min(1, processors() - 1),)
