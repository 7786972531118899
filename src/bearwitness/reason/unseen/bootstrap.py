"""How far the stepwise figure moves when the people are drawn anew, the choice of the model included.

Bias-corrected and accelerated interval (B. Efron, J. Am. Stat. Assoc. 82, 1987), as Chan, Silverman and Vincent 2021
use it: people drawn with replacement, the steps repeated on each draw, acceleration from leaving out one person.
"""
from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from bearwitness.reason.unseen.histories import Floats
from bearwitness.reason.unseen.loglinear import stepwise

DRAWS = 400
_NORMAL = NormalDist()


@dataclass(frozen=True)
class Spread:
    """low, high: ends for everybody, seen and unseen. draws: that gave a figure. failed: draws without an estimate."""

    low: float
    high: float
    draws: int
    failed: int


def spread(counts: Floats, lists: int, figure: float, seed: int, draws: int = DRAWS, share: float = 0.95) -> Spread | None:
    """The interval around `figure` (everybody); None where under half of the draws have an estimate.

    counts: of the patterns 1 ... 2^lists - 1. seed: any whole number from 0; the same seed gives the same interval.
    """
    chance = np.random.default_rng(seed)
    seen = int(counts.sum())
    drawn = [_figure(again.astype(np.float64), lists) for again in chance.multinomial(seen, counts / seen, size=draws)]
    figures = np.array([value for value in drawn if value is not None])
    if len(figures) < max(20, draws // 2):
        return None
    pull = _acceleration(counts, lists)
    half = 0.5 / len(figures)
    shift = _NORMAL.inv_cdf(min(1.0 - half, max(half, float((figures < figure).mean()))))
    ends = [_NORMAL.cdf(shift + at / (1.0 - pull * at)) for at in
            (shift + _NORMAL.inv_cdf(p) for p in ((1.0 - share) / 2, (1.0 + share) / 2))]
    low, high = np.quantile(figures, ends, method="median_unbiased")
    return Spread(float(low), float(high), len(figures), draws - len(figures))


def _figure(counts: Floats, lists: int) -> float | None:
    found = stepwise(counts, lists)
    return None if found is None else float(counts.sum()) + found.unseen


def _acceleration(counts: Floats, lists: int) -> float:
    """Skewness of the figure under leaving out one person, counted once for each person."""
    weights, left = [], []
    for at in np.flatnonzero(counts):
        fewer = counts.copy()
        fewer[at] -= 1.0
        if (value := _figure(fewer, lists)) is not None:
            weights.append(counts[at])
            left.append(value)
    n, values = np.array(weights), np.array(left)
    apart = (n * values).sum() / n.sum() - values
    square = float((n * apart**2).sum())
    return float((n * apart**3).sum()) / (6.0 * square**1.5) if square > 0 else 0.0
