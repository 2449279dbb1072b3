"""Text and its language in, upper, lower or capitalised text out, by the rule of that language.

Everything that changes the case of text does it here; `.ci/casing` sees to that. What is no text for readers, such as
the names of tags and addresses, has no language: `keyword` is for the words of formats, `folded` for comparing.
"""

from __future__ import annotations

import re
import string
from functools import cache

# Unicode SpecialCasing.txt, conditions az and tr: dotted and dotless i are two letters.
_UPPER = str.maketrans({"i": "İ", "ı": "I"})
_TURKIC = frozenset({"az", "tr"})
_ASCII = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@cache
def _turkic(tag: str) -> bool:
    language, _, rest = tag.partition("-")
    return language in _TURKIC and not rest.startswith(("Cyrl", "Arab"))


def lower(text: str, tag: str) -> str:
    """Return `text` in lower case as the language of `tag` writes it."""
    # Two replacements are many times as fast as `translate`, and much is put in lower case.
    return (text.replace("İ", "i").replace("I", "ı") if _turkic(tag) else text).lower()


def upper(text: str, tag: str) -> str:
    """Return `text` in upper case as the language of `tag` writes it."""
    return (text.translate(_UPPER) if _turkic(tag) else text).upper()


def capitalize(text: str, tag: str) -> str:
    """Return `text` with its first letter in upper case and the rest as it stands.

    Georgian has no sentence case: Mtavruli capitals set whole words only (Unicode 11, 7.7).
    """
    return text if tag.partition("-")[0] == "ka" else upper(text[:1], tag) + text[1:]


def title(text: str, tag: str) -> str:
    """Return `text` with the first letter of every word in upper case and the others as they stand."""
    return _WORD.sub(lambda word: capitalize(word[0], tag), text)


def keyword(word: str) -> str:
    """Return a word of a format, as a tag, a scheme or a file's ending, in lower case: only A to Z have another."""
    return word.translate(_ASCII)


def folded(text: str) -> str:
    """Return `text` such that two of whatever language compare equal but for case; it is never to be read.

    Python-Markdown folds the keys of its references in this way.
    """
    return text.lower()
