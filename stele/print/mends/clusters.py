"""A line laid out by Pango in, its clusters out: the least groups of glyphs that stand for letters."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from stele.print.mends.joining import EDGE

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Cluster:
    """The glyphs that draw a few letters, as numbers in a font, from left to right, and their width in px.

    `letters` stand in the order of the text, from its byte `start` on; `is_rtl` says that they are read from right to
    left.
    """

    pango_font: Any
    glyphs: tuple[int, ...]
    letters: str
    start: int
    width: float
    is_rtl: bool

    @property
    def seen_letters(self) -> str:
        """The letters from left to right."""
        return self.letters[::-1] if self.is_rtl else self.letters


def clusters_of(layout: Any) -> list[Cluster]:
    """Return the clusters of the first line of a `pango_layout` of WeasyPrint, which must be active.

    The layout keeps them as its `clusters`, whose fonts live as long as it is active.
    """
    from weasyprint.text.ffi import ffi

    text, found = layout.text.encode(), list[Cluster]()
    run = layout.get_first_line()[0].runs[0]
    while run != ffi.NULL:
        found += _of_run(run.data, text)
        run = run.next
    layout.clusters = found
    return found


def _of_run(run: Any, text: bytes) -> Iterator[Cluster]:
    """Yield the clusters of a run from left to right.

    What draws nothing, such as a zero-width non-joiner, joins the cluster before it in the text, at the start of a run
    the one after it. A run of nothing else has no cluster.
    """
    is_rtl, font = bool(run.item.analysis.level % 2), run.item.analysis.font
    groups = list(_groups(run.glyphs))
    drawn = [start for start, glyphs, _ in sorted(groups) if glyphs]
    if not drawn:
        return  # a joiner that stands alone between two elements
    starts = [0, *drawn[1:]]
    ends = dict(zip(drawn, [*starts[1:], run.item.length], strict=True))
    begins = dict(zip(drawn, starts, strict=True))
    for start, glyphs, width in groups:
        if glyphs:
            first = run.item.offset + begins[start]
            letters = text[first : run.item.offset + ends[start]].decode()
            written = letters.replace(EDGE, "") or letters
            yield Cluster(font, glyphs, written, first, width, is_rtl)


def _groups(glyphs: Any) -> Iterator[tuple[int, tuple[int, ...], float]]:
    """Yield where each cluster starts in its run, in bytes of UTF-8, the glyphs that it draws, and its width in px."""
    from weasyprint.text.ffi import FROM_UNITS, pango

    numbers = range(glyphs.num_glyphs)
    for start, group in groupby(numbers, lambda number: glyphs.log_clusters[number]):
        infos = [glyphs.glyphs[number] for number in group]
        width = sum(info.geometry.width for info in infos) * FROM_UNITS
        yield start, tuple(info.glyph for info in infos if info.glyph != pango.PANGO_GLYPH_EMPTY), width
