"""Persons decided over whole groups of rows: what a third row says about the first two.

Rows joined by pairs that may be one person form a group. Inside it every way of sorting the rows into persons is
weighed, and the probability that two rows are one person is the weight of the ways that put them together. So an
undated report that fits two brothers equally belongs to neither for sure, and two damaged reports that hardly resemble
each other meet through a third.

A set of rows weighs what the best order of joining them one by one gathers: each newcomer adds its mean log odds to the
rows already there. Up to MOST rows (or knots of rows that are beyond doubt one person) this is exact; in a larger group
the weakest ties are cut first, and a pair whose tie was cut is never more than an even chance.

Method: our own; weighing partitions goes back to correlation clustering (N. Bansal, A. Blum, S. Chawla, Machine Learning
56, 2004, doi:10.1023/B:MACH.0000033116.57574.95); subsets are weighed as in dynamic programming over sets.
"""
from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from bearwitness.link.people.columns import Floats, Ints

MOST = 7
TIE = -4.6            # log odds from which two rows belong to one group (a chance of one in a hundred)
KNOT, HOLDS = 9.0, 3.0
NEVER = -1e4
_BATCH = 4096


def labels(count: int, left: Ints, right: Ints) -> Ints:
    """Connected components: the lowest row of each row's component."""
    label = np.arange(count)
    while left.size:
        low = np.minimum(label[left], label[right])
        np.minimum.at(label, label[left], low)
        np.minimum.at(label, label[right], low)
        while True:
            further = label[label]
            if np.array_equal(further, label):
                break
            label = further
        open_ends = label[left] != label[right]
        left, right = left[open_ends], right[open_ends]
    return label


def all_within(label: Ints) -> tuple[Ints, Ints, Ints]:
    """Every pair of rows (low, high) that bear one label, and that label."""
    order = np.argsort(label, kind="stable")
    named = label[order]
    starts = np.flatnonzero(np.r_[True, named[1:] != named[:-1]]) if named.size else np.zeros(0, np.int64)
    sizes = np.diff(np.r_[starts, len(named)])
    from bearwitness.link.people.candidates import within
    both = within(order, starts[sizes > 1], sizes[sizes > 1], len(label))
    low, high = both // max(len(label), 1), both % max(len(label), 1)
    return low, high, label[low]


@dataclass(slots=True)
class Ties:
    """All pairs inside groups, with their log odds: left < right, rows; odds."""

    left: Ints
    right: Ints
    odds: Floats


def knots(count: int, ties: Ties) -> Ints:
    """Rows that are beyond doubt one person, as the lowest row of each knot. Must-links count as odds above KNOT * 2."""
    strong = ties.odds >= KNOT
    knot = labels(count, ties.left[strong], ties.right[strong])
    inside = knot[ties.left] == knot[ties.right]
    weakest = np.full(count, np.inf)
    np.minimum.at(weakest, knot[ties.left[inside]], ties.odds[inside])
    doubtful = weakest[knot] < HOLDS
    sure = ties.odds >= KNOT * 1e3      # judged by people: they hold whatever the rows say
    alone = labels(count, ties.left[sure], ties.right[sure])
    return np.where(doubtful, alone, knot)


@cache
def partitions(size: int) -> tuple[Floats, Ints]:
    """Every way to sort `size` things: which sets it holds (ways, 2 ** size), and which pairs it joins (ways, pairs)."""
    ways: list[list[int]] = [[]]
    for thing in range(size):
        bit = 1 << thing
        ways = [[*way[:at], way[at] | bit, *way[at + 1:]] for way in ways for at in range(len(way))] \
            + [[*way, bit] for way in ways]
    pairs = [(a, b) for a in range(size) for b in range(a + 1, size)]
    holds = np.zeros((len(ways), 1 << size))
    joins = np.zeros((len(ways), len(pairs)), np.int64)
    for at, way in enumerate(ways):
        for block in way:
            holds[at, block] = 1
            for number, (a, b) in enumerate(pairs):
                joins[at, number] |= (block >> a & 1) & (block >> b & 1)
    return holds, joins


def set_weights(sums: Floats, rows: Floats) -> Floats:
    """Weight of every subset of each group, shape (groups, 2 ** size).

    sums: (groups, size, size), sum of log odds between the rows of two knots. rows: (groups, size), rows of each knot.
    """
    groups, size = rows.shape
    out = np.zeros((groups, 1 << size))
    to_set = np.zeros((groups, 1 << size, size))
    held = np.zeros((groups, 1 << size))
    for mask in range(1, 1 << size):
        top = mask.bit_length() - 1
        rest = mask ^ (1 << top)
        to_set[:, mask] = to_set[:, rest] + sums[:, top]
        held[:, mask] = held[:, rest] + rows[:, top]
        if rest == 0:
            continue
        best = np.full(groups, -np.inf)
        for last in range(size):
            if mask >> last & 1:
                before = mask ^ (1 << last)
                np.maximum(best, out[:, before] + to_set[:, before, last] / (held[:, before] * rows[:, last]), out=best)
        out[:, mask] = best
    return out


def weigh(sums: Floats, rows: Floats) -> tuple[Floats, Ints]:
    """Probability that each pair of knots is one person (groups, pairs), and the likeliest way (groups)."""
    size = rows.shape[1]
    holds, joins = partitions(size)
    together = np.zeros((len(rows), joins.shape[1]))
    best = np.zeros(len(rows), np.int64)
    for start in range(0, len(rows), _BATCH):
        part = slice(start, start + _BATCH)
        score = set_weights(sums[part], rows[part]) @ holds.T
        best[part] = score.argmax(axis=1)
        score -= score.max(axis=1, keepdims=True)
        np.exp(score, out=score)
        score /= score.sum(axis=1, keepdims=True)
        together[part] = score @ joins
    return together, best
