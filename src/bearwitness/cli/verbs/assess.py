"""An incident under the law of armed conflict, element by element, with the records for and against.

  bearwitness assess ariha              paragraphs to read aloud
  bearwitness assess ariha --missing    what evidence each element still wants
  bearwitness assess                    every incident in one line

It never says that somebody is guilty and names no person. The conflict is classified in case.toml, under [conflicts].
"""
from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import case_dir
from bearwitness.cli.taken import take
from bearwitness.errors import InputError
from bearwitness.model.case import Case
from bearwitness.model.nearest import nearest
from bearwitness.reason.law.assess import assess
from bearwitness.reason.law.assessment import Assessment, Pleading
from bearwitness.reason.law.words import missing, paragraphs


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("incident", nargs="?", default="", help="an incident of the case")
    parser.add_argument("--missing", action="store_true", help="what evidence each element still wants")


def run(args: argparse.Namespace) -> Outcome:
    taken, talk = take(case_dir(args))
    case = taken.case
    if not args.incident:
        return _overview(case, talk)
    if args.incident not in case.incidents:
        near = nearest(args.incident, tuple(case.incidents), 0.0)
        raise InputError(f"No incident {args.incident!r} in this case.", where="incidents.csv",
                         fix=f"Did you mean {near!r}?" if near else "Write it in incidents.csv first.")
    found = assess(case, args.incident)
    lines = missing(found) if args.missing else [line for text in paragraphs(case, found) for line in (text, "")][:-1]
    then = [] if args.missing else [f"bearwitness assess {args.incident} --missing"]
    return Outcome(as_data(found), lines, then, talk)


def _overview(case: Case, talk: list[str]) -> Outcome:
    found = [assess(case, ref) for ref in case.incidents]
    lines = [f"{one.incident}: {'; '.join(dict.fromkeys(map(_short, one.pleadings))) or 'facts only'}; "
             f"sentence on a war crime: {one.crime_licence}" for one in found]
    return Outcome({"incidents": [as_data(one) for one in found]}, lines,
                   [f"bearwitness assess {found[0].incident}"] if found else [], talk)


def _short(one: Pleading) -> str:
    return f"({one.branch}) {one.words if one.branch == '3b' else f'{one.rule.name}, {one.rule.outcome}'}"


def as_data(found: Assessment) -> dict[str, Any]:
    """An assessment for --json: every step and rule, with its levels and records."""
    rules = [("", rule) for rule in found.rules] + [(o.kind, rule) for o in found.objects for rule in o.rules]
    return {"incident": found.incident, "day": found.day.isoformat(), "conflict": found.conflict.kind or None,
            "conflict_why": found.conflict.why, "state": found.state or None, "review": found.review or None,
            "flags": list(found.flags), "war_crime": found.crime_licence,
            "steps": [asdict(step) for step in found.steps],
            "rules": [{"object": kind, **asdict(rule)} for kind, rule in rules],
            "pleadings": [{"branch": p.branch, "rule": p.rule.id, "object": p.object, "outcome": p.rule.outcome,
                           "level": p.rule.level, "alternative": p.alternative, "words": p.words} for p in found.pleadings],
            "crimes": [{"crime": c.crime.id, "object": c.object, "licence": c.kind, "missing": list(c.missing),
                        "indicators": list(c.indicators)} for c in found.crimes],
            "attribution": asdict(found.attribution), "weapon": asdict(found.weapon),
            "instruments": [asdict(one) for one in found.instruments],
            "missing": [asdict(one) for one in found.missing]}
