"""The bytes of a page in, its passages out: what a reader sees or hears, block by block, in reading order."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, Any

from stele.language.numerals import european
from stele.sources.fragments import FALLBACK, RECORD, parse_to_read

if TYPE_CHECKING:
    from collections.abc import Iterator

# Phrasing content of HTML stays within its block; all other elements begin a passage of their own.
_PHRASES = frozenset(
    "a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q rp rt ruby s samp small span strong sub sup time u"  # noqa: SIM905 (read as a line)
    " var wbr".split()
)
# What stands in a textarea is for the pages of others, and written for machines.
_SILENT = frozenset({"script", "style", "template", "noscript", "textarea"})
_FRAMES = frozenset({"nav", "footer"})
_VERBATIM = frozenset({"code", "kbd", "samp", "var"})
_EMPHASIS = frozenset({"em", "i", "cite", "q"})
REMARK = "remark"
_REMARKS = frozenset({"fallback-note", "notice"})
_SPOKEN = ("alt", "title", "aria-label")
_LANGUAGE = re.compile(r"<html\b[^>]*\blang=[\"']?([A-Za-z0-9-]+)", re.IGNORECASE)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL | re.IGNORECASE)
_DESCRIPTION = re.compile(r"<meta name=\"description\" content=\"([^\"]*)\"", re.IGNORECASE)
_READ, _UNREAD = re.compile(r"[^\W_]"), re.compile(r"[\W_]+")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>&@])")
_LARGE = 100_000  # bytes of a page: long rolls are not kept in memory
_LAYOUT = "\u00ad\u2060\u200b\ufeff"


@dataclass(frozen=True, slots=True)
class Mark:
    """The words that stand on a page for the value `id` of the ledger."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of a page, or one attribute that is read aloud.

    `kind` is the name of its element or attribute, `note` for a footnote; `tag` is the language of all its words.
    `text` is what is read, without the calls of notes; `markup` the same as inline Markdown, in which runs in another
    language and emphasis are marked, as the readers of catalogs want it. `marks` are the values of records in it,
    `record` that of the row or entry around it. `links` are where it leads, `calls` the notes it calls.
    `framed` says that it is no part of the text, but of what surrounds it on every page; `fallback` that a part of it
    is no translation yet.
    """

    kind: str
    tag: str
    text: str
    markup: str = ""
    marks: tuple[Mark, ...] = ()
    record: str = ""
    links: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    framed: bool = False
    fallback: bool = False

    @property
    def bare(self) -> str:
        """Return the letters and digits of the text without its values: what a catalog has of it too."""
        text = self.text
        for mark in self.marks:
            text = text.replace(mark.text, " ", 1)
        return letters(text)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a site: its `path` below the output folder, the language it is in, and its passages in order."""

    path: str
    tag: str
    passages: tuple[Passage, ...]

    @property
    def key(self) -> str:
        """Return what pages of all languages share that say the same: the path below the folder of the language."""
        return self.path.partition(f"/{self.tag}/")[2]


def letters(text: str) -> str:
    """Return what of a text no typesetting changes: its letters and digits, these as Europeans write them."""
    return _UNREAD.sub("", european(unicodedata.normalize("NFC", text)))


def read_page(path: str, data: bytes) -> Page:
    """Return the passages of the page at `path`.

    A page is read to be held against other languages, against a booklet and against a book, so it is remembered.
    """
    return (_remembered if len(data) < _LARGE else _read)(path, data)


def _read(path: str, data: bytes) -> Page:
    html = data.decode(errors="replace")
    found = _LANGUAGE.search(html)
    tag = found[1] if found else ""
    reader = _Reader(tag)
    for kind, pattern in (("title", _TITLE), ("description", _DESCRIPTION)):
        if match := pattern.search(html):
            text = _folded(unescape(match[1]))
            reader.passages.append(Passage(kind, tag, text, _escaped(text), framed=True))
    reader.block(parse_to_read(html), _Place(tag=tag, kind="div", framed=True))
    return Page(path, tag, tuple(reader.passages))


_remembered = lru_cache(maxsize=512)(_read)


def read_passages(html: str, tag: str) -> tuple[Passage, ...]:
    """Return the passages of a fragment in the language `tag`."""
    reader = _Reader(tag)
    reader.block(parse_to_read(html), _Place(tag=tag, kind="div"))
    return tuple(reader.passages)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk stands: the block it is in, the language, the record and the surroundings."""

    tag: str
    kind: str
    record: str = ""
    framed: bool = False
    noted: bool = False


@dataclass(slots=True)
class _Reader:
    """Walks the tree once; `pieces` and the rest are of the block that is open."""

    tag: str
    passages: list[Passage] = field(default_factory=list)
    pieces: list[tuple[str, str, str]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    is_fallback: bool = False

    def block(self, element: Any, place: _Place) -> None:
        self.add(element.text, place.tag)
        for child in element:
            name = child.tag
            if isinstance(name, str) and name not in _SILENT:
                self.child(child, name, place)
            self.add(child.tail, place.tag)
        self.close(place)

    def child(self, child: Any, name: str, place: _Place) -> None:
        if name in _PHRASES:
            self.phrase(child, place, "")
            return
        self.close(place)
        if not _REMARKS.isdisjoint(_classes(child)):
            self.remark(child, place)
            return
        inner = _within(child, name, place)
        self.spoken(child, inner)
        self.block(child, inner)

    def phrase(self, element: Any, place: _Place, style: str) -> None:
        """Read phrasing content, whose pieces go on in the passage that is open."""
        if _is_call(element):
            self.calls.append(_folded("".join(element.itertext())))
            return
        classes = _classes(element)
        if "footnote-backref" in classes:
            return
        if "fallback-note" in classes:
            self.remark(element, place)
            return
        own = replace(place, tag=element.get("lang")) if element.get("lang") else place
        self.is_fallback |= element.get(FALLBACK) is not None
        self.spoken(element, own)
        if element.tag == "br":
            self.add(" ", place.tag)
        if element.tag == "a" and element.get("href"):
            self.links.append(element.get("href"))
        style = "code" if element.tag in _VERBATIM else "em" if element.tag in _EMPHASIS else style
        start = len(self.pieces)
        self.add(element.text, own.tag, style)
        for child in element:
            name = child.tag
            if isinstance(name, str) and name not in _SILENT:
                if name in _PHRASES:
                    self.phrase(child, own, style)
                else:
                    self.child(child, name, own)
            self.add(child.tail, own.tag, style)
        if record := element.get(RECORD):
            self.marks.append(Mark(record, _folded("".join(text for text, _, _ in self.pieces[start:]))))

    def remark(self, element: Any, place: _Place) -> None:
        """Take what an edition says of its own state: that a passage is not translated."""
        text = _folded("".join(element.itertext()))
        self.passages.append(Passage(REMARK, place.tag, text, framed=True))

    def add(self, text: str | None, tag: str, style: str = "") -> None:
        if text:
            self.pieces.append((text, tag, style))

    def spoken(self, element: Any, place: _Place) -> None:
        """Take what is read aloud of an element; labels of notes and their returns belong to the machine room."""
        if "footnote" in (element.get("class") or ""):
            return
        for name in _SPOKEN:
            if (value := element.get(name)) and (text := _folded(value)):
                self.passages.append(Passage(name, place.tag, text, _escaped(text), framed=place.framed))

    def close(self, place: _Place) -> None:
        """End the passage that is open; one without words is none."""
        text = "".join([piece for piece, _, _ in self.pieces]) if self.pieces else ""
        text = "" if text.isspace() else _folded(text)  # most is the space between two elements
        if text or self.calls:
            tags = {tag for piece, tag, _ in self.pieces if _READ.search(piece)}
            tag = tags.pop() if len(tags) == 1 else place.tag
            self.passages.append(
                Passage(
                    "note" if place.noted else place.kind,
                    tag,
                    text,
                    _marked(self.pieces, tag, text),
                    tuple(self.marks),
                    place.record,
                    tuple(self.links),
                    tuple(self.calls),
                    place.framed,
                    self.is_fallback,
                )
            )
        self.pieces, self.marks, self.links, self.calls, self.is_fallback = [], [], [], [], False


def _within(element: Any, name: str, place: _Place) -> _Place:
    return _Place(
        element.get("lang") or place.tag,
        name,
        element.get(RECORD) or place.record,
        name in _FRAMES or (place.framed and name != "main"),
        place.noted or element.get("role") == "doc-endnotes",
    )


def _classes(element: Any) -> list[str]:
    return (element.get("class") or "").split()


def _is_call(element: Any) -> bool:
    return element.tag == "sup" and any("footnote-ref" in (link.get("class") or "") for link in element.iter("a"))


def _folded(text: str) -> str:
    for sign in _LAYOUT:  # `translate` would look at every letter
        text = text.replace(sign, "")
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _marked(pieces: list[tuple[str, str, str]], own: str, text: str) -> str:
    """Return the pieces as inline Markdown; where none is marked, as in most passages, that is their `text`."""
    if all(tag == own and not style for _, tag, style in pieces):
        return _escaped(text)
    return _folded("".join(_of_markup(pieces, own)))


def _of_markup(pieces: list[tuple[str, str, str]], own: str) -> Iterator[str]:
    for text, tag, style in pieces:
        if style == "code":
            yield "\ufffc"
            continue
        shown = _escaped(text)
        if style == "em" and shown.strip():
            shown = f"*{shown.strip()}*" + " " * (shown[-1:].isspace())
        yield shown if tag == own else f'<span lang="{tag}">{shown}</span>'
