"""Pages in a language in, whether its readers can read them out: what is mostly in another language is no translation.

Half is the measure, in letters as they are printed. Search engines take a page for one in the language that most of it
is in, and one that is mostly in the language of the source for a copy of the source's page. Counts of messages would
not tell: a title counts there as much as a long paragraph, and what a page prints of the ledger not at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.sources import fragments
from stele.sources.project import PREVIOUS
from stele.web import addresses
from stele.web.addresses import HOME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stele.translation.localization import LocalizedDocument
    from stele.translation.shelf import Shelf

# The translation of an earlier wording is one into the language all the same.
_ELSEWHERE = f".//*[@{fragments.FALLBACK}!='{PREVIOUS}'][not(ancestor::*[@{fragments.FALLBACK}])]"


def untranslated(shelves: Iterable[Shelf]) -> Iterator[str]:
    """Yield the paths of the pages that are mostly in another language than their own."""
    for shelf in shelves:
        tag = shelf.language.tag
        for document in shelf.documents:
            if not is_translated(document):
                yield addresses.page(tag, document.key)
        if not any(document.key == HOME for document in shelf.documents) and not _speaks(shelf):
            yield addresses.page(tag, HOME)


def is_translated(document: LocalizedDocument) -> bool:
    """Say whether at least half of the letters of a document are in its language."""
    if fragments.FALLBACK not in document.html:
        return True
    root = fragments.parse(document.html)
    elsewhere = sum(_letters(element.text_content()) for element in root.xpath(_ELSEWHERE))
    return 2 * elsewhere <= _letters(root.text_content())


def _speaks(shelf: Shelf) -> bool:
    """Say whether at least half of the texts of site.toml, of which a home page consists, are translated."""
    tally = shelf.tally_of_texts
    return 2 * tally.translated >= tally.total


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))
