"""A line laid out by Pango in, its clusters out: the least groups of glyphs that stand for letters."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from stele.print.mends.joining import EDGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Cluster(NamedTuple):
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
    starts, numbers, widths = _glyphs(run.glyphs)
    groups = list(_groups(starts, numbers, widths))
    drawn = [start for start, glyphs, _ in sorted(groups) if glyphs]
    if not drawn:
        return  # a joiner that stands alone between two elements
    first = run.item.offset
    begins = [0, *drawn[1:]]
    places = dict(zip(drawn, pairwise([*begins, run.item.length]), strict=True))
    for start, glyphs, width in groups:
        if glyphs:
            begin, end = places[start]
            letters = text[first + begin : first + end].decode()
            written = letters.replace(EDGE, "") or letters
            yield Cluster(font, glyphs, written, first + begin, width, is_rtl)


def _glyphs(glyphs: Any) -> tuple[list[int], list[int], list[int]]:
    """Return where the cluster of each glyph starts in its run, in bytes of UTF-8, their numbers, and their widths.

    They are read in one go, not by the field. Widths are in units of Pango.
    """
    from weasyprint.text.ffi import ffi

    fields = ffi.sizeof("PangoGlyphInfo") // ffi.sizeof("guint")
    infos = memoryview(ffi.buffer(glyphs.glyphs, glyphs.num_glyphs * ffi.sizeof("PangoGlyphInfo")))
    starts = ffi.unpack(glyphs.log_clusters, glyphs.num_glyphs)
    return starts, infos.cast("I")[::fields].tolist(), infos.cast("i")[1::fields].tolist()


def _groups(
    starts: Sequence[int], numbers: Sequence[int], widths: Sequence[int]
) -> Iterator[tuple[int, tuple[int, ...], float]]:
    """Yield where each cluster starts in its run, the glyphs that it draws, and its width in px."""
    from weasyprint.text.ffi import FROM_UNITS, pango

    empty = pango.PANGO_GLYPH_EMPTY
    if len(set(starts)) == len(starts):
        for start, number, width in zip(starts, numbers, widths, strict=True):
            yield start, (number,) if number != empty else (), width * FROM_UNITS
        return
    for start, group in groupby(range(len(starts)), starts.__getitem__):
        places = list(group)
        width = sum(widths[place] for place in places) * FROM_UNITS
        yield start, tuple(numbers[place] for place in places if numbers[place] != empty), width
