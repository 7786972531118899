"""The density that latent-class draws follow, and its slope, compiled.

Model (D. Manrique-Vallier, Biometrics 72(4), 2016, doi:10.1111/biom.12502): each person belongs to one of K classes;
within a class the lists name people independently. Class k has weight pi_k and is named by list j with chance
lambda_jk. Weights break a stick: V_k ~ Beta(1, alpha), V_K = 1; alpha ~ Gamma(shape A, rate B); lambda uniform;
p(N) proportional to 1/N. Summed out here by hand: N, the class of every person, and alpha. What is left is the
chance of each row of the table among people that some list names:

    log L = sum over rows c of n_c log p_c  -  n log(1 - p_0)

Coordinates: x = (logit lambda_jk, list by list; log w_k) with w_k = -log(1 - V_k); K * J + K - 1 numbers, all real.
The rows form a tree (`cells.py`), so that one multiplication a class and row gives every p_c, and one addition back
gives the slope.
"""
from __future__ import annotations

import math
from typing import Any

import numba as nb
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
A, B = 0.25, 0.25   # shape and rate of alpha, as in the paper and in the R package LCMCR
CLASSES = 10        # K, where the stick ends; a constant, so that loops over classes are unrolled
# No fast arithmetic: the run that compiles and the runs that load what was compiled must give one figure.
_fast: dict[str, Any] = {"cache": True, "error_model": "numpy"}


@nb.njit(**_fast)
def _sticks(x: Floats, first: int, slope: Floats, row: Floats, w: Floats, ease: Floats) -> float:
    """Class weights into `row`, d log V / d log w into `ease`; slope of the prior of the sticks; its log density."""
    many = CLASSES
    left, total, logs = 1.0, 0.0, 0.0
    for k in range(many - 1):
        w[k] = math.exp(x[first + k])
        total += w[k]
        logs += x[first + k]
        share = -math.expm1(-w[k])
        ease[k] = w[k] * (1.0 - share) / share if share > 0.0 else 1.0
        row[k] = left * share
        left *= 1.0 - share
    row[many - 1] = left
    power = A + many - 1.0
    for k in range(many - 1):
        slope[first + k] = 1.0 - power * w[k] / (B + total)
    return logs - power * math.log(B + total)


@nb.njit(**_fast)
def _chances(x: Floats, slope: Floats, odds: Floats, chance: Floats, row: Floats) -> float:
    """Chances and odds of each list and class; `row` becomes the chance to be on no list; log prior of the logits."""
    lists, many = odds.shape[0], CLASSES
    found = 0.0
    for j in range(lists):
        product = 1.0
        for k in range(many):
            t = x[j * many + k]
            small = math.exp(-abs(t))
            more = 1.0 / (1.0 + small)
            less = small * more
            yes, no = (more, less) if t > 0.0 else (less, more)
            odds[j, k] = 1.0 / small if t > 0.0 else small
            chance[j, k] = yes
            row[k] *= no
            slope[j * many + k] = no - yes
            product *= 1.0 + small
            found -= abs(t)
        found -= 2.0 * math.log(product)
    return found


@nb.njit(**_fast)
def _forward(cells: Floats, odds: Floats, parent: Ints, bit: Ints, count: Floats, n: float,
             heat: float) -> tuple[float, float]:
    """Fills `cells` with heat * n_c / p_c times each class's part of p_c; returns (log L, p_0)."""
    rows, many = cells.shape[0], CLASSES
    none = 0.0
    for k in range(many):
        none += cells[0, k]
    found = -n * math.log1p(-none)
    for c in range(1, rows):
        up, j = parent[c], bit[c]
        for k in range(many):
            cells[c, k] = cells[up, k] * odds[j, k]
    for c in range(1, rows):
        scale = 0.0
        if count[c] > 0.0:
            whole = 0.0
            for k in range(many):
                whole += cells[c, k]
            found += count[c] * math.log(whole)
            scale = heat * count[c] / whole
        for k in range(many):
            cells[c, k] *= scale
    scale = heat * n / (1.0 - none)
    for k in range(many):
        cells[0, k] *= scale
    return found, none


@nb.njit(**_fast)
def _back(cells: Floats, chance: Floats, parent: Ints, bit: Ints, w: Floats, ease: Floats, slope: Floats) -> None:
    """Adds the slope of heat * log L, from the leaves of the tree to its root."""
    rows, many = cells.shape[0], CLASSES
    lists = chance.shape[0]
    for c in range(rows - 1, 0, -1):
        up, j = parent[c], bit[c]
        for k in range(many):
            cells[up, k] += cells[c, k]
            slope[j * many + k] += cells[c, k]
    for j in range(lists):
        for k in range(many):
            slope[j * many + k] -= chance[j, k] * cells[0, k]
    first, after = lists * many, cells[0, many - 1]
    for k in range(many - 2, -1, -1):
        slope[first + k] += cells[0, k] * ease[k] - w[k] * after
        after += cells[0, k]


@nb.njit(**_fast)
def density(x: Floats, slope: Floats, heat: float, parent: Ints, bit: Ints, count: Floats, n: float,
            cells: Floats, odds: Floats, chance: Floats, sticks: Floats) -> tuple[float, float, float]:
    """(log prior + heat * log L, log L, p_0) at x; `slope` becomes the gradient of the first.

    x, slope: [K*J + K-1]. parent, bit, count: [rows], row 0 being "on no list" with count 0. n: sum of count.
    heat: power of the likelihood, 1 for the posterior. cells [rows, K], odds and chance [J, K], sticks [2, K]: workspace.
    """
    prior = _sticks(x, odds.shape[0] * CLASSES, slope, cells[0], sticks[0], sticks[1])
    prior += _chances(x, slope, odds, chance, cells[0])
    found, none = _forward(cells, odds, parent, bit, count, n, heat)
    _back(cells, chance, parent, bit, sticks[0], sticks[1], slope)
    return prior + heat * found, found, none
