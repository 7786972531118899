"""Nobody stands twice in a list free of repeats: candidates of one row compete."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import numpy as np
import pytest
from tests.link.people.rolls import write
from tests.link.people.test_linking import noise

from bearwitness.link.people.matching import match
from bearwitness.link.people.partners import competed
from bearwitness.link.people.zones import NOBODY_ELSE, NOTES, ZONES, zones


def by_hand(weight: np.ndarray) -> np.ndarray:
    """Chance of each pair, every way of pairing rows and columns weighed. weight: log weights, shape (rows, columns)."""
    rows, columns = weight.shape
    total, held = 0.0, np.zeros_like(weight)
    for many in range(min(rows, columns) + 1):
        for left in itertools.combinations(range(rows), many):
            for right in itertools.permutations(range(columns), many):
                mass = math.exp(sum(weight[pair] for pair in zip(left, right, strict=True)))
                total += mass
                for pair in zip(left, right, strict=True):
                    held[pair] += mass
    return held / total


def weighed(weight: np.ndarray, keep: np.ndarray) -> np.ndarray:
    a, b = np.nonzero(keep)
    odds, _ = competed(a, b, weight[a, b], (np.zeros(len(a)), np.zeros(len(a))), 200)
    return 1 / (1 + np.exp(-odds))


@pytest.mark.parametrize("seed", range(8))
def test_without_rings_the_chance_is_that_of_every_way_of_pairing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    weight = rng.normal(2, 4, (4, 4))
    keep = np.eye(4, dtype=bool) | np.eye(4, k=1, dtype=bool)      # a chain
    exact = by_hand(np.where(keep, weight, -60.0))[keep]
    assert np.allclose(weighed(weight, keep), exact, atol=2e-3)


@pytest.mark.parametrize("seed", range(8))
def test_with_rings_nobody_has_more_than_one_partner_and_the_chance_is_near(seed: int) -> None:
    rng = np.random.default_rng(seed)
    weight, keep = rng.normal(1, 3, (4, 4)), np.ones((4, 4), bool)
    found = weighed(weight, keep).reshape(4, 4)
    assert found.sum(axis=0).max() <= 1.001 and found.sum(axis=1).max() <= 1.001
    assert np.abs(found - by_hand(weight)).max() < 0.15


def test_two_rows_that_fit_one_share_the_chance(tmp_path: Path) -> None:
    """Two people of one name in one list, on one day of one town; the other list has one of them, its age not said: neither
    is joined, and together they are no more than one."""
    event = ("2015-10-20", "Sarmin", "m")
    first = write(tmp_path / "a.csv", [("Rashwan", "Tayseer", "Qandalaft", 31, *event),
                                       ("Rashwan", "Tayseer", "Qandalaft", 52, *event), *noise(1, 80)])
    second = write(tmp_path / "b.csv", [("Rashwan", "Tayseer", "Qandalaft", "", *event), *noise(2, 80)])
    linked = match([first, second], clean=frozenset({"a.csv", "b.csv"})).linked
    held = linked.prepared
    across = held.whose[linked.left] != held.whose[linked.right]
    one = across & ((held.row[linked.right] == 1) & np.isin(held.row[linked.left], (1, 2)))
    assert one.sum() == 2 and (linked.probability[one] < 0.6).all()
    assert 0.8 < linked.probability[one].sum() <= 1.01


@pytest.mark.parametrize(("gain", "zone", "why"), [(0.0, "same", ""), (3.0, "review", NOTES[NOBODY_ELSE])])
def test_nobody_is_joined_unasked_because_nobody_else_is_left(gain: float, zone: str, why: str) -> None:
    """A chance of 0.99 joins by itself; where three of its log odds say only that nobody else is left, a person looks."""
    none, one = np.zeros(1, np.int8), np.array([True])
    found = zones(2, np.array([0]), np.array([1]), np.array([0.99]), one, none, none, np.array([gain]))
    assert ZONES[found.zone[0]] == zone and NOTES[found.note[0]] == why
