"""Items and a language in, the list that a sentence of that language holds out: A, B and C."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stele.language.casing import lower
from stele.language.cldr import list_patterns

if TYPE_CHECKING:
    from collections.abc import Sequence

# Real Academia Española, Diccionario panhispánico de dudas, “y”: e before the sound i, but not before hie-, hia-.
_SPANISH_I = re.compile(r"h?i(?![aeo])|h?í", re.IGNORECASE)
_HEBREW = re.compile(r"[\u05d0-\u05ea]")


def listed(items: Sequence[str], tag: str) -> str:
    """Return `items` joined as the language of `tag` lists them."""
    if len(items) < 2:
        return "".join(items)
    patterns = list_patterns(tag)
    if len(items) == 2:
        return _join(patterns["2"], items[0], items[1], tag)
    text = _join(patterns["end"], items[-2], items[-1], tag)
    for place in range(len(items) - 3, -1, -1):
        text = _join(patterns["middle" if place else "start"], items[place], text, tag)
    return text


def _join(pattern: str, first: str, second: str, tag: str) -> str:
    """Return the two filled into `pattern`; in them, braces stand for themselves."""
    before, between, behind = re.split(r"\{[01]\}", pattern)
    return f"{before}{first}{_conjunction(between, second, tag)}{second}{behind}"


def _conjunction(between: str, second: str, tag: str) -> str:
    """Return what stands between two items, in the form that the second asks for."""
    language = tag.partition("-")[0]
    if language == "es" and between == " y " and _SPANISH_I.match(lower(second, tag)):
        return " e "
    if language == "he" and between.endswith("ו") and not _HEBREW.match(second):
        return f"{between}\u05be"  # a maqaf joins the letter to a word of another script
    return between
