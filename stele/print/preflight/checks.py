"""A PDF and what it is made for in, everything out that a print shop would send it back for.

How much each finding weighs, by how near to print the edition is, is in the table of `stele.diagnostics`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.print.preflight import boxes, colours, fonts, images, pages, spines, strokes, transparency

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stele.print.preflight.flaws import Flaw
    from stele.print.preflight.proof import Proof

EVERY = frozenset({"screen", "office", "press", "cover"})
PAPER = EVERY - {"screen"}
SHOP = frozenset({"press", "cover"})
LEAVES = frozenset({"screen", "press"})  # one page after the other, as they are read


@dataclass(frozen=True, slots=True)
class Check:
    """A function that finds flaws, their codes, and the uses of a file that it is for."""

    find: Callable[[Proof], Iterator[Flaw]]
    codes: tuple[str, ...]
    uses: frozenset[str]


CHECKS = (
    Check(boxes.nested, ("bad-boxes",), EVERY),
    Check(boxes.trimmed, ("bad-boxes",), SHOP),
    Check(boxes.of_one_trim, ("mixed-trim",), LEAVES),
    Check(boxes.bleeding, ("no-bleed",), SHOP),
    Check(fonts.embedded, ("unembedded-font",), EVERY),
    Check(fonts.outlined, ("type3-font",), SHOP),
    Check(fonts.complete, ("missing-glyph",), EVERY),
    Check(colours.painted_in_inks, ("foreign-colour",), SHOP),
    Check(colours.free_of_other_spaces, ("unused-colour-space",), SHOP),
    Check(images.resolved, ("low-resolution", "soft-image"), PAPER),
    Check(strokes.thick_enough, ("thin-line",), SHOP),
    Check(strokes.large_enough, ("small-reversed-type",), SHOP),
    Check(pages.countable, ("wrong-page-count",), frozenset({"press"})),
    Check(pages.filled, ("blank-pages",), LEAVES),
    Check(spines.wide_enough, ("narrow-spine",), frozenset({"cover"})),
    Check(transparency.opaque, ("live-transparency",), SHOP),
)


def preflight(proof: Proof) -> Iterator[Flaw]:
    """Yield the flaws of a PDF, check by check; `stele.audit.coverage` adds what only plates can show."""
    for check in CHECKS:
        if proof.job.use in check.uses:
            yield from check.find(proof)
