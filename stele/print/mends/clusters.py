"""A line laid out by Pango in, its runs out, and its clusters: the least groups of glyphs that stand for letters."""

from __future__ import annotations

from functools import cached_property
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from stele.print.mends.joining import EDGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_EMPTY = 0x0FFFFFFF  # Pango's glyph that draws nothing


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


class Run(NamedTuple):
    """Glyphs in one font and direction from left to right: their numbers in it, and their widths in px.

    `shifts` say how far each stands right of its place, in units of Pango; `starts` where its cluster begins in the
    run, `start` where that begins in the text, in bytes of UTF-8. A run is simple if it is read from left to right and
    each of its clusters is one glyph on the baseline; then `letters` are those of each cluster.
    """

    pango_font: Any
    numbers: list[int]
    widths: list[float]
    shifts: list[int]
    starts: list[int]
    letters: Sequence[str]
    start: int
    is_rtl: bool
    is_simple: bool


class Reading(NamedTuple):
    """What is read on a line: the letters of each cluster from left to right, its width in px, and its start.

    Starts grow in the order of reading.
    """

    letters: Sequence[str]
    widths: Sequence[float]
    starts: Sequence[int]


class SetLine:
    """A line as Pango has set it: its `runs` from left to right. It is simple if all of them are."""

    def __init__(self, runs: list[Run]) -> None:
        """Take its runs."""
        self.runs, self.is_simple = runs, all(run.is_simple for run in runs)

    @cached_property
    def clusters(self) -> list[Cluster]:
        """Its clusters from left to right."""
        return [cluster for run in self.runs for cluster in _of_run(run)]

    @property
    def reading(self) -> Reading:
        """What is read on it."""
        if self.is_simple:
            letters = tuple(letter for run in self.runs for letter in run.letters)
            return Reading(letters, tuple(width for run in self.runs for width in run.widths), range(len(letters)))
        letters, starts = tuple(each.letters for each in self.clusters), tuple(each.start for each in self.clusters)
        return Reading(letters, tuple(each.width for each in self.clusters), starts)


def set_line(layout: Any) -> SetLine:
    """Return the first line of a `pango_layout` of WeasyPrint, whose fonts live as long as that is active.

    The layout keeps the `reading` of the line.
    """
    line = SetLine(list(_runs(layout.get_first_line()[0].runs[0], layout.text.encode())))
    layout.reading = line.reading
    return line


def _runs(run: Any, text: bytes) -> Iterator[Run]:
    """Yield the runs of a text from a first one of Pango on. Their glyphs are read in one go, not by the field."""
    from weasyprint.text.ffi import FROM_UNITS, ffi

    size = ffi.sizeof("PangoGlyphInfo")
    step = size // ffi.sizeof("gint")
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        start, count, is_rtl = item.offset, glyphs.num_glyphs, bool(item.analysis.level % 2)
        fields = memoryview(ffi.buffer(glyphs.glyphs, count * size)).cast("i").tolist()
        numbers, widths = fields[0::step], [width * FROM_UNITS for width in fields[1::step]]
        starts, written = ffi.unpack(glyphs.log_clusters, count), text[start : start + item.length]
        is_simple = not (is_rtl or _EMPTY in numbers or any(fields[3::step])) and len(set(starts)) == count
        letters: Sequence[str] = written.decode()
        if is_simple and len(letters) != count:
            letters = [written[begin:end].decode() for begin, end in pairwise([0, *starts[1:], len(written)])]
        yield Run(item.analysis.font, numbers, widths, fields[2::step], starts, letters, start, is_rtl, is_simple)
        run = run.next


def _of_run(run: Run) -> Iterator[Cluster]:
    """Yield the clusters of a run from left to right.

    What draws nothing, such as a zero-width non-joiner, joins the cluster before it in the text, at the start of a run
    the one after it. A run of nothing else has no cluster.
    """
    groups = list(_groups(run.starts, run.numbers, run.widths))
    drawn = [start for start, glyphs, _ in sorted(groups) if glyphs]
    if not drawn:
        return  # a joiner that stands alone between two elements
    text = "".join(run.letters).encode()
    begins = [0, *drawn[1:]]
    places = dict(zip(drawn, pairwise([*begins, len(text)]), strict=True))
    for start, glyphs, width in groups:
        if glyphs:
            begin, end = places[start]
            letters = text[begin:end].decode()
            written = letters.replace(EDGE, "") or letters
            yield Cluster(run.pango_font, glyphs, written, run.start + begin, width, run.is_rtl)


def _groups(
    starts: Sequence[int], numbers: Sequence[int], widths: Sequence[float]
) -> Iterator[tuple[int, tuple[int, ...], float]]:
    """Yield where each cluster starts in its run, the glyphs that it draws, and its width in px."""
    if len(set(starts)) == len(starts):
        for start, number, width in zip(starts, numbers, widths, strict=True):
            yield start, (number,) if number != _EMPTY else (), width
        return
    for start, group in groupby(range(len(starts)), starts.__getitem__):
        places = list(group)
        width = sum(widths[place] for place in places)
        yield start, tuple(numbers[place] for place in places if numbers[place] != _EMPTY), width
