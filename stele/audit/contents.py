"""The sheets of a PDF and the titles of its chapters in, the folios that its contents give them wrongly out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from stele.audit.findings import Finding
from stele.audit.sheets import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stele.audit.passages import Page
    from stele.audit.sheets import Sheet

_BEFORE = 2  # words that may be read before a title at the head of a page


def wrong_folios(
    covers: Sequence[Sheet], inner: Sequence[Sheet], pages: Sequence[Page], path: str, tag: str
) -> Iterator[Finding]:
    """Yield a finding where the contents, one of the `covers`, lead to other pages than those where chapters open.

    Nothing is asked when a title is not found at the head of an `inner` sheet, as when there are no contents.
    """
    titles = [words(item.text, tag) for page in pages for item in page.passages if item.kind == "h1"]
    openings = [str(number) for number in _openings(titles, inner)]
    contents = [sheet for sheet in covers if _holds(sheet, titles)]
    if len(openings) != len(titles) or not contents:
        return
    titled = Counter(word for title in titles for word in title)
    given = Counter(word for sheet in contents for word in sheet.words if word.isdecimal()) - titled
    wrong, missing = given - Counter(openings), Counter(openings) - given
    if wrong or missing:
        there, asked = (", ".join(sorted(some.elements(), key=int)) or "—" for some in (wrong, missing))
        message = f"the contents lead to page {there}, a chapter opens on page {asked}"
        yield Finding("editions-disagree", path, tag, message, sheet=contents[0].number)
    elif not any(word.isdecimal() for word in titled):
        listed = [word for sheet in contents for word in sheet.words if word.isdecimal()]
        if listed != openings:
            message = f"the contents have the pages in the order {', '.join(listed)}"
            yield Finding("editions-disagree", path, tag, message, sheet=contents[0].number)


def _openings(titles: Sequence[tuple[str, ...]], inner: Sequence[Sheet]) -> Iterator[int]:
    """Yield the folio on which each title stands first at the head of a sheet, one after the other."""
    left = iter(inner)
    for title in titles:
        for sheet in left:
            if any(sheet.words[start : start + len(title)] == title for start in range(_BEFORE + 1)):
                yield sheet.number
                break


def _holds(sheet: Sheet, titles: Sequence[tuple[str, ...]]) -> bool:
    return bool(titles) and all(not Counter(title) - Counter(sheet.words) for title in titles)
