"""Localized documents in, their texts for other websites out: what filters leave alone, what has its style."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from stele.artifacts import Artifact
from stele.sources import fragments, marks, media
from stele.sources.links import in_language, resolve
from stele.sources.references import is_offered
from stele.sources.templating import safe
from stele.web import addresses
from stele.web.addresses import ASSETS
from stele.web.portable.blocks import Labels, portable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.html import HtmlElement
    from markupsafe import Markup

    from stele.translation.localization import LocalizedDocument
    from stele.translation.shelf import Shelf
    from stele.web.frame import Frame

PORTABLE = "fragment.html"


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a page for other websites.

    `address` is that of the page, `portable` what filters leave unchanged.
    """

    shelf: Shelf
    document: LocalizedDocument
    address: str
    portable: str

    def artifacts(self) -> Iterator[Artifact]:
        """Yield the files, each in the site and beside it."""
        tag, key = self.document.language.tag, self.document.key
        for name, html in ((PORTABLE, self.portable),):
            path = addresses.embed(tag, key, name)
            yield Artifact(path, html.encode())
            yield Artifact(addresses.beside(path), html.encode())


@dataclass(frozen=True, slots=True)
class View:
    """A document as the templates of a fragment see it; the fields are those of `site.Page`."""

    title: Markup
    description: Markup
    opening_note: str
    html: Markup
    untranslated: bool


def extracts(frame: Frame) -> list[Extract]:
    """Return the text of each page in each language, none where nobody stated the address of the site.

    Raise `templating.TemplateFailure` where a template fails.
    """
    if not frame.project.hosting.address:
        return []
    maker = _Maker(frame)
    return [maker.extract(shelf, document) for shelf in frame.shelves for document in shelf.documents]


class _Maker:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.keys = {document.path: document.key for shelf in frame.shelves for document in shelf.documents}

    def extract(self, shelf: Shelf, document: LocalizedDocument) -> Extract:
        tag = document.language.tag
        address = addresses.absolute(self.frame.project.hosting.address, addresses.page(tag, document.key))
        root = fragments.parse(document.html)
        media.keep(root, "web")
        fragments.relink(root, self.target(document, address))
        view = self.view(root, shelf, document)
        return Extract(shelf, document, address, self.portable(shelf, document, view, address))

    def view(self, root: HtmlElement, shelf: Shelf, document: LocalizedDocument) -> View:
        opening_note = ""
        if self.frame.project.translation.notes:
            say = marks.in_words(shelf.templates, shelf.language.tag)
            marks.add_notes(root, shelf.language.tag, say)
            opening_note = marks.opening_note((document.title, document.description), say)
        return View(
            safe(document.title),
            safe(document.description),
            opening_note,
            safe(fragments.serialize(root)),
            bool(root.xpath(f".//*[@{fragments.FALLBACK}='source']")),
        )

    def portable(self, shelf: Shelf, document: LocalizedDocument, view: View, address: str) -> str:
        html = self.rendered("fragment/portable.html", shelf, view, address)
        words = shelf.templates.variables("shared/labels.html", ("notes", "named_value", "struck_out"))
        labels = Labels(words["notes"], words["named_value"], words["struck_out"])
        notes = f"notes-{document.language.tag}-{document.key}".replace("/", "-")
        return portable(fragments.parse(fragments.sanitize(html)), document.language, labels, notes)

    def rendered(self, template: str, shelf: Shelf, view: View, address: str) -> str:
        values = {
            "page": view,
            "address": address,
            "licence": self.frame.project.hosting.licence,
            "language": shelf.language,
            "site": shelf.site,
            "stage": self.frame.stage.value,
        }
        return shelf.templates.render(template, values)

    def target(self, document: LocalizedDocument, address: str) -> Callable[[str, str], str | None]:
        """Return where a link or image leads, by its full address; the notes of the text go along with it."""
        base, tag, root = self.frame.project.hosting.address, document.language.tag, self.frame.project.root

        def target(kind: str, href: str) -> str | None:
            if href.startswith("#"):
                return href if href.startswith(("#fn:", "#fnref")) else f"{address}{href}"
            if href.startswith("//") or fragments.scheme(href) is not None:
                return href
            found = resolve(href, document.path)
            if found is None:
                return None
            if kind == "src" or is_offered(found.path, root):
                return f"{base}/{ASSETS.removeprefix(addresses.SITE)}/{quote(in_language(found.path, tag, root))}"
            key = self.keys.get(found.path)
            if key is None:
                return None
            there = addresses.absolute(base, addresses.page(tag, key))
            return f"{there}#{quote(found.anchor)}" if found.anchor else there

        return target
