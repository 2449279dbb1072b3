"""The pages in a language in, what programs that wait for news read out: an Atom feed and a JSON Feed.

An entry is dated by the day of the release, never by the clock, and its id is the address of its page.
What an Atom feed and its entries must have: RFC 4287, 4.1.1 and 4.1.2; the licence: RFC 4946.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

from stele.artifacts import Artifact, json_bytes
from stele.sources import fragments
from stele.web import addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

    from stele.sources.project import Project
    from stele.translation.localization import LocalizedDocument
    from stele.translation.shelf import Shelf

_ATOM = "http://www.w3.org/2005/Atom"
_DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>\n'
_JSON_FEED = "https://jsonfeed.org/version/1.1"


def feeds(project: Project, shelves: Iterable[Shelf]) -> Iterator[Artifact]:
    """Yield both feeds in each language; none without an address of the site and a date to give."""
    if project.hosting.address and project.printing.is_dated:
        for shelf in shelves:
            yield Artifact(addresses.atom(shelf.language.tag), _atom(project, shelf))
            yield Artifact(addresses.json_feed(shelf.language.tag), _json_feed(project, shelf))


def _atom(project: Project, shelf: Shelf) -> bytes:
    """Return an Atom feed."""
    base, tag = project.hosting.address, shelf.language.tag
    feed_address = addresses.absolute(base, addresses.atom(tag))
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": tag})
    _say(feed, "id", feed_address)
    _say(feed, "title", _text(shelf, "title"))
    if description := _text(shelf, "description"):
        _say(feed, "subtitle", description)
    _say(feed, "updated", _moment(project))
    _say(ElementTree.SubElement(feed, "author"), "name", _author(shelf))
    if rights := _text(shelf, "rights"):
        _say(feed, "rights", rights)
    _link(feed, "self", feed_address, "application/atom+xml")
    _link(feed, "alternate", addresses.home(base, tag), "text/html")
    if project.hosting.licence:
        _link(feed, "license", project.hosting.licence)
    for document in shelf.documents:
        _entry(ElementTree.SubElement(feed, "entry"), project, document)
    ElementTree.indent(feed, " ")
    return _DECLARATION + ElementTree.tostring(feed, "unicode").encode() + b"\n"


def _entry(entry: Element, project: Project, document: LocalizedDocument) -> None:
    address = _address(project, document)
    _say(entry, "id", address)
    _say_html(entry, "title", document.title)
    _say(entry, "updated", _moment(project))
    _say_html(entry, "summary", document.description)
    _link(entry, "alternate", address, "text/html")


def _say(parent: Element, name: str, words: str) -> None:
    ElementTree.SubElement(parent, name).text = words


def _say_html(parent: Element, name: str, html: str) -> None:
    """Write the words of `html`; those that are no translation say in which language they are."""
    root = fragments.parse(html)
    spoken = next((run.get("lang") for run in root.iterchildren("span") if run.get("lang") and len(root) == 1), None)
    words = " ".join(root.text_content().split())
    ElementTree.SubElement(parent, name, {"xml:lang": spoken} if spoken else {}).text = words


def _link(parent: Element, relation: str, address: str, kind: str = "") -> None:
    ElementTree.SubElement(parent, "link", {"rel": relation, "href": address} | ({"type": kind} if kind else {}))


def _json_feed(project: Project, shelf: Shelf) -> bytes:
    """Return a JSON Feed 1.1."""
    base, tag = project.hosting.address, shelf.language.tag
    feed = {
        "version": _JSON_FEED,
        "title": _text(shelf, "title"),
        "description": _text(shelf, "description"),
        "home_page_url": addresses.home(base, tag),
        "feed_url": addresses.absolute(base, addresses.json_feed(tag)),
        "language": tag,
        "authors": [{"name": _author(shelf)}],
        "items": [_item(project, document) for document in shelf.documents],
    }
    return json_bytes(feed)


def _item(project: Project, document: LocalizedDocument) -> dict[str, str]:
    address = _address(project, document)
    return {
        "id": address,
        "url": address,
        "title": document.plain_title,
        "content_text": fragments.plain(document.description) or document.plain_title,
        "date_published": _moment(project),
        "language": document.language.tag,
    }


def _address(project: Project, document: LocalizedDocument) -> str:
    return addresses.absolute(project.hosting.address, addresses.page(document.language.tag, document.key))


def _moment(project: Project) -> str:
    return f"{project.printing.released.isoformat()}T00:00:00Z"


def _text(shelf: Shelf, name: str) -> str:
    return fragments.plain(shelf.site[name])


def _author(shelf: Shelf) -> str:
    return _text(shelf, "organisation") or _text(shelf, "title")
