"""A localized document in, what a search can find on its page out: sections, and people of rolls, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stele.language.tags import direction
from stele.sources import fragments, media

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from lxml.html import HtmlElement

    from stele.translation.localization import LocalizedDocument

_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
# HTML Standard, 3.2.5.2.5 Phrasing content, as far as content may have it: what does not part words.
_PHRASES = frozenset(
    [
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "cite",
            "code",
            "del",
            "dfn",
            "em",
            "i",
            "ins",
            "kbd",
            "mark",
            "q",
            "rp",
            "rt",
        ),
        *("ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
    ]
)
_CALL = "footnote-ref"
# What leads elsewhere and is no text: numbers of sources, arrows of notes, the letters above a long roll.
_LINKS = frozenset({"cited", "footnote-backref", "letters"})
_LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some plain text and the tag of its language."""

    text: str
    tag: str


@dataclass(frozen=True, slots=True)
class Section:
    """What stands below a heading, or one person of a roll; what opens a page has no heading and no anchor.

    `text` goes on from piece to piece, white space included. `records` are the ids of records of the ledger that are
    told of here, each with whether a row or an entry is about it, not a word of a sentence alone. `person` is the id
    of the one person that this is, empty for all else.
    """

    key: str
    anchor: str
    title: tuple[Piece, ...]
    heading: tuple[Piece, ...]
    text: tuple[Piece, ...]
    records: Mapping[str, bool]
    person: str = ""


def sections(document: LocalizedDocument, people: Collection[str]) -> list[Section]:
    """Return the sections of a page as the web shows it; each of `people`, who are ids, is one in a roll."""
    root = fragments.parse(document.html)
    media.keep(root, "web")
    reader = _Reader(_notes(root), people)
    reader.open("")
    for part in (fragments.parse(document.description), root):
        reader.read(part, document.language.tag)
    title = tuple(_pieces(fragments.parse(document.title), document.language.tag))
    return [draft.section(document.key, title) for draft in reader.drafts if draft.is_told]


@dataclass(slots=True)
class _Draft:
    anchor: str
    heading: tuple[Piece, ...] = ()
    pieces: list[Piece] = field(default_factory=list)
    records: dict[str, bool] = field(default_factory=dict)
    gap: str = ""
    person: str = ""

    @property
    def is_told(self) -> bool:
        """Say whether there is anything to find, or this opens the page."""
        return bool(self.heading or self.pieces or not self.anchor)

    def part(self, gap: str) -> None:
        """Part what was told from what follows; the greater gap is kept."""
        self.gap = max(self.gap, gap, key=len)

    def tell(self, text: str, tag: str) -> None:
        """Add text behind the gap, white space folded."""
        if not text.strip():
            self.part(" " if text else "")
            return
        told = " ".join(text.split())
        starts_apart = self.gap or (" " if text[0].isspace() else "")
        self.pieces.append(Piece((starts_apart if self.pieces else "") + told, tag))
        self.gap = " " if text[-1].isspace() else ""

    def section(self, key: str, title: tuple[Piece, ...]) -> Section:
        return Section(key, self.anchor, title, self.heading, tuple(self.pieces), self.records, self.person)


class _Reader:
    """Reads a page from its first to its last word; each note is read where it is called first."""

    def __init__(self, notes: Mapping[str, HtmlElement], people: Collection[str]) -> None:
        self.drafts: list[_Draft] = []
        self._notes, self._people = dict(notes), people
        self._called: list[HtmlElement] = []
        self._anchor = ""
        self._tag, self._dot = "", ""

    def open(self, anchor: str, heading: tuple[Piece, ...] = ()) -> None:
        self._anchor = anchor
        self._draft = _Draft(anchor, heading)
        self.drafts.append(self._draft)

    def read(self, root: HtmlElement, tag: str) -> None:
        self._tag = tag
        self._dot = " \u200f· " if direction(tag) == "rtl" else " · "  # cells stay in order whatever their script
        self._inside(root, tag)
        self._read_called()

    def _read_called(self) -> None:
        while self._called:
            note = self._called.pop(0)
            self._draft.part(" ")
            self._inside(note, note.get("lang") or self._tag)

    def _element(self, element: HtmlElement, tag: str) -> None:
        own = element.get("lang") or tag
        if not isinstance(element.tag, str) or _LINKS & {*(element.get("class") or "").split()}:
            return
        if element.tag in _HEADINGS and element.get("id"):
            self._heading(element, own)
        elif element.tag == "li" and element.get(fragments.RECORD) in self._people:
            self._person(element, own)
        elif element.tag == "a" and _CALL in (element.get("class") or ""):
            self._call(element)
        else:
            self._told(element, own)

    def _told(self, element: HtmlElement, tag: str) -> None:
        is_block = element.tag not in _PHRASES
        gap = self._dot if element.tag in _CELLS else " " if is_block else ""
        self._draft.part(gap)
        record = element.get(fragments.RECORD)
        if record:
            self._draft.records[record] = is_block or self._draft.records.get(record, False)
        self._inside(element, tag)
        self._draft.part(gap)

    def _inside(self, element: HtmlElement, tag: str) -> None:
        self._draft.tell(element.text or "", tag)
        for child in element:
            self._element(child, tag)
            self._draft.tell(child.tail or "", tag)

    def _heading(self, element: HtmlElement, tag: str) -> None:
        """Open a section; the letters of a roll are no sections, but the way to the people below them."""
        self._read_called()
        parent = element.getparent()
        if parent is not None and parent.get("class") == _LETTER:
            self._anchor = element.get("id") or ""
        else:
            self.open(element.get("id") or "", tuple(_pieces(element, tag)))

    def _person(self, element: HtmlElement, tag: str) -> None:
        """Give one person a draft of its own: the name is what it is called, the details are what it tells."""
        person = element.get(fragments.RECORD) or ""
        around, self._draft = self._draft, _Draft(element.get("id") or self._anchor, person=person)
        self._draft.records[person] = True
        for details in element.find_class("details"):
            self._inside(details, tag)
            details.drop_tree()
        self._draft.heading = tuple(_pieces(element, tag))
        self.drafts.append(self._draft)
        self._draft = around

    def _call(self, element: HtmlElement) -> None:
        note = self._notes.pop((element.get("href") or "").removeprefix("#"), None)
        if note is not None:
            self._called.append(note)


def _notes(root: HtmlElement) -> dict[str, HtmlElement]:
    """Take the notes out of a page, by their ids."""
    notes: dict[str, HtmlElement] = {}
    for block in root.find_class("footnote"):
        notes |= {item.get("id") or "": item for item in block.iter("li")}
        block.drop_tree()
    return notes


def _pieces(root: HtmlElement, tag: str) -> list[Piece]:
    """Return the text inside `root` in its languages."""
    draft = _Draft("")
    for element, place, own in fragments.texts(root, tag):
        draft.tell(getattr(element, place), own)
    return draft.pieces
