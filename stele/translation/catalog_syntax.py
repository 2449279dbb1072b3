"""The text of a PO file in, its entries or what is wrong with it out; every character belongs to some entry.

The grammar is that of GNU gettext 0.21 (`po-gram-gen.y`): comments, the previous message, then the message.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from stele.translation.catalog_tokens import BrokenText, Part, read_parts, slips
from stele.translation.entry import Entry, Previous

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LINE_REST = re.compile(r"[ \t\r\f\v]*(?:\n|\Z)")
_FLAG = re.compile(r"range:[ \t]*[^ \t,]+|[^ \t\r\f\v,]+")
# GNU gettext sets a path with a space between U+2068 and U+2069, and the line number behind it.
_REFERENCE = re.compile("\u2068([^\u2068\u2069]*)\u2069([^ \t\r\f\v]*)|([^ \t\r\f\v]+)")

MOST_TOLD = 20  # a file that is no catalog at all would break in every paragraph

_LETTERS = {"context": "c", "msgid": "i", "plural": "p", "msgstr": "s"}
_SOUND = re.compile(r"c?i(?:s|pS+)\Z")
_PREVIOUS_SOUND = re.compile(r"(?:c?ip?)?\Z")
_PARTIAL = ("an entry is only partly marked with #~", "begin each of its lines with #~, or none")
_UNSOUND = (
    # what the order of keywords looks like, what to say of it, how to mend it; the first that fits is told
    (re.compile(r"[^i]*\Z"), "an entry has no msgid", "every entry needs one msgid"),
    (re.compile(r"[^sS]*\Z"), "an entry has no msgstr", 'write msgstr "" below it; no comment may come between'),
    (re.compile(r".*p.*s"), "msgstr of a plural has no number", "write msgstr[0], msgstr[1] and so on"),
    (re.compile(r"[^p]*S"), "msgstr[0] stands without msgid_plural", "write msgstr, or add msgid_plural"),
    (re.compile(r""), "keywords are out of order", "the order is msgctxt, msgid, msgid_plural, msgstr"),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in the text at `line` (from 1), and how to mend it."""

    line: int
    message: str
    hint: str


class _Lines:
    def __init__(self, text: str) -> None:
        self._ends = [found.start() for found in re.finditer("\n", text)]

    def at(self, offset: int) -> int:
        return bisect_left(self._ends, offset) + 1

    def fault(self, broken: BrokenText) -> Fault:
        return Fault(self.at(broken.offset), broken.message, broken.hint)


def read_entries(text: str) -> tuple[tuple[Entry, ...], str, tuple[Fault, ...]]:
    """Return the entries of `text`, the text behind the last of them, and what is wrong with its syntax."""
    lines = _Lines(text)
    try:
        groups = list(_groups(read_parts(text)))
    except BrokenText:
        return (), "", tuple(lines.fault(slip) for slip in islice(slips(text), MOST_TOLD))
    broken = tuple(_broken_groups(groups))
    if broken:
        return (), "", tuple(lines.fault(slip) for slip in broken[:MOST_TOLD])
    return (*_entries(text, groups, lines), ())


def _entries(text: str, groups: Iterable[Sequence[Part]], lines: _Lines) -> tuple[tuple[Entry, ...], str]:
    entries: list[Entry] = []
    end = 0
    for group in groups:
        if any(part.body for part in group):
            start, gap_start = group[0].start, end
            rest = _LINE_REST.match(text, group[-1].end)
            end = rest.end() if rest else group[-1].end
            entries.append(_entry(group, text[gap_start:start], text[start:end], lines))
    return tuple(entries), text[end:]


def _groups(parts: Iterable[Part]) -> Iterator[list[Part]]:
    group: list[Part] = []
    fields: set[str] = set()
    for part in parts:
        if _begins_entry(part, fields):
            yield group
            group, fields = [], set()
        group.append(part)
        if part.body:
            fields.add(part.field)
    if group:
        yield group


def _begins_entry(part: Part, fields: set[str]) -> bool:
    """Say whether `part` belongs to another entry than the one that has `fields` already."""
    if not fields or (part.body and part.field in ("plural", "msgstr")):
        return False
    return not part.body or part.field == "context" or "msgid" in fields


def _broken_groups(groups: Iterable[list[Part]]) -> Iterator[BrokenText]:
    torn = False
    for group in groups:
        slip = _slip(group)
        # What a comment tore off from a broken entry is not a second mistake.
        if slip and not (torn and all(part.field != "msgid" for part in group if part.body)):
            yield slip
        torn = slip is not None


def _slip(group: list[Part]) -> BrokenText | None:
    body = [part for part in group if part.body]
    previous = [part for part in group if part.previous]
    if previous and (not body or not _PREVIOUS_SOUND.match(_order(previous))):
        hint = "write one #| msgid above the entry it belongs to"
        return BrokenText(previous[-1].start, "the previous message (#|) is not whole", hint)
    if body and not _SOUND.match(_order(body)):
        told = next(told for pattern, *told in _UNSOUND if pattern.match(_order(body)))
        return BrokenText(body[-1].start, *told)
    if len({part.obsolete for part in body + previous}) > 1:
        return BrokenText(body[-1].start, *_PARTIAL)
    numbers = [part.index for part in body if part.index is not None]
    if numbers != list(range(len(numbers))):
        hint = "number them msgstr[0], msgstr[1] and so on"
        return BrokenText(body[-1].start, "the numbers of msgstr do not count up from 0", hint)
    return None


def _order(parts: Iterable[Part]) -> str:
    return "".join("S" if part.index is not None else _LETTERS[part.field] for part in parts)


def _entry(group: Sequence[Part], gap: str, raw: str, lines: _Lines) -> Entry:
    body = [part for part in group if part.body]
    identity = {part.field: part for part in body}
    return Entry(
        identity["msgid"].text,
        tuple(part.text for part in body if part.field == "msgstr"),
        identity["context"].text if "context" in identity else None,
        identity["plural"].text if "plural" in identity else None,
        tuple(found[0] for line in _comments(group, "flags") for found in _FLAG.finditer(line)),
        _comments(group, "extracted_comments"),
        _comments(group, "translator_comments"),
        tuple(_references(_comments(group, "references"))),
        _previous({part.field: part.text for part in group if part.previous}),
        identity["msgid"].obsolete,
        lines.at(identity["msgid"].start),
        raw,
        gap,
    )


def _comments(group: Sequence[Part], field: str) -> tuple[str, ...]:
    return tuple(part.text for part in group if part.comment and part.field == field)


def _references(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        for path, place, plain in _REFERENCE.findall(line):
            yield plain or path + place


def _previous(texts: dict[str, str]) -> Previous | None:
    if not texts:
        return None
    return Previous(texts["msgid"], texts.get("context"), texts.get("plural"))
