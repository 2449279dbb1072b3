"""How far the work has come in, bars in a terminal out (rich)."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


class Bars:
    """Shows a bar for each stage, or for each edition that it makes; those of a stage within another stand below."""

    def __init__(self) -> None:
        self._shown: Progress | None = None

    @contextmanager
    def stage(self, title: str, steps: Mapping[str, int]) -> Iterator[Callable[[str], None]]:
        """Open a stage of so many steps for each of its parts (see `telling.Watcher`)."""
        with self._progress() as progress:
            bars = {part: progress.add_task(f"{title} {part}", total=steps[part]) for part in steps}
            yield lambda part: progress.advance(bars[part])
            for bar in bars.values():
                progress.remove_task(bar)

    @contextmanager
    def _progress(self) -> Iterator[Progress]:
        """Give what shows the bars of all stages that are open."""
        if self._shown:
            yield self._shown
            return
        columns = (
            TextColumn("{task.description:<20}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as self._shown:
            try:
                yield self._shown
            finally:
                self._shown = None
