"""Markdown and a translator in, safe HTML with its headings, links and translatable units out. The door to markdown.

One treeprocessor between block and inline parsing collects the units and puts the translations in their place: what
is extracted is what is translated, and a translation comes too late to change the structure of blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from stele.diagnostics import Diagnostic, Location
from stele.language.casing import lower
from stele.sources import fragments, marks
from stele.sources.positions import Positions

if TYPE_CHECKING:
    from stele.sources.documents import Document


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of prose as a translator sees it: inline Markdown, soft line breaks folded.

    `kind` names the block (``heading 2``, ``table cell``); `headings` is the path of source headings above it;
    `note` is what the author told translators in a comment before it.
    """

    text: str
    kind: str
    line: int
    headings: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Rendition:
    """What to print in place of a unit: a text in the language `tag`.

    `fallback` is empty for a translation; else it says why the text is none: ``source``, ``previous`` for the
    translation of an older wording, or the tag of another language. With `dispensable` the block is left out where that
    leaves nothing maimed: a paragraph, but no heading or table cell.
    """

    text: str
    tag: str
    fallback: str = ""
    dispensable: bool = False


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


# Returns a translation or something else to print in place of a unit's text, None to print the source as it is.
Translate = Callable[[Unit], Rendition | str | None]


def render(document: Document, tag: str, translate: Translate, source_tag: str) -> Rendered:
    """Return `document` in the language `tag`, its units replaced by `translate`.

    Anchors are made from the source text, so that they are the same in every language. What is not in the language
    `tag` has its own ``lang`` and ``dir``, and a fallback the attribute ``data-fallback``.
    """
    session = _Session(document, tag, translate, source_tag)
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


def _finish(html: str, session: _Session) -> Rendered:
    root = fragments.parse(html)
    marks.settle(root)
    marks.say_languages(root, session.tag, session.titles, session.terms)
    fragments.settle(root, session.tag)
    if session.shortened:
        marks.drop_uncalled_notes(root)
    title = _take_title(root) if _opens_with_title(session) else None
    headings = tuple(map(_heading, root.iter("h1", "h2", "h3", "h4", "h5", "h6")))
    links = tuple(session.links(root))
    body = fragments.serialize(root).strip()
    units, found = tuple(session.units), tuple(session.found)
    return Rendered(body, title, headings, links, units, found)


def _heading(element: Any) -> Heading:
    text, name = " ".join(element.text_content().split()), element.get("id") or ""
    run = next(iter(element.xpath(f"./span[@{fragments.FALLBACK}]")), element)
    return Heading(int(element.tag[1]), text, name, run.get("lang") or "", run.get("dir") or "")


def _opens_with_title(session: _Session) -> bool:
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


class _Session:
    """What one rendering collects: units, anchors, diagnostics."""

    def __init__(self, document: Document, tag: str, translate: Translate, source_tag: str) -> None:
        self.document, self.tag, self.translate, self.source_tag = document, tag, translate, source_tag
        self.positions = Positions(document.body, document.first_line)
        self.units: list[Unit] = []
        self.found: list[Diagnostic] = []
        # The languages of what is printed in many places: titles of links, terms and meanings of abbreviations.
        self.titles: dict[str, str] = {}
        self.terms: dict[str, str] = {}
        self.shortened = False

    def rendition(self, unit: Unit) -> Rendition:
        """Keep a unit, and return what is printed in its place."""
        self.units.append(unit)
        made = self.translate(unit)
        if made is None:
            return Rendition(unit.text, self.source_tag)
        made = Rendition(made, self.tag) if isinstance(made, str) else made
        return replace(made, text=made.text.replace("\u0002", "").replace("\u0003", ""))

    def report(self, code: str, message: str, line: int | None, hint: str | None = None) -> None:
        self.found.append(Diagnostic(code, message, Location(self.document.path, line), hint))

    def links(self, root: Any) -> Iterator[Link]:
        for kind, name in (("href", "a"), ("src", "img")):
            for element in root.iter(name):
                address = element.get(kind)
                is_checked = kind == "src" or fragments.scheme(address or "") is None
                if address and is_checked and not re.match(r"#fn(?:ref\d*)?:", address):
                    yield Link(kind, address, self.positions.anywhere(address))

    def lint(self, html: str) -> None:
        """Report what is in the HTML of the source and cannot be printed as the author may expect."""
        for name in fragments.removed(html):
            line = self.positions.anywhere(name.strip("<>").split(": ", 1)[-1])
            code = "unsafe-link" if ": " in name else "removed-markup"
            self.report(code, f"{name.replace(': ', '=', 1)} is not allowed here and was removed", line)
        for match in re.finditer(r"\[\^([^\]\s]+)\]", re.sub(r"(?s)<(pre|code)\b.*?</\1>", "", html)):
            line = self.positions.anywhere(match[0])
            message = f"footnote {match[1]!r} is called but not written"
            self.report("unknown-footnote", message, line, f"write it as a paragraph: [^{match[1]}]: …")
        for match in re.finditer(r"<img\b[^>]*>", html):
            if not re.search(r'\balt="[^"]*\w', match[0]):
                source = re.search(r'src="([^"]*)"', match[0])
                line = self.positions.anywhere(source[1]) if source else None
                hint = "say in a few words what the picture shows: ![…](…)"
                self.report("no-alternative-text", "the image has no alternative text", line, hint)


# --- Python-Markdown ----------------------------------------------------------------------------------------------

_PRIORITY = 25  # footnotes (50) have written their list, inline parsing (20) has not begun


@cache
def _converter() -> tuple[markdown.Markdown, _Localizer]:
    extension = _LocalizerExtension()
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
            extension,
        ],
        extension_configs={
            "pymdownx.highlight": {"use_pygments": False},
            "footnotes": {"BACKLINK_TITLE": ""},
        },
        output_format="html",
    )
    return converter, extension.localizer


def _convert(text: str, session: _Session) -> str:
    converter, localizer = _converter()
    converter.reset()
    localizer.begin(session)
    return converter.convert(text)


class _LocalizerExtension(Extension):
    localizer: _Localizer

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (the library's name)
        self.localizer = _Localizer(md)
        md.treeprocessors.register(self.localizer, "stele-localizer", _PRIORITY)


_STASH = re.compile("\u0002wzxhzdk:(\\d+)\u0003")
_FROZEN_TAIL = re.compile("(?:\u0002[^\u0003]*\u0003|\\s)+\\Z")
_BLOCK_ATTRIBUTES = re.compile(r"\n[ ]*\{:?[ ]*([^\}\n ][^\n]*)[ ]*\}[ ]*\Z")
_HEADING_ATTRIBUTES = re.compile(r"[ ]+\{:?[ ]*([^\}\n ][^\n]*)[ ]*\}[ ]*\Z")
_NOTE = re.compile(r"<!--\s*(?:i18n|TRANSLATORS?)\s*:\s*(.*?)\s*-->", re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SOFT_BREAK = re.compile(r"(?<! ) ?\n[ ]*")
_SHORT_REFERENCE = re.compile(r"(?<![\]!\\])\[([^\[\]^]+)\](?:\[\])?(?![\[(:])")
_CODE = re.compile(r"(`+).+?\1", re.DOTALL)
_INVISIBLE = re.compile(r"<[^>]*>|https?://\S+|\[TOC\]", re.IGNORECASE)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ONE_LINE = frozenset({*_HEADINGS, "td", "th", "dt"})
# Their place, and so the edge at which they begin, is given by what is around them, whatever their language.
_PLACED = frozenset({*_HEADINGS, "li", "td", "th", "dt", "summary"})
_PLACED_KINDS = frozenset({"list item", "footnote"})
_VERBATIM = frozenset({"code", "pre", "script", "style"})
# What can be left out, and what goes when all that it held was left out. A definition belongs to its term, a note to
# its call, a cell to its row.
_DISPENSABLE = frozenset({"paragraph", "list item", "quotation", "caption"})
_CONTAINERS = frozenset({"article", "aside", "blockquote", "div", "figure", "li", "ol", "section", "ul"})
_KINDS = {
    "li": "list item",
    "td": "table cell",
    "th": "table heading",
    "dt": "term",
    "dd": "definition",
    "figcaption": "caption",
    "summary": "summary",
    "blockquote": "quotation",
}


@dataclass(slots=True)
class _State:
    """Where the walk through one document stands.

    `dropped` are the blocks to leave out, `spare` the texts to leave out if nothing is left of the blocks behind them.
    """

    session: _Session
    path: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    note: str | None = None
    skip: bool = False
    dropped: set[Element] = field(default_factory=set)
    spare: set[Element] = field(default_factory=set)


class _Localizer(Treeprocessor):
    """Collects the units of a block tree and puts translations in their place."""

    def begin(self, session: _Session) -> None:
        self.state = _State(session)
        self.anchors: dict[str, int] = {}

    def run(self, root: Element) -> None:
        self._walk(root)
        self._references()
        self._abbreviations()

    def _walk(self, element: Element) -> None:
        state, name = self.state, element.tag.lower()
        if name in _VERBATIM:
            return
        state.path.append(_kind(element, name, state.path[-1] if state.path else ""))
        if name in _HEADINGS:
            self._heading(element, _HEADINGS[name])
        children = list(element)
        self._text(element)
        for child in children:
            self._walk(child)
            self._tail(element, child)
        if children and state.dropped:
            self._drop_children(element)
        state.path.pop()

    def _text(self, element: Element) -> None:
        """Translate what stands in `element` before its children."""
        found = self._message(element, element.text)
        if found is None:
            return
        lead, made, tail = found
        holds_blocks = any(self.md.is_block_level(child.tag) for child in element)
        if made.dispensable and not holds_blocks and self._is_dispensable(element, tail):
            self.state.dropped.add(element)
        elif made.tag == self.state.session.tag and not made.fallback:
            element.text = lead + made.text + tail
        elif holds_blocks or element.tag in _PLACED or self.state.path[-1] in _PLACED_KINDS:
            # The blocks inside have languages of their own; and an item stays at its bullet, a cell in its column.
            element.text = lead
            element.insert(0, run := _run(made, tail))
            if made.dispensable and self._is_dispensable(element, tail):
                self.state.spare.add(run)
        else:
            element.text = lead + made.text + tail
            _mark(element, made)

    def _tail(self, element: Element, child: Element) -> None:
        """Translate what stands in `element` behind `child`."""
        found = self._message(element, child.tail)
        if found is None:
            return
        lead, made, tail = found
        if made.tag == self.state.session.tag and not made.fallback:
            child.tail = lead + made.text + tail
        else:
            child.tail = lead
            element.insert(list(element).index(child) + 1, _run(made, tail))

    def _is_dispensable(self, element: Element, tail: str) -> bool:
        """Say whether a block can be left out; one that has an anchor is needed, for something may lead to it."""
        return self.state.path[-1] in _DISPENSABLE and element.tag not in _ONE_LINE and "#" not in tail

    def _drop_children(self, element: Element) -> None:
        """Leave out the children that are dropped; an element of which nothing else is left is dropped with them."""
        kept: list[Element] = []
        for child in element:
            if child not in self.state.dropped:
                kept.append(child)
            elif kept:
                kept[-1].tail = (kept[-1].tail or "") + (child.tail or "")
            else:
                element.text = (element.text or "") + (child.tail or "")
        if len(kept) < len(element):
            element[:] = kept
            self.state.session.shortened = True
            if self._is_hollow(element):
                self.state.dropped.add(element)

    def _is_hollow(self, element: Element) -> bool:
        """Say whether nothing is left in a container but what can go too, and perhaps the title of an admonition."""
        kept = [
            child
            for child in element
            if child not in self.state.spare and "admonition-title" not in (child.get("class") or "").split()
        ]
        return element.tag in _CONTAINERS and not kept and not (element.text or "").strip()

    def _heading(self, element: Element, level: int) -> None:
        state = self.state
        _, text, tail = _split(element.tag, element.text or "")
        while state.headings and state.headings[-1][0] >= level:
            state.headings.pop()
        above = state.headings[-1][0] if state.headings else level if level == 1 else 1
        if level > above + 1:
            line = state.session.positions.peek(text)
            message = f"a heading of level {level} follows one of level {above}"
            state.session.report("heading-jump", message, line, f"begin it with {'#' * (above + 1)}")
        state.headings.append((level, plain_text(text)))
        own = re.search(r"#([^\s}]+)", tail)
        if own:
            self.anchors.setdefault(own[1], 1)
        else:
            element.set("id", self._anchor(text))

    def _anchor(self, text: str) -> str:
        words = re.sub(r"[^\w]+", "-", lower(plain_text(text), self.state.session.source_tag)).strip("-")
        name = words or "section"
        count = self.anchors.get(name, 0) + 1
        anchor = name if count == 1 else f"{name}-{count}"
        while anchor in self.anchors:
            count += 1
            anchor = f"{name}-{count}"
        self.anchors[anchor] = 1
        self.anchors[name] = count
        return anchor

    def _message(self, element: Element, text: str | None) -> tuple[str, Rendition, str] | None:
        """Return what is printed for a text, between what stays as it is; None where there is nothing to translate."""
        if not text or not text.strip() or isinstance(text, AtomicString):
            return None
        if _STASH.search(text) and not _STASH.sub("", text).strip():
            self._raw_blocks(text)
            return None
        lead, core, tail = _split(element.tag, text)
        if not core.strip() or core.strip() == "[TOC]":
            return None
        if self.state.skip:
            self.state.skip, self.state.note = False, None
            return None
        if core.lstrip().startswith(("```", "~~~")):
            self._unparsed_fence(core)
            return None
        core = self._full_references(_SOFT_BREAK.sub(" ", core))
        if not has_words(core):
            return lead, Rendition(core, self.state.session.tag), tail
        return lead, self._rendition(core), tail

    def _rendition(self, text: str, kind: str | None = None) -> Rendition:
        state = self.state
        headings = tuple(title for _, title in state.headings)
        name = kind or state.path[-1] or "text"
        if name.startswith("heading"):
            headings = headings[:-1]
        elif name == "footnote":
            headings = ()
        line = state.session.positions.next(text) if kind is None else state.session.positions.anywhere(text)
        unit = Unit(text, name, line or state.session.document.first_line, headings, state.note)
        state.note = None
        return state.session.rendition(unit)

    def _raw_blocks(self, text: str) -> None:
        state = self.state
        for match in _STASH.finditer(text):
            raw = self.md.htmlStash.rawHtmlBlocks[int(match[1])]
            if not isinstance(raw, str):
                continue
            for note in _NOTE.findall(raw):
                state.skip = state.skip or note.lower() == "skip"
                state.note = (
                    None if note.lower() == "skip" else " ".join(filter(None, [state.note, " ".join(note.split())]))
                )
            prose = _COMMENT.sub("", raw)
            if prose.lstrip().startswith(("<pre", '<div class="code"', "<script", "<style")):
                continue
            words = re.sub(r"<[^>]*>", " ", prose).split()
            if any(char.isalpha() for char in "".join(words)):
                self._raw_html(prose, words)

    def _raw_html(self, raw: str, words: list[str]) -> None:
        line = self.state.session.positions.anywhere(raw.strip().split("\n", 1)[0])
        message = f"raw HTML holds text that translators cannot reach: “{' '.join(words)[:60]}”"
        hint = 'add markdown="1" to the outer element, with an empty line inside it, or write it in Markdown'
        self.state.session.report("raw-html", message, line, hint)

    def _unparsed_fence(self, text: str) -> None:
        fence = text.strip().split("\n", 1)[0]
        line = self.state.session.positions.anywhere(fence)
        hint = "write only the name of the language after the fence, and close it with the same marks"
        self.state.session.report("unparsed-fence", f"code fence {fence[:40]!r} was not recognised", line, hint)

    def _full_references(self, text: str) -> str:
        """Return `text` with ``[Foo]`` and ``[Foo][]`` written as ``[Foo][foo]``, so that a label can be translated."""

        def full(match: re.Match[str]) -> str:
            key = " ".join(match[1].lower().split())  # as Python-Markdown keys its references
            return f"[{match[1]}][{key}]" if key in self.md.references else match[0]

        return _SHORT_REFERENCE.sub(full, text)

    def _references(self) -> None:
        session = self.state.session
        for key, (address, title) in list(self.md.references.items()):
            if title:
                made = self._rendition(title, "link title")
                self.md.references[key] = (address, "" if made.dispensable else made.text)
                session.titles[made.text] = made.tag

    def _abbreviations(self) -> None:
        session = self.state.session
        for processor in self.md.treeprocessors:
            if isinstance(processor, AbbrTreeprocessor):
                terms = list(processor.abbrs.items())
                processor.abbrs.clear()
                for term, meaning in terms:
                    short = self._rendition(term, "abbreviation")
                    full = self._rendition(meaning, f"meaning of the abbreviation {term}")
                    if full.dispensable:
                        continue
                    processor.abbrs[short.text] = full.text
                    session.terms[short.text] = short.tag
                    session.titles[full.text] = full.tag


def _run(made: Rendition, tail: str) -> Element:
    """Return a text in another language as an element of its own among others."""
    run = Element("span")
    run.text, run.tail = made.text, tail
    _mark(run, made)
    return run


def _mark(element: Element, made: Rendition) -> None:
    """Say in which language an element is, unless its author did, and why it is not in that of the page."""
    if not element.get("lang"):
        element.set("lang", made.tag)
    if made.fallback:
        element.set(fragments.FALLBACK, made.fallback)


def _kind(element: Element, name: str, around: str) -> str:
    """Return what translators call a block; a paragraph in a list item or footnote goes by the name of that."""
    if name in _HEADINGS:
        return f"heading {_HEADINGS[name]}"
    classes = (element.get("class") or "").split()
    if "admonition-title" in classes:
        return "admonition title"
    if around == "footnote" or (name == "div" and "footnote" in classes):
        return "footnote"
    if name == "p":
        return around or "paragraph"
    return _KINDS.get(name, around)


def _split(tag: str, text: str) -> tuple[str, str, str]:
    """Return `text` as white space, what translators see, and the attribute list or back link that stays as it is."""
    core = text.lstrip()
    lead = text[: len(text) - len(core)]
    frozen = _FROZEN_TAIL.search(core)
    tail = frozen[0] if frozen else ""
    core = core[: len(core) - len(tail)]
    attributes = (_HEADING_ATTRIBUTES if tag in _ONE_LINE else _BLOCK_ATTRIBUTES).search(core)
    if attributes:
        core, tail = core[: attributes.start()], core[attributes.start() :] + tail
    return lead, core, tail


def has_words(text: str) -> bool:
    """Say whether `text` has a letter or digit outside of tags, code and addresses."""
    return any(char.isalnum() for char in _INVISIBLE.sub("", _CODE.sub("", text)))


def plain_text(text: str) -> str:
    """Return inline Markdown as a reader sees it: without tags, link targets, footnote calls and emphasis."""
    text = re.sub(r"\[\^[^\]]+\]", "", text)
    text = re.sub(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?", r"\1", text)
    text = re.sub(r"<[^>]*>", "", text)
    return " ".join(re.sub(r"[*`\\]|(?<!\w)_+|_+(?!\w)", "", text).split())


def identity(_: Unit) -> None:
    """Translate nothing: the source speaks for itself."""
