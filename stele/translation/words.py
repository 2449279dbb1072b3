"""A text of a catalog in, its words counted and its markup told from its prose out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# What holds letters that nobody translates: each alternative ends where the next of its kind could begin.
_WORDLESS = r"""
    <[^<>]*>                            # tags and bare addresses
  | \]\([^()\s]*\)? | \]\[[^\[\]]*\]    # targets of links; a title behind one is prose
  | \[[@^][^\[\]]*\]                    # footnote calls and citations
  | \{[^{}]*\} | %\(\w+\)s              # attribute lists and placeholders
  | &\#?\w+; | https?://[^\s<>()]+
"""
_MARKUP = re.compile(_WORDLESS, re.VERBOSE)
_QUIET = re.compile(rf"{_WORDLESS} | !?\[(?=[^\[\]]*\][\[(]) | \*{{1,3}} | `+ | \\(?=[^\w\s])", re.VERBOSE)
_SPACE = re.compile(r"[\s—]+")
# Chinese and Japanese: between these no space stands, and each is counted, as word processors do.
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def count_words(text: str) -> int:
    """Return how many words of prose `text` has.

    A word is what stands between white space or dashes and has a letter or a digit; an ideograph is a word by itself.
    Tags, addresses, footnote calls, citations, attribute lists and placeholders are no words.
    """
    prose, ideographs = _IDEOGRAPH.subn(" ", _MARKUP.sub(" ", text))
    return ideographs + sum(any(map(str.isalnum, word)) for word in _SPACE.split(prose))


def split_markup(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of `text`, each with whether it is markup; joined they are `text`."""
    position = 0
    for found in _QUIET.finditer(text):
        if found.start() > position:
            yield text[position : found.start()], False
        yield found[0], True
        position = found.end()
    if position < len(text):
        yield text[position:], False
