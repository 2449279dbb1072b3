"""Composed HTML in, a booklet out that was looked at. Runs in a worker, beside the rendering of other booklets.

Printing cannot call the audit, which stands above it, and the pages should not be carried to another process to be
looked at: so the two are put together here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stele.audit.ink import unreadable
from stele.print.booklet import Booklet, Order, make_booklet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from stele.print.bilingual.facing import Facing


def make_readable_booklet(
    html: str | Facing, roots: Sequence[Path], name: str, right_to_left: bool, order: Order | None = None
) -> Booklet:
    """Return the booklet of composed HTML, with a diagnostic for each word that cannot be read on its pages."""
    made = make_booklet(html, roots, name, right_to_left, order)
    found = unreadable(made.files["screen"], made.words, name)
    return replace(made, diagnostics=(*made.diagnostics, *found), words=())
