"""A pair in, links and footnote calls of its translation that are not those of the source out."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from stele.language.casing import folded, keyword
from stele.translation.pieces import beyond, link_keys, targets, without_code
from stele.translation.safety import changed_footnotes, joined, unsafe_links

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.diagnostics import Diagnostic
    from stele.translation.review.pair import Pair

# An address that is no link stands among the words of a list of sources: with its path, or with http or www.
_BARE = re.compile(
    r"(?<![\w@./(<-])(?:https?://|www\.)[!#-&(-;=?-~]{1,2000}"
    r"|(?<![\w@./(<-])(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}/[!#-&(-;=?-~]{0,2000}",
    re.IGNORECASE,
)
_LINK = re.compile(r"\]\([^)]*\)|<(?:https?|mailto):[^\s<>]*>", re.IGNORECASE)
_CLOSING = ".,;:!?)]*_'"
_ADDRESS = re.compile(r"(?P<scheme>https?://)?(?P<site>[^/?#]*)(?P<rest>.*)", re.DOTALL)


def changed_links(pair: Pair) -> Iterator[Diagnostic]:
    """Yield what leads elsewhere than in the source: ``changed-link``, ``lost-markup`` and ``unsafe-translation``.

    A page of the same site in the language of the translation is no other place: az.wikipedia.org for en.wikipedia.org,
    ``/az/`` for ``/en/``.
    """
    translation = joined(pair.source, pair.translation)
    unsafe = list(unsafe_links(pair.source, translation, pair.location))
    yield from unsafe
    for key in beyond(link_keys(pair.source), link_keys(translation)):
        yield pair.finding("lost-markup", f"the translation drops the link key “{key[1:][:60]}”")
    wanted, given = targets(pair.source), targets(translation)
    if len(given) < len(wanted):
        yield pair.finding("lost-markup", f"the translation has {len(given)} of {len(wanted)} links")
    _, new = _other_places(wanted, given, pair)
    for address in [] if unsafe else new:
        hint = f"the source leads to {', '.join(dict.fromkeys(wanted))[:160]}" if wanted else None
        yield pair.finding("changed-link", f"the translation leads to “{address[:80]}”", hint)
    lost, new = _other_places(_bare(pair.source), _bare(translation), pair)
    for address in lost:
        hint = f"the translation has {new[0][:80]}" if new else None
        yield pair.finding("changed-link", f"the translation does not name the address “{address[:80]}”", hint)


def lost_footnotes(pair: Pair) -> Iterator[Diagnostic]:
    """Yield ``lost-footnote`` unless the translation calls each note of the source once, in any order."""
    yield from changed_footnotes(pair.source, joined(pair.source, pair.translation), pair.location)


def _bare(text: str) -> list[str]:
    text = without_code(text)
    if "/" not in text and "www." not in folded(text):
        return []
    return [found[0].rstrip(_CLOSING) for found in _BARE.finditer(_LINK.sub("]", text))]


def _other_places(wanted: list[str], given: list[str], pair: Pair) -> tuple[list[str], list[str]]:
    """Return the addresses that only the source names, and those that only the translation names."""
    if wanted == given:
        return [], []
    lost = list((Counter(wanted) - Counter(given)).elements())
    new = []
    for address in (Counter(given) - Counter(wanted)).elements():
        twin = next((item for item in lost if _is_edition(item, address, pair)), None)
        if twin is None:
            new.append(address)
        else:
            lost.remove(twin)
    return lost, new


def _is_edition(address: str, other: str, pair: Pair) -> bool:
    """Say whether `other` is on the site of `address`, with the language of the translation where that has another."""
    one, two = _ADDRESS.match(address), _ADDRESS.match(other)
    if one is None or two is None:
        return False
    own, foreign = _code(pair.language.tag), _code(pair.source_language.tag)
    if keyword(one["site"]) == keyword(two["site"]):
        return _has(one["rest"], foreign) and _has(two["rest"], own) and not _has(two["rest"], foreign)
    return re.sub(rf"\b{foreign}\.", f"{own}.", keyword(one["site"]), count=1) == keyword(two["site"])


def _has(path: str, code: str) -> bool:
    return re.search(rf"(?<![^/=?&#_-]){code}(?:[-_][a-z]{{2}})?(?![^/=?&#_.-])", path, re.IGNORECASE) is not None


def _code(tag: str) -> str:
    """Return the code by which sites name the language of `tag`."""
    return "azb" if tag == "az-Arab" else tag.partition("-")[0]
