"""The texts of all pages in, what programs read of them out: an index.json beside each, and a list of them all."""

from __future__ import annotations

import hashlib
from collections import defaultdict
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

    _Said = dict[str, Any]

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
    entries = [_entry(frame, extract) for extract in extracts]
    same = defaultdict[str, list[dict[str, Any]]](list)
    for entry in entries:
        same[entry["key"]].append({name: entry[name] for name in _OF_ALTERNATES})
    pairs = zip(extracts, entries, strict=True)
    files = [file for extract, entry in pairs for file in _files(frame, extract, entry, same[entry["key"]])]
    beside = (Artifact(addresses.beside(item.path), item.data) for item in files)
    return [*files, *beside, _site(frame, entries)]


def _files(frame: Frame, extract: Extract, entry: _Said, same: Sequence[_Said]) -> Iterator[Artifact]:
    for name, html in extract.files.items():
        yield Artifact(extract.path(name), html.encode())
    yield Artifact(extract.path(INDEX), json_bytes(_page(frame, extract, entry, same)))


def _page(frame: Frame, extract: Extract, entry: _Said, same: Sequence[_Said]) -> _Said:
    """Return what index.json says of a page; its text is the one that filters leave unchanged.

    `same` is what others say of it: this page in all languages, its own among them.
    """
    return {
        "version": VERSION,
        **entry,
        "html": extract.portable,
        "text": plain(extract.portable),
        "alternates": [other for other in same if other["lang"] != entry["lang"]],
        **_terms(frame),
    }


def _entry(frame: Frame, extract: Extract) -> _Said:
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


def _site(frame: Frame, entries: Sequence[_Said]) -> Artifact:
    languages = [_language(frame, shelf) for shelf in frame.shelves]
    return Artifact(SITE, json_bytes({"version": VERSION, **_terms(frame), "languages": languages, "pages": entries}))


def _language(frame: Frame, shelf: Shelf) -> _Said:
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
