"""A text with all that pages have in, lines of HTML out that WordPress and Drupal leave byte for byte as they are.

There is no element for a table, a figure, a note or a division in it, and no class: a row of a table becomes a term
with its values, a note a paragraph at the end, and each block says itself which language it is in. What a heading, a
colour or a place on the page told a reader stands there in words or signs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.web.portable import tables
from stele.web.portable.phrases import Phrases
from stele.web.portable.writing import SILENT, Spoken, element, spoken, text, tidy, verbatim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lxml.html import HtmlElement

    from stele.language.tags import Language

_GROUPS = frozenset({"article", "aside", "div", "figure", "footer", "header", "main", "nav", "section"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BREAK_OF_THOUGHT = "* * *"
_EMPTY = "–"


@dataclass(frozen=True, slots=True)
class Labels:
    """Words for what other elements said: the heading of the notes, and patterns with ``%(…)s`` for what they hold.

    `value` joins the heading of a column and a cell (``name``, ``value``), `struck` is for words that were struck out
    (``text``).
    """

    notes: str
    value: str
    struck: str


def portable(root: HtmlElement, language: Language, labels: Labels, notes: str) -> str:
    """Return what is within `root`, in `language`, as lines of HTML, the last without an end.

    `notes` is an id that is the notes' alone on whatever page this may be pasted into.
    """
    phrases = Phrases(language.tag, f"#{notes}", labels.struck)
    return "\n".join(_Blocks(phrases, labels, notes).within(root, Spoken(language.tag, language.direction)))


class _Blocks:
    def __init__(self, phrases: Phrases, labels: Labels, notes: str) -> None:
        self.phrases, self.labels, self.notes = phrases, labels, notes

    def within(self, holder: HtmlElement, around: Spoken = SILENT) -> Iterator[str]:
        """Yield the blocks of `holder`; phrases between them are paragraphs."""
        phrases = text(holder.text)
        for child in holder:
            if child.tag in _BY_NAME:
                yield from _paragraph(phrases, around)
                yield from self.block(child, around)
                phrases = ""
            else:
                phrases += self.phrases.phrase(child)
            phrases += text(child.tail)
        yield from _paragraph(phrases, around)

    def block(self, item: HtmlElement, around: Spoken) -> Iterator[str]:
        for name in item.get("class", "").split():
            if (item.tag, name) in _BY_CLASS:
                return _BY_CLASS[item.tag, name](self, item, around)
        return _BY_NAME[item.tag](self, item, around)

    def part(self, name: str, holder: HtmlElement) -> str:
        """Return an element of a list."""
        return _part(name, *self.flow(holder))

    def flow(self, holder: HtmlElement, *, lift: bool = True) -> tuple[str, Spoken]:
        """Return what is within an item or a cell, one line or blocks, and what its element must state.

        With `lift` it states the language of a span around all the words, which then is left out.
        """
        if any(child.tag in _BY_NAME for child in holder):
            return "".join(self.within(holder)), spoken(holder)
        holder, stated = _lifted(holder, SILENT) if lift else (holder, spoken(holder))
        return self.phrases.line(holder), stated

    def group(self, item: HtmlElement, around: Spoken) -> Iterator[str]:
        return self.within(item, spoken(item, around))

    def paragraph(self, item: HtmlElement, around: Spoken) -> Iterator[str]:
        holder, stated = _lifted(item, around)
        line = self.phrases.line(holder)
        if "admonition-title" in item.get("class", "").split():
            line = element("strong", line)
        return _paragraph(line, stated)

    def heading(self, item: HtmlElement, around: Spoken) -> Iterator[str]:
        """Yield a heading one level below: the page around it has one of its own at the top."""
        holder, stated = _lifted(item, around)
        if line := self.phrases.line(holder):
            level = min(_HEADINGS.index(item.tag) + 2, 6)
            yield element(f"h{level}", line, *stated.attributes)

    def items(self, item: HtmlElement, around: Spoken) -> Iterator[str]:
        stated = [(name, item.get(name)) for name in ("start", "type") if item.tag == "ol" and item.get(name)]
        lines = [self.part("li", child) for child in item.iterchildren("li")]
        if item.get("reversed") is not None:
            yield from self.counted_down(item, around)
        elif lines:
            yield element(item.tag, _lines(lines), *spoken(item, around).attributes, *stated)

    def counted_down(self, item: HtmlElement, around: Spoken) -> Iterator[str]:
        """Yield a list whose numbers fall: nobody but us would count it so."""
        entries = list(item.iterchildren("li"))
        first = item.get("start", "")
        number = int(first) if first.removeprefix("-").isdecimal() else len(entries)
        for place, entry in enumerate(entries):
            entry.text = f"{number - place}. {entry.text or ''}"
            yield from self.within(entry, spoken(entry, spoken(item, around)))

    def terms(self, item: HtmlElement, around: Spoken) -> Iterator[str]:
        lines = [self.part(child.tag, child) for child in item.iter("dt", "dd")]
        if lines:
            yield element("dl", _lines(lines), *spoken(item, around).attributes)

    def quotation(self, item: HtmlElement, around: Spoken) -> Iterator[str]:
        if lines := list(self.within(item)):
            yield element("blockquote", _lines(lines), *spoken(item, around).attributes)

    def table(self, item: HtmlElement, around: Spoken) -> Iterator[str]:
        """Yield a table as a list: the first cell of each row is the term, the others say which column they are of."""
        stated = spoken(item, around)
        for caption in item.iterchildren("caption"):
            yield from _paragraph(element("strong", self.phrases.line(caption)), stated)
        lines = [line for row in tables.rows(item) for line in self.row(row)]
        if lines:
            yield element("dl", _lines(lines), *stated.attributes)

    def row(self, cells: Iterable[tables.Cell]) -> Iterator[str]:
        """Yield a term and its values; without the term they would be values of the row above."""
        name = "dt"
        for cell in cells:
            inner, stated = self.flow(cell.element, lift=not cell.headings)
            if inner or name == "dt":
                heading = ", ".join(filter(None, map(self.phrases.line, cell.headings)))
                yield _part(name, self.named(heading, inner or _EMPTY), stated)
            name = "dd"

    def named(self, name: str, value: str) -> str:
        if not name:
            return value
        pattern = text(self.labels.value)
        return pattern.replace("%(name)s", "\0").replace("%(value)s", value, 1).replace("\0", name, 1)

    def verbatim(self, item: HtmlElement, around: Spoken) -> Iterator[str]:
        """Yield preformatted words, their lines and spaces kept."""
        words = verbatim(item.text_content().strip("\n").replace("  ", "\u00a0 "))
        yield from _paragraph(element("code", words.replace("\n", "<br>")), spoken(item, around))

    def nothing(self, _: HtmlElement, __: Spoken) -> Iterator[str]:
        return iter(())

    def rule(self, _: HtmlElement, around: Spoken) -> Iterator[str]:
        return _paragraph(_BREAK_OF_THOUGHT, around)

    def title(self, item: HtmlElement, around: Spoken) -> Iterator[str]:
        return _paragraph(element("strong", self.phrases.line(item)), spoken(item, around))

    def sources(self, item: HtmlElement, around: Spoken) -> Iterator[str]:
        """Yield a list whose entries have numbers of their own."""
        for entry in item.iterchildren("li"):
            yield from self.within(entry, spoken(entry, spoken(item, around)))

    def end_notes(self, item: HtmlElement, around: Spoken) -> Iterator[str]:
        yield element("h3", text(self.labels.notes), *around.attributes, ("id", self.notes))
        for number, note in enumerate(item.iterfind("ol/li"), 1):
            first = note[0] if len(note) and note[0].tag == "p" else note
            first.text = f"{self.phrases.number_of_note(number)} {first.text or ''}"
            yield from self.within(note, spoken(note, around))


def _part(name: str, inner: str, stated: Spoken) -> str:
    """Return an element of a list; few sites show a term as one."""
    is_line = not inner.startswith("<p>")
    return element(name, element("strong", inner) if name == "dt" and inner and is_line else inner, *stated.attributes)


def _paragraph(line: str, stated: Spoken) -> Iterator[str]:
    if words := tidy(line):
        yield element("p", words, *stated.attributes)


def _lines(lines: Iterable[str]) -> str:
    return "\n" + "\n".join(lines) + "\n"


def _lifted(item: HtmlElement, around: Spoken) -> tuple[HtmlElement, Spoken]:
    """Return what holds the words of `item`, and what they are spoken in: a span around them all speaks for it."""
    stated = spoken(item, around)
    if len(item) != 1 or (item.text or "").strip() or (item[0].tail or "").strip():
        return item, stated
    only = item[0]
    return (only, spoken(only, stated)) if only.tag == "span" and only.get("lang") else (item, stated)


_BY_NAME: dict[object, Callable[[_Blocks, HtmlElement, Spoken], Iterator[str]]] = {
    **dict.fromkeys(_GROUPS, _Blocks.group),
    **dict.fromkeys(_HEADINGS, _Blocks.heading),
    "blockquote": _Blocks.quotation,
    "details": _Blocks.group,
    "dl": _Blocks.terms,
    "figcaption": _Blocks.paragraph,
    "hr": _Blocks.rule,
    "ol": _Blocks.items,
    "p": _Blocks.paragraph,
    "pre": _Blocks.verbatim,
    "summary": _Blocks.title,
    "table": _Blocks.table,
    "ul": _Blocks.items,
}
_BY_CLASS: dict[tuple[object, str], Callable[[_Blocks, HtmlElement, Spoken], Iterator[str]]] = {
    ("div", "footnote"): _Blocks.end_notes,
    ("p", "letters"): _Blocks.nothing,  # the way about a long page, from one heading to the next
    ("ol", "sources"): _Blocks.sources,
}
