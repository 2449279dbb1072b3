"""The localized documents of an edition in, its chapters as XHTML in one or several files out.

A chapter says what its page on the web says: also to whom a name may be shown (`sources.media`), since an EPUB lies
there beside it.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from stele.language.casing import keyword
from stele.sources import fragments, marks, media
from stele.sources.files import is_file, is_inside
from stele.sources.images import SUFFIXES
from stele.sources.links import in_language, resolve
from stele.sources.references import is_offered
from stele.sources.templating import safe
from stele.web import addresses
from stele.web.epub.notes import set_notes
from stele.web.epub.splitting import split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from lxml.html import HtmlElement
    from markupsafe import Markup

    from stele.translation.localization import LocalizedDocument

FOLDER = "chapters/"
IMAGES = "images/"
# URL Standard, 4.3: what an address may hold as it is; all else is percent-encoded.
_IN_ADDRESS = ":/?#[]@!$&'()*+,;=%~"
_IN_ANCHOR = ":"


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a chapter: its path below the folder of the package, and XHTML."""

    path: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the second level, as the contents list it; `lang` and `dir` where they are not those of the book."""

    text: str
    href: str
    lang: str
    dir: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A document as the templates of a book see it; `untranslated` is whether a part is in another language."""

    key: str
    title: Markup
    plain_title: str
    description: Markup
    opening_note: Markup
    layout: str
    parts: tuple[Part, ...]
    sections: tuple[Section, ...]
    untranslated: bool


@dataclass(frozen=True, slots=True)
class Text:
    """All chapters of a book. `images` are the files that they show: paths of the project by paths of the package.

    `described` says whether each of them has words that stand for it.
    """

    chapters: tuple[Chapter, ...]
    images: Mapping[str, str]
    described: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What links may lead to beside the book: files of the project at `root`, and pages of the site at `address`."""

    root: Path
    address: str = ""
    pages: Mapping[str, str] = field(default_factory=dict)  # keys of documents by their paths


def text_of(
    documents: Sequence[LocalizedDocument], around: Surroundings, say: marks.Say | None, notes_title: str
) -> Text:
    """Return the chapters of a book; `say` says in words which blocks are no translations."""
    pieces = {item.key: _pieces(item, say, notes_title) for item in documents}
    linker = _Linker(documents, pieces, around)
    described = all(image.get("alt") for parts in pieces.values() for part in parts for image in part.iter("img"))
    chapters = tuple(linker.chapter(item, say) for item in documents)
    return Text(chapters, linker.images, described)


def file_of(key: str, number: int = 0) -> str:
    """Return the path of part `number` of a chapter; audits find a chapter by the first, which is 0."""
    return f"{FOLDER}{key.replace('/', '.')}{f'.{number + 1}' if number else ''}.xhtml"


def _pieces(document: LocalizedDocument, say: marks.Say | None, notes_title: str) -> list[HtmlElement]:
    root = fragments.parse(document.html)
    media.keep(root, "web")
    if say:
        marks.add_notes(root, document.language.tag, say)
    _drop_repeated_anchors(root)
    set_notes(root, document.language.tag, notes_title)
    for verbatim in root.iter("code", "pre") if document.language.right_to_left else ():
        verbatim.set("dir", "ltr")  # a style sheet must not say it (EPUB 3.3, 6.3.1)
    return split(root)


def _drop_repeated_anchors(root: HtmlElement) -> None:
    """Leave each anchor at the first element that has it: there its links lead, and XML knows no second."""
    known = set[str]()
    for element in root.xpath(".//*[@id]"):
        if element.get("id") in known:
            element.attrib.pop("id")
        known.add(element.get("id"))


class _Linker:
    """Knows in which file each anchor is, and gives images their names as they are met."""

    def __init__(
        self,
        documents: Sequence[LocalizedDocument],
        pieces: Mapping[str, Sequence[HtmlElement]],
        around: Surroundings,
    ) -> None:
        self.pieces, self.around = pieces, around
        self.keys = {item.path: item.key for item in documents}
        self.anchors = {
            (key, name): file_of(key, number)
            for key, parts in pieces.items()
            for number, part in enumerate(parts)
            for name in part.xpath(".//@id")
        }
        self.images: dict[str, str] = {}

    def chapter(self, document: LocalizedDocument, say: marks.Say | None) -> Chapter:
        fields = (document.title, document.description)
        return Chapter(
            document.key,
            _xhtml(document.title),
            document.plain_title,
            _xhtml(document.description),
            _xhtml(marks.opening_note(fields, say)) if say else safe(""),
            document.layout,
            tuple(self.parts(document)),
            tuple(self.sections(document)),
            f"{fragments.FALLBACK}=" in document.html,
        )

    def parts(self, document: LocalizedDocument) -> Iterator[Part]:
        for number, root in enumerate(self.pieces[document.key]):
            here = file_of(document.key, number)
            fragments.relink(root, self.target(document, here))
            yield Part(here, safe(fragments.serialize_xhtml(root)))

    def sections(self, document: LocalizedDocument) -> Iterator[Section]:
        for item in document.headings:
            if item.level == 2 and (file := self.anchors.get((document.key, item.id))):
                yield Section(item.text, f"{file}#{quote(item.id, safe=_IN_ANCHOR)}", item.lang, item.dir)

    def target(self, document: LocalizedDocument, here: str) -> Callable[[str, str], str | None]:
        """Return the rule for links: within the book by file and anchor, else to the web, else none."""

        def target(kind: str, href: str) -> str | None:
            if fragments.scheme(href) is not None:
                return quote(href, safe=_IN_ADDRESS) if kind == "href" else None
            found = resolve(href, document.path)
            if found is None:
                return None
            if kind == "src":
                name = self.image(found.path, document.language.tag)
                return name and addresses.relative(here, name)
            if (key := self.keys.get(found.path)) is not None:
                return self.within(key, found.anchor, here)
            return self.on_web(found.path, found.anchor, document.language.tag)

        return target

    def within(self, key: str, anchor: str, here: str) -> str:
        file = self.anchors.get((key, anchor))
        if file is None:
            return addresses.relative(here, file_of(key))
        return f"{addresses.relative(here, file) if file != here else ''}#{quote(anchor, safe=_IN_ANCHOR)}"

    def on_web(self, path: str, anchor: str, tag: str) -> str | None:
        """Return where the site has what the book has not: the page of another document, or a file to open."""
        if path in self.around.pages:
            page = addresses.absolute(self.around.address, addresses.page(tag, self.around.pages[path]))
            return f"{page}#{quote(anchor, safe=_IN_ANCHOR)}" if page and anchor else page or None
        if is_offered(path, self.around.root):
            shown = in_language(path, tag, self.around.root)
            return addresses.absolute(self.around.address, f"{addresses.SITE}assets/{shown}") or None
        return None

    def image(self, path: str, tag: str) -> str | None:
        """Return the path of an image in the package: numbered, since not every reader takes any name of a file."""
        shown, root = in_language(path, tag, self.around.root), self.around.root
        suffix = keyword(posixpath.splitext(shown)[1])
        if suffix not in SUFFIXES or not (is_inside(root / shown, root / "content") and is_file(root / shown)):
            return None
        known = {source: name for name, source in self.images.items()}
        name = known.get(shown) or f"{IMAGES}{len(known) + 1}{suffix}"
        self.images[name] = shown
        return name


def _xhtml(html: str) -> Markup:
    return safe(fragments.as_xhtml(html))
