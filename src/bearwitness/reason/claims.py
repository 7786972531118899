"""Official claims put to the test, part by part. A claim has no verdict of its own: only the set of its parts'.

Verdicts: supported, consistent, untested, disputed, contradicted, other object. Geometry comes before any
word on truth (D14). "Lied" is no verdict: it needs knowledge and intent.
Method: M1 (different object) by distance and stated uncertainty; the other tests are the reason a person gives
for attaching a record for or against. What it does not do yet: run M2-M9 as procedures of their own.
"""
from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from bearwitness.link.origins import roots
from bearwitness.link.places import Apart, compare
from bearwitness.model.case import Case
from bearwitness.model.records import Assertion, Claim, Part
from bearwitness.model.where import say_distance
from bearwitness.reason.levels import Basis, Level, Standard, assess, resolve

WEAK_TESTS = ("impossible", "silence", "definition-shift")


@dataclass(frozen=True, slots=True)
class Tested:
    """One part with its verdict. reason: why, in words; apart: the geometry, where it decided."""

    ref: str
    part: Part
    verdict: str
    level: Level
    reason: str = ""
    apart: Apart | None = None


def test_part(case: Case, standard: Standard, part: Part) -> Tested:
    """Compute the verdict of one part from its grounds."""
    claim = case.claims[part.claim]
    ref = f"{claim.id}.{part.id}"
    apart = _geometry(case, part)
    if apart is not None and apart.different:
        level = assess(case, standard, (*part.struck, *part.shown, *part.opposing))
        return Tested(ref, part, "other object", level,
                      f"the two places lie {say_distance(apart.distance)} apart, more than the "
                      f"{say_distance(apart.uncertainty)} they are uncertain by", apart)
    supporting = _others(case, claim, resolve(case, part.supporting))
    opposing = resolve(case, part.opposing)
    counted = {b.ref for b in supporting} | {b.ref for b in resolve(case, part.supporting) if b.admission}
    own_left_out = tuple(ref for ref in part.supporting if not resolve(case, (ref,))
                         or resolve(case, (ref,))[0].ref in counted)
    chosen = own_left_out if supporting and not opposing else part.opposing
    level = assess(case, standard, chosen, opposed=bool(supporting and opposing))
    return Tested(ref, part, *_verdict(part, claim, supporting, opposing, case, level), apart)


def _verdict(part: Part, claim: Claim, supporting: list[Basis], opposing: list[Basis], case: Case, level: Level
             ) -> tuple[str, Level, str]:
    if supporting and opposing:
        return "disputed", level, "records stand on both sides"
    if opposing:
        own = _own_words(case, claim, opposing)
        return "contradicted", level, "self-contradicted: the speaker's own words stand against it" if own else ""
    if supporting:
        weak = part.test in WEAK_TESTS or all(b.how in ("party", "hearsay") for b in supporting)
        return ("consistent", level, "fits, but the test is weak") if weak else ("supported", level, "")
    only_own = bool(part.supporting)
    return "untested", level, "only the speaker's own word stands for it" if only_own else "nothing tests it yet"


def _geometry(case: Case, part: Part) -> Apart | None:
    if part.test != "different-object":
        return None
    struck = [case.assertions[r] for r in part.struck if r in case.assertions]
    shown = [case.assertions[r] for r in part.shown if r in case.assertions]
    found = [c for a in struck for b in shown if (c := compare(a, b)) is not None]
    return min(found, key=lambda c: c.distance - c.uncertainty) if found else None


def _others(case: Case, claim: Claim, basis: list[Basis]) -> list[Basis]:
    """Grounds that do not go back to the speaker: a claim is not tested by those who repeat it."""
    edges = case.edges
    own = roots(edges, claim.by)[0] | {claim.by}
    return [b for b in basis if not roots(edges, b.speaker)[0] <= own]


def _own_words(case: Case, claim: Claim, basis: list[Basis]) -> bool:
    return any(b.speaker == claim.by for b in basis)


def test_claim(case: Case, standard: Standard, claim: Claim) -> tuple[Tested, ...]:
    return tuple(test_part(case, standard, part) for part in claim.parts)


def say_set(tested: tuple[Tested, ...]) -> str:
    """`of 4 parts 2 are supported and 2 are contradicted`: the set, never a mean."""
    order = ("supported", "consistent", "untested", "disputed", "contradicted", "other object")
    counts = Counter(one.verdict for one in tested)
    said = []
    for verdict in order:
        if n := counts[verdict]:
            verb = "concerns" if n == 1 else "concern"
            said.append(f"{n} {verb} another object" if verdict == "other object"
                        else f"{n} {'is' if n == 1 else 'are'} {verdict}")
    listed = said[0] if len(said) == 1 else ", ".join(said[:-1]) + " and " + said[-1]
    return f"of {len(tested)} part{'s' if len(tested) != 1 else ''} {listed}"


def admissions(case: Case, incident: str) -> list[Assertion]:
    """Statements by a party, or its state media, that it struck there that day."""
    return [a for a in case.assertions_of(incident) if a.about == "own-strike"
            and a.supports != "no" and a.how == "party"]
