"""WeasyPrint's lines in, the same with their words in the order of Unicode's bidirectional algorithm out.

WeasyPrint 70.0 gives every text box to Pango on its own and lines the boxes up in the direction of their parent. So a
phrase in the other direction that holds an element is put together the wrong way round ("Watch Rights Human" and
1992.02.26 in Persian, Hebrew words back to front in English), and digits do not know what letters they follow: years
behind Arabic letters are set 1993-1992 by the algorithm and 1992-1993 without their context.

Here the levels of a whole paragraph are found once (`visual_order`), its texts are cut where the level changes, and the
pieces of each finished line are put into their places. Two kinds of text are not cut: what is generated, because page
numbers replace it later, and what holds overrides (U+202D, U+202E), which a piece would lose; `bdo` overrides nothing.
The rule of versions is that of `line_breaks`.
"""

from __future__ import annotations

import re
from functools import wraps
from itertools import groupby
from typing import TYPE_CHECKING, Any

from stele.language.visual_order import in_order, levels
from stele.print.mends import joining

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

FLAWED = frozenset({"70.0"})
# Hebrew and Arabic scripts, their neighbours and presentation forms; N'Ko to Rohingya, Adlam and what lies between.
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_ISOLATED = {"ltr": "\u2066", "rtl": "\u2067"}
_END = "\u2069"
_OVERRIDE = re.compile("[\u202d\u202e]")
_OBJECT = "\ufffc"  # UAX 9, 5.6: what is no text counts as U+FFFC


def mend() -> None:
    """Make WeasyPrint, in this process, order lines of both directions. Once is enough, more does no harm."""
    import weasyprint
    from weasyprint.formatting_structure import build
    from weasyprint.layout import inline

    if weasyprint.__version__ not in FLAWED or hasattr(build.create_anonymous_boxes, "__wrapped__"):
        return
    build.create_anonymous_boxes = _prepared(build.create_anonymous_boxes)
    inline.get_next_linebox = _ordered(inline.get_next_linebox)
    inline.remove_last_whitespace = _in_place(inline.remove_last_whitespace)


def _prepared(flawed: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return `create_anonymous_boxes` such that the texts of every paragraph know their levels."""

    @wraps(flawed)
    def create_anonymous_boxes(box: Any) -> Any:
        from weasyprint.formatting_structure.boxes import LineBox

        made = flawed(box)
        for paragraph in made.descendants():
            if isinstance(paragraph, LineBox) and not hasattr(paragraph, "is_prepared"):
                paragraph.is_prepared = True
                _prepare(paragraph)
        return made

    return create_anonymous_boxes


def _prepare(paragraph: Any) -> None:
    """Join the letters of a paragraph over the edges of its elements, find levels, and cut its texts by them."""
    parts = list(_parts(paragraph))
    for is_text, run in groupby(parts, key=lambda part: part[1] is not None and not part[0]):
        if is_text:
            joining.join([box for _, box, _ in run])
    text, base = "".join(control or box.text for control, box, _ in parts), paragraph.style["direction"]
    if len(parts) > 1 and (base == "rtl" or _RIGHT_TO_LEFT.search(text)):
        found = _levels(text, base)
        if set(found) != {int(base == "rtl")}:
            _cut_all(parts, found, base)


def _cut_all(parts: Sequence[tuple[str, Any, Any]], found: Sequence[int], base: str) -> None:
    """Put the pieces of each text, by the levels that were found for all parts, into the place of the text."""
    pieces: dict[int, list[Any]] = {}
    holders, place = {}, 0
    for control, box, holder in parts:
        own = found[place : place + len(control or box.text)]
        place += len(own)
        if box is not None:
            holders[id(holder)] = holder
            is_whole = control or _is_generated(holder) or _OVERRIDE.search(box.text)
            pieces[id(box)] = [_whole(box, holder, own, base)] if is_whole else _cut(box, own)
    for holder in holders.values():
        holder.children = [piece for child in holder.children for piece in pieces.get(id(child), [child])]


def _parts(box: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield (control, None, None), ("", text box, its parent) and (U+FFFC, another box, its parent), in their order."""
    from weasyprint.formatting_structure.boxes import InlineBox, TextBox

    for child in box.children:
        if not child.is_in_normal_flow():
            continue
        if isinstance(child, TextBox):
            if child.text:
                yield "", child, box
        elif not isinstance(child, InlineBox):
            yield _OBJECT, child, box
        elif opening := _opening(child, box):
            yield opening, None, None
            yield from _parts(child)
            yield _END, None, None
        else:
            yield from _parts(child)


def _opening(inline: Any, parent: Any) -> str:
    """Return the control that opens an element with a direction of its own (HTML, 15.3.6 Bidirectional text).

    The number of a note is one too: it must not become part of a number that it stands behind.
    """
    direction, tag = inline.style["direction"], inline.element_tag
    is_alone = tag == "bdi" or tag.endswith(("::footnote-call", "::footnote-marker"))
    has_its_own = not _is_generated(inline) and inline.element is not None and inline.element.get("dir")
    return _ISOLATED[direction] if is_alone or has_its_own or direction != parent.style["direction"] else ""


def _is_generated(box: Any) -> bool:
    return "::" in box.element_tag


def _levels(text: str, base: str) -> list[int]:
    """Return the level of each character; a forced break of the line ends what the algorithm looks at."""
    found: list[int] = []
    for line in text.splitlines(keepends=True) if "\n" in text else [text]:
        found += levels(line, base)
    return found


def _whole(box: Any, holder: Any, own: Sequence[int], base: str) -> Any:
    """Return a box that is not cut with its level; the parent knows it too, should the text be replaced."""
    box.level = own[0] if len(set(own)) == 1 else int(base == "rtl")
    if _is_generated(holder):
        holder.level = box.level
    return box


def _cut(box: Any, own: Sequence[int]) -> list[Any]:
    """Return the pieces of a text box, each with its level and the direction of that."""
    pieces: list[Any] = []
    place = 0
    for level, run in groupby(own):
        end = place + len(list(run))
        piece = box.copy_with_text(box.text[place:end])
        piece.level, place = level, end
        piece.style = box.style.copy()
        piece.style["direction"] = "rtl" if level % 2 else "ltr"
        piece.leading_collapsible_space = box.leading_collapsible_space and not pieces
        piece.trailing_collapsible_space = box.trailing_collapsible_space and end == len(own)
        pieces.append(piece)
    return pieces


def _ordered(flawed: Callable[..., tuple[Any, Any]]) -> Callable[..., tuple[Any, Any]]:
    """Return `get_next_linebox` such that what stands on the line has the place that its level gives it."""

    @wraps(flawed)
    def get_next_linebox(*rest: Any) -> tuple[Any, Any]:
        line, resume_at = flawed(*rest)
        if line is not None:
            _order(line)
        return line, resume_at

    return get_next_linebox


def _in_place(flawed: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Return `remove_last_whitespace` such that boxes stay where they are, and the last is drawn without its space.

    The flawed one leaves the space in what is drawn, and moves the line by it if it lies at the left; when the line is
    justified after that, the space is gone and the line still moved. What gap it leaves is closed by `_order`.
    """

    @wraps(flawed)
    def remove_last_whitespace(context: Any, line: Any) -> None:
        from weasyprint.text.line_break import create_layout

        leaves = [leaf for leaf, _ in _leaves(line, ())]
        if not _is_ours(line, leaves):
            flawed(context, line)
            return
        places = [(child, child.position_x) for child in line.children]
        text = getattr(leaves[-1], "text", "")
        flawed(context, line)
        for child, x in places:
            child.translate(dx=x - child.position_x, ignore_floats=True)
        last = leaves[-1]
        if text and last.text not in ("", text):
            last.pango_layout = create_layout(last.text, last.style, context, None, last.justification_spacing)
            last.pango_layout.deactivate()

    return remove_last_whitespace


def _is_ours(line: Any, leaves: Sequence[Any]) -> bool:
    is_right_to_left = line.style["direction"] == "rtl"
    return bool(leaves) and (is_right_to_left or any(hasattr(leaf, "level") for leaf in leaves))


def _order(line: Any) -> None:
    leaves = list(_leaves(line, ()))
    if not _is_ours(line, [leaf for leaf, _ in leaves]):
        return
    base = int(line.style["direction"] == "rtl")
    own = [getattr(leaf, "level", getattr((around or (leaf,))[-1], "level", base)) for leaf, around in leaves]
    order = in_order(leaves, own)
    last = {id(box): place for place, (_, around) in enumerate(order) for box in around}
    opened: set[int] = set()
    x = min(child.position_x for child in line.children if child.is_in_normal_flow())
    for place, (leaf, around) in enumerate(order):
        for box in around:
            if id(box) not in opened:
                opened.add(id(box))
                box.position_x = x
                x = box.content_box_x()
        leaf.translate(dx=x - leaf.position_x, ignore_floats=True)
        x += leaf.margin_width()
        for box in reversed(around):
            if last[id(box)] == place:
                box.width = x - box.content_box_x()
                x = box.position_x + box.margin_width()


def _leaves(box: Any, around: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Yield what stands on a line, in the order of reading, each with the inline boxes around it, outermost first."""
    from weasyprint.formatting_structure.boxes import InlineBox

    for child in box.children:
        if not child.is_in_normal_flow():
            continue
        within = list(_leaves(child, (*around, child))) if isinstance(child, InlineBox) else []
        yield from within or [(child, around)]
