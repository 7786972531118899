"""Whether a log-linear model has an estimate at all, decided before anything is fitted.

The likelihood of a Poisson table has a finite maximum exactly when no direction of the parameters leaves every
filled cell as it is and raises empty cells only (S. E. Fienberg, A. Rinaldo, Ann. Statist. 40(2), 2012,
doi:10.1214/12-AOS986; for lists: L. Chan, B. W. Silverman, K. Vincent, J. Am. Stat. Assoc. 116, 2021,
doi:10.1080/01621459.2019.1708748, who solve the same question as a linear programme over the cells). Here the
programme runs over the few directions that leave the filled cells alone, mostly none.
"""
from __future__ import annotations

import numpy as np

from bearwitness.reason.unseen.histories import Floats

_SMALL = 1e-9


def finite(design: Floats, counts: Floats) -> bool:
    """True when the maximum of the likelihood is reached at finite parameters.

    design: [cells, parameters], of 0 and 1. counts: [cells], >= 0.
    """
    filled = counts > 0
    free = _left_alone(design[filled])
    if free.shape[1] == 0 or filled.all():
        return True
    return bool(_highest(design[~filled] @ free) <= 1e-7)


def identified(design: Floats) -> bool:
    """True when different parameters give different tables: full column rank."""
    return bool(design.shape[0] >= design.shape[1] and _left_alone(design).shape[1] == 0)


def _left_alone(rows: Floats) -> Floats:
    """An orthonormal basis of the directions z with rows @ z = 0, [parameters, its dimension].

    From the products of columns: whole numbers, so that what is not zero is far from it.
    """
    sizes, axes = np.linalg.eigh(rows.T @ rows)
    return np.asarray(axes[:, sizes <= _SMALL * max(1.0, float(sizes.max(initial=0.0)))], np.float64)


def _highest(moves: Floats) -> float:
    """The largest sum of moves @ v, v free, with every entry of moves @ v between 0 and 1.

    Simplex tableau from the origin, which is allowed; Bland's rule, so that it ends. moves: [cells, directions].
    """
    gain = moves.sum(axis=0)
    both = np.hstack([moves, -moves])
    table = np.vstack([both, -both])
    limit = np.concatenate([np.ones(len(moves)), np.zeros(len(moves))])
    rows, columns = table.shape
    tableau = np.zeros((rows + 1, columns + rows + 1))
    tableau[:rows, :columns], tableau[:rows, columns:-1], tableau[:rows, -1] = table, np.eye(rows), limit
    tableau[rows, :columns] = -np.concatenate([gain, -gain])
    basis = list(range(columns, columns + rows))
    while True:
        enter = next((j for j in range(columns + rows) if tableau[rows, j] < -_SMALL), -1)
        if enter < 0:
            return float(tableau[rows, -1])
        ratios = [(tableau[i, -1] / tableau[i, enter], basis[i], i) for i in range(rows) if tableau[i, enter] > _SMALL]
        if not ratios:
            return float("inf")
        least = min(ratios)[0]
        leave = min((b, i) for ratio, b, i in ratios if ratio <= least + _SMALL)[1]
        tableau[leave] /= tableau[leave, enter]
        for i in range(rows + 1):
            if i != leave and abs(tableau[i, enter]) > 0.0:
                tableau[i] -= tableau[i, enter] * tableau[leave]
        basis[leave] = enter
