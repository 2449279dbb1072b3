"""A PDF and what it is made for in, what all checks of it look at out: its pages, and what is painted on each."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from stele.print.preflight.marks import Area
from stele.print.preflight.memory import Painted

if TYPE_CHECKING:
    from pikepdf import Page, Pdf

    from stele.print.preflight.marks import Mark
    from stele.print.preflight.memory import Memory


@dataclass(frozen=True, slots=True)
class Job:
    """What a file is made for: `use` is screen, office, press or cover; the rest is what a print shop was told.

    `binding` is saddle, signatures or perfect, empty for single leaves; `standard` is x-4 or x-1a; `max_ink` is the
    most that all inks may cover together, 3.0 is 300 %. A cover is folded at `folds_pt`, counted from where it is
    trimmed on the left.
    """

    use: str
    binding: str = "saddle"
    standard: str = "x-4"
    max_ink: float = 3.0
    bleed_mm: float = 3.0
    folds_pt: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with its number from 1, the boxes that it has, in pt, and its marks in the order in which they are drawn.

    Without a box of its own, a page is trimmed and bleeds where its MediaBox ends (ISO 32000-2, 14.11.2).
    """

    number: int
    media: Area
    bleed: Area
    trim: Area
    has_trim: bool
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """An open PDF with what it is made for and its pages; it is closed where a `with` ends."""

    pdf: Pdf
    job: Job
    sheets: tuple[Sheet, ...]

    def __enter__(self) -> Proof:
        return self

    def __exit__(self, *_: object) -> None:
        self.pdf.close()


def proof(pdf: bytes, job: Job, memory: Memory | None = None) -> Proof:
    """Open a PDF for its checks; `memory` is of files that may have the same pages."""
    import pikepdf

    document = pikepdf.open(BytesIO(pdf))
    painted = Painted(document, memory)
    return Proof(document, job, tuple(_sheet(page, number, painted) for number, page in enumerate(document.pages, 1)))


def _sheet(page: Page, number: int, painted: Painted) -> Sheet:
    media, bleed, trim = (Area(*map(float, box)) for box in (page.mediabox, page.bleedbox, page.trimbox))
    return Sheet(number, media, bleed, trim, "/TrimBox" in page.obj, tuple(painted.on(page)))
