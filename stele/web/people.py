"""A shelf in, everyone whom its pages name out, each with an address that stays theirs.

Letters move as a roll grows, and each language has its own; so the address of a person has neither. It is made of the
id of the record alone: a page ``person/057/`` of the 512 among which all ids are dealt out by their hash, and on it the
id. A page for each person would be 150,000 files for a roll of 50,000 names in three languages, more than hosts take;
fewer pages than 512 would be heavy ones, and their number cannot change without changing every address.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from stele.sources import fragments, media
from stele.web import addresses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from stele.translation.shelf import Shelf

ROLL = "names"
"""The class of the element that holds the names of a roll (templates/ledger/roll.html)."""
_DETAILS = "details"
_PAGES = 512  # at 50,000 names each has about a hundred; never to be changed


@dataclass(frozen=True, slots=True)
class Named:
    """A person as a language names them: the id of the record, the name as it is read.

    `address` is the path of the page below the output folder, with the anchor on it.
    """

    id: str
    name: str
    address: str


def page_key(name: str) -> str:
    """Return the key of the page of the person whose id is `name`, the same in every language: ``person/057``."""
    number = int.from_bytes(sha256(name.encode()).digest()[:4], "big") % _PAGES
    return f"person/{number:03o}"


def address(tag: str, name: str) -> str:
    """Return where the person whose id is `name` stands for good: ``site/az/person/057/index.html#abbasov-ali``."""
    return f"{addresses.page(tag, page_key(name))}#{name}"


def people(shelf: Shelf) -> Iterator[Named]:
    """Yield everyone whom the documents of a shelf name on the web, once each, in the order of its rolls."""
    seen: set[str] = set()
    for document in shelf.documents:
        if f'class="{ROLL} ' not in document.html:
            continue
        root = fragments.parse(document.html)
        media.keep(root, "web")
        for roll in root.find_class(ROLL):
            for person, entry in entries(roll):
                if person not in seen:
                    seen.add(person)
                    yield Named(person, name_of(entry), address(shelf.language.tag, person))


def entries(roll: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Yield the id of each person of a roll, and the item of the list that names them."""
    for entry in roll.iter("li"):
        if person := entry.get(fragments.RECORD):
            yield person, entry


def name_of(entry: HtmlElement) -> str:
    """Return the name that an entry says, without the details behind it."""
    pieces = [entry.text or ""]
    for part in parts_of_name(entry):
        pieces += [part.text_content(), part.tail or ""]
    return " ".join("".join(pieces).replace("\u2060", "").split())


def parts_of_name(entry: HtmlElement) -> list[HtmlElement]:
    """Return the elements of an entry that stand before its details."""
    parts = list(entry)
    end = next((at for at, part in enumerate(parts) if part.get("class") == _DETAILS), len(parts))
    return parts[:end]
