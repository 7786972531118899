"""Likeness on pairs of spellings that other people made: world names in Arabic and Latin letters, and links by hand."""

from __future__ import annotations

import csv

import numpy as np
import pytest
from tests.accept.bilingual import DATA

from bearwitness.link.names import likeness_many, parse, same_name, skeletons

pytestmark = pytest.mark.accept


def test_transliterated_names_of_the_world(proof, capsys) -> None:
    """google/transliteration (Apache-2.0), the part kept for testing: pairs against the same pairs shifted."""
    path = DATA / "arabic-names" / "ar2en-test.txt"
    if not path.is_file():
        pytest.skip("no arabic-names beside the project: not measured")
    pairs = [line.split("\t") for line in path.read_text("utf-8").splitlines() if "\t" in line]
    size, vocabulary = len(pairs), [word for pair in pairs for word in pair]
    own = likeness_many(np.arange(size) * 2, np.arange(size) * 2 + 1, vocabulary)
    other = likeness_many(np.arange(size) * 2, np.roll(np.arange(size), 1) * 2 + 1, vocabulary)
    met = sum(bool(set(skeletons(a)) & set(skeletons(b))) for a, b in pairs) / size
    shown = {
        f"pairs >= {least}": f"{(own >= least).mean():.3f} (others {(other >= least).mean():.4f})"
        for least in (0.6, 0.7, 0.8)
    }
    with capsys.disabled():
        print(f"\n{size} pairs of spellings: skeletons meet in {met:.1%};", shown)
    proof(skeletons=f"{met:.3f}", **shown)
    assert (own >= 0.7).mean() >= 0.88
    assert (other >= 0.7).mean() <= 0.02


def test_links_that_researchers_made_by_hand(proof, capsys) -> None:
    """Of the links whose spellings differ: how many names agree. A few are links between plainly different names."""
    path = DATA / "vdc-syria" / "gold_airwars_vdc_links.csv"
    if not path.is_file():
        pytest.skip("no hand-made links beside the project: not measured")
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    hard = [row for row in rows if row["airwars_name"] != row["vdc_name"]]
    scores = [same_name(parse(row["airwars_name"]), parse(row["vdc_name"])).score for row in hard]
    easy = [same_name(parse(row["airwars_name"]), parse(row["vdc_name"])).score for row in rows if row not in hard]
    counts = {f"{least}": sum(score >= least for score in scores) for least in (0.85, 0.7, 0.6)}
    with capsys.disabled():
        print(
            f"\n{len(hard)} links of differing spelling: {counts}; {sum(s == 1 for s in easy)} of {len(easy)} alike score 1"
        )
    proof(hard=len(hard), **{f"at {least}": count for least, count in counts.items()})
    assert counts["0.7"] >= 52
