"""Two composed booklets of one edition in, what is printed of both out, in the way and the format of the edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.print.bilingual.columns import columns
from stele.print.bilingual.facing import facing
from stele.print.bilingual.wrapping import ordered
from stele.sources.printing import FACING

if TYPE_CHECKING:
    from stele.diagnostics import Diagnostic
    from stele.print.bilingual.facing import Facing
    from stele.print.bilingual.pairing import Version
    from stele.print.booklet import Order
    from stele.sources.project import Edition
    from stele.sources.theme import Theme

_SHARED = "booklet/bilingual.css"
_FIRST_FORMAT = "a5"  # what columns.css is written for


def both(
    ours: Version, theirs: Version, name: str, theme: Theme, edition: Edition
) -> tuple[str | Facing, tuple[Diagnostic, ...]]:
    """Return the booklet `name` in both languages, and which blocks of one have nothing beside them in the other."""
    if edition.bilingual == FACING:
        return facing(ours, theirs, name, _addresses(theme, _SHARED, "booklet/facing.css"))
    own = [f"booklet/columns-{edition.format}.css"] if edition.format != _FIRST_FORMAT else []
    return columns(ours, theirs, name, _addresses(theme, _SHARED, "booklet/columns.css", *own))


def order_of_both(order: Order, other: Order, ours: Version, theirs: Version, theme: Theme) -> Order:
    """Return what is made of such a booklet, whose languages have an order each."""
    return ordered(order, other, ours, theirs, _addresses(theme, _SHARED))


def _addresses(theme: Theme, *sheets: str) -> list[str]:
    return [theme.find(sheet).as_uri() for sheet in sheets]
