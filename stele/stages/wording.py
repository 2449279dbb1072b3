"""What was read in, everything that is said in each language out, with what an editor would question."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location
from stele.engine import Task
from stele.rules.prose import CODES_OF_PROSE
from stele.sources.editions import chapters
from stele.sources.references import Page, check_alternates, check_references
from stele.sources.settings import SITE_FILE
from stele.sources.templating import Templates
from stele.stages.inscribing import of_document
from stele.stages.judging import judge
from stele.stages.reading import read_templates, spoken, voice
from stele.stages.telling import TEXT_LIMITS
from stele.translation import interface, policy
from stele.translation.gathering import SITE
from stele.translation.localization import localize as localize_document
from stele.translation.localization import localize_site
from stele.translation.review.checks import review
from stele.translation.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from stele.language.tags import Language
    from stele.sources.inscription import Inscriptions
    from stele.sources.project import Edition
    from stele.stages.reading import Desk
    from stele.stages.telling import Telling
    from stele.translation.localization import LocalizedDocument
    from stele.translation.messages import Message


def localize(
    telling: Telling, desk: Desk, inscribed: Mapping[str, Inscriptions]
) -> dict[str, tuple[LocalizedDocument, ...]]:
    """Return the documents by language tag, the source among them whether asked for or not."""
    languages = dict.fromkeys([desk.project.source, *desk.languages])
    tasks = [
        Task(
            document.path,
            localize_document,
            (
                document,
                voice(desk, language, document.domain),
                telling.request.stage,
                of_document(inscribed.get(language.tag), document),
            ),
        )
        for language in languages
        for document in desk.documents
    ]
    shelves: dict[str, list[LocalizedDocument]] = {language.tag: [] for language in languages}
    for document, found in telling.run("Localizing", tasks, TEXT_LIMITS):
        shelves[document.language.tag].append(document)
        # What a broken catalog lacks is no news.
        telling.found += (item for item in found if not _lies_in(item, desk.catalogs.broken))
    return {tag: tuple(documents) for tag, documents in shelves.items()}


def check(telling: Telling, desk: Desk, localized: Mapping[str, Sequence[LocalizedDocument]]) -> None:
    """Follow every link of the source, read every translation as a good editor does, and ask what the rules say."""
    root = telling.request.project
    pages = {
        tag: [Page(item.path, item.html, item.links, item.file) for item in documents]
        for tag, documents in localized.items()
    }
    telling.found += check_references(pages.pop(desk.project.source.tag), root, list(pages))
    for tag, translated in pages.items():
        telling.found += check_alternates(translated, root, tag)
    by_whom = partial(review, source_language=desk.project.source, vocabulary=desk.vocabulary, elsewhere=CODES_OF_PROSE)
    tasks = [
        Task(path, by_whom, (catalog, path, language))
        for language in (*desk.translations, *desk.corrected)
        for path, catalog in desk.catalogs.of(language.tag)
    ]
    # All translations of a document, one behind the other: a worker remembers what it has read of the source.
    tasks.sort(key=lambda task: task.name.rpartition("/")[2])
    tasks += judge(telling, desk, localized)
    for found in telling.run("Reviewing", tasks, TEXT_LIMITS):
        telling.found += found


def shelve(
    telling: Telling,
    desk: Desk,
    inscribed: Mapping[str, Inscriptions],
    localized: Mapping[str, tuple[LocalizedDocument, ...]],
) -> list[Shelf]:
    """Return all that is said, a shelf for each language; report what the templates cannot say in it."""
    messages = [item for item in read_templates(telling, desk) if not _is_for_staff(item)]
    shelves = [
        _shelf(telling, desk, language, inscribed.get(language.tag), localized[language.tag], messages)
        for language in desk.languages
    ]
    telling.found += _left_out(telling, desk, shelves)
    return shelves


def _shelf(
    telling: Telling,
    desk: Desk,
    language: Language,
    inscribed: Inscriptions | None,
    documents: tuple[LocalizedDocument, ...],
    messages: Sequence[Message],
) -> Shelf:
    """Return all that is said in one language."""
    arguments = (desk.project, voice(desk, language, SITE), telling.request.stage, inscribed)
    ((texts, tally, found),) = telling.do([Task(SITE, localize_site, arguments)])
    speaker = interface.Interface(spoken(desk, language))
    telling.found += (*found, *speaker.unspoken(messages, language))
    return Shelf(language, texts, tally, documents, Templates(desk.theme, speaker, language.tag))


def _left_out(telling: Telling, desk: Desk, shelves: Sequence[Shelf]) -> Iterator[Diagnostic]:
    """Yield which languages are not far enough at this stage, and for what."""
    for edition in (None, *desk.editions):
        output = f"edition {edition.name!r}" if edition else "the site"
        reasons = {shelf.language.tag: _shortfall(telling, desk, shelf, edition) for shelf in shelves}
        for tag, reason in reasons.items():
            if reason:
                message = f"{tag} is left out of {output}: {reason}"
                hint = f"translate more, or ask less of it in {SITE_FILE}"
                yield Diagnostic("below-threshold", message, Location(f"locales/{tag}"), hint)
        if all(reasons.values()):
            message = f"no language is far enough for {output}, so there is none"
            yield Diagnostic("below-threshold", message, Location(SITE_FILE))


def far_enough(telling: Telling, desk: Desk, shelves: Sequence[Shelf], edition: Edition | None) -> list[Shelf]:
    """Return the shelves of which an edition, or the site where there is none, is made at this stage."""
    return [shelf for shelf in shelves if _shortfall(telling, desk, shelf, edition) is None]


def _shortfall(telling: Telling, desk: Desk, shelf: Shelf, edition: Edition | None) -> str | None:
    """Return in words how a language falls short for an edition, or for the site where there is none."""
    threshold = desk.project.translation.threshold(telling.request.stage.value, "booklets" if edition else "site")
    keys = {document.key: document for document in shelf.documents}
    return policy.below(shelf.tally(chapters(edition, keys) if edition else desk.on_site), threshold)


def _is_for_staff(message: Message) -> bool:
    """Say whether a message stands on no page of an edition: a translation need not have it to be printed."""
    return all(
        at.path.startswith(("templates/review/", "templates/status/", "templates/audit/")) for at in message.locations
    )


def _lies_in(item: Diagnostic, paths: frozenset[str]) -> bool:
    return item.location is not None and item.location.path in paths
