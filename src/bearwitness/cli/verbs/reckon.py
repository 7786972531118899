"""What `test` reckons without a claim: the sun, a shadow, the distance of two places."""
from __future__ import annotations

import argparse
from datetime import UTC, datetime

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import case_dir
from bearwitness.errors import InputError
from bearwitness.model.case import Case
from bearwitness.model.cells import BadCell
from bearwitness.model.when import When, check_zone, parse_when
from bearwitness.model.where import Point, distance_m, find_point, parse_degrees, say_distance
from bearwitness.observe.shadow import spans
from bearwitness.observe.sun import sun_at
from bearwitness.seal.takein import take_in


def sun(args: argparse.Namespace) -> Outcome:
    """Azimuth, elevation and shadow at a place and a time, with UTC beside the local time."""
    point, when = _place_and_time(args)
    if not when.has_time:
        raise InputError("A day has no one sun: a time is needed.", where=when.text, fix='Write it as "2015-11-29 09:00".')
    at = when.local_middle.astimezone(UTC)
    try:
        found = sun_at(point.lat, point.lon, at)
    except ValueError as why:
        raise InputError(str(why).capitalize() + ".", where=when.text) from why
    data = {"lat": point.lat, "lon": point.lon, "local": when.local_middle.isoformat(), "utc": at.isoformat(),
            "azimuth": round(found.azimuth, 3), "elevation": round(found.elevation, 3),
            "elevation_refracted": round(found.refracted, 3), "up": found.up,
            "shadow_bearing": round(found.shadow_bearing, 3) if found.refracted > 0 else None,
            "shadow_over_height": round(found.shadow_ratio, 4) if found.refracted > 0 else None}
    lines = [f"{_both(when, at)} at {point.lat:g}, {point.lon:g}: the sun stands at azimuth {found.azimuth:.1f} "
             f"(clockwise from true north), elevation {found.elevation:.1f} degrees."]
    lines.append(f"A shadow points to {found.shadow_bearing:.1f} degrees and is {found.shadow_ratio:.2f} times the height, "
                 "on level ground." if found.refracted > 0 else "The sun is not above the horizon: nothing throws a shadow.")
    return Outcome(data, lines)


def shadow(args: argparse.Namespace) -> Outcome:
    """The times of a day at which such a shadow can fall there."""
    point, when = _place_and_time(args)
    try:
        found = spans(point.lat, point.lon, when.start, when.end, ratio=args.ratio, bearing=args.bearing,
                      bearing_out=args.within)
    except ValueError as why:
        raise InputError(str(why).capitalize() + ".", where="test shadow", fix="Give --bearing DEG, --ratio N, or both, "
                         "and one day.") from why
    rows = [{"from": _local(span.start, when), "to": _local(span.end, when), "from_utc": span.start.isoformat(),
             "to_utc": span.end.isoformat()} for span in found]
    lines = [f"from {_local(s.start, when):%H:%M} to {_local(s.end, when):%H:%M} {when.zone} "
             f"({s.start:%H:%M} to {s.end:%H:%M} UTC) on {when.text}" for s in found]
    return Outcome({"spans": rows}, lines or ["At no time of that day does a shadow fall so there."])


def place(args: argparse.Namespace) -> Outcome:
    """Two positions: coordinates, or records that hold some."""
    if len(args.words) != 2:
        raise InputError("Two places are compared.", where="test place", fix="bearwitness test place A B : ids, or lat,lon")
    case = case_here(args)
    a, b = (_point(case, words) for words in args.words)
    metres = distance_m(a, b)
    known = None if a.radius_m is None or b.radius_m is None else a.radius_m + b.radius_m
    data = {"distance_m": round(metres, 1), "uncertainty_m": known,
            "different": None if known is None else metres > known}
    lines = [f"{args.words[0]} and {args.words[1]} lie {say_distance(metres)} apart."]
    if known is None:
        lines.append("At least one of them states no radius: whether they are two places cannot be said by distance.")
    else:
        lines.append(f"They are uncertain by {say_distance(known)} together: " + (
            "they are two places." if metres > known else "they may be one place."))
    return Outcome(data, lines)


def case_here(args: argparse.Namespace) -> Case | None:
    """The case one stands in, or none: reckoning needs no case."""
    folder = case_dir(args)
    return take_in(folder, write=False).case if (folder / "case.toml").is_file() else None


def _point(case: Case | None, words: str) -> Point:
    if case is not None and words in case.assertions and (found := case.assertions[words].point):
        return found
    if case is not None and words in case.incidents and (found := case.incidents[words].point):
        return found
    if (point := find_point(words)) is not None:
        return point
    raise InputError(f"{words!r} is neither coordinates nor a record that holds some.", where="test place",
                     fix="Write 35.81374,36.60964 or the id of an assertion or an incident.")


def _place_and_time(args: argparse.Namespace) -> tuple[Point, When]:
    if len(args.words) not in (3, 4):
        raise InputError("A place and a time are needed: latitude, longitude, time.", where=f"test {args.what}",
                         fix=f'bearwitness test {args.what} 35.81 36.61 "2015-11-29 09:00" --zone Asia/Damascus')
    try:
        lat = parse_degrees(args.words[0].rstrip(","), 90, "latitude")
        lon = parse_degrees(args.words[1], 180, "longitude")
        return Point(lat, lon), parse_when(" ".join(args.words[2:]).replace("T", " "), _zone(args))
    except BadCell as why:
        raise InputError(f"{why.problem}.", where=f"test {args.what}", fix=why.fix) from why


def _zone(args: argparse.Namespace) -> str:
    """The zone given, the case's, or UTC."""
    if args.zone:
        return check_zone(args.zone)
    case = case_here(args)
    return case.config.zone if case is not None else "UTC"


def _local(at: datetime, when: When) -> datetime:
    return at.astimezone(when.local_middle.tzinfo)


def _both(when: When, at: datetime) -> str:
    """The local time with its zone, and UTC: an hour's mistake turns a shadow by more than ten degrees."""
    return f"{when.local_middle:%Y-%m-%d %H:%M} {when.zone} ({at.astimezone(UTC):%H:%M} UTC)"
