"""Whether chains agree, and what their draws are worth.

A. Vehtari, A. Gelman, D. Simpson, B. Carpenter, P.-C. Buerkner, Bayesian Analysis 16(2), 2021, doi:10.1214/20-BA1221:
split and rank-normalised R-hat, folded too, and effective sample sizes; C. J. Geyer, Stat. Sci. 7(4), 1992, for the sum
of autocorrelations. Arrays of draws: [chains, draws of each].
"""
from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

from bearwitness.reason.unseen.histories import Floats


def r_hat(draws: Floats) -> float:
    """The larger of the rank-normalised split R-hat of the draws and of their distance from the median; >= about 1."""
    halves = _split(draws)
    folded = np.abs(halves - np.median(halves))
    return max(_plain(_normal_scores(halves)), _plain(_normal_scores(folded)))


def effective(draws: Floats) -> float:
    """How many independent draws say as much about the mean (of the values given)."""
    halves = _split(draws)
    chains, many = halves.shape
    centred = halves - halves.mean(axis=1, keepdims=True)
    waves = np.fft.rfft(centred, 2 * many, axis=1)
    lags = np.fft.irfft(waves * np.conj(waves), axis=1)[:, :many].mean(axis=0) / many
    within = lags[0] * many / (many - 1)
    whole = lags[0] + halves.mean(axis=1).var(ddof=1)
    if not whole > 0:
        return float(chains * many)
    rho = 1.0 - (within - lags) / whole
    pairs = rho[: many // 2 * 2].reshape(-1, 2).sum(axis=1)
    stop = np.flatnonzero(pairs < 0)
    pairs = np.minimum.accumulate(pairs[: stop[0] if len(stop) else None])
    return float(chains * many / max(2.0 * pairs.sum() - 1.0, 1.0 / math.log10(chains * many)))


def quantile_error(draws: Floats, share: float) -> tuple[float, float, float]:
    """(quantile, its Monte-Carlo standard error, effective draws behind it)."""
    value = float(np.quantile(draws, share))
    worth = effective((draws <= value).astype(np.float64))
    step = math.sqrt(share * (1.0 - share) / worth)
    low, high = np.quantile(draws, [max(0.0, share - step), min(1.0, share + step)])
    return value, float(high - low) / 2.0, worth


def _split(draws: Floats) -> Floats:
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, draws.shape[1] - half:]])


def _normal_scores(values: Floats) -> Floats:
    """Ranks, equal values sharing their mean rank, as normal quantiles."""
    flat = values.ravel()
    _, back, times = np.unique(flat, return_inverse=True, return_counts=True)
    rank = np.cumsum(times) - (times - 1) / 2.0
    normal = NormalDist()
    scores = np.array([normal.inv_cdf(p) for p in (rank - 0.375) / (flat.size + 0.25)])
    return np.asarray(scores[back.ravel()].reshape(values.shape), np.float64)


def _plain(values: Floats) -> float:
    many = values.shape[1]
    within = float(values.var(axis=1, ddof=1).mean())
    between = float(values.mean(axis=1).var(ddof=1))
    if within <= 0:
        return 1.0 if between <= 0 else math.inf
    return math.sqrt((many - 1) / many + between / within)
