"""The measure of the best possible is sound: it knows the generator's damage as it is, its own probabilities hold, and
nothing that does not know the truth lies above it."""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

from tests.accept.held_out import Told, linkage  # noqa: E402

import families_law as law  # noqa: E402  (tools are scripts, not a package)
import families_oracle as oracle  # noqa: E402

pytestmark = pytest.mark.accept


@pytest.fixture(scope="module")
def tool() -> Path:
    found = linkage.generator()
    if found is None:
        pytest.skip("no families.py beside the outside data (BEARWITNESS_DATA)")
    return found


@pytest.mark.parametrize("word", ["muhammad", "khaled", "huseinfa", "om", "alal"])
def test_slips_are_those_of_the_generator(tool: Path, word: str) -> None:
    module, chance, many = law.load(tool), random.Random(7), 60_000
    drawn = Counter(module.typo(chance, word) for _ in range(many))
    expected = law.typo(word)
    assert sum(expected.values()) == pytest.approx(1) and set(drawn) <= set(expected)
    assert sum(abs(drawn[form] / many - share) for form, share in expected.items()) / 2 < 0.015


def test_reports_are_those_of_the_generator(tool: Path) -> None:
    """Ages, days, missing cells: how often each comes, against 60,000 reports of one person."""
    module, chance, many = law.load(tool), random.Random(8), 60_000
    person = ["muhammad", "khaled", "huseinfa", 30, 700, "alal", "m"]
    drawn = [module.report_again(chance, person) for _ in range(many)]
    days, ages = Counter(row[4] - 700 for row in drawn), Counter(row[3] for row in drawn)
    for step, share in law.day_damage().items():
        assert days[step] / many == pytest.approx(share, abs=0.01)
    for age, share in enumerate(law.age_damage()[30]):
        assert ages[age] / many == pytest.approx(share * (1 - law.BLANK["age"]), abs=0.01)
    for column, share in ((1, law.BLANK["father"]), (3, law.BLANK["age"]), (6, law.BLANK["sex"])):
        assert sum(row[column] is None for row in drawn) / many == pytest.approx(share, abs=0.01)


def test_its_probabilities_hold_and_ours_lies_under_it(tool: Path, tmp_path: Path, proof) -> None:
    folder = linkage.made(tool, 10_000, 1, tmp_path)
    true, people = (lambda who: (linkage.pairs_of(who), len(np.unique(who))))(linkage.truth_of(folder))
    best = oracle.best(folder, tool, 1, names=True)
    told = Told(best.chance, np.isin(best.pair, true))
    doubtful = (best.chance > 0.02) & (best.chance < 0.98)
    expected = float(best.chance[doubtful].sum())
    spread = float(np.sqrt((best.chance * (1 - best.chance))[doubtful].sum()))
    ours = linkage.one(folder)["likely"]["f1"]
    reached = linkage.scored(np.sort(best.pair[best.chance >= 0.5]), true).f1
    proof(reached=round(reached, 4), ours=round(ours, 4), doubtful=int(doubtful.sum()), expected=round(expected, 1),
          true=int(told.true[doubtful].sum()), people=people, told=round(best.people, 1), spread=round(best.spread, 2))
    assert best.thinned == 0 and reached >= ours
    assert abs(told.true[doubtful].sum() - expected) <= 4 * spread
    assert abs(people - best.people) <= 4 * best.spread + 1
