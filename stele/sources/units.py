"""What translators see of a document and what is printed in its place; inline Markdown in, its words out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from stele.sources.ledger.references import REFERENCE

_CODE = re.compile(r"(`+).+?\1", re.DOTALL)
_INVISIBLE = re.compile(r"<[^>]*>|https?://\S+|\[TOC\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of prose as a translator sees it: inline Markdown, soft line breaks folded.

    `kind` names the block (``heading 2``, ``table cell``); `headings` is the path of source headings above it;
    `note` is what the author told translators in a comment before it, `waivers` the written reasons of the author for
    what a rule would question in it, by code.
    """

    text: str
    kind: str
    line: int
    headings: tuple[str, ...] = ()
    note: str | None = None
    waivers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rendition:
    """What to print in place of a unit: a text in the language `tag`.

    `fallback` is empty for a translation; else it says why the text is none: ``source``, ``previous`` for the
    translation of an older wording, or the tag of another language. With `dispensable` the block is left out where that
    leaves nothing maimed: a paragraph, but no heading or table cell.
    """

    text: str
    tag: str
    fallback: str = ""
    dispensable: bool = False


# Returns a translation or something else to print in place of a unit's text, None to print the source as it is.
Translate = Callable[[Unit], Rendition | str | None]


def has_words(text: str) -> bool:
    """Say whether `text` has a letter or digit outside of tags, code, addresses and bare references to records."""
    return any(char.isalnum() for char in _INVISIBLE.sub("", REFERENCE.sub(_pattern, _CODE.sub("", text))))


def _pattern(reference: re.Match[str]) -> str:
    """Return what a translator may change of a reference to the ledger."""
    return reference["pattern"] or reference["suffix"] or ""


def plain_text(text: str) -> str:
    """Return inline Markdown as a reader sees it: without tags, link targets, footnote calls and emphasis."""
    text = re.sub(r"\[\^[^\]]+\]", "", text)
    text = re.sub(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?", r"\1", text)
    text = re.sub(r"<[^>]*>", "", text)
    return " ".join(re.sub(r"[*`\\]|(?<!\w)_+|_+(?!\w)", "", text).split())
