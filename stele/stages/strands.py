"""A language of the site in, all of its pages and texts out: made again only where something of that language changed.

What a page says of other languages stands in the frame: how the site is called there, and which pages there are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stele.artifacts import Artifact
from stele.audit import strangers
from stele.engine import Task
from stele.web import addresses, extracts, faces, site
from stele.web.data.page import render_data
from stele.web.embeds import making as embeds
from stele.web.embeds.scripts import in_frames
from stele.web.pictures import Pictures
from stele.web.roll_pages import Rolls
from stele.web.search import searching

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from stele.diagnostics import Diagnostic
    from stele.sources.theme import Theme
    from stele.stages.reading import Desk
    from stele.stages.telling import Telling
    from stele.translation.shelf import Shelf
    from stele.web.data.package import Package
    from stele.web.extracts import Extract
    from stele.web.faces import Shown
    from stele.web.frame import Frame
    from stele.web.pictures import Picture


@dataclass(frozen=True, slots=True)
class Strand:
    """What the site has in one language.

    `pages` are those of documents, of the data, of the search and of the guide to embeds; `texts` those for other
    websites, beside `extracts`. `indexes` are what the search searches in. `pictures` and `offered` are the images that
    pages show and the files that they offer, `rolls` the names on them, `shown` their characters. `found` is what acts
    or asks elsewhere in the files at `checked`.
    """

    pages: tuple[Artifact, ...]
    texts: tuple[Artifact, ...]
    extracts: tuple[Extract, ...]
    indexes: tuple[Artifact, ...]
    pictures: Mapping[str, Picture | None]
    offered: tuple[str, ...]
    rolls: Rolls
    shown: Shown
    found: tuple[Diagnostic, ...]
    checked: frozenset[str]

    @property
    def files(self) -> tuple[Artifact, ...]:
        """Return what is published as it is."""
        return (*self.pages, *self.texts, *self.indexes)


def strand(telling: Telling, desk: Desk, frame: Frame, shelf: Shelf, data: Package, year: int | None) -> Strand:
    """Return what the site has in the language of `shelf`; `year` is that by which a consent may have ended.

    `data` is the ledger, for everybody to have.
    Raise `templating.TemplateFailure` where a template fails.
    """
    fonts = (face.path for face in frame.faces.faces)
    reads = (*desk.theme_files, *desk.content_files, *fonts)
    task = Task(f"site.{shelf.language.tag}", _strand, (frame.alone(shelf), desk.theme, data, year), reads)
    return telling.do([task])[0]


def apart(telling: Telling, desk: Desk, frame: Frame, keys: Mapping[str, Iterable[str]]) -> list[Artifact]:
    """Return the pages of documents that are for paper alone, whose `keys` are by language: see `site.render_apart`.

    Raise `templating.TemplateFailure` where a template fails.
    """
    reads = (*desk.theme_files, *desk.content_files)
    tasks = [
        Task(f"apart.{tag}", site.render_apart, (frame.alone(shelf), {tag: frozenset(keys[tag])}), reads)
        for shelf in frame.shelves
        if (tag := shelf.language.tag) in keys
    ]
    return [page for pages in telling.do(tasks) for page in pages]


def _strand(frame: Frame, theme: Theme, data: Package, year: int | None) -> Strand:
    """Return the strand of the one language of which a frame has the shelf."""
    pictures, rolls = Pictures(frame.project.root), Rolls()
    pages = [*site.render_documents(frame, pictures, rolls), *render_data(frame, data), *searching.pages(frame)]
    extracted = tuple(extracts.extracts(frame, {item.path: item.data for item in pages}, pictures, theme))
    fragments = [Artifact(item.path(name), html.encode()) for item in extracted for name, html in item.files.items()]
    texts = tuple(embeds.whole_texts(frame, pages, theme))
    pages += embeds.guides(frame, [*fragments, *texts])
    tags = {item.language.tag for item in frame.everywhere}
    beside = (replace(item, path=addresses.beside(item.path)) for item in fragments)
    checked = [*pages, *texts, *fragments, *beside] if theme.is_own else []
    return Strand(
        tuple(pages),
        texts,
        extracted,
        tuple(searching.indexes(frame, year)),
        pictures.shown,
        tuple(pictures.offered),
        rolls,
        faces.characters(pages, tags),
        strange(checked, frame.project.hosting.address),
        frozenset(item.path for item in checked),
    )


def strange(artifacts: Iterable[Artifact], address: str) -> tuple[Diagnostic, ...]:
    """Return the first thing in each file that acts or asks elsewhere; `address` is that of the site."""
    return tuple(strangers.strange(artifacts, address, (in_frames(),)))
