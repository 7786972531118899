"""The table of an estimate: how many people stand on exactly these lists and on no other."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Cells = NDArray[np.int64]


@dataclass(frozen=True)
class Histories:
    """lists: their names, list j being bit j of a pattern. counts: people by pattern; patterns > 0, counts > 0.

    notes: what was mended or left out in reading, in words.
    """

    lists: tuple[str, ...]
    counts: dict[int, int]
    notes: tuple[str, ...] = ()

    @property
    def seen(self) -> int:
        """People on at least one list."""
        return sum(self.counts.values())

    def on(self, *lists: int) -> int:
        """People named by all of these lists."""
        mask = sum(1 << j for j in set(lists))
        return sum(n for pattern, n in self.counts.items() if pattern & mask == mask)

    def full(self) -> Floats:
        """Counts of the patterns 1 ... 2^J - 1 in order, [2^J - 1]."""
        found = np.zeros((1 << len(self.lists)) - 1)
        for pattern, n in self.counts.items():
            found[pattern - 1] = n
        return found

    def without(self, gone: int) -> Histories:
        """The same people, list `gone` left out; who stood on it alone is no longer seen."""
        counts: dict[int, int] = {}
        low = (1 << gone) - 1
        for pattern, n in self.counts.items():
            if kept := (pattern & low) | (pattern >> gone + 1 << gone):
                counts[kept] = counts.get(kept, 0) + n
        return Histories(self.lists[:gone] + self.lists[gone + 1:], counts, self.notes)

    def named(self, pattern: int) -> str:
        """The lists of a pattern, as EXH:HRW."""
        return ":".join(name for j, name in enumerate(self.lists) if pattern >> j & 1)
