"""A project folder in, everything that is read of it out: documents, theme, catalogs, and the messages of all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from stele.diagnostics import Diagnostic
from stele.engine import Task
from stele.language import tags
from stele.language.pseudo import PSEUDO_TAGS
from stele.language.transliteration import SOURCES
from stele.sources.addressees import read_addressees
from stele.sources.documents import read_documents
from stele.sources.editions import check_editions, filled, for_paper, in_order
from stele.sources.ledger.derived import computed
from stele.sources.ledger.links import unwritten
from stele.sources.ledger.names import place_names, terms, twice
from stele.sources.ledger.reading import read_ledger
from stele.sources.ledger.wanted import printed, wanted
from stele.sources.ledger.writing import values
from stele.sources.project import read_project
from stele.sources.settings import SITE_FILE
from stele.sources.templating import TemplateFailure, Templates
from stele.sources.theme import theme
from stele.sources.vocabulary import Vocabulary, read_vocabulary
from stele.stages.telling import TEXT_LIMITS, Stopped
from stele.translation.gathering import (
    INTERFACE,
    LEDGER,
    SITE,
    interface_messages,
    ledger_messages,
    messages_of,
    site_messages,
)
from stele.translation.interface import Interface
from stele.translation.other_script import as_catalog, in_other_script
from stele.translation.policy import Voice
from stele.translation.pseudo import pseudo_catalog
from stele.translation.store import (
    Catalogs,
    built_in_interface,
    built_in_path,
    catalog_path,
    files_of,
    read_catalogs,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from stele.language.tags import Language
    from stele.sources.addressees import Addressee
    from stele.sources.documents import Document
    from stele.sources.ledger.records import Ledger
    from stele.sources.ledger.writing import Value
    from stele.sources.project import Edition, Project
    from stele.sources.theme import Theme
    from stele.stages.telling import Telling
    from stele.translation.messages import Message
    from stele.translation.po.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that was read, before anything is made of it; `languages` are those asked for.

    `words` are those that Stele has for the templates, by language; `addressees` are by the name of an edition.
    `content_files` and `theme_files` are all that there are, the folders of the former among them.
    """

    project: Project
    documents: tuple[Document, ...]
    theme: Theme
    catalogs: Catalogs
    vocabulary: Vocabulary
    ledger: Ledger
    values: Mapping[str, Value]
    languages: tuple[Language, ...]
    editions: tuple[Edition, ...]
    words: Mapping[str, Catalog | None]
    addressees: Mapping[str, tuple[Addressee, ...]]
    content_files: tuple[Path, ...]
    theme_files: tuple[Path, ...]

    @property
    def on_site(self) -> tuple[str, ...]:
        """Return the keys of the documents that the site shows, in the order of its contents."""
        apart = for_paper(self.project.editions)
        return tuple(document.key for document in self.documents if document.key not in apart)

    @property
    def translations(self) -> tuple[Language, ...]:
        """Return the languages asked for that translators translate.

        Not the source, not the pseudo-languages, and none that is another one in other letters.
        """
        made = (self.project.source.tag, *PSEUDO_TAGS)
        return tuple(item for item in self.languages if item.tag not in made and not self.is_transliterated(item.tag))

    def is_transliterated(self, tag: str) -> bool:
        """Say whether a language is printed from the catalogs of another language of the project, in other letters."""
        return SOURCES.get(tag) in {item.tag for item in self.project.languages}

    @property
    def corrected(self) -> tuple[Language, ...]:
        """Return the languages in other letters of which people have catalogs, to set right what letters cannot."""
        made = {tag for tag, _ in self.catalogs.by_name if self.is_transliterated(tag)}
        return tuple(item for item in self.languages if item.tag in made)

    @property
    def spared(self) -> frozenset[str]:
        """Return the paths of the catalogs that nobody has to fill: an alternate stands in for their documents."""
        pairs = ((language.tag, document) for language in self.translations for document in self.documents)
        replaced = {catalog_path(tag, document.domain) for tag, document in pairs if document.alternate(tag)}
        optional = ((item.tag, domain) for item in self.corrected for domain in _domains(self))
        return frozenset(replaced | {catalog_path(*pair) for pair in optional if pair not in self.catalogs.by_name})


def read(telling: Telling) -> Desk:
    """Read site.toml, the documents, the catalogs and what names are called in them."""
    root = telling.request.project
    files = tuple(sorted((root / "content").rglob("*")))
    project = known(telling, (root / SITE_FILE,), read_project, root)
    if project is None:
        raise Stopped(())
    tags = [item.tag for item in project.languages]
    documents = in_order(known(telling, files, read_documents, root, project.source.tag, tags), project.editions)
    telling.found += check_editions(project.editions, documents)
    project = replace(project, editions=filled(project.editions, documents))
    languages = _chosen_languages(telling, project)
    editions = _chosen(telling, "unknown-edition", telling.request.editions, {i.name: i for i in project.editions})
    catalogs = _read_catalogs(telling, _with_sources(project, languages), documents)
    ledger, values = known(telling, files, _read_ledger, root, tags)
    vocabulary = known(telling, files, read_vocabulary, root, tags)
    telling.found += twice(ledger, vocabulary)
    vocabulary = replace(
        vocabulary, names=(*vocabulary.names, *place_names(ledger)), terms=(*vocabulary.terms, *terms(ledger))
    )
    chosen = theme(root)
    return Desk(
        project,
        documents,
        chosen,
        catalogs,
        vocabulary,
        ledger,
        values,
        languages,
        editions,
        {item.tag: _words(telling, item.tag, vocabulary) for item in (*project.languages, *languages)},
        {edition.name: known(telling, files, read_addressees, edition, root, tags) for edition in editions},
        files,
        chosen.everything,
    )


def known(telling: Telling, files: tuple[Path, ...], read: Callable[..., tuple[Any, Any]], *arguments: Any) -> Any:
    """Return what is read of `files`, which is done anew where they have changed, and report what is wrong with it."""
    # A value that was read may hold the folder of the project.
    ((value, found),) = telling.do([Task(read.__name__, read, arguments, files, is_local=True)])
    telling.found += found
    return value


def _read_catalogs(telling: Telling, languages: Sequence[Language], documents: Sequence[Document]) -> Catalogs:
    """Return the catalogs of the languages; those of each are read anew when one of them has changed."""
    domains = [*(document.domain for document in documents), INTERFACE, SITE, LEDGER]
    root = telling.request.project
    read = [known(telling, files_of(root, item.tag), read_catalogs, root, (item,), domains) for item in languages]
    by_name = {name: catalog for catalogs in read for name, catalog in catalogs.by_name.items()}
    for name, catalog in by_name.items():
        telling.vouch(catalog, root / catalog_path(*name))
    return Catalogs(by_name, frozenset().union(*(catalogs.broken for catalogs in read)))


def _read_ledger(root: Path, tags: Sequence[str]) -> tuple[tuple[Ledger, Mapping[str, Value]], tuple[Diagnostic, ...]]:
    """Return the records of a project and what references to them stand for, and what is wrong with them."""
    ledger, found = read_ledger(root, tags)
    numbers, miscounted = computed(ledger)
    made = values(ledger, numbers)
    return (ledger, made), (*found, *miscounted, *unwritten(ledger, made))


def _chosen(telling: Telling, code: str, names: Sequence[str], known: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what is asked for by name, everything when nothing is."""
    for name in names:
        if name not in known:
            telling.found.append(Diagnostic(code, f"{name!r} is not one of: {', '.join(known)}"))
    return tuple(value for name, value in known.items() if not names or name in names)


def _chosen_languages(telling: Telling, project: Project) -> tuple[Language, ...]:
    """Return the languages asked for; the pseudo-languages only by their names."""
    pseudo = {tag: tags.language(tag) for tag in PSEUDO_TAGS if tag in telling.request.languages}
    known = {item.tag: item for item in project.languages} | pseudo
    return _chosen(telling, "unknown-language", telling.request.languages, known)


def with_made_languages(telling: Telling, desk: Desk) -> Desk:
    """Return the desk with catalogs for the languages asked for that nobody translates: pseudo, or in other letters."""
    return _with_other_scripts(telling, _with_pseudo_languages(telling, desk))


def _with_pseudo_languages(telling: Telling, desk: Desk) -> Desk:
    spoken = [item.tag for item in desk.languages if item.tag in PSEUDO_TAGS]
    if not spoken:
        return desk
    domains = gather(telling, desk) | {INTERFACE: read_templates(telling, desk)}
    made = {(tag, domain): pseudo_catalog(messages, tag) for tag in spoken for domain, messages in domains.items()}
    return replace(desk, catalogs=replace(desk.catalogs, by_name={**desk.catalogs.by_name, **made}))


def gather(telling: Telling, desk: Desk) -> dict[str, tuple[Message, ...]]:
    """Return the messages of every domain.

    Those of the templates only where the project has its own, or a language that Stele does not speak itself.
    """
    source = desk.project.source.tag
    tasks = [Task(document.path, messages_of, (document, source, desk.values)) for document in desk.documents]
    gathered = telling.run("Gathering messages", tasks, TEXT_LIMITS)
    if len(gathered) < len(tasks):
        raise Stopped(())
    domains = {document.domain: messages for document, messages in zip(desk.documents, gathered, strict=True)}
    domains[SITE] = site_messages(desk.project, desk.values)
    if spoken_of := ledger_messages(printed(desk.ledger, wanted(desk.documents)), desk.values):
        domains[LEDGER] = spoken_of
    has_templates = (telling.request.project / "templates").is_dir()
    unspoken = [item for item in desk.translations if item.tag != "en" and built_in_interface(item.tag) is None]
    if has_templates or unspoken:
        domains[INTERFACE] = read_templates(telling, desk)
    return domains


def read_templates(telling: Telling, desk: Desk) -> tuple[Message, ...]:
    """Return what the templates say."""
    task = Task(INTERFACE, interface_messages, (desk.theme, desk.project.source.tag), desk.theme_files)
    try:
        return telling.do([task])[0]
    except TemplateFailure as failure:
        raise Stopped([failure.diagnostic]) from failure


def _with_other_scripts(telling: Telling, desk: Desk) -> Desk:
    made: dict[tuple[str, str], Catalog] = {}
    for tag in (item.tag for item in desk.languages if desk.is_transliterated(item.tag)):
        from_source = SOURCES[tag] == desk.project.source.tag
        domains = gather(telling, desk) if from_source else dict.fromkeys(_domains(desk), ())
        for domain, messages in domains.items():
            own = desk.catalogs.get(tag, domain)
            other = as_catalog(messages) if from_source else desk.catalogs.get(SOURCES[tag], domain)
            task = Task(domain, in_other_script, (other, own, tag, desk.vocabulary))
            (made[tag, domain],) = telling.do([task])
    return replace(desk, catalogs=replace(desk.catalogs, by_name={**desk.catalogs.by_name, **made}))


def spoken(desk: Desk, language: Language) -> tuple[Catalog, ...]:
    """Return the catalogs that the templates speak a language from, the project's own first."""
    catalogs = [desk.catalogs.get(language.tag, INTERFACE), desk.words[language.tag]]
    return tuple(catalog for catalog in catalogs if catalog is not None)


def for_editors(desk: Desk) -> Templates:
    """Return the templates in the language of editors, which is that of the source."""
    source = desk.project.source
    return Templates(desk.theme, Interface(spoken(desk, source)), source.tag)


def voice(desk: Desk, language: Language, domain: str) -> Voice:
    """Return what a domain is printed from in a language."""
    chain = desk.project.translation.chain(language.tag)
    others = {tag: catalog for tag in chain if (catalog := desk.catalogs.get(tag, domain))}
    path = catalog_path(SOURCES[language.tag] if desk.is_transliterated(language.tag) else language.tag, domain)
    return Voice(language, desk.project.source, desk.catalogs.get(language.tag, domain), path, chain, others)


def _words(telling: Telling, tag: str, vocabulary: Vocabulary) -> Catalog | None:
    """Return `words_of_templates`."""
    reads = tuple(built_in_path(item) for item in (tag, SOURCES.get(tag, tag)))
    (words,) = telling.do([Task(tag, words_of_templates, (tag, vocabulary), reads)])
    if words and tag not in SOURCES:
        telling.vouch(words, built_in_path(tag))
    return words


def words_of_templates(tag: str, vocabulary: Vocabulary) -> Catalog | None:
    """Return the words that Stele has for the templates in a language, in other letters where it has those only."""
    own = built_in_interface(tag)
    if tag not in SOURCES:
        return own
    return in_other_script(built_in_interface(SOURCES[tag]), own, tag, vocabulary)


def _domains(desk: Desk) -> list[str]:
    return [*(document.domain for document in desk.documents), SITE, LEDGER, INTERFACE]


def _with_sources(project: Project, languages: Sequence[Language]) -> tuple[Language, ...]:
    """Return the languages with those that they fall back on, or are transliterated from."""
    asked = {step for language in languages for step in project.translation.chain(language.tag)}
    asked |= {SOURCES[language.tag] for language in languages if language.tag in SOURCES}
    return tuple(dict.fromkeys([*languages, *(item for item in project.languages if item.tag in asked)]))
