"""The footnotes of a chapter in, notes that open beside their call out.

Reading systems show an ``aside`` of the type footnote in a window of its own when its call, of the type noteref, is
touched (EPUB 3 Structural Semantics Vocabulary 1.1, 2.9; DPUB-ARIA 1.1, doc-noteref and doc-footnote). Some hide it
from the text then. So each has its number with it, which is the way back to the text at the same time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.language.numbers import native_digits

if TYPE_CHECKING:
    from lxml.html import HtmlElement

TYPE = "epub:type"
_BACK = "footnote-backref"


def set_notes(root: HtmlElement, tag: str, title: str) -> None:
    """Make notes of the list of footnotes below `root`, which is in the language `tag`; `title` is what they are."""
    for call in root.find_class("footnote-ref"):
        call.text = native_digits(call.text or "", tag)
        call.attrib.update({TYPE: "noteref", "role": "doc-noteref"})
    for block in root.xpath(".//div[@class='footnote']"):
        block.tag = "section"
        block.attrib.update({"class": "notes", TYPE: "footnotes", "role": "doc-endnotes", "aria-label": title})
        for number, item in enumerate(block.xpath("./ol/li"), 1):
            _set_note(item, native_digits(str(number), tag))
        for rest in block.xpath("./hr"):
            rest.drop_tree()
        for numbered in block.xpath("./ol"):
            numbered.drop_tag()


def _set_note(item: HtmlElement, number: str) -> None:
    """Make a note of an item: its arrow back to the text becomes the number before it, further arrows stay."""
    item.tag = "aside"
    item.attrib.update({TYPE: "footnote", "role": "doc-footnote"})
    arrows = item.find_class(_BACK)
    for arrow in arrows:
        arrow.attrib.pop("title", None)
        arrow.set("role", "doc-backlink")
    # A note that nothing calls is numbered by a link to nowhere.
    first = arrows[0] if arrows else item.makeelement("a", {"class": _BACK})
    if arrows:
        _take_out(first)
    first.text = number
    paragraph = item[0] if len(item) and item[0].tag == "p" else item
    first.tail, paragraph.text = f" {(paragraph.text or '').lstrip()}", None
    paragraph.insert(0, first)


def _take_out(arrow: HtmlElement) -> None:
    """Remove an arrow, and the space before it; another that follows keeps its distance from the text."""
    before, parent = arrow.getprevious(), arrow.getparent()
    rest = "\N{NO-BREAK SPACE}" if arrow.getnext() is not None else arrow.tail or ""
    if before is not None:
        before.tail = (before.tail or "").rstrip() + rest
    else:
        parent.text = (parent.text or "").rstrip() + rest
    arrow.tail = None
    parent.remove(arrow)
