"""A message and what its language is printed from in, the words to print out; counts and a threshold in, a verdict out.

A language is printed from its own catalog first, and where that has no confirmed and harmless translation from what its
fallback chain names: another language, the translation of the wording before, the source, or nothing at all.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location, Stage
from stele.sources.project import OMIT, PREVIOUS, SOURCE
from stele.sources.units import Rendition
from stele.translation.po.entry import shortened
from stele.translation.safety import joined, refuse
from stele.translation.status import FUZZY, MISSING, TRANSLATED, Tally, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from stele.language.tags import Language
    from stele.sources.project import Threshold
    from stele.translation.po.catalog import Catalog
    from stele.translation.po.entry import Entry

_QUOTED = 60  # characters
_DIGITS = re.compile(r"\d+")
_UPDATE = "run: python build.py update"


@dataclass(frozen=True, slots=True)
class Voice:
    """What one domain is printed from in a language: its catalog, at `path`, then what `chain` names, in that order.

    `others` are the catalogs of the other languages of the chain.
    """

    language: Language
    source: Language
    catalog: Catalog | None
    path: str
    chain: tuple[str, ...] = (SOURCE,)
    others: Mapping[str, Catalog] = field(default_factory=dict)

    @property
    def at_home(self) -> bool:
        """Say whether this is the language of the source, which is translated from nothing."""
        return self.language == self.source


class Lookup:
    """Finds what to print for the messages of one domain, and remembers which of them have no translation."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._found: dict[str, Rendition] = {}

    def find(self, text: str) -> Rendition:
        """Return the confirmed and harmless translation of `text`, or what stands in for it."""
        if text not in self._found:
            self._found[text] = rendition(text, self._voice)
        return self._found[text]

    @property
    def tally(self) -> Tally:
        """Return how many different messages were looked up, by how far they are translated."""
        return Tally(**Counter(self._state(text) for text in self._found))

    def report(self, document: str, stage: Stage) -> tuple[Diagnostic, ...]:
        """Return what is missing: in a final edition message by message, before that how many of each kind."""
        if self._voice.catalog is None:
            message = f"there is no catalog for {document}: messages without a translation: {len(self._found)}"
            return (Diagnostic("untranslated", message, Location(self._voice.path), _UPDATE),)
        return tuple(self._list() if stage is Stage.FINAL else self._summary(document))

    def _entry(self, text: str) -> Entry | None:
        return self._voice.catalog.find(text) if self._voice.catalog else None

    def _state(self, text: str) -> str:
        if not self._found[text].fallback:
            return TRANSLATED
        entry = self._entry(text)
        return FUZZY if entry is not None and state_of(entry) == FUZZY else MISSING

    def _code(self, text: str) -> str | None:
        """Return under which code a message is reported, None for one that is translated."""
        if self._entry(text) is None:
            return "stale-catalog"
        return {TRANSLATED: None, FUZZY: "fuzzy", MISSING: "untranslated"}[self._state(text)]

    def _summary(self, document: str) -> Iterator[Diagnostic]:
        counted = Counter(map(self._code, self._found))
        said = {
            "stale-catalog": ("that are not in the catalog", _UPDATE),
            "untranslated": ("without a translation that can be printed", None),
            "fuzzy": ("whose translation is fuzzy", "confirm them in your translation editor"),
        }
        for code, (words, hint) in said.items():
            if counted[code]:
                message = f"messages of {document} {words}: {counted[code]}"
                yield Diagnostic(code, message, Location(self._voice.path), hint)

    def _list(self) -> Iterator[Diagnostic]:
        for text in self._found:
            code, entry = self._code(text), self._entry(text)
            if code is None:
                continue
            words, hint = {
                "stale-catalog": ("is not in the catalog", _UPDATE),
                "untranslated": ("has no translation that can be printed", None),
                "fuzzy": ("has a fuzzy translation", "confirm it in your translation editor"),
            }[code]
            where = Location(self._voice.path, entry.line if entry else None)
            yield Diagnostic(code, f"“{shortened(text, _QUOTED)}” {words}", where, hint)


def rendition(text: str, voice: Voice) -> Rendition:
    """Return what to print for a message."""
    translation = _confirmed(text, voice.catalog)
    if translation is not None:
        return Rendition(translation, voice.language.tag)
    for step in voice.chain:
        spoken = _earlier(text, voice.catalog) if step == PREVIOUS else _confirmed(text, voice.others.get(step))
        if spoken is not None:
            return Rendition(spoken, voice.language.tag if step == PREVIOUS else step, step)
    return Rendition(text, voice.source.tag, SOURCE, dispensable=OMIT in voice.chain)


def below(tally: Tally, threshold: Threshold) -> str | None:
    """Return in words how a language falls short of a threshold, None when it does not."""
    total = tally.total or 1
    if tally.total and tally.translated / total < threshold.translated:
        return f"{tally.percent} % of its messages are translated, {100 * threshold.translated:g} % are asked"
    if tally.fuzzy / total > threshold.fuzzy:
        return f"{tally.fuzzy} of its {tally.total} messages are fuzzy, more than {100 * threshold.fuzzy:g} %"
    return None


def _confirmed(text: str, catalog: Catalog | None) -> str | None:
    entry = catalog.find(text) if catalog else None
    return _harmless(text, entry.msgstr[0]) if entry is not None and entry.translated else None


def _earlier(text: str, catalog: Catalog | None) -> str | None:
    """Return the translation of the wording before this one.

    With other numbers it would state what the source states no more; and a fuzzy entry that does not say for which
    wording it was made is somebody's guess.
    """
    entry = catalog.find(text) if catalog else None
    if entry is None or not entry.fuzzy or entry.previous is None or not entry.msgstr[0].strip():
        return None
    same_numbers = Counter(_DIGITS.findall(text)) == Counter(_DIGITS.findall(entry.previous.msgid))
    return _harmless(text, entry.msgstr[0]) if same_numbers else None


def _harmless(text: str, translation: str) -> str | None:
    """Return a translation as it is printed, None where it would do harm; the review says why."""
    translation = joined(text, translation)
    return None if any(refuse(text, translation, Location(""))) else translation
