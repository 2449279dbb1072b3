"""Markdown and a translator in, safe HTML with its headings, links and translatable units out. The door to markdown.

Behind the door stands one other module, `localizer`, which works inside of the library.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import markdown

from stele.sources import fragments, marks
from stele.sources.blocks import Records
from stele.sources.inscription import link_to_bibliography, set_notes
from stele.sources.localizer import Localizer
from stele.sources.session import Session
from stele.sources.units import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.diagnostics import Diagnostic
    from stele.sources.documents import Document
    from stele.sources.inscription import Inscriptions
    from stele.sources.positions import Positions
    from stele.sources.units import Translate, Unit

_PRIORITY = 25  # footnotes (50) have written their list, inline parsing (20) has not begun


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a finished document: level 1 to 6, plain text, anchor; its language where that is not the page's."""

    level: int
    text: str
    id: str
    lang: str = ""
    dir: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A relative link or image of the source, as written, with its line."""

    kind: str
    address: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document's safe HTML. `title` is the inline HTML of a level-1 heading that opened it, else None."""

    html: str
    title: str | None
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    units: tuple[Unit, ...]
    diagnostics: tuple[Diagnostic, ...]


def render(
    document: Document, tag: str, translate: Translate, source_tag: str, inscriptions: Inscriptions | None = None
) -> Rendered:
    """Return `document` in the language `tag`, its units replaced by `translate`, and references by `inscriptions`.

    Without inscriptions, references to the ledger stay as they are written. Anchors are made from the source text, so
    that they are the same in every language. What is not in the language `tag` has its own ``lang`` and ``dir``, and a
    fallback the attribute ``data-fallback``.
    """
    session = Session(document, tag, translate, source_tag, inscriptions)
    try:
        html = _convert(document.body, session)
    except RecursionError:
        _converter.cache_clear()
        html = ""
        session.report("too-nested", "the blocks are nested too deeply to be read", document.first_line)
    if tag == source_tag:
        session.lint(html)
    html = fragments.sanitize(html, marked=tag != source_tag)
    if fragments.depth(html) > fragments.MAX_DEPTH:
        html = ""
        message = f"elements are nested more than {fragments.MAX_DEPTH} deep"
        session.report("too-nested", message, document.first_line)
    return _finish(html, session)


def identity(_: Unit) -> None:
    """Translate nothing: the source speaks for itself."""


@lru_cache(maxsize=8_192)  # the texts of a ledger are set for pages, and again to be held against them
def inline(text: str) -> str:
    """Return a short text of inline Markdown as safe HTML, without a paragraph around it."""
    converter = _inline_converter()
    html = converter.reset().convert(" ".join(text.split()))
    return fragments.sanitize(html.removeprefix("<p>").removesuffix("</p>"))


@cache
def _inline_converter() -> markdown.Markdown:
    return markdown.Markdown(output_format="html")


@cache
def _converter() -> tuple[markdown.Markdown, Localizer]:
    converter = markdown.Markdown(
        extensions=[
            "abbr",
            "admonition",
            "attr_list",
            "def_list",
            "footnotes",
            "md_in_html",
            "sane_lists",
            "tables",
            "toc",
            "pymdownx.superfences",
        ],
        extension_configs={
            "pymdownx.highlight": {"use_pygments": False},
            "footnotes": {"BACKLINK_TITLE": ""},
        },
        output_format="html",
    )
    localizer = Localizer(converter)
    converter.treeprocessors.register(localizer, "stele-localizer", _PRIORITY)
    converter.registerExtensions([Records(lambda call: localizer.state.session.block(call))], {})
    return converter, localizer


def _convert(text: str, session: Session) -> str:
    converter, localizer = _converter()
    converter.reset()
    localizer.begin(session)
    return converter.convert(text)


def _finish(html: str, session: Session) -> Rendered:
    root = fragments.parse(html)
    if session.inscriptions is not None:
        set_notes(root, session.cited, session.inscriptions)
        link_to_bibliography(root, session.document.path, session.inscriptions.bibliography)
    marks.settle(root)
    marks.say_languages(root, session.tag, session.titles, session.terms)
    fragments.settle(root, session.tag)
    if session.shortened:
        marks.drop_uncalled_notes(root)
    title = _take_title(root) if _opens_with_title(session) else None
    headings = tuple(map(_heading, root.iter("h1", "h2", "h3", "h4", "h5", "h6")))
    links = tuple(_links(root, session.positions))
    body = fragments.serialize(root).strip()
    units, found = tuple(session.units), tuple(session.found)
    return Rendered(body, title, headings, links, units, found)


def _heading(element: Any) -> Heading:
    text, name = " ".join(element.text_content().split()), element.get("id") or ""
    run = next(iter(element.xpath(f"./span[@{fragments.FALLBACK}]")), element)
    return Heading(int(element.tag[1]), text, name, run.get("lang") or "", run.get("dir") or "")


def _opens_with_title(session: Session) -> bool:
    """Say whether a first heading would be the title; one that says other words than the front matter stays text."""
    field = session.document.fields.get("title")
    return field is None or not session.units or plain_text(session.units[0].text) == plain_text(field.text)


def _take_title(root: Any) -> str | None:
    first = root[0] if len(root) and not (root.text or "").strip() else None
    if first is None or first.tag != "h1":
        return None
    # A title is printed in several places, and in lists of contents it is itself a link.
    for element in [*first.iterdescendants()]:
        element.attrib.pop("id", None)
        if element.tag == "a":
            element.drop_tag()
    title = fragments.serialize(first)
    first.drop_tree()
    return title


def _links(root: Any, positions: Positions) -> Iterator[Link]:
    for kind, name in (("href", "a"), ("src", "img")):
        for element in root.iter(name):
            address = element.get(kind)
            is_checked = kind == "src" or fragments.scheme(address or "") is None
            if address and is_checked and not re.match(r"#fn(?:ref\d*)?:", address):
                yield Link(kind, address, positions.anywhere(address))
