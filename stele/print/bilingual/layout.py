"""The two sides of a booklet and a function that lays out HTML in, the laid-out sides and their pages in turn out.

Heights are measured on galleys, spreads are computed from them, and the pages are looked at: what does not fit, because
the head of a table came again or a note asked for more, begins the next spread, until all fits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stele.print.bilingual.facing import BLOCK, GALLEYS, opening
from stele.print.bilingual.galleys import crowded, first_and_last, measured, room
from stele.print.bilingual.spreads import spreads
from stele.print.preflight.flaws import Untold, flaw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stele.print.bilingual.facing import Facing
    from stele.print.bilingual.galleys import Galleys

_SHOWN = 60  # letters of a block that is named in a diagnostic


@dataclass(frozen=True, slots=True)
class Sides:
    """The documents of both sides, and by side the blocks that are longer than a page."""

    documents: tuple[Any, Any]
    long: tuple[frozenset[int], frozenset[int]]

    @property
    def pages(self) -> list[Any]:
        """Return the pages in turn, between those of the first side before its first block and behind its last."""
        ours, theirs = self.documents
        first, last = first_and_last(ours)
        end = first_and_last(theirs)[1]
        between = ((ours if index % 2 else theirs).pages[index] for index in range(first, end + 1))
        return [*ours.pages[:first], *between, *ours.pages[last + 1 :]]


def side_by_side(sides: Facing, lay_out: Callable[[str], Any]) -> Sides:
    """Return both sides, laid out so that blocks of one number stand on one spread."""
    galleys = [lay_out(_styled(html, GALLEYS)) for html in (sides.ours, sides.theirs)]
    ours, theirs = (measured(document, sides.count) for document in galleys)
    openers = sides.openers
    while True:
        opened = _opened(ours, theirs, room(galleys[0]), sides, openers)
        style = opening(opened - sides.openers)
        first, second = (lay_out(_styled(html, style)) for html in (sides.ours, sides.theirs))
        over = (crowded(first, 0), crowded(second, 1))
        too_many = (over[0] | over[1]) - opened
        if not too_many:
            return Sides((first, second), over)
        openers |= too_many


def long_blocks(sides: Facing, laid_out: Sides, name: str) -> Iterator[Untold]:
    """Yield a flaw for each block of the booklet `name` that is longer than a page: a part of it is cut off."""
    for html, numbers in zip((sides.ours, sides.theirs), laid_out.long, strict=True):
        for number in sorted(numbers):
            _, _, rest = html.partition(f'{BLOCK}="{number}"')
            text = " ".join(re.sub(r"<[^>]*>", " ", rest.partition(">")[2]).split())[:_SHOWN].strip()
            yield Untold(name, flaw("long-block", text=text))


def _opened(ours: Galleys, theirs: Galleys, height: float, sides: Facing, openers: frozenset[int]) -> frozenset[int]:
    """Return the blocks that begin a spread, on pages that hold a text of such a height."""
    space = max(ours.space_above_notes, theirs.space_above_notes)
    found = spreads(ours.heights, theirs.heights, height, space_above_notes=space, kept=sides.kept, openers=openers)
    return frozenset(spread.start for spread in found)


def _styled(html: str, style: str) -> str:
    return html.replace("</head>", f"<style>{style}</style></head>", 1)
