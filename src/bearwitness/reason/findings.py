"""What we hold: each finding at the level its grounds carry, or lower where a person holds it lower."""
from __future__ import annotations

from dataclasses import dataclass, replace

from bearwitness.model.case import Case
from bearwitness.model.records import Finding
from bearwitness.reason.levels import Level, Standard, assess, resolve


@dataclass(frozen=True, slots=True)
class Held:
    """A finding with its computed level and the level it is held at (never higher)."""

    finding: Finding
    computed: Level
    level: Level
    faults: tuple[tuple[str, str], ...] = ()


def weigh(case: Case, standard: Standard, finding: Finding) -> Held:
    """Compute a finding's level. faults: (code, reason) for what its author must mend."""
    rival = "none" if not finding.rivals else "open" if any(r.open for r in finding.rivals) else ""
    level = assess(case, standard, finding.supporting, opposed=bool(resolve(case, finding.opposing)), rival=rival,
                   reviewed=bool(finding.reviewed) and finding.reviewed != finding.by)
    held = level
    if finding.hold is not None and finding.hold < level.number:
        held = replace(level, number=finding.hold, name=standard.level_name(finding.hold),
                       caps=(*level.caps, f"held lower: {finding.hold_because}"))
    return Held(finding, level, held, tuple(_faults(case, finding, level)))


def _faults(case: Case, finding: Finding, level: Level) -> list[tuple[str, str]]:
    faults = []
    if not finding.rivals:
        faults.append(("R24", f"finding {finding.id} names no rival explanation"))
    if finding.hold is not None and finding.hold > level.number:
        faults.append(("D8", f"finding {finding.id} is held at level {finding.hold}, above the computed {level.number}"))
    for ref in finding.supporting:
        record = case.assertions.get(ref) or case.tolls.get(ref)
        if record is not None and record.incident == "?" and finding.about != ("?",):
            faults.append(("D11", f"finding {finding.id} rests on {ref}, whose incident is not known"))
    if not finding.opposing and not finding.looked_in:
        faults.append(("D12", f"finding {finding.id} says nothing against it was found, but not where anybody looked"))
    return faults
