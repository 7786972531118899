"""M7 impossible: do time, distance and light allow what is claimed? Only impossible decides; possible stays weak.

Two forms of `claimed:`, positions as `lat,lon` or as the id of a record that holds one:
    from 35.4008,35.9487 to 35.8137,36.6096 in 30 min
    shadow 324 +-5 at 35.8137,36.6096 on 2015-11-29 09:00
"""
from __future__ import annotations

import re
from datetime import UTC

from bearwitness.model.cells import BadCell
from bearwitness.model.when import When
from bearwitness.model.where import Point, distance_m, find_point, say_distance
from bearwitness.observe.sun import sun_at
from bearwitness.reason.procedures.result import Asked, Result, outcome, refused, rule, say_point

_PLACE = r"(?:-?\d{1,3}\.\d{1,9}\s{0,2},\s{0,2}-?\d{1,3}\.\d{1,9}|[\w-]{1,60})"
_FLIGHT = re.compile(rf"from (?P<start>{_PLACE}) to (?P<end>{_PLACE}) in "
                     r"(?P<minutes>\d{1,5}(?:\.\d{1,3})?) ?min(?:utes)?\Z")
_SHADOW = re.compile(rf"shadow (?P<bearing>\d{{1,3}}(?:\.\d{{1,3}})?)(?: ?(?:\+-|±) ?(?P<out>\d{{1,3}}(?:\.\d{{1,3}})?))? "
                     rf"at (?P<place>{_PLACE}) on (?P<when>.{{10,40}})\Z")
FORMS = "`from PLACE to PLACE in N min`, or `shadow BEARING at PLACE on DATE HH:MM`"


def impossible(asked: Asked) -> Result:
    """Contradicted when no aircraft, or no sun, could have done it; else consistent, weakly."""
    text = " ".join(asked.part.claimed.split())
    if found := _FLIGHT.match(text):
        return _flight(asked, found)
    if found := _SHADOW.match(text):
        return _shadow(asked, found)
    return refused("impossible", f"what is to be reckoned (`claimed:` {FORMS})")


def _point(asked: Asked, words: str) -> Point | None:
    if words in asked.case.assertions:
        return asked.case.assertions[words].point
    if words in asked.case.incidents:
        return asked.case.incidents[words].point
    return find_point(words)


def _flight(asked: Asked, found: re.Match[str]) -> Result:
    start, end, minutes = _point(asked, found["start"]), _point(asked, found["end"]), float(found["minutes"])
    if start is None or end is None:
        return refused("impossible", f"a position for {found['start'] if start is None else found['end']}")
    if minutes <= 0:
        return refused("impossible", "a time above nought")
    metres = distance_m(start, end)
    nearest = max(0.0, metres - (start.radius_m or 0) - (end.radius_m or 0))
    speed = nearest / 1000 / (minutes / 60)
    limit = float(rule("impossible")["fastest_kmh"])
    words = (f"{say_distance(metres)} in {minutes:g} minutes asks for {speed:.0f} km/h at least; the fastest allowed for is "
             f"{limit:.0f} km/h: ")
    inputs = [(name, say_point(p)) for name, p in ((found["start"], start), (found["end"], end))]
    if speed > limit:
        return outcome("impossible", "contradicted", words + "this could not be.", inputs, strength="strong")
    return outcome("impossible", "consistent", words + "possible, which is weak.", inputs)


def _shadow(asked: Asked, found: re.Match[str]) -> Result:
    place = _point(asked, found["place"])
    if place is None:
        return refused("impossible", f"a position for {found['place']}")
    try:
        when = asked.case.config.reading.when(found["when"])
    except BadCell as why:
        return refused("impossible", f"a time that can be read ({why.problem})")
    if not when.has_time:
        return refused("impossible", "a time of day: the sun is reckoned for an instant")
    return shadow(float(found["bearing"]), float(found["out"] or rule("impossible")["shadow_deg"]), place, when)


def shadow(bearing: float, out: float, place: Point, when: When) -> Result:
    """Whether a shadow of this bearing [deg] could fall at that place and time. out: its uncertainty [deg]."""
    at = when.local_middle.astimezone(UTC)
    sun = sun_at(place.lat, place.lon, at)
    utc = f"{when.local_middle:%H:%M} {when.zone}, {at:%H:%M} UTC"
    inputs = [("place", say_point(place)), ("time", f"{when.text} ({utc})")]
    if not sun.up:
        return outcome("impossible", "contradicted", f"The sun was below the horizon (elevation {sun.elevation:.1f} "
                       "degrees): nothing threw a shadow.", inputs, strength="strong")
    turned = max(abs((sun_at(place.lat, place.lon, edge).shadow_bearing - sun.shadow_bearing + 180) % 360 - 180)
                 for edge in (when.start, when.end))
    off = abs((bearing - sun.shadow_bearing + 180) % 360 - 180)
    words = (f"The sun stood at azimuth {sun.azimuth:.1f}, elevation {sun.elevation:.1f} degrees; a shadow pointed to "
             f"{sun.shadow_bearing:.1f}. The one claimed points to {bearing:g}, {off:.1f} degrees away; "
             f"{out + turned:.1f} are allowed for: ")
    if off > out + turned:
        return outcome("impossible", "contradicted", words + "the time, the place or the north of the picture is wrong.",
                       inputs, strength="strong")
    return outcome("impossible", "consistent", words + "it fits, which is weak.", inputs)
