"""Log-linear models: closed forms, outside oracles, and where no estimate exists."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats
from tests.reason.unseen.made import mixture, table

from bearwitness.reason.unseen import bootstrap
from bearwitness.reason.unseen.existence import finite, identified
from bearwitness.reason.unseen.hierarchy import _every, choose
from bearwitness.reason.unseen.loglinear import _tail, stepwise
from bearwitness.reason.unseen.poisson import design, fit

ABC = table({"100": 120, "010": 90, "001": 150, "110": 30, "101": 41, "011": 22, "111": 17})
small_counts = st.lists(st.integers(0, 3), min_size=7, max_size=7).map(lambda n: np.array(n, np.float64))


def test_three_lists_all_pairs_dependent_give_the_textbook_figure() -> None:
    """Fienberg 1972: unseen = n111 n100 n010 n001 / (n110 n101 n011), variance of its log the sum of 1/n."""
    terms = (3, 5, 6)
    found = fit(design(ABC.full(), 3, terms), terms)
    assert found.unseen == pytest.approx(17 * 120 * 90 * 150 / (30 * 41 * 22), rel=1e-9)
    assert found.spread == pytest.approx(math.sqrt(sum(1 / n for n in ABC.counts.values())), rel=1e-9)


def test_one_list_apart_from_the_others_gives_the_two_list_figure() -> None:
    """With C apart from A and B, people on A or B are one list: unseen = (only C) (A or B, not C) / (both)."""
    found = fit(design(ABC.full(), 3, (3,)), (3,))
    assert found.unseen == pytest.approx(150 * (120 + 90 + 30) / (41 + 22 + 17), rel=1e-9)


def test_the_fit_is_the_largest_likelihood_that_an_outside_optimiser_finds() -> None:
    made, _ = mixture(4, 4000, [0.6, 0.4], [[0.4, 0.3, 0.2, 0.3], [0.05, 0.1, 0.1, 0.2]])
    model = design(made.full(), 4, (3, 6, 12))
    ours = fit(model, (3, 6, 12))

    def lost(b: np.ndarray) -> tuple[float, np.ndarray]:
        mean = np.exp(model.matrix @ b)
        return float(mean.sum() - model.counts @ (model.matrix @ b)), model.matrix.T @ (mean - model.counts)

    theirs = optimize.minimize(lost, np.array([5.0] + [0.0] * (model.matrix.shape[1] - 1)), jac=True, tol=1e-12)
    assert ours.unseen == pytest.approx(math.exp(theirs.x[0]), rel=1e-4)


@given(small_counts, st.sets(st.sampled_from([3, 5, 6]), max_size=3))
def test_existence_agrees_with_the_linear_programme_over_the_cells(counts: np.ndarray, terms: set[int]) -> None:
    """Chan, Silverman and Vincent's question as they put it, answered by an outside solver."""
    made = design(counts, 3, sorted(terms))
    cells, size = made.matrix.shape
    goal = np.append(np.zeros(cells), -1.0)
    inside = np.hstack([-np.eye(cells), np.ones((cells, 1))])
    outside = optimize.linprog(goal, A_ub=inside, b_ub=np.zeros(cells), method="highs",
                               A_eq=np.hstack([made.matrix.T, np.zeros((size, 1))]), b_eq=made.matrix.T @ made.counts)
    assert outside.status == 0
    assert finite(made.matrix, made.counts) == (-outside.fun > 1e-9)


def test_a_model_is_not_sound_when_two_parameters_say_the_same() -> None:
    counts = table({"100": 40, "010": 30, "001": 20, "110": 6}).full()
    assert not identified(design(counts, 3, (3, 5, 6)).matrix)
    assert not design(counts, 3, (3, 5, 6)).sound
    assert design(counts, 3, ()).sound


@pytest.mark.parametrize(("seen", "mean"), [(0, 0.3), (3, 9.5), (900, 871.2), (41, 3.0), (7, 7.0), (2000, 1700.0)])
def test_poisson_tails_are_those_of_an_outside_library(seen: int, mean: float) -> None:
    theirs = min(stats.poisson.cdf(seen, mean), stats.poisson.sf(seen - 1, mean))
    assert _tail(seen, mean) == pytest.approx(theirs, rel=1e-8)


def test_independent_lists_stay_independent_and_a_dependent_pair_is_found() -> None:
    apart, _ = mixture(11, 20_000, [1.0], [[0.3, 0.4, 0.2, 0.25]])
    found = stepwise(apart.full(), 4)
    assert found is not None and len(found.terms) <= 1
    counts = {pattern: n * (3 if pattern & 3 == 3 else 1) for pattern, n in apart.counts.items()}
    full = np.zeros(15)
    for pattern, n in counts.items():
        full[pattern - 1] = n
    dependent = stepwise(full, 4)
    assert dependent is not None and dependent.terms[0] == 3


@pytest.mark.parametrize(("people", "shares"),
                         [(2000, [0.3, 0.25, 0.35]), (300, [0.3, 0.25, 0.35]), (1000, [0.6, 0.7, 0.5])])
def test_the_true_number_lies_in_the_interval_nineteen_times_in_twenty(people, shares, sample, proof) -> None:
    """Independent lists: the interval of the true model holds the truth as often as it says, few unseen or many.

    The interval for the *expected* number holds the number itself less often, least where few are unseen.
    """
    tries, held, narrow = sample(120, 1500), 0, 0
    for seed in range(tries):
        made, _ = mixture(seed, people, [1.0], [shares])
        found = fit(design(made.full(), 3, ()), ())
        low, high = found.interval()
        held += low <= people - made.seen <= high
        low, high = found.of_expectation()
        narrow += low <= people - made.seen <= high
    proof(tables=tries, held=held, held_by_the_narrower=narrow)
    assert stats.binom.cdf(held, tries, 0.95) > 1e-4
    assert stats.binom.sf(held - 1, tries, 0.97) > 1e-4 and held < tries, "an interval that seldom misses is too wide"
    assert narrow < held


def test_the_order_of_the_lists_changes_nothing() -> None:
    made, _ = mixture(2, 3000, [0.5, 0.5], [[0.5, 0.4, 0.3, 0.4], [0.1, 0.2, 0.1, 0.15]])
    turned = np.zeros(15)
    for pattern, n in made.counts.items():
        turned[sum(1 << (3 - j) for j in range(4) if pattern >> j & 1) - 1] = n
    one, two = stepwise(made.full(), 4), stepwise(turned, 4)
    assert one is not None and two is not None
    assert one.unseen == pytest.approx(two.unseen, rel=1e-9)
    assert choose(made.full(), 4)["bic"].best.unseen == pytest.approx(choose(turned, 4)["bic"].best.unseen, rel=1e-9)


def test_every_hierarchical_model_is_tried_once() -> None:
    """8 models of three lists and 113 of four, as Rcapture fits them (Baillargeon, Rivest 2007)."""
    for lists, many in ((3, 8), (4, 113)):
        models = _every(lists)
        assert len(models) == len(set(models)) == many


def test_the_criterion_chooses_the_model_the_people_came_from() -> None:
    """A and B dependent, C and D apart: exact expected counts, so that nothing is left to chance."""
    full = np.zeros(15)
    for pattern in range(1, 16):
        mean = math.exp(7.0 - 0.8 * bin(pattern).count("1") + (0.9 if pattern & 3 == 3 else 0.0))
        full[pattern - 1] = mean
    for choice in choose(full, 4).values():
        assert choice.best.terms == (3,)
        assert choice.best.unseen == pytest.approx(math.exp(7.0), rel=1e-6)


def test_the_bootstrap_is_the_same_for_a_seed_and_moves_with_it() -> None:
    figure = ABC.seen + stepwise(ABC.full(), 3).unseen
    one, two, other = (bootstrap.spread(ABC.full(), 3, figure, seed, draws=120) for seed in (1, 1, 2))
    assert one == two != other
    assert one.low < figure < one.high
    assert one.draws + one.failed == 120


def test_the_bootstrap_is_near_the_models_own_interval_where_the_model_is_not_in_doubt() -> None:
    made, _ = mixture(5, 6000, [1.0], [[0.3, 0.35, 0.25]])
    found = stepwise(made.full(), 3)
    assert found is not None and not found.terms
    again = bootstrap.spread(made.full(), 3, made.seen + found.unseen, 1, draws=300)
    low, high = found.interval()
    assert again.low == pytest.approx(made.seen + low, rel=0.03)
    assert again.high == pytest.approx(made.seen + high, rel=0.03)
