"""The name of a product in, how its documents become pages and its pages become sheets out.

Each has its template in templates/<name>/<name>.html, and a style sheet for each of its formats beside it. A booklet
has its documents as chapters. In all others the text before the first heading of the second level opens the product,
beside its title, and each such heading begins a *section*, which has a place of its own: a panel, a page, a column.
A further document begins a section too, if there is text before its first heading.
"""

from __future__ import annotations

from dataclasses import dataclass

# How a printer turns a sheet: ISO 32000-2, table 147, Duplex.
ONE_SIDE, SHORT_EDGE, LONG_EDGE = "Simplex", "DuplexFlipShortEdge", "DuplexFlipLongEdge"


@dataclass(frozen=True, slots=True)
class Product:
    """One kind of thing to print.

    It has a multiple of `multiple_of` pages, and places for so many `sections`, or for any number of them. One that
    `is_folded` is imposed for the office printer, two pages beside each other; the pages of all others are its sheets,
    turned on the edge that `duplex` names. One that `is_several`, as letters are, has its pages counted by bookmarks.
    """

    name: str
    sections: int | None = None
    multiple_of: int = 1
    is_folded: bool = False
    duplex: str = ONE_SIDE
    is_several: bool = False

    @property
    def template(self) -> str:
        """Return the name of its template within the theme."""
        return f"{self.name}/{self.name}.html"


BOOKLET = Product("booklet", multiple_of=4, is_folded=True, duplex=SHORT_EDGE)

PRODUCTS = {
    item.name: item
    for item in (
        BOOKLET,
        # DL, two folds: three panels inside, and the one that folds in; its sheet lies across.
        Product("leaflet", sections=4, multiple_of=2, duplex=SHORT_EDGE),
        # Time and place at the foot.
        Product("poster", sections=1),
        # A folded card: inside left and right, and the back.
        Product("programme", sections=3, multiple_of=4, is_folded=True, duplex=SHORT_EDGE),
        # Below the signatures stands what becomes of them; each letter begins on a sheet of its own.
        Product("letter", duplex=LONG_EDGE, is_several=True),
        Product("panel", sections=3),
    )
}
