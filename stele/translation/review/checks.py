"""A catalog in, everything in it that a good editor would question out: the checks, in plain sight and in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.translation.review.pair import Pair, confirmed, pairs
from stele.translation.review.waivers import waive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stele.diagnostics import Diagnostic
    from stele.language.tags import Language
    from stele.sources.vocabulary import Vocabulary
    from stele.translation.catalog import Catalog
    from stele.translation.entry import Entry

    Check = Callable[[Pair], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = ()

# What a written reason can excuse. Markup that could do harm and what would be lost in print is not among them.
WAIVABLE: frozenset[str] = frozenset()


def review(
    catalog: Catalog, path: str, language: Language, source_language: Language, vocabulary: Vocabulary
) -> tuple[Diagnostic, ...]:
    """Return what the checks find in the confirmed translations of the catalog at `path`."""
    return tuple(
        item
        for entry in confirmed(catalog)
        for item in waive(entry, path, _findings(entry, path, language, source_language, vocabulary), WAIVABLE)
    )


def _findings(
    entry: Entry, path: str, language: Language, source_language: Language, vocabulary: Vocabulary
) -> Iterator[Diagnostic]:
    for pair in pairs(entry, path, language, source_language, vocabulary):
        for check in CHECKS:
            yield from check(pair)
