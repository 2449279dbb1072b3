"""A PDF of several letters in, the same with each page called by its letter out: “Dr. A. Example 2”."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from stele.print.saving import pdf_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Pdf


def label_by_bookmarks(pdf: bytes) -> bytes:
    """Return the PDF with its pages numbered anew from each of its outermost bookmarks, whose title comes before.

    The same input gives the same bytes. ISO 32000-2, 12.4.2 Page labels.
    """
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as letters:
        labels = pikepdf.NumberTree.new(letters)
        labels[0] = pikepdf.Dictionary(S=pikepdf.Name.D)
        for page, title in _bookmarks(letters):
            labels[page] = pikepdf.Dictionary(S=pikepdf.Name.D, P=f"{title} ")
        letters.Root.PageLabels = labels.obj
        return pdf_bytes(letters)


def _bookmarks(pdf: Pdf) -> Iterator[tuple[int, str]]:
    """Yield the index of the page that each bookmark leads to, and its title."""
    from pikepdf import Array

    pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    with pdf.open_outline() as outline:
        for item in outline.root:
            if isinstance(item.destination, Array):
                yield pages[item.destination[0].objgen], item.title
