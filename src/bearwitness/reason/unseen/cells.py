"""Patterns as a tree: each row of a table and what it grows from, one list fewer."""
from __future__ import annotations

import numpy as np

from bearwitness.reason.unseen.histories import Cells, Floats, Histories

Tree = tuple[Cells, Cells, Floats]


def tree(table: Histories) -> Tree:
    """(parent, bit, count) of rows, parents before children; row 0 is "on no list", count 0.

    A row is its parent and one list more, `bit`. Rows that only join others have count 0; patterns that nobody shows
    and that join nothing are left out, since they change no chance. Arrays [rows].
    """
    need = {0}
    for pattern in table.counts:
        while pattern:
            need.add(pattern)
            pattern = _shorter(pattern)
    rows = sorted(need)
    at = {pattern: row for row, pattern in enumerate(rows)}
    parent = np.array([at[_shorter(pattern)] for pattern in rows], np.int64)
    bit = np.array([max(0, pattern.bit_length() - 1) for pattern in rows], np.int64)
    count = np.array([table.counts.get(pattern, 0) for pattern in rows], np.float64)
    return parent, bit, count


def _shorter(pattern: int) -> int:
    return pattern & ~(1 << pattern.bit_length() - 1) if pattern else 0
