"""Persons decided over whole groups of rows: what a third row says about the first two.

Rows joined by pairs that may be one person form a group. Inside it every way of sorting the rows into persons is
weighed, and the probability that two rows are one person is the weight of the ways that put them together. So an
undated report that fits two brothers equally belongs to neither for sure, and two damaged reports that hardly resemble
each other meet through a third.

A set of rows weighs what the best order of joining them one by one gathers. A newcomer is held against all rows of the
set at once, field by field, and the row that says most alike counts: a report without an age fits two brothers, but it
cannot make one person of them, since their ages still differ. Up to MOST rows (or knots of rows that are beyond doubt
one person) this is exact; in a larger group the weakest ties are cut first, and a pair whose tie was cut is never more
than an even chance.

Method: our own; weighing partitions goes back to correlation clustering (N. Bansal, A. Blum, S. Chawla, Machine Learning
56, 2004, doi:10.1023/B:MACH.0000033116.57574.95); subsets are weighed as in dynamic programming over sets.
"""
from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import groupby

import numpy as np

from bearwitness.link.people.columns import Floats, Ints

MOST = 7
TIE = -4.6            # log odds from which two rows belong to one group (a chance of one in a hundred)
KNOT, HOLDS = 9.0, 3.0
NEVER = -1e4
Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


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


def knots(count: int, left: Ints, right: Ints, odds: Floats, judged: Ints) -> Ints:
    """Rows that are beyond doubt one person, as the lowest row of each knot. judged: 1 same, -1 different, 0 neither."""
    strong = (odds >= KNOT) & (judged == 0) | (judged > 0)
    knot = labels(count, left[strong], right[strong])
    inside = knot[left] == knot[right]
    weakest = np.full(count, np.inf)
    weight = np.where(judged > 0, KNOT, np.where(judged < 0, -KNOT, odds))
    np.minimum.at(weakest, knot[left[inside]], weight[inside])
    doubtful = weakest[knot] < HOLDS
    sure = judged > 0      # judged by people: they hold whatever the rows say
    return np.where(doubtful, labels(count, left[sure], right[sure]), knot)


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


Gains = Callable[[list[tuple[int, int]]], Floats]


def set_weights(groups: int, size: int, gains: Gains) -> Floats:
    """Weight of every subset of each group, shape (groups, 2 ** size).

    gains: given (set, newcomer) questions, answers the log odds that the newcomer is the person of the set, shape
    (groups, questions); a set is a bit mask, a newcomer a place.
    """
    out = np.zeros((groups, 1 << size))
    asked = [(mask ^ (1 << last), last) for mask in range(3, 1 << size) if mask & (mask - 1)
             for last in range(size) if mask >> last & 1]
    answer = gains(asked)
    for mask, run in groupby(range(len(asked)), key=lambda at: asked[at][0] | 1 << asked[at][1]):
        out[:, mask] = np.max([out[:, asked[at][0]] + answer[:, at] for at in run], axis=0)
    return out


def weigh(groups: int, size: int, gains: Gains) -> tuple[Floats, Ints]:
    """Probability that each pair of knots is one person (groups, pairs), and the likeliest way (groups)."""
    holds, joins = partitions(size)
    score = set_weights(groups, size, gains) @ holds.T
    best = score.argmax(axis=1)
    score -= score.max(axis=1, keepdims=True)
    np.exp(score, out=score)
    score /= score.sum(axis=1, keepdims=True)
    return score @ joins, best
