"""The one story of Stele, stage after stage: a project is read, localized, set as pages and booklets, and published."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from stele import publishing, report
from stele.audit import visible_text
from stele.diagnostics import Diagnostic, Location, Severity, Stage, sort
from stele.engine import Failure, Limits, Task, run
from stele.language import tags
from stele.language.pseudo import PSEUDO_TAGS
from stele.print import booklet, composition, pdf
from stele.sources.documents import read_documents
from stele.sources.editions import chapters, check_editions, in_order
from stele.sources.project import read_project
from stele.sources.references import Page, check_references
from stele.sources.templating import TemplateFailure, Templates
from stele.sources.theme import theme
from stele.translation import interface, update
from stele.translation.gathering import INTERFACE, SITE, interface_messages, messages_of, site_messages
from stele.translation.localization import localize, localize_site
from stele.translation.pseudo import pseudo_catalog
from stele.translation.status import Progress, status
from stele.translation.store import built_in_interface, catalog_path, read_catalogs
from stele.web import site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from stele.artifacts import Artifact
    from stele.language.tags import Language
    from stele.sources.documents import Document
    from stele.sources.project import Edition, Project
    from stele.sources.theme import Theme
    from stele.translation.localization import LocalizedDocument
    from stele.translation.messages import Message
    from stele.translation.store import Catalogs

_TEXT_LIMITS = Limits(seconds=60, memory_mb=2048)
_PRINT_LIMITS = Limits(seconds=600, memory_mb=3072)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of Stele. Empty `languages` and `editions` mean all; `jobs` None one for each processor."""

    project: Path
    output: Path
    languages: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    stage: Stage = Stage.DRAFT
    jobs: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it. `made` is what was published, or the catalogs that were written."""

    diagnostics: tuple[Diagnostic, ...]
    made: tuple[str, ...] = ()
    progress: tuple[Progress, ...] = ()

    def failed(self, stage: Stage) -> bool:
        """Say whether a finding is an error at `stage`."""
        return any(item.severity(stage) is Severity.ERROR for item in self.diagnostics)


class Watcher(Protocol):
    """Tells people how long work goes on. Gives a function to call with the name of each thing done."""

    def stage(self, title: str, total: int) -> AbstractContextManager[Callable[[str], None]]:
        """Open a stage of `total` steps."""
        ...


class Stopped(Exception):
    """The story cannot go on; `diagnostics` say why."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        super().__init__("stopped")
        self.diagnostics = tuple(diagnostics)


# --- the stories --------------------------------------------------------------------------------------------------


def build(request: Request, watcher: Watcher) -> Outcome:
    """Read, localize, check, set and publish; publish nothing when anything is an error at this stage."""
    telling = Telling(request, watcher)
    try:
        desk = telling.with_pseudo_languages(telling.read())
        telling.look_at_output()
        localized = telling.localize(desk)
        telling.check(desk, localized)
        shelves = telling.shelve(desk, localized)
        telling.stop_at_errors()
        artifacts = telling.set_everything(desk, shelves)
        telling.stop_at_errors()
        return telling.publish(artifacts)
    except Stopped as stop:
        return Outcome(sort([*telling.found, *stop.diagnostics]))


def check(request: Request, watcher: Watcher) -> Outcome:
    """Read, localize and check; write nothing."""
    telling = Telling(request, watcher)
    try:
        desk = telling.read()
        localized = telling.localize(desk)
        telling.check(desk, localized)
        telling.shelve(desk, localized)
    except Stopped as stop:
        telling.found += stop.diagnostics
    return Outcome(sort(telling.found))


def update_catalogs(request: Request, watcher: Watcher) -> Outcome:
    """Gather all messages and merge them into every catalog."""
    telling = Telling(request, watcher)
    try:
        desk = telling.read()
        domains = telling.gather(desk)
        changes, found = update.plan(request.project, domains, desk.translations, datetime.now(UTC))
        update.carry_out(request.project, changes)
    except Stopped as stop:
        return Outcome(sort([*telling.found, *stop.diagnostics]))
    except OSError as error:
        unwritable = publishing.unwritable(request.project / "locales", error)
        return Outcome(sort([*telling.found, unwritable]))
    return Outcome(sort([*telling.found, *found]), tuple(change.path for change in changes))


def show_status(request: Request, watcher: Watcher) -> Outcome:
    """Count how complete each translation is."""
    telling = Telling(request, watcher)
    try:
        desk = telling.read()
        progress = tuple(status(telling.gather(desk), desk.catalogs, desk.translations))
    except Stopped as stop:
        return Outcome(sort([*telling.found, *stop.diagnostics]))
    return Outcome(sort(telling.found), progress=progress)


# --- their stages -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that was read, before anything is made of it; `languages` are those asked for."""

    project: Project
    documents: tuple[Document, ...]
    theme: Theme
    catalogs: Catalogs
    languages: tuple[Language, ...]
    editions: tuple[Edition, ...]

    @property
    def translations(self) -> tuple[Language, ...]:
        """Return the languages asked for that translators translate: not the source, not the pseudo-languages."""
        made = (self.project.source.tag, *PSEUDO_TAGS)
        return tuple(item for item in self.languages if item.tag not in made)


class Telling:
    """One telling of the story: its request, and what was found on the way."""

    def __init__(self, request: Request, watcher: Watcher) -> None:
        self.request, self.watcher = request, watcher
        self.found: list[Diagnostic] = []

    def stop_at_errors(self) -> None:
        """End here when anything found so far is an error at this stage."""
        if Outcome(tuple(self.found)).failed(self.request.stage):
            raise Stopped(())

    def look_at_output(self) -> None:
        """Refuse a folder of somebody else before the long work, not after it."""
        if problem := publishing.refusal(self.request.output):
            raise Stopped([problem])

    def read(self) -> Desk:
        """Read site.toml, the documents and the catalogs."""
        root = self.request.project
        project, found = read_project(root)
        self.found += found
        if project is None:
            raise Stopped(())
        documents, found = read_documents(root, project.source.tag)
        self.found += found
        documents = in_order(documents, project.editions)
        self.found += check_editions(project.editions, documents)
        domains = [*(document.domain for document in documents), INTERFACE, SITE]
        languages = self.chosen_languages(project)
        editions = self.chosen("unknown-edition", self.request.editions, {i.name: i for i in project.editions})
        catalogs, found = read_catalogs(root, languages, domains)
        self.found += found
        return Desk(project, documents, theme(root), catalogs, languages, editions)

    def chosen(self, code: str, names: Sequence[str], known: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return what is asked for by name, everything when nothing is."""
        for name in names:
            if name not in known:
                self.found.append(Diagnostic(code, f"{name!r} is not one of: {', '.join(known)}"))
        return tuple(value for name, value in known.items() if not names or name in names)

    def chosen_languages(self, project: Project) -> tuple[Language, ...]:
        """Return the languages asked for; the pseudo-languages only by their names."""
        pseudo = {tag: tags.language(tag) for tag in PSEUDO_TAGS if tag in self.request.languages}
        known = {item.tag: item for item in project.languages} | pseudo
        return self.chosen("unknown-language", self.request.languages, known)

    def with_pseudo_languages(self, desk: Desk) -> Desk:
        """Return the desk with catalogs for the pseudo-languages asked for."""
        spoken = [item.tag for item in desk.languages if item.tag in PSEUDO_TAGS]
        if not spoken:
            return desk
        domains = self.gather(desk) | {INTERFACE: self.read_templates(desk)}
        made = {(tag, domain): pseudo_catalog(messages, tag) for tag in spoken for domain, messages in domains.items()}
        return replace(desk, catalogs=replace(desk.catalogs, by_name={**desk.catalogs.by_name, **made}))

    def run(self, title: str, tasks: Sequence[Task[Any]], limits: Limits, environment: dict[str, str]) -> list[Any]:
        """Return what the tasks made; one that was ended by a limit is reported and left out."""
        with self.watcher.stage(title, len(tasks)) as done:
            outcomes = run(tasks, jobs=self.request.jobs, limits=limits, environment=environment, done=done)
        for item in outcomes:
            if isinstance(item, Failure):
                hint = "make the document smaller or simpler"
                self.found.append(Diagnostic("task-failed", item.reason, Location(item.name), hint))
        return [item for item in outcomes if not isinstance(item, Failure)]

    def gather(self, desk: Desk) -> dict[str, tuple[Message, ...]]:
        """Return the messages of every domain.

        Those of the templates only where the project has its own, or a language that Stele does not speak itself.
        """
        source = desk.project.source.tag
        tasks = [Task(document.path, messages_of, (document, source)) for document in desk.documents]
        gathered = self.run("Gathering messages", tasks, _TEXT_LIMITS, {})
        if len(gathered) < len(tasks):
            raise Stopped(())
        domains = {document.domain: messages for document, messages in zip(desk.documents, gathered, strict=True)}
        domains[SITE] = site_messages(desk.project)
        has_templates = (self.request.project / "templates").is_dir()
        unspoken = [item for item in desk.translations if item.tag != "en" and built_in_interface(item.tag) is None]
        if has_templates or unspoken:
            domains[INTERFACE] = self.read_templates(desk)
        return domains

    def read_templates(self, desk: Desk) -> tuple[Message, ...]:
        """Return what the templates say."""
        try:
            return interface_messages(desk.theme)
        except TemplateFailure as failure:
            raise Stopped([failure.diagnostic]) from failure

    def localize(self, desk: Desk) -> dict[str, tuple[LocalizedDocument, ...]]:
        """Return the documents by language tag, the source among them whether asked for or not."""
        languages = dict.fromkeys([desk.project.source, *desk.languages])
        tasks = [
            Task(document.path, localize, _with_catalog(desk, document, language))
            for language in languages
            for document in desk.documents
        ]
        shelves: dict[str, list[LocalizedDocument]] = {language.tag: [] for language in languages}
        for document, found in self.run("Localizing", tasks, _TEXT_LIMITS, {}):
            shelves[document.language.tag].append(document)
            # What a broken catalog lacks is no news.
            self.found += (item for item in found if not _lies_in(item, desk.catalogs.broken))
        return {tag: tuple(documents) for tag, documents in shelves.items()}

    def check(self, desk: Desk, localized: Mapping[str, Sequence[LocalizedDocument]]) -> None:
        """Follow every link of the source, and look into the catalogs of the templates."""
        pages = [Page(item.path, item.html, item.links) for item in localized[desk.project.source.tag]]
        self.found += check_references(pages, self.request.project)
        for language in desk.translations:
            catalog = desk.catalogs.get(language.tag, INTERFACE)
            if catalog is not None:
                self.found += interface.check(catalog, catalog_path(language.tag, INTERFACE))

    def shelve(self, desk: Desk, localized: Mapping[str, tuple[LocalizedDocument, ...]]) -> list[site.Shelf]:
        """Return all that is said, a shelf for each language; report what the templates cannot say in it."""
        messages = self.read_templates(desk)
        return [self.shelf(desk, language, localized[language.tag], messages) for language in desk.languages]

    def shelf(
        self, desk: Desk, language: Language, documents: tuple[LocalizedDocument, ...], messages: Sequence[Message]
    ) -> site.Shelf:
        """Return all that is said in one language."""
        tag = language.tag
        texts, found = localize_site(desk.project, desk.catalogs.get(tag, SITE), language, catalog_path(tag, SITE))
        spoken = [desk.catalogs.get(tag, INTERFACE), built_in_interface(tag)]
        speaker = interface.Interface([catalog for catalog in spoken if catalog is not None])
        self.found += (*found, *speaker.unspoken(messages, language))
        return site.Shelf(language, texts, documents, Templates(desk.theme, speaker))

    def set_everything(self, desk: Desk, shelves: Sequence[site.Shelf]) -> list[Artifact]:
        """Return the files of the site and the booklets."""
        try:
            pages = site.render_site(desk.project, shelves, desk.theme)
            if any(item.tag in PSEUDO_TAGS for item in desk.languages):
                self.found += visible_text.unreachable(pages)
            return [*pages, *self.print_booklets(desk, shelves)]
        except TemplateFailure as failure:
            raise Stopped([failure.diagnostic]) from failure

    def print_booklets(self, desk: Desk, shelves: Sequence[site.Shelf]) -> list[Artifact]:
        """Return the PDFs of every edition in every language, none on a machine that cannot set type."""
        if not desk.editions:
            return []
        missing = pdf.missing_libraries()
        if not pdf.can_set_type(missing):
            message = f"{', '.join(missing)} not found, so no booklet was made"
            self.found.append(Diagnostic("no-pango", message, None, "run: python build.py doctor"))
            return []
        tasks = []
        for edition in desk.editions:
            for shelf in shelves:
                name = f"{edition.name}.{shelf.language.tag}"
                tasks.append(Task(name, booklet.make_booklet, self.composed(desk, edition, shelf, name)))
        with tempfile.TemporaryDirectory(prefix="stele-") as folder:
            made = self.run("Printing booklets", tasks, _PRINT_LIMITS, pdf.private_fonts(Path(folder)))
        for item in made:
            self.found += item.diagnostics
        return [artifact for item in made for artifact in booklet.artifacts(item)]

    def composed(self, desk: Desk, edition: Edition, shelf: site.Shelf, name: str) -> tuple[Any, ...]:
        """Return the arguments of `make_booklet` for an edition in a language."""
        by_key = {document.key: document for document in shelf.documents}
        texts = shelf.texts
        cover = composition.Cover(
            edition.name,
            texts[f"editions.{edition.name}.title"] or texts["title"],
            texts[f"editions.{edition.name}.subtitle"] or texts["subtitle"],
        )
        html = composition.compose(
            cover,
            [by_key[key] for key in chapters(edition, by_key)],
            language=shelf.language,
            site=shelf.site,
            stage=self.request.stage,
            templates=shelf.templates,
            theme=desk.theme,
            project_root=self.request.project,
        )
        roots = (self.request.project / "content", *desk.theme.roots)
        return html, roots, name, shelf.language.right_to_left

    def publish(self, artifacts: list[Artifact]) -> Outcome:
        """Write the output folder, with its report and checksums."""
        diagnostics = sort(self.found)
        artifacts.append(report.write(artifacts, diagnostics, self.request.stage))
        artifacts.append(publishing.checksums(artifacts))
        try:
            publishing.publish(artifacts, self.request.output)
        except OSError as error:
            raise Stopped([publishing.unwritable(self.request.output, error)]) from error
        return Outcome(diagnostics, tuple(artifact.path for artifact in artifacts))


def _lies_in(item: Diagnostic, paths: frozenset[str]) -> bool:
    return item.location is not None and item.location.path in paths


def _with_catalog(desk: Desk, document: Document, language: Language) -> tuple[Any, ...]:
    """Return the arguments of `localize` for a document in a language."""
    catalog = desk.catalogs.get(language.tag, document.domain)
    return document, catalog, language, desk.project.source, catalog_path(language.tag, document.domain)
