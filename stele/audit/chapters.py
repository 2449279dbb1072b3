"""The pages of the site that are chapters of a booklet in, the words that should stand in its PDF out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from stele.audit.passages import REMARK
from stele.audit.sheets import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stele.audit.passages import Page, Passage
    from stele.audit.sheets import Sheet

_SPOKEN = frozenset({"title", "aria-label", "alt"})
_NUMBERED = frozenset({"h2", "h3", "h4", "h5", "h6"})
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "th"})
_LONG = 8  # words of a passage by which a page is known again
_MOST = 0.6  # of the words of such a passage, if it goes on overleaf

Line = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapters:
    """The chapters as the site has them: their passages, each with its words, and all words counted as print has them.

    `notes` are the numbers that print sets at the calls of notes and before them; a note that is called again stands
    there twice. `heads` are words of headings and of what editions say of their own state, `tops` the heads of tables,
    `titles` the letters of headings, which print may number.
    """

    passages: tuple[tuple[Passage, Line], ...]
    words: Counter[str]
    notes: frozenset[str]
    heads: frozenset[str]
    tops: tuple[Line, ...]
    titles: tuple[str, ...]

    @property
    def items(self) -> Counter[str]:
        """Return the numbers that print may set before the items of lists, which the site leaves to the browser."""
        count = sum(passage.kind == "li" for passage, _ in self.passages)
        return Counter(str(number) for number in range(1, count + 1))

    def holder(self, word: str) -> Passage | None:
        """Return the first passage that has `word`."""
        return next((passage for passage, line in self.passages if word in line), None)

    def among(self, printed: Sequence[Sheet]) -> Sequence[Sheet]:
        """Return the sheets from the first chapter to the last, without covers, imprint and contents."""
        lines = [line for passage, line in self.passages if passage.kind != "note"]  # print sets notes earlier
        texts = [line for line in lines if len(line) >= _LONG]
        if not texts:
            return _fullest(printed, set[str]().union(*lines))
        first, last = (set[str]().union(*some) for some in (texts[:2], texts[-1:]))
        begin = next((i for i, sheet in enumerate(printed) if _holds(sheet, first)), 0)
        end = next((i for i in range(len(printed), 0, -1) if _holds(printed[i - 1], last)), len(printed))
        return printed[begin:end]


def read_chapters(pages: Sequence[Page], tag: str) -> Chapters:
    """Return the chapters on `pages`, which are in the language `tag`."""
    shown = [[item for item in page.passages if not item.framed and item.kind not in _SPOKEN] for page in pages]
    passages = tuple((item, words(item.text, tag)) for page in shown for item in page)
    repeated = Counter(word for page in shown for word in _repeated_notes(page, tag))
    numbers = Counter(number for page in shown for number in _numbers_of_notes(page, tag))
    remarks = (item for page in pages for item in page.passages if item.kind == REMARK)
    heads = {word for item, line in passages if item.kind in _HEADS for word in line}
    heads.update(word for item in remarks for word in words(item.text, tag))
    return Chapters(
        passages,
        Counter(word for _, line in passages for word in line) + numbers + repeated,
        frozenset(numbers),
        frozenset(heads),
        tuple(_tops(passages)),
        tuple("".join(line) for item, line in passages if item.kind in _NUMBERED),
    )


def _fullest(printed: Sequence[Sheet], some: set[str]) -> Sequence[Sheet]:
    """Return the sheet that has most of the words of chapters too short to be known by a passage."""
    shares = [len(some & set(sheet.words)) for sheet in printed]
    best = shares.index(max(shares, default=0)) if any(shares) else 0
    return printed[best : best + 1]


def _holds(sheet: Sheet, some: set[str]) -> bool:
    return len(some & set(sheet.words)) > _MOST * len(some)


def _tops(passages: Sequence[tuple[Passage, Line]]) -> Iterator[Line]:
    """Yield the words of each row of heads: cells that stand together and belong to no record."""
    for is_top, cells in groupby(passages, lambda pair: pair[0].kind == "th" and not pair[0].record):
        if is_top:
            yield tuple(word for _, line in cells for word in line)


def _numbers_of_notes(passages: Sequence[Passage], tag: str) -> Iterator[str]:
    """Yield the numbers that print sets at calls and before notes, one for each call: it knows none that are shared.

    A note that nothing calls has its number too.
    """
    count = sum(len(passage.calls) for passage in passages)
    yield from (str(number) for number in range(1, count + 1) for _ in range(2))
    called = {word for passage in passages for call in passage.calls for word in words(call, tag)}
    notes = [str(number) for number, _ in enumerate((item for item in passages if item.kind == "note"), 1)]
    yield from (number for number in notes if number not in called)


def _repeated_notes(passages: Sequence[Passage], tag: str) -> Iterator[str]:
    """Yield the words of each note as often as it is called again."""
    calls = Counter(word for passage in passages for call in passage.calls for word in words(call, tag))
    for number, note in enumerate((item for item in passages if item.kind == "note"), 1):
        for _ in range(1, calls[str(number)]):
            yield from words(note.text, tag)
