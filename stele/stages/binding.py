"""Everything that is said in, the e-books of the editions out: one for each language, in fonts of their own letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.artifacts import Artifact
from stele.engine import Task
from stele.sources.editions import chapters
from stele.sources.printing import EPUB
from stele.sources.templating import safe
from stele.stages.telling import TEXT_LIMITS
from stele.stages.wording import far_enough
from stele.web import addresses
from stele.web.epub import book
from stele.web.epub.chapters import Surroundings
from stele.web.epub.faces import subset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from stele.sources.project import Edition
    from stele.stages.reading import Desk
    from stele.stages.telling import Telling
    from stele.translation.release import Release
    from stele.translation.shelf import Shelf
    from stele.web.epub.book import Book


def bind(telling: Telling, desk: Desk, shelves: Sequence[Shelf], released: Release) -> Iterator[Artifact]:
    """Yield each book twice: among the editions, and where readers of the site find it.

    Raise `templating.TemplateFailure` where a template fails.
    """
    books = [
        _composed(telling, desk, edition, shelf, released)
        for edition in desk.editions
        if EPUB in edition.uses
        for shelf in far_enough(telling, desk, shelves, edition)
    ]
    fonts = _subsets(telling, books)
    for item in books:
        if all((face.path, item.letters) in fonts for face in item.faces):
            data = item.packed({face.file: fonts[face.path, item.letters] for face in item.faces})
            yield Artifact(f"epub/{item.name}.epub", data)
            yield Artifact(addresses.download(f"{item.name}.epub"), data)


def _composed(telling: Telling, desk: Desk, edition: Edition, shelf: Shelf, released: Release) -> Book:
    """Return an edition in a language as a book."""
    project, tag = desk.project, shelf.language.tag
    by_key = {document.key: document for document in shelf.documents}
    return book.compose(
        _called(desk, edition, shelf),
        [by_key[key] for key in chapters(edition, by_key)],
        language=shelf.language,
        site=shelf.site,
        stage=telling.request.stage,
        notes=edition.notes,
        templates=shelf.templates,
        theme=desk.theme,
        around=_surroundings(desk, shelf),
        released_on=project.printing.released,
        licence=project.hosting.licence,
        family=project.fonts.get(tag) or project.fonts.get("text") or "",
        released=released,
    )


def _called(desk: Desk, edition: Edition, shelf: Shelf) -> book.Title:
    texts, project = shelf.texts, desk.project
    title = next(setting.text for setting in project.settings if setting.name == "title")
    return book.Title(
        f"{edition.name}.{shelf.language.tag}",
        safe(texts[f"editions.{edition.name}.title"] or texts["title"]),
        safe(texts[f"editions.{edition.name}.subtitle"] or texts["subtitle"]),
        book.identifier(project.hosting.address or title, edition.name, shelf.language.tag),
    )


def _surroundings(desk: Desk, shelf: Shelf) -> Surroundings:
    on_site = {item.path: item.key for item in shelf.documents if item.key in desk.on_site}
    return Surroundings(desk.project.root, desk.project.hosting.address, on_site)


def _subsets(telling: Telling, books: Sequence[Book]) -> dict[tuple[Path, str], bytes]:
    """Return the fonts of the books, by file and letters."""
    wanted = dict.fromkeys((face.path, item.letters) for item in books for face in item.faces)
    tasks = [Task(path.name, cut, (path, letters), (path,)) for path, letters in wanted]
    return dict(telling.run("Binding books", tasks, TEXT_LIMITS, {})) if tasks else {}


def cut(path: Path, letters: str) -> tuple[tuple[Path, str], bytes]:
    """Return a subset behind what it is a subset of; runs in a worker, whose failures leave no gap in a list."""
    return (path, letters), subset(path, letters)
