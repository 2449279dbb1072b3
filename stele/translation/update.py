"""Messages by domain in, up-to-date catalogs and templates out: the only writer of locales/."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel import Locale
from babel.messages.plurals import get_plural

from stele.translation.catalog import write_catalog
from stele.translation.merge import merge, new_catalog, same_messages, template
from stele.translation.store import catalog_path, read_one, template_path, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from stele.diagnostics import Diagnostic
    from stele.language.tags import Language
    from stele.translation.messages import Message

# Where CLDR, which translation tools follow, has more forms than Babel's table of gettext rules.
_PLURALS = dict.fromkeys(("tr", "ka", "hy"), "nplurals=2; plural=(n != 1);")
_PLURALS["fa"] = "nplurals=2; plural=(n > 1);"


@dataclass(frozen=True, slots=True)
class Change:
    """A file that `update` has to write: its path relative to the project, and its new bytes."""

    path: str
    data: bytes


def plan(
    root: Path, domains: Mapping[str, Sequence[Message]], languages: Sequence[Language], created: datetime
) -> tuple[tuple[Change, ...], tuple[Diagnostic, ...]]:
    """Return what must be written so that every catalog has the messages of its domain.

    A catalog that cannot be read is reported and left as it is.
    """
    changes: list[Change] = []
    found: list[Diagnostic] = []
    for domain, messages in domains.items():
        changes += _template(root, domain, messages, created)
        for language in languages:
            name = catalog_path(language.tag, domain)
            if not (root / name).exists():
                fresh = new_catalog(language.gettext_name, plural_forms(language.tag), messages, created)
                changes.append(Change(name, write_catalog(fresh)))
                continue
            catalog, diagnostics = read_one(root, name)
            found += diagnostics
            if catalog is not None:
                changes += _changed(name, (root / name).read_bytes(), write_catalog(merge(catalog, messages, created)))
    return tuple(changes), tuple(found)


def carry_out(root: Path, changes: Sequence[Change]) -> None:
    """Write the changes below `root`, each file in one step."""
    for change in changes:
        write(root, change.path, change.data)


def plural_forms(tag: str) -> str:
    """Return the Plural-Forms header of a language."""
    language = tag.partition("-")[0]
    return _PLURALS.get(language) or get_plural(Locale.parse(language)).plural_forms


def _template(root: Path, domain: str, messages: Sequence[Message], created: datetime) -> Iterator[Change]:
    name = template_path(domain)
    fresh = template(messages, created)
    if (root / name).exists():
        old, _ = read_one(root, name)
        if old is not None and same_messages(old, fresh):
            return
    yield Change(name, write_catalog(fresh))


def _changed(name: str, old: bytes, new: bytes) -> Iterator[Change]:
    if new != old:
        yield Change(name, new)
