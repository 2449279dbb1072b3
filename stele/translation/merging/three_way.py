"""Three versions of a catalog in, one catalog out with what both sides did to it: a merge driver for git.

Text alone merges badly: git sees a conflict wherever two people translate neighbouring messages, or two runs of
`update` write two dates. Of entries, only what both sides say differently of one message is a conflict.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from stele.translation.merging.entry_merge import Rules, merge_entries
from stele.translation.po.catalog import Catalog, parse_catalog, problems_of, read_catalog, write_catalog
from stele.translation.po.entry import shortened
from stele.translation.po.header import Unsettled, moment
from stele.translation.po.style import Style, set_anew

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence, Set
    from datetime import datetime

    from stele.diagnostics import Diagnostic
    from stele.translation.po.entry import Entry

    Key = tuple[str | None, str]
    Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """The bytes that come of a merge, None where a side is no catalog, and what a person has to look at."""

    data: bytes | None
    diagnostics: tuple[Diagnostic, ...]


def merge_files(base: bytes, ours: bytes, theirs: bytes, path: str) -> Merged:
    """Return what comes of merging the file at `path`; diagnostics tell the lines of conflicts in the result.

    A base that is no catalog counts as empty: then whatever differs is a conflict, and nothing is lost.
    """
    mine, faults = parse_catalog(ours, path)
    other, others_faults = parse_catalog(theirs, f"{path} (theirs)")
    if mine is None or other is None:
        return Merged(None, (*faults, *others_faults))
    origin, _ = parse_catalog(base, path)
    catalog, conflicts = merge_three(origin or Catalog(()), mine, other)
    data = write_catalog(catalog)
    # What did not hold together before is for `check` to tell, not for the merge.
    fresh = () if problems_of(mine, path) or problems_of(other, path) else read_catalog(data, path)[1]
    return Merged(data, tuple(_named(data, path, conflicts)) or fresh)


def _named(data: bytes, path: str, conflicts: Sequence[str]) -> Iterator[Diagnostic]:
    # The result is read like any catalog; where it holds conflicts, the reader tells their markers and nothing else.
    _, markers = parse_catalog(data, path) if conflicts else (None, ())
    for marker, conflict in zip(markers, conflicts, strict=False):
        yield replace(marker, message=f"both sides changed {conflict}, each in its own way")


def merge_three(base: Catalog, ours: Catalog, theirs: Catalog) -> tuple[Catalog, tuple[str, ...]]:
    """Return `ours` with what `theirs` changed since `base`, and the names of what both changed differently.

    What only one side changed is taken as that side wrote it, byte for byte. No translation is lost: a message that
    one side removed and the other translated stays, obsolete. Entries of which both sides made something else stand
    in the catalog twice, between the markers of git. Newlines, wrapping and order are those of `ours`.
    """
    if ours in (base, theirs):
        return theirs, ()
    if theirs == base:
        return ours, ()
    base, theirs = (_with_newline(version, ours.style) for version in (base, theirs))
    newer = theirs if _created(theirs) > _created(ours) else ours
    if _asked(ours) == _asked(theirs) and not any(map(_holds_work, (*ours.entries, *theirs.entries))):
        return newer, ()
    return _merge(base, _on_own_lines(ours), _on_own_lines(theirs), Rules(ours.style, newer_is_theirs=newer is theirs))


def _created(catalog: Catalog) -> datetime:
    return moment(catalog.fields.get("POT-Creation-Date", ""))


def _asked(catalog: Catalog) -> tuple[object, ...]:
    # All that a person may have changed in a template: its places and extracted comments, and its dates, are a tool's.
    fields = {name: value for name, value in catalog.fields.items() if not name.endswith("-Date")}
    said = [(each.key, each.plural, each.translator_comments, each.flags, each.obsolete) for each in catalog.entries]
    return fields, said


def _holds_work(entry: Entry) -> bool:
    return not (entry.untranslated or entry.is_header)


def _with_newline(catalog: Catalog, style: Style) -> Catalog:
    if catalog.style.newline == style.newline:
        return catalog

    def turned(text: str) -> str:
        return text.replace("\r\n", "\n").replace("\n", style.newline)

    entries = tuple(replace(entry, raw=turned(entry.raw), gap=turned(entry.gap)) for entry in catalog.entries)
    return replace(catalog, entries=entries, trailing=turned(catalog.trailing))


def _on_own_lines(catalog: Catalog) -> Catalog:
    """Return `catalog` with no entry behind another on one line, so that each can be moved."""
    behind = {entry.key for before, entry in pairwise(catalog.entries) if not before.raw.endswith("\n")}
    if not behind:
        return catalog
    apart = (
        set_anew(replace(entry, gap=catalog.style.newline), catalog.style) if entry.key in behind else entry
        for entry in catalog.entries
    )
    return replace(catalog, entries=tuple(_ended(entry, catalog.style) for entry in apart))


def _ended(entry: Entry, style: Style) -> Entry:
    return entry if entry.raw.endswith("\n") else replace(entry, raw=entry.raw + style.newline)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands at one place of the merged file, and the names of what could not be settled there."""

    gap: str
    entry: Entry | None = None
    conflicts: Lines = ()


def _merge(base: Catalog, ours: Catalog, theirs: Catalog, rules: Rules) -> tuple[Catalog, Lines]:
    before, mine, others = ({entry.key: entry for entry in version.entries} for version in (base, ours, theirs))
    order = _order(list(before), list(mine), list(others))
    pieces = [_piece(before.get(key), mine.get(key), others.get(key), rules) for key in order]
    end = _between(base.trailing, ours.trailing, theirs.trailing, rules.style)
    heads = {version.entries[0].key for version in (ours, theirs) if version.entries}
    entries, carried = _laid_out(pieces, heads, rules.style)
    trailing = carried + end.gap
    entries[-1:] = [_ended(last, rules.style) if trailing else last for last in entries[-1:]]
    conflicts = tuple(name for piece in (*pieces, end) for name in piece.conflicts)
    return replace(ours, entries=tuple(entries), trailing=trailing), conflicts


def _piece(before: Entry | None, ours: Entry | None, theirs: Entry | None, rules: Rules) -> _Piece:
    if ours is None or theirs is None:
        only = ours or theirs or before
        return _Piece(only.gap if only else "", merge_entries(before, ours, theirs, rules))
    between = _between(before.gap if before else "", ours.gap, theirs.gap, rules.style)
    try:
        return replace(between, entry=merge_entries(before, ours, theirs, rules))
    except Unsettled:
        name = f"the message “{shortened(ours.msgid)}”" if ours.msgid else "the header"
        both = replace(ours, raw=_marked(ours.raw, theirs.raw, rules.style))
        return replace(between, entry=both, conflicts=(*between.conflicts, name))


def _between(before: str, ours: str, theirs: str, style: Style) -> _Piece:
    """Return the text between two entries: white space, or what belongs to another domain."""
    if theirs in (before, ours):
        return _Piece(ours)
    if ours == before:
        return _Piece(theirs)
    if not ours.strip() and not theirs.strip():
        return _Piece(ours)
    return _Piece(_marked(ours, theirs, style), conflicts=("the text between two messages",))


def _marked(ours: str, theirs: str, style: Style) -> str:
    lines = ("<<<<<<< ours", ours, "=======", theirs, ">>>>>>> theirs")
    return "".join(line if line.endswith("\n") else line + style.newline for line in lines if line)


def _laid_out(pieces: Iterable[_Piece], heads: Set[Key], style: Style) -> tuple[list[Entry], str]:
    """Return the entries, each beginning a line, and what stood before those that are gone behind the last of them."""
    entries: list[Entry] = []
    carried = ""
    for piece in pieces:
        if piece.entry is None:
            carried += piece.gap if piece.gap.strip() else ""
            continue
        gap = carried + piece.gap
        apart = style.newline if entries and not gap and piece.entry.key in heads else ""
        entries[-1:] = [_ended(last, style) for last in entries[-1:]]
        entries.append(replace(piece.entry, gap=gap + apart))
        carried = ""
    return entries, carried


def _order(base: list[Key], ours: list[Key], theirs: list[Key]) -> Iterator[Key]:
    """Yield every key in the order of `ours`, what only the other side has behind its predecessor there.

    Where only `theirs` was put in another order, its order counts.
    """
    first, second = (theirs, ours) if _reordered(base, theirs) and not _reordered(base, ours) else (ours, theirs)
    known, anchor = set(first), first[0] if first else None
    behind: defaultdict[Key | None, list[Key]] = defaultdict(list)
    for key in second:
        if key in known:
            anchor = key
        else:
            behind[anchor].append(key)
    for anchor in (None, *first):
        if anchor is not None:
            yield anchor
        yield from behind[anchor]


def _reordered(base: list[Key], side: list[Key]) -> bool:
    shared = set(base) & set(side)
    return [key for key in base if key in shared] != [key for key in side if key in shared]
