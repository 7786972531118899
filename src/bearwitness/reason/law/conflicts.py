"""Which armed conflict an incident belongs to, as the case classifies it: per pair of sides and period, never guessed."""
from __future__ import annotations

from dataclasses import dataclass

from bearwitness.model.case import Case
from bearwitness.model.conflict import Conflict
from bearwitness.model.records import Incident
from bearwitness.reason.law.instruments import CONFLICT_WORDS, state_named

UNCLASSIFIED = "nobody has classified the conflict in case.toml: only rules that hold in every kind of conflict are applied"


@dataclass(frozen=True, slots=True)
class Classified:
    """kind: IAC, NIAC, or "" where it is not classified or two kinds stand side by side. level: 0, 2 or, reviewed, 3."""

    kind: str
    level: int
    why: str
    conflicts: tuple[Conflict, ...] = ()
    states: tuple[str, ...] = ()


def classify(case: Case, incident: Incident, actor: str = "") -> Classified:
    """The classification that holds for an incident. actor: the party whose act is judged, which picks its own conflict."""
    on_day = [c for c in case.config.conflicts if _covers(c, incident)]
    own = [c for c in on_day if actor and any(_is(case, party, actor) for side in c.sides for party in side)]
    chosen = tuple(own or on_day)
    states = tuple(dict.fromkeys(s for c in chosen for side in c.sides for p in side if (s := _state(case, p))))
    kinds = sorted({c.kind for c in chosen})
    if not chosen:
        return Classified("", 0, UNCLASSIFIED)
    if len(kinds) > 1:
        names = ", ".join(f"{c.id} ({c.kind})" for c in chosen)
        return Classified("", 0, f"conflicts of both kinds hold that day, {names}, and it is not known which this act "
                          "belongs to: only rules that hold in both are applied", chosen, states)
    one = chosen[0]
    reviewed = bool(one.reviewed and one.reviewed != one.by)
    why = f"classified by {_who(case, one.by)} as {CONFLICT_WORDS[one.kind]} ({one.id}: {one.because})"
    check = f"reviewed by {_who(case, one.reviewed)}" if reviewed else "no second person has reviewed it"
    return Classified(one.kind, 3 if reviewed else 2, f"{why}; {check}; it is the team's reading and no ruling of a court, "
                      "and counsel must review it before a sentence of law rests on it", chosen, states)


def _who(case: Case, name: str) -> str:
    """Who classified or reviewed, with the role the case gives: a reader must see whether that was a lawyer."""
    if not name:
        return "nobody named in case.toml"
    role = case.config.people.get(name, "")
    return f"{name} ({role})" if role else name


def _covers(conflict: Conflict, incident: Incident) -> bool:
    if conflict.start is not None and incident.when.end <= conflict.start.start:
        return False
    return conflict.end is None or incident.when.start < conflict.end.end


def _is(case: Case, party: str, actor: str) -> bool:
    mine, other = _state(case, party), _state(case, actor)
    return party == actor or bool(mine and mine == other)


def _state(case: Case, party: str) -> str:
    source = case.sources.get(party)
    names = (source.name, *source.also, source.name.split(" ")[0]) if source is not None else (party,)
    return next((state for name in names if (state := state_named(name))), "")
