"""How far apart two stated places are, and whether that is more than their uncertainty.

Geometry comes before names (refusal R10, D14): two buildings with one name are told apart by where they
stand, and only when the distance is more than both stated radii together.
"""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bearwitness.model.records import Assertion
from bearwitness.model.where import Point, distance_m


@dataclass(frozen=True, slots=True)
class Apart:
    """distance, uncertainty: [m]; a, b: the assertions compared."""

    a: str
    b: str
    distance: float
    uncertainty: float

    @property
    def different(self) -> bool:
        return self.distance > self.uncertainty


def compare(a: Assertion, b: Assertion) -> Apart | None:
    """Distance of two positions; None where one of them has no coordinates or no stated radius."""
    p, q = a.point, b.point
    if p is None or q is None or p.radius_m is None or q.radius_m is None:
        return None
    return Apart(a.id, b.id, distance_m(p, q), p.radius_m + q.radius_m)


def far_apart(rows: Iterable[Assertion], limit_m: float) -> list[Apart]:
    """Pairs of positions of one thing that lie more than limit_m [m] apart, whatever their radius."""
    placed = [(row, row.point) for row in rows if row.point is not None]
    pairs = []
    for index, (a, p) in enumerate(placed):
        for b, q in placed[index + 1:]:
            metres = distance_m(_known(p), _known(q))
            if metres > limit_m:
                pairs.append(Apart(a.id, b.id, metres, limit_m))
    return pairs


def _known(point: Point | None) -> Point:
    if point is None:
        raise ValueError("a position was expected")
    return point
