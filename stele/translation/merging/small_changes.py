"""A message before and after in, whether it still says the same out; and the translations that were kept because of it.

A small change is one of case, punctuation, white space or markup. It is judged strictly, since a translation that is
kept is printed: all words in their order, numbers with everything between them, link targets, placeholders, footnote
calls, citations, code, signs, and every character that is not known to be harmless must be the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location
from stele.language.casing import folded, keyword
from stele.translation.po.entry import Previous, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.translation.po.catalog import Catalog
    from stele.translation.po.entry import Entry

_PIECE = re.compile(
    r"""
      (?P<kept>
        \\.                                                     # an escaped character is itself
      | \]\([^()]*(?:\([^()]*\)[^()]*)*\)                       # the target of a link
      | \{[^{}]*\} | %\(\w+\)[a-z]                              # a placeholder, attributes
      | &\#?\w+;
      | (?i:[a-z][a-z0-9+]{1,14}://)\S*
      | <(?!/?(?i:b|i|em|strong|u|small|cite|br)[ ]?/?>)[^<>]*>
      )
    | (?P<call>\[[\^@][^\[\]]*\])                              # of a footnote, or a citation
    | (?P<ticks>`++)(?P<code>[^`]*)(?P=ticks)
    | (?P<number>(?:(?<!\w)[-–+])?\d(?:(?:\d|[^\w\[\]{}<>`\\])*\d)?[-–]?)
    | (?P<inside>(?<=\w)['’.:](?=\w))                           # we're is not were, nor U.S. us
    | (?P<gap>
        \s+
      | </?(?i:b|i|em|strong|u|small|cite|br)[ ]?/?>
      | (?<![^\W_])(?<![*_])[*_]++(?=\S) | (?<=\S)[*_]++(?![^\W_])    # emphasis, not a product or a snake_case name
      | !(?!\[)
      | [.,;:?…'"“”„‟‘’‚‛«»‹›()—–‐‑\-¡¿،؛؟۔、。，；：？！「」『』《》（）։]
      )
    | (?P<word>[^\W\d_]+)
    | [*_]+ | `+ | .
    """,
    re.VERBOSE | re.DOTALL,
)
_PLAIN_CODE = re.compile(r"(?:[^\W\d_]| )+")
_QUOTED = 60  # characters


def is_small_change(before: Previous, after: Previous) -> bool:
    """Say whether a translation of `before` may stand for `after` until somebody has looked at it."""
    if before.context != after.context or (before.plural is None) != (after.plural is None):
        return False
    return _same_wording(before.msgid, after.msgid) and _same_wording(before.plural, after.plural)


def small_changes(catalog: Catalog, path: str) -> Iterator[Diagnostic]:
    """Yield a finding for every confirmed translation that was kept through a small change and not looked at since."""
    for entry in catalog.entries:
        if entry.previous and entry.translated and not entry.obsolete and is_small_change(entry.previous, named(entry)):
            message = f"the translation of “{shortened(entry.msgid, _QUOTED)}” was made before a small change"
            hint = "compare the lines that begin with #| with those below; when the translation is right, delete them"
            yield Diagnostic("small-change", message, Location(path, entry.line), hint)


def named(entry: Entry) -> Previous:
    """Return what names an entry, as it will be remembered when its message has changed."""
    return Previous(entry.msgid, entry.context, entry.plural)


def _same_wording(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return one is other
    wording = _wording(one)
    return any(map(str.isalnum, wording)) and wording == _wording(other)


def _wording(text: str) -> str:
    return " ".join("".join(map(_essence, _PIECE.finditer(text))).split())


def _essence(piece: re.Match[str]) -> str:
    if piece["gap"]:
        return " "
    if piece["call"]:
        return f" {piece[0]} "
    if piece["ticks"]:
        return f" {keyword(piece['code'])} " if _PLAIN_CODE.fullmatch(piece["code"]) else piece[0]
    if piece["inside"]:
        return piece[0].replace("’", "'")
    return folded(piece[0]) if piece["word"] else piece[0]
