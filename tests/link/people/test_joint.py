"""Persons over whole groups of rows: sets of rows weighed together, held to direct enumeration."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.link.people.joint import labels, partitions, weigh
from bearwitness.link.people.spread import effects, fewest, spread

BELL = {1: 1, 2: 2, 3: 5, 4: 15, 5: 52, 6: 203, 7: 877}


@pytest.mark.parametrize("size", BELL)
def test_every_way_of_sorting_is_weighed_once(size: int) -> None:
    holds, _ = partitions(size)
    assert len(holds) == BELL[size] == len({tuple(way) for way in holds.tolist()})


def answers(odds: np.ndarray):
    """Gains where a newcomer counts by the row that fits it least: nobody is joined by way of a third."""

    def gains(asked: list[tuple[int, int]]) -> np.ndarray:
        size = len(odds)
        return np.array(
            [[min(odds[m, new] for m in range(size) if mask >> m & 1) for mask, new in asked]], dtype=float
        )

    return gains


def test_a_report_that_fits_two_brothers_is_given_to_neither() -> None:
    odds = np.array([[0, -9, 5.0], [-9, 0, 5.0], [5.0, 5.0, 0]])
    together, _ = weigh(1, 3, answers(odds))
    brothers, first, second = together[0]
    assert brothers < 0.01
    assert first == pytest.approx(second) and 0.45 < first < 0.5


def test_the_chance_of_a_lone_pair_is_its_odds() -> None:
    odds = np.array([[0, 1.3], [1.3, 0]])
    together, _ = weigh(1, 2, answers(odds))
    assert together[0, 0] == pytest.approx(1 / (1 + math.exp(-1.3)))


@given(st.integers(1, 7), st.data())
@settings(max_examples=150, deadline=None)
def test_the_fewest_persons_equal_those_of_trying_every_way(count: int, data: st.DataObject) -> None:
    every = list(itertools.combinations(range(count), 2))
    doubtful = [pair for pair in every if data.draw(st.booleans())]
    ways = partitions(count)[0]
    held = {frozenset(pair) for pair in doubtful}

    def allowed(block: int) -> bool:
        members = [at for at in range(count) if block >> at & 1]
        return all(frozenset(pair) in held for pair in itertools.combinations(members, 2))

    best = min(int(way.sum()) for way in ways if all(allowed(int(block)) for block in np.flatnonzero(way)))
    assert fewest(count, doubtful) == (best, True)


@given(st.integers(2, 6), st.data())
@settings(max_examples=100, deadline=None)
def test_the_effect_of_a_question_is_what_answering_it_does(count: int, data: st.DataObject) -> None:
    every = list(itertools.combinations(range(count), 2))
    doubtful = [pair for pair in every if data.draw(st.booleans())]
    if not doubtful:
        return
    persons = np.arange(count)
    left, right = (np.array(side) for side in zip(*doubtful, strict=True))
    before = spread(persons, left, right)
    found = effects(persons, left, right)
    for at, effect in enumerate(found):
        apart = spread(persons, np.delete(left, at), np.delete(right, at))
        a, b = doubtful[at]
        joined = persons.copy()
        joined[b] = a
        others = [(x, y) for x, y in doubtful if (x, y) != (a, b)]
        both = [pair for pair in others if not {a, b} & set(pair)]
        held = set(map(frozenset, others))
        shared = [node for node in range(count) if {frozenset((node, a)), frozenset((node, b))} <= held]
        edges = both + [(a, node) for node in shared]
        left2, right2 = (np.array([edge[side] for edge in edges], int) for side in (0, 1))
        same = spread(joined, left2, right2)
        assert effect.if_different == before.width - apart.width
        assert effect.if_same == before.width - same.width
        assert min(effect.if_same, effect.if_different) >= 0, "an answer never widens the range"


@given(st.integers(1, 40), st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=60))
def test_components_are_those_of_walking_the_pairs(count: int, pairs: list[tuple[int, int]]) -> None:
    pairs = [(a % count, b % count) for a, b in pairs]
    parent = list(range(count))

    def root(node: int) -> int:
        while parent[node] != node:
            node = parent[node]
        return node

    for a, b in pairs:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    left, right = (np.array([pair[side] for pair in pairs], int) for side in (0, 1))
    assert labels(count, left, right).tolist() == [root(node) for node in range(count)]
