"""Places with coordinates in, ways between them that the earth does not have out."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin, sqrt
from typing import TYPE_CHECKING

from stele.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.rules.findings import Scope
    from stele.sources.ledger.records import Ledger, Way

    Point = tuple[float, float]

_EARTH_KM = 6371.0088  # mean radius, IUGG
_COMPASS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
# Who states a way measures from one edge of a town or another, and names one of eight winds.
_TOLERANCE_KM, _TOLERANCE_SHARE, _TOLERANCE_DEGREES = 4.0, 0.25, 46.0


def impossible_ways(ledger: Ledger, _: Scope) -> Iterator[Finding]:
    """PLC-2. Yield a way whose distance or direction is not what the coordinates of its two ends give."""
    for place in ledger.places.values():
        for way in place.ways:
            origin = ledger.places.get(way.origin)
            if origin and origin.coordinates and place.coordinates:
                km, bearing = course(origin.coordinates, place.coordinates)
                if _is_off(way, km, bearing):
                    computed = f"{km:.1f} km {_point(bearing)}"
                    stated = " ".join(filter(None, [f"{way.km:g} km" if way.km is not None else "", way.bearing]))
                    message = f"{place.id} is {computed} of {origin.id} by its coordinates, not {stated}"
                    hint = "correct the coordinates or the way; if it is printed as somebody’s error, say so in allow"
                    yield Finding(place, "impossible-way", message, hint)


def course(origin: Point, goal: Point) -> tuple[float, float]:
    """Return the kilometres of the great circle from `origin` to `goal`, and its first bearing in degrees."""
    north, east, to_north, to_east = map(radians, (*origin, *goal))
    turn = to_east - east
    half = sin((to_north - north) / 2) ** 2 + cos(north) * cos(to_north) * sin(turn / 2) ** 2
    bearing = atan2(sin(turn) * cos(to_north), cos(north) * sin(to_north) - sin(north) * cos(to_north) * cos(turn))
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, half))), degrees(bearing) % 360


def _is_off(way: Way, km: float, bearing: float) -> bool:
    if way.km is not None and abs(way.km - km) > max(_TOLERANCE_KM, _TOLERANCE_SHARE * km):
        return True
    if way.bearing not in _COMPASS:
        return False
    turned = abs(bearing - 22.5 * _COMPASS.index(way.bearing)) % 360
    return min(turned, 360 - turned) > _TOLERANCE_DEGREES


def _point(bearing: float) -> str:
    return _COMPASS[round(bearing / 22.5) % 16]
