"""Localized documents in, the pages of a static site out: no script, relative links, one address in all languages."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from stele.artifacts import Artifact, page_at
from stele.language.numbers import native_digits
from stele.sources import fragments, marks, media
from stele.sources.links import in_language, resolve
from stele.sources.references import is_offered
from stele.sources.templating import safe
from stele.web import addresses
from stele.web.addresses import ASSETS, HOME, LOST, PICKER, relative
from stele.web.faces import SHEET
from stele.web.frame import CARD, page_of
from stele.web.graph import Subject, graph
from stele.web.hosts import hosts
from stele.web.pictures import Pictures
from stele.web.roll_pages import Rolls, further_pages
from stele.web.sitemap import sitemap

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from lxml.html import HtmlElement
    from markupsafe import Markup

    from stele.language.tags import Language
    from stele.sources.markup import Heading
    from stele.sources.theme import Theme
    from stele.translation.localization import LocalizedDocument
    from stele.translation.shelf import Shelf
    from stele.web.frame import Frame

# Where there are more documents, only the home page lists them all: on every page the list would outgrow the text.
MOST_LISTED = 60
_PICTURES = (".jpg", ".jpeg", ".png", ".webp")
# The licences of the fonts (.txt) travel with them, as the Open Font License asks.
_ASSET_SUFFIXES = (".css", ".svg", ".txt", ".png", ".jpg")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list of contents."""

    title: Markup
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A document as the template of a page sees it.

    `opening_note` says of title and description that they are no translations; `untranslated` is whether anything is
    in the language of the source. `subject` is what the head of the page says of it.
    """

    key: str
    title: Markup
    plain_title: str
    description: Markup
    opening_note: str
    layout: str
    html: Markup
    headings: tuple[Heading, ...]
    untranslated: bool
    subject: Subject


def render_site(frame: Frame, theme: Theme, pictures: Pictures) -> tuple[Artifact, ...]:
    """Return the pages of all documents, with what they show; nothing where there is no language.

    Each shelf has the same documents in the same order. `pictures` learns which images they show, and makes them. Raise
    `templating.TemplateFailure` where a template fails.
    """
    rolls = Rolls()
    return (*render_documents(frame, pictures, rolls), *render_rest(frame, theme, pictures, rolls))


def render_documents(frame: Frame, pictures: Pictures, rolls: Rolls) -> tuple[Artifact, ...]:
    """Return the pages of the documents of each shelf; `pictures` and `rolls` learn which images and names they show.

    Raise `templating.TemplateFailure` where a template fails.
    """
    site = _Site(frame, pictures, rolls)
    return tuple(page for shelf in frame.shelves for page in site.pages(shelf))


def render_rest(frame: Frame, theme: Theme, pictures: Pictures, rolls: Rolls) -> tuple[Artifact, ...]:
    """Return all other pages, and what pages show, as `pictures` and `rolls` know it by then."""
    if not frame.shelves:
        return ()
    site = _Site(frame, pictures)
    apart = (*further_pages(frame, rolls), site.picker(), site.lost())
    return (*apart, *_for_hosts(frame), *theme_assets(theme), *pictures.drawings())


def render_apart(frame: Frame, keys: Mapping[str, Collection[str]]) -> list[Artifact]:
    """Return the pages of documents that stand in no contents, because they are for paper alone: to be read back.

    `keys` are theirs, by the tag of a language. Raise `templating.TemplateFailure` where a template fails.
    """
    site = _Site(frame, Pictures(frame.project.root))
    return [
        site.page(shelf, document, None, None)
        for shelf in frame.shelves
        for document in shelf.documents
        if document.key in keys.get(shelf.language.tag, ())
    ]


def theme_assets(theme: Theme) -> tuple[Artifact, ...]:
    """Return the style sheets and drawings of the theme that pages may ask for; of its fonts, `faces` makes others."""
    found = {**theme.files("shared", _ASSET_SUFFIXES), **theme.files("site", _ASSET_SUFFIXES)}
    found.pop(SHEET, None)
    return tuple(Artifact(f"{ASSETS}/{name.partition('/')[2]}", path.read_bytes()) for name, path in found.items())


class _Site:
    def __init__(self, frame: Frame, pictures: Pictures, rolls: Rolls | None = None) -> None:
        """Take rolls apart where `rolls` keeps them; a page that is read back alone has all of its names."""
        self.frame, self.project, self.pictures, self.rolls = frame, frame.project, pictures, rolls
        self.keys = {document.path: document.key for shelf in frame.shelves for document in shelf.documents}
        self.are_few = len({*self.keys.values()} - {HOME}) <= MOST_LISTED

    def pages(self, shelf: Shelf) -> Iterator[Artifact]:
        yield self.home(shelf)
        numbered = [document for document in shelf.documents if document.key != HOME]
        for place, document in enumerate(numbered):
            before = numbered[place - 1] if place else None
            after = numbered[place + 1] if place + 1 < len(numbered) else None
            yield self.page(shelf, document, before, after)

    def page(
        self,
        shelf: Shelf,
        document: LocalizedDocument,
        before: LocalizedDocument | None,
        after: LocalizedDocument | None,
    ) -> Artifact:
        page = self.view(shelf, document)
        values = self.values(shelf, document.key, page.subject) | {
            "page": page,
            "previous": before and self.entry(shelf, before, document.key),
            "next": after and self.entry(shelf, after, document.key),
        }
        here = addresses.page(shelf.language.tag, document.key)
        return page_at(here, shelf.templates.page("site/page.html", values))

    def home(self, shelf: Shelf) -> Artifact:
        document = next((item for item in shelf.documents if item.key == HOME), None)
        page = document and self.view(shelf, document)
        subject = page.subject if page else Subject(fragments.plain(shelf.site["title"]))
        values = self.values(shelf, HOME, subject) | {"page": page}
        return page_at(addresses.page(shelf.language.tag, HOME), shelf.templates.page("site/home.html", values))

    def picker(self) -> Artifact:
        """Return the page at the root of the site, on which a reader chooses a language."""
        shelf = self.frame.shelves[0]
        return page_at(PICKER, shelf.templates.page("site/picker.html", self.frame.around_picker(shelf)))

    def lost(self) -> Artifact:
        """Return the page for addresses that lead nowhere, which speaks every language."""
        shelf, *_ = shelves = self.frame.shelves
        values = self.frame.around_lost(shelf)
        words = [item.templates.variables("shared/labels.html", ("no_page",))["no_page"] for item in shelves]
        values["sentences"] = list(zip(words, values["alternates"], strict=True))
        return page_at(LOST, shelf.templates.page("site/lost.html", values))

    def values(self, shelf: Shelf, key: str, subject: Subject) -> dict[str, Any]:
        listed = shelf.documents if key == HOME or self.are_few else ()
        route = page_of(key)
        around = self.frame.around(shelf, route, subject.picture or CARD)
        return around | {
            "services": [*around["services"], *self.frame.oembed(shelf, key)],
            "contents": [self.entry(shelf, document, key) for document in listed if document.key != HOME],
            "graph": graph(self.frame, shelf, route, subject),
        }

    def entry(self, shelf: Shelf, document: LocalizedDocument, here: str) -> Entry:
        tag = shelf.language.tag
        href = relative(addresses.page(tag, here), addresses.page(tag, document.key))
        return Entry(safe(document.title), href, document.key == here)

    def view(self, shelf: Shelf, document: LocalizedDocument) -> Page:
        root = fragments.parse(document.html)
        media.keep(root, "web")
        fragments.relink(root, self.target(document))
        sizes = shelf.templates.variables("site/pictures.html", ("sizes",))["sizes"]
        self.pictures.frame(root, addresses.page(shelf.language.tag, document.key), sizes)
        labels = shelf.templates.variables("shared/labels.html", ("back_to_text", "notes"))
        _name_notes(root, labels, document.language)
        _wrap_tables(root, document.plain_title)
        untranslated = bool(root.xpath(f".//*[@{fragments.FALLBACK}='source']"))
        opening_note = self.add_notes(root, shelf, document)
        if self.rolls:
            self.rolls.take(root, shelf, document)
        return Page(
            document.key,
            safe(document.title),
            document.plain_title,
            safe(document.description),
            opening_note,
            document.layout,
            safe(fragments.serialize(root)),
            document.headings,
            untranslated,
            Subject(document.plain_title, fragments.plain(document.description), root, _picture(root, document)),
        )

    def add_notes(self, root: HtmlElement, shelf: Shelf, document: LocalizedDocument) -> str:
        """Say in the text which blocks are no translations, where the project wants it; return what opens the page."""
        if not self.project.translation.notes:
            return ""
        say = marks.in_words(shelf.templates, shelf.language.tag)
        marks.add_notes(root, shelf.language.tag, say)
        return marks.opening_note((document.title, document.description), say)

    def target(self, document: LocalizedDocument) -> Callable[[str, str], str | None]:
        here = addresses.page(document.language.tag, document.key)

        def target(kind: str, href: str) -> str | None:
            if href.startswith(("#", "//")) or fragments.scheme(href) is not None:
                return href
            found = resolve(href, document.path)
            if found is None:
                return None
            if kind == "src":
                return in_language(found.path, document.language.tag, self.project.root)
            if is_offered(found.path, self.project.root):
                file = in_language(found.path, document.language.tag, self.project.root)
                return relative(here, quote(self.pictures.offer(file)))
            key = self.keys.get(found.path)
            if key is None:
                return None
            there = relative(here, addresses.page(document.language.tag, key))
            return f"{there}#{found.anchor}" if found.anchor else there

        return target


def _for_hosts(frame: Frame) -> Iterator[Artifact]:
    """Yield what crawlers and hosts read beside the pages."""
    address = frame.project.hosting.address
    keys = dict.fromkeys([HOME, *(item.key for item in frame.shelves[0].documents)])
    routes = [*map(page_of, keys), *frame.routes_offered()]
    yield from sitemap(address, map(frame.translations, routes))
    yield from hosts(address, [shelf.language.tag for shelf in frame.shelves])


def _picture(root: HtmlElement, document: LocalizedDocument) -> str:
    """Return the path of the first picture of a page that networks can show, empty where it has none."""
    folder = posixpath.dirname(addresses.page(document.language.tag, document.key))
    paths = (posixpath.normpath(posixpath.join(folder, unquote(image.get("src")))) for image in root.iter("img"))
    return next((path for path in paths if path.endswith(_PICTURES)), "")


def _name_notes(root: HtmlElement, labels: Mapping[str, str], language: Language) -> None:
    """Write the numbers of notes in the digits of the language, and say in words where their arrows lead."""
    for call in root.iter("a"):
        classes = call.get("class", "")
        if "footnote-ref" in classes:
            call.text = native_digits(call.text or "", language.tag)
        elif "footnote-backref" in classes:
            call.attrib.pop("title", None)
            call.set("aria-label", labels["back_to_text"])
    for notes in root.find_class("footnote"):
        if notes.tag == "div":
            notes.set("role", "doc-endnotes")
            notes.set("aria-label", labels["notes"])


def _wrap_tables(root: HtmlElement, title: str) -> None:
    """Put each table in a region that the keyboard can scroll, named by the heading above it."""
    name, named = title, dict[str, int]()
    for element in list(root.iter("table", "h2", "h3", "h4", "h5", "h6")):
        if element.tag != "table":
            name = " ".join(element.text_content().split())
            continue
        named[name] = count = named.get(name, 0) + 1
        region = root.makeelement("div", {"class": "table", "role": "region", "tabindex": "0"})
        region.set("aria-label", name if count == 1 else f"{name} ({count})")
        element.addprevious(region)
        region.tail, element.tail = element.tail, None
        region.append(element)
