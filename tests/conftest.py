"""What tests share: small projects on disk, the silent watcher, and the one build of the sample."""

from __future__ import annotations

import fcntl
import pickle
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from stele import pipeline, report
from stele.diagnostics import Stage
from stele.language.pseudo import PSEUDO_TAGS
from stele.sources.theme import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("en", "az", "az-Cyrl", "ru", "tr", "de", "fr", "fa", "uk", "ka", "ar", "he")
RIGHT_TO_LEFT = frozenset({"fa", "ar", "he"})


def pytest_addoption(parser):
    parser.addoption("--accept", action="store_true", help="write golden files anew; then read the diff")


class Silence:
    """Watches without a word."""

    @contextmanager
    def stage(self, title: str, total: int) -> Iterator[Callable[[str], None]]:  # noqa: ARG002
        yield lambda _: None


SILENCE = Silence()


def request_for(project: Path, **options) -> pipeline.Request:
    options.setdefault("output", project / "output")
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
    return _built_once(tmp_path_factory, worker_id, "sample")


@pytest.fixture(scope="session")
def sample_in_pseudo(tmp_path_factory, worker_id):
    """Build the sample in the pseudo-languages once for all test processes; return its folder and the outcome."""
    return _built_once(tmp_path_factory, worker_id, "pseudo", languages=PSEUDO_TAGS)


def _built_once(tmp_path_factory, worker_id, name: str, **options) -> tuple[Path, pipeline.Outcome]:
    shared = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    folder, memory = shared / f"{name}-project", shared / f"{name}-outcome"
    with (shared / f"{name}-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not memory.exists():
            for part in ("content", "locales", "templates"):
                shutil.copytree(ROOT / part, folder / part)
            memory.write_bytes(pickle.dumps(pipeline.build(request_for(folder, **options), SILENCE)))
        return folder, pickle.loads(memory.read_bytes())  # noqa: S301 (written a moment ago by this very function)


def one_font() -> str:
    """Return a style with one file of the theme's fonts: to read them all takes longer than to set a small booklet."""
    url = (BUILT_IN / "shared" / "fonts" / "NotoSerif_400Regular.woff2").as_uri()
    return f'@font-face {{ font-family: "Stele Serif"; src: url({url}) }} body {{ font-family: "Stele Serif" }}'
