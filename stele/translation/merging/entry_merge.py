"""Three versions of an entry in, one out: what both sides did to it, or word that they disagree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TypeVar

from stele.translation.po.entry import Entry
from stele.translation.po.header import Unsettled, merge_headers
from stele.translation.po.style import Style, revised

_Value = TypeVar("_Value")
_FACTS = (
    "msgstr",
    "plural",
    "flags",
    "extracted_comments",
    "translator_comments",
    "references",
    "previous",
    "obsolete",
)
_facts = attrgetter(*_FACTS)
_source = attrgetter("extracted_comments", "references")
_translation = attrgetter("msgstr", "plural", "fuzzy")


@dataclass(frozen=True, slots=True)
class Rules:
    """What settles an entry beside itself: the style it is set in, and whose messages are the newer ones."""

    style: Style
    newer_is_theirs: bool


def merge_entries(before: Entry | None, ours: Entry | None, theirs: Entry | None, rules: Rules) -> Entry | None:
    """Return what comes of an entry that was `before`; None stands for an entry that is not there.

    Raises `Unsettled` where both sides changed the translation differently.
    """
    if ours is None or theirs is None:
        return _with_one_side(before, ours or theirs, rules.style)
    if before and _facts(ours) == _facts(before):
        return theirs if ours.raw == before.raw else _revised(ours, theirs, rules.style)
    if _facts(theirs) in (_facts(ours), _facts(before) if before else None):
        return ours
    newer = theirs if rules.newer_is_theirs else ours
    merged = _merged_header if ours.is_header else _merged
    return merged(before or _beginning(ours, newer), ours, theirs, newer, rules.style)


def _with_one_side(before: Entry | None, kept: Entry | None, style: Style) -> Entry | None:
    if before is None or kept is None or kept.is_header or (before.obsolete and not kept.obsolete):
        return kept
    if kept.untranslated or (kept.msgstr, kept.fuzzy) == (before.msgstr, before.fuzzy):
        return None
    # The messages of one side have it no more, and a translator worked on it on the other.
    return revised(kept, style, obsolete=True, extracted_comments=(), references=())


def _revised(entry: Entry, other: Entry, style: Style) -> Entry:
    return revised(entry, style, **{field: getattr(other, field) for field in _FACTS})


def _beginning(ours: Entry, newer: Entry) -> Entry:
    """Return what both sides began with when both added the entry: nothing that either of them says."""
    blank = ("",) * len(ours.msgstr)
    return Entry(ours.msgid, blank, ours.context, ours.plural, obsolete=not newer.obsolete)


def _merged_header(start: Entry, ours: Entry, theirs: Entry, newer: Entry, style: Style) -> Entry:
    text = merge_headers(start.msgstr[0], ours.msgstr[0], theirs.msgstr[0])
    start, mine, other, newer = (replace(entry, msgstr=(text,)) for entry in (start, ours, theirs, newer))
    return _revised(ours, _merged(start, mine, other, newer, style), style)


def _merged(start: Entry, ours: Entry, theirs: Entry, newer: Entry, style: Style) -> Entry:
    translated = _translated(start, ours, theirs, newer)
    obsolete = _one(start.obsolete, ours.obsolete, theirs.obsolete, newer.obsolete)
    told = _told(start, ours, theirs, newer, obsolete=obsolete)
    return revised(
        ours,
        style,
        msgstr=translated.msgstr,
        plural=translated.plural,
        previous=translated.previous,
        flags=_flags(start, ours, theirs, fuzzy=translated.fuzzy),
        translator_comments=_remarks(start.translator_comments, ours.translator_comments, theirs.translator_comments),
        extracted_comments=told.extracted_comments,
        references=told.references,
        obsolete=obsolete,
    )


def _told(start: Entry, ours: Entry, theirs: Entry, newer: Entry, *, obsolete: bool) -> Entry:
    """Return the side that knows what the source says of the message: its comments and its places."""
    if _source(start) in (_source(ours), _source(theirs)):
        return theirs if _source(ours) == _source(start) else ours
    if ours.obsolete == theirs.obsolete:
        return newer
    return ours if ours.obsolete == obsolete else theirs


def _one(before: _Value, ours: _Value, theirs: _Value, newer: _Value) -> _Value:
    if before in (ours, theirs):
        return theirs if ours == before else ours
    return newer


def _translated(start: Entry, ours: Entry, theirs: Entry, newer: Entry) -> Entry:
    """Return an entry with the msgstr, plural, previous message and fuzzy flag that count."""
    if _translation(ours) == _translation(theirs):
        return replace(ours, previous=_one(start.previous, ours.previous, theirs.previous, newer.previous))
    if _translation(start) in (_translation(ours), _translation(theirs)):
        return theirs if _translation(ours) == _translation(start) else ours
    if ours.msgstr == theirs.msgstr:
        return newer if ours.fuzzy == theirs.fuzzy else min(ours, theirs, key=lambda entry: entry.fuzzy)
    if ours.untranslated or theirs.untranslated:
        return theirs if ours.untranslated else ours
    for doubting, other in ((ours, theirs), (theirs, ours)):
        if _only_doubts(doubting, start) and len(doubting.msgstr) == len(other.msgstr):
            return replace(doubting, msgstr=other.msgstr)
    raise Unsettled


def _only_doubts(entry: Entry, start: Entry) -> bool:
    # One side marked it fuzzy while the other translated it anew: the new text is kept, and looked at again.
    return entry.fuzzy and not start.fuzzy and entry.msgstr == start.msgstr


def _flags(start: Entry, ours: Entry, theirs: Entry, *, fuzzy: bool) -> tuple[str, ...]:
    kept = [flag for flag in ours.flags if flag in theirs.flags or flag not in start.flags]
    added = [flag for flag in theirs.flags if flag not in ours.flags and flag not in start.flags]
    flags = tuple(flag for flag in (*kept, *added) if flag != "fuzzy")
    return ("fuzzy", *flags) if fuzzy else flags


def _remarks(before: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines that both sides kept, then those that either added."""
    kept = [line for line in ours if line in theirs or line not in before]
    return (*kept, *(line for line in theirs if line not in before and line not in ours))
