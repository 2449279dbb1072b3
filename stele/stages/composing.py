"""An edition in a language in, its HTML and how it is made out: composed again only where something of it changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stele.engine import Task
from stele.print import booklet, composition, cover, parts
from stele.print.imposition.folding import SADDLE, SIGNATURES
from stele.print.press.conditions import CONDITIONS, Press, Standard
from stele.print.products import BOOKLET, PRODUCTS
from stele.sources.addressees import of_language
from stele.sources.editions import chapters
from stele.sources.templating import TemplateFailure
from stele.stages.reading import spoken, voice
from stele.stages.remarking import tell
from stele.stages.typefaces import shown
from stele.web import addresses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stele.diagnostics import Stage
    from stele.language.tags import Language
    from stele.print.preflight.flaws import Remark, Untold
    from stele.sources.project import Edition, Project
    from stele.sources.theme import Theme
    from stele.stages.reading import Desk
    from stele.stages.telling import Telling
    from stele.translation.localization import LocalizedDocument
    from stele.translation.release import Release
    from stele.translation.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Composed:
    """A booklet or another product as it goes to print: its `html`, and how it is made (`order`).

    `letters` are the characters that it shows, each once.
    """

    html: str
    order: booklet.Order
    letters: str


@dataclass(frozen=True, slots=True)
class _Job:
    """All that an edition in a language is composed of; the shelf has no other documents than the edition."""

    edition: Edition
    shelf: Shelf
    form: composition.Form
    name: str
    family: str
    project: Project
    theme: Theme
    stage: Stage
    released: Release

    @property
    def called(self) -> composition.Cover:
        """Return what it is called: in site.toml, else a booklet as the site, and another product as its text."""
        edition, documents = self.edition, self.shelf.documents
        by_text = documents[0].title if documents and edition.product != BOOKLET.name else ""
        title, subtitle = self.shelf.title_of(edition.name, by_text), self.shelf.subtitle_of(edition.name)
        return composition.Cover(edition.name, title, subtitle)


def compose(
    telling: Telling, desk: Desk, edition: Edition, shelf: Shelf, name: str, family: str, released: Release
) -> Composed | None:
    """Return an edition in a language, set in `family` before the fonts of the theme; report what is wrong with it.

    None where a template fails.
    """
    by_key = {document.key: document for document in shelf.documents}
    own = replace(shelf, documents=tuple(by_key[key] for key in chapters(edition, by_key)))
    form = _form(desk, edition, own)
    job = _Job(edition, own, form, name, family, desk.project, desk.theme, telling.request.stage, released)
    # An image has a variant in a language where there is such a file, so any file in content/ may count.
    task = Task(name, _composed, (job,), (*desk.theme_files, *desk.content_files), is_local=True)
    ((made, remarks),) = telling.do([task])
    tell(telling, desk, remarks)
    return made and replace(
        made, order=replace(made.order, office=_office(desk, shelf.language, job.called.title, family))
    )


def _form(desk: Desk, edition: Edition, shelf: Shelf) -> composition.Form:
    return composition.Form(
        PRODUCTS[edition.product],
        edition.format,
        {document.key: _file_of_words(desk, shelf.language, document) for document in shelf.documents},
        of_language(desk.addressees.get(edition.name, ()), shelf.language.tag),
        desk.project.hosting.address,
        addresses.home(desk.project.hosting.address, shelf.language.tag),
        bool(edition.beside),
    )


def _file_of_words(desk: Desk, language: Language, document: LocalizedDocument) -> str:
    """Return where somebody wrote the words of a document in a language: its own file, an alternate, a catalog."""
    domain = document.key.replace("/", ".")
    spoken_of = voice(desk, language, domain)
    is_written = spoken_of.at_home or document.file != document.path or spoken_of.catalog is None
    return document.file if is_written else spoken_of.path


def _office(desk: Desk, language: Language, title: str, family: str) -> booklet.Office:
    """Return how an office binds what it prints. It has no machine for perfect binding: it sews signatures instead."""
    printing = desk.project.printing
    binding = SADDLE if printing.binding == SADDLE else SIGNATURES
    return booklet.Office(binding, printing.caliper_mm, title, language, desk.theme, spoken(desk, language), family)


def _composed(job: _Job) -> tuple[Composed | None, tuple[Remark, ...]]:
    """Return an edition without an office, and what is wrong with it."""
    remarks = _beyond(job, job.shelf.documents)
    try:
        html, order = _html(job), _order(job)
    except TemplateFailure as failure:
        return None, (*remarks, failure.diagnostic)
    return Composed(html, order, shown(html)), remarks


def _beyond(job: _Job, documents: Sequence[LocalizedDocument]) -> tuple[Untold, ...]:
    """Return which sections find no place in a product."""
    if job.form.product == BOOKLET or not documents:
        return ()
    return tuple(parts.beyond(parts.parts_of(documents, job.form.files), job.form.product, job.name))


def _order(job: _Job) -> booklet.Order:
    uses = {*job.edition.uses}
    wrapper = _wrapper(job) if "cover" in uses else None
    shop = _shop(job) if {"press", "cover"} & uses else None
    return booklet.Order(job.form.product, job.edition.uses, wrapper=wrapper, shop=shop)


def _html(job: _Job) -> str:
    return composition.compose(
        job.called,
        job.shelf.documents,
        language=job.shelf.language,
        site=job.shelf.site,
        stage=job.stage,
        notes=job.edition.notes,
        templates=job.shelf.templates,
        theme=job.theme,
        project_root=job.project.root,
        family=job.family,
        form=job.form,
        released=job.released,
    )


def _wrapper(job: _Job) -> cover.Wrapper:
    return cover.compose(
        job.called,
        job.edition,
        job.project.printing,
        language=job.shelf.language,
        site=job.shelf.site,
        stage=job.stage,
        templates=job.shelf.templates,
        theme=job.theme,
        family=job.family,
        web=job.form.home,
    )


def _shop(job: _Job) -> booklet.Shop:
    """Return what a print shop asks for."""
    printing, language = job.project.printing, job.shelf.language
    condition, standard = CONDITIONS[printing.stock], Standard(printing.standard)
    press = Press(condition, standard, printing.released, language.right_to_left)
    slug = composition.compose_slug(
        job.called, language=language, templates=job.shelf.templates, theme=job.theme, family=job.family
    )
    return booklet.Shop(press, slug)
