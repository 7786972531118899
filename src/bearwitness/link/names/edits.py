"""The inner loop of `align`: written so that the interpreter and numba run the same lines."""
from __future__ import annotations

from typing import Any


def least(flat: Any, a0: int, a1: int, b0: int, b1: int, sub: Any, out: Any, size: int, swap: float, split: Any, aitch: int,
          rows: Any) -> float:
    """Cost between flat[a0:a1] and flat[b0:b1].

    flat: sign codes, 0 <= code < size. sub: cost of taking one sign for another, size*size values, row after row.
    out: cost of leaving a sign out, size values. swap: cost of two neighbours changing places; < 0 forbids it.
    split: for each sign the one it begins with when its letters are read apart (th as t and h), or -1; size values.
    aitch: the sign for the h of that reading. rows: work space, 3 * (longest b + 1) values.
    """
    wide = b1 - b0 + 1
    two, one, now = 0, wide, 2 * wide
    rows[one] = 0.0
    for j in range(1, wide):
        rows[one + j] = rows[one + j - 1] + out[flat[b0 + j - 1]]
    for i in range(a0, a1):
        x = flat[i]
        rows[now] = rows[one] + out[x]
        for j in range(1, wide):
            y = flat[b0 + j - 1]
            best = rows[one + j - 1] + sub[x * size + y]
            best = min(best, rows[one + j] + out[x], rows[now + j - 1] + out[y])
            if swap >= 0.0 and j > 1 and i > a0 and x == flat[b0 + j - 2] and y == flat[i - 1] and x != y:
                best = min(best, rows[two + j - 2] + swap)
            if j > 1 and split[x] >= 0:
                best = min(best, rows[one + j - 2] + sub[split[x] * size + flat[b0 + j - 2]] + sub[aitch * size + y] + 0.15)
            if i > a0 and split[y] >= 0:
                best = min(best, rows[two + j - 1] + sub[split[y] * size + flat[i - 1]] + sub[aitch * size + x] + 0.15)
            rows[now + j] = best
        two, one, now = one, now, two
    return float(rows[one + wide - 1])
