"""A passage and all that it is judged by in, what is said in it out: the one argument of every rule about prose."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic
from stele.rules.narration import narrated
from stele.rules.phrases import any_of

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    from stele.rules.narration import Narration, Passage
    from stele.rules.phrases import Slots
    from stele.rules.profile import Profile
    from stele.sources.ledger.records import Ledger, Place
    from stele.sources.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Bench:
    """By what the prose of one language is judged: `tag` is that language, `source` the one of the records.

    `year` is that of the imprint. `countries` has the words by which the country of a recognition is known, by its id;
    `strange_names` the names that places have in other editions, by their first word; `slots` the lists that patterns
    of words name (see `wordings`).
    """

    tag: str
    source: str
    year: int
    ledger: Ledger
    vocabulary: Vocabulary
    profile: Profile
    countries: Mapping[str, re.Pattern[str]]
    strange_names: Mapping[str, tuple[tuple[str, Place], ...]]
    slots: Slots
    _patterns: dict[tuple[str, ...], re.Pattern[str] | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def any(self, *lists: str) -> re.Pattern[str] | None:
        """Return a pattern for any word of the `lists` of the profile, None where the language has none."""
        if lists not in self._patterns:
            words = tuple(word for name in lists for word in self.profile.words(name, self.tag))
            self._patterns[lists] = any_of(words, self.tag)
        return self._patterns[lists]


@dataclass(frozen=True, slots=True)
class Hearing:
    """What is `said` in a passage, and the `bench` before which it stands."""

    passage: Passage
    said: Narration
    bench: Bench

    def holds(self, place: slice, *lists: str) -> re.Match[str] | None:
        """Return a word of the `lists` of the profile that the narrator says in `place`."""
        pattern = self.bench.any(*lists)
        return pattern.search(self.said.lowered[place]) if pattern else None

    def finding(self, code: str, message: str, hint: str | None = None) -> Diagnostic:
        """Return a diagnostic that names the place of the passage."""
        return Diagnostic(code, message, self.passage.location, hint)

    def sentence(self, place: slice) -> str:
        """Return the words of `place`, cut to what a message holds."""
        words = " ".join(self.said.own[place].replace("\ufffc", " ").split())
        return words if len(words) <= 60 else f"{words[:59]}…"


def hear(passage: Passage, bench: Bench) -> Hearing:
    """Return what is said in `passage`."""
    return Hearing(passage, narrated(passage, bench.tag, bench.ledger), bench)
