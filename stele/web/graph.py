"""A page in, what machines may know of it out: a graph of schema.org as JSON-LD, in the language of the page.

It says nothing that the page does not show: the book and its publisher, the chapter, the events with their dates and
places, the sources it cites.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stele.language.edtf import Interval, Moment, parse
from stele.sources import fragments
from stele.sources.ledger.records import Commemoration, Event
from stele.sources.ledger.writing import name_in
from stele.sources.templating import safe
from stele.web.addresses import PICKER, absolute
from stele.web.frame import home

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.html import HtmlElement
    from markupsafe import Markup

    from stele.sources.ledger.records import Ledger, Source
    from stele.translation.shelf import Shelf
    from stele.web.frame import Frame, Route

    Node = dict[str, Any]

# HTML Standard, 4.12.1.3: neither a comment nor the end of the element may come into a script element.
_ESCAPES = str.maketrans({"<": r"\u003c", ">": r"\u003e", "&": r"\u0026"})
_BESIDE = " or ".join(f"contains(@class, '{name}')" for name in ("cited", "aside", "fallback-note"))
_BOOK, _CHAPTER, _SITE, _PUBLISHER = "#book", "#chapter", "#site", "#publisher"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a page is about: its title and description as plain text, its body, the path of its first picture."""

    title: str
    description: str = ""
    body: HtmlElement | None = None
    picture: str = ""


def graph(frame: Frame, shelf: Shelf, route: Route, subject: Subject) -> Markup:
    """Return the graph of the page at `route` as JSON that may stand in a ``script`` element."""
    here = route(shelf.language.tag)
    writer = _Writer(frame, shelf, here)
    nodes = [writer.site(), *writer.publisher(), writer.book()]
    if here != home(shelf.language.tag):
        nodes.append(writer.chapter(route, subject))
    if subject.body is not None:
        nodes += _events(subject.body, frame.ledger, shelf.language.tag)
    made = {"@context": "https://schema.org", "@graph": nodes}
    return safe(json.dumps(made, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES))


class _Writer:
    """Writes the nodes of one page."""

    def __init__(self, frame: Frame, shelf: Shelf, here: str) -> None:
        self.frame, self.here, self.tag = frame, here, shelf.language.tag
        self.texts = {name: fragments.plain(text) for name, text in shelf.site.items()}

    def site(self) -> Node:
        """Return the site with its title in the language of the page."""
        return _filled(
            {
                "@type": "WebSite",
                "@id": self._id(PICKER, _SITE),
                "url": absolute(self.frame.project.hosting.address, PICKER),
                "name": self.texts["title"],
                "inLanguage": [item.language.tag for item in self.frame.everywhere],
                "publisher": self._publisher(),
            }
        )

    def publisher(self) -> Iterator[Node]:
        """Yield the organisation of the imprint."""
        if name := self.texts["organisation"]:
            yield {"@type": "Organization", "@id": self._id(PICKER, _PUBLISHER), "name": name}

    def book(self) -> Node:
        """Return the book in the language of the page, of which each page is a chapter."""
        return self._work("Book", _BOOK, home, home(self.tag)) | _filled(
            {
                "name": self.texts["title"],
                "alternateName": self.texts["subtitle"],
                "description": self.texts["description"],
                "isPartOf": {"@id": self._id(PICKER, _SITE)},
            }
        )

    def chapter(self, route: Route, subject: Subject) -> Node:
        """Return the text of the page."""
        cited = [_citation(source) for source in _cited(subject.body, self.frame.ledger)]
        return self._work("Article", _CHAPTER, route, self.here) | _filled(
            {
                "headline": subject.title,
                "description": subject.description,
                "image": absolute(self.frame.project.hosting.address, subject.picture) if subject.picture else "",
                "isPartOf": {"@id": self._id(home(self.tag), _BOOK)},
                "citation": cited,
            }
        )

    def _work(self, kind: str, name: str, route: Route, path: str) -> Node:
        """Return what the book and its chapters have in common; each translation names its original and the reverse."""
        project, source = self.frame.project, self.frame.project.source.tag
        spoken = self.frame.spoken(route)
        others = [{"@id": self._id(there, name)} for tag, there in spoken.items() if tag != source]
        is_translation = self.tag != source and self.tag in spoken and source in spoken
        return _filled(
            {
                "@type": kind,
                "@id": self._id(path, name),
                "url": absolute(project.hosting.address, path),
                "inLanguage": self.tag if self.tag in spoken else source,
                "translationOfWork": {"@id": self._id(spoken[source], name)} if is_translation else None,
                "workTranslation": others if self.tag == source else None,
                "publisher": self._publisher(),
                "license": project.hosting.licence,
                "datePublished": project.printing.released.isoformat() if project.printing.is_dated else "",
            }
        )

    def _publisher(self) -> Node | None:
        return {"@id": self._id(PICKER, _PUBLISHER)} if self.texts["organisation"] else None

    def _id(self, path: str, name: str) -> str:
        return self.frame.link(self.here, path) + name


def _events(body: HtmlElement, ledger: Ledger, tag: str) -> Iterator[Node]:
    """Yield the events and gatherings that stand beside their dates on a page, in its words."""
    known: Mapping[str, Event | Commemoration] = {**ledger.events, **ledger.commemorations}
    for entry in body.xpath(f".//*[@{fragments.RECORD}][dt][dd]"):
        record = known.get(entry.get(fragments.RECORD))
        start, end = _dates(record.date) if record else ("", "")
        if record and start:
            words = _words(entry.find("dd"))
            place = _place(record, ledger, tag) if isinstance(record, Event) else {"@type": "Place", "name": words}
            time = f"T{record.time}" if isinstance(record, Commemoration) and record.time else ""
            node = {"name": words, "startDate": start + time, "endDate": end, "location": place}
            yield {"@type": "Event", **_filled(node)}


def _words(element: HtmlElement) -> str:
    """Return what an entry says, without its sources and what stands beside it."""
    parts = element.xpath(f".//text()[not(ancestor::*[{_BESIDE}])]")
    return " ".join("".join(parts).split())


def _place(event: Event, ledger: Ledger, tag: str) -> Node | None:
    place = ledger.places.get(event.place)
    if place is None or not (name := name_in(place.names, tag)):
        return None
    latitude, longitude = place.coordinates or (None, None)
    point = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude} if place.coordinates else None
    return _filled({"@type": "Place", "name": name, "geo": point})


def _dates(edtf: str) -> tuple[str, str]:
    """Return beginning and end in ISO 8601, each empty where it is not known for certain."""
    found = parse(edtf)
    ends = (found.start, found.end) if isinstance(found, Interval) else (found, None)
    return _iso(ends[0]), _iso(ends[1])


def _iso(moment: Moment | None) -> str:
    is_plain = moment and not (moment.uncertain or moment.approximate or moment.season or moment.unknown)
    if moment is None or not is_plain or moment.years > 1 or moment.year < 0:
        return ""
    parts = [f"{moment.year:04}", *(f"{part:02}" for part in (moment.month, moment.day) if part)]
    return "-".join(parts)


def _cited(body: HtmlElement | None, ledger: Ledger) -> Sequence[Source]:
    """Return the sources to which notes and numbers of a page lead, in the order of the ledger."""
    if body is None:
        return ()
    noted = {str(name) for name in body.xpath(f".//@{fragments.RECORD}")}
    listed = {str(href).rpartition("#source-")[2] for href in body.xpath(".//a[contains(@href, '#source-')]/@href")}
    return [source for name, source in ledger.sources.items() if name in noted | listed]


def _citation(source: Source) -> Node:
    """Return a source as its record has it; of several addresses the first."""
    address = source.url.replace(",", " ").split()[:1]
    return _filled(
        {
            "@type": "CreativeWork",
            "name": source.title,
            "author": source.author,
            "datePublished": _dates(source.issued)[0] if source.issued else "",
            "url": next((item if "://" in item else f"https://{item}" for item in address), ""),
        }
    )


def _filled(node: Node) -> Node:
    """Return a node without what nobody stated."""
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}
