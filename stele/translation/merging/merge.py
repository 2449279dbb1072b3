"""A catalog and the messages of today in, the updated catalog out; bytes that need not change stay."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from stele.translation.merging.similarity import match
from stele.translation.merging.small_changes import is_small_change, named
from stele.translation.messages import unite
from stele.translation.po.catalog import Catalog
from stele.translation.po.entry import Entry, Previous
from stele.translation.po.style import DEFAULT_STYLE, Style, revised, set_anew
from stele.translation.po.syntax import read_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from stele.translation.messages import Message

    Key = tuple[str | None, str]

# The date as a tool writes it, on a line of the header's text; elsewhere it would be somebody's remark.
_CREATED = re.compile(r'^([ \t]*(?:msgstr[ \t]*)?".*?POT-Creation-Date:)[^"\\\n]*(?=\\n)', re.MULTILINE)
_NARROW_CHARSET = re.compile(r"(?<=charset=)(?:CHARSET|US-ASCII|ASCII)(?![\w-])", re.IGNORECASE)
# Every source language of a template writes one form for one and another for many.
_TEMPLATE_PLURALS = "nplurals=2; plural=(n != 1);"
_UNDECLARED_FORMS = 2
_REFRESHED = attrgetter("msgstr", "plural", "flags", "extracted_comments", "references", "obsolete")


def merge(
    catalog: Catalog, messages: Sequence[Message], created: datetime, *, keep_small_changes: bool = False
) -> Catalog:
    """Return `catalog` with exactly `messages`, in their order; merging them again changes nothing.

    A message that is found keeps its translation, an obsolete one that returns gets it back, a reworded one
    gets that of the message it replaces, marked fuzzy with the previous msgid. What has gone becomes obsolete
    if it had a translation. `created` (with a time zone) is written only if the set of messages changed.
    References name files, not lines; lines that another tool wrote stay, and a catalog without any gets none.

    With `keep_small_changes`, a confirmed translation whose message changed in case, punctuation, white space or
    markup only stays confirmed; the previous msgid beside it asks somebody to look at it.
    """
    messages = unite(messages)
    known = {entry.key: entry for entry in catalog.entries if not entry.is_header}
    donors = _donors(known, messages)
    forms = catalog.plural_forms.count if catalog.plural_forms else _UNDECLARED_FORMS
    setting = _Setting(forms, catalog.style, _is_located(known.values()), keep_small_changes)
    current = [_current(message, known, donors, setting) for message in messages]
    kept = {message.key for message in messages} | set(donors.values())
    obsolete = _obsolete((entry for key, entry in known.items() if key not in kept), catalog.style)
    entries = (*current, *obsolete)
    stamp = None if _asks_for(known, messages) else _stamp(created)
    return replace(catalog, entries=_laid_out((*_header(catalog, entries, stamp), *entries), catalog))


def new_catalog(language: str, plural_forms: str, messages: Sequence[Message], created: datetime) -> Catalog:
    """Return an untranslated catalog of `messages` for the language with the tag `language` (BCP 47).

    `plural_forms` is the value of the header's field, such as ``nplurals=2; plural=(n != 1);``.
    """
    header = _new_header(language.replace("-", "_"), plural_forms, created)
    return merge(Catalog((header,)), messages, created)


def template(messages: Sequence[Message], created: datetime) -> Catalog:
    """Return the template (.pot) of `messages`; its references tell lines, those of a catalog do not."""
    header = _new_header("", _TEMPLATE_PLURALS, created)
    setting = _Setting(_UNDECLARED_FORMS, DEFAULT_STYLE)
    entries = (_new(message, setting, with_lines=True) for message in unite(messages))
    return Catalog((header, *entries))


def same_messages(one: Catalog, other: Catalog) -> bool:
    """Say whether two templates ask for the same messages, with the same comments, whatever their headers."""
    return _asked(one) == _asked(other)


def _asked(catalog: Catalog) -> list[tuple[object, ...]]:
    return [
        (entry.key, entry.plural, entry.extracted_comments, entry.references, entry.flags, entry.obsolete)
        for entry in catalog.entries
        if not entry.is_header
    ]


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the entries of one catalog are made.

    `forms` are those of a plural, `located` says whether references are written, `keep_small_changes` what becomes of
    a confirmed translation after a small change.
    """

    forms: int
    style: Style
    located: bool = True
    keep_small_changes: bool = False


def _donors(known: Mapping[Key, Entry], messages: Sequence[Message]) -> dict[Key, Key]:
    wanted = [message.key for message in messages]
    live = [key for key, entry in known.items() if not entry.obsolete]
    removed = {key for key in live if not known[key].untranslated} - set(wanted)
    return match(live, wanted, removed, set(wanted) - known.keys())


def _current(message: Message, known: dict[Key, Entry], donors: dict[Key, Key], setting: _Setting) -> Entry:
    if message.key in known:
        return _refreshed(known[message.key], message, setting)
    if message.key in donors:
        return _reworded(known[donors[message.key]], message, setting)
    return _new(message, setting)


def _refreshed(entry: Entry, message: Message, setting: _Setting) -> Entry:
    if entry.plural != message.plural and not entry.untranslated:
        return _reworded(entry, message, setting)
    values = {
        "msgstr": _blank(message, setting.forms) if entry.untranslated else entry.msgstr,
        "plural": message.plural,
        "flags": _flags(entry, message),
        "extracted_comments": _comment_lines(message.comments),
        "references": _references(entry, message, setting),
        "obsolete": False,
    }
    # Nearly every entry says all that already, and need not be made again to be compared.
    return entry if _REFRESHED(entry) == tuple(values.values()) else revised(entry, setting.style, **values)


def _reworded(donor: Entry, message: Message, setting: _Setting) -> Entry:
    today = Previous(message.msgid, message.context, message.plural)
    kept = setting.keep_small_changes and donor.translated and is_small_change(named(donor), today)
    marked = donor if donor.fuzzy or kept else replace(donor, flags=("fuzzy", *donor.flags))
    return revised(
        donor,
        setting.style,
        msgid=message.msgid,
        context=message.context,
        plural=message.plural,
        msgstr=_fitted(donor, message, setting.forms),
        flags=_flags(marked, message),
        extracted_comments=_comment_lines(message.comments),
        references=_references(donor, message, setting),
        previous=_previous_of_kept(donor, today) if kept else _previous(donor),
        obsolete=False,
        line=0,
    )


def _new(message: Message, setting: _Setting, *, with_lines: bool = False) -> Entry:
    entry = Entry(
        message.msgid,
        _blank(message, setting.forms),
        message.context,
        message.plural,
        message.flags,
        _comment_lines(message.comments),
        references=_places(message, with_lines=with_lines) if setting.located else (),
        gap=setting.style.newline,
    )
    return set_anew(entry, setting.style)


def _obsolete(entries: Iterable[Entry], style: Style) -> Iterator[Entry]:
    gone = sorted(entries, key=lambda entry: not entry.obsolete)
    for entry in gone:
        if entry.obsolete:
            yield entry
        elif not entry.untranslated:
            yield revised(entry, style, obsolete=True, extracted_comments=(), references=())


def _blank(message: Message, forms: int) -> tuple[str, ...]:
    return ("",) * (1 if message.plural is None else forms)


def _fitted(donor: Entry, message: Message, forms: int) -> tuple[str, ...]:
    if message.plural is None:
        return (next((text for text in donor.msgstr if text), ""),)
    return donor.msgstr + ("",) * (forms - len(donor.msgstr))


def _flags(entry: Entry, message: Message) -> tuple[str, ...]:
    if not (entry.flags or message.flags):
        return ()
    # Whether a text is a format is for its source to say; every other flag is the translators' own.
    kept = tuple(flag for flag in entry.flags if not flag.endswith("-format") or flag in message.flags)
    return kept + tuple(flag for flag in message.flags if flag not in kept)


def _previous(donor: Entry) -> Previous:
    # A translation still fuzzy was made for the message before the last, if it is known.
    if donor.fuzzy and donor.previous:
        return donor.previous
    return named(donor)


def _previous_of_kept(donor: Entry, today: Previous) -> Previous | None:
    # Nobody has looked since the translation was made for an earlier message; back at that, nothing is left to see.
    awaiting = donor.previous is not None and is_small_change(donor.previous, named(donor))
    previous = donor.previous if awaiting else named(donor)
    return None if previous == today else previous


@lru_cache
def _comment_lines(comments: tuple[str, ...]) -> tuple[str, ...]:
    # Neighbouring messages are of one kind and under one heading, so most are asked for again and again.
    return tuple(line.rstrip() for comment in comments for line in comment.splitlines() or [""])


def _references(entry: Entry, message: Message, setting: _Setting) -> tuple[str, ...]:
    # Tools of others write line numbers, or no places at all. Who uses them shall not find every entry changed.
    if not setting.located:
        return ()
    places = _places(message)
    same = entry.references == places or tuple(dict.fromkeys(map(_path, entry.references))) == places
    return entry.references if same else places


def _places(message: Message, *, with_lines: bool = False) -> tuple[str, ...]:
    # Line numbers would change every catalog whenever a paragraph is added.
    places = (f"{at.path}:{at.line}" if with_lines and at.line is not None else at.path for at in message.locations)
    return tuple(dict.fromkeys(places))


def _path(reference: str) -> str:
    path, _, line = reference.rpartition(":")
    return path if line.isdecimal() else reference


def _is_located(entries: Iterable[Entry]) -> bool:
    """Say whether a catalog tells where its messages stand; one without messages is asked to."""
    live = [bool(entry.references) for entry in entries if not entry.obsolete]
    return any(live) or not live


def _new_header(language: str, plural_forms: str, created: datetime) -> Entry:
    fields = {
        "Project-Id-Version": "",
        "POT-Creation-Date": _stamp(created),
        "PO-Revision-Date": _stamp(created) if language else "",
        "Last-Translator": "",
        "Language-Team": "",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_forms,
    }
    return set_anew(Entry("", ("".join(f"{name}: {value}\n" for name, value in fields.items()),)), DEFAULT_STYLE)


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M%z")


def _header(catalog: Catalog, entries: Sequence[Entry], stamp: str | None) -> tuple[Entry, ...]:
    header = catalog.header
    if header is None:
        return ()
    raw = header.raw
    if stamp:
        raw = _CREATED.sub(lambda found: f"{found[1]} {stamp}", raw, count=1)
    if not all(entry.raw.isascii() for entry in entries):
        raw = _NARROW_CHARSET.sub("UTF-8", raw, count=1)
    return (header if raw == header.raw else _reread(header, raw),)


def _asks_for(known: Mapping[Key, Entry], messages: Sequence[Message]) -> bool:
    live = {(key, entry.plural) for key, entry in known.items() if not entry.obsolete}
    return live == {(message.key, message.plural) for message in messages}


def _reread(entry: Entry, raw: str) -> Entry:
    (read,), _, _ = read_entries(raw)
    return replace(read, line=entry.line, gap=entry.gap)


def _laid_out(entries: tuple[Entry, ...], catalog: Catalog) -> tuple[Entry, ...]:
    if entries == catalog.entries or not entries:
        return entries
    behind = {entry.key for before, entry in pairwise(catalog.entries) if not before.raw.endswith("\n")}
    first, *rest = (_on_own_lines(entry, bool(behind) and entry.key in behind, catalog.style) for entry in entries)
    leading = catalog.entries[0] if catalog.entries else first
    gaps = (entry.gap or catalog.style.newline * (entry.key == leading.key) for entry in rest)
    spaced = (_below(gap, entry) for entry, gap in zip(rest, gaps, strict=True))
    return (_below(leading.gap if catalog.entries else "", first), *spaced)


def _below(gap: str, entry: Entry) -> Entry:
    return entry if entry.gap == gap else replace(entry, gap=gap)


def _on_own_lines(entry: Entry, behind_another: bool, style: Style) -> Entry:
    if behind_another:
        entry = set_anew(replace(entry, gap=style.newline), style)
    return entry if entry.raw.endswith("\n") else replace(entry, raw=entry.raw + style.newline)
