"""Everything that is about to be published in, where its editions drift out, as findings and as a page for editors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stele.audit.auditing import Measure, settled, tasks
from stele.audit.drifts import yardstick
from stele.audit.page import render_audit
from stele.audit.places import read_places
from stele.audit.preflighting import in_words, told
from stele.audit.said import said
from stele.audit.statement import Statement
from stele.engine import Task
from stele.language.pseudo import PSEUDO_TAGS
from stele.language.transliteration import SOURCES
from stele.sources.editions import chapters
from stele.sources.templating import TemplateFailure
from stele.stages.reading import for_editors, voice
from stele.stages.telling import TEXT_LIMITS, Stopped
from stele.translation.gathering import LEDGER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from stele.artifacts import Artifact
    from stele.audit.findings import Finding
    from stele.print.preflight.flaws import Remark
    from stele.sources.inscription import Inscriptions
    from stele.sources.templating import Templates
    from stele.stages.reading import Desk
    from stele.stages.telling import Telling


_PSEUDO = re.compile(rf"(?<![\w-])(?:{'|'.join(PSEUDO_TAGS)})(?![\w-])")


def audit(
    telling: Telling, desk: Desk, inscribed: Mapping[str, Inscriptions], artifacts: Sequence[Artifact]
) -> list[Artifact]:
    """Read every page and booklet back, report what drifts, and return the page that lists it.

    A pseudo-language says nothing, so it is no edition.
    """
    artifacts = [item for item in artifacts if not _PSEUDO.search(item.path)]
    pieces = tasks(artifacts, _measure(telling, desk, inscribed), telling.texts)
    read = [item for found in telling.run("Auditing", pieces, TEXT_LIMITS) for item in found]
    templates = for_editors(desk)
    try:
        read += _preflighted(telling, artifacts, templates)
        asked_for = {item.tag for item in read if item.origin}.intersection(item.tag for item in desk.languages)
        places = {tag: read_places(desk.catalogs.of(_written_in(desk, tag))) for tag in asked_for}
        findings = settled(read, places, telling.found)
        telling.found += (finding.diagnostic() for finding in findings)
        return [_page(telling, desk, findings, templates)]
    except TemplateFailure as failure:
        raise Stopped([failure.diagnostic]) from failure


def tell(telling: Telling, desk: Desk, remarks: Iterable[Remark]) -> None:
    """Report what was seen while type was set, in the language of editors."""
    try:
        telling.found += told(remarks, for_editors(desk))
    except TemplateFailure as failure:
        raise Stopped([failure.diagnostic]) from failure


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
