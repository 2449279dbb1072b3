"""Files that readers may take home in, the page that lists them in each language out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.artifacts import Artifact, page_at
from stele.language.numbers import number
from stele.web import addresses
from stele.web.addresses import relative

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from stele.language.tags import Language
    from stele.translation.shelf import Shelf
    from stele.web.frame import Frame

_KILOBYTE = 1000  # bytes
_FORMATS = {"pdf": "PDF", "epub": "EPUB"}


@dataclass(frozen=True, slots=True)
class File:
    """A file as the template sees it; `beside` is the second language of a bilingual edition."""

    title: Markup
    href: str
    format: str
    size: str
    beside: Language | None


@dataclass(frozen=True, slots=True)
class Group:
    """The files in a language."""

    language: Language
    files: tuple[File, ...]


def render_downloads(frame: Frame, files: Sequence[Artifact]) -> Iterator[Artifact]:
    """Yield the page of downloads in each language, its own files first; nothing where there are no `files`.

    Their names are those of editions and languages: ``remembrance.az.screen.pdf``, ``remembrance.az-en.epub``. Raise
    `templating.TemplateFailure` where the template fails.
    """
    for shelf in frame.shelves if files else ():
        here = addresses.downloads(shelf.language.tag)
        others = [other for other in frame.shelves if other is not shelf]
        groups = [Group(of.language, tuple(_files(frame, of, files, shelf))) for of in (shelf, *others)]
        values = frame.around(shelf, addresses.downloads) | {"groups": [group for group in groups if group.files]}
        yield page_at(here, shelf.templates.page("site/downloads.html", values))


def _files(frame: Frame, of: Shelf, files: Sequence[Artifact], reader: Shelf) -> Iterator[File]:
    """Yield the files in the language of a shelf for the readers of another."""
    here, tag = addresses.downloads(reader.language.tag), of.language.tag
    besides = {f"{tag}-{other.language.tag}": other.language for other in frame.shelves}
    for file in files:
        edition, languages, *_, suffix = file.path.rpartition("/")[2].split(".")
        if languages == tag or languages in besides:
            size = _size(len(file.data), reader.language.tag)
            beside = besides.get(languages)
            yield File(of.title_of(edition), relative(here, file.path), _FORMATS[suffix], size, beside)


def _size(count: int, tag: str) -> str:
    """Return how large a file is, in the larger unit as soon as there is one of it (ISO/IEC 80000-13, 13-9)."""
    kilobytes = max(1, round(count / _KILOBYTE))
    unit, amount = ("MB", round(kilobytes / _KILOBYTE)) if kilobytes >= _KILOBYTE else ("kB", kilobytes)
    return f"{number(amount, tag)}\u00a0{unit}"
