"""The rows of all lists side by side: which list and row each comes from, its columns, and what it is.

Rows stand in the order of (list, row); lists in the order of their names. Only rows of named persons are linked.
"""
from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from bearwitness.link.people.columns import Amount, Choice, Ints, Text

Column = Text | Amount | Choice


@dataclass(slots=True)
class Table:
    """lists: names, ascending. whose: index into lists per row. row: number of the data row in its list.
    columns: by meaning. apart: rows kept apart from named people (kin placeholders, bodies without a name, groups):
    (list, row, kind)."""

    lists: tuple[str, ...]
    whose: Ints
    row: Ints
    columns: dict[str, Column]
    apart: list[tuple[str, int, str]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.whose)

    @property
    def sizes(self) -> Ints:
        return np.bincount(self.whose, minlength=len(self.lists))

    def strata(self, left: Ints, right: Ints) -> Ints:
        """Which two lists each pair joins, as one number (low list * number of lists + high list)."""
        a, b = self.whose[left], self.whose[right]
        return np.minimum(a, b) * len(self.lists) + np.maximum(a, b)

    def possible(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """All pairs of rows that each stratum has."""
        size = self.sizes.astype(np.float64)
        every = np.outer(size, size)
        np.fill_diagonal(every, size * (size - 1) / 2)
        return every.reshape(-1)
