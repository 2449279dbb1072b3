"""The messages of a document and its catalog in a language in, how far the translation is out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from typing import TYPE_CHECKING

from stele.translation.merging.merge import merge
from stele.translation.messages import unite
from stele.translation.review.checks import review
from stele.translation.store import catalog_path
from stele.translation.words import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from stele.diagnostics import Diagnostic
    from stele.language.tags import Language
    from stele.sources.vocabulary import Vocabulary
    from stele.translation.messages import Message
    from stele.translation.po.catalog import Catalog
    from stele.translation.po.entry import Entry

TRANSLATED, FUZZY, MISSING = "translated", "fuzzy", "missing"
_NEVER_WRITTEN = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many are translated and confirmed, translated and not confirmed (`fuzzy`), and not translated."""

    translated: int = 0
    fuzzy: int = 0
    missing: int = 0

    @property
    def total(self) -> int:
        """Return how many there are."""
        return self.translated + self.fuzzy + self.missing

    @property
    def percent(self) -> int:
        """Return the share that is translated, 0 to 100, rounded down: only what is complete has 100."""
        return 100 * self.translated // self.total if self.total else 100

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.translated + other.translated, self.fuzzy + other.fuzzy, self.missing + other.missing)


@dataclass(frozen=True, slots=True)
class State:
    """A catalog at one moment: its messages, the words of their sources (`words.count_words`), what the checks find."""

    messages: Tally = Tally()
    words: Tally = Tally()
    findings: tuple[Diagnostic, ...] = ()

    @property
    def failing(self) -> Mapping[str, int]:
        """Return how many findings there are, by code; what a written reason waives is not among them."""
        return _by_code(item for item in self.findings if not item.waived)

    @property
    def waived(self) -> Mapping[str, int]:
        """Return how many findings a written reason waives, by code."""
        return _by_code(item for item in self.findings if item.waived)

    def __add__(self, other: State) -> State:
        return State(self.messages + other.messages, self.words + other.words, self.findings + other.findings)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one domain is in one language, as its file is and as `update` would leave it.

    `has_catalog` is false where there is none or it cannot be read: then every message is missing.
    """

    language: str
    domain: str
    has_catalog: bool
    as_is: State
    after_update: State


def progress(
    domain: str,
    messages: Sequence[Message],
    catalog: Catalog | None,
    language: Language,
    source: Language,
    vocabulary: Vocabulary,
    *,
    keep_small_changes: bool = False,
) -> Progress:
    """Return how far the catalog of `domain` is, where the source says `messages` today; nothing is written."""
    if catalog is None:
        nothing = _untouched(messages)
        return Progress(language.tag, domain, False, nothing, nothing)
    path = catalog_path(language.tag, domain)
    merged = merge(catalog, messages, _NEVER_WRITTEN, keep_small_changes=keep_small_changes)
    as_is = _state(catalog, review(catalog, path, language, source, vocabulary))
    if merged.entries == catalog.entries:
        return Progress(language.tag, domain, True, as_is, as_is)
    return Progress(
        language.tag, domain, True, as_is, _state(merged, review(merged, path, language, source, vocabulary))
    )


def state_of(entry: Entry) -> str:
    """Return whether an entry is translated, fuzzy or missing; a text in some of the plural forms is missing."""
    if entry.translated:
        return TRANSLATED
    return FUZZY if entry.fuzzy and not entry.untranslated else MISSING


def total(states: Iterable[State]) -> State:
    """Return the sum of states."""
    return reduce(State.__add__, states, State())


def source_words(msgid: str, plural: str | None) -> int:
    """Return the words that a translator of a message reads."""
    return count_words(msgid) + count_words(plural or "")


def _state(catalog: Catalog, findings: tuple[Diagnostic, ...]) -> State:
    messages, words = Counter[str](), Counter[str]()
    for entry in catalog.entries:
        if not (entry.obsolete or entry.is_header):
            state = state_of(entry)
            messages[state] += 1
            words[state] += source_words(entry.msgid, entry.plural)
    return State(Tally(**messages), Tally(**words), findings)


def _untouched(messages: Sequence[Message]) -> State:
    asked = unite(messages)
    return State(Tally(missing=len(asked)), Tally(missing=sum(source_words(item.msgid, item.plural) for item in asked)))


def _by_code(findings: Iterable[Diagnostic]) -> Mapping[str, int]:
    return dict(sorted(Counter(item.code for item in findings).items()))
