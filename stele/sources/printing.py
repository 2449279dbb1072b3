"""What site.toml may say of editions and paper: products and formats, the uses of a file, papers, their thickness."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

BOOKLET = "booklet"
# What can be made, in which formats; the first is taken where an edition names none.
PRODUCTS = {
    BOOKLET: ("a5", "a4", "half-letter", "square"),
    "leaflet": ("a4", "letter"),
    "poster": ("a3", "a2"),
    "programme": ("a5", "half-letter"),
    "letter": ("a4", "letter"),
    "panel": ("85x200",),
}
# Width and height of a trimmed page of a booklet (ISO 216; half of a US letter is 5.5 x 8.5 inches).
TRIM_MM = {"a5": (148.0, 210.0), "a4": (210.0, 297.0), "half-letter": (139.7, 215.9), "square": (210.0, 210.0)}
# A booklet is also bound as an e-book, `EPUB`. One in two languages is not: what stands side by side on paper would
# have to stand one behind the other, and a reader of e-books chooses a language by choosing a file.
EPUB = "epub"
USES = ("screen", "office", "press", "cover", EPUB)
OF_BOOKLETS = frozenset({"cover", EPUB})
DEFAULT_USES = ("screen", "office")
# Where nobody says when something was released.
UNDATED = date(2000, 1, 1)
# How an edition has two languages: block beside block on each page, or page beside page.
BILINGUAL = COLUMNS, FACING = ("columns", "facing")
STOCKS = ("coated", "uncoated")
STANDARDS = ("x-4", "x-1a")
BINDINGS = ("saddle", "signatures", "perfect")

# The caliper of a leaf in mm, as makers state it: weight in g/m² times bulk, which is 1.25 cm³/g for offset paper,
# 0.9 for matt and 0.8 for gloss art paper, and 1.8 for bulky book paper.
PAPERS = {
    "80 g offset": 0.100,
    "90 g offset": 0.113,
    "100 g offset": 0.125,
    "120 g offset": 0.150,
    "115 g matt": 0.104,
    "135 g matt": 0.122,
    "170 g matt": 0.153,
    "115 g gloss": 0.092,
    "135 g gloss": 0.108,
    "170 g gloss": 0.136,
    "80 g book": 0.144,
    "90 g book": 0.162,
}
# What a file calls its day where nobody states one.
UNDATED = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Printing:
    """How the editions of a project are printed.

    `stock` and `standard` are those of the press, `caliper_mm` is how thick a leaf is, `binding` how sheets are held
    together. `cover_mm` is how thick the board of the cover is, 0 where nobody says. `released` is the day that a file
    for the press calls its own: the clock would make two builds differ.
    """

    stock: str = "coated"
    standard: str = "x-4"
    binding: str = "saddle"
    caliper_mm: float = PAPERS["80 g offset"]
    cover_mm: float = 0.0
    released: date = UNDATED

    @property
    def is_dated(self) -> bool:
        """Say whether anybody stated when the editions were released."""
        return self.released != UNDATED
