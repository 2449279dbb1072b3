"""A folder that was published in, everything in it out that acts, hides, tracks or asks elsewhere, whatever the format.

Nothing here knows how Stele makes its files: each is parsed as what its name says, and looked at by the rules of
browsers, spreadsheets and readers of PDF.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pikepdf
import tinycss2
from lxml import etree, html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SCHEMES = ("http", "https", "mailto", "tel")
# HTML Standard, 4: elements that run, load or send by themselves.
_ACTIVE = frozenset(
    ["animate", "applet", "base", "embed", "foreignobject", "frame", "frameset", "handler", "object", "portal", "set"]
)
_ADDRESSES = frozenset(["action", "cite", "formaction", "href", "longdesc", "manifest", "src"])
# Relations of links that make a browser ask for a file.
_LOADING = frozenset(
    [
        "dns-prefetch",
        "icon",
        "manifest",
        "modulepreload",
        "preconnect",
        "prefetch",
        "preload",
        "prerender",
        "stylesheet",
    ]
)
_ACTIONS = frozenset(
    ["/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie"]
)


@dataclass(frozen=True)
class Site:
    """The address of a site, and the scripts that its makers wrote, as they stand in pages."""

    address: str
    scripts: frozenset[str]

    def has(self, address: str) -> bool:
        """Say whether a file is one of the site."""
        return address.startswith(f"{self.address}/")


def dangers(folder: Path, site: Site) -> list[str]:
    """Return what is wrong with the files below `folder`."""
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return [f"{name}: {found}" for name, path in files.items() for found in _file(name, path.read_bytes(), site)]


def _file(name: str, data: bytes, own: Site) -> Iterator[str]:
    suffix = name.rpartition(".")[2]
    if suffix in ("html", "htm"):
        yield from _html(data.decode(), own)
    elif suffix == "css":
        yield from _style_sheet(data.decode(), own)
    elif suffix in ("xml", "svg", "xhtml", "opf", "ncx"):
        yield from _xml(data, own)
    elif suffix in ("json", "jsonld"):
        yield from _json(json.loads(data), own)
    elif suffix == "csv":
        yield from _csv(data.decode("utf-8-sig"))
    elif suffix == "pdf":
        yield from _pdf(data)
    elif suffix in ("epub", "zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from (f"{member}: {found}" for found in _file(member, archive.read(member), own))


def _html(text: str, own: Site) -> Iterator[str]:
    # A text without a body of its own is looked at as the page that somebody pastes it into.
    for element in html.document_fromstring(text or "<p>").iter():
        if isinstance(element.tag, str):
            yield from _element(element, own)


def _element(element, own: Site) -> Iterator[str]:
    name = etree.QName(element).localname.lower()
    if name in _ACTIVE or (name == "link" and "import" in element.get("rel", "")):
        yield f"<{name}>"
    if name == "meta" and element.get("http-equiv", "").lower() not in ("", "content-security-policy"):
        yield f"<meta http-equiv={element.get('http-equiv')}>"
    if name == "script":
        yield from _script(element, own)
    if name == "style":
        yield from _style_sheet(element.text or "", own)
    for key, value in element.attrib.items():
        yield from _attribute(element, name, etree.QName(key).localname.lower(), value, own)


def _script(element, own: Site) -> Iterator[str]:
    kind, words = element.get("type", ""), element.text or ""
    if kind in ("application/ld+json", "application/json"):
        json.loads(words)
    elif words.strip() and words not in own.scripts:
        yield f"a script: {words[:60]}"
    elif re.match(r"\w+:|//", element.get("src", "")):
        yield f"a script of another site: {element.get('src')}"


def _attribute(element, name: str, key: str, value: str, own: Site) -> Iterator[str]:
    loads = key in ("src", "poster", "background", "data") or (
        key == "href"
        and (name in ("use", "image") or (name == "link" and _LOADING & set(element.get("rel", "").split())))
    )
    if key.startswith("on"):
        yield f"{key} of <{name}>"
    elif key == "style":
        yield from _declarations(value, own)
    elif key in ("srcdoc", "ping", "http-equiv") and name != "meta":
        yield f"{key} of <{name}>"
    elif key == "srcset":
        for candidate in value.split(","):
            yield from _loaded(candidate.strip().partition(" ")[0], own)
    elif loads:
        yield from _loaded(value, own)
    elif key in _ADDRESSES:
        yield from _address(value)


def _scheme(value: str) -> str:
    found = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", re.sub(r"[\x00-\x20]", "", value))
    return found[1].lower() if found else ""


def _address(value: str) -> Iterator[str]:
    if _scheme(value) not in ("", *_SCHEMES):
        yield f"an address: {value[:60]}"


def _loaded(value: str, own: Site) -> Iterator[str]:
    if value.startswith("data:image/png"):
        return
    if (_scheme(value) or value.strip().startswith("//")) and not own.has(value):
        yield f"a file from elsewhere: {value[:60]}"


def _style_sheet(text: str, own: Site) -> Iterator[str]:
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword == "import":
            yield "@import"
    yield from _tokens(tinycss2.parse_component_value_list(text), own)


def _declarations(text: str, own: Site) -> Iterator[str]:
    yield f"a style attribute: {text[:60]}"
    yield from _tokens(tinycss2.parse_component_value_list(text), own)


def _tokens(tokens, own: Site) -> Iterator[str]:
    for token in tokens:
        if token.type == "url":
            yield from _loaded(token.value, own)
        elif token.type == "function" and token.lower_name in ("url", "src", "image-set", "expression"):
            for part in token.arguments:
                if part.type == "string":
                    yield from _loaded(part.value, own)
        for part in (getattr(token, "content", None), getattr(token, "arguments", None)):
            if part:
                yield from _tokens(part, own)


def _xml(data: bytes, own: Site) -> Iterator[str]:
    tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True)).getroottree()
    if tree.docinfo.internalDTD is not None and tree.docinfo.doctype != "<!DOCTYPE html>":
        yield "a document type"
    yield from (f"<?{node.target}?>" for node in tree.xpath("//processing-instruction()"))
    for node in tree.iter("*"):
        yield from _element(node, own)


def _json(value, own: Site) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _html(inner, own) if key in ("html", "content_html") else _json(inner, own)
    elif isinstance(value, list):
        for inner in value:
            yield from _json(inner, own)
    elif isinstance(value, str) and _scheme(value) in ("javascript", "data", "vbscript", "file"):
        yield f"an address: {value[:60]}"


def _csv(text: str) -> Iterator[str]:
    """Yield what a spreadsheet would take for a formula (OWASP, CSV injection); a number is none."""
    for row in csv.reader(io.StringIO(text)):
        yield from (f"a formula: {cell[:60]}" for cell in row if re.match(r"[=+@\t\r]|-(?![\d.]+$)", cell))


def _pdf(data: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
                yield from _pdf_object(item)


def _pdf_object(item) -> Iterator[str]:
    # ISO 32000-2, 12.6.4 Action types and 7.11.4 Embedded file streams.
    kind = str(item.get("/S", "")) if not isinstance(item.get("/S"), pikepdf.Array) else ""
    if kind in _ACTIONS or "/JS" in item or "/AA" in item or item.get("/Type") == "/EmbeddedFile":
        yield f"an action or a file: {kind or sorted(item.keys())}"
    if "/URI" in item and isinstance(item.get("/URI"), pikepdf.String):
        yield from _address(str(item["/URI"]))
