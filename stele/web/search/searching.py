"""Everything that the site says in, its search out: a page in each language, and the scripts that the page loads."""

from __future__ import annotations

import posixpath
from functools import partial
from typing import TYPE_CHECKING

from stele.artifacts import Artifact, page_at
from stele.language.numbers import native_digits
from stele.sources.templating import safe
from stele.sources.theme import BUILT_IN
from stele.web import addresses, people
from stele.web.addresses import ASSETS, HOME, relative
from stele.web.search import shards
from stele.web.search.index import index
from stele.web.search.names import names_of_people, names_of_places
from stele.web.search.sections import sections
from stele.web.site import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stele.translation.shelf import Shelf
    from stele.web.frame import Frame
    from stele.web.search.sections import Section

_SCRIPTS = ("finding.js", "search.js")
# No language has another plural for more than this many than for what is left of them by a hundred (CLDR, plurals).
_COUNTED = 200


def paths(shelves: Sequence[Shelf]) -> Iterator[str]:
    """Yield the paths of the pages of the search: what other pages link to."""
    return (addresses.search(shelf.language.tag) for shelf in shelves)


def pages(frame: Frame) -> Iterator[Artifact]:
    """Yield the page of the search in each language; raise `templating.TemplateFailure`."""
    for shelf in frame.shelves:
        tag = shelf.language.tag
        here = addresses.search(tag)
        values = {
            "contents": [
                Entry(safe(item.title), relative(here, addresses.page(tag, item.key)), current=False)
                for item in shelf.documents
                if item.key != HOME
            ],
            "digits": native_digits("0123456789", tag),
            "counted": _COUNTED,
        }
        html = shelf.templates.page("site/search.html", frame.around(shelf, addresses.search) | values)
        yield page_at(here, html)


def scripts(frame: Frame) -> Iterator[Artifact]:
    """Yield the scripts of the search, which are never those of a theme: a theme may come from anyone."""
    for name in _SCRIPTS if frame.shelves else ():
        yield Artifact(f"{ASSETS}/{name}", (BUILT_IN / "site" / name).read_bytes())


def indexes(frame: Frame, year: int | None) -> Iterator[Artifact]:
    """Yield what the scripts search in, in each language; `year` is that by which a consent may have ended."""
    for shelf in frame.shelves:
        tag, ledger = shelf.language.tag, frame.ledger
        names = names_of_places(ledger, tag) | names_of_people(ledger, tag, frame.project.source.tag, year)
        found = [section for item in shelf.documents for section in sections(item, ledger.people)]
        made = shards.scripts(index(found, names, tag), tag, partial(_link, addresses.search(tag), tag))
        for name, data in made.items():
            yield Artifact(f"{posixpath.dirname(addresses.search(tag))}/{name}.js", data)


def _link(here: str, tag: str, section: Section) -> str:
    if section.person:  # letters move as a roll grows; this address stays
        return relative(here, people.address(tag, section.person))
    page = relative(here, addresses.page(tag, section.key))
    return f"{page}#{section.anchor}" if section.anchor else page
