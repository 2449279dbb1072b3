"""The catalogs of a language in, where a passage of a page is written out: file and line, and its source's."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stele.audit.passages import letters
from stele.diagnostics import Location
from stele.translation.review.reading import prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from stele.translation.po.catalog import Catalog
    from stele.translation.po.entry import Entry

_WAIVER = re.compile(r"\s*allow\s+(?P<code>[a-z]+(?:-[a-z]+)+)\s*:\s*(?P<reason>.*\S)\s*\Z")
_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message is translated and where it is written; `allowed` are the waivers of the translator, by code."""

    catalog: Location
    source: Location | None
    allowed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Places:
    """The messages of one language by the letters of their source, and by those of their translation."""

    by_source: Mapping[str, Place] = field(default_factory=dict)
    by_translation: Mapping[str, Place] = field(default_factory=dict)

    def find(self, origin: str) -> Place | None:
        """Return where the passage with these letters is written, None where no catalog has it."""
        return self.by_source.get(origin) or self.by_translation.get(origin)


def read_places(catalogs: Iterable[tuple[str, Catalog]]) -> Places:
    """Return the places of all messages in catalogs, each given with its path."""
    by_source: dict[str, Place] = {}
    by_translation: dict[str, Place] = {}
    for path, catalog in catalogs:
        for entry in catalog.entries:
            if not entry.is_header and not entry.obsolete:
                place = _place(path, entry)
                by_source.setdefault(_read(entry.msgid), place)
                for text in filter(None, entry.msgstr):
                    by_translation.setdefault(_read(text), place)
    return Places(by_source, by_translation)


def _place(path: str, entry: Entry) -> Place:
    waivers = (_WAIVER.match(comment) for comment in entry.translator_comments)
    allowed = {found["code"]: found["reason"] for found in waivers if found}
    return Place(Location(path, entry.line), _source(entry), allowed)


def _source(entry: Entry) -> Location | None:
    file, colon, line = (entry.references[0] if entry.references else "").rpartition(":")
    if not colon or not line.isdecimal():
        return Location(line) if line else None
    return Location(file, int(line))


def _read(text: str) -> str:
    """Return the letters of a message as a page has them: without markup, notes, and the values of placeholders."""
    return letters(prose(_TAGS.sub("", text)).replace("\ufffc", " "))
