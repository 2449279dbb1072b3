"""An overview of the translations in, the tables that a terminal of 80 columns shows out (rich)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from stele.language.tags import Language
    from stele.translation.overview import Changes, Overview
    from stele.translation.status import State

_AFTER_UPDATE = "after update"


def tables(overview: Overview) -> Iterator[Table | Text]:
    """Yield what changed since the last update, then each language: its documents, their sum, what its checks find."""
    yield from _changes(overview)
    for language in overview.languages:
        yield Text()
        yield _language(overview, language)
        yield from _checks(overview.as_is(language))
    if overview.languages:
        yield Text("\nCounts are messages / words of the source text.", style="dim")


def _changes(overview: Overview) -> Iterator[Table | Text]:
    changed = [item for item in overview.domains if item.changes]
    if not changed:
        yield Text("The text has not changed since the last update.")
        return
    yield Text("Changed since the last update", style="bold")
    for item in changed:
        yield Text(f"  {item.name}: {_counted(item.changes)}")


def _counted(changes: Changes) -> str:
    counts = {"added": changes.added, "reworded": changes.reworded, "removed": changes.removed}
    return ", ".join(f"{len(texts)} {name}" for name, texts in counts.items() if texts)


def _language(overview: Overview, language: Language) -> Table:
    table = Table(
        title=f"{language.endonym} ({language.tag})", title_justify="left", title_style="bold", box=None, expand=False
    )
    table.add_column("Document", no_wrap=True, max_width=18)
    for name in ("Done", "Translated", "Fuzzy", "Missing", "Failing"):
        table.add_column(name, justify="right", no_wrap=True)
    for item in overview.of(language):
        _add(table, item.domain, item.as_is, item.after_update)
    table.add_section()
    _add(table, "Total", overview.as_is(language), overview.after_update(language), style="bold")
    return table


def _add(table: Table, name: str, as_is: State, after_update: State, style: str = "") -> None:
    """Add a row, and a second one where an update would change what it says."""
    table.add_row(name, *_cells(as_is), style=style)
    after = _cells(after_update)
    if after != _cells(as_is):
        table.add_row(f"  {_AFTER_UPDATE}", *after, style="dim")


def _cells(state: State) -> tuple[str, ...]:
    messages, words = state.messages, state.words
    pairs = (
        (messages.translated, words.translated),
        (messages.fuzzy, words.fuzzy),
        (messages.missing, words.missing),
    )
    counts = (f"{first:,} / {second:,}" if first else "–" for first, second in pairs)
    failing = sum(state.failing.values())
    return f"{messages.percent} %", *counts, f"{failing:,}" if failing else "–"


def _checks(state: State) -> Iterator[Text]:
    for name, counts in (("Failing checks", state.failing), ("Waived", state.waived)):
        if counts:
            yield Text(f" {name}: {_listed(counts)}")


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{code} {count}" for code, count in counts.items())
