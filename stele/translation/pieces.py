"""Inline Markdown in, what in it is no prose out: tags, attribute lists, code, links, footnote calls, placeholders.

Each piece has a key that is the same in source and translation when nobody has changed it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.language.casing import folded, keyword

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Code spans as Python-Markdown finds them (markdown.inlinepatterns.BACKTICK_RE).
# But for runs of more than nine backticks, which would take it very long: those count as no code.
CODE_SPAN = re.compile(r"(?<![\\`])(`{1,9})(?!`)(.+?)(?<!`)\1(?!`)")
_TAG = re.compile(r"<(?!(?:https?|mailto):[^\s<>]*>)[/!?a-zA-Z][^<>]*>?")
_NAME = re.compile(r"</?[a-zA-Z][^\s/<>]*")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?")
_SPOKEN = frozenset({"alt", "aria-label", "title"})
_BRACES = re.compile(r"\{[^{}]*\}?")
# A field of Python's format language; behind the colon stands a pattern that each language writes in its own way.
_FIELD = re.compile(r"\{(?P<name>[^\W\d][\w.\-]*|\d+)(?::[^{}=#<>\"\n]*)?\}")
_PERCENT_FIELD = re.compile(r"%\(\w+\)s")
_IMAGE = re.compile(r"!\[[^\]]*\]\s*(?:\(\s*<?(?P<address>[^)\s>]*)[^)]*\)|\[(?P<key>[^\]]*)\])?")
_TARGET = re.compile(r"\]\(\s*<?([^)\s>]*)|<((?:https?|mailto):[^\s<>]*)>", re.IGNORECASE)
_LINK_KEY = re.compile(r"\]\[([^\]]*)\]")
_FOOTNOTE = re.compile(r"\[\^[^\]]*\]")
# Everything in a message that is no words.
_FROZEN = re.compile(
    r"""
      (?<!`)(`{1,9})(?!`).+?(?<!`)\1(?!`)   # code
    | <[^<>]*>                              # tags and bare addresses
    | \]\([^()\s"]*                         # targets of links; a title behind them is prose
    | \]\[[^\]]*\]                          # keys of links
    | \[\^[^\]]*\] | \[@[^\]]*\]            # footnote calls and citations
    | \{[^{}]*\} | %\(\w+\)s                # attribute lists and placeholders
    | &\#?\w+; | https?://\S+ | \\.
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece as it is written, and its key."""

    text: str
    key: str


def beyond(these: Sequence[Piece], others: Sequence[Piece]) -> list[str]:
    """Return the texts of `these` that stand there more often than in `others`."""
    if not these:
        return []
    left = Counter(piece.key for piece in others)
    more = []
    for piece in these:
        left[piece.key] -= 1
        if left[piece.key] < 0:
            more.append(piece.text)
    return more


def reworded(text: str, rewrite: Callable[[str], str], frozen: re.Pattern[str] | None = None) -> str:
    """Return `text` with its words rewritten; markup stays as it is, and what matches `frozen` besides."""
    if frozen is not None:
        return _between(frozen, text, lambda words: reworded(words, rewrite))
    return _between(_FROZEN, text, rewrite)


def _between(kept: re.Pattern[str], text: str, rewrite: Callable[[str], str]) -> str:
    pieces, end = [], 0
    for found in kept.finditer(text):
        pieces += [rewrite(text[end : found.start()]), found[0]]
        end = found.end()
    return "".join([*pieces, rewrite(text[end:])])


def without_code(text: str) -> str:
    """Return `text` without its code spans."""
    return CODE_SPAN.sub("", text) if "`" in text else text


def code_spans(text: str) -> list[Piece]:
    """Return the code spans of `text`, with their backticks."""
    return [_piece(found) for found in CODE_SPAN.finditer(text)] if "`" in text else []


def tags(text: str) -> list[Piece]:
    """Return the HTML tags of `text`; attributes may come in any order, and those that are read may be translated."""
    return _found("<", _TAG, text, lambda found: _tag_key(found[0]))


def attribute_lists(text: str) -> list[Piece]:
    """Return everything in braces that is no placeholder; a title in it may be translated."""
    return [piece for piece in _found("{", _BRACES, text, lambda found: _list_key(found[0])) if not _is_field(piece)]


def placeholders(text: str) -> list[Piece]:
    """Return the brace fields of `text`; the pattern behind a colon may be translated."""
    return [Piece(piece.text, piece.key) for piece in _found("{", _FIELD, text, lambda found: f"{{{found['name']}}}")]


def percent_fields(text: str) -> list[str]:
    """Return the fields of `text` that gettext's templates fill: ``%(name)s``."""
    return _PERCENT_FIELD.findall(text)


def images(text: str) -> list[Piece]:
    """Return the images of `text`: what they show counts, their words are to be translated."""
    return _found("![", _IMAGE, text, lambda found: f"![]({found['address'] or ''})[{found['key'] or ''}]")


def targets(text: str) -> list[str]:
    """Return the addresses that links, images and autolinks of `text` name."""
    return [found[1] or found[2] or "" for found in _TARGET.finditer(without_code(text))]


def link_keys(text: str) -> list[Piece]:
    """Return the keys of the references in `text`: ``[words][key]``."""
    return _found("][", _LINK_KEY, text, lambda found: folded(found[1]))


def footnote_calls(text: str) -> list[str]:
    """Return the footnote calls of `text` in their order."""
    return _FOOTNOTE.findall(without_code(text))


def _found(sign: str, pattern: re.Pattern[str], text: str, key: Callable[[re.Match[str]], str]) -> list[Piece]:
    """Return what matches `pattern`, which holds `sign`: most texts have no such sign, and are not searched."""
    text = without_code(text)
    return [_piece(found, key) for found in pattern.finditer(text)] if sign in text else []


def _piece(found: re.Match[str], key: Callable[[re.Match[str]], str] = lambda found: found[0]) -> Piece:
    return Piece(" ".join(found[0].split()), " ".join(key(found).split()))


def _is_field(piece: Piece) -> bool:
    return _FIELD.fullmatch(piece.text) is not None


def _tag_key(tag: str) -> str:
    name = _NAME.match(tag)
    if name is None or not tag.endswith(">"):
        return tag
    return f"{keyword(name[0])} {_attributes(tag[name.end() :])}"


def _list_key(braces: str) -> str:
    return f"{{{_attributes(braces[1:].lstrip(':'))}" if braces.endswith("}") else braces


def _attributes(text: str) -> str:
    pairs = ((keyword(found[1]), (found[2] or "").strip("\"'")) for found in _ATTRIBUTE.finditer(text.rstrip("/}> ")))
    return " ".join(sorted(name if name in _SPOKEN else f"{name}={value}" for name, value in pairs))
