"""A text with references to the ledger in, the same with what stands for them out: values, blocks of records, notes."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from stele.sources import fragments
from stele.sources.ledger.references import places, replaced
from stele.sources.ledger.writing import write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from stele.sources.ledger.records import Citation
    from stele.sources.ledger.references import Call, Reference
    from stele.sources.ledger.writing import Value

    Note = tuple[Citation, ...]
    Parts = tuple[str, ...]
    Statements = Mapping[str, Parts]
    # Told of what cannot be printed: a code, a sentence, a hint.
    Report = Callable[[str, str, str], None]

# A reference that is not written must not be taken for an attribute list.
_LITERAL_BRACES = r"\{\}"
_MARKDOWN = re.compile(r"[\\`*_\[\]{}]")
_CALL = "citation"
_LISTED = "source-ref"


@dataclass(frozen=True, slots=True)
class Inscriptions:
    """What is printed for the references of one language.

    `patterns` are how dates are written, by tag; `notes` and `blocks` are safe HTML. `bibliography` is the path of the
    document that lists the sources, empty where none does. `statements` are what is printed of each record, in parts of
    safe HTML, by its kind and id: ``figure killed.government``.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    patterns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    notes: Mapping[Note, str] = field(default_factory=dict)
    blocks: Mapping[Call, str] = field(default_factory=dict)
    bibliography: str = ""
    statements: Statements = field(default_factory=dict)

    def in_markdown(self, text: str, tag: str, report: Report) -> str:
        """Return inline Markdown with its references written in the language `tag`, each value marked as such."""
        return replaced(text, lambda reference: self._marked(reference, tag, report), _LITERAL_BRACES)

    def plain(self, text: str, tag: str, report: Report) -> str:
        """Return a text without markup with its references written."""
        return replaced(text, lambda reference: self._words(reference, tag, report))

    def note(self, citations: Note) -> str:
        """Return the note of a citation; in a translation its words may be other ones, but no number."""
        if citations in self.notes:
            return self.notes[citations]
        wanted = [(item.source, places(item)) for item in citations]
        alike = (
            html for items, html in self.notes.items() if [(item.source, places(item)) for item in items] == wanted
        )
        return next(alike, "")

    def _marked(self, reference: Reference, tag: str, report: Report) -> str | None:
        words = self._words(reference, tag, report)
        if words is None:
            return None
        literal = _MARKDOWN.sub(r"\\\g<0>", escape(words, quote=False))
        return f'<span {fragments.RECORD}="{reference.id}">{literal}</span>'

    def _words(self, reference: Reference, tag: str, report: Report) -> str | None:
        value = self.values.get(reference.id)
        if value is None:
            hint = "write its record in content/ledger, or a backslash before the brace if it is none"
            report("unknown-record", f"“{reference.id}” is no record of the ledger", hint)
            return None
        try:
            return write(value, reference, tag, self.patterns.get(tag, {}))
        except (ValueError, KeyError) as error:
            hint = "letters stand for parts of a date, words stand in 'apostrophes'"
            report("bad-pattern", f"{reference.id}:{reference.pattern} cannot be written: {error}", hint)
            return None


def unwritten(text: str) -> str:
    """Return inline Markdown whose references will be read as they are written."""
    return replaced(text, lambda _: None, _LITERAL_BRACES)


def call(number: int) -> str:
    """Return HTML that stands for citation `number` of a text until `set_notes`."""
    return f'<sup class="{_CALL}" {fragments.RECORD}="{_CALL}.{number}"></sup>'


def set_notes(root: Any, cited: list[Note], inscriptions: Inscriptions) -> None:
    """Make notes of the citations below `root`, among those that are written out, and number all by their calls."""
    calls = root.xpath(f".//sup[@class='{_CALL}'][@{fragments.RECORD}]")
    names: dict[str, str] = {}
    for element in calls:
        number = int(element.get(fragments.RECORD).rpartition(".")[2])
        html = inscriptions.note(cited[number]) if number < len(cited) else ""
        if not html:
            element.drop_tree()
            continue
        _set_call(element, names.setdefault(html, f"cite-{len(names) + 1}"), len(root.xpath(".//sup[@id]")))
    if names:
        items = _list_of_notes(root)
        items.extend(_note(html, name, root) for html, name in names.items())
        _number(root, items)


def _set_call(element: Any, name: str, count: int) -> None:
    element.attrib.clear()
    element.set("id", f"fnref{count}:{name}")
    element.append(link := element.makeelement("a", {"class": "footnote-ref", "href": f"#fn:{name}"}))
    link.text = "0"


def _list_of_notes(root: Any) -> Any:
    found = root.xpath("./div[@class='footnote']/ol")
    if found:
        return found[-1]
    block = fragments.parse('<div class="footnote"><hr><ol></ol></div>')[0]
    root.append(block)
    return block[-1]


def _note(html: str, name: str, root: Any) -> Any:
    item = fragments.parse(f'<ol><li id="fn:{name}"><p>{html}</p></li></ol>')[0][0]
    for call_ in root.xpath(f".//sup[a[@href='#fn:{name}']]"):
        arrow = item.makeelement("a", {"class": "footnote-backref", "href": f"#{call_.get('id')}"})
        arrow.text = "\u21a9"
        last = item[0][-1] if len(item[0]) else None
        if last is None:
            item[0].text = (item[0].text or "") + "\u00a0"
        else:
            last.tail = (last.tail or "") + "\u00a0"
        item[0].append(arrow)
    return item


def _number(root: Any, items: Any) -> None:
    """Put the notes in the order of their calls, and say so in the calls."""
    order: dict[str, int] = {}
    for link in root.xpath(".//a[contains(@class, 'footnote-ref')]"):
        order.setdefault(link.get("href").removeprefix("#"), len(order) + 1)
        link.text = str(order[link.get("href").removeprefix("#")])
    items[:] = sorted(items, key=lambda item: order.get(item.get("id"), len(order) + 1))


def link_to_bibliography(root: Any, path: str, bibliography: str) -> None:
    """Let the numbers of sources lead from the document at `path` to the one that lists them, or to nothing."""
    for link in root.xpath(f".//a[@class='{_LISTED}']"):
        if not bibliography:
            link.drop_tag()
        elif path != bibliography:
            address = posixpath.relpath(bibliography, posixpath.dirname(path))
            link.set("href", address + link.get("href"))
