"""Incidents graded after Airwars: Confirmed, Fair, Weak, Contested or Discounted, recomputed from the records.

Three axes are kept apart: the grade, the status of the strike, and the position of the belligerent. A publisher's own
grade stays his. A person may write a lower grade with a reason; a higher one needs a reason and a second person's name.
Where no source is listed, nothing is computed and nothing is guessed.
Rule: rules/standards/airwars.toml, with its source and its doubts.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from bearwitness.link.origins import Origins, origins, say_origins
from bearwitness.model.case import Case
from bearwitness.model.records import Assertion, Finding, Toll
from bearwitness.reason.basis import grounds_nothing
from bearwitness.rules import load


@dataclass(frozen=True, slots=True)
class Heard:
    """What an incident's grade is computed from. named: belligerent to the origins (by number) that name it.

    declared, accepted, denied, duplicate: belligerents that say so. fighters_only: every count of the dead says fighters
    and no civilian. ground: forces on the ground are named.
    """

    origins: Origins
    named: dict[str, frozenset[int]]
    declared: frozenset[str]
    accepted: frozenset[str]
    denied: frozenset[str]
    duplicate: bool
    fighters_only: bool
    ground: bool


@dataclass(frozen=True, slots=True)
class Graded:
    """grade, status, position: the three axes; grade empty where it cannot be computed. why: the reason, in words."""

    incident: str
    grade: str
    status: str
    position: str
    why: str
    origins_words: str = ""

    def __str__(self) -> str:
        return self.grade or self.why


@cache
def _rules() -> dict[str, Any]:
    return load("standards/airwars")


def grade(case: Case, incident: str) -> Graded:
    """The grade of one incident. Raises KeyError for an id that no incident has."""
    if incident not in case.incidents:
        raise KeyError(incident)
    heard = listen(case, incident)
    position = _position(heard)
    if not _listed(case, heard.origins):
        return Graded(incident, "", "", position, str(_rules()["not_computable"]))
    status = _status(heard)
    name, why = _grade(heard, status)
    return Graded(incident, name, status, position, why, say_origins(case, heard.origins))


def _listed(case: Case, found: Origins) -> bool:
    """Whether anybody who speaks is known: a database that does not say whom it heard is no list of sources."""
    unknown = [case.speaker(ref) for ref in found.unknown]
    return bool(found.groups) or any(s is not None and s.kind not in _rules()["compilers"] for s in unknown)


def listen(case: Case, incident: str) -> Heard:
    """Who speaks of an incident, and whom each of them names."""
    everything: tuple[Assertion | Toll, ...] = (*case.assertions_of(incident), *case.tolls_of(incident))
    rows = [row for row in everything if not grounds_nothing(case, row)]
    said = [r for r in rows if isinstance(r, Assertion)]
    parties = {s.id for s in case.sources.values() if s.kind == "party"}
    found = origins(case, (r.by for r in rows if r.by not in parties))
    signs = _rules()["signs"]
    own = [a for a in said if a.by in parties and a.how == "party"]
    named: dict[str, set[int]] = {}
    for who, party in _naming(case, said):
        named.setdefault(party, set()).update(n for n, group in enumerate(found.groups) if who in group)
    accepted = frozenset(a.by for a in own if a.about in signs["accepted"] and a.supports != "no")
    return Heard(
        found, {party: frozenset(those) for party, those in named.items()},
        frozenset(_root(case, a.by) for a in own if a.about == "own-strike" and a.supports != "no"),
        accepted | frozenset(r.by for r in rows if isinstance(r, Toll) and r.by in parties and _harm(r)),
        frozenset(a.by for a in own if a.about in signs["denied"]),
        any(re.search(signs["duplicate"], a.says, re.IGNORECASE) for a in own if a.about in ("reply", "denial")),
        _fighters_only([r for r in rows if isinstance(r, Toll) and not r.scope]),
        any(re.search(signs["ground_forces"], a.says, re.IGNORECASE) for a in said if a.about == "attacker"))


def _naming(case: Case, said: list[Assertion]) -> Iterator[tuple[str, str]]:
    """(speaker, belligerent) for each record on who struck, by the names of the parties of the case."""
    for row in said:
        if row.about != "attacker" or row.supports == "no":
            continue
        for source in case.sources.values():
            if source.kind == "party" and any(re.search(rf"\b{re.escape(name)}", row.says, re.IGNORECASE)
                                              for name in source.names):
                yield row.by, _root(case, source.id)


def _root(case: Case, party: str) -> str:
    """A ministry is its State: organs are not several belligerents."""
    speaker = case.speaker(party)
    above = [ref for ref in (speaker.relies_on if speaker else ()) if ref in case.sources
             and case.sources[ref].kind == "party"]
    return _root(case, above[0]) if above else party


def _harm(toll: Toll) -> bool:
    return any(toll.figures[name].high > 0 for name in ("civilians", "killed", "injured") if name in toll.figures)


def _fighters_only(tolls: list[Toll]) -> bool:
    """Every count of the dead gives fighters, and civilians as none."""
    counted = [t.figures for t in tolls if "killed" in t.figures or "fighters" in t.figures]
    return bool(counted) and all(f.get("fighters") is not None and f["fighters"].low > 0 and
                                 ((c := f.get("civilians")) is not None and c.high == 0 or
                                  "killed" in f and f["killed"].high <= f["fighters"].low) for f in counted)


def _status(heard: Heard) -> str:
    if heard.declared:
        return "declared"
    if len(heard.named) > 1:
        return "contested"
    if any(len(those) >= _rules()["fair_origins"] for those in heard.named.values()):
        return "likely"
    return "single source" if heard.origins.established == 1 else ""


def _grade(heard: Heard, status: str) -> tuple[str, str]:
    count = heard.origins.established
    if heard.fighters_only:
        return "Discounted", "every count of the dead gives fighters and no civilian"
    if heard.accepted:
        return "Confirmed", "the belligerent accepts that people were harmed by it here"
    if len(heard.named) > 1 or heard.ground:
        return "Contested", "several belligerents, or forces on the ground, are named"
    if count >= _rules()["fair_origins"] and status in _rules()["fair_status"]:
        return "Fair", f"{count} origins that are known to be apart, and the strike is {status}"
    if count >= _rules()["fair_origins"]:
        return "Weak", f"{count} origins, but no likely or declared action of a belligerent nearby"
    return "Weak", "one origin"


def _position(heard: Heard) -> str:
    if heard.duplicate:
        return "duplicate"
    if heard.accepted:
        return "credible"
    return "non-credible" if heard.denied else "not assessed"


def refused(case: Case, finding: Finding) -> str:
    """Why a grade that a person wrote may not stand; empty when it may, or where none was written.

    A lower grade needs its reason. A higher one needs the reason and a second person who signed for it.
    """
    if not finding.grade:
        return ""
    ranks = {g["name"]: g.get("rank") for g in _rules()["grade"]}
    if finding.grade not in ranks:
        return f"{finding.grade!r} is no grade: {', '.join(ranks)}"
    if len(finding.about) != 1 or finding.about[0] not in case.incidents:
        return "a grade is of one incident, and this finding is about none or several"
    computed = grade(case, finding.about[0])
    mine, rule = ranks[finding.grade], ranks.get(computed.grade)
    second = next((n for n in (finding.reviewed, finding.approved) if n and n != finding.by), "")
    above = computed.grade != finding.grade and (rule is None or mine is None or mine > rule)
    if above and not second:
        return f"{finding.grade} is not what the rule gives ({computed}; {computed.why}): that needs a second person's name"
    return ""
