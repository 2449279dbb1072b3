"""What an edition is called and how it is printed in, the spread of its cover out: back, spine and front on one sheet.

The spread is composed before the booklet is laid out, in the language of its readers. How many pages there are, and so
how thick the spine is, is known afterwards: then the spread gets its measures and is rendered.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from stele.print.pdf import render
from stele.print.saving import pdf_bytes
from stele.print.symbols import isbn_barcode, qr_code
from stele.print.units import POINTS_PER_MM
from stele.sources.printing import TRIM_MM
from stele.sources.templating import Templates, safe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from stele.cache.keeping import Keeping
    from stele.diagnostics import Stage
    from stele.language.tags import Language
    from stele.print.composition import Cover
    from stele.print.preflight.flaws import Remark
    from stele.sources.printing import Printing
    from stele.sources.project import Edition
    from stele.sources.theme import Theme

BLEED_MM = 3.0  # as cover.css has it
# A fold wanders by a millimetre to either side: on a thinner spine, letters would end up on the front or the back.
TITLED_SPINE_MM = 5.0
# Where a spine is read from the foot up, as a book stands on its shelf. ISO 6357 has it read from the head down, as the
# book lies on a table; so do books in English, Dutch and Arabic script, and those of Scandinavia. On the continent and
# in the countries of the former Soviet Union the custom is the other one, whatever GOST 7.84-2002 says.
_CONTINENTAL = ("bg", "ca", "cs", "de", "el", "es", "fr", "hr", "hu", "it", "pl", "pt", "ro", "sk", "sl", "sr")
_FORMERLY_SOVIET = ("az", "be", "hy", "ka", "kk", "ky", "lt", "lv", "ru", "tg", "tk", "uk", "uz")
UPWARDS = frozenset(_CONTINENTAL + _FORMERLY_SOVIET)


@dataclass(frozen=True, slots=True)
class Spread:
    """The measures of a cover: two pages with the spine between them, all trimmed."""

    page_width_mm: float
    page_height_mm: float
    spine_mm: float

    @property
    def width_mm(self) -> float:
        """Width of the sheet when it is trimmed."""
        return round(2 * self.page_width_mm + self.spine_mm, 2)

    @property
    def fold_x_pt(self) -> tuple[float, ...]:
        """Where it is folded, in points from the left edge of the TrimBox: twice, or once where there is no spine."""
        folds = dict.fromkeys((self.page_width_mm, self.page_width_mm + self.spine_mm))
        return tuple(round(fold * POINTS_PER_MM, 4) for fold in folds)

    @property
    def has_spine_title(self) -> bool:
        """Say whether there is room for letters on the spine."""
        return self.spine_mm >= TITLED_SPINE_MM


@dataclass(frozen=True, slots=True)
class Wrapper:
    """A composed cover that waits for its booklet to be counted."""

    html: str
    format: str
    printing: Printing


def spine_mm(pages: int, printing: Printing) -> float:
    """Return how thick a booklet of `pages` pages is at its spine, to a hundredth of a millimetre.

    A leaf has two pages and is as thick as its caliper (ISO 534); the board of the cover lies on both sides. Print
    shops compute it so, some by the page: Kindle Direct Publishing takes 0.002252 inches for one of white paper. What
    is stapled through the fold has no spine.
    """
    if printing.binding == "saddle":
        return 0.0
    return round(pages / 2 * printing.caliper_mm + 2 * printing.cover_mm, 2)


def is_glued(wrapper: Wrapper) -> bool:
    """Say whether a cover is glued around the block of leaves, which then has none of its own."""
    return wrapper.printing.binding == "perfect"


def inner_pages(pages: int, wrapper: Wrapper) -> int:
    """Return how many of so many pages the cover lies around, those of `block` if it is glued."""
    return pages - 2 if is_glued(wrapper) else pages


def spread(pages: int, wrapper: Wrapper) -> Spread:
    """Return the measures of the cover around so many pages."""
    return Spread(*TRIM_MM[wrapper.format], spine_mm(pages, wrapper.printing))


def reads_upwards(language: Language) -> bool:
    """Say whether a title runs from the foot of the spine to its head in a language."""
    return not language.right_to_left and language.tag.partition("-")[0] in UPWARDS


def compose(
    called: Cover,
    edition: Edition,
    printing: Printing,
    *,
    language: Language,
    site: Mapping[str, str],
    stage: Stage,
    templates: Templates,
    theme: Theme,
    family: str = "",
    web: str = "",
) -> Wrapper:
    """Return the cover of an edition in a language, without its measures; raise `templating.TemplateFailure`.

    `web` is the address of the web edition in that language.
    """
    html = templates.render(
        "cover/cover.html",
        {
            "language": language,
            "site": site,
            "edition": called,
            "format": edition.format,
            "stage": stage.value,
            "upwards": reads_upwards(language),
            "web": web,
            "qr_code": safe(qr_code(web)) if web else "",
            "isbn": edition.isbn,
            "barcode": safe(isbn_barcode(edition.isbn)) if edition.isbn else "",
            "family": family,
            "stylesheet": lambda name: theme.find(name).as_uri(),
        },
    )
    return Wrapper(html, edition.format, printing)


def measured(html: str, spread: Spread) -> str:
    """Return the HTML of a cover with the measures that its style sheet asks for."""
    title = "" if spread.has_spine_title else " .spine p { display: none }"
    style = (
        f"@page {{ size: {spread.width_mm}mm {spread.page_height_mm}mm }} :root {{ --spine: {spread.spine_mm}mm; "
        f"--page-width: {spread.page_width_mm}mm; --page-height: {spread.page_height_mm}mm }}{title}"
    )
    return html.replace("</head>", f"<style>{style}</style>\n</head>", 1)


def render_cover(
    wrapper: Wrapper, pages: int, roots: Sequence[Path], name: str, kept: Keeping | None = None
) -> tuple[bytes, tuple[Remark, ...]]:
    """Return the PDF of a cover around `pages` pages, with its bleed; runs in a worker (see `pdf.render`)."""
    html = measured(wrapper.html, spread(pages, wrapper))
    printed = render(html, roots, f"{name}.cover", multiple_of=1, kept=kept)
    return printed.pdf, printed.diagnostics


def block(rendered: bytes) -> bytes:
    """Return a booklet without the pages of its own cover, for a binder who glues another around it.

    The leaf of the front cover goes, and the page of the back; a blank page fills the last leaf.
    """
    import pikepdf

    with pikepdf.open(BytesIO(rendered)) as pdf:
        del pdf.pages[-1]
        del pdf.pages[:2]
        last = pdf.pages[-1]
        blank = pdf.add_blank_page()
        for box in ("/MediaBox", "/TrimBox", "/BleedBox"):
            if box in last:
                blank.obj[box] = last.obj[box]
        return pdf_bytes(pdf)
