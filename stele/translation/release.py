"""What a build printed of the ledger in, a release to keep beside it out; two releases in, what reads differently out.

A release knows how every record was printed in every language, so that an erratum slip can quote an edition whose
templates and catalogs are gone. What only a translation changed is no change of the ledger.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from stele.diagnostics import Location
from stele.sources import fragments
from stele.translation.credits import Credits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from stele.sources.inscription import Parts, Statements
    from stele.sources.ledger.records import Record

RELEASE = "release.json"
PERSON = "person"  # how the keys of people begin
_LENGTH = 8  # digits of a version: enough to tell releases of one project apart, few enough to read out
_NOWHERE = Location("")


@dataclass(frozen=True, slots=True)
class Release:
    """What was published of a ledger.

    `version` names the state of the records, `year` is that of the imprint, `source` the language in which the project
    is written. `statements` are by language tag, then by kind and id of a record; `credits` by language tag.
    """

    version: str
    year: str
    source: str
    statements: Mapping[str, Statements]
    credits: Mapping[str, Credits] = field(default_factory=dict)

    @property
    def sources(self) -> int:
        """Return the number of sources that are published."""
        return sum(key.startswith("source ") for key in self.statements.get(self.source, {}))


@dataclass(frozen=True, slots=True)
class Change:
    """A record that reads differently: its kind and id, the parts that stayed, those of before and those of now.

    What is new was nothing `before`, what was withdrawn is nothing `now`.
    """

    key: str
    same: Parts
    before: Parts
    now: Parts


def version_of(records: Iterable[Record]) -> str:
    """Return hexadecimal digits that are others when anything is that readers are told of `records`.

    Where a record stands in its file, comments for editors and waivers are nothing that readers are told.
    """
    told = (replace(item, at=_NOWHERE, comment="", allow={}) for item in records)
    lines = sorted(repr(item) for item in told)
    return sha256("\n".join(lines).encode()).hexdigest()[:_LENGTH]


def as_json(release: Release) -> bytes:
    """Return the file that `read_release` reads: the same bytes for the same release."""
    return (json.dumps(asdict(release), ensure_ascii=False, indent=0, sort_keys=True) + "\n").encode()


def read_release(data: bytes) -> Release:
    """Return a release that a build wrote, its HTML made safe again; raise `ValueError` where it is none."""
    try:
        read = json.loads(data)
        said = {tag: dict(_statements(item)) for tag, item in read["statements"].items()}
        named = {
            tag: Credits(tuple(item["translators"]), tuple(item["reviewers"])) for tag, item in read["credits"].items()
        }
        return Release(str(read["version"]), str(read["year"]), str(read["source"]), said, named)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"no release: {error}") from error


def _statements(read: Any) -> Iterator[tuple[str, Parts]]:
    for key, parts in read.items():
        yield str(key), tuple(fragments.sanitize(part, marked=True) for part in parts)


def changes(before: Release, now: Release, tag: str) -> tuple[Change, ...]:
    """Return what reads differently in the language `tag` because the ledger has changed, in the order of now.

    A person who is no longer named is not named here either: perhaps somebody has asked for that.
    """
    old, new = before.statements.get(tag, {}), now.statements.get(tag, {})
    at_home = before.statements.get(before.source, {}), now.statements.get(now.source, {})
    keys = [*new, *(key for key in old if key not in new and not key.startswith(f"{PERSON} "))]
    return tuple(
        _change(key, old.get(key, ()), new.get(key, ()))
        for key in keys
        if old.get(key) != new.get(key) and at_home[0].get(key) != at_home[1].get(key)
    )


def _change(key: str, before: Parts, now: Parts) -> Change:
    """Return the change of a record, whose parts that stayed are told once."""
    if len(before) != len(now):
        return Change(key, (), before, now)
    pairs = tuple(zip(before, now, strict=True))
    same = tuple(old for old, new in pairs if old == new)
    return Change(
        key, same, tuple(old for old, new in pairs if old != new), tuple(new for old, new in pairs if old != new)
    )
