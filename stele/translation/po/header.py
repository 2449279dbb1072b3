"""The header texts of three versions of a catalog in, one header text out, settled field by field."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from stele.language.casing import keyword

if TYPE_CHECKING:
    from collections.abc import Mapping

    Field = tuple[str, int]

_DATES = ("pot-creation-date", "po-revision-date")
_REVISED = ("po-revision-date", 0)
_TRANSLATOR = ("last-translator", 0)
_PLURAL_FORMS = ("plural-forms", 0)


class Unsettled(Exception):
    """Both sides said something else, and neither is the better by any rule."""


def moment(date: str) -> datetime:
    """Return the moment that the date of a header names, as GNU gettext or ISO 8601 writes it.

    What is no date is earlier than every date; without a time zone it is taken as UTC.
    """
    try:
        named = datetime.fromisoformat(date.strip())
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return named if named.tzinfo else named.replace(tzinfo=UTC)


def merge_headers(base: str, ours: str, theirs: str) -> str:
    """Return the header text with what either side changed; raise `Unsettled` for two different Plural-Forms.

    Of two dates the later is taken, the last translator is that of the later revision, and so is every other field
    that both sides changed differently.
    """
    before, mine, other = _fields(base), _fields(ours), _fields(theirs)
    later = other if _revision(other) > _revision(mine) else mine
    names = dict.fromkeys((*mine, *other))
    lines = (_settled(name, before, mine, other, later) for name in names)
    return "".join(f"{line}\n" for line in lines if line is not None)


def _fields(text: str) -> dict[Field, str]:
    """Return the lines of a header by their names and the how many-th of that name they are."""
    fields: dict[Field, str] = {}
    times: Counter[str] = Counter()
    for line in text.removesuffix("\n").split("\n"):
        name = keyword(line.partition(":")[0].strip()) if ":" in line else line
        fields[name, times[name]] = line
        times[name] += 1
    return fields


def _revision(fields: Mapping[Field, str]) -> datetime:
    return moment(_value(fields.get(_REVISED)))


def _value(line: str | None) -> str:
    return (line or "").partition(":")[2]


def _settled(
    name: Field,
    before: Mapping[Field, str],
    mine: Mapping[Field, str],
    other: Mapping[Field, str],
    later: Mapping[Field, str],
) -> str | None:
    was, is_ours, is_theirs = (fields.get(name) for fields in (before, mine, other))
    if name == _TRANSLATOR and _revision(mine) != _revision(other):
        return later.get(name)
    if is_ours == is_theirs or is_theirs == was:
        return is_ours
    if is_ours == was:
        return is_theirs
    if is_ours is None or is_theirs is None:
        return is_ours or is_theirs
    if name[0] in _DATES:
        return max(is_ours, is_theirs, key=lambda line: moment(_value(line)))
    if name == _PLURAL_FORMS:
        raise Unsettled
    return later[name]
