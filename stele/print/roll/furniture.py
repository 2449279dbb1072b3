"""A page of a roll that WeasyPrint has set in, its margins and backgrounds for any other page of the roll out.

All of it is drawn once and remembered as operators, but the folio and the letters of the page, which are set anew for
each: by WeasyPrint, where they were, in the digits that they had. A folio is put together of digits that it has drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True, slots=True, eq=False)
class _Varying:
    """A text in a margin that is another on each page, and the block that it is aligned in."""

    box: Any
    block: Any
    is_folio: bool


class Layers:
    """A page of WeasyPrint as it draws it, in two: what lies behind the texts of the page, and these with the margins.

    Readers who go by the order of the file find names between the two: before the folio, and before what is below them.
    """

    def __init__(self, page_box: Any) -> None:
        """Take the box of a page."""
        from weasyprint.stacking import StackingContext

        self._page, self._context = page_box, StackingContext.from_page(page_box)

    def draw_behind(self, stream: Any) -> None:
        """Draw backgrounds, and what is to lie below all text (CSS 2, appendix E, up to the fourth layer)."""
        from weasyprint.draw import draw_background, draw_border, draw_stacking_context, set_mask_border

        page, context = self._page, self._context
        background, marks = context.box.background, page.style["marks"]
        draw_background(stream, background, clip_box=False, bleed=page.bleed, marks=marks)
        set_mask_border(stream, page)
        draw_background(stream, page.canvas_background, clip_box=False)
        draw_border(stream, page)
        for below in context.negative_z_contexts:
            draw_stacking_context(stream, below)
        for block in context.block_level_boxes:
            set_mask_border(stream, block)
            draw_background(stream, block.background)
            draw_border(stream, block)

    def draw_front(self, stream: Any) -> None:
        """Draw all else."""
        from weasyprint.draw import draw_stacking_context

        self._context.negative_z_contexts = []
        self._context.block_level_boxes = []
        draw_stacking_context(stream, self._context)


class Furniture:
    """What pages on one side of a spread have beside names, and the `block` where these stand."""

    def __init__(self, page: Any, letters: str, block: Any) -> None:
        """Take a page of WeasyPrint, the letters that it says it has, and its block of names."""
        self.block = block
        self._page = page._page_box  # noqa: SLF001 (the boxes have no public name)
        self._varying = list(_varying(self._page, letters))
        self._fonts: Any = None
        self._behind: tuple[Any, ...] = ()
        self._front: tuple[Any, ...] = ()
        self._letters: dict[str, tuple[Any, ...]] = {}
        self._folios: dict[_Varying, _Folios] = {}

    def paint_behind(self, stream: Any) -> None:
        """Paint what lies behind the names of any page."""
        if self._fonts is not stream._fonts:  # noqa: SLF001 (another PDF: there glyphs may have other codes)
            self._fonts, self._letters, self._folios = stream._fonts, {}, {}  # noqa: SLF001
            self._draw(stream)
        stream.stream.extend(self._behind)

    def paint_front(self, stream: Any, letters: str, ahead: int) -> None:
        """Paint the margins of a page that comes so many pages behind the one that this was taken from."""
        for item in self._front:
            if isinstance(item, _Varying):
                stream.stream.extend(self._set(stream, item, letters, ahead))
            else:
                stream.stream.append(item)

    def _draw(self, stream: Any) -> None:
        """Draw the page; what varies is left out, and stands for itself among the operators."""
        layers, boxes = Layers(self._page), [varying.box for varying in self._varying]
        kept = [(box.text, box.pango_layout) for box in boxes]
        self._behind = _artifact(stream, layers.draw_behind)
        copy = _copy(stream)
        for varying in self._varying:
            varying.box.text, varying.box.pango_layout = "", _Spot(copy, varying)
        layers.draw_front(copy)
        self._front = tuple(copy.stream)
        for box, (text, layout) in zip(boxes, kept, strict=True):
            box.text, box.pango_layout = text, layout

    def _set(self, stream: Any, varying: _Varying, letters: str, ahead: int) -> tuple[Any, ...]:
        """Return the operators for what varies."""
        if varying.is_folio:
            if varying not in self._folios:
                self._folios[varying] = _Folios(stream, varying)
            return self._folios[varying].text(counted(varying.box.text, ahead))
        if letters not in self._letters:
            self._letters[letters] = _text(stream, varying, letters)
        return self._letters[letters]


class _Spot:
    """Stands in for the layout of a text that varies: where it would be drawn, it leaves a mark in the stream."""

    def __init__(self, stream: Any, varying: _Varying) -> None:
        self._stream, self._varying = stream, varying

    def reactivate(self, _style: Any) -> None:
        self._stream.stream.append(self._varying)

    def deactivate(self) -> None:
        pass


class _Folios:
    """Numbers in the place of a folio, put together of their digits if these look alone as they do beside any other."""

    def __init__(self, stream: Any, varying: _Varying) -> None:
        """Draw each digit, and all pairs of them."""
        self._stream, self._varying = stream, varying
        digits = _digits_of(varying.box.text)
        self._digits = {digit: (self._drawn(digit), _with_text(varying, digit).width) for digit in digits}
        pairs = "".join(map("".join, product(digits, digits)))
        self._are_apart = bool(digits) and self._put_together(pairs) == self._drawn(pairs)

    def text(self, number: str) -> tuple[bytes, ...]:
        """Return the operators for a number."""
        return self._put_together(number) if self._are_apart else self._drawn(number)

    def _drawn(self, number: str) -> tuple[bytes, ...]:
        return _text(self._stream, self._varying, number)

    def _put_together(self, number: str) -> tuple[bytes, ...]:
        """Return what the first digit is drawn by, with what all of them show, as far left as their width asks for."""
        from pydyf import _to_bytes

        digits, widths = zip(*map(self._digits.__getitem__, number), strict=True)
        shown = b"".join(each[1:-4] for digit in digits for each in digit if each.endswith(b"] TJ"))
        left = _to_bytes(_left_edge(self._varying, sum(widths)))

        def changed(operator: bytes) -> bytes:
            if operator.endswith(b" Tm"):
                *turned, _, top, name = operator.split()
                return b" ".join((*turned, left, top, name))
            return b"[%b] TJ" % shown if operator.endswith(b"] TJ") else operator

        return tuple(map(changed, digits[0]))


def _copy(stream: Any) -> Any:
    """Return an empty stream with the fonts and resources of another: within it, margins are artifacts of their own."""
    copy = stream.clone(tags=None if stream._tags is None else {})  # noqa: SLF001 (has no public name)
    copy._ctm_stack = [stream.ctm]  # noqa: SLF001 (patterns count from the page)
    return copy


def _artifact(stream: Any, draw: Callable[[Any], None]) -> tuple[Any, ...]:
    """Return what `draw` writes to a stream, as an artifact (ISO 32000-1, 14.8.2.2.2)."""
    from pydyf import Dictionary

    copy = _copy(stream)
    if copy._tags is not None:  # noqa: SLF001
        copy._tags = None  # noqa: SLF001 (nothing within is marked again)
        copy.begin_marked_content("Artifact", Dictionary({"Type": "/Pagination"}))
        draw(copy)
        copy.end_marked_content()
    else:
        draw(copy)
    return tuple(copy.stream)


def _text(stream: Any, varying: _Varying, text: str) -> tuple[Any, ...]:
    """Return the operators for a text in the place of one that varies, which is in an artifact."""
    from weasyprint.draw.text import draw_text

    copy = stream.clone(tags=None)
    draw_text(copy, _with_text(varying, text), 0, "clip", "none")
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
    digits = _digits_of(folio)
    return "".join(digits[int(digit)] for digit in str(int(folio) + ahead)) if digits else folio


def _digits_of(folio: str) -> str:
    """Return the ten digits of the script that a number is written in, none where it is not written in digits."""
    if not folio.isdecimal():
        return ""
    zero = ord(folio[0]) - int(folio[0])
    return "".join(map(chr, range(zero, zero + 10)))


def _with_text(varying: _Varying, text: str) -> Any:
    """Return a text box with another text, aligned in its block as it was."""
    from weasyprint.text.line_break import create_layout, line_size

    box = varying.box.copy_with_text(text)
    box.pango_layout = create_layout(text, box.style, None, None, 0)
    box.width, _ = line_size(box.pango_layout.get_first_line()[0], box.style)
    box.pango_layout.reactivate = lambda _style: None  # it is drawn at once
    box.position_x = _left_edge(varying, box.width)
    return box


def _left_edge(varying: _Varying, width: float) -> float:
    """Return where a text of another width begins, in px."""
    left, room = varying.block.content_box_x(), varying.block.width
    free = room - varying.box.width
    share = (varying.box.position_x - left) / free if free > 0 else 0.5
    return float(left + share * (room - width))
