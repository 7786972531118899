"""How many people at least and at most, given the pairs that are still in doubt, and which doubt matters most.

At most: every doubtful pair is two people. At least: the doubtful pairs joined wherever that contradicts nothing; rows
found to be different are never joined by way of a third. Both are exact where a knot of doubt has up to MOST persons. In
a larger one people no two of whom may be one are picked greedily: there are at least so many. Where a greedy joining comes
down to the same number it is exact; else the lower end is a bound that can only be too low, and is said to be one.
"""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from bearwitness.link.people.columns import Ints
from bearwitness.link.people.joint import labels

MOST = 9
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Range:
    """low, high: people. exact: whether the lower end is the true minimum or only a bound below it."""

    low: int
    high: int
    exact: bool

    @property
    def width(self) -> int:
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Effect:
    """What answering one doubtful pair does to the width of the range: if same, and if different [people].

    exact: False where the knot of doubt is too large to try every way; the figures are then the least that is sure."""

    if_same: int
    if_different: int
    exact: bool

    def expected(self, probability: float) -> float:
        """By how much the range narrows on average, when the pair is one person with this probability [people]."""
        return probability * self.if_same + (1 - probability) * self.if_different


def fewest(count: int, doubtful: Iterable[Pair]) -> tuple[int, bool]:
    """The least number of persons among `count` (0-based) when only doubtful pairs may be joined; and whether it is exact.

    A set of persons may be one only if all its pairs are doubtful: a cover by cliques, tried in order of size.
    """
    near = [0] * count
    for a, b in doubtful:
        near[a] |= 1 << b
        near[b] |= 1 << a
    if count > MOST:
        least = len(different(near))
        return least, least == _joined_greedily(near)
    best = count

    def place(node: int, cliques: list[int]) -> None:
        nonlocal best
        if len(cliques) >= best:
            return
        if node == count:
            best = len(cliques)
            return
        for at, clique in enumerate(cliques):
            if clique & near[node] == clique:
                cliques[at] = clique | 1 << node
                place(node + 1, cliques)
                cliques[at] = clique
        place(node + 1, [*cliques, 1 << node])

    place(0, [])
    return best, True


def different(near: list[int]) -> list[int]:
    """People no two of whom may be one, as many as picking those with fewest doubts first finds. near: doubts, as bits."""
    free, found = (1 << len(near)) - 1, []
    for node in sorted(range(len(near)), key=lambda at: (near[at].bit_count(), at)):
        if free >> node & 1:
            found.append(node)
            free &= ~near[node]
    return found


def _joined_greedily(near: list[int]) -> int:
    """How many persons are left when each is joined to the first set it may belong to."""
    cliques: list[int] = []
    for node in sorted(range(len(near)), key=lambda at: (near[at].bit_count(), at)):
        for at, clique in enumerate(cliques):
            if clique & near[node] == clique:
                cliques[at] = clique | 1 << node
                break
        else:
            cliques.append(1 << node)
    return len(cliques)


def knots(persons: Ints, left: Ints, right: Ints) -> list[tuple[list[int], list[Pair]]]:
    """Groups of persons that doubtful pairs hold together, with those pairs, as (persons, pairs of their places)."""
    a, b = persons[left], persons[right]
    low, high = np.minimum(a, b), np.maximum(a, b)
    kept = low != high
    both = np.unique(low[kept].astype(np.int64) * len(persons) + high[kept])
    low, high = both // len(persons), both % len(persons)
    label = labels(len(persons), low, high)
    found: dict[int, tuple[dict[int, int], list[Pair]]] = {}
    for x, y, group in zip(low.tolist(), high.tolist(), label[low].tolist(), strict=True):
        places, pairs = found.setdefault(group, ({}, []))
        pairs.append((places.setdefault(x, len(places)), places.setdefault(y, len(places))))
    return [(list(places), pairs) for places, pairs in found.values()]


def spread(persons: Ints, left: Ints, right: Ints) -> Range:
    """Range of the number of people among rows. persons: the person of each row; left, right: rows of doubtful pairs."""
    high = len(np.unique(persons))
    low, exact = high, True
    for members, pairs in knots(persons, left, right):
        least, sure = (1, True) if len(members) == 2 else fewest(len(members), pairs)
        low -= len(members) - least
        exact &= sure
    return Range(low, high, exact)


def effects(persons: Ints, left: Ints, right: Ints) -> list[Effect]:
    """The effect of each doubtful pair on the width, in the order given."""
    by_pair: dict[Pair, Effect] = {}
    for members, pairs in knots(persons, left, right):
        for pair, effect in zip(pairs, _of_knot(len(members), pairs), strict=True):
            by_pair[_named(members, pair)] = effect
    nothing = Effect(0, 0, True)
    return [by_pair.get((min(a, b), max(a, b)), nothing)
            for a, b in zip(persons[left].tolist(), persons[right].tolist(), strict=True)]


def _named(members: list[int], pair: Pair) -> Pair:
    a, b = members[pair[0]], members[pair[1]]
    return (min(a, b), max(a, b))


def _of_knot(count: int, pairs: list[Pair]) -> list[Effect]:
    if count == 2:
        return [Effect(1, 1, True)]
    if count > MOST:
        return [Effect(1, 0, False)] * len(pairs)
    width = count - fewest(count, pairs)[0]
    out = []
    for pair in pairs:
        apart = count - fewest(count, [other for other in pairs if other != pair])[0]
        merged, size = _merge(count, pairs, pair)
        joined = size - fewest(size, merged)[0]
        out.append(Effect(width - joined, width - apart, True))
    return out


def _merge(count: int, pairs: list[Pair], joined: Pair) -> tuple[list[Pair], int]:
    """The knot once a pair is one person: others stay doubtful with it only if they were with both."""
    keep, gone = joined
    place = {old: new for new, old in enumerate(node for node in range(count) if node != gone)}
    held = {frozenset(pair) for pair in pairs}
    out = []
    for a, b in combinations(place, 2):
        ends = {a, b}
        if frozenset(ends) not in held:
            continue
        if keep in ends and frozenset({(ends - {keep}).pop(), gone}) not in held:
            continue
        out.append((place[a], place[b]))
    return out, count - 1
