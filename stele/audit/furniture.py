"""The sheets of a PDF in, the same without what only print has out: folios, heads of pages and tables, references."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from stele.audit.sheets import BREAK, BROKEN, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stele.audit.chapters import Chapters
    from stele.audit.sheets import Sheet

_REFERENCE = re.compile(r"[()][^()\n]{0,16}?\d{1,4}[^()\n\d]{0,4}[()]")
_BEGINNING = 4  # letters behind the number of a heading
_IN_RANGE = 2  # words of a heading for letters that are not of the alphabet of the roll: “A–Z”
_YEAR = 3  # digits that number no heading


def bare(printed: Sequence[Sheet], chapters: Chapters, folios: int, tag: str) -> list[Sheet]:
    """Return the sheets without feet, repeated heads of tables and numbers of headings, broken words joined.

    `folios` is the number of pages, to which references may lead.
    """
    parted = ((sheet, (_parted(word, chapters, folios) for word in _words(sheet, chapters, tag))) for sheet in printed)
    cleared = [replace(sheet, words=tuple(chain.from_iterable(parts))) for sheet, parts in parted]
    for top in chapters.tops:
        cleared = list(_once(cleared, top))
    return cleared


def references(printed: Sequence[Sheet], folios: int, tag: str) -> Counter[str]:
    """Return the words of references to one of so many pages: “(p. 15)”."""
    return Counter(
        word for sheet in printed for line in sheet.text.split("\n") for word in _of_references(line, folios, tag)
    )


def lone_numbers(printed: Sequence[Sheet], chapters: Chapters, tag: str) -> Counter[str]:
    """Return the numbers that have a line of their own above a heading: theirs, or the call of a note before it."""
    found: Counter[str] = Counter()
    for sheet in printed:
        for line, behind in pairwise([words(line, tag) for line in lines_of(sheet)]):
            if len(line) == 1 and line[0].isdecimal() and _begins_title(behind, chapters):
                found[line[0]] += 1
    return found


def lines_of(sheet: Sheet) -> list[str]:
    """Return the lines of a sheet; what goes on in the next line begins there with `BROKEN`."""
    return [line for line in BREAK.sub(f"\n{BROKEN}", sheet.text).split("\n") if line.strip()]


def _words(sheet: Sheet, chapters: Chapters, tag: str) -> Iterator[str]:
    last = ""
    lines = lines_of(sheet)
    count = len(lines) - _has_letters_beside(lines, chapters, tag)
    for index, line in enumerate(lines):
        own = words(line, tag)
        if own and _is_foot(own, index, count, sheet):
            continue
        if own and own[0].isdecimal() and len(own[0]) < _YEAR and _begins_title(own[1:], chapters):
            own = own[1:]
        for word in own:
            if line.startswith(BROKEN) and word is own[0] and last and last + word in chapters.words:
                last += word
                continue
            if last:
                yield last
            last = word
    if last:
        yield last


def _begins_title(own: Sequence[str], chapters: Chapters) -> bool:
    letters = "".join(own)
    return len(letters) >= _BEGINNING and any(title.startswith(letters) for title in chapters.titles)


def _parted(word: str, chapters: Chapters, folios: int) -> tuple[str, ...]:
    """Return a number and the call of a note that have grown together, 53 and 10 that are read as 5310, or the word."""
    if not word.isdecimal() or word in chapters.words or (word[0] != "0" and int(word) <= folios):
        return (word,)
    cuts = (cut for cut in range(2, len(word)) if word[:cut] in chapters.words and word[cut:] in chapters.notes)
    return next(((word[:cut], word[cut:]) for cut in cuts), (word,))


def _has_letters_beside(lines: Sequence[str], chapters: Chapters, tag: str) -> bool:
    """Say whether the last line is the letters of a roll, which PDFium reads in the margin: one or two, as “N–A–Z”."""
    beside = words(lines[-1], tag) if lines else []
    return 0 < len(beside) <= 2 * _IN_RANGE and all(word in chapters.heads for word in beside)


def _is_foot(own: Sequence[str], index: int, count: int, sheet: Sheet) -> bool:
    """Say whether the first or the last line of a sheet begins or ends with its folio."""
    return index in (0, count - 1) and str(sheet.number) in (own[0], own[-1])


def _once(printed: Sequence[Sheet], top: tuple[str, ...]) -> Iterator[Sheet]:
    """Yield the sheets, the head of a table left out wherever it stands again."""
    seen = False
    for sheet in printed:
        start = next((i for i in range(len(sheet.words)) if sheet.words[i : i + len(top)] == top), -1)
        if start >= 0 and seen and len(top) > 1:
            yield replace(sheet, words=sheet.words[:start] + sheet.words[start + len(top) :])
        else:
            yield sheet
        seen = seen or start >= 0


def _of_references(line: str, folios: int, tag: str) -> Iterator[str]:
    for reference in _REFERENCE.findall(line):
        parts = words(reference, tag)
        if any(word.isdecimal() and int(word) <= folios for word in parts):
            yield from parts
