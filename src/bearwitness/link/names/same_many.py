"""`same_name` for millions of pairs of persons: the same figure, without an object for each pair.

Every word of the shorter name is given to a word of the longer one, no two to the same, so that the weighted likeness is
greatest; off for parts left out and for a changed order. With four words at most there are 24 ways, and all are tried.
"""
from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from bearwitness.link.names.likeness import likeness_many
from bearwitness.link.names.parts import Name

GIVEN = 1.6         # weight of the first word against the others
LEFT_OUT = 0.06     # off for each part that only one of the names has, up to two
SWAPPED = 0.08      # off where the order differs
SINGLE = 0.8        # times this, where one name is a single word and the other is not
FIRST = 0.01        # off in choosing, where the first word is not matched with the first
WHOLE = 0.9         # names of unlike many words that agree so well run together were parted by a space too many
CHUNK = 200_000     # pairs at a time, so that memory stays bounded
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


def same_many(a: NDArray[np.integer], b: NDArray[np.integer], names: Sequence[Name]) -> NDArray[np.float32]:
    """`same_name(...).score` of names[a[k]] and names[b[k]], for persons.

    a, b: integers, shape (pairs,). Returns float32 (pairs,); NaN where one is no person or has no words.
    """
    vocabulary: dict[str, int] = {}
    table = np.full((len(names), 5), -1, np.int64)      # four words and the whole, as codes
    for row, name in enumerate(names):
        if name.kind == "person":
            for place, word in enumerate((*name.words, "".join(name.words))[-5:] if name.words else ()):
                slot = 4 if place == len(name.words) else place
                table[row, slot] = vocabulary.setdefault(word, len(vocabulary))
    words = list(vocabulary)
    left, right = np.asarray(a, np.int64), np.asarray(b, np.int64)
    result = np.full(len(left), np.nan, np.float32)
    for start in range(0, len(left), CHUNK):
        part = slice(start, start + CHUNK)
        result[part] = _chunk(table[left[part]], table[right[part]], words)
    return result


def _chunk(a: Whole, b: Whole, words: list[str]) -> NDArray[np.float32]:
    short, long = (a[:, :4] >= 0).sum(1), (b[:, :4] >= 0).sum(1)
    turned = short > long
    a, b = np.where(turned[:, None], b, a), np.where(turned[:, None], a, b)
    short, long = np.minimum(short, long), np.maximum(short, long)
    score = np.full(len(a), np.nan)
    for k in range(1, 5):
        for size in range(k, 5):
            rows = np.flatnonzero((short == k) & (long == size))
            if len(rows):
                score[rows] = _sized(a[rows], b[rows], k, size, words)
    return score.astype(np.float32)


def _sized(a: Whole, b: Whole, k: int, size: int, words: list[str]) -> Floats:
    """Pairs whose names have k and size words, k <= size."""
    left, right = np.repeat(a[:, :k], size, axis=1).ravel(), np.tile(b[:, :size], (1, k)).ravel()
    like = likeness_many(left, right, words).reshape(len(a), k, size).astype(np.float64)
    weight = np.array([GIVEN, 1.0, 1.0, 1.0])[:k]
    best, chosen = np.full(len(a), -np.inf), np.zeros(len(a))
    for taken in permutations(range(size), k):
        value = (like[:, range(k), taken] * weight).sum(1)
        swapped = SWAPPED if list(taken) != sorted(taken) else 0.0
        rank = value - swapped - (FIRST if taken[0] else 0.0)
        better = rank > best
        best = np.where(better, rank, best)
        chosen = np.where(better, value / weight.sum() - swapped, chosen)
    score = np.maximum(0.0, chosen - LEFT_OUT * min(size - k, 2))
    if k == 1 and size > 1:
        score *= SINGLE
    if size == k:
        return score
    whole = likeness_many(a[:, 4], b[:, 4], words)
    return np.where(whole >= WHOLE, np.maximum(score, whole), score)
