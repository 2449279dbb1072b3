"""The one story of Stele, stage after stage: a project is read, localized, set as pages and booklets, and published."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from stele import publishing, report
from stele.audit import visible_text
from stele.diagnostics import Diagnostic, Location, Severity, Stage, sort
from stele.engine import Failure, Limits, Task, run
from stele.language import tags
from stele.language.pseudo import PSEUDO_TAGS
from stele.print import booklet, composition, pdf, review_booklet
from stele.sources.documents import read_documents
from stele.sources.editions import chapters, check_editions, in_order
from stele.sources.files import Unreadable, read_text
from stele.sources.project import SITE_FILE, read_project
from stele.sources.references import Page, check_alternates, check_references
from stele.sources.templating import TemplateFailure, Templates, safe
from stele.sources.theme import theme
from stele.sources.vocabulary import read_vocabulary
from stele.translation import bootstrap, interface, migration, policy, update
from stele.translation.gathering import INTERFACE, SITE, interface_messages, messages_of, site_messages
from stele.translation.localization import localize, localize_site
from stele.translation.overview import Overview, domain
from stele.translation.policy import Voice
from stele.translation.pseudo import pseudo_catalog
from stele.translation.review.checks import review
from stele.translation.status import progress
from stele.translation.store import (
    built_in_interface,
    catalog_path,
    read_catalogs,
    read_if_any,
    read_one,
    template_path,
)
from stele.web import site, status_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from stele.artifacts import Artifact
    from stele.language.tags import Language
    from stele.sources.documents import Document
    from stele.sources.project import Edition, Project
    from stele.sources.theme import Theme
    from stele.translation.catalog import Catalog
    from stele.translation.localization import LocalizedDocument
    from stele.translation.messages import Message
    from stele.translation.store import Catalogs

_TEXT_LIMITS = Limits(seconds=60, memory_mb=2048)
_PRINT_LIMITS = Limits(seconds=600, memory_mb=3072)
_REVIEW_LIMITS = Limits(seconds=1200, memory_mb=4096)  # ten thousand messages in one language, on an old machine


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
    """What came of it. `made` is what was published or written, `overview` and `page` what was counted.

    `remarks` say what was done, line by line.
    """

    diagnostics: tuple[Diagnostic, ...]
    made: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    overview: Overview | None = None
    page: str = ""

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
        changes, unreadable = update.plan(
            request.project,
            telling.gather(desk),
            desk.translations,
            datetime.now(UTC),
            keep_small_changes=desk.project.translation.keep_small_changes,
            spared=desk.spared,
        )
        written, found = update.carry_out(request.project, changes)
    except Stopped as stop:
        return Outcome(sort([*telling.found, *stop.diagnostics]))
    except OSError as error:
        unwritable = publishing.unwritable(request.project / "locales", error)
        return Outcome(sort([*telling.found, unwritable]))
    return Outcome(sort([*telling.found, *unreadable, *found]), written)


def migrate_catalogs(request: Request, watcher: Watcher) -> Outcome:
    """Give every translation the key that its message has by the rules of today, then merge as an update does."""
    telling = Telling(request, watcher)
    try:
        desk = telling.read()
        changes, remarks = telling.migrate(desk)
        written, found = update.carry_out(request.project, changes)
    except Stopped as stop:
        return Outcome(sort([*telling.found, *stop.diagnostics]))
    except OSError as error:
        unwritable = publishing.unwritable(request.project / "locales", error)
        return Outcome(sort([*telling.found, unwritable]))
    updated = update_catalogs(request, watcher)
    made = tuple(dict.fromkeys([*written, *updated.made]))
    return Outcome(sort([*found, *updated.diagnostics]), made, tuple(remarks))


def bootstrap_catalog(request: Request, tag: str, file: Path, key: str, watcher: Watcher) -> Outcome:
    """Fill the catalog of the document `key` in the language `tag` from a translated Markdown file."""
    telling = Telling(replace(request, languages=()), watcher)
    try:
        desk = telling.read()
        change, made = telling.bootstrap(desk, tag, file, key)
        written, found = update.carry_out(request.project, [change] if change.data != change.old else [])
    except Stopped as stop:
        return Outcome(sort([*telling.found, *stop.diagnostics]))
    except OSError as error:
        unwritable = publishing.unwritable(request.project / "locales", error)
        return Outcome(sort([*telling.found, unwritable]))
    remark = f"{change.path}: {made.filled} messages filled, {made.unsure} of them fuzzy"
    return Outcome(sort([*telling.found, *made.diagnostics, *found]), written, (remark,))


def show_status(request: Request, watcher: Watcher, *, as_page: bool = False) -> Outcome:
    """Count how complete each translation is; `as_page` also sets a page of HTML."""
    telling = Telling(request, watcher)
    try:
        desk = telling.read()
        overview = telling.overview(desk)
        page = telling.status_page(desk, overview) if as_page else ""
    except Stopped as stop:
        return Outcome(sort([*telling.found, *stop.diagnostics]))
    return Outcome(sort(telling.found), overview=overview, page=page)


def print_review(request: Request, watcher: Watcher) -> Outcome:
    """Set a booklet for each translation, source and translation side by side, and publish them to output/review."""
    telling = Telling(replace(request, output=request.output / publishing.REVIEW), watcher)
    try:
        desk = telling.read()
        telling.look_at_output()
        artifacts = telling.print_reviews(desk, telling.overview(desk))
        return telling.publish(artifacts)
    except Stopped as stop:
        return Outcome(sort([*telling.found, *stop.diagnostics]))


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

    @property
    def spared(self) -> frozenset[str]:
        """Return the paths of the catalogs that nobody has to fill: an alternate stands in for their documents."""
        pairs = ((language.tag, document) for language in self.translations for document in self.documents)
        return frozenset(catalog_path(tag, document.domain) for tag, document in pairs if document.alternate(tag))


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
        documents, found = read_documents(root, project.source.tag, [item.tag for item in project.languages])
        self.found += found
        documents = in_order(documents, project.editions)
        self.found += check_editions(project.editions, documents)
        domains = [*(document.domain for document in documents), INTERFACE, SITE]
        languages = self.chosen_languages(project)
        editions = self.chosen("unknown-edition", self.request.editions, {i.name: i for i in project.editions})
        catalogs, found = read_catalogs(root, _with_fallbacks(project, languages), domains)
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

    def migrate(self, desk: Desk) -> tuple[list[update.Change], list[str]]:
        """Return what must be written so that translations stand under the keys of today, and which moved."""
        created, source = datetime.now(UTC), desk.project.source.tag
        moves = {
            path: partial(
                migration.migrate,
                path=path,
                document=document,
                source_tag=source,
                created=created,
                keep_small_changes=desk.project.translation.keep_small_changes,
            )
            for language in desk.translations
            for document in desk.documents
            if (language.tag, document.domain) in desk.catalogs.by_name
            for path in [catalog_path(language.tag, document.domain)]
        }
        held = {path: self.held(path) or b"" for path in moves}
        made = self.run("Re-keying", [Task(path, moves[path], (held[path],)) for path in moves], _TEXT_LIMITS, {})
        if len(made) < len(moves):
            raise Stopped(())
        both = dict(zip(moves, made, strict=True))
        changed = [path for path, item in both.items() if item.data != held[path]]
        changes = [migration.change(path, held[path], both[path], moves[path]) for path in changed]
        return changes, [f"{path}: {move}" for path, item in both.items() for move in item.moves]

    def bootstrap(self, desk: Desk, tag: str, file: Path, key: str) -> tuple[update.Change, bootstrap.Bootstrapped]:
        """Return what must be written so that a catalog says what a translated file does."""
        document, language = self.document(desk, key), self.translation(desk, tag)
        translation = bootstrap.Translation(_text_of(file), str(file), language)
        path = catalog_path(tag, document.domain)
        fill = partial(
            bootstrap.bootstrap,
            document=document,
            translation=translation,
            source=desk.project.source,
            created=datetime.now(UTC),
            keep_small_changes=desk.project.translation.keep_small_changes,
        )
        old = self.held(path)
        made = self.run("Aligning", [Task(translation.name, fill, (old,))], _TEXT_LIMITS, {})
        if not made:
            raise Stopped(())
        return bootstrap.change(path, old, made[0], fill), made[0]

    def held(self, path: str) -> bytes | None:
        """Return the bytes of a catalog, None where there is none."""
        try:
            return read_if_any(self.request.project, path)
        except Unreadable as refusal:
            raise Stopped([refusal.diagnostic]) from refusal

    def document(self, desk: Desk, key: str) -> Document:
        """Return the document called `key`."""
        by_key = {document.key: document for document in desk.documents}
        if key in by_key:
            return by_key[key]
        near = get_close_matches(key, by_key, cutoff=0.4) or sorted(by_key)
        raise Stopped([Diagnostic("unknown-document", f"there is no document {key!r}", None, f"try {', '.join(near)}")])

    def translation(self, desk: Desk, tag: str) -> Language:
        """Return the language `tag`, if the project is translated into it."""
        for language in desk.translations:
            if language.tag == tag:
                return language
        is_source = tag == desk.project.source.tag
        message = f"{tag!r} is {'the language of the source' if is_source else 'not a language of this project'}"
        hint = None if is_source else f'add "{tag}" to languages in content/site.toml'
        raise Stopped([Diagnostic("unknown-language", message, None, hint)])

    def overview(self, desk: Desk) -> Overview:
        """Return how every translation stands, as its files are and as an update would leave them."""
        domains, source = self.gather(desk), desk.project.source
        vocabulary, found = read_vocabulary(self.request.project, [item.tag for item in desk.project.languages])
        self.found += found
        tasks = [
            Task(
                catalog_path(language.tag, name),
                progress,
                (name, messages, desk.catalogs.get(language.tag, name), language, source, vocabulary),
            )
            for language in desk.translations
            for name, messages in domains.items()
            if catalog_path(language.tag, name) not in desk.spared
        ]
        made = self.run("Reviewing", tasks, _TEXT_LIMITS, {})
        titled = (document for document in desk.documents if "title" in document.fields)
        titles = {document.domain: document.fields["title"].text for document in titled}
        counted = [
            domain(name, titles.get(name, ""), messages, read_one(self.request.project, template_path(name))[0])
            for name, messages in domains.items()
        ]
        return Overview(source, tuple(counted), desk.translations, tuple(made))

    def status_page(self, desk: Desk, overview: Overview) -> str:
        """Return the page that shows how the translations stand, in the language of the source."""
        speaker = interface.Interface(self.spoken(desk, desk.project.source))
        try:
            return status_page.render_status(overview, _title(desk.project), Templates(desk.theme, speaker))
        except TemplateFailure as failure:
            raise Stopped([failure.diagnostic]) from failure

    def localize(self, desk: Desk) -> dict[str, tuple[LocalizedDocument, ...]]:
        """Return the documents by language tag, the source among them whether asked for or not."""
        languages = dict.fromkeys([desk.project.source, *desk.languages])
        tasks = [
            Task(document.path, localize, (document, _voice(desk, language, document.domain), self.request.stage))
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
        """Follow every link of the source, and read every translation as a good editor does."""
        root = self.request.project
        pages = {
            tag: [Page(item.path, item.html, item.links, item.file) for item in documents]
            for tag, documents in localized.items()
        }
        self.found += check_references(pages.pop(desk.project.source.tag), root, list(pages))
        for tag, translated in pages.items():
            self.found += check_alternates(translated, root, tag)
        vocabulary, found = read_vocabulary(self.request.project, [item.tag for item in desk.project.languages])
        self.found += found
        tasks = [
            Task(path, review, (catalog, path, language, desk.project.source, vocabulary))
            for language in desk.translations
            for path, catalog in desk.catalogs.of(language.tag)
        ]
        for found in self.run("Reviewing", tasks, _TEXT_LIMITS, {}):
            self.found += found

    def shelve(self, desk: Desk, localized: Mapping[str, tuple[LocalizedDocument, ...]]) -> list[site.Shelf]:
        """Return all that is said, a shelf for each language; report what the templates cannot say in it."""
        messages = [item for item in self.read_templates(desk) if not _is_for_staff(item)]
        shelves = [self.shelf(desk, language, localized[language.tag], messages) for language in desk.languages]
        self.found += self.left_out(desk, shelves)
        return shelves

    def shelf(
        self, desk: Desk, language: Language, documents: tuple[LocalizedDocument, ...], messages: Sequence[Message]
    ) -> site.Shelf:
        """Return all that is said in one language."""
        texts, tally, found = localize_site(desk.project, _voice(desk, language, SITE), self.request.stage)
        speaker = interface.Interface(self.spoken(desk, language))
        self.found += (*found, *speaker.unspoken(messages, language))
        return site.Shelf(language, texts, tally, documents, Templates(desk.theme, speaker))

    def left_out(self, desk: Desk, shelves: Sequence[site.Shelf]) -> Iterator[Diagnostic]:
        """Yield which languages are not far enough at this stage, and for what."""
        for edition in (None, *desk.editions):
            output = f"edition {edition.name!r}" if edition else "the site"
            reasons = {shelf.language.tag: self.shortfall(desk, shelf, edition) for shelf in shelves}
            for tag, reason in reasons.items():
                if reason:
                    message = f"{tag} is left out of {output}: {reason}"
                    hint = f"translate more, or ask less of it in {SITE_FILE}"
                    yield Diagnostic("below-threshold", message, Location(f"locales/{tag}"), hint)
            if all(reasons.values()):
                message = f"no language is far enough for {output}, so there is none"
                yield Diagnostic("below-threshold", message, Location(SITE_FILE))

    def far_enough(self, desk: Desk, shelves: Sequence[site.Shelf], edition: Edition | None) -> list[site.Shelf]:
        """Return the shelves of which an edition, or the site where there is none, is made at this stage."""
        return [shelf for shelf in shelves if self.shortfall(desk, shelf, edition) is None]

    def shortfall(self, desk: Desk, shelf: site.Shelf, edition: Edition | None) -> str | None:
        """Return in words how a language falls short for an edition, or for the site where there is none."""
        threshold = desk.project.translation.threshold(self.request.stage.value, "booklets" if edition else "site")
        keys = {document.key: document for document in shelf.documents}
        return policy.below(shelf.tally(chapters(edition, keys) if edition else keys), threshold)

    def spoken(self, desk: Desk, language: Language) -> tuple[Catalog, ...]:
        """Return the catalogs that the templates speak a language from, the project's own first."""
        catalogs = [desk.catalogs.get(language.tag, INTERFACE), built_in_interface(language.tag)]
        return tuple(catalog for catalog in catalogs if catalog is not None)

    def set_everything(self, desk: Desk, shelves: Sequence[site.Shelf]) -> list[Artifact]:
        """Return the files of the site and the booklets."""
        try:
            published = self.far_enough(desk, shelves, None)
            pages = site.render_site(desk.project, published, desk.theme, self.request.stage)
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
            self.found.append(_no_pango(missing))
            return []
        tasks = []
        for edition in desk.editions:
            for shelf in self.far_enough(desk, shelves, edition):
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
            safe(texts[f"editions.{edition.name}.title"] or texts["title"]),
            safe(texts[f"editions.{edition.name}.subtitle"] or texts["subtitle"]),
        )
        html = composition.compose(
            cover,
            [by_key[key] for key in chapters(edition, by_key)],
            language=shelf.language,
            site=shelf.site,
            stage=self.request.stage,
            notes=edition.notes,
            templates=shelf.templates,
            theme=desk.theme,
            project_root=self.request.project,
        )
        roots = (self.request.project / "content", *desk.theme.roots)
        return html, roots, name, shelf.language.right_to_left

    def print_reviews(self, desk: Desk, overview: Overview) -> list[Artifact]:
        """Return the review booklet of every translation, whatever is questioned in it."""
        if not overview.languages:
            message, hint = "there is no translation to review", "add a language to content/site.toml"
            raise Stopped([Diagnostic("unknown-language", message, None, hint)])
        missing = pdf.missing_libraries()
        if not pdf.can_set_type(missing):
            raise Stopped([_no_pango(missing)])
        tasks = [
            Task(
                language.tag,
                review_booklet.make_review_booklet,
                (self.reviewed(desk, overview, language), desk.theme, self.spoken(desk, language)),
            )
            for language in overview.languages
        ]
        with tempfile.TemporaryDirectory(prefix="stele-") as folder:
            made = self.run("Printing reviews", tasks, _REVIEW_LIMITS, pdf.private_fonts(Path(folder)))
        for item in made:
            self.found += item.diagnostics
        if not all(item.pdf for item in made):
            raise Stopped(())
        return [item.artifact for item in made]

    def reviewed(self, desk: Desk, overview: Overview, language: Language) -> review_booklet.Review:
        """Return what is reviewed of a translation: its catalogs as the files are."""
        titles = {item.name: item.title for item in overview.domains}
        chapters = [
            review_booklet.Chapter(
                item.domain, titles[item.domain], desk.catalogs.get(language.tag, item.domain), item.as_is
            )
            for item in overview.of(language)
        ]
        return review_booklet.Review(_title(desk.project), overview.source, language, tuple(chapters))

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


def _is_for_staff(message: Message) -> bool:
    """Say whether a message stands on no page of an edition: a translation need not have it to be printed."""
    return all(at.path.startswith(("templates/review/", "templates/status/")) for at in message.locations)


def _no_pango(missing: Sequence[str]) -> Diagnostic:
    message = f"{', '.join(missing)} not found, so no booklet was made"
    return Diagnostic("no-pango", message, None, "run: python build.py doctor")


def _title(project: Project) -> str:
    return next(setting.text for setting in project.settings if setting.name == "title")


def _text_of(file: Path) -> str:
    """Return the text of a file that may lie anywhere."""
    try:
        whole = file.resolve()
        return read_text(whole, whole.parent)
    except Unreadable as refusal:
        line = refusal.diagnostic.location.line if refusal.diagnostic.location else None
        raise Stopped([replace(refusal.diagnostic, location=Location(str(file), line))]) from refusal


def _lies_in(item: Diagnostic, paths: frozenset[str]) -> bool:
    return item.location is not None and item.location.path in paths


def _with_fallbacks(project: Project, languages: Sequence[Language]) -> tuple[Language, ...]:
    """Return the languages with those that they fall back on."""
    asked = {step for language in languages for step in project.translation.chain(language.tag)}
    return tuple(dict.fromkeys([*languages, *(item for item in project.languages if item.tag in asked)]))


def _voice(desk: Desk, language: Language, domain: str) -> Voice:
    """Return what a domain is printed from in a language."""
    chain = desk.project.translation.chain(language.tag)
    others = {tag: catalog for tag in chain if (catalog := desk.catalogs.get(tag, domain))}
    path = catalog_path(language.tag, domain)
    return Voice(language, desk.project.source, desk.catalogs.get(language.tag, domain), path, chain, others)
