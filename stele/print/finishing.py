"""A rendered PDF in, the same PDF for a screen out: cut to its trim, with what the renderer cannot say of it.

That is how to open it, and where links belong.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from stele.print.archive import archive
from stele.print.page_labels import label_pages
from stele.print.photographs import forget_cameras
from stele.print.saving import pdf_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Object, Pdf


def finish(
    booklet_pdf: bytes, *, right_to_left: bool, facing: bool = True, covers: tuple[str, str] = ("", "")
) -> bytes:
    """Return the booklet cut to its trim, as PDF/UA-1 and PDF/A-2a, with binding direction, title and page labels set.

    `facing` opens it in spreads, as a bound book lies; else its pages follow one below the other. `covers` are what
    its readers call the first page and the last. The same input gives the same bytes.
    """
    import pikepdf

    with pikepdf.open(BytesIO(booklet_pdf)) as pdf:
        # ISO 32000-2, 12.2 Viewer preferences; PDF/UA-1 7.1 asks for the title
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        if right_to_left:
            pdf.Root.ViewerPreferences.Direction = pikepdf.Name.R2L
        pdf.Root.PageLayout = pikepdf.Name.TwoPageRight if facing else pikepdf.Name.OneColumn
        _cut_to_trim(pdf)
        _drop_inner_links(pdf)
        _lift_list_items(pdf)
        forget_cameras(pdf)
        label_pages(pdf, *covers)
        archive(pdf)
        return pdf_bytes(pdf)


def _cut_to_trim(pdf: Pdf) -> None:
    """Leave the bleed outside the page, which is for the press alone (ISO 32000-2, 14.11.2 Page boundaries)."""
    for page in pdf.pages:
        page.MediaBox = page.trimbox
        for box in ("/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"):
            if box in page:
                del page[box]


def _drop_inner_links(pdf: Pdf) -> None:
    """Take away the second annotation that WeasyPrint 70 gives to an element inside a link.

    It covers what the link covers already, and no Link structure element holds it (PDF/UA-1, 7.18.5).
    """
    from pikepdf import Array, Name

    from stele.print.structure import elements

    inner = set()
    for link in elements(pdf, Name.Link):
        for element in _inside(link):
            kept = []
            for kid in element.K:
                if _is_reference(kid):
                    inner.add(kid.Obj.objgen)
                else:
                    kept.append(kid)
            element.K = Array(kept)
    for page in pdf.pages:
        if "/Annots" in page:
            page.Annots = Array([annotation for annotation in page.Annots if annotation.objgen not in inner])


def _lift_list_items(pdf: Pdf) -> None:
    """Let a list hold its items itself: HTML has groups of terms in a ``div``, PDF/UA-1 knows only L, LI and Caption.

    ISO 32000-1, 14.8.4.3.3 List Elements.
    """
    from pikepdf import Array, Name

    from stele.print.structure import elements

    groups = [group for group in elements(pdf, Name.Div) if isinstance(group.get("/K"), Array)]
    lists = {group.P.objgen: group.P for group in groups if group.P.get("/S") == Name.L}
    within = {group.objgen for group in groups}
    for element in lists.values():
        kept = []
        for kid in element.K:
            is_group = kid.objgen in within
            inner = list(kid.K) if is_group else [kid]
            for item in inner if is_group else ():
                item.P = element
            kept += inner
        element.K = Array(kept)


def _inside(element: Object) -> Iterator[Object]:
    """Yield the structure elements below `element`, a link, that hold others and are no links themselves."""
    from pikepdf import Array, Dictionary, Name

    kids = element.get("/K", ())
    for kid in kids if isinstance(kids, Array) else ():
        if isinstance(kid, Dictionary) and "/S" in kid:
            if Name.Link != kid.S and isinstance(kid.get("/K"), Array):
                yield kid
            yield from _inside(kid)


def _is_reference(kid: object) -> bool:
    from pikepdf import Dictionary, Name

    return isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR
