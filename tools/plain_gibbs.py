"""A plain Gibbs sampler of the latent-class model, as a yardstick: never used by the program.

The textbook scheme (D. Manrique-Vallier, Biometrics 72(4), 2016, section 4), tabulated by rows, compiled: classes of
the people seen, chances of the lists, sticks, number unseen and their classes, alpha. Written from the paper's
conditionals, apart from the program's own sampler, with which it shares no line: where both give one answer, two
roads led there.
"""
from __future__ import annotations

import math

import numba as nb
import numpy as np

A = B = 0.25
BOUND = 20.0


@nb.njit(cache=True)
def _deal(people: float, weights, out) -> None:
    """Deals people to classes, one binomial draw a class."""
    left, rest = people, weights.sum()
    for k in range(weights.shape[0]):
        share = min(1.0, weights[k] / rest) if rest > 0.0 else 0.0
        out[k] = left if k == weights.shape[0] - 1 or share >= 1.0 else np.random.binomial(int(left), share)
        left -= out[k]
        rest -= weights[k]


@nb.njit(cache=True)
def _sticks(size, alpha: float, weight) -> float:
    """Draws class weights; returns the log of what is left at the end."""
    many, log_left = size.shape[0], 0.0
    after = size.sum()
    for k in range(many - 1):
        after -= size[k]
        one, two = np.random.gamma(1.0 + size[k]), np.random.gamma(alpha + after)
        if two <= 0.0:    # a gamma of tiny shape runs below the least number: draw its logarithm
            two = 1e-300
        weight[k] = math.exp(log_left) * one / (one + two)
        log_left += math.log(two) - math.log(one + two)
    weight[many - 1] = math.exp(log_left)
    return log_left


@nb.njit(cache=True)
def _order(weight, alpha: float) -> float:
    """Log density of the weights given alpha, as the stick breaks in this order; up to a constant."""
    many, left, found = weight.shape[0], 0.0, alpha * math.log(weight[-1])
    for k in range(many - 1, 0, -1):
        left += weight[k]
        found -= math.log(left)
    return found


@nb.njit(cache=True)
def _relabel(weight, chance, alpha: float, log_left: float) -> float:
    """Offers to exchange two classes; returns the log of the last weight. Not part of the textbook scheme."""
    i, j = np.random.randint(0, weight.shape[0]), np.random.randint(0, weight.shape[0])
    if i == j or weight[i] < 1e-14 or weight[j] < 1e-14 or weight[-1] < 1e-14:
        return log_left
    before = _order(weight, alpha)
    weight[i], weight[j] = weight[j], weight[i]
    if math.log(np.random.random()) < _order(weight, alpha) - before:
        for a in range(chance.shape[0]):
            chance[a, i], chance[a, j] = chance[a, j], chance[a, i]
        return math.log(weight[-1])
    weight[i], weight[j] = weight[j], weight[i]
    return log_left


@nb.njit(cache=True)
def gibbs(histories, count, many: int, warm: int, draws: int, thin: int, seed: int, relabels: int = 0):
    """Numbers unseen, [draws]. histories: 0/1 [rows, lists]; count: [rows].

    relabels: offers a turn to exchange two classes; 0 is the textbook scheme, whose labels hardly ever change.
    """
    np.random.seed(seed)
    rows, lists = histories.shape
    n = count.sum()
    weight, chance, alpha = np.full(many, 1.0 / many), np.empty((lists, many)), 1.0
    for j in range(lists):
        for k in range(many):
            chance[j, k] = np.random.random()
    yes, size, part, deal = np.empty((lists, many)), np.empty(many), np.empty(many), np.empty(many)
    kept, unseen = np.empty(draws), 0.0
    for turn in range(warm + draws * thin):
        yes[:], size[:] = 0.0, 0.0
        for c in range(rows):
            for k in range(many):
                part[k] = weight[k]
                for j in range(lists):
                    part[k] *= chance[j, k] if histories[c, j] else 1.0 - chance[j, k]
            _deal(count[c], part, deal)
            for k in range(many):
                size[k] += deal[k]
                for j in range(lists):
                    if histories[c, j]:
                        yes[j, k] += deal[k]
        for k in range(many):
            part[k] = weight[k]
            for j in range(lists):
                part[k] *= 1.0 - chance[j, k]
        none = part.sum()
        while True:
            unseen = float(np.random.poisson(np.random.gamma(n) * none / (1.0 - none)))
            if unseen <= BOUND * n:
                break
        _deal(unseen, part, deal)
        for k in range(many):
            size[k] += deal[k]
            for j in range(lists):
                chance[j, k] = np.random.beta(1.0 + yes[j, k], 1.0 + size[k] - yes[j, k])
        log_left = _sticks(size, alpha, weight)
        for _ in range(relabels):
            log_left = _relabel(weight, chance, alpha, log_left)
        alpha = max(1e-300, np.random.gamma(A + many - 1.0) / (B - log_left))
        if turn >= warm and (turn - warm + 1) % thin == 0:
            kept[(turn - warm) // thin] = unseen
    return kept
