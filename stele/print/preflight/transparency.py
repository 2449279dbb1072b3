"""The marks of a proof in, those through which something shows out.

ISO 15930-4, 6.12: PDF/X-1a has no soft masks, no opacity but full, no blending but the normal, no transparency groups.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.print.preflight.flaws import flaw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.print.preflight.flaws import Flaw
    from stele.print.preflight.marks import Mark
    from stele.print.preflight.proof import Proof

PLAIN = frozenset({"Normal", "Compatible"})


def opaque(proof: Proof) -> Iterator[Flaw]:
    """Yield what is transparent on each page, where the standard of the job has no transparency."""
    if proof.job.standard != "x-1a":
        return
    for sheet in proof.sheets:
        for kind in sorted({mark.kind.value for mark in sheet.marks if _is_transparent(mark)}):
            yield flaw("live-transparency", sheet.number, kind)


def _is_transparent(mark: Mark) -> bool:
    return not mark.is_opaque or mark.blend not in PLAIN or mark.in_group
