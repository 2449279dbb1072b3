"""A pair in, quotation marks of its translation that are not those of the language, or stand alone, out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stele.language.quotation import Marks, quotation_marks
from stele.translation.review.passages import passages
from stele.translation.review.reading import OBJECT, prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.diagnostics import Diagnostic
    from stele.translation.review.pair import Pair

_STRAIGHT = "has straight quotation marks"
_FOREIGN = "has quotation marks of another language"
_INNER = "has quotation marks that stand only within others"
_ALONE = "has a quotation mark without its fellow"
_SPACED = "has a space within its quotation marks"
_UNSPACED = "has no space within its quotation marks"
# What follows from the words around, and so is right where the source has it too.
_SHARED = frozenset({_ALONE, _SPACED})

_LETTER = r"[^\W\d_]"
_HEBREW = "[\u05d0-\u05ea]"
# A straight mark right behind a digit may be inches (a quotation has another one in front); between Hebrew letters, an
# abbreviation.
_TYPED = re.compile(
    rf"(?P<within>(?<={_HEBREW})\"(?={_HEBREW}))|(?P<inches>(?<=\d)(?:\"|''))|\"|''|(?<!`)``(?!`)|,,(?={_LETTER})"
)
_TYPED_SIGNS = ('"', "'", "``", ",,")
_BEHIND_WORDS = frozenset(f".,;:!?…%)]{OBJECT}")
# Single marks around words. An apostrophe stands within a word, behind it, or for what it shortens: 'tis, '90s.
_SHORTENED = r"(?!(?:tis|twas|em|til|cause|bout|n|s|t|k)\b)"
_WORDS = r"(?:[^'‘’\n]|(?<=\w)['’](?=\w)){1,400}(?<=\S)"
_TYPED_SINGLE = re.compile(rf"(?<![\w'’])'{_SHORTENED}(?={_LETTER}){_WORDS}'(?![\w'])", re.IGNORECASE)
_CURLED_SINGLE = re.compile(rf"(?<![\w’‘])‘(?={_LETTER}){_WORDS}’(?!\w)")
_LOW_SINGLE = re.compile(rf"(?<!\w)‚(?={_LETTER}){_WORDS}[‘’](?!\w)")
_DOUBLE = re.compile(rf"(?<!{_HEBREW})[”״]|[”״](?!{_HEBREW})|[“„‟«»‹›「」『』〝〟〞]")
_SPACES = " \u00a0\u202f\u2009"
_JOINERS = "\u200e\u200f\u2060\u2066\u2067\u2068\u2069"
_SHOWN = 40  # characters

_Fault = tuple[int, str]


def foreign_quotes(pair: Pair) -> Iterator[Diagnostic]:
    """Yield ``foreign-quotes`` for straight marks, marks of another language, and marks without their fellows.

    A passage in another language has that language's marks. Apostrophes, inches, feet and minutes are no quotation. A
    quotation that goes on in the next paragraph is open in the source too.
    """
    for tag, text in _own_and_quoted(pair.translation, pair.language.tag):
        marks = quotation_marks(tag)
        found = _fault(text, marks) if marks else None
        if marks and found and not (found[1] in _SHARED and found[1] in _faults_of_source(pair)):
            place, fault = found
            shown = " ".join(text[place : place + _SHOWN].replace(OBJECT, "…").split())
            yield pair.finding("foreign-quotes", f"“{shown}” {fault}", f"the usual marks are {marks.usual}")


def _own_and_quoted(text: str, tag: str) -> list[tuple[str, str]]:
    """Return, as prose, what of `text` is in its own language in one piece, and each passage in another by itself."""
    runs = passages(text, tag)
    own = OBJECT.join(piece for language, piece in runs if language == tag)
    return [(tag, prose(own)), *((language, prose(piece)) for language, piece in runs if language != tag)]


def _faults_of_source(pair: Pair) -> frozenset[str]:
    tag = pair.source_language.tag
    found = [_fault(text, marks) for own, text in _own_and_quoted(pair.source, tag) if (marks := quotation_marks(own))]
    return frozenset(item[1] for item in found if item)


def _fault(text: str, marks: Marks) -> _Fault | None:
    """Return the place and the kind of the first fault in `text`."""
    straight = _straight(text)
    if straight is not None:
        return straight, _STRAIGHT
    single = _foreign_single(text, marks)
    return (single, _FOREIGN) if single is not None else _unmatched(text, marks)


def _straight(text: str) -> int | None:
    if not any(sign in text for sign in _TYPED_SIGNS):
        return None
    for found in _TYPED.finditer(text):
        if not found["within"] and not found["inches"]:
            return found.start()
    single = _TYPED_SINGLE.search(text)
    return single.start() if single else None


def _foreign_single(text: str, marks: Marks) -> int | None:
    known = "".join((*marks.outer, *marks.inner))
    curled = None if "‘" in known else _CURLED_SINGLE.search(text)
    found = curled or (None if "‚" in known else _LOW_SINGLE.search(text))
    return found.start() if found else None


def _unmatched(text: str, marks: Marks) -> _Fault | None:
    """Return the first double mark that the language does not have, that has no fellow, or has no place here."""
    opened: list[tuple[int, str]] = []
    for found in _DOUBLE.finditer(text):
        place, mark = found.start(), found[0]
        if opened and mark in opened[-1][1]:
            start = opened.pop()[0]
            if fault := _spacing(text, start, place, marks):
                return start, fault
        elif closing := "".join(pair[1] for pair in _open_to(marks, within=bool(opened)) if pair[0] == mark):
            opened.append((place, closing))
        else:
            return place, _reason(text, place, marks)
    return (opened[0][0], _ALONE) if opened else None


def _open_to(marks: Marks, *, within: bool) -> tuple[str, ...]:
    return (*marks.inner, *marks.outer) if within else marks.outer


def _reason(text: str, place: int, marks: Marks) -> str:
    """Say what is wrong with a mark that neither closes what is open nor may open anything."""
    mark = text[place]
    if any(pair[0] == mark for pair in marks.inner):
        return _INNER
    known = any(mark in pair for pair in marks.outer)
    opens = not _is_behind_a_word(text, place) and _DOUBLE.search(text, place + 1) is not None
    return _FOREIGN if opens or not known else _ALONE


def _is_behind_a_word(text: str, place: int) -> bool:
    return place > 0 and (text[place - 1].isalnum() or text[place - 1] in _BEHIND_WORDS)


def _spacing(text: str, start: int, end: int, marks: Marks) -> str | None:
    words = text[start + 1 : end].strip(_JOINERS)
    first, last = words[:1], words[-1:]
    if not words or (marks.spaced and text[start] != "«"):
        return None
    if marks.spaced:
        return None if first in _SPACES and last in _SPACES else _UNSPACED
    return _SPACED if first in _SPACES or last in _SPACES else None
