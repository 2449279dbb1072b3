"""pydyf's references to the pages of a PDF in, the same out, written once for as many pages as there are.

WeasyPrint 70 asks for those of all pages whenever it tags a box, and pydyf 0.13 writes them anew each time: for a roll
of 50,000 names on 700 pages, 40 million of them.

The rule of versions is that of `line_breaks`.
"""

from __future__ import annotations

from typing import Any

FLAWED = frozenset({"0.13.0"})


def mend() -> None:
    """Make pydyf, in this process, remember the references to pages. Once is enough, more does no harm."""
    import pydyf

    if pydyf.__version__ in FLAWED:
        pydyf.PDF.page_references = property(_references)


def _references(pdf: Any) -> tuple[bytes, ...]:
    numbers = pdf.pages["Kids"][::3]  # of each page: its number, 0, R
    known: tuple[bytes, ...] = pdf.__dict__.get("known_references", ())
    if len(known) < len(numbers):  # pages are added and never taken away
        known = pdf.known_references = tuple(f"{number} 0 R".encode("ascii") for number in numbers)
    return known
