"""The HTML of a slug in, a PDF with the slug of each page out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stele.print.pdf import render
from stele.print.press import numbering
from stele.print.press.marks import SLUG_HEIGHT_MM

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from stele.print.pdf import Print

_WIDEST_MM = 5_000  # about the widest page of a PDF (ISO 32000-1, annex C)
DIGEST_LENGTH = 8  # enough to tell two makings of a booklet apart, and to be read out on the telephone


def render_slugs(html: str, roots: Sequence[Path], name: str, pages: int, width_mm: float, digest: str) -> Print:
    """Return `pages` pages, as high as `marks` leaves room for, of which the slugs take `width_mm` on the left.

    `html` has the slug of one page as its body. Its style shows ``--page`` and ``--digest``, and sets ``.slug`` on a
    page of this name. Runs where `pdf.render` does.
    """

    def laid_out(numbers: Iterable[str]) -> Print:
        slugs = _slugs(html, (f"{number} / {pages}" for number in numbers), width_mm, digest[:DIGEST_LENGTH])
        return render(slugs, roots, f"{name} (slug)", multiple_of=1)

    few = laid_out(numbering.samples(pages))
    pdf = numbering.numbered(few.pdf, pages)
    return replace(few, pdf=pdf, pages=pages) if pdf else laid_out(map(str, range(1, pages + 1)))


def _slugs(html: str, pages: Iterable[str], width_mm: float, digest: str) -> str:
    """Return HTML with a slug for each of the pages. Counters of CSS would say the same, three times as slowly.

    All slugs stand on pages of one size, so that the style sheets of the theme are read once for all widths.
    """
    head, _, rest = html.partition("</head>")
    before, _, body = rest.partition("<body>")
    line = body.partition("</body>")[0]
    style = f"<style>@page slug {{ size: {_WIDEST_MM}mm {SLUG_HEIGHT_MM}mm }}</style>"
    place = f"margin-right: {_WIDEST_MM - width_mm:.4f}mm; --digest: '{digest}'"
    slugs = (f"""<div class="slug" style="{place}; --page: '{page}'">{line}</div>""" for page in pages)
    return f"{head}{style}</head>{before}<body>{''.join(slugs)}</body></html>"
