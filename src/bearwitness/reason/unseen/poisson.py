"""One log-linear model, fitted: design of its cells, weighted least squares repeated, its figure and interval.

Neglects nothing of the overlaps, and everything about people: a log-linear model knows lists only.
An interaction whose lists share nobody has no finite parameter: its cells are left out and its parameter is counted
and dropped (L. Chan, B. W. Silverman, K. Vincent, J. Am. Stat. Assoc. 116, 2021, doi:10.1080/01621459.2019.1708748).
Weighted least squares: P. McCullagh, J. A. Nelder, Generalized Linear Models, 2nd ed. 1989, chapter 2.5.
"""
from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from bearwitness.reason.unseen.existence import finite, identified
from bearwitness.reason.unseen.histories import Cells, Floats

_ROUNDS = 200
_CLOSE = 1e-12


@dataclass(frozen=True)
class Design:
    """matrix: [cells kept, parameters], first column ones. cells: their patterns. counts: people in each.

    empty: interactions of the model whose lists share nobody.
    """

    matrix: Floats
    cells: Cells
    counts: Floats
    empty: tuple[int, ...]

    @property
    def sound(self) -> bool:
        """An estimate exists, and is one."""
        return identified(self.matrix) and finite(self.matrix, self.counts)


@dataclass(frozen=True)
class Fit:
    """A fitted model. terms: its interactions as patterns. unseen: its figure for people on no list.

    spread: standard error of log(unseen). expected: [cells kept]. score: log likelihood. size: parameters counted.
    """

    terms: tuple[int, ...]
    design: Design
    unseen: float
    spread: float
    expected: Floats
    score: float
    size: int

    def interval(self, share: float = 0.95) -> tuple[float, float]:
        """Ends for the people who are in fact unseen: normal for the log, with the chance by which each of them was missed.

        Variance of the number: unseen + unseen^2 spread^2 (L. Sanathanan, Ann. Math. Stat. 43, 1972).
        """
        return self._ends(share, math.sqrt(self.spread**2 + 1.0 / max(self.unseen, 1e-9)))

    def of_expectation(self, share: float = 0.95) -> tuple[float, float]:
        """Ends for the number expected to be unseen, as SparseMSE prints them: too narrow for the number itself."""
        return self._ends(share, self.spread)

    def _ends(self, share: float, spread: float) -> tuple[float, float]:
        z = min(NormalDist().inv_cdf(0.5 + share / 2) * spread, 700.0)
        return self.unseen * math.exp(-z), self.unseen * math.exp(z)


def design(counts: Floats, lists: int, terms: Iterable[int]) -> Design:
    """The cells and columns of a model. counts: of the patterns 1 ... 2^lists - 1. terms: interactions as patterns."""
    cells = np.arange(1, len(counts) + 1)
    empty: list[int] = []
    held: list[int] = []
    for term in terms:
        (held if counts[cells & term == term].sum() > 0 else empty).append(term)
    keep = np.ones(len(cells), bool)
    for term in empty:
        keep &= cells & term != term
    kept = cells[keep]
    columns = [0, *(1 << j for j in range(lists)), *held]
    matrix = np.stack([kept & column == column for column in columns], axis=1).astype(np.float64)
    return Design(matrix, kept, counts[keep], tuple(empty))


def fit(model: Design, terms: tuple[int, ...]) -> Fit:
    """Largest likelihood of a sound design. Poisson errors, log link."""
    x, y = model.matrix, model.counts
    expected = y + 0.1
    at, last = np.log(expected), math.inf
    for _ in range(_ROUNDS):
        weighted = x * expected[:, None]
        goal = at + (y - expected) / expected
        whole = x.T @ weighted
        found = _solved(whole, weighted.T @ goal)
        at = np.clip(x @ found, -700.0, 700.0)
        expected = np.exp(at)
        short = 2.0 * float(np.sum(np.where(y > 0, y * (np.log(np.maximum(y, 1.0)) - at), 0.0) - (y - expected)))
        if abs(short - last) <= _CLOSE * (abs(short) + 0.1):
            break
        last = short
    first = np.eye(x.shape[1])[0]
    spread = math.sqrt(max(0.0, float(_solved(x.T @ (x * expected[:, None]), first)[0])))
    score = float(np.sum(y * at - expected)) - sum(math.lgamma(n + 1.0) for n in y)
    return Fit(terms, model, math.exp(min(700.0, float(found[0]))), spread, expected, score, x.shape[1] + len(model.empty))


def _solved(matrix: Floats, goal: Floats) -> Floats:
    """The solution of matrix @ it = goal; the shortest one where cells so near 0 leave the matrix singular."""
    try:
        return np.asarray(np.linalg.solve(matrix, goal), np.float64)
    except np.linalg.LinAlgError:
        return np.asarray(np.linalg.lstsq(matrix, goal, rcond=None)[0], np.float64)
