"""What stands in quotation marks in, quotations that are almost one of the ledger and not quite out."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from stele.language.casing import lower
from stele.rules.narration import quotations
from stele.translation.review.occurrences import comparable
from stele.translation.review.reading import prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.diagnostics import Diagnostic
    from stele.rules.hearing import Hearing
    from stele.sources.ledger.records import Quotation

# Fewer words are a phrase that anybody might use.
_LEAST_WORDS = 5
# So much of an excerpt must stand in a quotation, in its order, to be meant for it.
_ALMOST = 0.7
_WORDS = re.compile(r"[\w\u200c]+(?:[’'][\w]+)*")
# What an editor leaves out or adds parts an excerpt: … [...] [it], a reference, a code.
_LEFT_OUT = re.compile(r"\[[^\[\]]*\]|…|\.{3}|\(\s*(?:…|\.{3})\s*\)|\ufffc")


def altered(hearing: Hearing) -> Iterator[Diagnostic]:
    """QUO-2. Yield an excerpt that differs from the quotation of the ledger that it is almost the same as."""
    texts = [(item, _text(item, hearing)) for item in hearing.bench.ledger.quotations.values()]
    records = [(item, text, _words(text, hearing)) for item, text in texts if text]
    if not records or hearing.passage.is_of_a_record:
        return
    for excerpt in quotations(hearing.passage, hearing.said.tag):
        pieces = [_words(piece, hearing) for piece in _LEFT_OUT.split(excerpt)]
        for item, text, words in records:
            if fault := next((fault for piece in pieces if (fault := _fault(piece, words))), None):
                message = f"“{fault}” is not what quotation {item.id} has"
                hint = f"print it with its block, or copy its words; {item.id} is: “{text[:80]}”"
                yield hearing.finding("altered-quotation", message, hint)
                break


def _text(item: Quotation, hearing: Hearing) -> str:
    """Return the quotation in the language of the passage, nothing where the catalogs translate it."""
    tag = hearing.said.tag
    if item.language == tag:
        return item.text
    return item.translations[tag].text if tag in item.translations else ""


def _words(text: str, hearing: Hearing) -> list[str]:
    return _WORDS.findall(lower(comparable(prose(text)), hearing.said.tag))


def _fault(piece: list[str], words: list[str]) -> str | None:
    """Return the words of `piece` around the first one that differs from `words`, None where it is exact or another."""
    if len(piece) < _LEAST_WORDS or _stands_in(piece, words):
        return None
    if sum(word in words for word in piece) < _ALMOST * len(piece):
        return None
    matcher = SequenceMatcher(None, piece, words, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if sum(block.size for block in blocks) < _ALMOST * len(piece):
        return None
    place = blocks[0].size if blocks[0].a == 0 else 0
    return " ".join(piece[max(0, place - 2) : place + 4])


def _stands_in(piece: list[str], words: list[str]) -> bool:
    return any(words[start : start + len(piece)] == piece for start in range(len(words) - len(piece) + 1))
