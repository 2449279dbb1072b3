"""The text of a PO file in, its entries or what is wrong with it out; every character belongs to some entry.

The grammar is that of GNU gettext 0.21 (`po-gram-gen.y`): comments, the previous message, then the message.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from stele.translation.po.comments import flags_in, references_in
from stele.translation.po.entry import Entry, Previous
from stele.translation.po.pattern import read_usual
from stele.translation.po.tokens import SPLICE, BrokenText, Part, read_parts, slips

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LINE_REST = re.compile(r"[ \t\r\f\v]*(?:\n|\Z)")

_DEFAULT_DOMAIN = "messages"  # which messages belong to before any domain is named

MOST_TOLD = 20  # a file that is no catalog at all would break in every paragraph

_LETTERS = {"context": "c", "msgid": "i", "plural": "p", "msgstr": "s", "domain": "d"}
_SOUND = re.compile(r"(?:c?i(?:s|pS+)|d)\Z")
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
    def __init__(self, text: str, offset: int) -> None:
        self._before = text.count("\n", 0, offset)
        self._ends = [found.start() for found in re.compile("\n").finditer(text, offset)]

    def at(self, offset: int) -> int:
        return self._before + bisect_left(self._ends, offset) + 1

    def fault(self, broken: BrokenText) -> Fault:
        return Fault(self.at(broken.offset), broken.message, broken.hint)


def read_entries(text: str) -> tuple[tuple[Entry, ...], str, tuple[Fault, ...]]:
    """Return the entries of `text`, the text behind the last of them, and what is wrong with its syntax.

    The entries are those of one domain, that of the first; what belongs to another domain is text between them.
    """
    usual, offset = read_usual(text) if SPLICE not in text else ((), 0)
    others, trailing, faults = _read(text, offset, _DEFAULT_DOMAIN if usual else None)
    if faults and usual:  # the rest alone may mislead, where it goes on with what was thought an entry of its own
        return _read(text, 0, None)
    return (*usual, *others), trailing, faults


def _read(text: str, offset: int, domain: str | None) -> tuple[tuple[Entry, ...], str, tuple[Fault, ...]]:
    lines = _Lines(text, offset)
    try:
        groups = list(_groups(read_parts(text, offset)))
    except BrokenText:
        return (), "", tuple(lines.fault(slip) for slip in islice(slips(text, offset), MOST_TOLD))
    broken = tuple(_broken_groups(groups))
    if broken:
        return (), "", tuple(lines.fault(slip) for slip in broken[:MOST_TOLD])
    return (*_entries(text, offset, _own(groups, domain), lines), ())


def _own(groups: Iterable[list[Part]], domain: str | None) -> Iterator[list[Part]]:
    """Yield the messages of `domain`, or where it is not known those of the domain of the first."""
    current = _DEFAULT_DOMAIN
    for group in groups:
        body = [part for part in group if part.body]
        if body and body[0].field == "domain":
            current = body[0].text
        elif body:
            domain = current if domain is None else domain
            if current == domain:
                yield group


def _entries(text: str, offset: int, groups: Iterable[Sequence[Part]], lines: _Lines) -> tuple[tuple[Entry, ...], str]:
    entries: list[Entry] = []
    end = offset
    for group in groups:
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
    if not fields or (part.body and part.field in ("plural", "msgstr") and "domain" not in fields):
        return False
    return not part.body or part.field in ("context", "domain") or not fields.isdisjoint(("msgid", "domain"))


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
    if previous and (_order(body) in ("", "d") or not _PREVIOUS_SOUND.match(_order(previous))):
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
        flags_in(_comments(group, "flags")),
        _comments(group, "extracted_comments"),
        _comments(group, "translator_comments"),
        references_in(_comments(group, "references")),
        _previous({part.field: part.text for part in group if part.previous}),
        identity["msgid"].obsolete,
        lines.at(identity["msgid"].start),
        raw,
        gap,
    )


def _comments(group: Sequence[Part], field: str) -> tuple[str, ...]:
    return tuple(part.text for part in group if part.comment and part.field == field)


def _previous(texts: dict[str, str]) -> Previous | None:
    if not texts:
        return None
    return Previous(texts["msgid"], texts.get("context"), texts.get("plural"))
