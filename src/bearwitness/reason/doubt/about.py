"""Everything that is doubtful about one finding, gathered."""
from __future__ import annotations

from dataclasses import dataclass

from bearwitness.model.case import Case
from bearwitness.model.records import Finding
from bearwitness.reason.circles import circle_of
from bearwitness.reason.doubt.matrix import Matrix, matrix
from bearwitness.reason.doubt.missing import Looked, Point, exculpatory, gaps, searches
from bearwitness.reason.doubt.what_if import Step, Way, lowered_by, steps, way
from bearwitness.reason.doubt.without import Dependence, critical_origins, dependences
from bearwitness.reason.findings import Held, weigh
from bearwitness.reason.hypotheses import Considered, of_strike
from bearwitness.reason.levels import Standard


@dataclass(frozen=True, slots=True)
class Doubt:
    """dependences: one thing left out at a time. critical: the smallest sets of origins that carry it.

    rivals: (incident, each standing hypothesis). lowered_by: what would bring it down, and to which level.
    """

    case: Case
    standard: Standard
    held: Held
    dependences: tuple[Dependence, ...]
    critical: tuple[Dependence, ...]
    steps: tuple[Step, ...]
    way: Way
    lowered_by: tuple[tuple[str, int], ...]
    rivals: tuple[tuple[str, tuple[Considered, ...]], ...]
    matrix: Matrix
    exculpatory: tuple[Point, ...]
    searches: tuple[Looked, ...]
    gaps: tuple[str, ...]
    circle: tuple[str, ...] = ()

    @property
    def finding(self) -> Finding:
        return self.held.finding

    @property
    def rests_on_one(self) -> bool:
        """Whether a single origin carries it."""
        return any(d.kind == "origin" and d.critical for d in self.dependences)


def of(case: Case, standard: Standard, finding_id: str) -> Doubt:
    """Everything that is doubtful about a finding. Raises KeyError for an id that no finding has."""
    finding = case.findings[finding_id]
    strikes = [incident for incident in finding.about if incident in case.incidents]
    return Doubt(
        case, standard, weigh(case, standard, finding), dependences(case, standard, finding),
        critical_origins(case, standard, finding), steps(case, standard, finding), way(case, standard, finding),
        lowered_by(case, standard, finding), tuple((incident, of_strike(case, incident)) for incident in strikes),
        matrix(finding), exculpatory(case, standard, finding), searches(case, finding), gaps(case, finding),
        circle_of(case, finding_id))


def next_evidence(doubt: Doubt) -> list[str]:
    """The most useful next evidence, in order: what raises the level first, then what tests it, each with why."""
    now = doubt.held.computed.number
    said = [f"{step.words}: level {step.after} in place of {now}" for step in doubt.steps if step.after > now]
    if not said and doubt.way.steps:
        together = [step.words for step in doubt.way.steps]
        said += [f"{words} (only together with the rest of these {len(together)}: level {doubt.way.reaches} in place of "
                 f"{now})" for words in together]
    for incident, considered in doubt.rivals:
        said += [f"on {doubt.case.incidents[incident].name}, {c.hypothesis.name}: {c.hypothesis.settled_by}"
                 for c in considered if not c.rivals]
    return said
