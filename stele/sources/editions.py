"""Editions and documents in, the order of contents out, and which documents are for paper alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location
from stele.sources.settings import SITE_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from stele.sources.documents import Document
    from stele.sources.project import Edition


def in_order(documents: Sequence[Document], editions: Sequence[Edition]) -> tuple[Document, ...]:
    """Return all documents: first as the editions list them, then the others as their files are sorted."""
    by_key = {document.key: document for document in documents}
    listed = [key for edition in editions for key in edition.documents or ()]
    keys = dict.fromkeys([*(key for key in listed if key in by_key), *by_key])
    return tuple(by_key[key] for key in keys)


def for_paper(editions: Sequence[Edition]) -> frozenset[str]:
    """Return the keys of the documents that leaflets and the like name and no booklet does: they stay off the site."""
    booklets = {key for edition in editions if edition.product == "booklet" for key in edition.documents or ()}
    return frozenset(key for edition in editions for key in edition.documents or ()) - booklets


def filled(editions: Sequence[Edition], documents: Sequence[Document]) -> tuple[Edition, ...]:
    """Return the editions, those that name no documents with all that are not for paper alone."""
    apart = for_paper(editions)
    everything = tuple(document.key for document in documents if document.key not in apart)
    return tuple(
        edition if edition.documents is not None else replace(edition, documents=everything) for edition in editions
    )


def chapters(edition: Edition, by_key: Mapping[str, object]) -> tuple[str, ...]:
    """Return the keys of the edition's documents that exist, in its order."""
    return tuple(key for key in (edition.documents if edition.documents is not None else by_key) if key in by_key)


def check_editions(editions: Sequence[Edition], documents: Sequence[Document]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for every document that an edition lists and nobody wrote, and for an edition of none."""
    known = {document.key for document in documents}
    for edition in editions:
        if edition.documents == ():
            yield Diagnostic("no-documents", f"edition {edition.name!r} lists no documents", Location(SITE_FILE))
        for key in edition.documents or ():
            if key not in known:
                message = f"edition {edition.name!r} lists {key!r}, which is no document"
                hint = f"there are: {', '.join(sorted(known)[:20])}"
                yield Diagnostic("unknown-document", message, Location(SITE_FILE), hint)
