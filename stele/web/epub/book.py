"""An edition's localized documents in, the files of an EPUB 3 in one language out, but for its fonts and images.

There is no list of the pages in print: where each begins is known only to who sets them, and it would have to be marked
within the text. Nor does a book claim to conform to EPUB Accessibility 1.1: such a claim names who has evaluated the
book (5.2 and 5.3), and no program can.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from stele.sources import fragments, marks
from stele.sources.printing import UNDATED
from stele.sources.templating import safe
from stele.translation.credits import Credits
from stele.web.epub.chapters import Surroundings, Text, text_of
from stele.web.epub.container import pack
from stele.web.epub.faces import Face, faces, licences, needed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from markupsafe import Markup

    from stele.diagnostics import Stage
    from stele.language.tags import Language
    from stele.sources.templating import Templates
    from stele.sources.theme import Theme
    from stele.translation.localization import LocalizedDocument
    from stele.translation.release import Release

PACKAGE = "EPUB/"
TITLE, CONTENTS, COLOPHON = "title.xhtml", "contents.xhtml", "colophon.xhtml"
ORNAMENT = "ornament.svg"
STYLES = ("style.css", "fonts.css")
_TYPES = {
    "css": "text/css",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "ttf": "font/ttf",
    "txt": "text/plain",
    "webp": "image/webp",
    "xhtml": "application/xhtml+xml",
}


@dataclass(frozen=True, slots=True)
class Title:
    """What an edition is called in the language of the book. `name` is that of its files, ``edition.tag``."""

    name: str
    title: Markup
    subtitle: Markup
    identifier: str


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the manifest (EPUB 3.3, 5.6.2)."""

    id: str
    href: str
    media_type: str
    properties: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """The files of a book by their paths in the container, and what is still to be read: images, subsets of `faces`.

    `letters` are all characters that are shown; `images` are files by their paths in the container.
    """

    name: str
    files: Mapping[str, bytes]
    faces: tuple[Face, ...]
    letters: str
    images: Mapping[str, Path]

    def packed(self, fonts: Mapping[str, bytes]) -> bytes:
        """Return the bytes of the EPUB; `fonts` are the subsets by `Face.file`."""
        subsets = {f"{PACKAGE}{face.file}": fonts[face.file] for face in self.faces}
        images = {path: source.read_bytes() for path, source in self.images.items()}
        return pack({**self.files, **subsets, **images})


def identifier(project: str, edition: str, tag: str) -> str:
    """Return the name of a book among all books, the same in every release.

    `project` is the address of the site, or its title where it has none. The ISBN of what is printed is not that of an
    e-book (ISBN Users' Manual, 7th edition, 5.5).
    """
    return uuid5(NAMESPACE_URL, f"{project}#{edition}.{tag}").urn


def compose(
    called: Title,
    documents: Sequence[LocalizedDocument],
    *,
    language: Language,
    site: Mapping[str, Markup],
    stage: Stage,
    notes: bool,
    templates: Templates,
    theme: Theme,
    around: Surroundings,
    released_on: date,
    licence: str = "",
    family: str = "",
    released: Release | None = None,
) -> Book:
    """Return a book; raise `templating.TemplateFailure` where a template fails.

    `notes` says in words which blocks are no translations; `family` comes before the fonts of the theme, and is not
    embedded; `released` is what the colophon tells of the ledger and of those who translated.
    """
    labels = templates.variables("shared/labels.html", ("notes",))
    say = marks.in_words(templates, language.tag) if notes else None
    text = text_of(documents, around, say, labels["notes"])
    values = {
        "language": language,
        "site": {name: safe(fragments.as_xhtml(words)) for name, words in site.items()},
        "book": called,
        "stage": stage.value,
        "chapters": text.chapters,
        "family": family,
        "released": released if released and released.sources else None,
        "credits": released.credits.get(language.tag, Credits()) if released else Credits(),
        "released_on": released_on.isoformat() if released_on != UNDATED else "",
        "modified": released_on.isoformat(),
        "licence": licence,
    }
    return _bound(called.name, text, values, templates, theme, around.root)


def _bound(
    name: str, text: Text, values: dict[str, Any], templates: Templates, theme: Theme, project_root: Path
) -> Book:
    """Return the book of a text: its pages first, then what can be said only of them all."""
    pages = dict(_pages(text, values, templates))
    style = theme.find("epub/style.css").read_text(encoding="utf-8")
    letters = "".join(sorted({char for page in pages.values() for char in fragments.plain(page)}))
    chosen = needed(tuple(faces(theme)), style, letters, "".join(pages.values()))
    terms = {face.file: licences(face) for face in chosen}
    items = _items([*pages, *STYLES, ORNAMENT, *text.images, *(face.file for face in chosen)])
    values |= {"faces": chosen, "items": items, "spine": [item for item in items if item.href in pages]}
    values |= {"has_images": bool(text.images), "is_described": text.described, "terms": _terms(items, terms)}
    values |= {"may_flash": any(path.endswith(".gif") for path in text.images)}
    inner = {
        "package.opf": templates.render("epub/package.opf", values).encode(),
        **{path: page.encode() for path, page in pages.items()},
        "style.css": style.encode(),
        "fonts.css": templates.render("epub/fonts.css", values).encode(),
        ORNAMENT: theme.find("shared/ornament.svg").read_bytes(),
        **{_in_fonts(path): path.read_bytes() for paths in terms.values() for path in paths},
    }
    container = templates.render("epub/container.xml", values).encode()
    files = {"META-INF/container.xml": container, **{f"{PACKAGE}{path}": data for path, data in inner.items()}}
    images = {f"{PACKAGE}{path}": project_root / source for path, source in text.images.items()}
    return Book(name, files, chosen, letters, images)


def _pages(text: Text, values: Mapping[str, Any], templates: Templates) -> list[tuple[str, str]]:
    """Return the pages of a book in the order of reading, by their paths below the folder of the package."""
    chapters = [
        (part.path, templates.render("epub/chapter.xhtml", {**values, "chapter": chapter, "part": part}))
        for chapter in text.chapters
        for part in chapter.parts
    ]
    return [
        (TITLE, templates.render("epub/title.xhtml", values)),
        (CONTENTS, templates.render("epub/contents.xhtml", values)),
        *chapters,
        (COLOPHON, templates.render("epub/colophon.xhtml", values)),
    ]


def _terms(items: Sequence[Item], terms: Mapping[str, Sequence[Path]]) -> list[tuple[Item, str]]:
    """Return each font, and the path of its licence in the package."""
    return [(item, _in_fonts(path)) for item in items for path in terms.get(item.href, ())]


def _in_fonts(path: Path) -> str:
    return f"fonts/{path.name}"


def _items(paths: Sequence[str]) -> list[Item]:
    properties = {CONTENTS: "nav"}
    return [
        Item(f"item-{number}", path, _TYPES[path.rpartition(".")[2]], properties.get(path, ""))
        for number, path in enumerate(paths, 1)
    ]
