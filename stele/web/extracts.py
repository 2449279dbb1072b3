"""Localized documents in, their texts for other websites out: what filters leave alone, what has its style."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from stele.sources import fragments, marks, media
from stele.sources.links import in_language, resolve
from stele.sources.references import is_offered
from stele.sources.templating import safe
from stele.web import addresses, styled
from stele.web.people import ROLL
from stele.web.portable.blocks import Labels, portable
from stele.web.roll_pages import put_in_place
from stele.web.rolls import is_long

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml.html import HtmlElement
    from markupsafe import Markup

    from stele.sources.theme import Theme
    from stele.translation.localization import LocalizedDocument
    from stele.translation.shelf import Shelf
    from stele.web.frame import Frame
    from stele.web.pictures import Pictures

PORTABLE, STYLED = "fragment.html", "fragment-styled.html"


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a page for other websites.

    `address` is that of the page, `portable` what filters leave unchanged, `styled` what brings a style sheet.
    """

    document: LocalizedDocument
    address: str
    portable: str
    styled: str

    @property
    def files(self) -> dict[str, str]:
        """Return the texts by the names of their files."""
        return {PORTABLE: self.portable, STYLED: self.styled}

    def path(self, name: str) -> str:
        """Return the path of a file that belongs to the page, below the output folder."""
        return addresses.embed(self.document.language.tag, self.document.key, name)


@dataclass(frozen=True, slots=True)
class View:
    """A document as the templates of a fragment see it; the fields are those of `site.Page`."""

    title: Markup
    description: Markup
    opening_note: str
    html: Markup
    untranslated: bool


def extracts(frame: Frame, pages: Mapping[str, bytes], pictures: Pictures, theme: Theme) -> list[Extract]:
    """Return the text of each page in each language, none where nobody stated the address of the site.

    `pages` are the finished pages by their paths, `pictures` what they show. Raise `templating.TemplateFailure` where
    a template fails.
    """
    if not frame.project.hosting.address:
        return []
    maker = _Maker(frame, pages, pictures, theme)
    return [maker.extract(shelf, document) for shelf in frame.shelves for document in shelf.documents]


class _Maker:
    def __init__(self, frame: Frame, pages: Mapping[str, bytes], pictures: Pictures, theme: Theme) -> None:
        self.frame, self.pages, self.pictures = frame, pages, pictures
        self.style = safe(theme.find("fragment/styled.css").read_text(encoding="utf-8").replace("</", "<\\/"))
        self.keys = {document.path: document.key for shelf in frame.shelves for document in shelf.documents}

    def extract(self, shelf: Shelf, document: LocalizedDocument) -> Extract:
        address = addresses.absolute(
            self.frame.project.hosting.address, addresses.page(document.language.tag, document.key)
        )
        values = self.values(shelf, address)
        return Extract(document, address, self.portable(shelf, document, values), self.styled(shelf, document, values))

    def values(self, shelf: Shelf, address: str) -> dict[str, Any]:
        return {
            "address": address,
            "licence": self.frame.project.hosting.licence,
            "language": shelf.language,
            "site": shelf.site,
            "stage": self.frame.stage.value,
        }

    def portable(self, shelf: Shelf, document: LocalizedDocument, values: Mapping[str, Any]) -> str:
        root = fragments.parse(document.html)
        media.keep(root, "web")
        for roll in filter(is_long, root.find_class(ROLL)):
            put_in_place(roll, shelf.templates.render("fragment/names.html", values))
        fragments.relink(root, self.target(document, values["address"]))
        page = self.view(root, shelf, document)
        html = shelf.templates.render("fragment/portable.html", {**values, "page": page})
        words = shelf.templates.variables("shared/labels.html", ("notes", "named_value", "struck_out"))
        labels = Labels(words["notes"], words["named_value"], words["struck_out"])
        notes = f"notes-{_name(document)}"
        return portable(fragments.parse(fragments.sanitize(html)), document.language, labels, notes)

    def styled(self, shelf: Shelf, document: LocalizedDocument, values: Mapping[str, Any]) -> str:
        page = self.pages[addresses.page(document.language.tag, document.key)].decode()
        text = styled.text_of(page, values["address"], f"stele-{_name(document)}-")
        origin = styled.renamed(shelf.templates.render("fragment/origin.html", values))
        made = {"style": self.style, "text": safe(text), "origin": safe(origin)}
        return shelf.templates.render("fragment/styled.html", {**values, **made}).strip() + "\n"

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
                file = in_language(found.path, tag, root)
                return addresses.absolute(
                    base, self.pictures.file(file) if kind == "src" else self.pictures.offer(file)
                )
            key = self.keys.get(found.path)
            if key is None:
                return None
            there = addresses.absolute(base, addresses.page(tag, key))
            return f"{there}#{quote(found.anchor)}" if found.anchor else there

        return target


def _name(document: LocalizedDocument) -> str:
    """Return what tells the ids of a text from those of every other."""
    return f"{document.language.tag}-{document.key}".replace("/", "-")
