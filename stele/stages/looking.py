"""Composed HTML in, a booklet out that was looked at. Runs in a worker, beside the rendering of other booklets.

Printing cannot call the audit, which stands above it, and the pages should not be carried to another process to be
looked at: so the two are put together here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stele.audit.coverage import too_much_ink
from stele.audit.ink import unreadable
from stele.print.booklet import Booklet, make_booklet
from stele.print.preflight.checks import SHOP, preflight
from stele.print.preflight.proof import Job

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from stele.print.preflight.flaws import Flaw


def make_readable_booklet(html: str, roots: Sequence[Path], name: str, right_to_left: bool) -> Booklet:
    """Return the booklet of composed HTML, with a diagnostic for each word that cannot be read on its pages.

    Its flaws are those of its lines, which rendering knows, and those of each file that was made.
    """
    made = make_booklet(html, roots, name, right_to_left)
    found = unreadable(made.screen, made.words, name)
    flaws = {use: (*made.flaws.get(use, ()), *_flaws(pdf, Job(use))) for use, pdf in made.files.items()}
    return replace(made, diagnostics=(*made.diagnostics, *found), words=(), flaws=flaws)


def _flaws(pdf: bytes, job: Job) -> Iterator[Flaw]:
    yield from preflight(pdf, job)
    if job.use in SHOP:
        yield from too_much_ink(pdf, job.max_ink)
