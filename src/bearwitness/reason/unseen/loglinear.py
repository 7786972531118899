"""Log-linear model by steps: interactions of two lists are added while the overlaps ask for them.

Method: L. Chan, B. W. Silverman, K. Vincent, J. Am. Stat. Assoc. 116, 2021, doi:10.1080/01621459.2019.1708748, as in
their R package SparseMSE 2.0.1, threshold 0.02. From lists that are independent, each step adds the pair whose
overlap is least expected under the model so far (the smaller Poisson tail), if that is below the threshold and the
larger model has an estimate.
"""
from __future__ import annotations

import math
from functools import cache

import numpy as np

from bearwitness.reason.unseen.histories import Floats
from bearwitness.reason.unseen.poisson import Fit, design, fit

THRESHOLD = 0.02


def stepwise(counts: Floats, lists: int, threshold: float = THRESHOLD) -> Fit | None:
    """The model the steps end at; None where not even independent lists have an estimate.

    counts: people of the patterns 1 ... 2^lists - 1, [2^lists - 1].
    """
    start = design(counts, lists, ())
    if not start.sound:
        return None
    found = fit(start, ())
    pairs = [1 << i | 1 << j for i in range(lists) for j in range(i + 1, lists)]
    cells = np.arange(1, len(counts) + 1)
    shared = {pair: float(counts[cells & pair == pair].sum()) for pair in pairs}
    while True:
        tails = {pair: _tail(shared[pair], float(found.expected[found.design.cells & pair == pair].sum()))
                 for pair in pairs if pair not in found.terms}
        for pair in sorted(tails, key=lambda p: tails[p]):   # a stable sort: the first of equals, as in the package
            if tails[pair] >= threshold:
                return found
            terms = (*found.terms, pair)
            larger = design(counts, lists, terms)
            if larger.sound:
                found = fit(larger, terms)
                break
        else:
            return found


def _tail(seen: float, expected: float) -> float:
    """The smaller of P(X <= seen) and P(X >= seen), X Poisson with mean `expected`."""
    if expected <= 0.0:
        return 1.0 if seen == 0 else 0.0
    most = int(max(seen, expected) + 40.0 * math.sqrt(max(seen, expected)) + 60.0)
    k = np.arange(most + 1)
    logs = k * math.log(expected) - expected - _log_factorials(1 << most.bit_length())[: most + 1]
    at = int(seen)
    return min(_sum(logs[: at + 1]), _sum(logs[at:]))


def _sum(logs: Floats) -> float:
    top = float(logs.max())
    return math.exp(top + math.log(float(np.exp(logs - top).sum()))) if top > -745.0 else 0.0


@cache
def _log_factorials(many: int) -> Floats:
    return np.concatenate([[0.0], np.cumsum(np.log(np.arange(1.0, many + 1.0)))])
