"""Markdown and a translator in, safe HTML with its headings, links and translatable units out. The door to markdown.

One treeprocessor between block and inline parsing collects the units and puts the translations in their place: what
is extracted is what is translated, and a translation comes too late to change the structure of blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from stele.diagnostics import Diagnostic, Location
from stele.language.casing import lower
from stele.sources import fragments
from stele.sources.positions import Positions

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

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
class Heading:
    """A heading of a finished document: level 1 to 6, plain text, anchor."""

    level: int
    text: str
    id: str


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


# Returns what to print in place of a unit's text, None to print the source.
Translate = Callable[[Unit], str | None]


def render(document: Document, tag: str, translate: Translate, source_tag: str) -> Rendered:
    """Return `document` in the language `tag`, its units replaced by `translate`.

    Anchors are made from the source text, so that they are the same in every language. A unit that `translate`
    leaves alone is marked with the language of the source.
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
    html = fragments.sanitize(html)
    if fragments.depth(html) > fragments.MAX_DEPTH:
        html = ""
        message = f"elements are nested more than {fragments.MAX_DEPTH} deep"
        session.report("too-nested", message, document.first_line)
    return _finish(html, session)


def _finish(html: str, session: _Session) -> Rendered:
    root = fragments.parse(html)
    fragments.settle(root, session.tag)
    title = _take_title(root) if _opens_with_title(session) else None
    headings = tuple(
        Heading(int(element.tag[1]), " ".join(element.text_content().split()), element.get("id") or "")
        for element in root.iter("h1", "h2", "h3", "h4", "h5", "h6")
    )
    links = tuple(session.links(root))
    body = fragments.serialize(root).strip()
    units, found = tuple(session.units), tuple(session.found)
    return Rendered(body, title, headings, links, units, found)


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
_VERBATIM = frozenset({"code", "pre", "script", "style"})
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
    """Where the walk through one document stands."""

    session: _Session
    path: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    note: str | None = None
    skip: bool = False


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
        element.text = self._translated(element, element.text, whole=True)
        for child in list(element):
            self._walk(child)
            child.tail = self._translated(element, child.tail, whole=False)
        state.path.pop()

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

    def _translated(self, element: Element, text: str | None, *, whole: bool) -> str | None:
        if not text or not text.strip() or isinstance(text, AtomicString):
            return text
        if _STASH.search(text) and not _STASH.sub("", text).strip():
            self._raw_blocks(text)
            return text
        lead, core, tail = _split(element.tag, text)
        if not core.strip() or core.strip() == "[TOC]":
            return text
        if self.state.skip:
            self.state.skip, self.state.note = False, None
            return text
        if core.lstrip().startswith(("```", "~~~")):
            self._unparsed_fence(core)
            return text
        core = self._full_references(_SOFT_BREAK.sub(" ", core))
        if not has_words(core):
            return lead + core + tail
        return lead + self._replaced(core, element if whole else None) + tail

    def _replaced(self, text: str, element: Element | None, kind: str | None = None) -> str:
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
        state.session.units.append(unit)
        translation = state.session.translate(unit)
        if translation is not None:
            return translation.replace("\u0002", "").replace("\u0003", "")
        if element is not None and state.session.tag != state.session.source_tag and not element.get("lang"):
            element.set("lang", state.session.source_tag)
        return text

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
        for key, (address, title) in list(self.md.references.items()):
            if title:
                self.md.references[key] = (address, self._replaced(title, None, "link title"))

    def _abbreviations(self) -> None:
        for processor in self.md.treeprocessors:
            if isinstance(processor, AbbrTreeprocessor):
                terms = list(processor.abbrs.items())
                processor.abbrs.clear()
                for term, meaning in terms:
                    new = self._replaced(term, None, "abbreviation")
                    processor.abbrs[new] = self._replaced(meaning, None, f"meaning of the abbreviation {term}")


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
