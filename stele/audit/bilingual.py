"""A booklet in two languages and the pages of the site in both in, where they differ out.

Of facing pages each language is read by itself and held against its own pages of the site as any booklet is. In columns
the words of both stand among each other: each language is asked only for what its pages say, so a number that one has
too few could be lent by the other. And so is a second language that runs the other way than the first: PDFium reads the
lines of a whole file in one direction.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from stele.audit.abridging import abridged
from stele.audit.passages import read_page
from stele.audit.printed import absent, disagreements, misimposed
from stele.audit.sheets import BREAK, sheets, words
from stele.language.tags import direction

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from stele.artifacts import Artifact
    from stele.audit.findings import Finding
    from stele.audit.sheets import Sheet, Texts

_OPENING = 3  # pages: cover, blank, title, which have both languages


def bilingual_findings(
    screen: Artifact | Texts, office: Artifact | None, pages: Mapping[str, Sequence[Artifact]], *, is_facing: bool
) -> tuple[Finding, ...]:
    """Return where a booklet and the `pages` of its chapters, by language, differ; the first page is the home page.

    The first language has the pages of even numbers if `is_facing`.
    """
    found: list[Finding] = []
    first = next(iter(pages))
    for side, (tag, own) in enumerate(pages.items()):
        home, *chapters = (read_page(page.path, abridged(page.data)) for page in own)
        printed = sheets(screen, tag)
        if is_facing:
            printed = tuple(_of_side(printed, side))
        if is_facing and direction(tag) == direction(first):
            found += disagreements(screen.path, printed, chapters, tag, home)
        else:
            found += absent(screen.path, [_joined(sheet, tag) for sheet in printed], chapters, tag)
    if office is not None:
        found += misimposed(office.path, sheets(office, first), sheets(screen, first), first)
    return tuple(found)


def _joined(sheet: Sheet, tag: str) -> Sheet:
    """Return a sheet with each word that is broken at the end of a line also as it was before."""
    whole = Counter(words(BREAK.sub("", sheet.text), tag))
    return replace(sheet, words=tuple((Counter(sheet.words) | whole).elements()))


def _of_side(printed: Sequence[Sheet], side: int) -> Iterator[Sheet]:
    """Yield the sheets, those of the other language without their words."""
    for sheet in printed:
        is_shared = sheet.number <= _OPENING or sheet is printed[-1]
        yield sheet if is_shared or sheet.number % 2 == side else replace(sheet, text="", words=())
