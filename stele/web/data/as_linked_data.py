"""An edition of the ledger in, JSON-LD in the words of schema.org out: people, events, places, words, works, claims.

A figure is a claim that somebody makes (`Claim`, its `author`) about an observation (`Observation`), so that a number
never stands without who states it. What schema.org has no word for is left to JSON and TEI. Identifiers are anchors of
this file (``#figures/killed.hrw``), and links lead from one record to another by them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from stele.web.addresses import absolute
from stele.web.data.edition import compact, whole_addresses
from stele.web.people import address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from stele.sources.ledger.public import Told
    from stele.web.data.edition import Edition

    Node = dict[str, Any]

NAME = "ledger.jsonld"
# Dates as ISO 8601 has them, which schema.org wants; what else EDTF can say is given as text.
_DAY = re.compile(r"-?\d{4}(?:-\d\d(?:-\d\d)?)?\Z")
# Kinds of works by what CSL calls them; every other is a work.
_WORKS = {
    "book": "Book",
    "chapter": "Chapter",
    "article-journal": "ScholarlyArticle",
    "article-newspaper": "NewsArticle",
    "report": "Report",
    "thesis": "Thesis",
    "webpage": "WebPage",
}


def written(edition: Edition) -> bytes:
    """Return one graph (JSON-LD 1.1), one record to a line; its context needs nothing from elsewhere."""
    context: Node = {"@vocab": "https://schema.org/"}
    if edition.base:
        context["@base"] = edition.base + NAME
    nodes = ",\n".join(compact(node) for node in (_dataset(edition), *_nodes(edition)))
    return f'{{"@context":{compact(context)},\n"@graph":[\n{nodes}\n]}}\n'.encode()


def _dataset(edition: Edition) -> Node:
    return _filled(
        {
            "@id": "",
            "@type": "Dataset",
            "name": _texts(edition.texts["title"]),
            "version": edition.version,
            "datePublished": edition.released.isoformat(),
            "inLanguage": list(edition.languages),
            "license": {"@id": edition.licence} if edition.licence else None,
        }
    ) | {"@id": ""}


def _nodes(edition: Edition) -> Iterator[Node]:
    for item in edition.told:
        made = _KINDS[item.kind](item)
        cited = [_ref("sources", source["source"]) for source in item.fields.get("sources", ())]
        if item.kind == "people":
            made["url"] = _pages_of(item, edition)
        yield {"@id": _id(item.kind, item.id)} | _filled(made | {_CITED.get(item.kind, "subjectOf"): cited})


def _figure(item: Told) -> Node:
    told = item.fields
    return {
        "@type": "Claim",
        "name": _text(item, "measure"),
        "text": _text(item, "wording"),
        "description": _text(item, "definition"),
        "author": _named(item, "stated_by"),
        "dateCreated": told.get("as_of", []),
        "about": {"@type": "Observation", "name": _text(item, "measure")} | _value(told),
    }


def _value(told: Mapping[str, Any]) -> Node:
    low, high, bound = told["low"], told["high"], told["bound"]
    if bound in ("at-least", "more-than"):
        return {"minValue": low}
    if bound == "up-to":
        return {"maxValue": high}
    return {"value": low} if low == high else {"minValue": low, "maxValue": high}


def _quotation(item: Told) -> Node:
    return {
        "@type": "Quotation",
        "text": _text(item, "text"),
        "creator": _named(item, "speaker"),
        "inLanguage": item.fields.get("language"),
        "dateCreated": _day(item.fields.get("date", "")),
        "abstract": _text(item, "context"),
    }


def _recognition(item: Told) -> Node:
    dates = [*item.fields.get("adopted", ()), *filter(None, [item.fields.get("published")])]
    return {
        "@type": "CreativeWork",
        "name": _text(item, "instrument") or _text(item, "body"),
        "creator": {"@type": "Organization", "name": _text(item, "body"), "areaServed": _text(item, "country")},
        "dateCreated": [day for day in map(_day, dates) if day],
        "about": [_ref("terms", term) for term in item.fields.get("terms", ())],
    }


def _event(item: Told) -> Node:
    place = item.fields.get("place")
    return {
        "@type": "Event",
        "description": _text(item, "text"),
        "location": _ref("places", place) if place else None,
    } | _dates(item.fields["date"])


def _commemoration(item: Told) -> Node:
    return {
        "@type": "Event",
        "description": _text(item, "text"),
        "location": _joined(item, "town", "site"),
        "organizer": _named(item, "organiser"),
        "about": _ref("events", item.fields["of"]) if item.fields.get("of") else None,
    } | _dates(item.fields["date"])


def _place(item: Told) -> Node:
    coordinates = item.fields.get("coordinates")
    others = item.fields.get("other_names", ())
    return {
        "@type": "Place",
        "name": _text(item, "names"),
        "alternateName": [{"@language": other["language"], "@value": other["name"]} for other in others],
        "description": _text(item, "feature"),
        "geo": coordinates and {"@type": "GeoCoordinates", "latitude": coordinates[0], "longitude": coordinates[1]},
    }


def _person(item: Told) -> Node:
    names = item.fields.get("names", {})
    return {
        "@type": "Person",
        "name": [
            {"@language": name.get("language", tag), "@value": " ".join(filter(None, map(name.get, _PARTS)))}
            for tag, name in names.items()
        ],
        "birthDate": _day(item.fields.get("born", "")),
        "deathDate": _day(item.fields.get("died", "")),
    }


def _memorial(item: Told) -> Node:
    return {
        "@type": "LandmarksOrHistoricalBuildings",
        "name": _joined(item, "town", "site"),
        "description": _text(item, "text"),
        "creator": _named(item, "author"),
        "dateCreated": _day(item.fields.get("opened", "")),
        "text": _text(item, "inscription"),
    }


def _source(item: Told) -> Node:
    told = item.fields
    return {
        "@type": _WORKS.get(told.get("type", ""), "CreativeWork"),
        "name": _text(item, "title"),
        "alternateName": _text(item, "title_translated"),
        "author": _named(item, "author"),
        "publisher": _named(item, "publisher"),
        "isPartOf": _named(item, "container"),
        "datePublished": _day(told.get("issued", "")),
        "inLanguage": told.get("language"),
        "url": whole_addresses(told.get("url", "")),
        "archivedAt": whole_addresses(told.get("archived", "")),
        "isbn": told.get("isbn"),
    }


def _term(item: Told) -> Node:
    return {"@type": "DefinedTerm", "name": _text(item, "names")}


def _derived(item: Told) -> Node:
    return {"@type": "Observation", "value": item.fields.get("value")}


_PARTS = ("family", "given", "patronymic")  # as a roll has them
_CITED = {"figures": "citation", "quotations": "citation", "recognitions": "citation", "sources": "citation"}
_KINDS: Mapping[str, Callable[[Told], Node]] = {
    "figures": _figure,
    "quotations": _quotation,
    "recognitions": _recognition,
    "events": _event,
    "commemorations": _commemoration,
    "places": _place,
    "people": _person,
    "memorials": _memorial,
    "sources": _source,
    "terms": _term,
    "derived": _derived,
}


def _pages_of(item: Told, edition: Edition) -> list[str]:
    """Return where the person stands on the web in each language."""
    whole = ((tag, *address(tag, item.id).split("#")) for tag in item.fields.get("names", {}))
    return [f"{absolute(edition.address, path)}#{anchor}" for _, path, anchor in whole if edition.address]


def _dates(edtf: str) -> Node:
    start, _, end = edtf.partition("/")
    if _day(start) and (not end or _day(end)):
        return {"startDate": start, "endDate": end or start}
    return {"temporalCoverage": edtf}


def _day(edtf: str) -> str:
    return edtf if _DAY.match(edtf) else ""


def _texts(by_tag: Mapping[str, str]) -> list[Node]:
    return [{"@language": tag, "@value": text} for tag, text in by_tag.items()]


def _text(item: Told, name: str) -> list[Node]:
    return _texts(item.fields.get(name, {}))


def _named(item: Told, name: str) -> Node | None:
    """Return somebody of whom no more is known than the name: a person or a body."""
    return {"name": _text(item, name)} if item.fields.get(name) else None


def _joined(item: Told, *names: str) -> list[Node]:
    tags = dict.fromkeys(tag for name in names for tag in item.fields.get(name, ()))
    whole = {tag: ", ".join(filter(None, (item.fields.get(name, {}).get(tag) for name in names))) for tag in tags}
    return _texts(whole)


def _id(kind: str, name: str) -> str:
    return f"#{kind}/{name}"


def _ref(kind: str, name: str) -> Node:
    return {"@id": _id(kind, name)}


def _filled(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}
