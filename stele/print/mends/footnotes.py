"""WeasyPrint's paging of notes in, the same without two flaws of version 70.0 out, by which notes are repeated or lost.

To settle page numbers the layout is done several times, and only pages whose content changed are made anew. Which notes
a page left to the next is kept in one list for the whole document; so a page that is made anew after one that is not
takes over the notes that some other page had left, or none (`make_all_pages` in weasyprint/layout/page.py).

And when room for a line is made by moving the notes of the page on, the notes of that very line are never laid out
(`_linebox_layout` in weasyprint/layout/block.py).

The rule of versions is that of `line_breaks`.
"""

from __future__ import annotations

from typing import Any

FLAWED = frozenset({"70.0"})


def mend() -> None:
    """Make WeasyPrint, in this process, print every note once. Once is enough, more does no harm."""
    import weasyprint
    from weasyprint.layout import page

    if weasyprint.__version__ not in FLAWED or hasattr(page, "remake_page_as_it_was"):
        return
    page.remake_page_as_it_was = page.remake_page
    page.remake_page = _remake_page


def _remake_page(index: int, context: Any, root_box: Any, html: Any) -> Any:
    """Make a page with the notes that the page before it left, and remember those that it leaves itself."""
    from weasyprint.layout import page

    left: dict[int, list[Any]] = context.__dict__.setdefault("notes_left_by_page", {})
    context.reported_footnotes = list(left.get(index - 1, ()))
    made = page.remake_page_as_it_was(index, context, root_box, html)
    _leave_forgotten_notes(made[0], context)
    if left.get(index, []) != context.reported_footnotes and index + 1 < len(context.page_maker):
        context.page_maker[index + 1][-1]["content_changed"] = True
    left[index] = list(context.reported_footnotes)
    return made


def _leave_forgotten_notes(page: Any, context: Any) -> None:
    """Leave to the next page the notes that are called on this one and were not laid out."""
    for box in page.children[0].descendants():
        note = getattr(box, "footnote", None)
        if note is not None and note in context.footnotes:
            context.footnotes.remove(note)
            context.reported_footnotes.append(note)
