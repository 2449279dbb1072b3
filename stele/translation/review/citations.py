"""A pair in, citations that its translation drops, invents or changes out."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.diagnostics import Diagnostic
    from stele.translation.review.pair import Pair

# A citation of pandoc: [@key, p. 12; see -@other, ch. 3], but no label of a link or image.
_GROUP = re.compile(r"(?<![!\\\]])\[(?!\^)([^\[\]]*)\](?![(\[])")
_CITATION = re.compile(r"(?<![\w.@/])-?@\{?(?P<key>\w(?:[\w:.#$%&+?<>~/-]*\w)?)\}?(?P<rest>[^;@]*)")
_NUMBER = re.compile(r"\d+|(?<!\w)(?=[ivxl]{2})(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})(?!\w)")
_CODE = re.compile(r"`+[^`]*`+")

_Citation = tuple[str, tuple[str, ...]]


def changed_citations(pair: Pair) -> Iterator[Diagnostic]:
    """Yield ``changed-citation`` where keys, or the numbers of pages and chapters, are not those of the source.

    The words around them may be translated, and digits may be those of the language.
    """
    wanted, given = Counter(_citations(pair.source)), Counter(_citations(pair.translation))
    lost, new = list((wanted - given).elements()), list((given - wanted).elements())
    for citation in lost:
        other = next((item for item in new if item[0] == citation[0]), None)
        if other is None:
            hint = "copy the citation from the source; only the words in it are translated"
            yield pair.finding("changed-citation", f"the translation drops the citation of @{citation[0][:60]}", hint)
        else:
            new.remove(other)
            message = (
                f"the translation cites @{citation[0][:60]} at “{_numbers(other)}” instead of “{_numbers(citation)}”"
            )
            yield pair.finding("changed-citation", message, "the numbers of a citation are those of the source")
    for citation in new:
        hint = "cite what the source cites, and as often"
        yield pair.finding("changed-citation", f"the source does not cite @{citation[0][:60]} here", hint)


def _citations(text: str) -> Iterator[_Citation]:
    for group in _GROUP.finditer(_CODE.sub("", text)) if "@" in text else ():
        for found in _CITATION.finditer(group[1]):
            yield found["key"], tuple(_plain(number[0]) for number in _NUMBER.finditer(found["rest"]))


def _plain(number: str) -> str:
    return str(int(number)) if number.isdecimal() and len(number) < 100 else number


def _numbers(citation: _Citation) -> str:
    return ", ".join(citation[1])[:60] or "no place"
