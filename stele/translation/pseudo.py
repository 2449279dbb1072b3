"""Messages in, the catalog of a pseudo-language out: every word rewritten, every piece of markup left as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.language.pseudo import written
from stele.translation.pieces import reworded
from stele.translation.po.catalog import Catalog
from stele.translation.po.entry import Entry
from stele.translation.review.patterns import GENDER, PATTERN, reworded_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stele.translation.messages import Message

# An abbreviation must stay the word that it stands for in the text.
_WORDS_ONLY = "type: abbreviation"


def pseudo_catalog(messages: Iterable[Message], tag: str) -> Catalog:
    """Return a catalog that translates every message into the pseudo-language `tag`."""
    return Catalog(tuple(_entry(message, tag) for message in messages))


def _entry(message: Message, tag: str) -> Entry:
    if message.context == GENDER:
        return Entry(message.msgid, (message.msgid,), message.context)
    if message.context == PATTERN:
        pattern = reworded_pattern(message.msgid, lambda words: written(words, tag))
        return Entry(message.msgid, (pattern,), message.context)
    sources = (message.msgid,) if message.plural is None else (message.msgid, message.plural)
    texts = (_spoken(text, tag) for text in sources)
    bare = _WORDS_ONLY in message.comments
    # The marks show where a text is cut off, or put together from pieces.
    msgstr = tuple(text if bare else f"‹{text}›" for text in texts)
    return Entry(message.msgid, msgstr, message.context, message.plural)


def _spoken(text: str, tag: str) -> str:
    return reworded(text, lambda words: written(words, tag))
