"""A pair in, what is copied by mistake out: the source instead of a translation, a word behind itself."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from stele.language.casing import lower
from stele.language.repetition import are_near, is_grammar, is_particle, may_stand_twice
from stele.language.scripts import script_of
from stele.translation.review.occurrences import comparable, occurrences
from stele.translation.review.passages import own_words, passages
from stele.translation.review.reading import prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stele.diagnostics import Diagnostic
    from stele.translation.review.pair import Pair

_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"{_LETTER}(?:{_LETTER}|[\u0300-\u036f\u0654\u200c]|['’-](?={_LETTER}))*")
_DOMAIN = re.compile(r"(?<![\w.-])[\w-]+(?:\.[\w-]+)+")
_STOP_WITHIN = re.compile(r"\.[\w-]")
_EMPHASIS = re.compile(r"\*{1,3}([^*\n]+)\*{1,3}")
_IN_WORD = r"\w\u0300-\u036f\u0654\u200c'’"
# The second of two words; two spaces and a line end are a hard break, as in verse.
_DOUBLED = re.compile(
    rf"(?<![{_IN_WORD}-])({_LETTER}(?:{_LETTER}|[\u0300-\u036f\u0654\u200c'’])*)"
    r"(?=(?:[^\S\n]{1,3}|[^\S\n]?\n)(\S+))"
)
# What may be two such words, in small letters: most texts have none.
_AGAIN = re.compile(rf"(?<![{_IN_WORD}])([{_IN_WORD}]++)\s++\1")
# So many words that could be translated make a copy: in near languages, in others, and in those of another script.
_NEAR_WORDS, _ALIKE_WORDS, _OTHER_SCRIPT_WORDS = 5, 2, 1


def copied_source(pair: Pair) -> Iterator[Diagnostic]:
    """Yield ``copied-source`` where the translation says the same words as the source, and they could be translated.

    Names, titles, numbers, addresses and passages in a third language are the same everywhere; a single word may be.
    """
    source, language = pair.source_language.tag, pair.language.tag
    if source.partition("-")[0] == language.partition("-")[0] and script_of(source) == script_of(language):
        return
    words = _plain_words(pair.source)
    if words and words == _plain_words(pair.translation, language):
        wanted = sum(_is_translatable(word, source) for word in _unnamed(pair, words))
        if wanted >= _least(source, language):
            text = " ".join(prose(pair.translation).split())
            hint = "translate it; where both languages say the same, write: # allow copied-source: the reason"
            yield pair.finding("copied-source", f"“{text[:60]}” is a copy of its source", hint)


@lru_cache(maxsize=4_096)  # the same source comes again in every language
def _plain_words(text: str, tag: str = "") -> tuple[str, ...]:
    """Return the words of `text` outside of passages in a language other than `tag`, and without titles in emphasis."""
    if "*" in text:
        text = _EMPHASIS.sub(lambda found: " " if _is_title(found[1]) else found[1], text)
    words = comparable(prose(own_words(text, tag)))
    # Few texts have a stop within a word, and to look for domains takes longer than to read the words.
    return tuple(_WORD.findall(_DOMAIN.sub(" ", words) if _STOP_WITHIN.search(words) else words))


def _is_title(text: str) -> bool:
    """Say whether all longer words of `text` begin with a capital, as in the title of an English book."""
    longer = [word for word in _WORD.findall(text) if len(word) > 4]
    return bool(longer) and all(word[0].isupper() for word in longer)


def _unnamed(pair: Pair, words: Sequence[str]) -> list[str]:
    text = " ".join(words)
    for item in reversed(occurrences(text, pair.vocabulary.names, pair.source_language.tag)):
        text = f"{text[: item.start]} {text[item.end :]}"
    return text.split()


def _is_translatable(word: str, tag: str) -> bool:
    low = lower(word, tag)
    ordinary = len(word) > 1 and word == low and not is_particle(low)
    return ordinary or (len(word) > 1 and is_grammar(low, tag))


def _least(source: str, language: str) -> int:
    """Return how many words that could be translated make a copy of a text that is the same in both languages."""
    if script_of(source) != script_of(language):
        return _OTHER_SCRIPT_WORDS
    return _NEAR_WORDS if are_near(source, language) else _ALIKE_WORDS


def doubled_word(pair: Pair) -> Iterator[Diagnostic]:
    """Yield ``doubled-word`` for each word that stands twice in a row, with nothing but space between.

    Names (Baden Baden), what the source doubles too, and words that the language doubles to say something are right.
    """
    found = [
        word
        for tag, text in _prose_passages(pair.translation, pair.language.tag)
        for word in _doubled(text, tag)
        if not may_stand_twice(lower(word, tag), tag)
    ]
    if found and any(_doubled(text, tag) for tag, text in _prose_passages(pair.source, pair.source_language.tag)):
        return
    for word in found:
        yield pair.finding("doubled-word", f"“{word[:60]}” stands twice in a row", "delete one of the two")


def _prose_passages(text: str, tag: str) -> list[tuple[str, str]]:
    return [(language, prose(passage)) for language, passage in passages(text, tag)]


def _doubled(text: str, tag: str) -> list[str]:
    """Return the first of each two equal words, but not of two with a capital."""
    if not _AGAIN.search(lower(text, tag)):
        return []
    return [
        found[1]
        for found in _DOUBLED.finditer(text)
        if (again := _WORD.match(found[2]))
        and len(found[1]) == len(again[0])  # first: to change the case takes longer
        and lower(found[1], tag) == lower(again[0], tag)
        and not again[0][0].isupper()
    ]
