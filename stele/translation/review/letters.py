"""A pair in, words of its translation out that hold letters of a wrong script, alphabet or composition."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from stele.language.scripts import disguised, script, script_of, twin, wrong_letters
from stele.translation.review.passages import passages
from stele.translation.review.reading import prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from stele.diagnostics import Diagnostic
    from stele.translation.review.pair import Pair

_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"{_LETTER}(?:{_LETTER}|[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u200c])*")
_ROMAN = re.compile(r"(?=[IVXLCDM]{2}|X)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\Z")
_MARK = re.compile(r"[\u0300-\u036f\u0653-\u0655]")
_DIGIT = re.compile(r"[٠-٩۰-۹]")
# What a passage quotes without saying so: Arabic in Persian, and in Russian the spelling of before 1918.
_QUOTED = {"fa": re.compile(r"ال|.*[ة\u064b-\u0652]"), "ru": re.compile(r".*(?:[ѣѳѵ]|ъ\Z)")}
# The letters of each script, and what is no letter, as far as they were met.
_usual: defaultdict[str, set[str]] = defaultdict(set)


def mixed_script(pair: Pair) -> Iterator[Diagnostic]:
    """Yield ``mixed-script`` for letters that are not what they look like, each once with a word that has it.

    A word that stands in the source letter by letter is right, and a passage is judged by its own language.
    """
    told: set[str] = set()
    for tag, passage in passages(pair.translation, pair.language.tag):
        text = prose(passage)
        for fault, message, hint in (
            *_foreign_words(text, tag, pair.source),
            *_odd_letters(text, tag),
            *_composed(text, tag),
        ):
            if fault not in told:
                told.add(fault)
                yield pair.finding("mixed-script", message, hint)


def _foreign_words(text: str, tag: str, source: str) -> Iterator[tuple[str, str, str]]:
    """Yield words with letters of two scripts, and words that are wholly typed in the wrong one."""
    own = script_of(tag)
    unmet = {*text} - _usual[own]
    strange = {char for char in unmet if char.isalpha() and script(char) != own}
    _usual[own].update(unmet - strange)
    if not strange:
        return
    odd = [found for found in _WORD.finditer(text) if _scripts(found[0]).keys() != {own}]
    known = set(_WORD.findall(source)) if odd else set()
    for found in odd:
        word = found[0]
        if word in known:
            continue
        scripts = _scripts(word)
        if len(scripts) > 1:
            yield from _mixture(word, max(scripts, key=lambda name: (scripts[name], name == own)))
        elif own not in scripts and (meant := disguised(word, tag)) and not _stands_alone(text, found, own):
            name = next(iter(scripts))
            yield word, f"“{word[:60]}” is written in {name} letters that look like {own} ones", f"write “{meant}”"


@lru_cache(maxsize=16_384)
def _scripts(word: str) -> Mapping[str, int]:
    """Return how many letters of each script a word has."""
    return Counter(script(char) for char in word if char.isalpha())


def _mixture(word: str, main: str) -> Iterator[tuple[str, str, str]]:
    odd = [char for char in dict.fromkeys(word) if char.isalpha() and script(char) not in (main, "another")]
    meant = {char: twin(char, main) for char in odd}
    if not all(meant.values()):
        return
    for char, right in meant.items():
        message = f"“{word[:60]}” has the {script(char)} letter “{char}” ({_code(char)}) among {main} ones"
        yield char, message, f"write “{right}” ({_code(right or '')})"


def _stands_alone(text: str, found: re.Match[str], own: str) -> bool:
    """Say whether a word of look-alikes is a numeral, or a single letter that is no word of a sentence."""
    word = found[0]
    if script(word[0]) != "Latin":
        return script(word[0]) == "Greek" and len(word) == 1
    if _ROMAN.match(word):
        return True
    if len(word) > 1:
        return False
    before, after = text[: found.start()].rstrip(), text[found.end() :]
    opens = not before or before[-1] in ".!?…"
    follows = re.match(r"\s(\w)", after)
    continues = follows is not None and (follows[1].isdecimal() or script(follows[1]) == own)
    return not continues or (word.isupper() and not opens)


def _odd_letters(text: str, tag: str) -> Iterator[tuple[str, str, str]]:
    """Yield letters and digits that the language does not use."""
    wrong = wrong_letters(tag)
    if wrong.keys().isdisjoint(text):
        return
    quoted = _QUOTED.get(tag)
    for word in (*_WORD.findall(text), *_DIGIT.findall(text)):
        # A Romanian name may stand in a Turkish text, a Turkish one in a Romanian.
        names = "șşȘŞ" if word[:1].isupper() else ""
        letters = [char for char in dict.fromkeys(word) if char in wrong and char not in names]
        if not letters or (quoted and quoted.match(word)) or (len(word) == 1 and word == "ھ"):
            continue
        for char in letters:
            noun = "digit" if char.isdigit() else "letter"
            message = f"“{word[:60]}” has “{char}” ({_code(char)}), which is no {noun} of this language"
            yield char, message, f"write “{wrong[char]}” ({_code(wrong[char])})"


def _composed(text: str, tag: str) -> Iterator[tuple[str, str, str]]:
    """Yield letters that are written as two characters where one is usual (Unicode normalization form C)."""
    if not _MARK.search(text):
        return
    for word in _WORD.findall(text):
        for found in _MARK.finditer(word):
            pair = word[max(0, found.start() - 1) : found.end()]
            dotted = pair == "i\u0307" and tag.partition("-")[0] in ("az", "tr")  # what lower() makes of İ
            one = "i" if dotted else unicodedata.normalize("NFC", pair)
            if len(pair) == 2 and len(one) == 1:
                message = f"“{word[:60]}” writes “{one}” as two characters ({_code(pair)})"
                yield pair, message, f"write “{one}” ({_code(one)})"


def _code(text: str) -> str:
    return " ".join(f"U+{ord(char):04X}" for char in text)
