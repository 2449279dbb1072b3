"""An edition of the ledger in, TEI P5 out: lists of people, places, events and works, then figures, words and bodies.

Each record is written by itself, so that a roll of any length needs the memory of one name. Ids have the name of their
kind before them, since TEI has one set of ids in a document. A text that is told in several languages is given once for
each, with `xml:lang`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias
from xml.etree.ElementTree import Element, SubElement, tostring

from stele.web.data.edition import whole_addresses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from stele.sources.ledger.public import Told
    from stele.web.data.edition import Edition

Writer: TypeAlias = "Callable[[Told], Element]"

_NAMESPACE = "http://www.tei-c.org/ns/1.0"
_LANG, _ID = "xml:lang", "xml:id"
_DAY = re.compile(r"-?\d{4}(?:-\d\d(?:-\d\d)?)?\Z")
# XML 1.0, 2.2 Characters: what a catalog may hold and no document.
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NAMES = {"family": ("surname", ""), "given": ("forename", ""), "patronymic": ("addName", "patronymic")}
_BOUNDS = {"at-least": ("atLeast",), "more-than": ("atLeast",), "up-to": ("atMost",)}


def written(edition: Edition) -> bytes:
    """Return the ledger as TEI P5: a header that says what it is, and the records as lists."""
    by_kind = dict(edition.kinds())
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<TEI xmlns="{_NAMESPACE}" xml:lang="{edition.languages[0]}">',
            _text(_header(edition)),
            "<text><body>",
            *_lists(by_kind),
            "</body></text>",
            "</TEI>\n",
        ]
    ).encode()


def _lists(by_kind: Mapping[str, Iterable[Told]]) -> Iterator[str]:
    for kind, (tag, write) in _KINDS.items():
        if kind in by_kind:
            yield f'<{tag} type="{kind}">'
            yield from (_text(write(item)) for item in by_kind[kind])
            yield f"</{tag}>"


def _header(edition: Edition) -> Element:
    header = Element("teiHeader")
    description = SubElement(header, "fileDesc")
    title = SubElement(description, "titleStmt")
    _add(title, "title", edition.texts["title"])
    SubElement(SubElement(description, "editionStmt"), "edition", {"n": edition.version}).text = edition.version
    publication = SubElement(description, "publicationStmt")
    publisher = edition.texts.get("organisation", {})
    _add(publication, "publisher", publisher or edition.texts["title"])
    day = edition.released.isoformat()
    SubElement(publication, "date", {"when": day}).text = day
    _availability(publication, edition)
    SubElement(SubElement(description, "sourceDesc"), "p").text = "ledger.json"
    profile = SubElement(header, "profileDesc")
    used = SubElement(profile, "langUsage")
    for tag in edition.languages:
        SubElement(used, "language", {"ident": tag}).text = tag
    return header


def _availability(publication: Element, edition: Edition) -> None:
    rights = edition.texts.get("rights", {})
    if edition.licence or rights:
        licence = SubElement(SubElement(publication, "availability"), "licence")
        if edition.licence:
            licence.set("target", edition.licence)
        _add(licence, "p", rights or {edition.languages[0]: edition.licence})


def _person(item: Told) -> Element:
    told = item.fields
    person = _of("person", "people", item)
    for tag, name in told.get("names", {}).items():
        spoken = SubElement(person, "persName", {_LANG: name.get("language", tag)})
        for part, (element, kind) in _NAMES.items():
            if part in name:
                SubElement(spoken, element, {"type": kind} if kind else {}).text = name[part]
    for field, element in (("born", "birth"), ("died", "death")):
        if field in told:
            SubElement(person, element, _dated(told[field]))
    if "fate" in told:
        SubElement(person, "state", {"type": "fate", **_dated(told.get("identified", ""))}).append(_word(told["fate"]))
    return _noted(person, item)


def _word(text: str) -> Element:
    label = Element("label")
    label.text = text
    return label


def _place(item: Told) -> Element:
    told = item.fields
    place = _of("place", "places", item)
    _add(place, "placeName", told.get("names", {}))
    for other in told.get("other_names", ()):
        bounds = {name: _day(other.get(field, "")) for field, name in (("since", "from"), ("until", "to"))}
        attributes = {name: value for name, value in bounds.items() if value} | {"type": other.get("kind", "variant")}
        SubElement(place, "placeName", attributes | {_LANG: other["language"]}).text = other["name"]
    if "coordinates" in told:
        location = SubElement(place, "location")
        SubElement(location, "geo").text = " ".join(map(str, told["coordinates"]))
    _add(place, "desc", told.get("feature", {}))
    return _noted(place, item)


def _event(item: Told) -> Element:
    event = _of("event", "events", item)
    event.attrib |= _dated(item.fields["date"])
    if "place" in item.fields:
        event.set("where", f"#places.{item.fields['place']}")
    _add(event, "desc", item.fields.get("text") or {"und": item.fields["date"]})
    return _noted(event, item)


def _commemoration(item: Told) -> Element:
    event = _of("event", "commemorations", item)
    event.attrib |= _dated(item.fields["date"])
    _add(event, "desc", item.fields.get("text") or item.fields.get("town") or {"und": item.fields["date"]})
    return _noted(event, item)


def _source(item: Told) -> Element:
    told = item.fields
    work = _of("bibl", "sources", item)
    for field, element in (
        ("author", "author"),
        ("title", "title"),
        ("container", "title"),
        ("publisher", "publisher"),
    ):
        _add(work, element, told.get(field, {}), {"level": "m"} if field == "container" else {})
    if "issued" in told:
        SubElement(work, "date", _dated(told["issued"])).text = told["issued"]
    for address in whole_addresses(f"{told.get('url', '')} {told.get('archived', '')}"):
        SubElement(work, "ptr", {"target": address})
    return _noted(work, item)


def _figure(item: Told) -> Element:
    told = item.fields
    figure = _of("item", "figures", item)
    _add(figure, "term", told.get("measure", {}))
    low, high = str(told["low"]), str(told["high"])
    ends = (low, high) if low != high else (low,)
    names = _BOUNDS.get(told["bound"], ("value",) if low == high else ("atLeast", "atMost"))
    number = SubElement(figure, "num", {"type": told["bound"], **dict(zip(names, ends, strict=False))})
    number.text = "–".join(ends)
    _add(figure, "name", told.get("stated_by", {}), {"type": "stated-by"})
    for day in told.get("as_of", ()):
        SubElement(figure, "date", {"type": "as-of", **_dated(day)}).text = day
    return _noted(figure, item)


def _recognition(item: Told) -> Element:
    told = item.fields
    text = _of("item", "recognitions", item)
    text.set("n", told["level"])
    _add(text, "country", told.get("country", {}))
    _add(text, "orgName", told.get("body", {}))
    _add(text, "title", told.get("instrument", {}))
    for kind in ("adopted", "published", "reported"):
        for day in told.get(kind, ()) if kind == "adopted" else filter(None, [told.get(kind)]):
            SubElement(text, "date", {"type": kind, **_dated(day)}).text = day
    for term in told.get("terms", ()):
        SubElement(text, "ref", {"target": f"#terms.{term}"}).text = term
    return _noted(text, item)


def _memorial(item: Told) -> Element:
    told = item.fields
    memorial = _of("item", "memorials", item)
    _add(memorial, "settlement", told.get("town", {}))
    _add(memorial, "placeName", told.get("site", {}))
    _add(memorial, "name", told.get("author", {}), {"type": "author"})
    if "opened" in told:
        SubElement(memorial, "date", {"type": "opened", **_dated(told["opened"])}).text = told["opened"]
    _add(memorial, "quote", told.get("inscription", {}))
    _add(memorial, "note", told.get("text", {}))
    return _noted(memorial, item)


def _term(item: Told) -> Element:
    term = _of("item", "terms", item)
    _add(term, "term", item.fields.get("names", {}))
    return _noted(term, item)


def _derived(item: Told) -> Element:
    derived = _of("item", "derived", item)
    value = str(item.fields.get("value", ""))
    SubElement(derived, "num", {"value": value} if value else {}).text = value
    return _noted(derived, item)


def _quotation(item: Told) -> Element:
    told = item.fields
    words = _of("cit", "quotations", item)
    _add(words, "quote", told.get("text", {}))
    work = SubElement(words, "bibl")
    _add(work, "author", told.get("speaker", {}))
    if "date" in told:
        SubElement(work, "date", _dated(told["date"])).text = told["date"]
    return _noted(words, item)


# Lists come before divisions in a body (TEI P5, 4.1).
_KINDS: Mapping[str, tuple[str, Writer]] = {
    "people": ("listPerson", _person),
    "places": ("listPlace", _place),
    "events": ("listEvent", _event),
    "commemorations": ("listEvent", _commemoration),
    "sources": ("listBibl", _source),
    "figures": ("list", _figure),
    "recognitions": ("list", _recognition),
    "memorials": ("list", _memorial),
    "terms": ("list", _term),
    "derived": ("list", _derived),
    "quotations": ("div", _quotation),
}


def _of(tag: str, kind: str, item: Told) -> Element:
    return Element(tag, {_ID: f"{kind}.{item.id}"})


def _add(parent: Element, tag: str, texts: Mapping[str, str], attributes: Mapping[str, str] | None = None) -> None:
    for language, text in texts.items():
        SubElement(parent, tag, {_LANG: language, **(attributes or {})}).text = text


def _noted(element: Element, item: Told) -> Element:
    """Add what every record may have at its end: a note, and the sources with the places in them."""
    _add(element, "note", item.fields.get("note", {}))
    for cited in item.fields.get("sources", ()):
        work = SubElement(element, "bibl")
        SubElement(work, "ptr", {"target": f"#sources.{cited['source']}"})
        if "locator" in cited:
            SubElement(work, "biblScope").text = cited["locator"]
    return element


def _dated(edtf: str) -> dict[str, str]:
    """Return the attributes of a date (TEI P5, att.datable): ISO where it says all, else the EDTF itself."""
    start, _, end = edtf.partition("/")
    if not end and _DAY.match(start):
        return {"when": start}
    if _DAY.match(start) and _DAY.match(end):
        return {"from": start, "to": end}
    return {"when-custom": edtf} if edtf else {}


def _day(edtf: str) -> str:
    return edtf if _DAY.match(edtf) else ""


def _text(element: Element) -> str:
    return _NO_CHARACTER.sub(" ", tostring(element, encoding="unicode"))
