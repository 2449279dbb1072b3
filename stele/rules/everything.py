"""The ledger in, its records of every kind out, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.sources.ledger.records import Ledger, Record


def everything(ledger: Ledger) -> Iterator[Record]:
    """Yield every record in the order of the files."""
    kinds = (ledger.figures, ledger.quotations, ledger.recognitions, ledger.events, ledger.commemorations)
    for kind in (*kinds, ledger.places, ledger.people, ledger.memorials, ledger.sources, ledger.terms, ledger.derived):
        yield from kind.values()
