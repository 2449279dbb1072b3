"""A finished page in, its text with a style sheet out that the page of another website neither breaks nor feels."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from stele.sources import fragments

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# What `fragments.sanitize` takes away, of elements that the site itself made for those who see no page.
_SPOKEN = ("aria-label", "role", "tabindex")
_MADE = ("table", "footnote", "footnote-backref")


def text_of(page: str, address: str, prefix: str) -> str:
    """Return the text of a whole page as safe HTML, empty where it has none.

    Links and images get full addresses, `address` being that of the page; classes begin with ``stele-``, ids and what
    leads to them with `prefix`; headings are one level lower.
    """
    article = next(fragments.parse_page(page).iter("article"), None)
    if article is None:
        return ""
    root = fragments.parse(fragments.sanitize(fragments.serialize(article)))
    _speak(article, root)
    _lead_home(root, address, prefix)
    for element in root.iter():
        _rename(element, prefix)
    return fragments.serialize(root)


def renamed(html: str) -> str:
    """Return a fragment of a template as safe HTML, its classes beginning with ``stele-``."""
    root = fragments.parse(fragments.sanitize(html))
    for element in root.iter():
        _rename(element, "")
    return fragments.serialize(root)


def _speak(page: HtmlElement, root: HtmlElement) -> None:
    for name in _MADE:
        for before, after in zip(page.find_class(name), root.find_class(name), strict=True):
            after.attrib.update({key: before.get(key) for key in _SPOKEN if before.get(key)})


def _lead_home(root: HtmlElement, address: str, prefix: str) -> None:
    ids = {element.get("id") for element in root.iter() if element.get("id")}

    def target(_: str, href: str) -> str:
        if href.startswith("#") and href[1:] in ids:
            return f"#{prefix}{href[1:]}"
        path, hash_, anchor = urljoin(address, href).partition("#")
        return path.removesuffix("index.html") + hash_ + anchor

    fragments.relink(root, target)


def _rename(element: HtmlElement, prefix: str) -> None:
    for name in (fragments.RECORD, fragments.FALLBACK):
        element.attrib.pop(name, None)
    if element.get("id"):
        element.set("id", prefix + element.get("id", ""))
    if element.get("class"):
        element.set("class", " ".join(f"stele-{name}" for name in element.get("class", "").split()))
    if element.tag in _HEADINGS:
        element.tag = _HEADINGS[min(_HEADINGS.index(element.tag) + 1, 5)]
