"""A probability means what it says: of pairs given 0.8 to 0.9, between 75 and 95 in a hundred are one person."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from tests.accept.held_out import Told, linkage, lists, pairs_of_families, table, together
from tests.lists import CULTURES

pytestmark = pytest.mark.accept
FIRST = 3000      # seeds from 3000 on are kept for this
LOW, HIGH = 0.75, 0.95
ENOUGH = 40       # pairs in the tenth, below which a share says nothing


def holds(told: Told, long: bool) -> bool:
    """Whether the share of pairs given 0.8 to 0.9 that are one person lies where it should; a short sample may lie two
    standard errors outside."""
    found = {tenth: (count, share) for tenth, count, share in told.tenths()}
    count, share = found.get(8, (0, 0.0))
    assert count >= ENOUGH, f"only {count} pairs were given 0.8 to 0.9"
    slack = 0.0 if long else 2 * math.sqrt(share * (1 - share) / count)
    return LOW - slack <= share <= HIGH + slack


def surest(told: Told) -> dict[str, str]:
    """The same of the pairs from which the program joins unasked."""
    high = told.probability >= 0.97
    return {"from_0.97": f"{100 * told.true[high].mean():.2f} % of {int(high.sum()):,}"}


def test_probabilities_among_families_killed_together(tmp_path: Path, proof, sample) -> None:
    tool = linkage.generator()
    if tool is None:
        pytest.skip("no families.py beside the outside data (BEARWITNESS_DATA)")
    many = sample(4, 20)
    told = together([pairs_of_families(tool, 10_000, seed, tmp_path) for seed in range(FIRST, FIRST + many)])
    proof(lists=many, rows=10_000, **table(told), **surest(told))
    assert holds(told, long=many >= 20)


def test_probabilities_on_lists_in_five_languages(tmp_path: Path, proof, sample) -> None:
    """Three lists of each world, that copy one another, in several scripts."""
    many = sample(2, 12)
    told = {culture: together([lists(culture, 1000, seed, tmp_path).told for seed in range(FIRST, FIRST + many)])
            for culture in CULTURES}
    every = together(list(told.values()))
    each = {f"{culture}_0.8-0.9": table(one).get("0.8-0.9", "none") for culture, one in told.items()}
    proof(worlds=many * len(CULTURES), **table(every), **surest(every), **each)
    assert holds(every, long=many >= 12)
