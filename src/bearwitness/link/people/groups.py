"""From log odds of pairs to probabilities within groups, group by group, many groups at once (`joint.py`)."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bearwitness.link.people.columns import Floats, Ints
from bearwitness.link.people.joint import KNOT, MOST, NEVER, TIE, Ties, all_within, knots, labels, partitions, weigh

_STEPS = (-2.0, 0.0, 2.0, 4.0, 6.0, KNOT)
CLIP = 30.0


@dataclass(slots=True)
class Grouped:
    """All pairs of rows inside groups: left < right; probability in 0..1; together: in the likeliest sorting.

    exact: False where ties were cut to keep a group small.
    """

    left: Ints
    right: Ints
    probability: Floats
    together: np.ndarray[tuple[int], np.dtype[np.bool_]]
    exact: np.ndarray[tuple[int], np.dtype[np.bool_]]


def tied(count: int, left: Ints, right: Ints, odds: Floats) -> tuple[Ints, Ints, Ints]:
    """Every pair of rows that one group holds (low, high), and where it stands among the given pairs (-1: not there)."""
    close = odds > TIE
    low, high, _ = all_within(labels(count, left[close], right[close]))
    given = left.astype(np.int64) * count + right
    order = np.argsort(given, kind="stable")
    wanted = low * count + high
    at = np.searchsorted(given[order], wanted)
    at = np.minimum(at, max(len(given) - 1, 0))
    found = given[order][at] == wanted if len(given) else np.zeros(0, bool)
    return low, high, np.where(found, order[at] if len(given) else -1, -1)


def group(count: int, ties: Ties) -> Grouped:
    """Weigh every group."""
    odds = np.where(np.abs(ties.odds) > CLIP * 2, ties.odds, np.clip(ties.odds, -CLIP, CLIP))
    ties = Ties(ties.left, ties.right, odds)
    knot = knots(count, ties)
    a, b = knot[ties.left], knot[ties.right]
    probability = 1 / (1 + np.exp(-np.clip(ties.odds, -CLIP, CLIP)))
    together = a == b
    between = np.flatnonzero(~together)
    if not between.size:
        return Grouped(ties.left, ties.right, probability, together, np.ones(len(a), bool))
    low, high = np.minimum(a[between], b[between]), np.maximum(a[between], b[between])
    both, back = np.unique(low.astype(np.int64) * count + high, return_inverse=True)
    sums: Floats = np.bincount(back, weights=np.maximum(ties.odds[between], NEVER)).astype(np.float64)
    times = np.bincount(back)
    rows: Floats = np.bincount(knot, minlength=count).astype(np.float64)
    left, right = both // count, both % count
    mean: Floats = sums / times
    piece, exact = _pieces(count, left, right, mean)
    chance = np.where(exact, 0.0, np.minimum(0.5, 1 / (1 + np.exp(-np.clip(mean, -CLIP, CLIP)))))
    joined = np.zeros(len(both), bool)
    same = piece[left] == piece[right]
    at = np.flatnonzero(same)
    chance[at], joined[at] = _weigh_pieces(piece, rows, left[at], right[at], sums[at])
    probability[between], together[between] = chance[back], joined[back]
    whole = np.ones(len(a), bool)
    whole[between] = (exact | same)[back]
    return Grouped(ties.left, ties.right, probability, together, whole)


def _pieces(count: int, left: Ints, right: Ints, mean: Floats) -> tuple[Ints, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Pieces of at most MOST knots: the group itself where it is small, else what is left when weak ties are cut."""
    kept = mean > -np.inf
    piece = labels(count, left, right)
    members = np.unique(np.concatenate([left, right]))
    for limit in _STEPS:
        large = np.bincount(piece[members], minlength=count) > MOST
        if not large.any():
            break
        kept &= ~large[piece[left]] | (mean > limit)
        piece = labels(count, left[kept], right[kept])
    large = np.bincount(piece[members], minlength=count) > MOST
    if large.any():
        kept &= ~large[piece[left]]
        piece = labels(count, left[kept], right[kept])
    return piece, piece[left] == piece[right]


def _weigh_pieces(piece: Ints, rows: Floats, left: Ints, right: Ints, sums: Floats) \
        -> tuple[Floats, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Chance of each pair inside its piece, and whether the likeliest sorting joins it."""
    chance, joined = np.zeros(len(left)), np.zeros(len(left), bool)
    members = np.unique(np.concatenate([left, right]))
    order = members[np.argsort(piece[members], kind="stable")]
    named = piece[order]
    starts = np.flatnonzero(np.r_[True, named[1:] != named[:-1]])
    size = np.diff(np.r_[starts, len(named)])
    place = np.zeros(len(piece), np.int64)
    place[order] = np.arange(len(order)) - np.repeat(starts, size)
    number = np.zeros(len(piece), np.int64)
    number[order] = np.repeat(np.arange(len(starts)), size)
    for many in np.unique(size):
        which = np.flatnonzero(size == many)
        local = np.full(len(starts), -1)
        local[which] = np.arange(len(which))
        at = np.flatnonzero(local[number[left]] >= 0)
        g, x, y = local[number[left[at]]], place[left[at]], place[right[at]]
        table = np.zeros((len(which), many, many))
        table[g, x, y] = table[g, y, x] = sums[at]
        weight = rows[order[starts[which][:, None] + np.arange(many)]]
        together, best = weigh(table, weight)
        lo, hi = np.minimum(x, y), np.maximum(x, y)
        pair = lo * (2 * many - lo - 1) // 2 + hi - lo - 1
        chance[at] = together[g, pair]
        joined[at] = partitions(int(many))[1][best[g], pair] > 0
    return chance, joined
