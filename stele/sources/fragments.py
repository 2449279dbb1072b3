"""HTML fragments in, safe HTML and the trees on which pages and booklets work out. The door to nh3 and lxml."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import lxml.html
import nh3
from lxml import etree

from stele.language.casing import keyword
from stele.language.tags import direction, is_well_formed
from stele.language.typography import typeset_pieces
from stele.sources.isolation import isolate_left_to_right

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# WeasyPrint recurses once per level and gives up near 160; no text of ours comes close to this.
MAX_DEPTH = 60
_MAX_SPAN = 100
_PARSER = lxml.html.HTMLParser(no_network=True)
_PARSER_OF_PAGES = lxml.html.HTMLParser(no_network=True, encoding="utf-8")
_PARSER_TO_READ = etree.HTMLParser(no_network=True)  # of plain elements: those of lxml.html are asked for one by one
# XML 1.0, 2.2 Characters: lxml takes no others into a tree. A word processor writes U+000B for a line break.
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WHOLE = re.compile(r"\s*<(?:html|!doctype)", re.IGNORECASE)  # a page, and no fragment

_TAGS = frozenset(
    [
        "a",
        "abbr",
        "article",
        "aside",
        "b",
        "bdi",
        "bdo",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
        "var",
        "wbr",
    ]
)
# Why a run is not a translation into the language of its page; its value is checked below.
FALLBACK = "data-fallback"
# Of which record of the ledger a value, a row or an entry is: what the audit reads back.
RECORD = "data-record"
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", RECORD, "dir", "id", "lang", "role", "title", "translate"},
    "a": {"href"},
    "blockquote": {"cite"},
    "col": {"span"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"reversed", "start", "type"},
    "q": {"cite"},
    "td": {"colspan", "headers", "rowspan", "style"},
    "th": {"abbr", "colspan", "headers", "rowspan", "scope", "style"},
    "time": {"datetime"},
}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.\-]*):")
# How Python-Markdown writes the alignment of a column; `settle` makes a class of it.
_ALIGNMENT = re.compile(r"text-align: (left|center|right);")
_ALIGNED = {"left": "align-start", "center": "align-center", "right": "align-end"}
_PHRASES = frozenset({"a", "abbr", "b", "cite", "em", "i", "q", "span", "strong"})
# HTML Standard, 13.1.2 Elements: void elements, of those that are allowed.
_VOID = frozenset({"br", "col", "hr", "img", "wbr"})
_VERBATIM = frozenset({"code", "pre", "kbd", "samp", "var"})
_RECORD_NAME = re.compile(r"[a-z0-9]+(?:[.\-][a-z0-9]+)*\Z")
_SPOKEN_ATTRIBUTES = ("alt", "aria-label", "placeholder", "title")
# Shapes of an attribute's value; what does not fit is dropped.
_ROLES = frozenset({"doc-noteref", "doc-backlink", "doc-endnotes", "note", "group"})


def scheme(address: str) -> str | None:
    """Return the lower-case scheme of a link, None for a relative one.

    Browsers drop tabs, line ends and leading control characters before they look for the scheme
    (WHATWG URL Standard, 4.4), so they are dropped here too.
    """
    match = _SCHEME.match(re.sub(r"[\x00-\x20\x7f]", "", address))
    return keyword(match[1]) if match else None


def sanitize(html: str, *, marked: bool = False) -> str:
    """Return `html` with nothing but allowed elements, attributes and link schemes; `marked` text keeps FALLBACK."""
    return _cleaner(marked).clean(html)


@cache
def _cleaner(marked: bool) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        clean_content_tags={"script", "style", "template", "iframe", "object", "svg", "math", "noscript"},
        attributes=_ATTRIBUTES | {"*": _ATTRIBUTES["*"] | ({FALLBACK} if marked else set())},
        attribute_filter=_value,
        url_schemes=set(SCHEMES),
        link_rel=None,
        strip_comments=True,
    )


def _value(_tag: str, attribute: str, value: str) -> str | None:
    if attribute in ("colspan", "rowspan", "span"):
        return value if value.isdecimal() and len(value) < 5 and 1 <= int(value) <= _MAX_SPAN else None
    if attribute in ("width", "height"):
        return value if value.isdecimal() and len(value) < 5 else None
    if attribute == "style":
        return value if _ALIGNMENT.fullmatch(value) else None
    if attribute == "role":
        return value if value in _ROLES else None
    if attribute == "lang":
        return value if is_well_formed(value) else None
    if attribute == RECORD:
        return value if _RECORD_NAME.match(value) else None
    if attribute == FALLBACK:
        return value if value in ("previous", "source") or is_well_formed(value) else None
    return value


class _Foreign(HTMLParser):
    """Collects the elements and attributes that `sanitize` will remove."""

    def __init__(self) -> None:
        super().__init__()
        self.names: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self.names[f"<{tag}>"] = None
            return
        allowed = _ATTRIBUTES["*"] | _ATTRIBUTES.get(tag, set())
        for name, value in attrs:
            if name not in allowed or (name == "style" and not _ALIGNMENT.fullmatch(value or "")):
                self.names[name] = None
            elif name in ("href", "src", "cite") and scheme(value or "") not in (None, *SCHEMES):
                self.names[f"{name}: {value}"[:80]] = None


def removed(html: str) -> tuple[str, ...]:
    """Return what `sanitize` takes away from `html`: element names as ``<script>``, attributes by name."""
    parser = _Foreign()
    parser.feed(html)
    parser.close()
    return tuple(parser.names)


def parse(html: str) -> lxml.html.HtmlElement:
    """Return a ``div`` that holds the fragment, a space in place of each control character."""
    html = _NO_CHARACTER.sub(" ", html)
    return lxml.html.fragment_fromstring(html, create_parent="div", parser=_PARSER)


def parse_to_read(html: str) -> etree._Element:
    """Return an element that holds what `parse` has in a ``div``, a fragment or the body of a page: plain elements."""
    html = _NO_CHARACTER.sub(" ", html)
    page = html if _WHOLE.match(html) else f"<html><body>{html}</body></html>"
    body = etree.fromstring(page, _PARSER_TO_READ).find("body")
    if body is None:  # a page that has none
        return etree.Element("body")
    if body.text and not body.text.strip():
        body.text = None
    return body


def serialize(root: lxml.html.HtmlElement) -> str:
    """Return the HTML inside `root`, its own tags left out."""
    whole = lxml.html.tostring(root, encoding="unicode", method="html")
    inside = str(whole[whole.index(">") + 1 : whole.rindex("<")])
    return inside.replace("</source>", "")  # HTML Standard, 13.1.2: it is void, which libxml2 does not know


def as_xhtml(html: str) -> str:
    """Return a fragment as XHTML, well-formed whatever it was; a parser of HTML makes the same tree of it."""
    return serialize_xhtml(parse(html))


def serialize_xhtml(root: lxml.html.HtmlElement) -> str:
    """Return the XHTML inside `root`, which learns on the way to say its languages as XML does.

    Elements that are empty keep their end tags, void ones have none (HTML Standard, 13.1.2, and XHTML syntax, 14).
    """
    for element in root.iter("*"):
        if lang := element.get("lang"):
            element.set("xml:lang", lang)
        if element.tag not in _VOID and not len(element) and element.text is None:
            element.text = ""
    whole = str(etree.tostring(root, encoding="unicode", method="xml", with_tail=False))
    return whole[whole.index(">") + 1 : whole.rindex("<")]


def outer(element: lxml.html.HtmlElement) -> str:
    """Return the HTML of an element with its own tags, without what stands behind it."""
    return str(lxml.html.tostring(element, encoding="unicode", method="html", with_tail=False))


def parse_page(html: str) -> lxml.html.HtmlElement:
    """Return the ``html`` element of a whole page that a template made."""
    return lxml.html.document_fromstring(html, parser=_PARSER_OF_PAGES)


def serialize_page(page: lxml.html.HtmlElement) -> str:
    """Return the HTML of a whole page."""
    return str(lxml.html.tostring(page, encoding="unicode", method="html", doctype="<!DOCTYPE html>"))


def depth(html: str) -> int:
    """Return how deeply the elements of safe HTML are nested, without building a tree."""
    level = deepest = 0
    for match in re.finditer(r"<(/?)([a-z0-9]+)[^>]*>", html):
        if match[2] not in ("br", "col", "hr", "img", "wbr"):
            level += -1 if match[1] else 1
            deepest = max(deepest, level)
    return deepest


def texts(root: etree._Element, tag: str) -> Iterator[tuple[etree._Element, str, str]]:
    """Yield each run of prose below `root` as element, ``text`` or ``tail``, and the tag of its language."""
    own = root.get("lang") or tag
    if root.tag in _VERBATIM or not isinstance(root.tag, str):
        return
    if root.text:
        yield root, "text", own
    for child in root:
        yield from texts(child, own)
        if child.tail:
            yield child, "tail", own


def settle(root: lxml.html.HtmlElement, tag: str) -> None:
    """Give each element that names a language its direction, and set the prose as its language is set."""
    for element in root.iter():
        own = element.get("lang")
        if own and element.get("dir") is None and direction(own) != _direction_around(element, direction(tag)):
            element.set("dir", direction(own))
    for cell in root.iter("td", "th"):
        if match := _ALIGNMENT.fullmatch(cell.attrib.pop("style", "")):
            cell.set("class", " ".join(filter(None, [cell.get("class"), _ALIGNED[match[1]]])))
    _typeset(root, tag)
    if direction(tag) == "rtl":
        isolate_left_to_right(root, _VERBATIM)


def _typeset(root: lxml.html.HtmlElement, tag: str) -> None:
    """Set the prose of `root` by its languages; a phrase goes on where the text before it stopped."""
    line = ""
    for run in _runs(list(texts(root, tag))):
        element, _, own = run[0]
        pieces = [getattr(element, place) for element, place, _ in run]
        made = typeset_pieces(pieces, own, line if element.tag in _PHRASES else "")
        for (element, place, _), piece in zip(run, made, strict=True):
            setattr(element, place, piece)
        line = "".join(made)


def _runs(found: list[tuple[etree._Element, str, str]]) -> Iterator[list[tuple[etree._Element, str, str]]]:
    """Yield the pieces of prose that are one text: what is printed for a reference belongs to the words around it."""
    run: list[tuple[etree._Element, str, str]] = []
    for item in found:
        element, _, own = item
        if run and not (element.tag == "span" and element.get(RECORD) and own == run[-1][2]):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _direction_around(element: etree._Element, default: str) -> str:
    for ancestor in element.iterancestors():
        if ancestor.get("dir"):
            return str(ancestor.get("dir"))
        if ancestor.get("lang"):
            return direction(str(ancestor.get("lang")))
    return default


def plain(html: str) -> str:
    """Return the text of a fragment, its white space folded."""
    is_text = "<" not in html and "&" not in html
    return " ".join((_NO_CHARACTER.sub(" ", html) if is_text else parse(html).text_content()).split())


def relink(root: lxml.html.HtmlElement, target: Callable[[str, str], str | None]) -> None:
    """Give every link and image the address that `target(kind, address)` returns; None unwraps or removes it.

    `kind` is ``href`` or ``src``.
    """
    for element in [*root.iter("a")]:
        href = element.get("href")
        if href is None:
            continue
        new = target("href", href)
        if new is None:
            element.drop_tag()
        else:
            element.set("href", new)
    for element in [*root.iter("img")]:
        new = target("src", element.get("src") or "")
        if new is None:
            element.drop_tree()
        else:
            element.set("src", new)


def words_of_page(html: bytes, tag: str) -> Iterator[str]:
    """Yield what readers of a whole page see or hear in the language `tag`: texts, and attributes that are spoken."""
    root = etree.fromstring(html, _PARSER_TO_READ)
    for element, place, own in texts(root, ""):
        holder = element if place == "text" else element.getparent()
        is_prose = holder is None or (holder.tag not in ("script", "style") and holder.get("translate") != "no")
        if own == tag and is_prose:
            yield getattr(element, place)
    for element in root.iter("*"):
        spoken = [str(element.get(name)) for name in _SPOKEN_ATTRIBUTES if element.get(name)]
        if element.tag == "meta" and element.get("name") == "description":
            spoken.append(str(element.get("content")))
        if spoken and _language_around(element) == tag:
            yield from spoken


def runs_of_page(html: bytes) -> Iterator[tuple[str, str]]:
    """Yield every text that a whole page shows, or would in place of a picture, behind the tag of its language."""
    root = etree.fromstring(html, _PARSER_TO_READ)
    for element, place, tag in texts(root, ""):
        if element.tag not in ("script", "style") or place == "tail":
            yield tag, getattr(element, place)
    for element in root.iter("img", "input"):
        yield _language_around(element), str(element.get("alt") or element.get("placeholder") or "")


def _language_around(element: etree._Element) -> str:
    spoken = (holder.get("lang") for holder in (element, *element.iterancestors()))
    return next((str(own) for own in spoken if own), "")
