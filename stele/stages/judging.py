"""Records, prose and translations in, what the rules of the trade find in them out."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from stele.diagnostics import Location
from stele.engine import Task
from stele.language.transliteration import SOURCES
from stele.rules.narration import Passage
from stele.rules.profile import read_profile
from stele.rules.prose import prose_findings
from stele.rules.records import record_findings
from stele.sources.ledger.records import texts
from stele.stages.reading import known
from stele.translation.gathering import LEDGER
from stele.translation.review.pair import confirmed, kind_of
from stele.translation.review.waivers import waivers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from stele.diagnostics import Diagnostic
    from stele.rules.profile import Profile
    from stele.sources.ledger.records import Ledger
    from stele.sources.vocabulary import Vocabulary
    from stele.stages.reading import Desk
    from stele.stages.telling import Telling
    from stele.translation.localization import LocalizedDocument
    from stele.translation.po.catalog import Catalog

    Reasons = Mapping[str, Mapping[str, str]]

_YEAR = re.compile(r"\d{4}")


def judge(
    telling: Telling, desk: Desk, localized: Mapping[str, Sequence[LocalizedDocument]]
) -> list[Task[tuple[Diagnostic, ...]]]:
    """Report what the rules find in records, and return the tasks that judge prose, each of which returns findings."""
    profile = known(telling, desk.content_files, read_profile, telling.request.project)
    source, year = desk.project.source.tag, year_of(desk)
    telling.found += record_findings(desk.ledger, as_of_year=year, source=source, profile=profile)
    by_whom = partial(_judged, _without_people(desk.ledger), desk.vocabulary, profile, source, year)
    documents = [document for tag in localized for document in localized[tag] if document.units]
    inherited = _inherited(desk, documents)
    return [
        *(Task(item.file, by_whom, (item.language.tag, passages_of, item)) for item in documents),
        *(
            Task(path, by_whom, (language.tag, _translated, catalog, path, inherited))
            for language in desk.translations
            for path, catalog in desk.catalogs.of(language.tag)
            if language.tag not in SOURCES
        ),
    ]


def year_of(desk: Desk) -> int:
    """Return the year of the imprint; where it has none, the last one in which a record says anything."""
    written = next((item.text for item in desk.project.settings if item.name == "imprint.year"), "")
    if found := _YEAR.search(written):
        return int(found[0])
    dates = [date for figure in desk.ledger.figures.values() for date in figure.as_of]
    dates += [event.date for event in desk.ledger.events.values()]
    return max((int(year) for date in dates for year in _YEAR.findall(date)), default=0)


def passages_of(document: LocalizedDocument) -> tuple[Passage, ...]:
    """Return the texts of a document that somebody wrote in its language."""
    return tuple(
        Passage(unit.text, unit.kind, Location(document.file, unit.line), dict(unit.waivers)) for unit in document.units
    )


def _judged(
    ledger: Ledger,
    vocabulary: Vocabulary,
    profile: Profile,
    source: str,
    year: int,
    tag: str,
    read: Callable[..., Iterable[Passage]],
    *written: Any,
) -> tuple[Diagnostic, ...]:
    """Judge the passages that are to be `read` of what somebody has written."""
    passages = tuple(read(*written))
    return tuple(prose_findings(passages, tag, ledger, vocabulary, profile, source=source, as_of_year=year))


def _without_people(ledger: Ledger) -> Ledger:
    """Return the ledger without its rolls, which no rule about prose reads."""
    return replace(ledger, people={})


def _inherited(desk: Desk, documents: Iterable[LocalizedDocument]) -> Reasons:
    """Return the reasons that are written beside the source of a translation, by its text."""
    units = (unit for document in documents for unit in document.units)
    reasons = {unit.text: dict(unit.waivers) for unit in units if unit.waivers}
    excused = (record for record in _without_people(desk.ledger) if record.allow)
    return reasons | {text: record.allow for record in excused for text in texts(record).values()}


def _translated(catalog: Catalog, path: str, inherited: Reasons) -> Iterator[Passage]:
    for entry in confirmed(catalog):
        kind = kind_of(entry)
        if kind or path.endswith(f"/{LEDGER}.po"):
            own, reasons = waivers(entry), inherited.get(entry.msgid, {})
            yield Passage(entry.msgstr[0], kind, Location(path, entry.line), own, reasons, entry.msgid)
