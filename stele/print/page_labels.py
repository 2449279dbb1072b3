"""A PDF in, each of its pages under the name that it bears on paper out: its folio, a cover, the page of a letter."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from stele.language.numbers import native_digits
from stele.print.saving import pdf_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Object, Pdf


def label_pages(pdf: Pdf, front: str = "", back: str = "") -> None:
    """Name the first page `front` and the last `back` where they are given, all others by number, as folios count.

    PDF counts in European digits only (ISO 32000-1, 12.4.2), so where a language has its own, what stands on each page
    is written out.
    """
    from pikepdf import Array, Dictionary

    tag, pages = str(pdf.Root.get("/Lang", "")), len(pdf.pages)
    labels: dict[int, Object] = {0: _counted(1)}
    if native_digits("1", tag) != "1":
        labels = {page: _called(native_digits(str(page + 1), tag)) for page in range(pages)}
    elif front and pages > 1:
        labels[1] = _counted(2)
    if front:
        labels[0] = _called(front)
    if back and pages > 1:
        labels[pages - 1] = _called(back)
    numbered = [part for page, label in sorted(labels.items()) for part in (page, label)]
    pdf.Root.PageLabels = Dictionary(Nums=Array(numbered))


def _counted(start: int) -> Object:
    from pikepdf import Dictionary, Name

    return Dictionary(S=Name.D, St=start)


def _called(name: str) -> Object:
    from pikepdf import Dictionary, String

    return Dictionary(P=String(name))


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
