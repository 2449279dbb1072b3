"""Two booklets of one edition in, the HTML of one out that has them in two columns, block beside block.

Each block is a row of two cells, the first language on the side where its lines begin. Items of lists, too, stand
beside each other; tables that are too wide for a column, and rolls of names, follow one another over both.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from stele.print.bilingual import pairing
from stele.sources import fragments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from stele.diagnostics import Diagnostic
    from stele.language.tags import Language
    from stele.print.bilingual.pairing import Version

# What holds blocks, and is no block itself.
_FRAMES = frozenset({"main", "nav", "section"})
# Pages whose lines stand one below the other in both languages.
_STACKED = frozenset({"cover", "half-title", "title-page", "back-cover"})
_HEADS = frozenset({"running-book", "running-chapter"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"ul", "ol", "dl"})
_WHOLE = frozenset({"note", "admonition", "entry", "names"})  # is not divided into rows
_SHORT, _LONG = 180, 900  # letters: about five lines of a column, and half a column
_COLUMNS = 2  # of a table that a column still holds


def columns(
    ours: Version, theirs: Version, name: str, stylesheets: Sequence[str]
) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the booklet `name` in both languages, and which of its blocks stand alone.

    `stylesheets` are the addresses of what sets two languages.
    """
    page, body = pairing.page_and_body(ours)
    other_page, other_body = pairing.page_and_body(theirs)
    pairing.set_apart(other_body, theirs.language.tag)
    for each in (body, other_body):
        _number_notes(each)
    setter = _Setter(ours.language, theirs.language)
    setter.frame(body, other_body)
    _dress(page, other_page, theirs, stylesheets)
    found = (*pairing.unaligned(setter.ours_alone, name, ours.language.tag),)
    found += (*pairing.unaligned(setter.theirs_alone, name, theirs.language.tag),)
    return fragments.serialize_page(page), found


class _Setter:
    """Puts the blocks of one tree beside those of the other, and remembers those that stand alone."""

    def __init__(self, ours: Language, theirs: Language) -> None:
        self.ours, self.theirs = ours, theirs
        self.ours_alone: list[HtmlElement] = []
        self.theirs_alone: list[HtmlElement] = []

    def frame(self, ours: HtmlElement, theirs: HtmlElement) -> None:
        """Fill a frame of the first booklet with the rows of both."""
        blocks = list(pairing.pairs(list(ours), list(theirs)))
        ours[:] = []
        for one, other in blocks:
            for element in (one, other):
                if element is not None:
                    element.tail = "\n"
            ours.extend(self.rows(one, other))
        if theirs.get("id"):
            self.anchor(ours, theirs.get("id"))

    def anchor(self, frame: HtmlElement, name: str) -> None:
        """Let links of the second language lead to the first of its cells in a frame."""
        for cell in frame.xpath(".//div[contains(@class, 'beside')]")[:1]:
            cell.set("id", name)

    def rows(self, one: HtmlElement | None, other: HtmlElement | None) -> Iterator[HtmlElement]:
        """Yield what is printed for a pair of blocks."""
        if one is None or other is None:
            yield from self.lone_row(one, other)
        elif pairing.is_single(one):
            if self.ours.counter_style != self.theirs.counter_style and "folio" in pairing.classes(one):
                one.set("class", "folio both")
            yield one
        elif _HEADS & pairing.classes(one):
            yield self.head(one, other)
        elif _STACKED & pairing.classes(one):
            pairing.stack(one, other, self.theirs)
            yield one
        elif one.tag in _FRAMES or "foot" in pairing.classes(one):
            self.frame(one, other)
            yield one
        elif len(mine := _pieces(one)) == len(theirs := _pieces(other)):
            yield from (self.row(piece, answer) for piece, answer in zip(mine, theirs, strict=True))
        else:
            yield self.row(one, other)

    def lone_row(self, one: HtmlElement | None, other: HtmlElement | None) -> Iterator[HtmlElement]:
        for block, alone in ((one, self.ours_alone), (other, self.theirs_alone)):
            if block is not None and not pairing.is_single(block) and block.text_content().strip():
                alone.append(deepcopy(block))
                yield self.row(one, other)

    def row(self, one: HtmlElement | None, other: HtmlElement | None) -> HtmlElement:
        blocks = ((one, self.ours, False), (other, self.theirs, True))
        some = next(block for block, _, _ in blocks if block is not None)
        kinds = [*_kinds(some), *_length(*(block for block, _, _ in blocks if block is not None))]
        row: HtmlElement = some.makeelement("div", {"class": " ".join(["row", *kinds])})
        for block, language, is_beside in blocks:
            row.append(cell := pairing.version_of(language, is_beside=is_beside, like=some))
            if block is not None:
                cell.append(block)
        row.tail = "\n"
        return row

    def head(self, one: HtmlElement, other: HtmlElement) -> HtmlElement:
        """Return a running head with both languages, each above its column."""
        holder = one.makeelement("p", {"class": one.get("class") or ""})
        for block, language, is_beside in ((one, self.ours, False), (other, self.theirs, True)):
            cell = pairing.version_of(language, is_beside=is_beside, like=one)
            cell.tag, block.tag, block.tail = "span", "span", None
            block.attrib.pop("class", None)
            cell.append(block)
            holder.append(cell)
        holder.tail = "\n"
        return holder


def _kinds(block: HtmlElement) -> Iterator[str]:
    """Yield what style sheets must know of a row: that it opens a chapter, is a heading, or needs both columns."""
    if block.tag == "header":
        yield "opening"
    within = [block, *block.iter("div", *_LISTS, *_HEADINGS)]
    if headings := [element.tag for element in within if element.tag in _HEADINGS]:
        yield f"of-{headings[0]}"
    elif any(element.tag in _LISTS for element in within):
        yield "of-item"
    if any(len(row) > _COLUMNS for row in block.iter("tr")) or any("names" in pairing.classes(e) for e in block.iter()):
        yield "wide"


def _length(*blocks: HtmlElement) -> Iterator[str]:
    """Yield that a row is short: one cell of four lines would go overleaf as a whole, and the other would be broken."""
    lengths = [len(block.text_content()) for block in blocks]
    if min(lengths) < _SHORT and max(lengths) < _LONG:
        yield "short"


def _pieces(block: HtmlElement) -> list[HtmlElement]:
    """Return a list as lists of one item each, and a block of records as one for each piece; all else as it is."""
    if (block.text or "").strip() or not len(block) or _WHOLE & pairing.classes(block):
        return [block]
    if block.tag == "div":
        return [_holding(block, [piece], number) for number, piece in enumerate(_pieces_in(block))]
    if block.tag in _LISTS:
        return [_holding(block, item, number) for number, item in enumerate(_items(block))]
    return [block]


def _pieces_in(holder: HtmlElement) -> Iterator[HtmlElement]:
    for child in holder:
        yield from _pieces(child)


def _items(holder: HtmlElement) -> Iterator[list[HtmlElement]]:
    """Yield the items of a list; a term goes with what defines it."""
    group: list[HtmlElement] = []
    for child in holder:
        goes_on = child.tag == "dd" or (child.tag == "dt" and group and group[-1].tag == "dt")
        if group and not goes_on:
            yield group
            group = []
        group.append(child)
    if group:
        yield group


def _holding(holder: HtmlElement, group: Sequence[HtmlElement], number: int) -> HtmlElement:
    """Return a copy of `holder` that holds a copy of its piece or item `number`, counted from 0."""
    made: HtmlElement = holder.makeelement(holder.tag, dict(holder.attrib))
    if holder.tag == "ol":
        made.set("style", f"counter-reset: list-item {int(holder.get('start') or '1') + number - 1}")
    if number:
        made.attrib.pop("id", None)
    made.extend(deepcopy(element) for element in group)
    return made


def _number_notes(body: HtmlElement) -> None:
    """Give each note of a chapter its number: the counter of a booklet would go on from one language to the other."""
    for chapter in body.iter("section"):
        notes = (note for note in chapter.iter("span") if "footnote" in pairing.classes(note))
        for number, note in enumerate(notes):
            note.set("style", f"counter-set: footnote {number}")


def _dress(page: HtmlElement, other: HtmlElement, theirs: Version, stylesheets: Sequence[str]) -> None:
    """Give the page the style sheets of two languages, and what only the second needs: digits, its word for pages."""
    style = (
        f"@counter-style folio-beside {{ system: extends {theirs.language.counter_style} }}\n"
        f"{pairing.fonts_of(theirs)} .beside {{ {other.get('style') or ''} }}\n"
        f"html {{ direction: {page.get('dir')} }}"
    )
    pairing.dress(page, stylesheets, style)
    # Rules of letters ask in which direction the elements around run: here those of a version alone.
    del page.attrib["dir"]
