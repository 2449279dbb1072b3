"""A pair in, names of people and places that its translation drops or spells otherwise than the gazetteer out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from stele.language.casing import lower
from stele.language.inflection import inflected_in
from stele.sources.vocabulary import GAZETTEER_FILE
from stele.translation.review.occurrences import comparable, compared, occurrences
from stele.translation.review.passages import passages
from stele.translation.review.reading import prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stele.diagnostics import Diagnostic
    from stele.sources.vocabulary import Term
    from stele.translation.review.occurrences import Occurrence
    from stele.translation.review.pair import Pair

_WORD = re.compile(r"[\w\u0300-\u036f\u0654\u200c]+")
# A name of so many letters may differ in two of them and still be known for the same.
_LONG = 9
_SHORT = 4
_MOST_WORDS = 1_000  # that are looked at for a near miss


@dataclass(frozen=True, slots=True)
class _Texts:
    """What is compared, where the translation has words, and which of them are `free`: in no name of the gazetteer."""

    source: str
    translation: str
    spans: Sequence[tuple[int, int]]
    free: Sequence[bool]


def changed_names(pair: Pair) -> Iterator[Diagnostic]:
    """Yield ``changed-name`` for each name of the source that the translation lacks, or spells almost right."""
    yield from _changed_passages(pair)
    names = pair.vocabulary.names
    if not names:
        return
    source, translation = compared(pair)
    wanted = occurrences(source, names, pair.source_language.tag)
    if not wanted:
        return
    given = occurrences(translation, names, pair.language.tag)
    spans = [found.span() for found in _WORD.finditer(translation)][:_MOST_WORDS]
    taken = bytearray(len(translation))
    for item in given:
        taken[item.start : item.end] = b"\1" * (item.end - item.start)
    free = [not any(taken[start:end]) for start, end in spans]
    texts = _Texts(source, translation, spans, free)
    terms = {term.id: term for term in names}
    for ids, occurrence in {item.ids: item for item in reversed(wanted)}.items():
        known = [terms[name] for name in sorted(ids) if terms[name].in_language(pair.language.tag)]
        found = sum(bool(ids & item.ids) for item in given)
        if known:
            yield from _missed(pair, occurrence, known, found, texts)


def _missed(
    pair: Pair, occurrence: Occurrence, known: Sequence[Term], found: int, texts: _Texts
) -> Iterator[Diagnostic]:
    """Yield what is wrong with one name of the source that stands `found` times in the translation."""
    forms = [form for term in known for form in term.in_language(pair.language.tag)]
    note = "".join(f" ({term.note})" for term in known if term.note)
    if near := _near_miss(texts, forms, pair.language.tag, sure=found == 0):
        word, form = near
        hint = f"write “{form}”, or add this form to {GAZETTEER_FILE}{note}"
        message = f"“{word[:60]}” looks like the name “{form[:60]}”, but is spelled otherwise"
        yield pair.finding("changed-name", message, hint)
    elif not found:
        hint = f"the name is “{forms[0]}”; if it has another right form here, add that to {GAZETTEER_FILE}{note}"
        yield pair.finding("changed-name", f"the translation does not name “{occurrence.words[:60]}”", hint)


def _changed_passages(pair: Pair) -> Iterator[Diagnostic]:
    """Yield what was changed in a passage that stands in a language of its own: gazetteers and epigraphs keep those."""
    kept = [item for item in passages(pair.source, "") if item[0]]
    given = [item for item in passages(pair.translation, "") if item[0]]
    if [tag for tag, _ in kept] != [tag for tag, _ in given]:
        return
    for (tag, before), (_, after) in zip(kept, given, strict=True):
        if comparable(prose(before)).split() != comparable(prose(after)).split():
            message = f"“{after.strip()[:60]}” is not what the source has in this language ({tag})"
            yield pair.finding("changed-name", message, f"the source has “{before.strip()[:60]}”")


# --- near misses --------------------------------------------------------------------------------------------------


def _near_miss(texts: _Texts, forms: Sequence[str], tag: str, *, sure: bool) -> tuple[str, str] | None:
    """Return words of the translation that are almost one of `forms`, and that form.

    Unless it is `sure` that the name is missing they may be something else, and only what is hardly so is returned.
    """
    text, spans = texts.translation, texts.spans
    for form in forms:
        spelled = comparable(form)
        length, limit = len(_WORD.findall(spelled)), _limit(spelled)
        least, most = len(spelled) - limit - 1, len(spelled) + limit + 12
        for index in range(len(spans) - length + 1):
            start, end = spans[index][0], spans[index + length - 1][1]
            if not (least <= end - start <= most and all(texts.free[index : index + length])):
                continue
            words = text[start:end]
            if _is_near(words, spelled, tag):
                phrase = text[spans[max(0, index - 1)][0] : spans[min(len(spans), index + length + 1) - 1][1]]
                if sure or not (_is_kept(words, phrase, texts.source) or _may_be_another(words, spelled, tag)):
                    return words, form
    return None


def _is_kept(words: str, phrase: str, source: str) -> bool:
    """Say whether the translation keeps `words` from the source together with a word before or behind them."""
    before, _, behind = phrase.partition(words)
    return bool(before and before + words in source) or bool(behind and words + behind in source)


def _may_be_another(words: str, form: str, tag: str) -> bool:
    """Say whether `words` may be an ordinary word, or a people that has almost the name of its country (Armenier)."""
    ordinary = words[:1].islower() and form[:1].isupper()
    only_ends_differ = words.startswith(form[:-1]) and _plain(form, tag) not in _plain(words, tag)
    return ordinary or len(form) < _SHORT or only_ends_differ


@lru_cache(maxsize=20_000)
def _plain(text: str, tag: str) -> str:
    """Return `text` in lower case without the marks of its letters, nor the dot that Turkish tells i and ı by."""
    bare = unicodedata.normalize("NFD", lower(text, tag).replace("ı", "i").replace("ə", "e").replace("\u200c", ""))
    return "".join(char for char in bare if not unicodedata.combining(char))


def _is_near(words: str, form: str, tag: str) -> bool:
    """Say whether `words` are `form` with a letter or two wrong, and behind it an ending that the language has."""
    limit = _limit(form)
    if not _shares_a_piece(_plain(form, tag), _plain(words, tag), limit + 1):
        return False
    for base in (form, form[:-1]):
        for cut in range(max(1, len(base) - limit), min(len(words), len(base) + limit) + 1):
            rest = words[cut:]
            whole = base + rest
            fits = inflected_in(whole, form, tag).fullmatch(whole) if rest or base != form else True
            if fits and _distance(_plain(words[:cut], tag), _plain(base, tag), limit) <= limit:
                return True
    return False


def _limit(form: str) -> int:
    """Return in how many letters words may differ from `form`."""
    return 2 if len(form) >= _LONG else 1


def _shares_a_piece(form: str, words: str, pieces: int) -> bool:
    """Say whether one of so many pieces of `form` stands in `words`: with fewer faults than pieces, one always does."""
    size = max(1, (len(form) - 1) // pieces)
    return any(form[index * size : (index + 1) * size] in words for index in range(pieces))


def _distance(one: str, other: str, limit: int) -> int:
    """Return how many letters to change, add, drop or swap make `one` into `other`; `limit` + 1 when more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (char != wanted))
            if i > 1 and j > 1 and char == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]
