"""Latent classes: the density against the model written out, the chains against another sampler, calibration."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy import stats
from tests.reason.unseen.made import CLASSES, from_prior, mixture, table

from bearwitness.reason.unseen import latent
from bearwitness.reason.unseen.cells import tree
from bearwitness.reason.unseen.density import A, B, density
from bearwitness.reason.unseen.diagnostics import effective, quantile_error, r_hat
from bearwitness.reason.unseen.histories import Histories
from bearwitness.reason.unseen.sampler import BOUND

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tools"))

MIXED, _ = mixture(3, 5000, [0.4, 0.6], [[0.5, 0.4, 0.3, 0.4], [0.1, 0.2, 0.1, 0.15]])
FIVE = table({"10000": 60, "01000": 40, "00100": 70, "11000": 22, "10101": 4, "01011": 9, "11111": 3, "00011": 31})


def at(made: Histories, x: np.ndarray, heat: float) -> tuple[tuple[float, float, float], np.ndarray]:
    grown, lists = tree(made), len(made.lists)
    room = tuple(np.empty((rows, CLASSES)) for rows in (len(grown[0]), lists, lists, 2))
    slope = np.empty(len(x))
    return density(x, slope, heat, *grown, float(made.seen), *room), slope


def written_out(made: Histories, x: np.ndarray) -> tuple[float, float]:
    """(log prior, log likelihood) from the definition, person by person class by class, nothing summed by trick."""
    lists = len(made.lists)
    named = 1.0 / (1.0 + np.exp(-x[: lists * CLASSES].reshape(lists, CLASSES)))
    w = np.exp(x[lists * CLASSES :])
    left = np.exp(-np.append(0.0, np.cumsum(w)))
    weights = left * np.append(1.0 - np.exp(-w), 1.0)

    def chance(pattern: int) -> float:
        on = np.array([pattern >> j & 1 for j in range(lists)])[:, None]
        return float((weights * np.where(on == 1, named, 1.0 - named).prod(axis=0)).sum())

    none = chance(0)
    likely = sum(n * math.log(chance(pattern) / (1.0 - none)) for pattern, n in made.counts.items())
    prior = float(np.log(named * (1.0 - named)).sum() + x[lists * CLASSES :].sum())
    return prior - (A + CLASSES - 1) * math.log(B + w.sum()), likely


@pytest.mark.parametrize("made", [MIXED, FIVE], ids=["four lists", "five lists, few patterns"])
def test_the_density_is_the_model_written_out_and_its_slope_is_its_slope(made: Histories) -> None:
    chance = np.random.default_rng(8)
    for _ in range(5):
        x = latent._start(len(made.lists), chance)
        prior, likely = written_out(made, x)
        (whole, found, none), slope = at(made, x, 0.7)
        assert found == pytest.approx(likely, rel=1e-10)
        assert whole == pytest.approx(prior + 0.7 * likely, rel=1e-10)
        assert 0.0 < none < 1.0
        for d in chance.choice(len(x), 12, replace=False):
            step = np.zeros(len(x))
            step[d] = 1e-5
            rise = (at(made, x + step, 0.7)[0][0] - at(made, x - step, 0.7)[0][0]) / 2e-5
            assert slope[d] == pytest.approx(rise, rel=1e-4, abs=1e-3)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorter rounds than a user gets: the same chains, stopped earlier."""
    monkeypatch.setattr(latent, "ROUND", 1500)


@pytest.mark.usefixtures("short")
def test_the_figure_is_the_same_for_a_seed_and_agrees_between_seeds() -> None:
    one, again, other = (latent.estimate(MIXED, seed) for seed in (1, 1, 2))
    assert one == again
    assert one != other
    assert one.r_hat < 1.01 and not one.reason
    for a, b in ((one.median, other.median), (one.low, other.low), (one.high, other.high)):
        assert abs(a[0] - b[0]) < 4.5 * math.hypot(a[1], b[1])
    assert one.low[0] < 5000 < one.high[0], "5,000 people were made"


@pytest.mark.usefixtures("short")
def test_another_sampler_of_the_same_model_gives_the_same_answer() -> None:
    """A plain Gibbs sampler, written apart, with classes exchanged so that it does not stick to one order of them."""
    from plain_gibbs import gibbs  # type: ignore[import-not-found]

    histories = np.array([[pattern >> j & 1 for j in range(4)] for pattern in MIXED.counts], np.int64)
    counts = np.array(list(MIXED.counts.values()), np.float64)
    plain = MIXED.seen + np.stack([gibbs(histories, counts, CLASSES, 3000, 2500, 20, seed, 10) for seed in (1, 2, 3)])
    ours = latent.estimate(MIXED, 5)
    assert r_hat(plain) < 1.05
    for share, (value, error, _) in ((0.5, ours.median), (0.025, ours.low), (0.975, ours.high)):
        theirs, their_error, _ = quantile_error(plain, share)
        assert abs(value - theirs) < 4.0 * math.hypot(error, their_error) + 0.002 * theirs


def test_calibration_truths_drawn_from_the_model_fall_anywhere_among_its_draws(sample, proof) -> None:
    """Simulation-based calibration (Talts et al. 2018, arXiv:1804.06788): ranks of the truth are uniform."""
    tries, bins, ranks = sample(32, 600), 8, []
    chance = np.random.default_rng(1)
    lists_of, kept = (3, 4, 5), 63
    for turn in range(tries):
        made, unseen = from_prior(chance, lists_of[turn % 3], 300, BOUND)
        draws = latent.chains(made, int(chance.integers(2**31)), many=1)(600, kept * 40)[0][0, ::40]
        below, same = int((draws < unseen).sum()), int((draws == unseen).sum())
        ranks.append(below + int(chance.integers(0, same + 1)))
    heights = np.histogram(ranks, bins=bins, range=(0, kept + 1))[0]
    chi2, p = stats.chisquare(heights)
    proof(tables=tries, chi_square=round(float(chi2), 2), p=round(float(p), 4), heights=[int(h) for h in heights])
    assert p > 1e-3, heights


def test_chains_that_sit_apart_give_no_figure() -> None:
    chance = np.random.default_rng(1)
    apart = np.round(chance.normal([[900.0], [900.0], [2900.0], [2900.0]], 40.0, size=(4, 3000)))
    found = latent._judge(MIXED, apart, 0.3)
    assert found.r_hat > 1.5 and "chains do not agree" in found.reason
    together = latent._judge(MIXED, np.round(chance.normal(900.0, 40.0, size=(4, 3000))), 0.3)
    assert not together.reason


@pytest.mark.usefixtures("short")
def test_an_end_that_the_bound_makes_gives_no_figure() -> None:
    """Lists that share next to nobody do not say how many they miss: the upper end would be the method's own bound."""
    thin = table({"100": 900, "010": 800, "001": 700, "110": 1, "101": 1, "011": 1})
    found = latent.estimate(thin, 1, rounds=1)
    assert found.reason
    assert "bound" in found.reason or "agree" in found.reason


def test_diagnostics_know_the_worth_of_correlated_draws() -> None:
    """A chain with correlation r from one draw to the next is worth (1 - r) / (1 + r) of its length."""
    chance = np.random.default_rng(2)
    r, many = 0.8, 20_000
    noise = chance.normal(size=(4, many))
    chain = np.empty_like(noise)
    chain[:, 0] = noise[:, 0]
    for t in range(1, many):
        chain[:, t] = r * chain[:, t - 1] + math.sqrt(1 - r * r) * noise[:, t]
    assert effective(chain) == pytest.approx(4 * many * (1 - r) / (1 + r), rel=0.1)
    assert r_hat(chain) < 1.005
    value, error, worth = quantile_error(noise, 0.975)
    assert abs(value - 1.95996) < 4 * error
    assert worth == pytest.approx(4 * many, rel=0.15)
    wide = np.concatenate([noise[:2], noise[2:] * 3.0])
    assert r_hat(wide) > 1.1, "chains of different width do not agree, even with one centre"
