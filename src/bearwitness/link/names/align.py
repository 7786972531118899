"""The least cost of turning one string of signs into another: what every comparison of spellings rests on.

Optimal string alignment: leave a sign out, put one in, take one for another, swap two neighbours. `edits.least` is
written so that the interpreter runs it for a few pairs and numba compiles it for millions, with the same result.
Source: the restricted edit distance of R. Lowrance and R. Wagner, J. ACM 22(2), 1975, doi:10.1145/321879.321880.
"""
from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from bearwitness.link.names.edits import least

MANY = 4000   # pairs from which compiling (or loading what was compiled) pays
Floats = NDArray[np.float64]
Codes = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Costs:
    """What changes cost. sub: float64 (size, size). out: float64 (size,). swap: two neighbours changing places; < 0: never.

    split: int64 (size,), the sign that a digraph begins with, or -1. aitch: the sign of its h.
    """

    sub: Floats
    out: Floats
    swap: float
    split: NDArray[np.int64]
    aitch: int = 0


def plain(size: int) -> Costs:
    """Every change costs 1."""
    return Costs(1.0 - np.eye(size), np.ones(size), 1.0, np.full(size, -1, dtype=np.int64))


def costs(strings: list[list[int]], a: Codes, b: Codes, by: Costs) -> Floats:
    """Cost for each pair (strings[a[k]], strings[b[k]]).

    strings: sign codes. a, b: int32, shape (pairs,). Returns float64 (pairs,).
    """
    wide = 3 * (max(map(len, strings), default=0) + 1)
    starts = [0, *accumulate(map(len, strings))]
    flat = [code for one in strings for code in one]
    if len(a) < MANY:
        return _few(flat, starts, a, b, by, wide)
    from bearwitness.link.names.fast import each
    cost = np.zeros(len(a))
    each(np.array(flat or [0], dtype=np.int64), np.array(starts, dtype=np.int64), a, b, by.sub.ravel(), by.out, len(by.out),
         by.swap, by.split, by.aitch, np.zeros(wide), cost)
    return cost


def _few(flat: list[int], starts: list[int], a: Codes, b: Codes, by: Costs, wide: int) -> Floats:
    sub, out, split, rows, size = by.sub.ravel().tolist(), by.out.tolist(), by.split.tolist(), [0.0] * wide, len(by.out)
    found = [least(flat, starts[i], starts[i + 1], starts[j], starts[j + 1], sub, out, size, by.swap, split, by.aitch, rows)
             for i, j in zip(a.tolist(), b.tolist(), strict=True)]
    return np.array(found, dtype=np.float64)
