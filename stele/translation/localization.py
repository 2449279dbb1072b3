"""A document, its catalog and a language in, a `LocalizedDocument` out: localize(document, catalog, language)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location
from stele.language.typography import typeset
from stele.sources import fragments, markup
from stele.sources.documents import TRANSLATED_FIELDS
from stele.sources.project import SITE_FILE
from stele.translation.safety import joined, refuse, remark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from stele.language.tags import Language
    from stele.sources.documents import Document
    from stele.sources.markup import Heading, Link
    from stele.sources.project import Project
    from stele.translation.catalog import Catalog


@dataclass(frozen=True, slots=True)
class LocalizedDocument:
    """A document in one language.

    `title`, `description` and `html` are safe HTML, the rest is plain text. Links of `html` are as the source wrote
    them, relative to `path`. `messages` counts the messages of the document, `missing` those that are printed in the
    source language.
    """

    key: str
    path: str
    language: Language
    title: str
    short: str
    description: str
    layout: str
    html: str
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    messages: int
    missing: int

    @property
    def plain_title(self) -> str:
        """Return the title without markup."""
        return fragments.plain(self.title)

    @property
    def untranslated(self) -> float:
        """Return the share of messages that are printed in the source language, 0 to 1."""
        return self.missing / self.messages if self.messages else 0.0


def localize(
    document: Document, catalog: Catalog | None, language: Language, source: Language, catalog_path: str
) -> tuple[LocalizedDocument, tuple[Diagnostic, ...]]:
    """Return `document` in `language`. Without a catalog, and for the source language itself, nothing is replaced."""
    lookup = Lookup(catalog, catalog_path)
    at_home = language == source
    translate = markup.identity if at_home else lambda unit: lookup.find(unit.text)
    texts = {name: document.fields[name].text for name in TRANSLATED_FIELDS if name in document.fields}
    fields = {name: _marked(text, source if at_home else language, source, lookup) for name, text in texts.items()}
    rendered = markup.render(document, language.tag, translate, source.tag)
    title = fields.get("title") or rendered.title
    localized = LocalizedDocument(
        key=document.key,
        path=document.path,
        language=language,
        title=title or escape(document.key.rsplit("/", 1)[-1]),
        short=fragments.plain(fields.get("short") or title or document.key),
        description=fields.get("description", ""),
        layout=document.layout,
        html=rendered.html,
        headings=rendered.headings,
        links=rendered.links,
        messages=len(rendered.units) + len(texts),
        missing=lookup.missing,
    )
    if at_home:
        return localized, (*rendered.diagnostics, *_without_title(document, title))
    return localized, lookup.summary(document.path)


def localize_site(
    project: Project, catalog: Catalog | None, language: Language, catalog_path: str
) -> tuple[Mapping[str, str], tuple[Diagnostic, ...]]:
    """Return the texts of site.toml in `language`, by name of setting; a setting that is not made is empty."""
    lookup = Lookup(catalog, catalog_path)
    at_home = language == project.source
    spoken = {item.name: item.text if at_home else lookup.find(item.text) or item.text for item in project.settings}
    texts = {name: typeset(text, language.tag) for name, text in spoken.items()}
    return defaultdict(str, texts), () if at_home else lookup.summary(SITE_FILE)


def _without_title(document: Document, title: str | None) -> Iterable[Diagnostic]:
    if title is None:
        hint = "begin the file with a line “# Title”, or with front matter: title: …"
        yield Diagnostic("no-title", "the document has no title", Location(document.path, 1), hint)


def _marked(text: str, language: Language, source: Language, lookup: Lookup) -> str:
    """Return a text of the front matter as HTML, marked with the language of the source when it stays in that."""
    translation = text if language == source else lookup.find(text)
    if translation is None:
        return f'<span lang="{source.tag}" dir="{source.direction}">{escape(typeset(text, source.tag))}</span>'
    return escape(typeset(translation, language.tag))


class Lookup:
    """Finds translations that may be printed, and remembers what it could not use."""

    def __init__(self, catalog: Catalog | None, path: str) -> None:
        self._catalog, self._path = catalog, path
        self._found: dict[Diagnostic, None] = {}
        self._absent = self._empty = self._fuzzy = 0

    @property
    def missing(self) -> int:
        """Return how many lookups ended with the source text."""
        return self._absent + self._empty + self._fuzzy

    def find(self, text: str) -> str | None:
        """Return the confirmed and harmless translation of `text`, or None."""
        entry = self._catalog.find(text) if self._catalog else None
        if entry is None:
            self._absent += 1
            return None
        if not entry.translated:
            self._fuzzy += entry.fuzzy
            self._empty += not entry.fuzzy
            return None
        translation = joined(text, entry.msgstr[0])
        where = Location(self._path, entry.line)
        refusals = list(refuse(text, translation, where))
        self._found |= dict.fromkeys(refusals or remark(text, translation, where))
        if refusals:
            self._empty += 1
            return None
        return translation

    def summary(self, document: str) -> tuple[Diagnostic, ...]:
        """Return what was found, with one line for each kind of message that is missing."""
        where = Location(self._path)
        found = list(self._found)
        if self._catalog is None:
            message = f"there is no catalog for {document}, so it is printed in the source language"
            return (*found, Diagnostic("untranslated", message, where, "run: python build.py update"))
        if self._absent:
            message = f"messages of {document} that are not in the catalog: {self._absent}"
            found.append(Diagnostic("stale-catalog", message, where, "run: python build.py update"))
        if self._empty:
            message = f"messages of {document} without a translation that can be printed: {self._empty}"
            found.append(Diagnostic("untranslated", message, where))
        if self._fuzzy:
            message = f"messages of {document} that are fuzzy, and so printed in the source language: {self._fuzzy}"
            found.append(Diagnostic("fuzzy", message, where, "confirm them in your translation editor"))
        return tuple(found)
