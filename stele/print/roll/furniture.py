"""A page of a roll that WeasyPrint has set in, its margins and backgrounds for any other page of the roll out.

All of it is drawn once and remembered as operators, but the folio and the letters of the page, which are set anew for
each: by WeasyPrint, where they were, in the digits that they had.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, eq=False)
class _Varying:
    """A text in a margin that is another on each page, and the block that it is aligned in."""

    box: Any
    block: Any
    is_folio: bool


class Furniture:
    """What pages on one side of a spread have beside names, and the `block` where these stand."""

    def __init__(self, page: Any, letters: str, block: Any) -> None:
        """Take a page of WeasyPrint, the letters that it says it has, and its block of names."""
        self.block = block
        self._page = page._page_box  # noqa: SLF001 (the boxes have no public name)
        self._varying = list(_varying(self._page, letters))
        self._fonts: Any = None
        self._drawn: tuple[Any, ...] = ()
        self._letters: dict[str, tuple[Any, ...]] = {}

    def paint(self, stream: Any, letters: str, ahead: int) -> None:
        """Paint what a page has that comes so many pages behind the one that this was taken from."""
        if self._fonts is not stream._fonts:  # noqa: SLF001 (another PDF: there glyphs may have other codes)
            self._fonts, self._letters = stream._fonts, {}  # noqa: SLF001
            self._drawn = _operators(stream, self._draw)
        stream.stream.extend(self._drawn)
        if letters not in self._letters:
            self._letters[letters] = _operators(stream, lambda copy: self._set(copy, letters, 0, is_folio=False))
        stream.stream.extend(self._letters[letters])
        stream.stream.extend(_operators(stream, lambda copy: self._set(copy, letters, ahead, is_folio=True)))

    def _draw(self, stream: Any) -> None:
        """Draw the page without what varies."""
        from weasyprint.draw import draw_page

        texts = [varying.box.text for varying in self._varying]
        for varying in self._varying:
            varying.box.text = ""
        draw_page(self._page, stream)
        for varying, text in zip(self._varying, texts, strict=True):
            varying.box.text = text

    def _set(self, stream: Any, letters: str, ahead: int, *, is_folio: bool) -> None:
        from weasyprint.draw.text import draw_text

        for varying in self._varying:
            if varying.is_folio == is_folio:
                text = counted(varying.box.text, ahead) if is_folio else letters
                draw_text(stream, _with_text(varying, text), 0, "clip", "none")


def _operators(stream: Any, draw: Any) -> tuple[Any, ...]:
    """Return what `draw` writes to a stream, as an artifact (ISO 32000-1, 14.8.2.2.2: running heads and folios)."""
    from pydyf import Dictionary

    copy = stream.clone(tags=None)
    copy._ctm_stack = [stream.ctm]  # noqa: SLF001 (patterns count from the page)
    is_tagged = stream._tags is not None  # noqa: SLF001
    if is_tagged:
        copy.begin_marked_content("Artifact", Dictionary({"Type": "/Pagination"}))
    with copy.stacked():
        draw(copy)
    if is_tagged:
        copy.end_marked_content()
    return tuple(copy.stream)


def _varying(page: Any, letters: str) -> Iterator[_Varying]:
    from weasyprint.formatting_structure.boxes import BlockContainerBox, MarginBox, TextBox

    def below(box: Any, block: Any, is_counted: bool) -> Iterator[_Varying]:
        for child in box.children:
            is_folio = is_counted or _counts_pages(child)
            if isinstance(child, TextBox):
                if is_folio or child.text == letters:
                    yield _Varying(child, block, is_folio)
            elif hasattr(child, "children"):
                yield from below(child, child if isinstance(child, BlockContainerBox) else block, is_folio)

    for margin in page.children:
        if isinstance(margin, MarginBox):
            yield from below(margin, margin, _counts_pages(margin))


def _counts_pages(box: Any) -> bool:
    content = box.style["content"]
    return isinstance(content, tuple) and any(kind == "counter()" and said[0] == "page" for kind, said in content)


def counted(folio: str, ahead: int) -> str:
    """Return the number of a page in the digits of `folio`, that of one so many pages before it."""
    if not folio.isdecimal():
        return folio
    zero = ord(folio[0]) - int(folio[0])
    return "".join(chr(zero + int(digit)) for digit in str(int(folio) + ahead))


def _with_text(varying: _Varying, text: str) -> Any:
    """Return a text box with another text, aligned in its block as it was."""
    from weasyprint.text.line_break import create_layout, line_size

    box = varying.box.copy_with_text(text)
    box.pango_layout = create_layout(text, box.style, None, None, 0)
    box.width, _ = line_size(box.pango_layout.get_first_line()[0], box.style)
    box.pango_layout.deactivate()
    left, room = varying.block.content_box_x(), varying.block.width
    free = room - varying.box.width
    share = (varying.box.position_x - left) / free if free > 0 else 0.5
    box.position_x = left + share * (room - box.width)
    return box
