"""Editions and documents in, the order of contents out."""

from __future__ import annotations

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
