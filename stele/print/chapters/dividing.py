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

_PARAGRAPHS = re.compile(r"(?:\s*<p\b[^>]*>(?:(?!</?p\b).)*</p>)*\s*", re.DOTALL)
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
    parts = None if _OF_THE_WHOLE.search(styles) else _parts(html)
    chapters = _sections(parts[3]) if parts else ()
    if parts is None or len(chapters) < 2:
        return (whole(html),)
    head, before, main, _, behind, end = parts
    opening, front, running = _running(before)
    every, back = f"{head}{opening}{running}", [behind] if behind.strip() else []
    htmls = [
        f"{head}{opening}{front}{end}",
        *(f"{every}{main}{chapter}</main>{end}" for chapter in chapters),
        *(f"{every}{rest}{end}" for rest in back),
    ]
    known = frozenset(_NAME.findall(html))
    return tuple(_piece(text, known) for text in htmls)


def _parts(html: str) -> tuple[str, str, str, str, str, str] | None:
    """Return the head, what stands before `main`, its tag, what is in it, what stands behind it, and the end."""
    body, main, closes, end = html.find("<body"), html.find("<main"), html.rfind("</main>"), html.rfind("</body>")
    if not 0 <= body < main < closes < end:
        return None
    first, inner = html.find(">", body) + 1, html.find(">", main) + 1
    behind = closes + len("</main>")
    return html[:first], html[first:main], html[main:inner], html[inner:closes], html[behind:end], html[end:]


def _running(before: str) -> tuple[str, str, str]:
    """Return the paragraphs with which a text opens, the text, and those with which it ends."""
    opening = _PARAGRAPHS.match(before)
    start = opening.end() if opening else 0
    end = len(before)
    while (rest := before[start:end].rstrip()).endswith("</p>"):
        end = start + max(rest.rfind("<p>"), rest.rfind("<p "), 0)
    return before[:start], before[start:end], before[end:]


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
