"""WeasyPrint's tags in, the same with the language of each element and with margins that are no content out.

Two things that WeasyPrint 70 leaves out. The language of an element is never written, so that a reader's voice would
speak an inscription as if it were in the language of the booklet. And what stands in the margins of pages, running
heads and folios, is marked as content that no element holds; it is furniture of the page and not to be read aloud.

The rule of versions is that of `line_breaks`.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FLAWED = frozenset({"70.0"})
_WRAPPERS = ("html", "body")  # have no element of their own: what they hold is given to the document


def mend() -> None:
    """Make WeasyPrint, in this process, tag languages, and margins as artifacts. Once is enough, more does no harm."""
    import weasyprint
    from weasyprint import draw
    from weasyprint.pdf import tags

    if weasyprint.__version__ not in FLAWED or hasattr(draw.draw_stacking_context, "__wrapped__"):
        return
    draw.draw_stacking_context = _with_artifacts(draw.draw_stacking_context)
    tags._build_box_tree = _without_margins(_with_languages(tags._build_box_tree))  # noqa: SLF001 (has no public name)


def _with_artifacts(flawed: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Return `draw_stacking_context` such that all that a margin shows is one artifact.

    ISO 32000-1, 14.8.2.2.2: pagination artifacts are running heads and folios.
    """
    from pydyf import Dictionary
    from weasyprint.formatting_structure.boxes import MarginBox

    @wraps(flawed)
    def draw_stacking_context(stream: Any, context: Any) -> None:
        tags = stream._tags  # noqa: SLF001 (has no public name)
        if tags is None or not isinstance(context.box, MarginBox):
            flawed(stream, context)
            return
        stream.begin_marked_content("Artifact", Dictionary({"Type": "/Pagination"}))
        stream._tags = None  # noqa: SLF001 (nothing within is marked again)
        flawed(stream, context)
        stream._tags = tags  # noqa: SLF001
        stream.end_marked_content()

    return draw_stacking_context


def _without_margins(flawed: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """Return `_build_box_tree` such that it looks for no content in margins."""
    from weasyprint.formatting_structure.boxes import MarginBox

    @wraps(flawed)
    def build_box_tree(box: Any, *rest: Any) -> Iterator[Any]:
        if not isinstance(box, MarginBox):
            yield from flawed(box, *rest)

    return build_box_tree


def _with_languages(flawed: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """Return `_build_box_tree` such that an element in another language than the one around it says so.

    ISO 32000-1, 14.9.2.2: what an element does not say it inherits.
    """
    from pydyf import String
    from weasyprint.formatting_structure.boxes import PageBox

    around = [""]  # the languages of the boxes in which the tree is being built, innermost last

    @wraps(flawed)
    def build_box_tree(box: Any, *rest: Any) -> Iterator[Any]:
        placed = getattr(box, "_box", box)  # what is positioned absolutely stands behind a placeholder
        is_wrapper = isinstance(placed, PageBox) or placed.element_tag in _WRAPPERS
        own = placed.style["lang"] or around[-1]
        is_other = own != around[-1] and not is_wrapper
        around.append(own)
        for element in flawed(box, *rest):
            if is_other:
                element["Lang"] = String(own)
            yield element
        around.pop()

    return build_box_tree
