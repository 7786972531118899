"""Families killed together, with known truth: what must hold on every seed, and beside it what other ways reach."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import bench_linkage as linkage  # noqa: E402  (tools are scripts, not a package)

pytestmark = pytest.mark.accept


@pytest.fixture(scope="module")
def tool() -> Path:
    found = linkage.generator()
    if found is None:
        pytest.skip("no families.py beside the outside data (BEARWITNESS_DATA)")
    return found


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_families_killed_together_are_told_apart(tool: Path, tmp_path: Path, seed: int) -> None:
    found = linkage.one(linkage.made(tool, 10_000, seed, tmp_path))
    print(f"seed {seed}: F1 {found['f1']:.4f}, {found['false_per_1000']:.2f} false pairs per 1,000 people, "
          f"candidates {found['candidate_recall']:.4f}, range {found['low']} to {found['high']} of {found['people']}")
    assert found["f1"] >= 0.95 and found["false_per_1000"] <= 1 and found["holds"]
    assert found["candidate_recall"] >= 0.98 and found["candidates_a_row"] <= 100


def test_general_ways_fall_behind_in_the_same_run(tool: Path, tmp_path: Path) -> None:
    folder = linkage.made(tool, 10_000, 1, tmp_path)
    true = linkage.pairs_of(linkage.truth_of(folder))
    ours = linkage.one(folder)["f1"]
    hand, splink = (linkage.scored(way(folder), true).f1 for way in (linkage.by_hand, linkage.by_splink))
    print(f"F1: ours {ours:.3f}, hand rule {hand:.3f}, Splink {splink:.3f}")
    assert ours > hand and ours >= splink + 0.5
