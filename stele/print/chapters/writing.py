"""A piece of a book, laid out, in; its pages as a PDF out, and what was seen on them.

A piece is written without fonts, which come with the whole book. All that is out is a value: it can be kept, and comes
from another process.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from stele.print import inspection
from stele.print.breaks import broken_badly
from stele.print.chapters.setting import OPTIONS
from stele.print.chapters.typefaces import PieceFonts, Typeface, drawn_with
from stele.print.preflight.flaws import Untold, flaw
from stele.print.printed_words import Packed, packed, printed_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from stele.print.preflight.flaws import Flaw, Remark


class Sheet(Protocol):
    """A page, as it is written: WeasyPrint's, or one that draws itself. Lengths are in CSS px, bleed by its side.

    What is seen on pages, and their tags, come from the boxes in `_page_box`.
    """

    width: float
    height: float
    bleed: Mapping[str, float]
    bookmarks: Sequence[tuple[int, str, tuple[float, float], str]]  # level, label, place, state
    links: Sequence[tuple[str, str, tuple[float, ...], Any]]  # kind, target, rectangle, box
    anchors: dict[str, tuple[float, ...]]
    forms: Mapping[Any, Sequence[Any]]

    def paint(self, stream: Any, scale: float = 1) -> None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Seen:
    """What is on the pages of a piece, beside what they show: `crowded` says that a place holds more than fits."""

    remarks: tuple[Remark, ...]
    words: Packed
    flaws: tuple[Flaw, ...]
    crowded: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """The pages of a piece from `first` on: a PDF without fonts and outline.

    `anchors` are the pages in the book of what it has; `bookmarks` stand by page, with the height of the page in CSS
    px; `covers` are what the HTML calls its outer pages.
    """

    pdf: bytes
    first: int
    anchors: Mapping[str, int]
    bookmarks: tuple[tuple[float, tuple[Any, ...]], ...]
    typefaces: tuple[Typeface, ...]
    seen: Seen
    covers: tuple[str, str]

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return len(self.bookmarks)


def written(document: Any, html: str, name: str, first: int, elsewhere: frozenset[str]) -> Written:
    """Return a laid-out document of WeasyPrint as a piece of the booklet `name`; `elsewhere` are anchors of others."""
    pages: Sequence[Sheet] = document.pages
    numbered = reversed(list(enumerate(pages, first)))
    anchors = {anchor: number for number, page in numbered for anchor in page.anchors}
    bookmarks = tuple((page.height, tuple(page.bookmarks)) for page in pages)
    # Links lead to anchors of this document alone. Those of other pieces stand on its first page until all are joined.
    pages[0].anchors.update(dict.fromkeys(elsewhere - anchors.keys(), (0.0, 0.0, 0.0, 0.0)))
    document.fonts = PieceFonts()
    pdf = document.write_pdf(**OPTIONS, finisher=lambda _, made: _name_headers(made, first))
    seen = look(document, name, first)
    return Written(
        pdf,
        first,
        anchors,
        bookmarks,
        drawn_with(document.fonts),
        replace(seen, remarks=(*misprinted_notes([document], [html], name), *seen.remarks)),
        covers(document),
    )


def _name_headers(pdf: Any, first: int) -> None:
    """Give the headers of tables names that no other piece has; WeasyPrint calls them by the numbers of objects."""
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("S") in ("/TH", "/TD"):
            names = [*item["A"].get("Headers", ()), *([item["ID"]] if "ID" in item else [])]
            for name in names:
                name.string = name.string if name.string.startswith("p") else f"p{first}-{name.string}"


def look(document: Any, name: str, first: int = 1) -> Seen:
    """Return what is on the pages of a document whose first page is `first`."""
    crowded: list[Remark] = list(inspection.crowded_places(document, name, first))
    # What runs over its place leaves boxes and pages too: when it is shortened, these are looked at.
    found = crowded or inspection.overfull_boxes(document, name, first)
    told = (*found, *inspection.untranslated_words(document, name, first))
    if crowded:
        return Seen(told, Packed(), (), crowded=True)
    return Seen(told, packed(printed_words(document, first)), tuple(broken_badly(document, first)))


def misprinted_notes(documents: Sequence[Any], htmls: Sequence[str], name: str) -> Iterator[Untold]:
    """Yield a flaw when the pages do not hold every note exactly once."""
    from weasyprint.formatting_structure.boxes import FootnoteAreaBox

    pages_of: Counter[Any] = Counter()
    for page in (page for document in documents for page in document.pages):
        areas = (box for box in page._page_box.children if isinstance(box, FootnoteAreaBox))  # noqa: SLF001
        notes = (box.element for area in areas for box in area.descendants() if box.element is not None)
        pages_of.update({note for note in notes if note.get("class") == "footnote"})
    printed, written = sum(pages_of.values()), sum(html.count('<span class="footnote"') for html in htmls)
    if printed != written or len(pages_of) != written:
        found = flaw("misprinted-note", written=written, printed=len(pages_of), times=printed)
        yield Untold(name, found)


def covers(document: Any) -> tuple[str, str]:
    """Return the names that the HTML gives to its outer pages, for readers who move from page to page."""
    named = document.metadata.custom
    return named.get("front-cover", ""), named.get("back-cover", "")
