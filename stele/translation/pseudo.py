"""Messages in, the catalog of a pseudo-language out: every word rewritten, every piece of markup left as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stele.language.pseudo import written
from stele.translation.po.catalog import Catalog
from stele.translation.po.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stele.translation.messages import Message

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
# An abbreviation must stay the word that it stands for in the text.
_WORDS_ONLY = "type: abbreviation"


def pseudo_catalog(messages: Iterable[Message], tag: str) -> Catalog:
    """Return a catalog that translates every message into the pseudo-language `tag`."""
    return Catalog(tuple(_entry(message, tag) for message in messages))


def _entry(message: Message, tag: str) -> Entry:
    sources = (message.msgid,) if message.plural is None else (message.msgid, message.plural)
    texts = (_spoken(text, tag) for text in sources)
    bare = _WORDS_ONLY in message.comments
    # The marks show where a text is cut off, or put together from pieces.
    msgstr = tuple(text if bare else f"‹{text}›" for text in texts)
    return Entry(message.msgid, msgstr, message.context, message.plural)


def _spoken(text: str, tag: str) -> str:
    pieces, end = [], 0
    for frozen in _FROZEN.finditer(text):
        pieces += [written(text[end : frozen.start()], tag), frozen[0]]
        end = frozen.end()
    return "".join([*pieces, written(text[end:], tag)])
