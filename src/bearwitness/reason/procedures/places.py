"""M1 different object, M3 strike video elsewhere: geometry before names, and before any word on truth."""
from __future__ import annotations

from bearwitness.link.places import Apart, compare
from bearwitness.model.where import say_distance
from bearwitness.reason.procedures.result import Asked, Result, outcome, refused, rule, say_point


def closest(asked: Asked) -> Apart | None:
    """The pair of a struck and a shown position that speaks least for two places; None where no pair can be compared."""
    pairs = [found for a in asked.assertions(asked.part.struck) for b in asked.assertions(asked.part.shown)
             if (found := compare(a, b)) is not None]
    return min(pairs, key=lambda found: found.distance - found.uncertainty) if pairs else None


def different_object(asked: Asked) -> Result:
    """Other object when the two places lie farther apart than both are uncertain by."""
    apart = closest(asked)
    if apart is None:
        return refused("different-object", *_missing(asked))
    if apart.different:
        words = (f"The two places lie {say_distance(apart.distance)} apart, more than the "
                 f"{say_distance(apart.uncertainty)} they are uncertain by.")
        return outcome("different-object", "other object", words, _inputs(asked, apart), rests=(apart.a, apart.b))
    words = (f"The two places lie {say_distance(apart.distance)} apart, within the {say_distance(apart.uncertainty)} "
             "they are uncertain by: they may be one object, and geometry does not tell them apart.")
    return outcome("different-object", "consistent", words, _inputs(asked, apart), rests=(apart.a, apart.b), strength="weak")


def strike_video_elsewhere(asked: Asked) -> Result:
    """Contradicted when the video was filmed farther from the place named than the radii and the least distance."""
    apart = closest(asked)
    if apart is None:
        return refused("strike-video-elsewhere", *_missing(asked))
    least = float(rule("strike-video-elsewhere")["least_km"]) * 1000
    allowed = max(apart.uncertainty, least)
    far = apart.distance > allowed
    words = (f"The video shows a place {say_distance(apart.distance)} from the one named, "
             f"{'more' if far else 'not more'} than the {say_distance(allowed)} that is allowed for.")
    return outcome("strike-video-elsewhere", "contradicted" if far else "consistent", words, _inputs(asked, apart),
                   rests=(apart.b,), strength="" if far else "weak")


def _inputs(asked: Asked, apart: Apart) -> list[tuple[str, str]]:
    said = []
    for ref in (apart.a, apart.b):
        point = asked.case.assertions[ref].point
        if point is not None:
            said.append((ref, f"{say_point(point)} within {say_distance(point.radius_m or 0)}"))
    return said


def _missing(asked: Asked) -> list[str]:
    lacking = []
    for key, refs in (("struck", asked.part.struck), ("shown", asked.part.shown)):
        rows = asked.assertions(refs)
        if not rows:
            lacking.append(f"a record under `{key}:` of where it stands")
        elif not any(row.point is not None for row in rows):
            lacking.append(f"coordinates in a record under `{key}:`")
        elif not any(row.point is not None and row.point.radius_m is not None for row in rows):
            lacking.append(f"a radius for the position under `{key}:` (radius_m)")
    return lacking
