"""The ledger in, the numbers that are computed from it out: counts, totals, differences, anniversaries, distances."""

from __future__ import annotations

from dataclasses import fields
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic
from stele.language.edtf import Interval, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stele.sources.ledger.records import Derived, Ledger, Record

EARTH_RADIUS_KM = 6371.0088
"""The mean radius of the Earth (IUGG), by which a great circle is measured."""


def computed(ledger: Ledger) -> tuple[Mapping[str, int], tuple[Diagnostic, ...]]:
    """Return the value of every derived record by its id, and what cannot be computed."""
    made: dict[str, int] = {}
    found: list[Diagnostic] = []
    for record in ledger.derived.values():
        try:
            made[record.id] = _value(record, ledger)
        except ValueError as error:
            hint = "write exactly one of count, total, difference, years_since and distance"
            found.append(Diagnostic("bad-derived", f"{record.id}: {error}", record.at, hint))
        except KeyError:
            continue  # it names a record that is not there, which has been told
    return made, tuple(found)


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the length of the great circle between two points, given as degrees of latitude and longitude."""
    (south, west), (north, east) = (tuple(map(radians, point)) for point in (one, other))
    square = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(square))


def _value(record: Derived, ledger: Ledger) -> int:
    ways = [record.count, record.total, record.difference, record.years_since, record.distance]
    if sum(map(bool, ways)) != 1:
        raise ValueError("it does not say in one way how it is computed")
    if record.count:
        return _count(record, ledger)
    if record.years_since:
        return _years(record, ledger)
    if record.distance:
        return _distance(record, ledger)
    first, *others = (_exact(name, ledger) for name in record.total or record.difference)
    return first + sum(others) if record.total else first - sum(others)


def _exact(name: str, ledger: Ledger) -> int:
    figure = ledger.figures[name]
    if figure.low != figure.high:
        raise ValueError(f"{name} is a range, with which nothing can be reckoned")
    return figure.low


def _count(record: Derived, ledger: Ledger) -> int:
    if record.count not in {item.name for item in fields(ledger)}:
        raise ValueError(f"{record.count!r} is no kind of record")
    counted = getattr(ledger, record.count).values()
    return sum(all(_has(item, name, value) for name, value in record.where.items()) for item in counted)


def _has(item: Record, name: str, value: str) -> bool:
    """Say whether a field of a record is `value`, or has it in its list; a truth value is written true or false."""
    known = {part.name for part in fields(item)}
    name = {"term": "terms"}.get(name, name)
    if name not in known:
        raise ValueError(f"its records have no field {name!r}")
    found = getattr(item, name)
    if isinstance(found, bool):
        return found is (value == "true")
    return value in found if isinstance(found, tuple) else str(found) == value


def _years(record: Derived, ledger: Ledger) -> int:
    date = parse(ledger.events[record.years_since].date)
    end = (date.end or date.start) if isinstance(date, Interval) else date
    if record.year is None or end is None or record.year < end.year:
        raise ValueError("years_since needs a “year” that is not before the event")
    return record.year - end.year


def _distance(record: Derived, ledger: Ledger) -> int:
    points = [ledger.places[name].coordinates for name in record.distance]
    if len(points) != 2 or None in points:
        raise ValueError("distance needs two places that have coordinates")
    one, other = points
    return round(distance_km(one, other))  # type: ignore[arg-type]  # neither is None
