"""A catalog made by other rules and the messages of today in, the same translations under the keys of today out.

The rules of extraction change with a version, and other tools have others. What an entry says is read by the rules of
today, source and translation alike; where both fall into the same pieces, each piece is a message with its translation.
"""

from __future__ import annotations

import errno
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location
from stele.sources.documents import MAX_BRACKETS, Document, open_brackets
from stele.sources.markup import identity, render
from stele.translation.gathering import messages_of
from stele.translation.merging.merge import merge
from stele.translation.po.catalog import read_catalog, write_catalog
from stele.translation.po.entry import Entry
from stele.translation.po.style import revised, set_anew
from stele.translation.reuse.adaptation import link_definitions
from stele.translation.reuse.canonical import canonical, respelled
from stele.translation.safety import refuse
from stele.translation.update import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from stele.sources.units import Unit
    from stele.translation.messages import Message
    from stele.translation.po.catalog import Catalog

    Key = tuple[str | None, str]


_SHOWN = 60  # characters of a text that is quoted


@dataclass(frozen=True, slots=True)
class Move:
    """A translation that was found under `old` and stands under `new` now; both are msgids."""

    old: str
    new: str

    def __str__(self) -> str:
        return f"{_quoted(self.old)} is now {_quoted(self.new)}"


@dataclass(frozen=True, slots=True)
class Migrated:
    """The bytes of a catalog after its migration, and every translation that moved, in the order of the messages."""

    data: bytes
    moves: tuple[Move, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class _Offer:
    donor: Entry
    text: str


def migrate(
    old: bytes, path: str, document: Document, source_tag: str, created: datetime, *, keep_small_changes: bool = False
) -> Migrated:
    """Return the catalog `old` with the messages of `document`, each with the translation it has under another key.

    Only what is the same message by the rules of today moves: a translation that was confirmed stays so, a fuzzy one
    fuzzy. What is not plain is left to the fuzzy merge. An entry that gave its translation away becomes obsolete. A
    broken catalog stays as it is.
    """
    catalog, broken = read_catalog(old, path)
    if catalog is None:
        return Migrated(old, (), broken)
    messages = messages_of(document, source_tag)
    offers = _sole_offers(_offers(catalog, messages, document, source_tag))
    moved = replace(catalog, entries=tuple(_moved(catalog, offers)))
    merged = merge(moved, messages, created, keep_small_changes=keep_small_changes)
    given = [(message, offers[message.key]) for message in messages if message.key in offers]
    return Migrated(write_catalog(merged), tuple(Move(offer.donor.msgid, message.msgid) for message, offer in given))


def change(path: str, old: bytes, made: Migrated, move: Callable[[bytes], Migrated]) -> Change:
    """Return what writes `made`, which `move` made of `old`, at `path`, and again of what the file holds by then."""

    def again(data: bytes | None) -> tuple[bytes, tuple[Diagnostic, ...]]:
        if data is None:
            raise FileNotFoundError(errno.ENOENT, "it was deleted meanwhile", path)
        anew = move(data)
        return anew.data, anew.diagnostics

    return Change(path, made.data, old, again)


# --- who can give what ----------------------------------------------------------------------------------------------


def _offers(
    catalog: Catalog, messages: Sequence[Message], document: Document, source_tag: str
) -> dict[Key, list[_Offer]]:
    """Return what the entries without a message of today have for the messages without a translation."""
    addresses = link_definitions(document.body)
    wanted = {message.key for message in messages}
    lacking = wanted - {entry.key for entry in catalog.entries if not entry.untranslated}
    takers = _Takers(lacking, wanted, addresses)
    offers: dict[Key, list[_Offer]] = defaultdict(list)
    for entry in catalog.entries:
        if entry.key in wanted or entry.is_header or entry.untranslated or entry.plural is not None:
            continue
        for source, translation in _pairs(entry, takers, source_tag):
            key = takers.find(source)
            if key is not None:
                offers[key].append(_Offer(entry, respelled(translation, source, key[1], addresses)))
    return offers


class _Takers:
    """The messages that need a translation, found by any spelling of them."""

    def __init__(self, lacking: Iterable[Key], wanted: Iterable[Key], addresses: Mapping[str, str]) -> None:
        self._lacking, self._addresses = set(lacking), addresses
        self._exact = {key[1]: key for key in wanted if key[0] is None}
        self._alike: dict[str, set[Key]] = defaultdict(set)
        for key in wanted:
            self._alike[canonical(key[1], addresses)].add(key)

    def find(self, text: str) -> Key | None:
        """Return the key of the one message that says `text`, None where it needs nothing or there are several."""
        exact = self._exact.get(text)
        alike = {exact} if exact else self._alike.get(canonical(text, self._addresses), set())
        return next(iter(alike & self._lacking), None) if len(alike) == 1 else None


def _pairs(entry: Entry, takers: _Takers, source_tag: str) -> Iterator[tuple[str, str]]:
    """Yield the whole entry if it is a message in another spelling, else the pieces of which it is made."""
    if takers.find(entry.msgid) is not None:
        yield entry.msgid, entry.msgstr[0]
        return
    sources = _units(entry.msgid, source_tag)
    translations = _units(entry.msgstr[0], source_tag) if sources else ()
    if [unit.kind for unit in sources] == [unit.kind for unit in translations]:
        yield from ((one.text, other.text) for one, other in zip(sources, translations, strict=True))


def _units(text: str, tag: str) -> tuple[Unit, ...]:
    if open_brackets(text)[1] > MAX_BRACKETS:
        return ()
    return render(Document("message", "message", {}, text, 1), tag, identity, tag).units


def _sole_offers(offers: Mapping[Key, Sequence[_Offer]]) -> dict[Key, _Offer]:
    """Return the offers on which all donors agree, and that may be printed."""
    agreed = {key: made for key, made in offers.items() if len({offer.text for offer in made}) == 1}
    # Of donors that say the same, one that was confirmed speaks for all.
    best = {key: min(made, key=lambda offer: (offer.donor.fuzzy, offer.donor.obsolete)) for key, made in agreed.items()}
    return {key: offer for key, offer in best.items() if not any(refuse(key[1], offer.text, Location("")))}


# --- how it is written ----------------------------------------------------------------------------------------------


def _moved(catalog: Catalog, offers: Mapping[Key, _Offer]) -> Iterator[Entry]:
    donors = {offer.donor.key for offer in offers.values()}
    for entry in catalog.entries:
        if entry.key in offers:
            yield _given(entry, offers[entry.key], catalog)
        elif entry.key in donors and not entry.obsolete:
            yield revised(entry, catalog.style, obsolete=True, extracted_comments=(), references=())
        else:
            yield entry
    known = {entry.key for entry in catalog.entries}
    yield from (_new(key, offer, catalog) for key, offer in offers.items() if key not in known)


def _new(key: Key, offer: _Offer, catalog: Catalog) -> Entry:
    blank = Entry(key[1], context=key[0], gap=catalog.style.newline)
    return _given(set_anew(blank, catalog.style), offer, catalog)


def _given(entry: Entry, offer: _Offer, catalog: Catalog) -> Entry:
    donor = offer.donor
    own = tuple(flag for flag in donor.flags if not flag.endswith("-format") and flag not in entry.flags)
    comments = tuple(line for line in donor.translator_comments if line not in entry.translator_comments)
    return revised(
        entry,
        catalog.style,
        msgstr=(offer.text,),
        flags=own + entry.flags,
        translator_comments=entry.translator_comments + comments,
        previous=donor.previous if donor.fuzzy else None,
    )


def _quoted(text: str) -> str:
    line = text.replace("\n", "\\n")
    return f"“{line[:_SHOWN]}…”" if len(line) > _SHOWN else f"“{line}”"
