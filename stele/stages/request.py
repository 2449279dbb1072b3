"""What is asked of Stele, what came of it, and who watches. No library is needed to know that nothing changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from stele.diagnostics import Severity, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from stele.diagnostics import Diagnostic
    from stele.translation.overview import Overview


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of Stele. Empty `languages` and `editions` mean all; `jobs` None one for each processor.

    `cache` is the folder of what was made before; without one, everything is made anew. `scheduler` is the address of a
    Dask cluster that does the work in place of processes of this machine.
    """

    project: Path
    output: Path
    languages: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    stage: Stage = Stage.DRAFT
    jobs: int | None = None
    cache: Path | None = None
    scheduler: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it. `made` is what was published or written, `overview` and `page` what was counted.

    `remarks` say what was done, line by line; `checksums` are those of what was published.
    """

    diagnostics: tuple[Diagnostic, ...]
    made: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    overview: Overview | None = None
    page: str = ""
    checksums: bytes = b""

    def failed(self, stage: Stage) -> bool:
        """Say whether a finding is an error at `stage`."""
        return any(item.severity(stage) is Severity.ERROR for item in self.diagnostics)


class Watcher(Protocol):
    """Tells people how long work goes on. Gives a function to call after each step with the part that it belongs to."""

    def stage(self, title: str, steps: Mapping[str, int]) -> AbstractContextManager[Callable[[str], None]]:
        """Open a stage of so many steps for each of its parts: the editions by name, or one part without a name."""
        ...
