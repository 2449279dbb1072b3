"""The texts of all pages in, what programs read of them out: an index.json beside each, and a list of them all."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from stele.artifacts import Artifact, json_bytes
from stele.sources import fragments
from stele.web import addresses
from stele.web.portable.writing import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stele.translation.shelf import Shelf
    from stele.web.extracts import Extract
    from stele.web.frame import Frame

INDEX = "index.json"
# A reader of version 1 may rely on every name in it; what is added does not change the number.
VERSION = 1
SITE = "site/api/v1/site.json"
_OF_ALTERNATES = ("lang", "dir", "title", "url", "index")


def listed(frame: Frame, extracts: Sequence[Extract]) -> list[Artifact]:
    """Return the texts, what is said of each and of all together; nothing where there are none.

    What belongs to one page lies in the site and beside it, for who takes it without the site.
    """
    if not extracts:
        return []
    files = [file for extract in extracts for file in _files(frame, extract, extracts)]
    return [*files, *(Artifact(addresses.beside(item.path), item.data) for item in files), _site(frame, extracts)]


def _files(frame: Frame, extract: Extract, extracts: Sequence[Extract]) -> Iterator[Artifact]:
    for name, html in extract.files.items():
        yield Artifact(extract.path(name), html.encode())
    yield Artifact(extract.path(INDEX), json_bytes(_page(frame, extract, extracts)))


def _page(frame: Frame, extract: Extract, extracts: Sequence[Extract]) -> dict[str, Any]:
    """Return what index.json says of a page; its text is the one that filters leave unchanged."""
    key = extract.document.key
    return {
        "version": VERSION,
        **_entry(frame, extract),
        "html": extract.portable,
        "text": plain(extract.portable),
        "alternates": [
            {name: value for name, value in _entry(frame, other).items() if name in _OF_ALTERNATES}
            for other in extracts
            if other.document.key == key and other is not extract
        ],
        **_terms(frame),
    }


def _entry(frame: Frame, extract: Extract) -> dict[str, Any]:
    document = extract.document
    return {
        "lang": document.language.tag,
        "dir": document.language.direction,
        "key": document.key,
        "title": document.plain_title,
        "description": fragments.plain(document.description),
        "url": extract.address,
        "index": _url(frame, extract.path(INDEX)),
        "files": [
            {"name": name, "url": _url(frame, extract.path(name)), "sha256": hashlib.sha256(html.encode()).hexdigest()}
            for name, html in extract.files.items()
        ],
    }


def _terms(frame: Frame) -> dict[str, str]:
    """Return licence and date, each where somebody stated it."""
    printing, licence = frame.project.printing, frame.project.hosting.licence
    published = printing.released.isoformat() if printing.is_dated else ""
    return {name: value for name, value in (("licence", licence), ("published", published)) if value}


def _site(frame: Frame, extracts: Sequence[Extract]) -> Artifact:
    languages = [_language(frame, shelf) for shelf in frame.shelves]
    pages = [_entry(frame, extract) for extract in extracts]
    return Artifact(SITE, json_bytes({"version": VERSION, **_terms(frame), "languages": languages, "pages": pages}))


def _language(frame: Frame, shelf: Shelf) -> dict[str, Any]:
    tag = shelf.language.tag
    texts = {name: fragments.plain(shelf.site[name]) for name in ("title", "description", "rights")}
    return {
        "lang": tag,
        "dir": shelf.language.direction,
        "name": shelf.language.endonym,
        **{name: text for name, text in texts.items() if text},
        "url": addresses.home(frame.project.hosting.address, tag),
    }


def _url(frame: Frame, path: str) -> str:
    return addresses.absolute(frame.project.hosting.address, path)
