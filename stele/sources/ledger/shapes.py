"""The fields of a record as editors write them in, as its class has them out: lists, ranges, citations."""

from __future__ import annotations

import re
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, get_origin, get_type_hints

from stele.language.casing import folded
from stele.sources.ledger import records
from stele.sources.ledger.records import Citation, Figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stele.sources.ledger.records import Record

_NO_ID = re.compile(r"[^a-z0-9]+")
_FORMS = frozenset({"names", "forms", "narrator"})


def shaped(kind: type[Record], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of one record: one text is a list of one, ``value`` is a range, a source a citation."""
    made = dict(data)
    if kind is Figure and "value" in made:
        value = made.pop("value")
        ends = value if isinstance(value, list) else [value]
        made["low"], made["high"] = (ends[0], ends[-1]) if 1 <= len(ends) <= 2 else (None, None)
    for name in _lists(kind.__name__) & made.keys():
        if isinstance(made[name], str):
            made[name] = [made[name]] if made[name] else []
    if isinstance(made.get("sources"), list):
        made["sources"] = [_citation(item) for item in made["sources"]]
    for name in _FORMS & made.keys():
        if isinstance(made[name], dict):
            made[name] = {tag: [form] if isinstance(form, str) else form for tag, form in made[name].items()}
    if isinstance(made.get("translations"), dict):
        texts = made["translations"].items()
        made["translations"] = {tag: {"text": item} if isinstance(item, str) else item for tag, item in texts}
    return made


def as_id(name: str) -> str:
    """Return the name of a file, or a key of another program, as an id: ``DeWaal:2003`` is ``dewaal-2003``."""
    return _NO_ID.sub("-", folded(name)).strip("-")


def is_list(kind: type[Any], name: str) -> bool:
    """Say whether a field of a record, or of a part of one, is a list of any length."""
    return name in _lists(kind.__name__)


@cache
def _lists(kind: str) -> frozenset[str]:
    """Return the fields of a kind that are lists of any length."""
    hints = get_type_hints(getattr(records, kind))
    return frozenset(item.name for item in fields(getattr(records, kind)) if get_origin(hints[item.name]) is tuple)


def _citation(item: Any) -> Any:
    if not isinstance(item, str):
        return item
    source, _, locator = item.partition(",")
    return Citation(source.strip().removeprefix("@"), locator.strip())
