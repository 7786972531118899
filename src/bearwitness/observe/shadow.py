"""When of a day could a shadow like this have fallen here? Spans of time, from its length, its bearing, or both.

Neglects: slope of the ground, lens distortion; a height or a bearing read off a frame is no better than its marks.
Refraction matters below about 5 [deg] elevation, where a shadow is too long to be read anyway.
"""
from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bearwitness.observe.sun import Sun, sun_at

STEP = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Span:
    """start, end: UTC instants, start <= end."""

    start: datetime
    end: datetime


def fits(sun: Sun, *, ratio: float | None, bearing: float | None, ratio_out: float, bearing_out: float) -> bool:
    """Whether a shadow of this length over height [1] and this bearing [deg] can be this sun's."""
    if sun.refracted <= 0:
        return False
    by_length = ratio is None or abs(sun.shadow_ratio - ratio) <= ratio_out * max(ratio, 0.05)
    by_bearing = bearing is None or abs((sun.shadow_bearing - bearing + 180) % 360 - 180) <= bearing_out
    return by_length and by_bearing


def spans(lat: float, lon: float, start: datetime, end: datetime, *, ratio: float | None = None,
          bearing: float | None = None, ratio_out: float = 0.1, bearing_out: float = 8.0) -> tuple[Span, ...]:
    """Times between `start` and `end` at which an upright object at this place throws such a shadow.

    ratio: length over height [1], > 0. bearing: the way it points, clockwise from true north [deg].
    ratio_out: how far the ratio may be out, as a share of it [1]; bearing_out [deg].
    Returns spans, ascending and disjoint, to the minute; empty if the sun never stands so.
    Raises ValueError when neither ratio nor bearing is given, or the ratio is not positive.
    """
    if ratio is None and bearing is None:
        raise ValueError("a shadow is told by its length, its bearing, or both")
    if ratio is not None and not (ratio > 0 and math.isfinite(ratio)):
        raise ValueError("the ratio of shadow to height is above nought")
    if end - start > timedelta(days=2):
        raise ValueError("one day at a time")

    def here(at: datetime) -> bool:
        return fits(sun_at(lat, lon, at), ratio=ratio, bearing=bearing, ratio_out=ratio_out, bearing_out=bearing_out)
    return tuple(_runs(here, start, end))


def _runs(here: Callable[[datetime], bool], start: datetime, end: datetime) -> list[Span]:
    found: list[Span] = []
    at, began = start, None
    while at < end:
        if here(at):
            began = began or at
        elif began is not None:
            found.append(Span(began, at - STEP))
            began = None
        at += STEP
    if began is not None:
        found.append(Span(began, at - STEP))
    return found
