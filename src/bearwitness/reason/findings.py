"""What we hold: each finding at the level its grounds carry, or lower where a person holds it lower.

Belief for and belief against are kept apart. A proposition is established where its own grounds reach the level that
the standard needs, contradicted where those against it do, both where both do, and neither where none does; one
number for the two together would hide which of them was found.
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bearwitness.model.case import Case
from bearwitness.model.records import Finding
from bearwitness.reason.basis import Keep, resolve
from bearwitness.reason.circles import circle_of
from bearwitness.reason.grades import refused
from bearwitness.reason.hypotheses import not_considered
from bearwitness.reason.levels import Grounds, Level, Standard, carried, grounds_and_below
from bearwitness.reason.levels import second_person as second_person

BELIEFS = ("established", "contradicted", "both", "neither")


@dataclass(frozen=True, slots=True)
class Held:
    """A finding with its computed level and the level it is held at (never higher).

    against: the level that the grounds against it carry by the same standard. belief: one of BELIEFS. weakest: the
    finding below it that stands lowest, with its level.
    """

    finding: Finding
    computed: Level
    level: Level
    faults: tuple[tuple[str, str], ...] = ()
    against: Level | None = None
    belief: str = "neither"
    weakest: tuple[str, int] | None = None


def weigh(case: Case, standard: Standard, finding: Finding, *, keep: Keep | None = None) -> Held:
    """Compute a finding's level. faults: (code, reason) for what its author must mend.

    keep: which grounds to go on with, for asking what would stand without some of them.
    """
    grounds, below = grounds_and_below(case, standard, finding, keep)
    level = carried(case, standard, grounds)
    opposing = tuple(resolve(case, finding.opposing, keep))
    against = carried(case, standard, Grounds(opposing, reviewed=grounds.reviewed))
    unopposed = carried(case, standard, replace(grounds, opposed=False)) if grounds.opposed else level
    held = level
    if finding.hold is not None and finding.hold < level.number:
        held = replace(level, number=finding.hold, name=standard.level_name(finding.hold),
                       caps=(*level.caps, f"held lower: {finding.hold_because}"))
    if finding.dissent:
        held = replace(held, caps=(*held.caps, *(f"dissent by {d.by}: {d.words}" for d in finding.dissent)))
    weakest = min(below.items(), key=lambda pair: pair[1]) if below else None
    return Held(finding, level, held, tuple(_faults(case, standard, finding, level)), against,
                _belief(standard, unopposed, against), weakest)


def _belief(standard: Standard, level: Level, against: Level) -> str:
    for_it, against_it = level.number >= standard.needed, against.number >= standard.needed
    return BELIEFS[2 if against_it else 0] if for_it else BELIEFS[1 if against_it else 3]


def _faults(case: Case, standard: Standard, finding: Finding, level: Level) -> Iterator[tuple[str, str]]:
    if not finding.rivals:
        yield "R24", f"finding {finding.id} names no rival explanation"
    elif standard.asks_for_all_hypotheses and (left := not_considered(case, finding)):
        yield "R24", f"finding {finding.id} says nothing of {', '.join(left)}, which this standard asks for"
    if finding.hold is not None and finding.hold > level.number:
        yield "D8", f"finding {finding.id} is held at level {finding.hold}, above the computed {level.number}"
    for name, word in ((finding.reviewed, "reviewed"), (finding.approved, "approved")):
        if name and name == finding.by:
            yield "R18", f"finding {finding.id} is {word} by its own author, {name}: that takes a second person"
    if problem := refused(case, finding):
        yield "D8", f"finding {finding.id}: {problem}"
    if circle := circle_of(case, finding.id):
        yield "R04", f"finding {finding.id} rests on itself: {' -> '.join(circle)}"
    for ref in finding.supporting:
        record = case.assertions.get(ref) or case.tolls.get(ref)
        if record is not None and record.incident == "?" and finding.about != ("?",):
            yield "D11", f"finding {finding.id} rests on {ref}, whose incident is not known"
    if not finding.opposing and not finding.looked_in:
        yield "D12", f"finding {finding.id} says nothing against it was found, but not where anybody looked"
