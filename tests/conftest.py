"""What tests share: small projects on disk, the silent watcher, a warm printer, and the one build of the sample."""

from __future__ import annotations

import fcntl
import gc
import multiprocessing
import os
import pickle
import re
import shutil
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import CHROMIUM

from stele import pipeline, report
from stele.diagnostics import Stage
from stele.language.pseudo import PSEUDO_TAGS
from stele.print.pdf import private_fonts
from stele.sources.theme import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOT = Path(__file__).resolve().parent.parent
FONTS = "templates/shared/fonts.css"
LANGUAGES = ("en", "az", "az-Cyrl", "ru", "tr", "de", "fr", "fa", "uk", "ka", "ar", "he")
RIGHT_TO_LEFT = frozenset({"fa", "ar", "he"})


def pytest_addoption(parser):
    parser.addoption("--accept", action="store_true", help="write golden files anew; then read the diff")


def pytest_collection_modifyitems(items):
    """Begin with what needs the sample: while one process waits for its long build, the other has the rest to do."""
    items.sort(key=lambda item: "sample" not in getattr(item, "fixturenames", ()))


def pytest_collection_finish():
    """Keep thousands of tests from the collector of garbage, which would go through them all again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _no_memory(tmp_path_factory):
    """Let commands remember nothing that another run of the tests made."""
    os.environ["STELE_CACHE"] = str(tmp_path_factory.mktemp("cache"))


class Silence:
    """Watches without a word."""

    @contextmanager
    def stage(self, title: str, steps: Mapping[str, int]) -> Iterator[Callable[[str], None]]:  # noqa: ARG002
        yield lambda _: None


SILENCE = Silence()


def request_for(project: Path, **options) -> pipeline.Request:
    """Return a request with one worker: a second costs a small project more than it saves."""
    options = {"output": project / "output", "jobs": 1} | options
    return pipeline.Request(project=project, **options)


def lines(outcome: pipeline.Outcome, stage: Stage = Stage.DRAFT) -> list[str]:
    """Return the diagnostics as the command line prints them."""
    return [report.as_text(item, stage) for item in outcome.diagnostics]


def codes(outcome: pipeline.Outcome) -> set[str]:
    return {item.code for item in outcome.diagnostics}


@pytest.fixture
def project(tmp_path):
    """Return a function that writes a project from a mapping of paths to texts, and returns its folder."""

    def write(
        files: dict[str, str | bytes], languages: tuple[str, ...] = ("en",), editions: str = "editions = []"
    ) -> Path:
        names = ", ".join(f'"{tag}"' for tag in languages)
        site = f'title = "Test"\nsource_language = "{languages[0]}"\nlanguages = [{names}]\n{editions}\n'
        for name, text in {"content/site.toml": site, **files}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    return write


@pytest.fixture(scope="session")
def sample(tmp_path_factory, worker_id):
    """Build the sample project once for all test processes; return its folder and the outcome."""
    return _built_once(tmp_path_factory, worker_id, "sample", jobs=None)


@pytest.fixture(scope="session")
def sample_in_pseudo(tmp_path_factory, worker_id):
    """Build the sample in the pseudo-languages once for all test processes; return its folder and the outcome.

    It is set for the screen alone, whose words are those of all other uses.
    """
    return _built_once(tmp_path_factory, worker_id, "pseudo", '["screen"]', languages=PSEUDO_TAGS)


def _built_once(tmp_path_factory, worker_id, name: str, uses="", **options) -> tuple[Path, pipeline.Outcome]:
    shared = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    folder, memory = shared / f"{name}-project", shared / f"{name}-outcome"
    with (shared / f"{name}-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not memory.exists():
            for part in ("content", "locales", "templates"):
                shutil.copytree(ROOT / part, folder / part)
            if uses:
                site = folder / "content" / "site.toml"
                site.write_text(re.sub(r"^uses = .*$", f"uses = {uses}", site.read_text(), flags=re.MULTILINE))
            memory.write_bytes(pickle.dumps(pipeline.build(request_for(folder, **options), SILENCE)))
        return folder, pickle.loads(memory.read_bytes())  # noqa: S301 (written a moment ago by this very function)


@pytest.fixture(scope="session")
def browser():
    """Return the one browser of a test process. A second cannot be started beside it: playwright runs one loop."""
    from playwright.sync_api import sync_playwright  # most tests need none, and it takes its time to load

    with sync_playwright() as playwright, playwright.chromium.launch(**CHROMIUM) as chromium:
        yield chromium


@pytest.fixture(scope="session")
def printer(tmp_path_factory):
    """Return a function that calls another in a worker with the fonts of the theme alone, always in the same one.

    To start one and to load the renderer takes ten times as long as to set a small booklet. What must see the renderer
    as it was before `render` mended it needs a process of its own: `stele.engine.run`.
    """
    environment = private_fonts(tmp_path_factory.mktemp("printer"))
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context, initializer=_settle_in, initargs=(environment,)) as pool:
        yield lambda function, *arguments: pool.submit(function, *arguments).result()


def _settle_in(environment: dict[str, str]) -> None:
    os.environ.update(environment)


def one_face() -> str:
    """Return the rule of one of the theme's fonts: to read them all takes longer than to set a small booklet.

    A project that has it as its FONTS prints in this one, and in what it names itself.
    """
    url = (BUILT_IN / "shared" / "fonts" / "NotoSerif_400Regular.woff2").as_uri()
    return f'@font-face {{ font-family: "Stele Serif"; src: url({url}) }}'


def one_font() -> str:
    """Return the style of a page in this font."""
    return f'{one_face()} body {{ font-family: "Stele Serif" }}'
