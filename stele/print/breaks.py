"""The laid-out pages of a booklet in, lines and pages that are broken where no compositor would out.

That is a line that the next word would fit on, a line of a paragraph that stands alone on its page, and a heading at
the foot of a page with less than two lines of its text below.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from stele.print.preflight.flaws import flaw

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stele.print.preflight.flaws import Flaw

LINES_BELOW_HEADING = 2
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NEW_PAGE = frozenset({"page", "left", "right", "recto", "verso", "always"})
_ROUNDING_PX = 0.5  # Pango rounds each text, and justified ones once more
_SHOWN = 40  # letters


def broken_badly(document: Any, first: int = 1) -> Iterator[Flaw]:
    """Yield the flaws of the pages of a WeasyPrint document whose first page is `first`, in no order."""
    pages = [list(_blocks(page._page_box)) for page in document.pages]  # noqa: SLF001 (the boxes have no public name)
    for found in (*_early_breaks(pages), *_lone_lines(pages), *_stranded_headings(pages)):
        yield found if found.page is None else replace(found, page=found.page + first - 1)


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of the text that holds lines, or anything else that takes room there: then it has no `lines`.

    `around` are the elements that it stands in, by their `id`; `openers` are those of them which begin with it and ask
    for a new page. The head of a table is repeated on each page that it goes on to. In a roll of names what is said of
    somebody may begin a line of its own.
    """

    box: Any
    lines: tuple[Any, ...]
    in_heading: bool
    in_table_head: bool
    in_roll: bool
    around: frozenset[int]
    openers: frozenset[int]

    @property
    def key(self) -> tuple[int, str]:
        """Return what the parts of a paragraph on different pages have in common."""
        return id(self.box.element), self.box.element_tag

    @property
    def text(self) -> str:
        """Return how its first line begins."""
        return _text(self.lines[0])[:_SHOWN] if self.lines else ""


def _blocks(page: Any) -> Iterator[_Block]:
    """Yield the blocks of the text of a page in their order: neither its margins nor its notes."""
    from weasyprint.formatting_structure import boxes

    for child in page.children:
        if not isinstance(child, (boxes.MarginBox, boxes.FootnoteAreaBox)):
            yield from _inside(child, (), frozenset())


def _inside(placed: Any, above: tuple[Any, ...], openers: frozenset[int]) -> Iterator[_Block]:
    from weasyprint.formatting_structure import boxes

    box = getattr(placed, "_box", placed)  # what is positioned absolutely stands behind a placeholder
    above = (*above, box)
    if box.style["break_before"] in _NEW_PAGE:
        openers |= {id(box.element)}
    children = getattr(box, "children", ())
    lines = tuple(child for child in children if isinstance(child, boxes.LineBox))
    if lines or not children:
        tags = {item.element_tag for item in above}
        around = frozenset(id(item.element) for item in above)
        yield _Block(box, lines, bool(tags & _HEADINGS), "thead" in tags, _is_roll(above), around, openers)
        return
    for number, child in enumerate(children):
        yield from _inside(child, above, openers if number == 0 else frozenset())


def _is_roll(above: Sequence[Any]) -> bool:
    return any("names" in (box.element.get("class") or "").split() for box in above if box.element is not None)


# --- lines --------------------------------------------------------------------------------------------------------


def _early_breaks(pages: Sequence[Sequence[_Block]]) -> Iterator[Flaw]:
    for folio, blocks in enumerate(pages, 1):
        for block in (block for block in blocks if not block.in_roll):
            for line, following in pairwise(block.lines):
                if _holds_more(line, following, block.box):
                    yield flaw("early-break", folio, text=_text(line)[-_SHOWN:], word=_first_word(following))


def _holds_more(line: Any, following: Any, block: Any) -> bool:
    """Say whether the first word of the `following` line, broken nowhere, would fit on `line` too."""
    if _ends_by_force(line) or not _is_plain(line) or not _is_plain(following):
        return False
    room = block.width - line.text_indent - _natural_width(line) - _ROUNDING_PX
    width = _word_width(following, room) if room > 0 else room
    return bool(width < room and _space(line) + width < room)


def _texts(line: Any) -> list[Any]:
    from weasyprint.formatting_structure.boxes import TextBox

    return [box for box in line.descendants() if isinstance(box, TextBox)]


def _text(line: Any) -> str:
    return "".join(box.text for box in _texts(line)).replace("\n", " ").strip()


def _first_word(line: Any) -> str:
    return _text(line).partition(" ")[0]


def _is_plain(line: Any) -> bool:
    """Say whether a line holds text alone, none of it floating or out of the flow, that may be broken anywhere."""
    from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox

    boxes = list(line.descendants())
    return bool(_text(line)) and all(
        isinstance(box, (LineBox, InlineBox, TextBox))
        and box.is_in_normal_flow()
        and box.style["white_space"] == "normal"
        for box in boxes
    )


def _ends_by_force(line: Any) -> bool:
    """Say whether a line ends where the text asks for it: at a ``<br>``, which is an empty box, or in a word."""
    texts = _texts(line)
    return not texts or not texts[-1].text.strip() or texts[-1].text.rstrip()[-1] in "-\u2010\u2013\u2014/\u00ad\n"


def _natural_width(line: Any) -> float:
    """Return the width of a line in px before its spaces were stretched."""
    stretched = sum(box.justification_spacing * _spaces(box) for box in _texts(line))
    return float(line.width - stretched)


def _spaces(box: Any) -> int:
    return int(box.text.count(" ") + box.text.count("\u00a0"))


def _space(line: Any) -> float:
    """Return the width in px of a space at the end of a line."""
    return _measured(" ", _texts(line)[-1].style)


def _word_width(line: Any, limit_px: float) -> float:
    """Return the width in px of the first word of a line; no more is measured once it passes `limit_px`."""
    width = 0.0
    for box in _texts(line):
        word, space, _ = box.text.lstrip(" " if not width else "").partition(" ")
        width += _measured(word, box.style) if word else 0.0
        if space or width > limit_px:
            break
    return width


def _measured(text: str, style: Any) -> float:
    from weasyprint.text.line_break import split_first_line

    return float(split_first_line(text, style, None, None, 0)[3])


# --- pages --------------------------------------------------------------------------------------------------------


def _lone_lines(pages: Sequence[Sequence[_Block]]) -> Iterator[Flaw]:
    """Yield the paragraphs of which one line stands on a page, the first or the last, and more on the next."""
    parts: dict[tuple[int, str], list[tuple[int, _Block]]] = defaultdict(list)
    for folio, blocks in enumerate(pages, 1):
        for block in blocks:
            if block.lines and not block.in_table_head and block.box.element is not None:
                parts[block.key].append((folio, block))
    for pieces in parts.values():
        (first, top), (last, bottom) = pieces[0], pieces[-1]
        if first == last:
            continue
        if len(top.lines) == 1:
            yield flaw("lone-line", first, "first", text=top.text)
        if len(bottom.lines) == 1:
            yield flaw("lone-line", last, "last", text=bottom.text)


def _stranded_headings(pages: Sequence[Sequence[_Block]]) -> Iterator[Flaw]:
    """Yield the headings with too little of their text below, where the text goes on overleaf."""
    for folio, (blocks, overleaf) in enumerate(pairwise(pages), 1):
        last = max((number for number, block in enumerate(blocks) if block.in_heading), default=None)
        if last is None or not overleaf or overleaf[0].in_heading or _begins_anew(overleaf[0], blocks):
            continue
        if sum(max(len(block.lines), 1) for block in blocks[last + 1 :]) < LINES_BELOW_HEADING:
            yield flaw("stranded-heading", folio, text=blocks[last].text)


def _begins_anew(first: _Block, before: Sequence[_Block]) -> bool:
    """Say whether a page begins because a box asks for it, not because the page before is full."""
    return not first.openers <= frozenset().union(*(block.around for block in before))
