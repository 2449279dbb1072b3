"""The HTML of a booklet in, the HTML of its pieces out: what stands before its chapters, each chapter, what follows.

A chapter is a `section` that stands directly in the one `main`. The head is in every piece, and so are the paragraphs
right behind `body` and right before `main`: running heads and folios, which run on all pages. A style of one chapter
can neither ask what stands beside it nor count on from it; what needs the whole book is not divided.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARAGRAPHS = r"(?:\s*<p\b[^>]*>(?:(?!</?p\b).)*</p>)*\s*"
_BOOK = re.compile(
    rf"(?P<head>.*?<body\b[^>]*>)(?P<opening>{_PARAGRAPHS})(?P<front>.*?)(?P<running>{_PARAGRAPHS})"
    r"(?P<main><main\b[^>]*>)(?P<chapters>.*)</main>(?P<back>.*)(?P<end></body>.*)",
    re.DOTALL,
)
_SECTION = re.compile(r"<!--.*?-->|<(?P<closes>/?)section\b[^>]*>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_NAME = re.compile(r"""\sid="([^"]+)\"""")
_REFERENCE = re.compile(r"""\shref="#([^"]+)\"""")
# What a chapter cannot know by itself: how many pages there are, and what is said elsewhere.
_OF_THE_WHOLE = re.compile(r"\btarget-text\(|\bcounters?\(\s*pages\b|\btarget-counters?\([^)]*\bpages\b")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a book, as a document of its own, and the anchors elsewhere that it refers to; or the whole book."""

    html: str
    references: frozenset[str]
    is_whole: bool = False


def divided(html: str, styles: str) -> tuple[Piece, ...]:
    """Return the pieces of a book, only one where it has no chapters or its `styles` ask for what is elsewhere."""
    book = None if _OF_THE_WHOLE.search(styles) else _BOOK.fullmatch(html)
    chapters = _sections(book["chapters"]) if book else ()
    if book is None or len(chapters) < 2:
        return (whole(html),)
    running = f"{book['opening']}{book['running']}"
    opens, closes = f"{book['head']}{running}{book['main']}", f"</main>{book['end']}"
    front = f"{book['head']}{book['opening']}{book['front']}{book['end']}"
    back = f"{book['head']}{running}{book['back']}{book['end']}"
    htmls = [front, *(f"{opens}{chapter}{closes}" for chapter in chapters), *([back] if book["back"].strip() else [])]
    known = frozenset(_NAME.findall(html))
    return tuple(_piece(text, known) for text in htmls)


def whole(html: str) -> Piece:
    """Return a book that is not divided."""
    return Piece(html, frozenset(), is_whole=True)


def _piece(html: str, known: frozenset[str]) -> Piece:
    anchors = frozenset(_NAME.findall(html))
    return Piece(html, (frozenset(_REFERENCE.findall(html)) & known) - anchors)


def _sections(text: str) -> tuple[str, ...]:
    """Return the sections that a text consists of; none where something else stands between them."""
    found = list(_outermost(text))
    rest = "".join(
        text[end:start] for (_, end), (start, _) in zip([(0, 0), *found], [*found, (None, None)], strict=True)
    )
    return () if _COMMENT.sub("", rest).strip() else tuple(text[start:end] for start, end in found)


def _outermost(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each section that is in no other begins and ends."""
    depth = start = 0
    for tag in _SECTION.finditer(text):
        if tag["closes"] is None:
            continue
        if not tag["closes"]:
            start = start if depth else tag.start()
            depth += 1
        elif depth == 1:
            yield start, tag.end()
            depth = 0
        else:
            depth -= 1
