"""The definition of a cluster munition, limb by limb: the three outcomes of the method, and what is not known."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.reason.weapons import cluster_status

YES = True


@pytest.mark.parametrize(("count", "kg", "cluster"), [(15, 14.9, True), (2, 6.5, False), (9, 3.9, True)])
def test_the_three_golden_triples(count: int, kg: float, cluster: bool) -> None:
    assert cluster_status(count, kg, YES, YES, YES).cluster is cluster


def test_an_exempt_weapon_that_loses_one_limb_is_a_cluster_munition_and_the_limb_is_named() -> None:
    lost = cluster_status(2, 6.5, YES, YES, False)
    assert lost.cluster is True and "self-deactivating" in lost.why


def test_what_is_not_known_is_not_presumed() -> None:
    assert cluster_status(2, 6.5, YES, YES, None).cluster is None
    assert cluster_status(15, None).cluster is None


def test_twenty_kilograms_is_outside_and_just_under_is_inside() -> None:
    assert cluster_status(60, 20.0).cluster is False
    assert cluster_status(60, 19.99).cluster is True


@given(st.integers(10, 1000), st.floats(0.01, 19.99), *(st.sampled_from([True, False, None]) for _ in range(3)))
def test_ten_or_more_under_twenty_kilograms_is_always_one(n: int, kg: float, a: bool | None, b: bool | None,
                                                          c: bool | None) -> None:
    assert cluster_status(n, kg, a, b, c).cluster is True
