"""An index in, the scripts out that a browser loads when it needs them: small ones, however many names there are.

A script calls ``steleSearch(name, data)``; no page of a disk may fetch, but each may add a script. ``index`` says with
which word and which section each of the others begins, and how to fold. ``words-0``, ``words-1`` … have words in the
order of UTF-16, by which JavaScript compares; ``texts-0`` … have what is shown of sections.

A word is written as how many of its letters are those of the word before it, the rest of its letters, a space, and its
postings; behind another space stand its aliases. Postings are numbers without a space between: three times the step
from the last section, and the place. They are written to the base of 32 with the digits of base 64 (RFC 4648, 4): the
last digit is one of the first half, those before it are of the second.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from os.path import commonprefix
from typing import TYPE_CHECKING, Any

from stele.language.folding import as_data, proclitics
from stele.web.search.index import Place
from stele.web.search.moments import months

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from stele.web.search.index import Index
    from stele.web.search.sections import Piece, Section

SIZE = 24_000  # bytes of a script, give or take the last of what is in it
_MOST_POSTINGS = 6_000  # of one line; a word of more is written on several
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_PLACES = len(Place)


@dataclass(frozen=True, slots=True)
class _Shard:
    """A script's data, and with what it begins."""

    first: str | int
    data: Any


def scripts(index: Index, tag: str, address: Callable[[Section], str]) -> dict[str, bytes]:
    """Return the scripts of a search in the language `tag` by name; `address` returns the link to a section."""
    words, texts = list(_words(index)), list(_texts(index.sections, tag, address))
    main = {
        **as_data(),
        "rules": [[rule.word, dict(rule.letters), rule.digraphs] for rule in index.rules],
        "months": months(tag),
        "proclitics": proclitics(tag),
        "words": [shard.first for shard in words],
        "texts": [shard.first for shard in texts],
    }
    made = {"index": main}
    made |= {f"words-{number}": shard.data for number, shard in enumerate(words)}
    made |= {f"texts-{number}": shard.data for number, shard in enumerate(texts)}
    return {name: _script(name, data) for name, data in made.items()}


def _script(name: str, data: Any) -> bytes:
    # ECMAScript before 2019 takes two characters for ends of lines that JSON does not.
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    written = written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'steleSearch("{name}",{written})\n'.encode()


def _words(index: Index) -> Iterator[_Shard]:
    lines: list[str] = []
    first = last = ""
    size = 0
    for word, postings, aliases in _entries(index):
        if size > SIZE:
            yield _Shard(first, ",".join(lines))
            lines, size = [], 0
        if not lines:
            first, last = word, ""
        shared = _shared(last, word)
        lines.append(" ".join((_DIGITS[shared] + word[shared:], postings, *aliases)))
        size += len(lines[-1].encode()) + 1
        last = word
    if lines:
        yield _Shard(first, ",".join(lines))


def _shared(last: str, word: str) -> int:
    """Return how many letters of `last` begin `word` too, none where JavaScript would count otherwise."""
    return 0 if max(word) > "\uffff" else min(len(commonprefix((last, word))), len(_DIGITS) - 1)  # noqa: RUF071


def _entries(index: Index) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield each word with its postings as they are written, and its aliases."""
    for word in sorted({*index.postings, *index.aliases}, key=lambda word: word.encode("utf-16-be")):
        postings = sorted(index.postings.get(word, {}).items())
        for start in range(0, len(postings) or 1, _MOST_POSTINGS):
            part = postings[start : start + _MOST_POSTINGS]
            yield word, _postings(part), index.aliases.get(word, ())


def _postings(postings: Sequence[tuple[int, Place]]) -> str:
    last, written = 0, []
    for section, place in postings:
        written.append(_number(_PLACES * (section - last) + place))
        last = section
    return "".join(written)


def _number(value: int) -> str:
    digits = _DIGITS[value % 32]
    while value := value // 32:
        digits = _DIGITS[32 + value % 32] + digits
    return digits


def _texts(sections: Sequence[Section], tag: str, address: Callable[[Section], str]) -> Iterator[_Shard]:
    """Yield the texts of sections: the pages that they are on, each once, and for each section which of them it is."""
    pages: dict[str, int] = {}
    titles: list[list[str]] = []
    entries: list[list[Any]] = []
    first = size = 0
    for number, section in enumerate(sections):
        if size > SIZE:
            yield _Shard(first, [titles, entries])
            pages, titles, entries, first, size = {}, [], [], number, 0
        href, _, anchor = address(section).partition("#")
        if href not in pages:
            pages[href] = len(pages)
            titles.append([href, *_shown(section.title, tag)])
        entry = [pages[href], anchor, _shown(section.heading, tag), _shown(section.text, tag)]
        entries.append(entry)
        size += len(json.dumps(entry, ensure_ascii=False).encode())
    if entries:
        yield _Shard(first, [titles, entries])


def _shown(pieces: Sequence[Piece], tag: str) -> list[str]:
    """Return a text, and the tag of the language that most of it is in where this is not that of the page."""
    text = "".join(piece.text for piece in pieces)
    lengths = Counter[str]()
    for piece in pieces:
        lengths[piece.tag] += len(piece.text)
    most = max(lengths, key=lambda item: lengths[item], default=tag)
    return [text] if most == tag else [text, most]
