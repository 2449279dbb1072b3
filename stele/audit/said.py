"""The ledger, what a language prints and its catalog in, the texts of the records in that language out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.sources import markup
from stele.sources.ledger.records import texts
from stele.sources.units import Rendition
from stele.translation.policy import rendition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.sources.inscription import Inscriptions
    from stele.sources.ledger.records import Ledger, Record
    from stele.translation.policy import Voice


def said(ledger: Ledger, inscriptions: Inscriptions, voice: Voice) -> dict[tuple[str, str], str]:
    """Return the texts of all records but people, as HTML, by the id of the record and the name of the field."""
    return {
        (record.id, name): _html(text, inscriptions, voice)
        for record in _records(ledger)
        for name, text in texts(record).items()
    }


def _records(ledger: Ledger) -> Iterator[Record]:
    kinds = (
        ledger.figures,
        ledger.quotations,
        ledger.recognitions,
        ledger.events,
        ledger.commemorations,
        ledger.places,
        ledger.memorials,
        ledger.sources,
    )
    for kind in kinds:
        yield from kind.values()


def _html(text: str, inscriptions: Inscriptions, voice: Voice) -> str:
    made = Rendition(text, voice.language.tag) if voice.at_home else rendition(text, voice)
    return markup.inline(inscriptions.in_markdown(made.text, made.tag, _ignore))


def _ignore(code: str, message: str, hint: str) -> None:
    """Leave what is wrong with a reference of a record to the reader of the ledger."""
