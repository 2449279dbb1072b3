"""Files for the web that a project's own theme had a hand in in, what in them acts or asks elsewhere out.

What is written in content, catalogs and ledgers is made harmless where it is read, and templates escape what they
print; but a theme may come from anyone, and its templates and style sheets go out as they are. A script of a theme's
own has no place on a memorial, and neither has a file that a stranger's server hands out and counts.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location
from stele.language.casing import keyword
from stele.sources import fragments
from stele.sources.style_sheets import loaded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from lxml.html import HtmlElement

    from stele.artifacts import Artifact

# HTML Standard, 4: what runs, loads a page of its own or sends something away.
_ACTIVE = frozenset({"applet", "base", "embed", "frame", "object", "portal"})
# HTML Standard, 4.6.7: links of these kinds make a browser ask for a file at once.
_ASKING = frozenset(
    ["dns-prefetch", "icon", "manifest", "modulepreload", "preconnect", "prefetch", "preload", "stylesheet"]
)
# What is looked into.
SUFFIXES = (".html", ".xhtml", ".svg", ".css", ".epub")
_DATA = ("application/ld+json", "application/json")
_LOADED = ("src", "poster", "background", "data")
_HINT = "leave it out of the theme: pages work without scripts, and files come from the site itself"


def strange(artifacts: Iterable[Artifact], address: str, scripts: Collection[str]) -> Iterator[Diagnostic]:
    """Yield the first thing in each file that acts or asks elsewhere.

    `address` is that of the site, which may be empty; `scripts` are those that Stele itself writes into pages.
    """
    known: dict[tuple[str, bytes], str] = {}  # texts to embed lie in two places
    for artifact in artifacts:
        key = artifact.path.rpartition(".")[2], artifact.data
        if key not in known:
            known[key] = next(_dangers(artifact.path, artifact.data, address, scripts), "")
        if found := known[key]:
            yield Diagnostic("active-content", f"the file would have {found}", Location(artifact.path), _HINT)


def _dangers(path: str, data: bytes, address: str, scripts: Collection[str]) -> Iterator[str]:
    if path.endswith((".html", ".xhtml", ".svg")):
        for element in fragments.parse_page(data.decode()).iter("*"):
            yield from _element(element, address, scripts)
    elif path.endswith(".css"):
        yield from _style(data.decode(), address)
    elif path.endswith(".epub"):
        with zipfile.ZipFile(BytesIO(data)) as book:
            for name in book.namelist():
                yield from _dangers(name, book.read(name), address, scripts)


def _element(element: HtmlElement, address: str, scripts: Collection[str]) -> Iterator[str]:
    name, words = element.tag, element.text or ""
    if name in _ACTIVE and (name != "base" or element.get("href")):
        yield f"<{name}>"
    elif name == "script" and words.strip() and element.get("type") not in _DATA and words not in scripts:
        yield "a script"
    elif name == "style":
        yield from _style(words, address)
    elif name == "meta" and keyword(element.get("http-equiv", "")) == "refresh":
        yield "a page that leads on by itself"
    for key, value in element.attrib.items():
        yield from _attribute(element, key, value, address)


def _attribute(element: HtmlElement, key: str, value: str, address: str) -> Iterator[str]:
    asks = element.tag == "link" and not _ASKING.isdisjoint(keyword(element.get("rel", "")).split())
    if key.startswith("on") or key in ("srcdoc", "ping"):
        yield f"the attribute {key}"
    elif key == "style":
        yield from _style(value, address)
    elif key == "srcset":
        for candidate in re.split(r",\s+", value):
            yield from _file(candidate.split(" ")[0], address)
    elif key in _LOADED or (key == "href" and (asks or element.tag in ("image", "use"))):
        yield from _file(value, address)
    elif key in ("href", "action", "formaction") and fragments.scheme(value) not in (None, *fragments.SCHEMES):
        yield f"a link to {value[:60]!r}"


def _style(sheet: str, address: str) -> Iterator[str]:
    for file in loaded(sheet):
        yield from _file(file, address)


def _file(value: str, address: str) -> Iterator[str]:
    is_foreign = fragments.scheme(value) is not None or re.match(r"\s*[/\\]{2}", value)
    is_ours = bool(address) and value.startswith(f"{address}/")
    if is_foreign and not is_ours and not value.startswith(("data:image/", "data:font/")):
        yield f"a file from {value[:60]!r}"
