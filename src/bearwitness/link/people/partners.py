"""Nobody is matched twice: between two lists that are free of repeats a row has at most one partner, or none.

Candidates of one row compete. Every way of pairing rows of the two lists, each at most once, is weighed by the odds of its
pairs, and the chance of a pair is the weight of the ways that hold it: summed by belief propagation, which is exact where
the candidates form no ring and settles on one answer where they do. How many rows have a partner at all is learned along:
where nearly every row of two lists has one, a weak pair that nothing competes with is likely, and where few do, it is not.

Sources: O. Heilmann, E. Lieb, Theory of Monomer-Dimer Systems, Communications in Mathematical Physics 25, 1972,
doi:10.1007/BF01877590; M. Bayati, D. Gamarnik, D. Katz, C. Nair, P. Tetali, Simple Deterministic Approximation Algorithms
for Counting Matchings, STOC 2007, doi:10.1145/1250790.1250809 (the recursion converges on every graph).
"""
from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from bearwitness.link.people.columns import Floats, Ints
from bearwitness.link.people.learn import Model, Pairs
from bearwitness.link.people.table import Table
from bearwitness.link.people.zones import REPEATS

CLIP = 30.0
APART, BETWEEN = 1, 2
_TURNS, _ROUNDS, _ENOUGH = 30, 15, 1e-3
_SPARE = 0.02         # share of a list's rows that is always believed to have no partner [1]
_PER_ROW, _ANYHOW, _EVER = 20, 100_000, 2_000_000     # pairs of rows left over that are looked at: per row; least; most [1]


def competed(node_a: Ints, node_b: Ints, weight: Floats, message: tuple[Floats, Floats],
             turns: int = _TURNS) -> tuple[Floats, tuple[Floats, Floats]]:
    """Log odds of each edge when a node has at most one. node_a, node_b: ends of each edge, from 0. weight: log weight of
    each edge. message: log chance that an end is free but for this edge; as the last call gave it, or zeros."""
    a, b = message
    count = int(max(node_a.max(), node_b.max())) + 1 if len(node_a) else 0
    for _ in range(turns):
        next_a, next_b = _free(node_a, weight + b, count), _free(node_b, weight + a, count)
        moved = max(float(np.abs(next_a - a).max(initial=0)), float(np.abs(next_b - b).max(initial=0)))
        a, b = (a + next_a) / 2, (b + next_b) / 2
        if moved < _ENOUGH:
            break
    return weight + a + b, (a, b)


def _free(node: Ints, log_share: Floats, count: int) -> Floats:
    """Log chance that the node of each edge is free of all its other edges: -log(1 + sum of the others)."""
    share = np.exp(np.clip(log_share, -60, 60))
    top = np.zeros(count)
    np.maximum.at(top, node, share)
    is_top = share >= top[node]
    whole = np.bincount(node, weights=share, minlength=count)
    rest = np.bincount(node, weights=np.where(is_top, 0.0, share), minlength=count)     # no difference of like numbers
    tops = np.bincount(node, weights=is_top, minlength=count)
    others = np.where(is_top, rest[node] + (tops[node] - 1) * top[node], whole[node] - share)
    return np.asarray(-np.log1p(others), np.float64)


@dataclass(slots=True)
class Free:
    """Two lists free of repeats. stratum: number of their pairs. sizes: rows of each. paired: rows of one that have a
    partner in the other, as learned. doubt: chance that a row stands twice in its list after all, as estimated; 0 where both
    were declared free of repeats."""

    stratum: int
    sizes: tuple[int, int]
    paired: float
    doubt: float

    @property
    def gain(self) -> float:
        """What a pair that nothing competes with gains (log odds) over the odds by the number of pairs alone."""
        return sum(math.log(size / (size - self.paired + _SPARE * size + 1)) for size in self.sizes)


def free_lists(table: Table, model: Model, repeats: dict[str, float], declared: frozenset[str]) -> list[Free]:
    """Every two lists that are free of repeats: declared, or seen to be."""
    count, sizes = len(table.lists), table.sizes.tolist()
    clean = [at for at, name in enumerate(table.lists) if sizes[at] and (name in declared or repeats[name] < REPEATS)]
    return [Free(at * count + other, (sizes[at], sizes[other]),
                 min(float(model.numbers["same"][at * count + other]), sizes[at], sizes[other]),
                 max(repeats[table.lists[at]], repeats[table.lists[other]]))
            for at, other in combinations(clean, 2)]


def standing(free: list[Free], lists: int, stratum: Ints) -> tuple[Ints, Floats]:
    """Where the rows of each pair stand: APART for two of one list free of repeats, BETWEEN for two such lists, else 0; and
    the doubt of that."""
    kind, doubt = np.zeros(lists * lists, np.int8), np.zeros(lists * lists)
    for one in free:
        kind[one.stratum], doubt[one.stratum] = BETWEEN, one.doubt
        kind[[whose * (lists + 1) for whose in divmod(one.stratum, lists)]] = APART
    return np.asarray(kind[stratum], np.int8), np.asarray(doubt[stratum], np.float64)


def gains(free: list[Free], lists: int, stratum: Ints) -> Floats:
    """What each pair gained because nobody else is left for it (log odds); 0 where a list is not free of repeats."""
    gain = np.zeros(lists * lists)
    for one in free:
        gain[one.stratum] = one.gain
    return np.asarray(gain[stratum], np.float64)


def fit(model: Model, free: list[Free], pairs: Pairs, odds: Floats) -> tuple[Floats, Floats]:
    """Odds of the pairs, in which nothing competes, and those after competition. Learns how many rows have a partner:
    `free` and the numbers of the model are changed."""
    odds, found = odds.copy(), odds.copy()
    for one in free:
        at = np.flatnonzero(pairs.stratum == one.stratum)
        believed = float(model.numbers["same"][one.stratum])
        a, b = np.unique(pairs.left[at], return_inverse=True)[1], np.unique(pairs.right[at], return_inverse=True)[1]
        message = (np.zeros(len(at)), np.zeros(len(at)))
        for _ in range(_ROUNDS):
            more = math.log(one.paired / believed) + one.gain
            found[at], message = competed(a, b, np.clip(odds[at] + more, -CLIP, CLIP), message)
            before, one.paired = one.paired, min(float(chance(found[at]).sum()) + 0.5, *one.sizes)
            if abs(one.paired - before) < _ENOUGH * before:
                break
        odds[at] += more
        model.numbers["same"][one.stratum] *= math.exp(more)
    return odds, found


def compete(free: list[Free], pairs: Pairs, odds: Floats, judged: Ints) -> Floats:
    """Odds after competition. judged: 1 same, -1 different, 0 neither, per pair."""
    found = odds.copy()
    weight = np.where(judged > 0, CLIP, np.where(judged < 0, -CLIP, np.clip(odds, -CLIP, CLIP)))
    for one in free:
        at = np.flatnonzero(pairs.stratum == one.stratum)
        a, b = np.unique(pairs.left[at], return_inverse=True)[1], np.unique(pairs.right[at], return_inverse=True)[1]
        found[at] = competed(a, b, weight[at], (np.zeros(len(at)), np.zeros(len(at))))[0]
    return found


def without_partner(table: Table, free: list[Free], pairs: Pairs, odds: Floats) -> tuple[Ints, Ints]:
    """Pairs that no key found, of rows that have no partner yet: all of them, where they are few enough to look at."""
    count, found = len(table), [np.zeros(0, np.int64)]
    taken = pairs.left.astype(np.int64) * count + pairs.right
    for one in free:
        at = pairs.stratum == one.stratum
        sure = chance(odds[at])
        partner = np.bincount(pairs.left[at], sure, count) + np.bincount(pairs.right[at], sure, count)
        alone = [np.flatnonzero((table.whose == whose) & (partner < 0.5)) for whose in divmod(one.stratum, len(table.lists))]
        if len(alone[0]) * len(alone[1]) <= min(max(_ANYHOW, _PER_ROW * sum(one.sizes)), _EVER):
            found.append((np.repeat(alone[0], len(alone[1])) * count + np.tile(alone[1], len(alone[0]))).astype(np.int64))
    both = np.setdiff1d(np.concatenate(found), taken)
    return (both // count).astype(np.int32), (both % count).astype(np.int32)


def chance(odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -CLIP, CLIP))), np.float64)
