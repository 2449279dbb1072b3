"""A rendered booklet in RGB in, the PDF/X of it for a print shop out."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

from stele.print.press.colours import Inks
from stele.print.press.conditions import Standard, Unprintable
from stele.print.press.font_files import unwrap
from stele.print.press.intent import declare
from stele.print.press.marks import add_marks, bring_slugs
from stele.print.press.separation import separate
from stele.print.press.transparency import flatten, settle
from stele.print.saving import pdf_bytes

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

    from stele.print.press.conditions import Press

_KEPT_IN_PAGES = frozenset({"/Type", "/Parent", "/MediaBox", "/TrimBox", "/Resources", "/Contents", "/Rotate"})


def to_press(rendered: bytes, press: Press) -> bytes:
    """Return the booklet as `press` asks for it. The same input gives the same bytes.

    `rendered` has a MediaBox of trim and bleed, and a TrimBox. Links, tags and bookmarks lead nowhere on paper, and are
    left out. Raises Unprintable for what the standard forbids, and for colours that cannot be converted.
    """
    import pikepdf
    from pikepdf import Dictionary, Name

    with (
        pikepdf.open(BytesIO(rendered)) as screen,
        pikepdf.open(BytesIO(press.slug or rendered)) as slug_pdf,
        pikepdf.new() as pdf,
    ):
        _bring_pages(screen, pdf)
        pdf.Root.ViewerPreferences = Dictionary(Direction=Name.R2L if press.right_to_left else Name.L2R)
        slugs = bring_slugs(pdf, slug_pdf) if press.slug else []
        _convert(pdf, press, slugs)
        add_marks(pdf, slugs, press.folds_pt)
        declare(pdf, press, sha256(rendered).hexdigest())
        return pdf_bytes(pdf, version=press.standard.pdf_version)


def _convert(pdf: Pdf, press: Press, slugs: list[Object]) -> None:
    try:
        painted = separate(pdf, Inks(press.condition), slugs)
    except ValueError as error:
        raise Unprintable(str(error), "use colours of sRGB, and gradients of CSS or SVG") from error
    settle(pdf, painted)
    if press.standard is Standard.X1A:
        flatten(pdf, painted)
        unwrap(pdf)


def _bring_pages(screen: Pdf, pdf: Pdf) -> None:
    """Bring the pages and the title without what leads somewhere on a screen; ISO 15930-7, 6.17 to 6.19 forbid most.

    That is links, bookmarks, destinations, attachments, and the tags that would point at links.
    """
    for page in screen.pages:
        for key in set(page.obj.keys()) - _KEPT_IN_PAGES:
            del page.obj[key]
    pdf.pages.extend(screen.pages)
    if "/Lang" in screen.Root:
        pdf.Root.Lang = screen.Root.Lang
    for key, value in screen.docinfo.items():
        pdf.docinfo[key] = value
