"""The laid-out pages in, boxes and places that hold more than fits and words that no translator reached out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stele.diagnostics import Diagnostic, Location
from stele.language.pseudo import PSEUDO_TAGS, leaks
from stele.print.preflight.flaws import Untold, flaw

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BEGINNING = 40  # characters of a text by which its place is known
_SHOWN = 60  # characters of a text that does not fit
_INVISIBLE = {0x00AD: None, 0x2060: None}  # where words may break and may not
_HANGING_PX = 6  # 1.6 mm: a space or a hyphen may hang at the end of a line


def overfull_boxes(document: Any, name: str, first: int = 1) -> Iterator[Untold]:
    """Yield a flaw for each page with text outside of its block, of a block of fixed height or of the page."""
    for folio, page in enumerate(document.pages, first):
        box = page._page_box  # noqa: SLF001 (the boxes have no public name)
        texts = list(dict.fromkeys(_overfull(box, box, box, ())))
        if texts:
            yield Untold(name, flaw("overfull-box", folio, text=texts[0][:_SHOWN]))


def crowded_places(document: Any, name: str, first: int = 1) -> Iterator[Untold]:
    """Yield a flaw for each place of fixed size, marked by ``data-place`` in a template, that a text overruns."""
    for folio, page in enumerate(document.pages, first):
        for place in _places(page._page_box):  # noqa: SLF001
            lines = list(_lines_below(place))
            if lines:
                yield _does_not_fit(place, lines, folio, name)


def untranslated_words(document: Any, name: str, first: int = 1) -> Iterator[Diagnostic]:
    """Yield what a booklet in a pseudo-language still says in plain words: they stand in no catalog."""
    for folio, page in enumerate(document.pages, first):
        texts = (box.text for box in page._page_box.descendants() if _speaks_pseudo(box))  # noqa: SLF001
        words = leaks(" ".join(texts))
        if words:
            message = f"{name}: page {folio}: these words are in no catalog: {', '.join(words[:8])}"
            yield Diagnostic("unreachable-text", message, None, "write the words in _() in the template")


def _speaks_pseudo(box: Any) -> bool:
    from weasyprint.formatting_structure.boxes import TextBox

    if not isinstance(box, TextBox) or box.style["lang"] not in PSEUDO_TAGS:
        return False
    return box.element is None or box.element.get("translate") != "no"  # a box in the margin has no element


def _places(box: Any) -> Iterator[Any]:
    for placed in getattr(box, "children", ()):
        child = getattr(placed, "_box", placed)
        if child.element is not None and child.element.get("data-place"):
            yield child
        else:
            yield from _places(child)


def _lines_below(place: Any) -> Iterator[str]:
    """Yield the text of each line that stands below the foot of a place."""
    from weasyprint.formatting_structure import boxes

    foot = place.content_box_y() + place.height
    for line in place.descendants():
        if isinstance(line, boxes.LineBox) and line.position_y + line.height / 2 > foot:
            texts = (box.text for box in line.descendants() if isinstance(box, boxes.TextBox))
            if text := " ".join("".join(texts).split()):
                yield text


def _does_not_fit(place: Any, lines: Sequence[str], folio: int, name: str) -> Untold:
    said = " ".join("".join(place.element.itertext()).translate(_INVISIBLE).split())
    found = flaw(
        "does-not-fit",
        folio,
        "text",
        place=place.element.get("data-place"),
        text=said[:_BEGINNING].rstrip(),
        lines=len(lines),
        characters=sum(map(len, lines)),
    )
    file, line = place.element.get("data-file"), place.element.get("data-line")
    return Untold(name, found, Location(file, int(line) if line else None) if file else None)


def _overfull(box: Any, page: Any, block: Any, panels: tuple[Any, ...]) -> Iterator[str]:
    """Yield the text that leaves its `block`, one of the `panels` of fixed height around it, or the `page`."""
    from weasyprint.formatting_structure import boxes

    for placed in getattr(box, "children", ()):
        child = getattr(placed, "_box", placed)  # what is positioned absolutely stands behind a placeholder
        if isinstance(child, boxes.TextBox):
            if child.text.strip() and _is_too_much(child, page, block, panels):
                yield " ".join(child.text.split())
        elif isinstance(child, boxes.BlockContainerBox):
            yield from _overfull(child, page, child, _panels(child, panels))
        else:
            yield from _overfull(child, page, block, panels)


def _panels(block: Any, around: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the blocks of fixed height that must hold `block`; what is positioned freely leaves those around it."""
    outer = () if block.style["position"] in ("absolute", "fixed") else around
    return (*outer, block) if block.style["height"] != "auto" else outer


def _is_too_much(text: Any, page: Any, block: Any, panels: tuple[Any, ...]) -> bool:
    return (
        _leaves(text.position_x, text.width, 0, page.margin_width())
        or _leaves(text.position_y, text.height, 0, page.margin_height())
        or _runs_over(text, block)
        or any(_is_below(text, panel) for panel in panels)
    )


def _leaves(start: float, length: float, edge: float, room: float) -> bool:
    return start < edge - _HANGING_PX or start + length > edge + room + _HANGING_PX


def _runs_over(text: Any, block: Any) -> bool:
    """Say whether a text passes the end of its block; before its beginning hang numbers and bullets."""
    if block.style["direction"] == "rtl":
        return bool(text.position_x < block.border_box_x() - _HANGING_PX)
    return bool(text.position_x + text.width > block.border_box_x() + block.border_width() + _HANGING_PX)


def _is_below(text: Any, panel: Any) -> bool:
    """Say whether more than half of a line lies below its panel: display type is taller than its letters."""
    return bool(text.position_y + text.height / 2 > panel.border_box_y() + panel.border_height())
