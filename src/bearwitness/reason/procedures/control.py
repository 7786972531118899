"""M4 wrong enemy: did the group said to be struck hold the place at the time?

Records of control (about=control) speak by their own date (`window`, else `as_of`). Those attached `for:` the part
say that the group held it, those `against:` that it did not; a person has read them, the procedure checks that they
are about control, near the event in time, of more than one origin, and reach the place: who held a district does not
say who held a town in it.
"""
from __future__ import annotations

from datetime import timedelta

from bearwitness.link.origins import origins, roots, say_origins
from bearwitness.model.cells import split_values
from bearwitness.model.records import Assertion
from bearwitness.reason.procedures.result import Asked, Result, outcome, refused, rule, say_when


def wrong_enemy(asked: Asked) -> Result:
    """Contradicted by two origins or more that place another holder there; disputed by one, or where they differ."""
    own = rule("wrong-enemy")
    named = split_values(asked.part.claimed)
    against, undated = _near(asked, asked.part.opposing, int(own["days"]))
    agreeing, _ = _near(asked, asked.part.supporting, int(own["days"]))
    agreeing = [row for row in agreeing if not _repeats_speaker(asked, row)]
    missing = [] if named else ["the group that the claim names (`claimed:` under the part)"]
    if not against and not agreeing:
        missing.append("a dated record of who held the place near the day of the strike (about=control, with `window` "
                       "or `as_of`)")
        missing += [f"a date near the strike for {row.id}, which says who held the place" for row in undated]
    if missing:
        return refused("wrong-enemy", *missing)
    inputs = [(row.id, f"{say_when(when)}: {row.says}") for row in (*against, *agreeing)
              if (when := row.window or row.as_of) is not None]
    found = origins(asked.case, (row.by for row in against or agreeing))
    group = " and ".join(named)
    rests = tuple(row.id for row in against or agreeing)
    if against and agreeing:
        return outcome("wrong-enemy", "disputed", f"The records differ on whether {group} held the place.", inputs,
                       rests=rests)
    if agreeing:
        return outcome("wrong-enemy", "consistent", f"{say_origins(asked.case, found)} put {group} in the place at the "
                       "time: the claim fits.", inputs, rests=rests, strength="weak")
    if found.established < int(own["origins"]):
        return outcome("wrong-enemy", "disputed", f"One origin says that {group} did not hold the place; the test asks for "
                       f"{own['origins']}.", inputs, rests=rests, strength="weak")
    return outcome("wrong-enemy", "contradicted", f"{say_origins(asked.case, found)} say that {group} did not hold the "
                   "place at the time.", inputs, rests=rests)


def _near(asked: Asked, refs: tuple[str, ...], days: int) -> tuple[list[Assertion], list[Assertion]]:
    """Records of control whose date lies within `days` of an incident of the claim; and those that do not."""
    rows = [row for row in asked.assertions(refs) if row.about == "control" and row.at != "district"]
    margin = timedelta(days=days)
    near = [row for row in rows if (when := row.window or row.as_of) is not None
            and any(when.start - margin < i.when.end and i.when.start < when.end + margin for i in asked.incidents)]
    return near, [row for row in rows if row not in near]


def _repeats_speaker(asked: Asked, row: Assertion) -> bool:
    edges = asked.case.edges
    return roots(edges, row.by)[0] <= roots(edges, asked.claim.by)[0] | {asked.claim.by}
