"""Packed tasks in on standard input, what came of each out on standard output, until the input ends.

A worker of Dask may have no processes of its own, and lacks the limits that tasks have here: so a process of ours holds
a crew for it.
"""

from __future__ import annotations

import os
import pickle
import sys
from contextlib import ExitStack
from pathlib import Path

from stele.cluster.places import Places
from stele.engine import Bug, Crew


def serve() -> None:
    """Answer (folder, names of places in it, what is loaded, packed task with limits and room) with the packed outcome.

    A bug is answered by its traceback, a text. A crew serves one folder, which is one build.
    """
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    serving = None
    with ExitStack() as crews:
        while True:
            try:
                folder, names, ready, call = pickle.load(asked)  # noqa: S301 (from the process that started this one)
            except EOFError:
                return
            if folder != serving:
                crews.close()
                crew, serving = crews.enter_context(Crew(ready)), folder
            pickle.dump(_answer(crew, Places({name: Path(folder, name) for name in names}), call), answers)
            answers.flush()


def _answer(crew: Crew, places: Places, call: bytes) -> bytes | str:
    task, limits, room = places.unpack(call)
    try:
        (outcome,) = crew.run([task], jobs=1, limits=limits, room=room)
    except Bug as bug:
        return str(bug)
    return places.pack(outcome)


if __name__ == "__main__":
    serve()
