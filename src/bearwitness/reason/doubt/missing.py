"""What speaks for the other side, what was looked for and not found, and what no record speaks of.

Whoever compiles evidence of a crime owes the person accused what speaks for him: records that stand in the case and
are in no finding are listed here, so that leaving one out is somebody's decision and not an oversight.
Authority: Rome Statute art. 54(1)(a) and 67(2); ICTY Rules of Procedure and Evidence, rule 68; Berkeley Protocol
(HR/PUB/20/2), on objectivity. Review by counsel needed.
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bearwitness.model.case import Case
from bearwitness.model.records import Assertion, Finding, Search, Toll
from bearwitness.reason.basis import grounds_nothing
from bearwitness.reason.claims import test_claim
from bearwitness.reason.doubt.without import all_basis, shown
from bearwitness.reason.levels import Standard

FAVOURABLE = ("military-nearby", "warning", "denial", "control", "admission-none", "object-use")
ASKED = {"when": "the time", "where": "the exact place", "object": "what was struck", "munition": "the munition",
         "aircraft": "the aircraft", "attacker": "who struck", "military-nearby": "military objects nearby",
         "warning": "a warning"}


@dataclass(frozen=True, slots=True)
class Point:
    """Something that speaks for the other side. weighed: the finding names it among its grounds or its rivals."""

    ref: str
    words: str
    weighed: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """A search that found nothing, or little. missing: what its record does not say (R26)."""

    search: Search
    missing: tuple[str, ...]


def exculpatory(case: Case, standard: Standard, finding: Finding) -> tuple[Point, ...]:
    """What speaks for the other side: in the finding, in the case beside it, and true parts of official statements."""
    weighed = {b.ref for b in all_basis(case, finding)} | set(finding.opposing)
    weighed |= {ref for rival in finding.rivals for ref in rival.excluded_by}
    found = [Point(ref, _words(case, ref), True) for ref in finding.opposing]
    for incident in finding.about:
        found += [Point(a.id, _words(case, a.id), a.id in weighed) for a in case.assertions_of(incident) if _favours(a)
                  and a.id not in finding.opposing and not grounds_nothing(case, a)]
        found += [Point(t.id, _words(case, t.id), t.id in weighed) for t in case.tolls_of(incident) if _fighters(t)]
    found += _true_parts(case, standard, finding, weighed)
    return tuple({point.ref: point for point in found}.values())


def _favours(row: Assertion) -> bool:
    if row.about == "military-nearby":
        return row.supports != "no"
    return row.about in FAVOURABLE and (row.about != "object-use" or row.how == "party")


def _fighters(toll: Toll) -> bool:
    return "fighters" in toll.figures and toll.figures["fighters"].high > 0


def _true_parts(case: Case, standard: Standard, finding: Finding, weighed: set[str]) -> Iterator[Point]:
    for claim in case.claims.values():
        if set(claim.about) & set(finding.about):
            for part in test_claim(case, standard, claim):
                if part.verdict in ("supported", "consistent"):
                    yield Point(part.ref, f"{shown(case, claim.by)}: {part.part.text} ({part.verdict})",
                                part.ref in weighed)


def _words(case: Case, ref: str) -> str:
    name = ref.split(" ", 1)[0]
    row = case.assertions.get(name) or case.tolls.get(name)
    if row is None:
        return ref
    return f"{shown(case, row.by)}: {row.says if isinstance(row, Assertion) else row.words}"


def searches(case: Case, finding: Finding) -> tuple[Looked, ...]:
    """What was looked for about these strikes, or is named by the finding: what, where, when, by whom, how well seen."""
    named = {ref for ref in (*finding.looked_in, *finding.supporting, *finding.opposing) if ref in case.searches}
    return tuple(Looked(s, _unsaid(s)) for s in case.searches.values() if s.incident in finding.about or s.id in named)


def _unsaid(search: Search) -> tuple[str, ...]:
    missing = [] if search.start is not None and search.end is not None else ["from when to when"]
    if search.radius_m is None and "military" in search.sought.casefold():
        missing.append("within what distance")
    return tuple(missing)


def gaps(case: Case, finding: Finding) -> tuple[str, ...]:
    """What no record of these strikes speaks of, and what is thin about what there is."""
    found = []
    for incident in finding.about:
        if incident in case.incidents:
            there = {a.about for a in case.assertions_of(incident) if not grounds_nothing(case, a)}
            found += [f"no record speaks of {words}" for about, words in ASKED.items() if about not in there]
    basis = [b for b in all_basis(case, finding) if b.speaker]
    if basis and not any(b.how == "eyewitness" for b in basis):
        found.append("no eyewitness stands among its grounds")
    if basis and not any(b.held for b in basis):
        found.append("none of the documents it rests on is sealed here")
    if not finding.opposing and not any(ref in case.searches for ref in finding.looked_in):
        found.append("what speaks against it was looked for in what is listed, and no record says how well it would have "
                     "been seen there")
    return tuple(dict.fromkeys(found))
