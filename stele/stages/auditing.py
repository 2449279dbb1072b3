"""Everything that is about to be published in, where its editions drift out, as findings and as a page for editors."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from stele.audit.auditing import Measure, documents, of_documents, of_files, settled
from stele.audit.drifts import yardstick
from stele.audit.page import render_audit
from stele.audit.places import read_places
from stele.audit.preflighting import in_words
from stele.audit.rolls import reunited
from stele.audit.said import said
from stele.audit.statement import Statement
from stele.engine import Task
from stele.language.pseudo import PSEUDO_TAGS
from stele.language.transliteration import SOURCES
from stele.sources.editions import chapters
from stele.sources.templating import TemplateFailure
from stele.stages.reading import for_editors, voice
from stele.stages.telling import TEXT_LIMITS, Stopped
from stele.stages.weaving import pages_apart
from stele.translation.gathering import LEDGER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from stele.artifacts import Artifact
    from stele.audit.findings import Finding
    from stele.sources.inscription import Inscriptions
    from stele.sources.templating import Templates
    from stele.stages.reading import Desk
    from stele.stages.telling import Telling
    from stele.translation.shelf import Shelf


_PSEUDO = re.compile(rf"(?<![\w-])(?:{'|'.join(PSEUDO_TAGS)})(?![\w-])")


class Audit:
    """The audit of a build: of what is published, and of pages that only booklets have, which are made for it alone.

    A pseudo-language says nothing, so it is no edition.
    """

    def __init__(
        self, telling: Telling, desk: Desk, inscribed: Mapping[str, Inscriptions], shelves: Sequence[Shelf]
    ) -> None:
        self.telling, self.desk, self.inscribed, self.shelves = telling, desk, inscribed, shelves
        self._source = desk.project.source.tag
        self._documents: list[tuple[Artifact, ...]] = []
        self._found: list[Finding] = []

    def read_pages(self, pages: Iterable[Artifact]) -> None:
        """Read back the documents on `pages`, which can be done before there are booklets beside them."""
        self._documents = documents(self._editions(pages), self._source)
        pieces = [*of_documents(self._documents, self._measure)]
        self._found = self._run("Auditing pages", pieces)

    def conclude(self, artifacts: Sequence[Artifact]) -> list[Artifact]:
        """Read back all that is not read yet, report what drifts, and return the page that lists it."""
        telling, desk, editions = self.telling, self.desk, self._editions(artifacts)
        read, pieces = documents(editions, self._source), [*of_files(editions, self._measure, telling.texts)]
        if read != self._documents:
            self._found, pieces = [], [*of_documents(read, self._measure), *pieces]
        found = [*self._found, *self._run("Auditing", pieces)]
        templates = for_editors(desk)
        try:
            found += _preflighted(telling, editions, templates)
            asked_for = {item.tag for item in found if item.origin}.intersection(item.tag for item in desk.languages)
            places = {tag: read_places(desk.catalogs.of(_written_in(desk, tag))) for tag in asked_for}
            findings = settled(found, places, telling.found)
            telling.found += (finding.diagnostic() for finding in findings)
            return [_page(telling, desk, findings, templates)]
        except TemplateFailure as failure:
            raise Stopped([failure.diagnostic]) from failure

    def _editions(self, artifacts: Iterable[Artifact]) -> list[Artifact]:
        return reunited(item for item in (*artifacts, *self._apart) if not _PSEUDO.search(item.path))

    def _run(self, title: str, pieces: Sequence[Task[tuple[Finding, ...]]]) -> list[Finding]:
        return [item for found in self.telling.run(title, pieces, TEXT_LIMITS) for item in found]

    @cached_property
    def _apart(self) -> list[Artifact]:
        return pages_apart(self.telling, self.desk, self.shelves)

    @cached_property
    def _measure(self) -> Measure:
        return _measure(self.telling, self.desk, self.inscribed)


def _written_in(desk: Desk, tag: str) -> str:
    """Return the language in whose catalogs people write what is printed in `tag`."""
    return SOURCES[tag] if desk.is_transliterated(tag) else tag


def _measure(telling: Telling, desk: Desk, inscribed: Mapping[str, Inscriptions]) -> Measure:
    """Return what the editions are held against."""
    keys = {document.key: document for document in desk.documents}
    tags = [item.tag for item in desk.languages]
    measured_by = yardstick(desk.vocabulary, desk.ledger.terms, tags)
    return Measure(
        desk.project.source.tag,
        measured_by,
        Statement(desk.ledger, desk.values, _texts(telling, desk, inscribed)),
        {edition.name: chapters(edition, keys) for edition in desk.editions},
        frozenset(edition.name for edition in desk.editions if edition.product != "booklet"),
        {edition.name: (edition.beside, edition.bilingual) for edition in desk.editions if edition.beside},
        telling.keeping((), measured_by),
    )


def _texts(
    telling: Telling, desk: Desk, inscribed: Mapping[str, Inscriptions]
) -> dict[str, dict[tuple[str, str], str]]:
    """Return what the records say in each language."""
    languages = {item.tag: item for item in (desk.project.source, *desk.languages) if item.tag in inscribed}
    tasks = [
        Task(f"{LEDGER}.{tag}", said, (desk.ledger, inscribed[tag], voice(desk, language, LEDGER)))
        for tag, language in languages.items()
    ]
    return dict(zip(languages, telling.do(tasks), strict=True))


def _preflighted(telling: Telling, artifacts: Sequence[Artifact], templates: Templates) -> Iterator[Finding]:
    """Yield the flaws of the files that are published."""
    for item in artifacts:
        tag = item.path.split(".")[-3:-2]
        yield from in_words(telling.flaws.get(item.path, ()), item.path, "".join(tag), templates)


def _page(telling: Telling, desk: Desk, findings: Sequence[Finding], templates: Templates) -> Artifact:
    project = desk.project
    return render_audit(findings, desk.languages, project.source, project.title, templates, telling.request.stage)
