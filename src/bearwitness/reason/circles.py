"""Grounds that go in a circle: a finding that rests on itself, and a contradiction that rests on its own author.

Circles of speakers (`relies_on`) are refused when a case is read; these are the circles of reasoning above them.
Method: a contradiction of an official statement that goes back to the speaker who made the allegation, and to nobody
else, is that speaker's word twice.
"""
from __future__ import annotations

from dataclasses import dataclass

from bearwitness.link.origins import origins, roots
from bearwitness.model.case import Case
from bearwitness.model.records import Part
from bearwitness.reason.basis import resolve


@dataclass(frozen=True, slots=True)
class Circle:
    """kind: `finding` or `contradiction`. members: the ids on the way. words: what it means, for a reader."""

    kind: str
    members: tuple[str, ...]
    words: str


def circle_of(case: Case, finding: str) -> tuple[str, ...]:
    """The way by which a finding comes back to itself, from it to itself; empty where it does not."""
    todo: list[tuple[str, ...]] = [(finding,)]
    seen: set[str] = set()
    while todo:
        way = todo.pop()
        for ref in _below(case, way[-1]):
            if ref == finding:
                return (*way, ref)
            if ref not in seen:
                seen.add(ref)
                todo.append((*way, ref))
    return ()


def _below(case: Case, ref: str) -> list[str]:
    """Findings and claim parts that a finding or a claim part rests on."""
    if ref in case.findings:
        finding = case.findings[ref]
        refs: tuple[str, ...] = (*finding.supporting, *finding.needs)
    elif ref in case.parts:
        part = case.parts[ref]
        refs = (*part.supporting, *part.opposing)
    else:
        return []
    return [name for name in (r.split(" ", 1)[0] for r in refs) if name in case.findings or name in case.parts]


def circles(case: Case) -> list[Circle]:
    """Every circle of a case, each told once, at the first finding on it."""
    told: set[str] = set()
    found: list[Circle] = []
    for ref in (*case.findings, *case.parts):
        if ref in told or not (way := circle_of(case, ref)):
            continue
        told |= set(way)
        found.append(Circle("finding", way, f"{ref} rests on itself: {' -> '.join(way)}. What comes back to itself "
                            "grounds nothing."))
    found += [circle for ref, part in case.parts.items() if (circle := same_author(case, ref, part)) is not None]
    return found


def same_author(case: Case, ref: str, part: Part) -> Circle | None:
    """A contradiction whose every ground goes back to those who made the allegation that the claim answers.

    The allegation is what the findings about the same strike rest on; where they have other origins beside, or speakers
    whose origin is not known, the allegation is not shown to be one speaker's, and None is returned.
    """
    opposing = resolve(case, part.opposing)
    about = set(case.claims[part.claim].about)
    alleged = [b.speaker for f in case.findings.values() if about & set(f.about) and not _uses(f.supporting, part, ref)
               for b in resolve(case, f.supporting) if not b.admission]
    if not opposing or not alleged:
        return None
    edges = case.edges
    theirs = frozenset().union(*(roots(edges, speaker)[0] for speaker in alleged))
    one = origins(case, alleged)
    if one.established > 1 or one.unknown or not all(roots(edges, b.speaker)[0] <= theirs for b in opposing):
        return None
    name = "; ".join((case.speaker(s).shown if case.speaker(s) else s)  # type: ignore[union-attr]
                     for s in sorted({b.speaker for b in opposing}))
    return Circle("contradiction", (ref, *(b.ref for b in opposing)),
                  f"What contradicts {ref} rests on {name}, who made the allegation that the statement answers: one "
                  "speaker's word, and not a second one.")


def _uses(refs: tuple[str, ...], part: Part, ref: str) -> bool:
    """The finding is the contradiction itself, told as a finding."""
    return ref in refs or set(refs) <= set(part.opposing)
