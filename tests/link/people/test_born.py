"""Dates of birth are held against each other part by part."""

from __future__ import annotations

import numpy as np
import pytest

from bearwitness.link.people.born import PART, SLIP, YEAR, Dates
from bearwitness.link.people.columns import APART, levels_of
from bearwitness.link.people.learn import _siblings


@pytest.mark.parametrize(("one", "other", "level"), [
    ("19670927", "19670927", 0), ("19670927", "19670926", SLIP), ("19670927", "27091967", 0),
    ("19670409", "19670904", SLIP), ("19670927", "19870127", PART), ("19670927", "19671127", PART),
    ("19670927", "1967", YEAR), ("1967", "1968", APART), ("19670927", "19540113", APART), ("123456", "123457", SLIP),
])
def test_a_slip_leaves_two_parts_of_three(one: str, other: str, level: int) -> None:
    dates = Dates({one, other})
    a, b = dates.codes([one]), dates.codes([other])
    assert levels_of(dates, a, b)[0] == levels_of(dates, b, a)[0] == level


def test_brothers_do_not_share_their_given_name_however_many_pairs_look_so() -> None:
    """Four copies of each person, taken for brothers by mistake, would teach that brothers bear one name."""
    chance = np.array([0.01, 0.01, 0.01, 0.01, 0.96])
    level, weight = np.array([0, 4]), np.array([900.0, 100.0])
    taught, held = _siblings(level, weight, chance, None), _siblings(level, weight, chance, 0.0)
    assert taught[0] > 0.5 and held[0] < 0.03 and abs(held.sum() - 1) < 1e-9
