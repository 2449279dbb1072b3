"""A passage of the source and the same passage of another edition in, what the one says otherwise out.

The readers of catalogs read here what was printed; with them go those that only a finished edition needs.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import groupby
from typing import TYPE_CHECKING

from stele.audit.levels import COMMITTEE, PARLIAMENT, mentions
from stele.diagnostics import Location
from stele.language.casing import lower
from stele.language.inflection import begun, certain, inflected_in, related, stem
from stele.language.tags import language
from stele.sources.vocabulary import Vocabulary
from stele.translation.review.copies import copied_source
from stele.translation.review.dates import changed_dates, dated
from stele.translation.review.links import changed_links
from stele.translation.review.names import changed_names
from stele.translation.review.numbers import changed_numbers
from stele.translation.review.occurrences import comparable, compared, occurrences
from stele.translation.review.pair import Pair
from stele.translation.review.terms import missing_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from stele.audit.passages import Passage
    from stele.diagnostics import Diagnostic
    from stele.translation.review.occurrences import Occurrence

    Reader = Callable[[Pair], Iterator[Diagnostic]]

_CODES = {
    "changed-number": "drifted-number",
    "changed-date": "drifted-date",
    "changed-name": "drifted-name",
    "missing-term": "drifted-term",
    "copied-source": "wrong-language",
}
_READERS: tuple[Reader, ...] = (changed_numbers, changed_dates, changed_names, missing_terms, copied_source)
_NUMERIC: tuple[Reader, ...] = (changed_numbers, changed_dates)
_NAME = 12  # words at most that name a body; more may speak of the site of a parliament too
_NOWHERE = Location("")
_WORD = re.compile(r"\w+")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
# Languages whose dates are read with their years (measured on the sample; of Georgian 1992 წლის 26 თებერვალი not yet).
_READ_WHOLE = frozenset({"en", "az", "tr", "ru", "uk", "de", "fr", "fa", "ar", "he"})
# What makes an adjective of a term: faciəli is tragic, and no tragedy.
_ADJECTIVES = dict.fromkeys(("az", "tr"), re.compile("[lл][iıuüиыуү]\\Z"))


@dataclass(frozen=True, slots=True)
class Drift:
    """What a passage says otherwise: a code, and a sentence.

    `shared` names what is no drift when several editions have it: they keep a word of the source on purpose, or the
    source says it in a form that is not known.
    """

    code: str
    message: str
    shared: str = ""


@dataclass(frozen=True, slots=True)
class ForeignNames:
    """The forms of names that only other languages have, by their first words: those that begin with none have none.

    For each there is the right form, and whose it is.
    """

    forms: Mapping[str, Sequence[str]]
    right: Mapping[str, str]
    languages: Mapping[str, frozenset[str]]

    def found(self, text: str) -> list[re.Match[str]]:
        """Return where they stand in a text; few texts have the first word of any, for which alone one is compiled."""
        first = self.forms.keys() & {"", *plain_words(text)} if self.forms else ()
        held = frozenset(form for word in first for form in self.forms[word] if form in text)
        return list(_any_of(held).finditer(text)) if held else []


@dataclass(frozen=True, slots=True, eq=False)
class Stems:
    """What every inflection of a name or term holds in one language, each with the indices of those that it stands for.

    The indices are those of the names and, behind them, of the terms of the vocabulary.
    """

    owners: Mapping[str, frozenset[int]] = field(default_factory=dict)


@lru_cache(maxsize=64)  # the same source comes again in every language
def _held(stems: Stems, text: str, tag: str) -> frozenset[int]:
    """Return the indices of the names and terms of which a text in this language may hold a form."""
    lowered = lower(comparable(text), tag) if stems.owners else ""
    return frozenset[int]().union(*[owners for stem_, owners in stems.owners.items() if stem_ in lowered])


def _stems(vocabulary: Vocabulary, tag: str) -> Stems:
    owners: dict[str, set[int]] = {}
    count = len(vocabulary.names)
    for index, term in enumerate((*vocabulary.names, *vocabulary.terms)):
        for form in map(comparable, term.in_language(tag)):
            owners.setdefault(certain(form, tag)[0] if index < count else stem(form, tag), set()).add(index)
    return Stems({part: frozenset(indices) for part, indices in owners.items()})


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What is known of names and terms; `weighty` are ids of terms that nobody may add to what the source says.

    `foreign` and `stems`, by language, follow from the vocabulary.
    """

    vocabulary: Vocabulary
    weighty: frozenset[str] = frozenset()
    foreign: Mapping[str, ForeignNames] = field(default_factory=dict, compare=False)
    stems: Mapping[str, Stems] = field(default_factory=dict, compare=False)
    known: dict[tuple[str, ...], tuple[Drift, ...]] | None = None

    def remembering(self) -> Yardstick:
        """Return a yardstick that knows again what it has measured: the frame of a page comes back on all pages."""
        return replace(self, known={})

    def near(self, source: Passage, passage: Passage) -> Vocabulary:
        """Return the names and terms of which one of the two passages may hold a form: few of many."""
        both = [item for item in (source, passage) if item.tag in self.stems]
        held = sorted({index for item in both for index in _held(self.stems[item.tag], item.text, item.tag)})
        names, terms = self.vocabulary.names, self.vocabulary.terms
        count = len(names)
        return Vocabulary(
            tuple(names[index] for index in held if index < count),
            tuple(terms[index - count] for index in held if index >= count),
        )

    def own_words(self, tag: str) -> tuple[str, ...]:
        """Return the words of names that have a form in just this script of a language."""
        forms = (form for term in self.vocabulary.names for form in term.forms.get(tag, ()))
        return tuple({word for form in forms for word in plain_words(form)})


def yardstick(vocabulary: Vocabulary, weighty: Collection[str], tags: Collection[str]) -> Yardstick:
    """Return what editions in the languages `tags` are measured by."""
    return Yardstick(
        vocabulary,
        frozenset(weighty),
        {tag: foreign_names(vocabulary, tag) for tag in tags},
        {tag: _stems(vocabulary, tag) for tag in tags},
    )


def foreign_names(vocabulary: Vocabulary, tag: str) -> ForeignNames:
    """Return the forms of names that a text in `tag` must not have, as it has others of its own."""
    known = {form for term in vocabulary.names for form in term.in_language(tag)}
    right: dict[str, str] = {}
    languages: dict[str, frozenset[str]] = {}
    for term in vocabulary.names:
        if own := term.in_language(tag):
            for other, forms in term.forms.items():
                for form in (form for form in forms if form not in known):
                    right.setdefault(form, own[0])
                    languages[form] = languages.get(form, frozenset()) | {other}
    by_word: dict[str, list[str]] = {}
    for form in right:
        first = _WORD.match(form)
        by_word.setdefault(first[0] if first else "", []).append(form)
    return ForeignNames(by_word, right, languages)


@lru_cache(maxsize=1_024)
def _any_of(forms: frozenset[str]) -> re.Pattern[str]:
    """Return the pattern of any of the forms of names as whole words, the longest first."""
    longest = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(rf"{begun([re.escape(form) for form in longest])}(?!\w)")


def drifts(source: Passage, passage: Passage, yardstick: Yardstick) -> tuple[Drift, ...]:
    """Return what `passage` says otherwise than `source`."""
    if yardstick.known is None or not source.framed:
        return tuple(_drifts(source, passage, yardstick))
    key = (source.markup, passage.markup, source.tag, passage.tag, str(len(passage.calls)))
    if key not in yardstick.known:
        yardstick.known[key] = tuple(_drifts(source, passage, yardstick))
    return yardstick.known[key]


def _drifts(source: Passage, passage: Passage, yardstick: Yardstick) -> Iterator[Drift]:
    yield from _other_links(source, passage, yardstick.vocabulary)
    if source.tag == passage.tag:
        yield from _other_words(source, passage)
        return
    pair = paired(source, passage, yardstick.near(source, passage))
    for reader in _NUMERIC if passage.fallback else _READERS:
        for item in reader(pair):
            yield Drift(_CODES[item.code], _of_editions(item.message))
    yield from _shortened_dates(source, passage)
    if passage.fallback:
        return
    yield from _foreign_names(pair, passage, yardstick.foreign.get(passage.tag))
    yield from _added_terms(pair, passage, yardstick.weighty)
    yield from _other_bodies(source, passage)


def paired(source: Passage, passage: Passage, vocabulary: Vocabulary) -> Pair:
    """Return the two passages as the readers of catalogs want them."""
    return Pair(
        source.markup,
        passage.markup,
        language(source.tag),
        language(passage.tag),
        source.kind,
        counted=False,
        comments=(),
        location=_NOWHERE,
        vocabulary=vocabulary,
    )


def _of_editions(message: str) -> str:
    return message.replace("the translation", "this edition").replace("the source", "the source edition")


def _other_words(source: Passage, passage: Passage) -> Iterator[Drift]:
    """Yield a passage that stands in the language of the source, but not in its words."""
    wanted, given = plain_words(source.text), plain_words(passage.text)
    if wanted != given:
        lost = " ".join((Counter(wanted) - Counter(given)).elements())
        new = " ".join((Counter(given) - Counter(wanted)).elements())
        yield Drift("editions-disagree", f"in the language of the source it says “{new[:60]}” for “{lost[:60]}”")


def plain_words(text: str) -> list[str]:
    """Return the words and numbers of a text."""
    return _WORD.findall(text)


# --- links and notes ----------------------------------------------------------------------------------------------


def _other_links(source: Passage, passage: Passage, vocabulary: Vocabulary) -> Iterator[Drift]:
    """Yield links that lead elsewhere, and notes that are called too often or too rarely."""
    if len(source.calls) != len(passage.calls):
        message = f"it calls {len(passage.calls)} notes, the source edition {len(source.calls)}"
        yield Drift("drifted-citation", message)
    if source.links == passage.links or source.framed:
        return
    ours, theirs = (replace(item, markup=_as_links(item.links)) for item in (source, passage))
    for item in changed_links(paired(ours, theirs, vocabulary)):
        yield Drift("drifted-link", _of_editions(item.message))


def _as_links(addresses: Sequence[str]) -> str:
    return " ".join(f"[x]({address.replace('(', '%28').replace(')', '%29')})" for address in addresses)


# --- dates --------------------------------------------------------------------------------------------------------


def _shortened_dates(source: Passage, passage: Passage) -> Iterator[Drift]:
    """Yield a date of which this edition has the month, but has sent its day or its year elsewhere.

    Days of a list are left out: not every language is read so well.
    """
    wanted = dated(source.markup, source.tag)
    if not any(part.dates for part in wanted):
        return
    given = [date for part in dated(passage.markup, passage.tag) for date in part.dates if not date.solar]
    has_years = passage.tag.partition("-")[0] in _READ_WHOLE
    for part in wanted:
        spans = Counter((date.start, date.end) for date in part.dates)
        for date in part.dates:
            same = [other for other in given if other.month == date.month]
            days = [other for other in same if other.day == date.day]
            if not (date.sure and date.named and date.day and same):
                continue
            if not days and spans[date.start, date.end] == 1:
                yield Drift("drifted-date", f"it has the month, but not the day of “{part.words(date)}”")
            elif has_years and date.year and not any(other.year == date.year for other in days or same):
                yield Drift("drifted-date", f"it has the day, but not the year of “{part.words(date)}”")
    yield from _days_out_of_order(source, passage)


def _days_out_of_order(source: Passage, passage: Passage) -> Iterator[Drift]:
    """Yield days of one month, from the first to the last, of which this edition has the last before the first."""
    ours, theirs = (Counter(_days(item)) for item in (source, passage))
    for days in theirs - ours:
        if len(days) > 1 and days != tuple(sorted(days)) and tuple(sorted(days)) in ours - theirs:
            yield Drift("drifted-date", f"it has the days in the order {', '.join(map(str, days))}")


def _days(passage: Passage) -> Iterator[tuple[int, ...]]:
    """Yield the days that stand before or behind one month together, in the order in which they stand."""
    for part in dated(passage.markup, passage.tag):
        for (start, end), together in groupby(part.dates, lambda date: (date.start, date.end)):
            days = {date.day for date in together}
            found = (int(number) for number in _DAY.findall(part.text, start, end))
            yield tuple(number for number in found if number in days)


# --- names --------------------------------------------------------------------------------------------------------


def _foreign_names(pair: Pair, passage: Passage, foreign: ForeignNames | None) -> Iterator[Drift]:
    """Yield a name that is written as another language writes it, where this one has a form of its own."""
    if not foreign or not foreign.found(passage.text):
        return
    source, translation = compared(pair)
    found = foreign.found(translation)
    own = occurrences(translation, pair.vocabulary.names, pair.language.tag)
    for match in found:
        form = match[0]
        is_own = any(item.start < match.end() and match.start() < item.end for item in own)
        is_kept = form in source and _is_added(pair, form, source, own)
        if not is_own and not is_kept:
            message = f"“{form}” is the name in another language; here it is “{foreign.right[form]}”"
            yield Drift("drifted-name", message, form)


def _is_added(pair: Pair, form: str, source: str, own: Sequence[Occurrence]) -> bool:
    """Say whether a form of the source stands beside the names that this edition has for it, and replaces none."""
    ids = frozenset(term.id for term in pair.vocabulary.names if form in term.in_language(pair.source_language.tag))
    wanted = occurrences(source, pair.vocabulary.names, pair.source_language.tag)
    ours, theirs = (sum(bool(ids & item.ids) for item in side) for side in (wanted, own))
    return theirs >= ours


# --- terms and levels ---------------------------------------------------------------------------------------------


def _added_terms(pair: Pair, passage: Passage, weighty: frozenset[str]) -> Iterator[Drift]:
    """Yield a weighty term that stands in this edition more often than in the source."""
    tag, own = pair.language.tag, pair.source_language.tag
    lowered = lower(passage.text, tag)
    for term in pair.vocabulary.terms:
        forms = term.in_language(tag) if term.id in weighty and term.in_language(own) else ()
        if any(stem(form, tag) in lowered for form in forms):
            source, translation = compared(pair)
            text = lower(translation, tag)
            given = _most(partial(inflected_in, text), forms, text, tag)
            if given > _most(related, term.in_language(own), lower(source, own), own):
                yield Drift("drifted-term", f"it says “{forms[0]}”, the source edition does not", term.id)


def _most(pattern: Callable[[str, str], re.Pattern[str]], forms: Sequence[str], text: str, tag: str) -> int:
    """Return how often `text` has the form that it has most often."""
    adjective = _ADJECTIVES.get(tag.partition("-")[0])
    found = ([word[0] for word in pattern(lower(form, tag), tag).finditer(text)] for form in forms)
    return max(sum(not (adjective and adjective.search(word)) for word in words) for words in found)


def _other_bodies(source: Passage, passage: Passage) -> Iterator[Drift]:
    """Yield a committee that is not called one any more, and a parliament that the source does not name."""
    ours = mentions(source.text, source.tag)
    if ours is None or not ours[COMMITTEE]:
        return
    theirs = mentions(passage.text, passage.tag)
    if theirs is None:
        return
    fewer, more = ours[COMMITTEE] - theirs[COMMITTEE], theirs[PARLIAMENT] - ours[PARLIAMENT]
    if not theirs[COMMITTEE]:
        what = "a parliament" if theirs[PARLIAMENT] else "something else"
        yield Drift("drifted-level", f"the source edition names a committee, this one {what}")
    elif theirs[PARLIAMENT] and not ours[PARLIAMENT] and len(plain_words(passage.text)) <= _NAME:
        yield Drift("drifted-level", "it names a parliament beside the committee of the source edition")
    elif fewer > 0 and more == fewer:
        yield Drift("drifted-level", "it names a parliament where the source edition names a committee")
