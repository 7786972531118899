"""One field of all rows as numpy columns: how alike two rows are in it, as a level, and how rare that is.

A level is a small whole number: 0 the same, then less and less alike; -1 where one of the two says nothing. Every
column knows `unshared`, the share of each level between rows that have nothing to do with each other, computed from how
often each value is written (never from a sample of rows, so that the order of rows changes nothing). `rarity` says how
much more than its level a pair of values tells: to share a rare name is more than to share a common one; a misspelling
that nobody else writes is less likely to be another name.

Method: I. Fellegi, A. Sunter, JASA 64, 1969, doi:10.1080/01621459.1969.10501049 (levels and value-specific weights).
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

Ints = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.float64]
MISSING = -1
_PROBES, _WORDS = 240, 12_000     # how many spellings are held against how many, to learn what chance does
_CHUNK = 1 << 20
_LEAST = 1e-7


@dataclass(slots=True)
class Text:
    """Words that are misspelt: names, places.

    words: sorted, distinct normal forms, the empty one first. code: index into words per row, int32.
    key: class of the consonant skeleton per row, MISSING where nothing is written. share: of the rows that say
    something, those with this word. unshared: [4]. near: mean number of words at each level from a written word [4].
    """

    words: npt.NDArray[Any]
    code: Ints
    classes: Ints
    share: Floats
    unshared: Floats
    near: Floats

    LEVELS = ("the same", "nearly the same", "alike", "different")

    @property
    def key(self) -> Ints:
        return np.where(self.code > 0, self.classes[self.code], MISSING)

    @property
    def exact(self) -> Ints:
        return np.where(self.code > 0, self.code, MISSING)

    def levels(self, left: Ints, right: Ints) -> Ints:
        """Levels of pairs of rows, int8."""
        a, b = self.code[left], self.code[right]
        out = np.zeros(len(a), np.int8)
        out[(a == 0) | (b == 0)] = MISSING
        todo = np.flatnonzero((a != b) & (out == 0))
        if todo.size:
            low, high = np.minimum(a[todo], b[todo]), np.maximum(a[todo], b[todo])
            both, back = np.unique(low.astype(np.int64) * len(self.words) + high, return_inverse=True)
            out[todo] = between(self.words, self.classes, both // len(self.words), both % len(self.words))[back]
        return out

    def rarity(self, left: Ints, right: Ints, level: Ints) -> Floats:
        """Natural logarithm of what the two values add to their level, where the field is shared."""
        a, b = self.share[self.code[left]], self.share[self.code[right]]
        out = np.zeros(len(a))
        same = level == 0
        out[same] = np.log(self.unshared[0] / a[same])
        for at in (1, 2):
            here = level == at
            out[here] = np.log(self.unshared[at] / (2 * max(self.near[at], 1e-3)) * (1 / a[here] + 1 / b[here]))
        return out


def between(words: npt.NDArray[Any], classes: Ints, a: Ints, b: Ints) -> Ints:
    """Levels of pairs of distinct words, by their codes, int8: one slip, two slips or one sound, or other words."""
    out = np.full(len(a), 3, np.int8)
    for start in range(0, len(a), _CHUNK):
        x, y = a[start:start + _CHUNK], b[start:start + _CHUNK]
        slips = process.cpdist(words[x], words[y], scorer=OSA.distance, score_cutoff=2, dtype=np.int8)
        part = out[start:start + _CHUNK]
        part[slips == 2] = 2
        part[(slips == 1) | ((slips > 1) & (classes[x] == classes[y]))] = 1
        part[slips == 0] = 0
    return out


def text(values: list[str], classes: dict[str, str]) -> Text:
    """A column from normal forms, one per row; classes: the skeleton of each form."""
    words = ["", *sorted(set(values) - {""})]
    code_of = {word: code for code, word in enumerate(words)}
    code = np.fromiter((code_of[value] for value in values), np.int32, len(values))
    skeletons = {name: number for number, name in enumerate(sorted(set(classes.values())))}
    group = np.fromiter((skeletons.get(classes.get(word, ""), 0) for word in words), np.int32, len(words))
    column = np.empty(len(words), object)
    column[:] = words
    counts = np.bincount(code, minlength=len(words)).astype(np.float64)
    counts[0] = 0
    total = max(counts.sum(), 1.0)
    unshared, near = _by_chance(column, group, counts / total)
    return Text(column, code, group, np.maximum(counts, 0.5) / total, unshared, near)


def _spread(count: int, most: int) -> Ints:
    """Up to `most` places spread evenly over `count`."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype(np.int64))


def _by_chance(words: npt.NDArray[Any], group: Ints, share: Floats) -> tuple[Floats, Floats]:
    """What two unconnected rows say: share of each level, and how many words stand at each level from a written one."""
    if len(words) < 2:
        return np.array([0.01, 0.01, 0.01, 0.97]), np.ones(4)
    order = np.cumsum(share)
    probes = np.searchsorted(order, (np.arange(_PROBES) + 0.5) / _PROBES * order[-1])
    probes = np.clip(probes, 1, len(words) - 1)
    others = 1 + _spread(len(words) - 1, _WORDS)
    scale = (len(words) - 1) / len(others)
    weight = share[others] / max(share[others].sum(), 1e-12)
    unshared, near = np.zeros(4), np.zeros(4)
    distinct, times = np.unique(probes, return_counts=True)
    for probe, times_met in zip(distinct, times, strict=True):
        level = between(words, group, np.full(len(others), probe), others)
        level[others == probe] = 0
        unshared += times_met * np.bincount(level, weights=weight, minlength=4)
        near += times_met * np.bincount(level, minlength=4) * scale
    unshared /= times.sum()
    unshared[0] = max(float((share ** 2).sum()), _LEAST)     # known exactly
    unshared[1:3] = np.maximum(unshared[1:3], _LEAST)
    unshared[3] = max(1 - unshared[:3].sum(), 0.01)
    return unshared / unshared.sum(), near / times.sum()


@dataclass(slots=True)
class Amount:
    """A number with a width: an age [years], a day [days since 1970-01-01]. low, high: NaN where nothing is said.

    edges: upper ends of the levels of the gap between two narrow values; two more levels follow for wide ones:
    overlapping, and apart. unshared: one share per level. wide: values broader than this are wide.
    """

    low: Floats
    high: Floats
    edges: Floats
    wide: float
    unshared: Floats

    def levels(self, left: Ints, right: Ints) -> Ints:
        return gaps(self.low[left], self.high[left], self.low[right], self.high[right], self.edges, self.wide)

    def rarity(self, left: Ints, right: Ints, level: Ints) -> Floats:
        return np.zeros(len(left))

    @property
    def middle(self) -> Ints:
        """The middle, whole, MISSING where nothing or only a wide span is said."""
        narrow = (self.high - self.low) <= self.wide
        value = np.where(narrow, (self.low + self.high) / 2, np.nan)
        return np.where(np.isnan(value), MISSING, np.floor(np.nan_to_num(value))).astype(np.int64)


def gaps(low_a: Floats, high_a: Floats, low_b: Floats, high_b: Floats, edges: Floats, wide: float) -> Ints:
    """Levels of pairs of spans."""
    gap = np.maximum(np.maximum(low_a - high_b, low_b - high_a), 0.0)
    level = np.searchsorted(edges, np.nan_to_num(gap), side="left").astype(np.int8)
    broad = np.maximum(high_a - low_a, high_b - low_b) > wide
    level[broad] = np.where(gap[broad] <= edges[1], len(edges) + 1, len(edges) + 2)
    level[np.isnan(gap)] = MISSING
    return level


def amount(low: Floats, high: Floats, edges: tuple[float, ...], wide: float) -> Amount:
    """A column of spans, with what chance does computed from all pairs of distinct values (up to 3,000 of them)."""
    bounds = np.array(edges, float)
    said = ~np.isnan(low)
    pairs, counts = np.unique(np.stack([low[said], high[said]]), axis=1, return_counts=True) if said.any() \
        else (np.zeros((2, 0)), np.zeros(0))
    if pairs.shape[1] > 3000:
        kept = _spread(pairs.shape[1], 3000)
        pairs, counts = pairs[:, kept], counts[kept]
    seen = np.full(len(edges) + 3, 0.5)
    weight = counts / max(counts.sum(), 1)
    total = 1e6
    for at in range(pairs.shape[1]):
        lone = np.full(pairs.shape[1], pairs[0, at]), np.full(pairs.shape[1], pairs[1, at])
        level = gaps(*lone, pairs[0], pairs[1], bounds, wide)
        seen += np.bincount(level, weights=weight * weight[at] * total, minlength=len(seen))
    return Amount(low, high, bounds, wide, seen / seen.sum())


@dataclass(slots=True)
class Choice:
    """A closed or coded answer: sex, incident. code: int per row, MISSING where nothing is said. unshared: [2]."""

    code: Ints
    share: Floats
    unshared: Floats
    weighs_rarity: bool

    LEVELS = ("the same", "different")

    def levels(self, left: Ints, right: Ints) -> Ints:
        a, b = self.code[left], self.code[right]
        return np.where((a < 0) | (b < 0), MISSING, (a != b).astype(np.int8)).astype(np.int8)

    def rarity(self, left: Ints, right: Ints, level: Ints) -> Floats:
        out = np.zeros(len(left))
        if self.weighs_rarity:
            same = level == 0
            out[same] = np.log(self.unshared[0] / self.share[self.code[left[same]]])
        return out


def choice(values: list[str], weighs_rarity: bool = True) -> Choice:
    names = {name: code for code, name in enumerate(sorted(set(values) - {""}))}
    code = np.fromiter((names.get(value, MISSING) for value in values), np.int32, len(values))
    counts = np.bincount(code[code >= 0], minlength=max(len(names), 1)).astype(np.float64)
    share = counts / max(counts.sum(), 1.0)
    same = float(np.clip((share ** 2).sum(), _LEAST, 0.999))
    return Choice(code, np.maximum(share, _LEAST), np.array([same, 1 - same]), weighs_rarity)
