"""An edition's localized documents in, the bytes of an EPUB 3 in one language out.

There is no list of the pages in print: where each begins is known only to who sets them, and it would have to be marked
within the text. Nor does a book claim to conform to EPUB Accessibility 1.1: such a claim names who has evaluated the
book (5.2 and 5.3), and no program can.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from stele.sources import fragments, marks
from stele.sources.printing import UNDATED
from stele.sources.templating import safe
from stele.translation.credits import Credits
from stele.web.epub.chapters import Surroundings, Text, text_of
from stele.web.epub.container import pack
from stele.web.epub.faces import embedded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from markupsafe import Markup

    from stele.diagnostics import Stage
    from stele.language.tags import Language
    from stele.sources.templating import Templates
    from stele.sources.theme import Theme
    from stele.translation.localization import LocalizedDocument
    from stele.translation.release import Release
    from stele.web.faces import Faces

PACKAGE = "EPUB/"
FRONT, TITLE, CONTENTS, COLOPHON = "cover.xhtml", "title.xhtml", "contents.xhtml", "colophon.xhtml"
ORNAMENT, COVER = "ornament.svg", "cover.jpg"
STYLES = ("style.css", "fonts.css")
_TYPES = {
    "css": "text/css",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "otf": "font/otf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "ttf": "font/ttf",
    "webp": "image/webp",
    "xhtml": "application/xhtml+xml",
}


@dataclass(frozen=True, slots=True)
class Title:
    """What an edition is called in the language of the book, and its name among all books."""

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
    faces: Faces,
    around: Surroundings,
    released_on: date,
    licence: str = "",
    released: Release | None = None,
    cover: bytes = b"",
) -> bytes:
    """Return the bytes of a book; raise `templating.TemplateFailure` where a template fails.

    `notes` says in words which blocks are no translations; `faces` are those that may be given away; `released` is what
    the colophon tells of the ledger and of those who translated; `cover` is the picture of it on a shelf, a JPEG, if
    there is one.
    """
    labels = templates.variables("shared/labels.html", ("notes",))
    say = marks.in_words(templates, language.tag) if notes else None
    text = text_of(documents, around, say, labels["notes"])
    values = {
        "language": language,
        "site": {name: _xhtml(words) for name, words in site.items()},
        "book": replace(called, title=_xhtml(called.title), subtitle=_xhtml(called.subtitle)),
        "stage": stage.value,
        "chapters": text.chapters,
        "family": faces.chosen.get(language.tag, faces.chosen.get("text", "")),
        "released": released if released and released.sources else None,
        "credits": released.credits.get(language.tag, Credits()) if released else Credits(),
        "released_on": released_on.isoformat() if released_on != UNDATED else "",
        "modified": released_on.isoformat(),
        "licence": licence,
    }
    images = {path: (around.root / source).read_bytes() for path, source in text.images.items()}
    files = _files(text, images, {COVER: cover} if cover else {}, values, templates, theme, faces)
    container = templates.render("epub/container.xml", values).encode()
    return pack({"META-INF/container.xml": container, **{f"{PACKAGE}{path}": data for path, data in files.items()}})


def _xhtml(html: str) -> Markup:
    return safe(fragments.as_xhtml(html))


def _files(
    text: Text,
    images: Mapping[str, bytes],
    cover: Mapping[str, bytes],
    values: Mapping[str, Any],
    templates: Templates,
    theme: Theme,
    faces: Faces,
) -> dict[str, bytes]:
    """Return the files of the package: its pages are made first, then what can be said only of them all."""
    pages = dict(_pages(text, cover, values, templates))
    style = theme.find("epub/style.css").read_text(encoding="utf-8")
    letters = "".join(sorted({char for page in pages.values() for char in fragments.plain(page)}))
    fonts = embedded(faces, style, values["language"].tag, letters, "".join(pages.values()))
    items = _items([*pages, *STYLES, ORNAMENT, *cover, *images, *(font.file for font in fonts)])
    more = {
        "items": items,
        "spine": [item for item in items if item.href in pages],
        "fonts": fonts,
        "terms": [(item, path) for item in items for font in fonts if font.file == item.href for path in font.terms],
        "has_images": bool(images),
        "is_described": text.described,
        "may_flash": any(path.endswith(".gif") for path in images),
    }
    return {
        "package.opf": templates.render("epub/package.opf", {**values, **more}).encode(),
        **{path: page.encode() for path, page in pages.items()},
        "style.css": style.encode(),
        "fonts.css": templates.render("epub/fonts.css", {**values, **more}).encode(),
        ORNAMENT: theme.find("shared/ornament.svg").read_bytes(),
        **cover,
        **images,
        **{font.file: font.data for font in fonts},
        **{path: data for font in fonts for path, data in font.terms.items()},
    }


def _pages(
    text: Text, cover: Mapping[str, bytes], values: Mapping[str, Any], templates: Templates
) -> list[tuple[str, str]]:
    """Return the pages of a book in the order of reading, by their paths below the folder of the package."""
    chapters = [
        (part.path, templates.page("epub/chapter.xhtml", {**values, "chapter": chapter, "part": part}))
        for chapter in text.chapters
        for part in chapter.parts
    ]
    return [
        *((FRONT, templates.page("epub/cover.xhtml", values)) for _ in cover),
        (TITLE, templates.page("epub/title.xhtml", values)),
        (CONTENTS, templates.page("epub/contents.xhtml", values)),
        *chapters,
        (COLOPHON, templates.page("epub/colophon.xhtml", values)),
    ]


def _items(paths: Sequence[str]) -> list[Item]:
    properties = {CONTENTS: "nav", COVER: "cover-image"}
    return [
        Item(f"item-{number}", path, _TYPES[path.rpartition(".")[2]], properties.get(path, ""))
        for number, path in enumerate(paths, 1)
    ]
