"""`edits.least` compiled, for millions of pairs. Imported only when so many are asked for: compiling takes a moment."""
from __future__ import annotations

from typing import Any

import numba

from bearwitness.link.names.edits import least

_least: Any = numba.njit(cache=True, nogil=True)(least)


def _each(flat: Any, starts: Any, a: Any, b: Any, sub: Any, out: Any, size: int, swap: float, split: Any,
          aitch: int, rows: Any, cost: Any) -> None:
    for k in range(len(a)):
        cost[k] = _least(flat, starts[a[k]], starts[a[k] + 1], starts[b[k]], starts[b[k] + 1], sub, out, size, swap, split,
                        aitch, rows)


each: Any = numba.njit(cache=True, nogil=True)(_each)
