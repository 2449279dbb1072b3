"""Two booklets of one edition in, the same with their blocks numbered out, to be laid out for facing pages.

The first language has the left page of a spread, which is the right one where the spine is on the right; the second has
the other. Blocks of one number begin on one spread. Each language is laid out by itself, with the pages of the other
left blank, so folios, margins and references are those of the whole; then the pages are put into each other.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stele.print.bilingual import pairing
from stele.sources import fragments

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from lxml.html import HtmlElement

    from stele.diagnostics import Diagnostic
    from stele.print.bilingual.pairing import Pair, Version

BLOCK = "data-block"

# Pages of text without end.
GALLEYS = "@page text { margin-bottom: -30000px } @page text:left { margin-bottom: -30000px }"

# What is opened to find blocks in it; all else is one block. In a quotation or a note nothing can be divided.
_HOLDERS = frozenset({"div", "dl", "nav", "ol", "section", "table", "tbody", "ul"})
_WHOLE = frozenset({"note", "admonition", "entry", "names", "colophon", "imprint", "layout-plate"})
_STACKED = frozenset({"cover", "title-page", "back-cover"})
_OUTSIDE = frozenset({"half-title", "blank", "running-book", "running-chapter", "folio"})
_KEPT = frozenset({"header", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "thead"})


@dataclass(frozen=True, slots=True)
class Facing:
    """The HTML of each side, in which blocks have the attribute `BLOCK`, numbered from 0 to `count`.

    `openers` are the blocks with which a chapter begins, `kept` those that no page may end with.
    """

    ours: str
    theirs: str
    count: int
    openers: frozenset[int]
    kept: frozenset[int]


def facing(
    ours: Version, theirs: Version, name: str, stylesheets: Sequence[str]
) -> tuple[Facing, tuple[Diagnostic, ...]]:
    """Return the sides of the booklet `name`, and which blocks stand alone.

    `stylesheets` are the addresses of what sets facing pages.
    """
    (page, body), (other_page, other_body) = pairing.page_and_body(ours), pairing.page_and_body(theirs)
    pairing.set_apart(other_body, theirs.language.tag)
    counter = _Counter()
    for one, other in list(pairing.pairs(_spreads_of(body), _spreads_of(other_body))):
        if one is None or other is None:
            continue  # a theme that has a page in one language alone
        if _STACKED & pairing.classes(one):
            pairing.stack(one, deepcopy(other), theirs.language)
        else:
            counter.spread(one, other)
    _dress(page, "verso", page.get("dir"), stylesheets, pairing.fonts_of(theirs))
    _dress(other_page, "recto", page.get("dir"), stylesheets)
    sides = Facing(
        fragments.serialize_page(page),
        fragments.serialize_page(other_page),
        counter.number,
        frozenset(counter.openers),
        frozenset(counter.kept),
    )
    found = (
        *pairing.unaligned(counter.alone[0], name, ours.language.tag),
        *pairing.unaligned(counter.alone[1], name, theirs.language.tag),
    )
    return sides, found


def opening(blocks: Collection[int]) -> str:
    """Return the style by which `blocks` begin a page of their side."""
    selectors = ", ".join(f'[{BLOCK}="{number}"]' for number in sorted(blocks))
    return f"{selectors} {{ break-before: var(--side); margin-top: 0 }}" if selectors else ""


def _spreads_of(body: HtmlElement) -> list[HtmlElement]:
    """Return what begins a page: the sections of a body, the chapters among them."""
    found = []
    for child in _held(body):
        found += _held(child) if child.tag == "main" else [child]
    return found


@dataclass(slots=True)
class _Counter:
    """Numbers the blocks of both trees; `alone` are those of each that have nothing beside them."""

    number: int = 0
    openers: set[int] = field(default_factory=set)
    kept: set[int] = field(default_factory=set)
    alone: tuple[list[HtmlElement], list[HtmlElement]] = field(default_factory=lambda: ([], []))

    def spread(self, one: HtmlElement, other: HtmlElement) -> None:
        """Count what begins a spread of its own, such as a chapter, and the blocks in it."""
        self.openers.add(self.number)
        self.blocks(one, other)

    def blocks(self, one: HtmlElement, other: HtmlElement) -> None:
        """Count a pair of blocks, or those that both hold; the first of these is the holder itself."""
        if not _is_opened(one, other):
            self.pair(one, other)
            return
        begun = self.number
        last: list[HtmlElement | None] = [None, None]
        for pair in list(pairing.pairs(_held(one), _held(other))):
            ours, theirs = pair
            if ours is not None and theirs is not None:
                self.blocks(ours, theirs)
            else:
                pair = self.lone(pair, (one, other), last)
            last = list(pair)
        for holder in (one, other):
            for first in holder.xpath(f".//*[@{BLOCK}='{begun}']"):
                del first.attrib[BLOCK]
            holder.set(BLOCK, str(begun))

    def pair(self, one: HtmlElement, other: HtmlElement) -> None:
        if one.tag in _KEPT or _leads_to_quotation(one):
            self.kept.add(self.number)
        for block in (one, other):
            block.set(BLOCK, str(self.number))
        self.number += 1

    def lone(self, pair: Pair, holders: Sequence[HtmlElement], last: Sequence[HtmlElement | None]) -> Pair:
        """Count a block that has nothing beside it, and put an empty one there."""
        filled = list(pair)
        for side, block in enumerate(pair):
            if block is None:
                filled[side] = _empty(holders[side], last[side])
            elif block.text_content().strip():
                self.alone[side].append(deepcopy(block))
        self.pair(*filled)
        return filled[0], filled[1]


def _empty(holder: HtmlElement, last: HtmlElement | None) -> HtmlElement:
    """Return a new block without words, behind the `last` one of its holder."""
    made: HtmlElement = holder.makeelement("div", {"class": "empty"})
    if last is None:
        holder.insert(0, made)
    else:
        made.tail, last.tail = last.tail, None
        last.addnext(made)
    return made


def _held(holder: HtmlElement) -> list[HtmlElement]:
    return [child for child in holder if not _OUTSIDE & pairing.classes(child)]


def _is_opened(one: HtmlElement, other: HtmlElement) -> bool:
    """Say whether blocks are looked for in a holder; in a list or table only where all stand for each other.

    Of rolls of names only those have pages that composition filled.
    """
    is_whole = _WHOLE & pairing.classes(one) and "set" not in pairing.classes(one)
    if one.tag not in _HOLDERS or not _held(one) or not _held(other) or is_whole:
        return False
    return one.tag == "section" or pairing.alike(_held(one), _held(other))


def _leads_to_quotation(block: HtmlElement) -> bool:
    following = block.getnext()
    return block.tag == "p" and following is not None and following.tag == "blockquote"


def _dress(page: HtmlElement, side: str, direction: str, stylesheets: Sequence[str], more: str = "") -> None:
    """Let chapters begin on pages of a side, and pages follow each other in the `direction` of the first language."""
    style = f":root {{ --side: {side}; direction: {direction} }} body {{ direction: {page.get('dir')} }}"
    pairing.dress(page, stylesheets, f"{style} {more}")
    page.find("body").set("class", f"{side} facing")
