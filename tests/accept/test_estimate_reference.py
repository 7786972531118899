"""Estimates on published tables of lists, against what the original R packages and long runs give.

The tables are other people's and stay outside the project (BEARWITNESS_DATA, folder mse-tables): counts of people by
list from Kosovo 1999, the United Kingdom 2013, the Netherlands, and a made-up table that has no estimate.
"""

from __future__ import annotations

import csv
import json
import math
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from bearwitness.reason.unseen import latent
from bearwitness.reason.unseen.diagnostics import quantile_error, r_hat
from bearwitness.reason.unseen.hierarchy import choose
from bearwitness.reason.unseen.loglinear import stepwise
from bearwitness.reason.unseen.reading import read_table

pytestmark = pytest.mark.accept
REPO = Path(__file__).resolve().parents[2]
KOSOVO, UK, NL = "kosovo_1999_killings_4lists.csv", "UKdat_5.csv", "Ned_5.csv"
sys.path.insert(0, str(REPO / "tools"))


def tables() -> Path:
    place = Path(os.environ.get("BEARWITNESS_DATA") or REPO.parent / "shared" / "data") / "mse-tables"
    if not place.is_dir():
        pytest.skip("no published tables on this machine (BEARWITNESS_DATA/mse-tables)")
    return place


@pytest.mark.parametrize("name", [KOSOVO, UK, NL])
def test_the_steps_end_where_the_authors_package_ends(name: str) -> None:
    """SparseMSE 2.0.1, stepwise at 0.02: figure and interval to five digits and more."""
    with (tables() / "reference_sparsemse_run_here.csv").open(encoding="utf-8") as file:
        row = next(row for row in csv.DictReader(file) if row["file"] == name)
    table = read_table(tables() / name).table
    found = stepwise(table.full(), len(table.lists))
    assert found is not None and table.seen == int(row["n_observed"])
    low, high = found.of_expectation()
    for ours, theirs in ((found.unseen, row["estimate"]), (low, row["lo"]), (high, row["hi"])):
        assert table.seen + ours == pytest.approx(float(theirs), rel=1e-6)
    wider = found.interval()
    assert 0.99 * low < wider[0] < low and high < wider[1] < 1.01 * high, "on tables this large the two hardly differ"


def test_the_criteria_choose_as_rcapture_does_on_kosovo() -> None:
    """Rcapture 1.4-4, closedpMS.t, 113 models: [123,14,34] 10,357 by BIC and [123,134] 12,741 by AIC."""
    table = read_table(tables() / KOSOVO).table
    found = choose(table.full(), 4)
    assert table.seen + found["bic"].best.unseen == pytest.approx(10357, rel=1e-4)
    assert round(table.seen + found["aic"].best.unseen) == 12741
    assert found["bic"].tried == 113


def test_a_table_without_an_estimate_gets_none(bearwitness) -> None:
    done = bearwitness("estimate", tables() / "Artificial_3.csv", "--json")
    assert done.returncode == 3
    error = json.loads(done.stderr)
    assert error["code"] == "R25" and "does not exist" in error["message"]


@pytest.mark.parametrize("name", [KOSOVO, UK, "UKdat.csv"])
def test_the_latent_class_figure_is_that_of_long_independent_chains(name: str, proof, sample) -> None:
    """Median within 1 % or three errors, ends within 3 % or three errors, of two long references.

    One: six chains of the same engine, four times as long, from other places. The other: a plain Gibbs sampler written
    apart, a million turns a chain, with classes exchanged.
    """
    if name != KOSOVO and not sample(0, 1):
        pytest.skip("minutes of chains: make proof PART=estimates")
    from plain_gibbs import gibbs

    table = read_table(tables() / name).table
    ours = latent.estimate(table, 1)
    assert not ours.reason
    long = table.seen + latent.chains(table, 77, many=6)(2000, 16_000)[0]
    histories = np.array([[pattern >> j & 1 for j in range(len(table.lists))] for pattern in table.counts], np.int64)
    counts = np.array(list(table.counts.values()), np.float64)
    plain = table.seen + np.stack([gibbs(histories, counts, 10, 10_000, 20_000, 50, seed, 10) for seed in (1, 2, 3, 4)])
    for reference in (long, plain):
        assert r_hat(reference) < 1.01
        for share, (value, error, _) in ((0.5, ours.median), (0.025, ours.low), (0.975, ours.high)):
            theirs, their_error, _ = quantile_error(reference, share)
            allowed = max((0.01 if share == 0.5 else 0.03) * theirs, 3.0 * math.hypot(error, their_error))
            assert abs(value - theirs) < allowed, (share, value, theirs)
    proof(table=name, median=ours.median[0], low=ours.low[0], high=ours.high[0], r_hat=round(ours.r_hat, 4),
          reference=[round(float(q), 1) for q in np.quantile(long, [0.5, 0.025, 0.975])],
          plain_gibbs=[round(float(q), 1) for q in np.quantile(plain, [0.5, 0.025, 0.975])])


@pytest.mark.parametrize("name", [NL, "Ned.csv"])
def test_where_the_lists_do_not_settle_it_no_latent_class_figure_is_printed(bearwitness, name: str, sample) -> None:
    if name != NL and not sample(0, 1):
        pytest.skip("minutes of chains: make proof PART=estimates")
    done = bearwitness("estimate", tables() / name, "--json")
    assert done.returncode == 3, done.stderr
    data = json.loads(done.stdout)["data"]
    found = {one["model"]: one for one in data["models"]}
    silent = found["latent-class"]
    assert silent["estimate"] is None and silent["low"] is None and silent["high"] is None
    assert "chains do not agree" in silent["reason"] or "bound" in silent["reason"]
    assert found["loglinear-stepwise-p02"]["estimate"], "the others are printed, and say that they disagree"
    assert "No figure from latent-class" in data["disagreement"]


def test_effective_draws_a_cpu_second_are_ten_times_those_of_a_plain_sampler(proof) -> None:
    from bench_estimate import measure

    rows = measure(read_table(tables() / KOSOVO).table)
    ours, plain = rows["tempered Hamiltonian steps"], rows["plain Gibbs"]
    proof(ours=ours, plain_gibbs=plain)
    assert ours["each_second"] >= 10.0 * plain["each_second"]
