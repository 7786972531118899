"""Places: a point, how finely it is known, and the distance between two.

Sign: latitude positive north, longitude positive east [deg], WGS 84; distances [m] on a sphere of
6 371 008.8 m (IUGG mean radius; at most 0.6 % from the ellipsoid, far inside any stated radius).
"""
from __future__ import annotations

import math
import re
from dataclasses import dataclass

from bearwitness.model.cells import BadCell, plain_digits

LEVELS = ("exact", "street", "block", "neighbourhood", "town", "district")
EARTH_RADIUS_M = 6_371_008.8
_PAIR = re.compile(r"(-?\d{1,3}\.\d+)\s{0,4}[,;/ ]\s{0,4}(-?\d{1,3}\.\d+)")


@dataclass(frozen=True, slots=True)
class Point:
    """lat, lon [deg]; radius_m: the stated uncertainty [m], or None where nobody stated one."""

    lat: float
    lon: float
    radius_m: float | None = None


def parse_degrees(cell: str, limit: float, what: str) -> float:
    """A latitude (limit 90) or longitude (limit 180) [deg]. Raises BadCell."""
    try:
        value = float(plain_digits(cell.strip()))
    except ValueError as why:
        raise BadCell(f"{cell!r} is not a {what}", "Write decimal degrees, for example 35.90403.") from why
    if not math.isfinite(value) or abs(value) > limit:
        raise BadCell(f"{what} {cell} lies outside -{limit:g}..{limit:g}",
                      "Check that latitude and longitude were not exchanged.")
    return value


def parse_metres(cell: str) -> float:
    """A radius or distance [m], positive. Raises BadCell."""
    try:
        value = float(plain_digits(cell.strip()))
    except ValueError as why:
        raise BadCell(f"{cell!r} is not a distance", "Write metres as a number, for example 500.") from why
    if not math.isfinite(value) or value <= 0:
        raise BadCell(f"{cell!r} is not a positive distance", "Write metres as a number, for example 500.")
    return value


def find_point(text: str, radius_m: float | None = None) -> Point | None:
    """The first pair of decimal coordinates in a text, latitude first; None where there is none."""
    found = _PAIR.search(plain_digits(text))
    if found is None:
        return None
    lat, lon = float(found[1]), float(found[2])
    return Point(lat, lon, radius_m) if abs(lat) <= 90 and abs(lon) <= 180 else None


def distance_m(a: Point, b: Point) -> float:
    """Great-circle distance [m]. Source: R. W. Sinnott, Sky and Telescope 68(2), 1984 (haversine)."""
    lat1, lat2 = math.radians(a.lat), math.radians(b.lat)
    half = (math.sin((lat2 - lat1) / 2) ** 2
            + math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2)
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))


def say_distance(metres: float) -> str:
    """`60 m`, `870 m`, `26.7 km`."""
    return f"{metres:.0f} m" if metres < 1000 else f"{metres / 1000:.1f} km"
