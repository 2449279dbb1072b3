"""The tree of a long chapter in, trees that readers of e-books open without delay out: a roll of names by its letters.

Reading systems lay out a whole file before they show its first page, and those of small devices give up near 300 KB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.sources import fragments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

MOST_BYTES = 200_000
# What stays whole in two: neither the numbers of an ordered list nor the heads of a table would go on by themselves.
_DIVISIBLE = frozenset({"div", "section", "ul"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def split(root: HtmlElement, most_bytes: int = MOST_BYTES) -> list[HtmlElement]:
    """Return `root`, or several elements like it that have its content in order, each of about `most_bytes` or less.

    A part ends where a child of an element ends, at the highest level that will do, and not behind a heading. A
    paragraph or table that is longer is left as it is.
    """
    if _size(root) <= most_bytes:
        return [root]
    parts: list[HtmlElement] = []
    room = 0
    for piece in _pieces(root, most_bytes):
        size = _size(piece)
        if not parts or (size > room and parts[-1][-1].tag not in _HEADINGS):
            parts.append(_like(root, is_first=not parts))
            room = most_bytes
        parts[-1].append(piece)
        room -= size
    parts[0].text, parts[-1].tail = root.text, root.tail
    return parts


def _pieces(root: HtmlElement, most_bytes: int) -> Iterator[HtmlElement]:
    for child in list(root):
        if child.tag in _DIVISIBLE and len(child):
            yield from split(child, most_bytes)
        else:
            yield child


def _like(root: HtmlElement, *, is_first: bool) -> HtmlElement:
    """Return an empty element like `root`; only the first of several may have its id."""
    return root.makeelement(root.tag, {key: value for key, value in root.attrib.items() if is_first or key != "id"})


def _size(root: HtmlElement) -> int:
    """Return how many bytes an element takes, with its tags."""
    tags = 2 * len(root.tag) + len("<></>") + sum(len(f' {name}=""{value}') for name, value in root.attrib.items())
    return tags + len(fragments.serialize(root).encode())
