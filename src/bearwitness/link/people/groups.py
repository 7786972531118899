"""From weighed pairs to probabilities within groups, group by group, many groups at once (`joint.py`, `profiles.py`)."""
from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from bearwitness.link.people.columns import Floats, Ints
from bearwitness.link.people.joint import KNOT, MOST, TIE, Flags, all_within, knots, labels, partitions, weigh
from bearwitness.link.people.learn import Model, Pairs, log_odds
from bearwitness.link.people.partners import APART, BETWEEN
from bearwitness.link.people.profiles import BLANK, Profile, between_knots

_STEPS = (-2.0, 0.0, 2.0, 4.0, 6.0, KNOT)
_BATCH = {2: 1 << 17, 3: 1 << 15, 4: 1 << 14, 5: 1 << 12, 6: 1 << 10, 7: 1 << 8}
CLIP = 30.0
LARGEST = 60           # rows of one group


@dataclass(slots=True)
class Grouped:
    """All pairs of rows inside groups, as given: probability in 0..1; together: in the likeliest sorting.

    exact: False where ties were cut to keep a group small.
    """

    probability: Floats
    together: Flags
    exact: Flags


def tied(count: int, left: Ints, right: Ints, odds: Floats) -> tuple[Ints, Ints, Ints]:
    """Every pair of rows that one group holds (low, high), and where it stands among the given pairs (-1: not there)."""
    low, high, _ = all_within(_bounded(count, left, right, odds))
    given = left.astype(np.int64) * count + right
    order = np.argsort(given, kind="stable")
    wanted = low * count + high
    if not len(given):
        return low, high, np.full(len(low), -1)
    at = np.minimum(np.searchsorted(given[order], wanted), len(given) - 1)
    return low, high, np.where(given[order][at] == wanted, order[at], -1)


def _bounded(count: int, left: Ints, right: Ints, odds: Floats) -> Ints:
    """Groups of at most LARGEST rows: in a larger one (a chain of like rows through a whole city) weak ties hold nobody."""
    close = odds > TIE
    label = labels(count, left[close], right[close])
    for limit in (*_STEPS, *(2.0 * KNOT, 3.0 * KNOT)):
        large = np.bincount(label, minlength=count) > LARGEST
        if not large.any():
            break
        close &= ~large[label[left]] | (odds > limit)
        label = labels(count, left[close], right[close])
    alone = (np.bincount(label, minlength=count) > 10 * LARGEST)[label]
    return np.where(alone, np.arange(count), label)


def group(count: int, model: Model, pairs: Pairs, odds: Floats, judged: Ints, free: Ints,
          doubt: Floats) -> Grouped:
    """Weigh every group. pairs: all pairs of rows inside groups. judged: 1 same, -1 different, 0 not judged. free: APART for
    two rows of one list that is free of repeats, BETWEEN for rows of two such lists, else 0. doubt: chance they are not.

    What is between lists is weighed as if nobody stood twice in such a list, what is within one as if somebody might; the
    first is mixed with the second by the doubt. In groups too large to weigh, the odds between such lists are those after
    competition (`partners.compete`)."""
    probability = 1 / (1 + np.exp(-np.clip(odds, -CLIP, CLIP)))
    knot = knots(count, pairs.left, pairs.right, np.where(free == APART, np.minimum(odds, KNOT - 1), odds), judged)
    a, b = knot[pairs.left], knot[pairs.right]
    together = a == b
    whole = np.ones(len(a), bool)
    open_ends = np.flatnonzero(~together)
    if open_ends.size:
        low, high = np.minimum(a[open_ends], b[open_ends]), np.maximum(a[open_ends], b[open_ends])
        both, back = np.unique(low.astype(np.int64) * count + high, return_inverse=True)
        def told(rows: Flags) -> Flags:
            out = np.zeros(len(both), bool)
            out[back[rows[open_ends]]] = True
            return out
        barred, apart, between = told(judged < 0), told((free == APART) & (judged <= 0)), ~told(free != BETWEEN)
        rival = np.full(len(both), -CLIP)
        np.maximum.at(rival, back, odds[open_ends])
        found = _Knots(both // count, both % count, *between_knots(pairs.take(open_ends), back, len(both)), barred, apart,
                       between, rival)
        chance, joined, exact = found.weigh(count, model)
        way = (free[open_ends] == APART).astype(np.int64)
        probability[open_ends], together[open_ends] = chance[way, back], joined[way, back]
        probability[open_ends] += doubt[open_ends] * (chance[1, back] - probability[open_ends])
        whole[open_ends] = exact[back]
    return Grouped(probability, together, whole)


@dataclass(slots=True)
class _Knots:
    """Pairs of knots, and what stands between them. barred: judged different. apart: they hold rows of one list free of
    repeats. between: all their rows stand in two such lists. rival: the greatest odds after competition."""

    left: Ints
    right: Ints
    levels: dict[str, Ints]
    rarity: dict[str, Floats]
    stratum: Ints
    barred: Flags
    apart: Flags
    between: Flags
    rival: Floats

    def weigh(self, count: int, model: Model) -> tuple[Floats, Flags, Flags]:
        """Probability and together of each pair of knots (two ways: nobody stands twice in a list free of repeats; somebody
        may), and exact."""
        plain: dict[str, Ints] = {k: np.where(v == BLANK, -1, v).astype(np.int8) for k, v in self.levels.items()}
        odds = log_odds(model, Pairs(self.left, self.right, self.stratum, plain,
                                     {k: v.astype(np.float32) for k, v in self.rarity.items()}))
        odds[self.barred] = -CLIP
        piece = pieces(count, self.left, self.right, np.minimum(odds, self.rival))
        exact = piece[self.left] == piece[self.right]
        cut = np.where(exact, 0.0, np.minimum(0.5, 1 / (1 + np.exp(-np.clip(self.rival, -CLIP, CLIP)))))
        chance, joined = np.stack([cut, cut]), np.zeros((2, len(odds)), bool)
        inside = np.flatnonzero(exact)
        if inside.size:
            self._weigh(model, piece, inside, odds, chance, joined)
        within = labels(count, self.left, self.right)
        members = np.unique(np.concatenate([self.left, self.right]))
        over = self.between & ~self.apart & (np.bincount(within[members], minlength=count) > MOST)[within[self.left]]
        chance[0, over] = 1 / (1 + np.exp(-np.clip(self.rival[over], -CLIP, CLIP)))
        joined[0, over] = self.rival[over] > 0
        return chance, joined, exact

    def _weigh(self, model: Model, piece: Ints, inside: Ints, odds: Floats, chance: Floats, joined: Flags) -> None:
        members = np.unique(np.concatenate([self.left[inside], self.right[inside]]))
        order = members[np.argsort(piece[members], kind="stable")]
        named = piece[order]
        starts = np.flatnonzero(np.r_[True, named[1:] != named[:-1]])
        size = np.diff(np.r_[starts, len(named)])
        place, number = np.zeros(len(piece), np.int64), np.zeros(len(piece), np.int64)
        place[order] = np.arange(len(order)) - np.repeat(starts, size)
        number[order] = np.repeat(np.arange(len(starts)), size)
        of_pair = number[self.left[inside]]
        for many in np.unique(size).tolist():
            which = np.flatnonzero(size == many)
            for start in range(0, len(which), _BATCH[many]):
                local = np.full(len(starts), -1)
                batch = which[start:start + _BATCH[many]]
                local[batch] = np.arange(len(batch))
                at = inside[local[of_pair] >= 0]
                g, x, y = local[number[self.left[at]]], place[self.left[at]], place[self.right[at]]
                low, high = np.minimum(x, y), np.maximum(x, y)
                pair = low * (2 * many - low - 1) // 2 + high - low - 1
                for way, barred in enumerate((self.barred | self.apart, self.barred)):
                    if way and not self.apart[at].any():
                        chance[1, at], joined[1, at] = chance[0, at], joined[0, at]
                        continue
                    profile = self._profile(len(batch), many, at, g, x, y, odds, barred)
                    together, best = weigh(len(batch), many, partial(profile.answer, model))
                    chance[way, at], joined[way, at] = together[g, pair], partitions(many)[1][best[g], pair] > 0

    def _profile(self, groups: int, size: int, at: Ints, g: Ints, x: Ints, y: Ints, odds: Floats,
                 barred: Flags) -> Profile:
        def square(values: Any, empty: float, kind: type) -> Any:
            table: Any = np.full((groups, size, size), empty, kind)
            table[g, x, y] = table[g, y, x] = values[at]
            return table
        return Profile({k: square(v, BLANK, np.int8) for k, v in self.levels.items()},
                       {k: square(v, 0.0, np.float32) for k, v in self.rarity.items()},
                       square(self.stratum, 0, np.int32), square(barred, False, np.bool_),
                       square(odds, 0.0, np.float64))


def pieces(count: int, left: Ints, right: Ints, odds: Floats) -> Ints:
    """Pieces of at most MOST knots: the group itself where it is small, else what is left when weak ties are cut."""
    kept = np.ones(len(left), bool)
    piece = labels(count, left, right)
    members = np.unique(np.concatenate([left, right]))
    for limit in _STEPS:
        large = np.bincount(piece[members], minlength=count) > MOST
        if not large.any():
            break
        kept &= ~large[piece[left]] | (odds > limit)
        piece = labels(count, left[kept], right[kept])
    large = np.bincount(piece[members], minlength=count) > MOST
    if large.any():
        kept &= ~large[piece[left]]
        piece = labels(count, left[kept], right[kept])
    return piece
