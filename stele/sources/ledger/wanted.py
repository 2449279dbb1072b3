"""Documents in, what they ask of the ledger out: its blocks, its notes, and so the records whose texts are printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.sources.ledger.chosen import chosen
from stele.sources.ledger.references import calls, citations, references

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stele.sources.documents import Document
    from stele.sources.ledger.records import Citation, Ledger, Record
    from stele.sources.ledger.references import Call


@dataclass(frozen=True, slots=True)
class Wanted:
    """What documents ask of the ledger: blocks, notes, and the path of the document that lists the sources.

    `year` is that of the imprint, by which consents may have ended; None where it is not known. `referred` are the ids
    that references name.
    """

    calls: tuple[Call, ...]
    notes: tuple[tuple[Citation, ...], ...]
    bibliography: str = ""
    year: int | None = None
    referred: tuple[str, ...] = ()


def wanted(documents: Sequence[Document], year: int | None = None) -> Wanted:
    """Return what the documents, and those that stand in for them in a language, ask of the ledger in a year."""
    bodies = [body for document in documents for body in bodies_of(document)]
    asked = dict.fromkeys(call for body in bodies for call in calls(body))
    notes = dict.fromkeys(note for body in bodies for note in citations(body))
    lists = (
        document.path for document in documents if any(call.name == "bibliography" for call in calls(document.body))
    )
    referred = dict.fromkeys(reference.id for body in bodies for reference in references(body))
    return Wanted(tuple(asked), tuple(notes), next(lists, ""), year, tuple(referred))


def bodies_of(document: Document) -> Iterator[str]:
    """Yield the text of a document, then those of what stands in for it in a language."""
    yield document.body
    for alternate in document.alternates.values():
        yield alternate.body


def printed(ledger: Ledger, asked: Wanted) -> tuple[Record, ...]:
    """Return the records whose texts readers see: those of the blocks, and the sources that are cited."""
    of_blocks = (record for call in asked.calls for record in chosen(ledger, call))
    cited = (ledger.sources[item.source] for note in asked.notes for item in note if item.source in ledger.sources)
    return tuple({(type(record), record.id): record for record in (*of_blocks, *cited)}.values())


def published(ledger: Ledger, asked: Wanted) -> tuple[Record, ...]:
    """Return every record of which readers are told anything: those that are printed, and those that texts refer to."""
    ids = {name.rsplit(".", dots)[0] for name in asked.referred for dots in range(3)}  # of killed.hrw.as-of too
    named = (item for item in ledger if item.id in ids)
    return tuple({(type(item), item.id): item for item in (*printed(ledger, asked), *named)}.values())
