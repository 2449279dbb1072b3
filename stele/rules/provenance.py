"""Sources and whatever is hard to bear in, what could vanish and what readers are not warned of out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.rules.everything import everything
from stele.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.rules.findings import Scope
    from stele.sources.ledger.records import Ledger


def unarchived(ledger: Ledger, _: Scope) -> Iterator[Finding]:
    """PRV-1. Yield a source on the web of which there is neither a copy nor a hash: it may change or vanish."""
    for source in ledger.sources.values():
        if source.url and not source.archived and not source.sha256:
            message = f"source {source.id} is on the web, and there is no archived copy of it"
            hint = "add archived, the address of a copy, or sha256, the hash of the file that you keep"
            yield Finding(source, "unarchived-source", message, hint)


def graphic(ledger: Ledger, scope: Scope) -> Iterator[Finding]:
    """SEN-1. Yield what is graphic without a note before it, or in editions that have not asked for it."""
    for record in everything(ledger):
        if record.sensitivity != "graphic":
            continue
        if not record.note.strip():
            message = f"{record.id} is graphic, and no note says what a reader will meet"
            yield Finding(record, "graphic-content", message, "describe it in note, in plain words")
        elif not scope.shows_graphic:
            message = f"{record.id} is graphic, and no edition has asked for that"
            yield Finding(record, "graphic-content", message, "leave it out, or say in allow for whom it is meant")
