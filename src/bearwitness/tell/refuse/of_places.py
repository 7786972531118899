"""Rules of place: R07 a centroid as impact point, R26 no military target without radius, window and observers."""
from __future__ import annotations

from collections.abc import Iterator

from bearwitness.model.where import say_distance
from bearwitness.tell.document import Fault
from bearwitness.tell.refuse.stretch import Stretch


def impact(s: Stretch) -> Iterator[Fault]:
    """R07: words of an impact point where the place is known to a town."""
    found = s.lexicon.has("impact", s.text)
    if s.kind in ("plain", "quote", "none") or found is None or s.negated(found) or s.has("centroid"):
        return
    words = found[0]
    fine = [a for a in s.cited.assertions if a.at in ("site", "object") and a.radius_m is not None]
    incidents = [s.case.incidents[i] for i in s.incident_ids if i in s.case.incidents]
    exact = [i for i in incidents if i.level == "exact" and i.point is not None and i.point.radius_m is not None]
    if fine or exact:
        return
    says = "".join(f"{i.name} is placed to the {i.level} (a point for the {i.level}, not for the impact)."
                   for i in incidents[:1])
    yield s.fault("R07", f"{words!r}: the place is known to the {incidents[0].level if incidents else 'town'} alone",
                  words=words, can_say=says)


def no_target(s: Stretch) -> Iterator[Fault]:
    """R26: nobody can know that there was no target; they can know where they looked, when, and who."""
    if s.kind == "quote":
        return
    found = s.lexicon.has("no_target", s.text)
    if found is None or not s.lexicon.has("target_subject", found[0]):
        return
    if s.lexicon.has("no_information", s.text) and s.reported:
        return
    rows = [a for a in s.cited.assertions if a.about in ("military-nearby", "object-use")]
    complete = [a for a in rows if a.radius_m is not None and a.window is not None and a.observers]
    searched = [x for x in s.cited.searches if x.radius_m is not None and x.start is not None and x.by]
    radii = [x.radius_m or 0 for x in complete] + [x.radius_m or 0 for x in searched]
    shown = any(f"{round(radius)}" in s.text or say_distance(radius) in s.text for radius in radii)
    if not shown:
        yield s.fault("R26", f"{found[0].strip()!r} has no radius, window and observers", words=found[0].strip(),
                      can_say=_information_says(s))


def _information_says(s: Stretch) -> str:
    rows = [a for i in s.incident_ids for a in s.case.assertions_of(i) if a.about == "military-nearby"]
    against = [a for a in rows if a.supports == "yes"]
    none = [a for a in rows if a.supports == "no"] or [a for a in s.cited.assertions if a.about == "military-nearby"]
    said = []
    for row in none[:1]:
        speaker = s.case.speaker(row.by)
        reach = f"within {say_distance(row.radius_m)}" if row.radius_m else "(radius not stated)"
        said.append(f"{speaker.shown if speaker else row.by} reports no information of a military target {reach} "
                    f"[@{row.id}].")
    for row in against[:1]:
        speaker = s.case.speaker(row.by)
        said.append(f"{speaker.shown if speaker else row.by}: {row.says} [@{row.id}].")
    return " ".join(said) or "Say who has no information of a military target, within how many metres, and when."
