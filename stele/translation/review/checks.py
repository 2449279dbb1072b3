"""A catalog in, everything in it that a good editor would question out: the checks, in plain sight and in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.translation.merging.small_changes import small_changes
from stele.translation.review.citations import changed_citations
from stele.translation.review.copies import copied_source, doubled_word
from stele.translation.review.dates import changed_dates
from stele.translation.review.directions import loose_direction
from stele.translation.review.editors import accelerator, control_character
from stele.translation.review.length import too_long
from stele.translation.review.letters import mixed_script
from stele.translation.review.links import changed_links, lost_footnotes
from stele.translation.review.markup import changed_markup
from stele.translation.review.names import changed_names
from stele.translation.review.numbers import changed_numbers
from stele.translation.review.pair import Pair, confirmed, pairs
from stele.translation.review.patterns import bad_pattern, is_pattern
from stele.translation.review.placeholders import lost_placeholders
from stele.translation.review.punctuation import changed_punctuation
from stele.translation.review.quotation import foreign_quotes
from stele.translation.review.terms import missing_terms
from stele.translation.review.waivers import waive
from stele.translation.safety import is_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stele.diagnostics import Diagnostic
    from stele.language.tags import Language
    from stele.sources.vocabulary import Vocabulary
    from stele.translation.po.catalog import Catalog
    from stele.translation.po.entry import Entry

    Check = Callable[[Pair], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    lost_placeholders,
    changed_numbers,
    changed_dates,
    changed_names,
    changed_citations,
    changed_links,
    lost_footnotes,
    changed_markup,
    changed_punctuation,
    foreign_quotes,
    mixed_script,
    missing_terms,
    copied_source,
    doubled_word,
    too_long,
    loose_direction,
    accelerator,
    control_character,
)
# These read markup, links, citations and placeholders alone, and have nothing to say of two texts without any.
_OF_MARKUP: frozenset[Check] = frozenset(
    {lost_placeholders, changed_citations, changed_links, lost_footnotes, changed_markup}
)
_OF_WORDS = tuple(check for check in CHECKS if check not in _OF_MARKUP)

# What a written reason can excuse. Markup that could do harm and what would be lost in print is not among them.
WAIVABLE: frozenset[str] = frozenset(
    {
        "changed-number",
        "changed-date",
        "changed-name",
        "changed-citation",
        "mixed-script",
        "missing-term",
        "copied-source",
        "doubled-word",
        "lost-markup",
        "changed-link",
        "changed-punctuation",
        "foreign-quotes",
        "too-long",
        "loose-direction",
        "accelerator",
        "control-character",
    }
)


def review(
    catalog: Catalog,
    path: str,
    language: Language,
    source_language: Language,
    vocabulary: Vocabulary,
    elsewhere: frozenset[str] = frozenset(),
) -> tuple[Diagnostic, ...]:
    """Return what the checks find in the confirmed translations of the catalog at `path`.

    Waivers of the codes `elsewhere` are those of others, who judge them.
    """
    questioned = (
        item
        for entry in confirmed(catalog)
        for item in waive(
            entry, path, _findings(entry, path, language, source_language, vocabulary), WAIVABLE, elsewhere
        )
    )
    return (*questioned, *small_changes(catalog, path))


def _findings(
    entry: Entry, path: str, language: Language, source_language: Language, vocabulary: Vocabulary
) -> Iterator[Diagnostic]:
    if is_pattern(entry):
        yield from bad_pattern(entry, path)
        return
    for pair in pairs(entry, path, language, source_language, vocabulary):
        is_prose = not pair.counted and is_plain(pair.source) and is_plain(pair.translation)
        for check in _OF_WORDS if is_prose else CHECKS:
            yield from check(pair)
