"""Composed HTML in, a booklet out that was looked at. Runs in a worker, beside the rendering of other booklets.

Printing cannot call the audit, which stands above it, and the pages should not be carried to another process to be
looked at: so the two are put together here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from stele.artifacts import Artifact
from stele.audit.coverage import too_much_ink
from stele.audit.front import picture
from stele.audit.ink import read_back
from stele.print import cover
from stele.print.booklet import Booklet, Order, assembled, for_office, for_screen, for_shop, path
from stele.print.chapters.copies import beside
from stele.print.preflight.checks import SHOP, preflight
from stele.print.preflight.proof import Job, proof
from stele.print.printed_words import Packed
from stele.print.products import BOOKLET
from stele.sources.printing import EPUB

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from stele.audit.ink import ReadBack
    from stele.print.bilingual.facing import Facing
    from stele.print.booklet import Made
    from stele.print.pdf import Print
    from stele.print.preflight.flaws import Flaw
    from stele.print.preflight.memory import Memory


@dataclass(frozen=True, slots=True)
class Proofed:
    """A booklet, and by the path of each of its files what a print shop would send it back for.

    `texts` are those of the pages of a file, by the SHA-256 of the bytes that were read. `front` is a picture of its
    first page for the e-book, empty where there is none.
    """

    booklet: Booklet
    flaws: Mapping[str, tuple[Flaw, ...]]
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    front: bytes = b""


def make_readable_booklet(
    html: str | Facing, roots: Sequence[Path], name: str, right_to_left: bool, order: Order | None = None
) -> Proofed:
    """Return the booklet of composed HTML, with a diagnostic for each word that cannot be read on its pages.

    What is wrong with its lines is told of the file for the screen: the others are made of the same pages.
    """
    order = order or Order()
    printed, pdf = for_screen(html, roots, name, right_to_left, order)
    with beside(lambda: _for_readers(printed, pdf, name, right_to_left, order)) as readers:
        shop = for_shop(printed, roots, name, order)
        flaws = _flaws(shop.files, printed.pages, name, order)
        office, others, read, front = readers()
    screen = Artifact(path(name, "screen"), pdf)
    flaws |= {**others, screen.path: (*printed.flaws, *others[screen.path])}
    made = assembled(printed, pdf, name, (office, shop))
    made = replace(made, diagnostics=(*made.diagnostics, *read.unreadable), words=Packed())
    return Proofed(made, flaws, {screen.sha256: read.texts}, front)


def _for_readers(
    printed: Print, screen: bytes, name: str, right_to_left: bool, order: Order
) -> tuple[Made, dict[str, tuple[Flaw, ...]], ReadBack, bytes]:
    """Return what is made for an office, what is wrong with it and with the screen's, and what is seen of that."""
    office = for_office(printed, screen, name, right_to_left, order)
    flaws = _flaws({"screen": screen, **office.files}, printed.pages, name, order)
    front = picture(screen) if EPUB in order.uses else b""
    return office, flaws, read_back(screen, printed.words, name), front


def _flaws(files: Mapping[str, bytes], pages: int, name: str, order: Order) -> dict[str, tuple[Flaw, ...]]:
    """Return what is wrong with each of the files that could be made, by its path."""
    memory: Memory = {}  # an office prints the pages of the screen
    jobs = [replace(_job(pages, order), use=use) for use, pdf in files.items() if pdf]
    known = {job.use: None if job.use in SHOP else memory for job in jobs}
    return {path(name, job.use): tuple(_seen(files[job.use], job, known[job.use])) for job in jobs}


def _job(pages: int, order: Order) -> Job:
    """Return what the files are for, but for their use."""
    job = Job("screen", _binding(order))
    if order.shop:
        press = order.shop.press
        job = replace(job, standard=press.standard.value, max_ink=press.condition.ink_limit)
    if order.wrapper:
        job = replace(job, folds_pt=cover.spread(cover.inner_pages(pages, order.wrapper), order.wrapper).fold_x_pt)
    return job


def _binding(order: Order) -> str:
    """Return how the leaves are held together, if they are."""
    if order.product != BOOKLET or order.office is None:
        return ""
    return order.wrapper.printing.binding if order.wrapper else order.office.binding


def _seen(pdf: bytes, job: Job, memory: Memory | None) -> Iterator[Flaw]:
    with proof(pdf, job, memory) as opened:
        yield from preflight(opened)
        if job.use in SHOP:
            yield from too_much_ink(opened)
