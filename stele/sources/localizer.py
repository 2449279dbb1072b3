"""The block tree of a document in, the same with its units replaced by their renditions out: a treeprocessor.

It stands between block and inline parsing, and collects the units and puts the translations in their place: what is
extracted is what is translated, and a translation comes too late to change the structure of blocks. Only `markup`, the
door to markdown, imports it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from stele.language.casing import folded, keyword
from stele.sources import fragments
from stele.sources.ledger.references import REFERENCE
from stele.sources.units import Rendition, Unit, has_words, plain_text

if TYPE_CHECKING:
    from stele.sources.session import Session

_STASH = re.compile("\u0002wzxhzdk:(\\d+)\u0003")
_FROZEN_TAIL = re.compile("(?:\u0002[^\u0003]*\u0003|\\s)+\\Z")
_BLOCK_ATTRIBUTES = re.compile(rf"\n[ ]*(?!{REFERENCE.pattern})\{{:?[ ]*([^\}}\n ][^\n]*)[ ]*\}}[ ]*\Z")
_HEADING_ATTRIBUTES = re.compile(rf"[ ]+(?!{REFERENCE.pattern})\{{:?[ ]*([^\}}\n ][^\n]*)[ ]*\}}[ ]*\Z")
_NOTE = re.compile(r"<!--\s*(?:i18n|TRANSLATORS?)\s*:\s*(.*?)\s*-->", re.DOTALL | re.IGNORECASE)
_WAIVER = re.compile(r"<!--\s*allow\s+([a-z]+(?:-[a-z]+)+)\s*:\s*(.*?)\s*-->", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SOFT_BREAK = re.compile(r"(?<! ) ?\n[ ]*")
_INLINE = re.compile("[`\\\\<\\[\\]{}*_&@\u0002\u0003]|  ")
_SHORT_REFERENCE = re.compile(r"(?<![\]!\\])\[([^\[\]^]+)\](?:\[\])?(?![\[(:])")
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

    session: Session
    path: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    note: str | None = None
    waivers: tuple[tuple[str, str], ...] = ()
    skip: bool = False
    dropped: set[Element] = field(default_factory=set)
    spare: set[Element] = field(default_factory=set)


class Localizer(Treeprocessor):
    """Collects the units of a block tree and puts translations in their place."""

    def begin(self, session: Session) -> None:
        """Work for `session` from now on."""
        self.state = _State(session)

    def run(self, root: Element) -> None:
        """Translate the blocks of `root`, then what the library keeps beside them."""
        self._walk(root)
        self._references()
        if not self._abbreviations():
            _settle(root)

    def _walk(self, element: Element) -> None:
        state, name = self.state, keyword(element.tag)
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
            state.session.anchors.setdefault(own[1], 1)
        else:
            element.set("id", state.session.anchor(text))

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
            tag, line = self.state.session.tag, self.state.session.positions.peek(core)
            return lead, Rendition(self.state.session.inscribed(core, tag, line), tag), tail
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
        unit = Unit(text, name, line or state.session.document.first_line, headings, state.note, state.waivers)
        state.note, state.waivers = None, ()
        return state.session.rendition(unit)

    def _raw_blocks(self, text: str) -> None:
        state = self.state
        for match in _STASH.finditer(text):
            raw = self.md.htmlStash.rawHtmlBlocks[int(match[1])]
            if not isinstance(raw, str):
                continue
            state.waivers += tuple((code, " ".join(reason.split())) for code, reason in _WAIVER.findall(raw))
            for note in _NOTE.findall(raw):
                state.skip = state.skip or keyword(note) == "skip"
                state.note = (
                    None if keyword(note) == "skip" else " ".join(filter(None, [state.note, " ".join(note.split())]))
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
            key = " ".join(folded(match[1]).split())  # as Python-Markdown keys its references
            return f"[{match[1]}][{key}]" if key in self.md.references else match[0]

        return _SHORT_REFERENCE.sub(full, text)

    def _references(self) -> None:
        session = self.state.session
        for key, (address, title) in list(self.md.references.items()):
            if title:
                made = self._rendition(title, "link title")
                self.md.references[key] = (address, "" if made.dispensable else made.text)
                session.titles[made.text] = made.tag

    def _abbreviations(self) -> bool:
        """Translate the abbreviations, and say whether there are any to be looked for in the texts."""
        session, are_any = self.state.session, False
        for processor in self.md.treeprocessors:
            if isinstance(processor, AbbrTreeprocessor):
                terms = list(processor.abbrs.items())
                processor.abbrs.clear()
                for term, meaning in terms:
                    short = self._rendition(term, "abbreviation")
                    full = self._rendition(meaning, f"meaning of the abbreviation {term}")
                    if full.dispensable:
                        continue
                    are_any = True
                    processor.abbrs[short.text] = full.text
                    session.terms[short.text] = short.tag
                    session.titles[full.text] = full.tag
        return are_any


def _settle(root: Element) -> None:
    """Keep texts without a sign of inline Markdown, as most are, from the patterns of it: none would match."""
    for element in root.iter():
        if element.text and not _INLINE.search(element.text):
            element.text = AtomicString(element.text)
        if element.tail and not _INLINE.search(element.tail):
            element.tail = AtomicString(element.tail)


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
