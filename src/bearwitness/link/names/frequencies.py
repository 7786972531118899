"""How rare a part of a name is, counted in the very lists at hand, one class for all its spellings.

A shared rare name tells more than a shared Muhammad. Classes: the well-known name a spelling stands for, else its skeleton,
so that محمد and Mohammad are counted together and Hassan and Hussein are not.
"""
from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bearwitness.link.names.known import known
from bearwitness.link.names.sounds import skeleton


def name_class(part: str) -> str:
    """The class a part is counted in: `=muhammad` for a well-known name, a skeleton for others; '' where empty."""
    name = known(part)
    return f"={name}" if name else skeleton(part)


@dataclass(frozen=True, slots=True)
class Frequencies:
    """counts: class -> how many cells. total: cells that were not empty."""

    counts: Mapping[str, int]
    total: int

    @classmethod
    def of(cls, parts: Iterable[str]) -> Frequencies:
        """Counted over the cells of one column, or of several lists together. Empty cells are left out."""
        counts: Counter[str] = Counter()
        for text, times in Counter(parts).items():
            if found := name_class(text):
                counts[found] += times
        return cls(dict(counts), sum(counts.values()))

    def share(self, part: str) -> float:
        """The share of cells with this name, in (0, 1]; of a name never seen, that of half a cell."""
        return max(self.counts.get(name_class(part), 0), 0.5) / max(self.total, 1) if self.total else 1.0

    def weight(self, part: str) -> float:
        """Evidence of two people sharing this name by chance, as log2(1 / share) [bit]; 0 for an empty part."""
        return math.log2(1 / min(1.0, self.share(part))) if part else 0.0

    def shares(self, vocabulary: Iterable[str]) -> NDArray[np.float64]:
        """`share` of each string of a vocabulary, float64."""
        return np.array([self.share(text) for text in vocabulary])
