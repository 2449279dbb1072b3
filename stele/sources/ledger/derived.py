"""The ledger in, the numbers that are computed from it out: counts, totals, differences, anniversaries, distances."""

from __future__ import annotations

from difflib import get_close_matches
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

from stele.diagnostics import Diagnostic
from stele.language.edtf import Interval, parse
from stele.sources.ledger.reading import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from stele.sources.ledger.records import Derived, Ledger, Record

    Condition = Callable[[Any], bool]

_WAYS = ("count", "total", "difference", "years_since", "distance")
EARTH_RADIUS_KM = 6371.0088
"""The mean radius of the Earth (IUGG), by which a great circle is measured."""


class _Impossible(ValueError):
    """What cannot be computed, in words, and a `hint`."""

    def __init__(self, problem: str, hint: str | None = None) -> None:
        super().__init__(problem)
        self.hint = hint


def computed(ledger: Ledger) -> tuple[Mapping[str, int], tuple[Diagnostic, ...]]:
    """Return the value of every derived record by its id, and what cannot be computed."""
    made: dict[str, int] = {}
    found: list[Diagnostic] = []
    for record in ledger.derived.values():
        try:
            made[record.id] = _value(record, ledger)
        except _Impossible as error:
            found.append(Diagnostic("bad-derived", f"{record.id}: {error}", record.at, error.hint))
        except KeyError:
            continue  # it names a record that is not there, which has been told
    return made, tuple(found)


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the length of the great circle between two points, given as degrees of latitude and longitude."""
    (south, west), (north, east) = (tuple(map(radians, point)) for point in (one, other))
    square = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(square))


def _value(record: Derived, ledger: Ledger) -> int:
    """Return the number of a record; raise `_Impossible`, or `KeyError` for a record that is not there."""
    ways = [name for name in _WAYS if getattr(record, name)]
    if len(ways) != 1:
        raise _Impossible("it does not say in one way how it is computed", f"write exactly one of {', '.join(_WAYS)}")
    for name, way in (("where", "count"), ("year", "years_since")):
        if getattr(record, name) and ways != [way]:
            raise _Impossible(f"{name} says nothing here", f"it belongs to {way}")
    return _COMPUTE[ways[0]](record, ledger)


def _total(record: Derived, ledger: Ledger) -> int:
    return sum(_exact(name, ledger) for name in record.total)


def _difference(record: Derived, ledger: Ledger) -> int:
    first, *others = (_exact(name, ledger) for name in record.difference)
    if first < sum(others):
        raise _Impossible(f"what is taken from {record.difference[0]} is more than it")
    return first - sum(others)


def _exact(name: str, ledger: Ledger) -> int:
    figure = ledger.figures[name]
    if figure.status == "withdrawn":
        raise _Impossible(f"{name} is withdrawn")
    if figure.low != figure.high:
        raise _Impossible(f"{name} is a range, with which nothing can be reckoned")
    return figure.low


def _count(record: Derived, ledger: Ledger) -> int:
    """Return how many records there are as `where` says; those that are withdrawn count only if it asks for them."""
    if record.count not in KINDS:
        raise _Impossible(f"{record.count!r} is no kind of record", _near(record.count, KINDS))
    everyone = getattr(ledger, record.count).values()
    conditions = [_condition(record.count, name, value, ledger) for name, value in record.where.items()]
    counted = (item for item in everyone if "status" in record.where or item.status != "withdrawn")
    return sum(all(holds(item) for holds in conditions) for item in counted)


def _condition(kind: str, name: str, value: str, ledger: Ledger) -> Condition:
    """Return whether a field of a record is `value`, or has it in its list; a truth value is true or false.

    A value that no record could have is an error, since it would count nothing and print that.
    """
    name = {"term": "terms"}.get(name, name)
    known = _values(kind, name, ledger)
    if value not in known:
        raise _Impossible(f"{name} is {value[:60]!r} in no record of {kind}", _near(value, known))
    return lambda item: value in _texts(getattr(item, name))


def _values(kind: str, name: str, ledger: Ledger) -> Collection[str]:
    """Return what a field may be: all that its type allows, and otherwise what some record has in it."""
    hints = get_type_hints(KINDS[kind])
    simple = [key for key, hint in hints.items() if hint in _SIMPLE or get_origin(hint) is Literal]
    if name not in simple:
        raise _Impossible(f"records cannot be chosen by {name[:60]!r}", _near(name, simple))
    if name == "terms":
        return ledger.terms
    if hints[name] is bool:
        return ("true", "false")
    if get_origin(hints[name]) is Literal:
        return get_args(hints[name])
    everyone: Iterable[Record] = getattr(ledger, kind).values()
    return {text for item in everyone for text in _texts(getattr(item, name))}


_SIMPLE = (str, bool, int, int | None, tuple[str, ...])


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, bool):
        return ("true" if value else "false",)
    return value if isinstance(value, tuple) else (str(value),)


def _near(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name[:60], known, 1, 0.5)
    return f"did you mean {near[0]}?" if near else f"known here: {', '.join(sorted(known)[:30])}"


def _years(record: Derived, ledger: Ledger) -> int:
    date = parse(ledger.events[record.years_since].date)
    end = (date.end or date.start) if isinstance(date, Interval) else date
    if end is None or end.years > 1:
        raise _Impossible(f"the year of {record.years_since} is not known")
    if record.year is None or record.year < end.year:
        raise _Impossible("years_since needs a “year” that is not before the event", "like: year: 2026")
    return record.year - end.year


def _distance(record: Derived, ledger: Ledger) -> int:
    places = [ledger.places[name] for name in record.distance]
    points = [place.coordinates for place in places if place.coordinates is not None]
    if len(places) != 2 or len(points) != 2:
        raise _Impossible("distance needs two places that have coordinates")
    return round(distance_km(*points))


_COMPUTE: Mapping[str, Callable[[Derived, Ledger], int]] = {
    "count": _count,
    "total": _total,
    "difference": _difference,
    "years_since": _years,
    "distance": _distance,
}
