"""Evidence against hypotheses: which explanation has the least against it, and what that rests on.

Rows are the records a finding names; columns are the finding itself and its rivals. A cell is CC, C, N, I or II, as a
person stated it on a `fits:` line; a record in `for` is C for the finding, one in `against` I, and one that excludes a
rival I for that rival. A cell that nobody stated is empty and counts nothing, and the number of empty cells is told.
Ranking is by least inconsistency (I = 1, II = 2): what speaks for a hypothesis speaks for others too.
Source: R. J. Heuer, Psychology of Intelligence Analysis (1999), ch. 8. Its known weakness: the cells are judgements,
and a ranking is no probability.
"""
from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from statistics import pvariance

from bearwitness.model.records import Finding

WEIGHTS = {"CC": 2, "C": 1, "N": 0, "I": -1, "II": -2}
MAIN = "finding"


@dataclass(frozen=True, slots=True)
class Matrix:
    """columns: (label, words). cells: by (ref, label). rows: refs in the order in which they are named."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[str, ...]
    cells: dict[tuple[str, str], str]

    @property
    def empty(self) -> int:
        return len(self.rows) * len(self.columns) - len(self.cells)

    def inconsistency(self, label: str, without: Collection[str] = ()) -> int:
        """How much stands against a hypothesis: the sum of its inconsistent cells."""
        return sum(-WEIGHTS[cell] for (ref, column), cell in self.cells.items()
                   if column == label and ref not in without and WEIGHTS[cell] < 0)

    def least(self, without: Collection[str] = ()) -> tuple[str, ...]:
        """The hypotheses with the least against them."""
        scores = {label: self.inconsistency(label, without) for label, _ in self.columns}
        return tuple(label for label in scores if scores[label] == min(scores.values()))

    def diagnosticity(self, ref: str) -> float | None:
        """How far a record tells the hypotheses apart: the variance of its cells [1]; None where fewer than two stand."""
        stated = [WEIGHTS[self.cells[ref, label]] for label, _ in self.columns if (ref, label) in self.cells]
        return float(pvariance(stated)) if len(stated) > 1 else None

    def carrying(self) -> tuple[str, ...]:
        """Records without which another hypothesis would have the least against it, or as little."""
        return tuple(ref for ref in self.rows if self.least((ref,)) != self.least())


def matrix(finding: Finding) -> Matrix:
    """The matrix of one finding, from its grounds, its rivals and its `fits:` lines."""
    labels = [rival.standing or f"rival {n}" for n, rival in enumerate(finding.rivals, 1)]
    columns = ((MAIN, finding.text), *zip(labels, (rival.text for rival in finding.rivals), strict=True))
    cells: dict[tuple[str, str], str] = {(ref, MAIN): "C" for ref in finding.supporting}
    cells |= {(ref, MAIN): "I" for ref in finding.opposing}
    for label, rival in zip(labels, finding.rivals, strict=True):
        cells |= {(ref, label): "I" for ref in rival.excluded_by}
    named = {f"rival {n}": label for n, label in enumerate(labels, 1)}
    for fit in finding.fits:
        cells |= {(ref, named.get(fit.hypothesis, fit.hypothesis)): fit.score for ref in fit.refs}
    return Matrix(columns, tuple(dict.fromkeys(ref for ref, _ in cells)), cells)
