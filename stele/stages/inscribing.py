"""Everything that was read in, what each language prints for its references to the ledger out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stele.engine import Task
from stele.sources.ledger.links import uncited
from stele.sources.ledger.references import calls
from stele.sources.ledger.wanted import bodies_of, wanted
from stele.sources.templating import TemplateFailure, Templates
from stele.stages.reading import spoken, voice
from stele.stages.telling import TEXT_LIMITS, Stopped
from stele.translation.gathering import LEDGER
from stele.translation.inscribing import inscribe
from stele.translation.interface import Interface

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from stele.diagnostics import Diagnostic, Stage
    from stele.language.tags import Language
    from stele.sources.documents import Document
    from stele.sources.inscription import Inscriptions
    from stele.sources.ledger.records import Ledger
    from stele.sources.ledger.wanted import Wanted
    from stele.sources.ledger.writing import Value
    from stele.sources.theme import Theme
    from stele.stages.reading import Desk
    from stele.stages.telling import Telling
    from stele.translation.po.catalog import Catalog
    from stele.translation.policy import Voice


@dataclass(frozen=True, slots=True)
class _Job:
    """What a worker needs to write the ledger out in one language."""

    ledger: Ledger
    values: Mapping[str, Value]
    asked: Wanted
    voice: Voice
    theme: Theme
    catalogs: Sequence[Catalog]
    patterns: Mapping[str, Mapping[str, str]]
    stage: Stage


def inscriptions(telling: Telling, desk: Desk) -> dict[str, Inscriptions]:
    """Return what each language prints for its references, by tag; nothing for a project without a ledger."""
    if next(iter(desk.ledger), None) is None:
        return {}
    languages = dict.fromkeys([desk.project.source, *desk.languages])
    readers = dict.fromkeys([*languages, *desk.project.languages])
    patterns = _patterns(telling, desk, readers)
    asked = wanted(desk.documents, year_of(desk))
    telling.found += uncited(desk.ledger, asked.notes)
    jobs = [
        _Job(
            desk.ledger,
            desk.values,
            asked,
            voice(desk, language, LEDGER),
            desk.theme,
            spoken(desk, language),
            patterns,
            telling.request.stage,
        )
        for language in languages
    ]
    tasks = [Task(f"{LEDGER}.{job.voice.language.tag}", _inscribed, (job,), desk.theme_files) for job in jobs]
    made: dict[str, Inscriptions] = {}
    written = telling.run("Writing out the ledger", tasks, TEXT_LIMITS)
    if len(written) < len(tasks):
        raise Stopped(())
    for job, (inscribed, found) in zip(jobs, written, strict=True):
        telling.found += found
        if inscribed is None:
            raise Stopped(())
        made[job.voice.language.tag] = inscribed
    return made


def of_document(everything: Inscriptions | None, document: Document) -> Inscriptions | None:
    """Return what one document needs, lest every worker be sent a roll of names, or all that a release keeps."""
    if everything is None:
        return None
    asked = {call for text in bodies_of(document) for call in calls(text)}
    return replace(
        everything, blocks={call: html for call, html in everything.blocks.items() if call in asked}, statements={}
    )


def year_of(desk: Desk) -> int | None:
    """Return the year of the imprint: whenever a text is built, the same people have agreed to be named."""
    written = next((item.text for item in desk.project.settings if item.name == "imprint.year"), "")
    found = re.search(r"\d{4}", written)
    return int(found[0]) if found else None


def _inscribed(job: _Job) -> tuple[Inscriptions | None, tuple[Diagnostic, ...]]:
    templates = Templates(job.theme, Interface(job.catalogs), job.voice.language.tag)
    try:
        return inscribe(job.ledger, job.values, job.asked, job.voice, templates, job.patterns, job.stage)
    except TemplateFailure as failure:
        return None, (failure.diagnostic,)


def _patterns(telling: Telling, desk: Desk, languages: Iterable[Language]) -> dict[str, Mapping[str, str]]:
    """Return how dates are written in each language."""
    catalogs = {item.tag: spoken(desk, item) for item in languages}
    tasks = [Task(tag, _written, (desk.theme, found, tag), desk.theme_files) for tag, found in catalogs.items()]
    try:
        return dict(zip(catalogs, telling.do(tasks), strict=True))
    except TemplateFailure as failure:
        raise Stopped([failure.diagnostic]) from failure


def _written(theme: Theme, catalogs: Sequence[Catalog], tag: str) -> Mapping[str, str]:
    return Templates(theme, Interface(catalogs), tag).patterns()
