"""Messages by domain in, up-to-date catalogs and templates out: the only writer of locales/."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from babel import Locale
from babel.messages.plurals import get_plural

from stele.diagnostics import Diagnostic, Location
from stele.sources.files import Unreadable
from stele.translation.merging.merge import merge, new_catalog, same_messages, template
from stele.translation.po.catalog import read_catalog, write_catalog
from stele.translation.store import catalog_path, clear_away, read_if_any, template_path, write

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from stele.language.tags import Language
    from stele.translation.messages import Message

    Make = Callable[[bytes | None], tuple[bytes, tuple[Diagnostic, ...]]]

# Where CLDR, which translation tools follow, has more forms than Babel's table of gettext rules.
_PLURALS = dict.fromkeys(("tr", "ka", "hy"), "nplurals=2; plural=(n != 1);")
_PLURALS["fa"] = "nplurals=2; plural=(n > 1);"

_ATTEMPTS = 5
_PAUSE_SECONDS = 0.2  # who saves a catalog at this moment may be half-way through it


@dataclass(frozen=True, slots=True)
class Change:
    """A file that `update` has to write: its path relative to the project, and its new bytes.

    `old` is what the bytes were made from, None where there was no file. `make` makes them again, from whatever the
    file holds by then; one that cannot be trusted it returns as it is, with the reasons.
    """

    path: str
    data: bytes
    old: bytes | None
    make: Make


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What every catalog of one domain shall ask for, and how."""

    messages: Sequence[Message]
    created: datetime
    keep_small_changes: bool


def plan(
    root: Path,
    domains: Mapping[str, Sequence[Message]],
    languages: Sequence[Language],
    created: datetime,
    *,
    keep_small_changes: bool = False,
    spared: Collection[str] = (),
) -> tuple[tuple[Change, ...], tuple[Diagnostic, ...]]:
    """Return what must be written so that every catalog has the messages of its domain.

    A catalog that cannot be read is reported and left as it is. `keep_small_changes` is that of `merge`; `spared` are
    the paths of catalogs that are kept up to date, but not begun.
    """
    changes: list[Change] = []
    found: list[Diagnostic] = []
    for domain, messages in domains.items():
        for path, make in _files(domain, languages, _Wanted(messages, created, keep_small_changes)):
            try:
                old = read_if_any(root, path)
            except Unreadable as refusal:
                found.append(refusal.diagnostic)
                continue
            if old is None and path in spared:
                continue
            data, reasons = make(old)
            found += reasons
            if data != old:
                changes.append(Change(path, data, old, make))
    return tuple(changes), tuple(found)


def carry_out(root: Path, changes: Sequence[Change]) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Write the changes below `root`, each file in one step; return the paths of those written, and what was found.

    A file that was changed since its change was planned is merged again from what it holds now; one that is broken
    now is left alone. Raises `OSError` for one that cannot be written.
    """
    clear_away(root)
    written: list[str] = []
    found: list[Diagnostic] = []
    for change in changes:
        done, reasons = _carried_out(root, change)
        written += [change.path] if done else []
        found += reasons
    return tuple(written), tuple(found)


def plural_forms(tag: str) -> str:
    """Return the Plural-Forms header of a language."""
    language = tag.partition("-")[0]
    return _PLURALS.get(language) or get_plural(Locale.parse(language)).plural_forms


def _files(domain: str, languages: Sequence[Language], wanted: _Wanted) -> Iterator[tuple[str, Make]]:
    yield template_path(domain), partial(_template, template_path(domain), wanted)
    for language in languages:
        path = catalog_path(language.tag, domain)
        yield path, partial(_catalog, path, language, wanted)


def _template(path: str, wanted: _Wanted, old: bytes | None) -> tuple[bytes, tuple[Diagnostic, ...]]:
    fresh = template(wanted.messages, wanted.created)
    # Nobody writes into a template by hand, so one that is broken is simply made anew.
    before = None if old is None else read_catalog(old, path)[0]
    if old is not None and before is not None and same_messages(before, fresh):
        return old, ()
    return write_catalog(fresh), ()


def _catalog(path: str, language: Language, wanted: _Wanted, old: bytes | None) -> tuple[bytes, tuple[Diagnostic, ...]]:
    if old is None:
        forms = plural_forms(language.tag)
        return write_catalog(new_catalog(language.gettext_name, forms, wanted.messages, wanted.created)), ()
    catalog, reasons = read_catalog(old, path)
    if catalog is None:
        return old, reasons
    merged = merge(catalog, wanted.messages, wanted.created, keep_small_changes=wanted.keep_small_changes)
    return write_catalog(merged), reasons


def _carried_out(root: Path, change: Change) -> tuple[bool, tuple[Diagnostic, ...]]:
    for _ in range(_ATTEMPTS):
        if write(root, change.path, change.data, change.old):
            return True, ()
        time.sleep(_PAUSE_SECONDS)
        try:
            old = read_if_any(root, change.path)
        except Unreadable as refusal:
            return False, (refusal.diagnostic,)
        data, reasons = change.make(old)
        if data == old:
            return False, reasons
        change = replace(change, data=data, old=old)
    hint = "close it in other programs, then run: python build.py update"
    return False, (Diagnostic("busy-catalog", "somebody keeps changing the catalog", Location(change.path), hint),)
