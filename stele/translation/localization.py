"""A document and what its language is printed from in, a `LocalizedDocument` out: localize(document, voice, stage)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location
from stele.language.typography import typeset
from stele.sources import fragments, marks, markup
from stele.sources.documents import TRANSLATED_FIELDS
from stele.sources.settings import SITE_FILE
from stele.sources.units import Rendition
from stele.translation.policy import Lookup
from stele.translation.status import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from stele.diagnostics import Stage
    from stele.language.tags import Language
    from stele.sources.documents import Document
    from stele.sources.inscription import Inscriptions
    from stele.sources.markup import Heading, Link
    from stele.sources.project import Project
    from stele.sources.units import Unit
    from stele.translation.policy import Voice


@dataclass(frozen=True, slots=True)
class LocalizedDocument:
    """A document in one language.

    `title`, `short`, `description` and `html` are safe HTML, the rest is plain text; what is not in `language` has its
    own ``lang`` and ``dir``. Links of `html` are as they were written, relative to `path`. `file` is where the words
    are from: `path`, or an alternate. `tally` counts the different messages; an alternate has none. `units` are the
    texts as somebody wrote them, in the source and in an alternate.
    """

    key: str
    path: str
    file: str
    language: Language
    title: str
    short: str
    description: str
    layout: str
    html: str
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    tally: Tally
    units: tuple[Unit, ...] = ()

    @property
    def plain_title(self) -> str:
        """Return the title without markup."""
        return fragments.plain(self.title)


def localize(
    document: Document, voice: Voice, stage: Stage, inscriptions: Inscriptions | None = None
) -> tuple[LocalizedDocument, tuple[Diagnostic, ...]]:
    """Return `document` in the language of `voice`, with `inscriptions` for what it refers to.

    In the language of the source, and in one that has an alternate of the document, nothing is replaced.
    """
    tag = voice.language.tag
    alternate = document if voice.at_home else document.alternate(tag)
    if alternate is not None:
        return _as_written(document, alternate, voice.language, inscriptions)
    lookup = Lookup(voice)
    texts = {name: lookup.find(text) for name, text in _texts(document).items()}
    fields = {name: _html(made, inscriptions, name == "title") for name, made in texts.items()}
    rendered = markup.render(document, tag, lambda unit: lookup.find(unit.text), voice.source.tag, inscriptions)
    made = _localized(document, document.path, voice.language, fields, rendered, lookup.tally)
    return made, lookup.report(document.path, stage)


def localize_site(
    project: Project, voice: Voice, stage: Stage, inscriptions: Inscriptions | None = None
) -> tuple[Mapping[str, str], Tally, tuple[Diagnostic, ...]]:
    """Return the texts of site.toml as safe HTML, by name of setting; a setting that is not made is empty."""
    if voice.at_home:
        own = {item.name: Rendition(item.text, voice.source.tag) for item in project.settings}
        spoken = {name: _html(made, inscriptions, needed=True) for name, made in own.items()}
        return _Texts(spoken), Tally(), ()
    lookup = Lookup(voice)
    found = {item.name: lookup.find(item.text) for item in project.settings}
    texts = {name: _html(made, inscriptions, _is_title(name)) for name, made in found.items()}
    return _Texts(texts), lookup.tally, lookup.report(SITE_FILE, stage)


class _Texts(dict[str, str]):
    """Texts by the name of their setting; to ask for one that is not made leaves them as they are."""

    def __missing__(self, name: str) -> str:
        return ""


def _as_written(
    document: Document, written: Document, language: Language, inscriptions: Inscriptions | None
) -> tuple[LocalizedDocument, tuple[Diagnostic, ...]]:
    """Return what was written in `language` itself, at the address of `document`."""
    own = {name: Rendition(text, language.tag) for name, text in _texts(written).items()}
    fields = {name: _html(made, inscriptions, needed=True) for name, made in own.items()}
    rendered = markup.render(written, language.tag, markup.identity, language.tag, inscriptions)
    made = replace(_localized(written, document.path, language, fields, rendered, Tally()), units=rendered.units)
    untitled = () if fields.get("title") or rendered.title else tuple(_without_title(written))
    return made, (*rendered.diagnostics, *untitled)


def _localized(
    document: Document,
    path: str,
    language: Language,
    fields: Mapping[str, str],
    rendered: markup.Rendered,
    tally: Tally,
) -> LocalizedDocument:
    title = fields.get("title") or rendered.title
    return LocalizedDocument(
        key=document.key,
        path=path,
        file=document.path,
        language=language,
        title=title or escape(document.key.rsplit("/", 1)[-1]),
        short=fields.get("short") or title or escape(document.key),
        description=fields.get("description", ""),
        layout=document.layout,
        html=rendered.html,
        headings=rendered.headings,
        links=rendered.links,
        tally=tally,
    )


def _texts(document: Document) -> dict[str, str]:
    return {name: document.fields[name].text for name in TRANSLATED_FIELDS if name in document.fields}


def _is_title(name: str) -> bool:
    return name.rpartition(".")[2] == "title"


def _html(made: Rendition, inscriptions: Inscriptions | None, needed: bool) -> str:
    """Return a plain text as HTML, as a run of its own where it is a fallback; nothing where it may be left out."""
    if made.dispensable and not needed:
        return ""
    text = inscriptions.plain(made.text, made.tag, lambda *_: None) if inscriptions else made.text
    html = escape(typeset(text, made.tag))
    return marks.run(html, made.tag, made.fallback) if made.fallback else html


def _without_title(document: Document) -> Iterable[Diagnostic]:
    hint = "begin the file with a line “# Title”, or with front matter: title: …"
    yield Diagnostic("no-title", "the document has no title", Location(document.path, 1), hint)
