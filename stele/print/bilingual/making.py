"""Two composed booklets of one edition in, what is printed of both out, in the way that the edition asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.print.bilingual.columns import columns
from stele.print.bilingual.facing import facing
from stele.sources.printing import FACING

if TYPE_CHECKING:
    from stele.diagnostics import Diagnostic
    from stele.print.bilingual.facing import Facing
    from stele.print.bilingual.pairing import Version
    from stele.sources.theme import Theme

_SHARED = "booklet/bilingual.css"


def both(
    ours: Version, theirs: Version, name: str, theme: Theme, way: str
) -> tuple[str | Facing, tuple[Diagnostic, ...]]:
    """Return the booklet `name` in both languages, and which blocks of one have nothing beside them in the other.

    `way` is one of `printing.BILINGUAL`.
    """
    make, own = (facing, "booklet/facing.css") if way == FACING else (columns, "booklet/columns.css")
    return make(ours, theirs, name, [theme.find(sheet).as_uri() for sheet in (_SHARED, own)])
