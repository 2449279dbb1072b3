"""What goes with a booklet in each of two languages in, the same in both out: its cover, and the slug of its pages.

The first sheet, which tells an office how to bind it, stays in the first language; so does the spine.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stele.print.bilingual import pairing
from stele.sources import fragments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from stele.language.tags import Language
    from stele.print.bilingual.pairing import Version
    from stele.print.booklet import Order

_STACKED = ("cover", "sender")


def ordered(order: Order, other: Order, ours: Version, theirs: Version, stylesheets: Sequence[str]) -> Order:
    """Return the order of a booklet in two languages, from those of a booklet in each.

    `stylesheets` are the addresses of what sets covers in two languages.
    """
    made = order
    if order.wrapper and other.wrapper:
        html = cover(order.wrapper.html, replace(theirs, html=other.wrapper.html), stylesheets)
        made = replace(made, wrapper=replace(order.wrapper, html=html))
    if order.shop and other.shop:
        line = slug(order.shop.slug_html, other.shop.slug_html, ours.language, theirs.language)
        made = replace(made, shop=replace(order.shop, slug_html=line))
    return made


def cover(ours: str, theirs: Version, stylesheets: Sequence[str]) -> str:
    """Return the HTML of a cover with the lines of both, those in the second language below the others."""
    page, other = fragments.parse_page(ours), fragments.parse_page(theirs.html)
    for name in _STACKED:
        for one, two in zip(_of_class(page, name), _of_class(other, name), strict=True):
            pairing.stack(one, two, theirs.language)
    pairing.dress(page, stylesheets, pairing.fonts_of(theirs))
    return fragments.serialize_page(page)


def slug(ours: str, theirs: str, language: Language, beside: Language) -> str:
    """Return the HTML of a slug with both titles and languages, and their tags as the names of files have them."""
    page, other = fragments.parse_page(ours), fragments.parse_page(theirs)
    for name in ("title", "language"):
        for one, two in zip(_of_class(page, name), _of_class(other, name), strict=True):
            two.attrib.update({"lang": beside.tag, "dir": beside.direction})
            one.tail, two.tail = " / ", one.tail
            one.addnext(two)
    for element in _of_class(page, "tag"):
        element.text = f"({language.tag}-{beside.tag})"
    return fragments.serialize_page(page)


def _of_class(page: HtmlElement, name: str) -> list[HtmlElement]:
    return [element for element in page.find("body").iter() if name in pairing.classes(element)]
