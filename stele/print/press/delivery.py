"""A rendered booklet and its slug in, the file for the print shop out, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic
from stele.print.press.conditions import Unprintable
from stele.print.press.conversion import to_press
from stele.print.press.slug import render_slugs
from stele.print.units import POINTS_PER_MM

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from stele.print.preflight.flaws import Remark
    from stele.print.press.conditions import Press


@dataclass(frozen=True, slots=True)
class Delivery:
    """The PDF/X of a booklet, empty where `diagnostics` has an error."""

    pdf: bytes
    diagnostics: tuple[Remark, ...]


def deliver(rendered: bytes, press: Press, slug_html: str, roots: Sequence[Path], name: str) -> Delivery:
    """Return the booklet for the press, each page with its slug; runs in the worker that rendered it.

    `rendered` is what `pdf.render` made, with its bleed; `slug_html` comes from `composition.compose_slug`.
    """
    pages, width_mm = _extent(rendered)
    slugs = render_slugs(slug_html, roots, name, pages, width_mm, sha256(rendered).hexdigest())
    try:
        pdf = to_press(rendered, replace(press, slug=slugs.pdf))
    except Unprintable as refusal:
        bad = Diagnostic("unprintable", f"{name}: {refusal.reason}", None, refusal.hint)
        return Delivery(b"", (*slugs.diagnostics, bad))
    return Delivery(pdf, slugs.diagnostics)


def _extent(rendered: bytes) -> tuple[int, float]:
    """Return the number of pages and the width of the first, trimmed."""
    import pikepdf

    with pikepdf.open(BytesIO(rendered)) as pdf:
        left, _, right, _ = map(float, pdf.pages[0].trimbox)
        return len(pdf.pages), (right - left) / POINTS_PER_MM
