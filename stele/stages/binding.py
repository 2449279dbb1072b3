"""Everything that is said in, the e-books of the editions out: one for each language, in fonts of their own letters."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from stele.artifacts import Artifact
from stele.engine import Task
from stele.sources.editions import chapters
from stele.sources.printing import EPUB
from stele.stages.wording import far_enough
from stele.web import addresses
from stele.web.epub import book
from stele.web.epub.chapters import Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from stele.sources.project import Edition
    from stele.stages.reading import Desk
    from stele.stages.telling import Telling
    from stele.translation.release import Release
    from stele.translation.shelf import Shelf
    from stele.web.faces import Faces


def bind(
    telling: Telling,
    desk: Desk,
    shelves: Sequence[Shelf],
    released: Release,
    faces: Faces,
) -> Iterator[Artifact]:
    """Yield each book twice: among the editions, and where readers of the site find it.

    Its letters are set in `faces`; its cover is that of the edition, where that was printed. Raise
    `templating.TemplateFailure` where a template fails.
    """
    for edition in desk.editions:
        for shelf in far_enough(telling, desk, shelves, edition) if EPUB in edition.uses else ():
            name = f"{edition.name}.{shelf.language.tag}"
            bound = _bound(telling, desk, edition, shelf, released, faces, telling.fronts.get(name, b""))
            reads = (*desk.theme_files, *desk.content_files, *(face.path for face in faces.faces))
            (data,) = telling.do([Task(name, bound, (), reads)])
            yield Artifact(f"epub/{name}.epub", data)
            yield Artifact(addresses.download(f"{name}.epub"), data)


def _bound(
    telling: Telling, desk: Desk, edition: Edition, shelf: Shelf, released: Release, faces: Faces, cover: bytes
) -> Callable[[], bytes]:
    """Return what makes an edition in a language a book."""
    by_key = {document.key: document for document in shelf.documents}
    return partial(
        book.compose,
        _called(desk, edition, shelf),
        [by_key[key] for key in chapters(edition, by_key)],
        language=shelf.language,
        site=shelf.site,
        stage=telling.request.stage,
        notes=edition.notes,
        templates=shelf.templates,
        theme=desk.theme,
        faces=faces,
        around=_surroundings(desk, shelf),
        released_on=desk.project.printing.released,
        licence=desk.project.hosting.licence,
        released=released,
        cover=cover,
    )


def _called(desk: Desk, edition: Edition, shelf: Shelf) -> book.Title:
    site = desk.project.hosting.address or desk.project.title
    identifier = book.identifier(site, edition.name, shelf.language.tag)
    return book.Title(shelf.title_of(edition.name), shelf.subtitle_of(edition.name), identifier)


def _surroundings(desk: Desk, shelf: Shelf) -> Surroundings:
    on_site = {item.path: item.key for item in shelf.documents if item.key in desk.on_site}
    return Surroundings(desk.project.root, desk.project.hosting.address, on_site)
