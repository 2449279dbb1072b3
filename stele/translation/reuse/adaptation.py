"""A text of a translated file and its source in, the text with the footnote names and link targets of the source out.

Another file may call its footnotes and pages otherwise: what is only named otherwise is renamed, and nothing where it
is not plain which is which.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from stele.language.casing import folded
from stele.sources.fragments import scheme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from stele.sources.documents import Document

# An address, or the key of a reference link, and which of the two it is.
_Place = tuple[str, str]
_Named = TypeVar("_Named", str, _Place)

_CODE = r"(?<![\\`])(?P<ticks>`{1,9})(?!`)(?:.+?)(?<!`)(?P=ticks)(?!`)"
_CALL = re.compile(rf"{_CODE}|\[\^(?P<name>[^\[\]\s]*)\]")
_LINK = re.compile(rf"{_CODE}|\]\(<?(?P<address>[^()\s<>]*)(?P<rest>>?(?:\s[^()]*)?\))|\]\[(?P<key>[^\[\]]*)\]")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]:")
_KEY = re.compile(r"^ {0,3}\[([^\]^\s][^\]\n]*)\]:[ \t]*<?([^\s>]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Names:
    """What a translated file calls otherwise than its source.

    `notes` are the footnotes of the source by their names in the translated file, `known` all names in the source,
    `addresses` where the link keys of the translated file lead.
    """

    notes: Mapping[str, str]
    known: frozenset[str]
    addresses: Mapping[str, str]


def names(source: Document, target: Document, lines: Iterable[tuple[int, int]]) -> Names:
    """Return the names of two documents; `lines` tell where footnotes stand that translate each other."""
    ours, theirs = _Notes(source), _Notes(target)
    notes: dict[str, str] = {}
    taken: set[str] = set()
    for here, there in lines:
        mine, other = ours.at(here), theirs.at(there)
        if mine and other and mine not in taken and other not in notes:
            notes[other] = mine
            taken.add(mine)
    if len(ours.names) == len(theirs.names):
        rest = [name for name in ours.names if name not in taken]
        notes |= dict(zip([name for name in theirs.names if name not in notes], rest, strict=False))
    return Names(notes, frozenset(ours.names), link_definitions(target.body))


def link_definitions(body: str) -> dict[str, str]:
    """Return the addresses of a text's reference links by their keys, as Python-Markdown writes those."""
    return {" ".join(folded(key).split()): address for key, address in reversed(_KEY.findall(body))}


def adapted(text: str, source: str, names: Names) -> str:
    """Return `text` with the footnote calls, link keys and targets that its `source` has."""
    return _relinked(_renamed(text, source, names), source, names)


class _Notes:
    """The footnotes of a document by the lines where they begin."""

    def __init__(self, document: Document) -> None:
        lines = enumerate(document.body.split("\n"), document.first_line)
        found = [(number, note[1]) for number, line in lines if (note := _NOTE.match(line))]
        self._lines, self.names = [number for number, _ in found], [name for _, name in found]

    def at(self, line: int) -> str | None:
        """Return the name of the note that `line` belongs to."""
        place = bisect_right(self._lines, line)
        return self.names[place - 1] if place else None


def _renamed(text: str, source: str, names: Names) -> str:
    wanted, given = ([found["name"] for found in _found(_CALL, item)] for item in (source, text))
    called = [names.notes.get(name, name) for name in given]
    if Counter(wanted) == Counter(given):
        return text
    if len(called) == len(wanted):
        spare = iter(_without(wanted, called))
        strange = set(called) - names.known - set(wanted)
        called = [next(spare, name) if name in strange else name for name in called]
    written = iter(called)
    return _CALL.sub(lambda found: found[0] if found["ticks"] else f"[^{next(written)}]", text)


def _relinked(text: str, source: str, names: Names) -> str:
    wanted, given = ([_place(found) for found in _found(_LINK, item)] for item in (source, text))
    if Counter(wanted) == Counter(given):
        return text
    if len(wanted) == len(given):
        spare = iter(_without(wanted, given))
        chosen = iter([place if place in wanted else _nearer(place, next(spare, place)) for place in given])
    else:
        chosen = iter([_resolved(place, wanted, names) for place in given])
    return _LINK.sub(lambda found: found[0] if found["ticks"] else _written(found, next(chosen)), text)


def _found(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    return [found for found in pattern.finditer(text) if not found["ticks"]]


def _without(wanted: Sequence[_Named], given: Sequence[_Named]) -> list[_Named]:
    """Return what is left of `wanted` when each of `given` has taken its own, in order."""
    rest = list(wanted)
    for item in given:
        if item in rest:
            rest.remove(item)
    return rest


def _place(found: re.Match[str]) -> _Place:
    return ("key", found["key"]) if found["key"] is not None else ("address", found["address"])


def _nearer(given: _Place, wanted: _Place) -> _Place:
    # A page elsewhere may have been chosen for its language; a page of the project has one address in all.
    return given if given[0] == "address" and scheme(given[1]) is not None else wanted


def _resolved(given: _Place, wanted: Sequence[_Place], names: Names) -> _Place:
    address = names.addresses.get(given[1]) if given[0] == "key" and given not in wanted else None
    return given if address is None else ("address", address)


def _written(found: re.Match[str], place: _Place) -> str:
    form, name = place
    if form == "key":
        return f"][{name}]"
    return f"]({name}{found['rest'] or ')'}"
