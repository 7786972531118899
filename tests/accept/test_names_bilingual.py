"""How far names go across scripts on real lists: names alone, and names with whatever else is left."""

from __future__ import annotations

import math
from collections import Counter, defaultdict

import numpy as np
import pytest
from tests.accept.bilingual import Bilingual, bilingual

from bearwitness.link.names import Frequencies, Name, parse, same_many, same_name, skeletons

pytestmark = pytest.mark.accept


@pytest.fixture(scope="module")
def lists() -> Bilingual:
    return bilingual()


def keys(name: Name) -> set[str]:
    if name.kind == "kin":
        return {f"{name.relation} {key}" for word in parse(name.relative).words for key in skeletons(word)[:6]}
    return {key for word in name.words for key in skeletons(word)[:6]}


def scored(lists: Bilingual) -> list[tuple[float, int, int]]:
    """Pairs that share a skeleton of a word, with the score of their names."""
    left, right = [parse(row[0]) for row in lists.latin], [parse(row[0]) for row in lists.arabic]
    index = defaultdict(list)
    for j, name in enumerate(right):
        for key in keys(name):
            index[key].append(j)
    pairs = sorted({(i, j) for i, name in enumerate(left) for key in keys(name) for j in index[key]})
    a, b = np.array([i for i, _ in pairs]), np.array([j for _, j in pairs])
    score = same_many(a, b + len(left), left + right)
    for k in np.flatnonzero(np.isnan(score)):
        score[k] = same_name(left[a[k]], right[b[k]]).score
    return [(float(s), i, j) for s, (i, j) in zip(score, pairs, strict=True) if s >= 0.6]


def one_to_one(ranked: list[tuple[float, int, int]], least: float) -> set[tuple[int, int]]:
    """The best pairs first, nobody twice."""
    left: set[int] = set()
    right: set[int] = set()
    found = set()
    for score, i, j in sorted(ranked, reverse=True):
        if score >= least and i not in left and j not in right:
            left.add(i)
            right.add(j)
            found.add((i, j))
    return found


def evidence(lists: Bilingual, pairs: list[tuple[float, int, int]]) -> list[tuple[float, int, int]]:
    """log2 odds of each pair by hand-set weights: name, its rarity, date, place in the same words, age, sex."""
    rarity = Frequencies.of(word for row in (*lists.latin, *lists.arabic) for word in parse(row[0]).words)
    dates = Counter(row[3] for row in lists.latin)
    total, found = len(lists.latin), []
    for name, i, j in pairs:
        x, y = lists.latin[i], lists.arabic[j]
        bits = (
            -math.log2(total) + 30 * (name - 0.72) + 0.35 * min(25.0, sum(rarity.weight(word) for word in parse(x[0]).words))
        )
        if x[3] and y[3]:
            bits += math.log2(total / dates[x[3]]) if x[3] == y[3] else -8
        if x[1] and y[1]:
            bits += 4 if x[1] == y[1] else -4
        if x[2] and y[2] and x[2] != y[2]:
            bits -= 5
        found.append((bits, i, j))
    return found


def test_names_alone_across_scripts(lists: Bilingual, proof, capsys) -> None:
    pairs = scored(lists)
    reached = {least: lists.figures(one_to_one(pairs, least)) for least in (0.95, 0.9, 0.85, 0.8, 0.7)}
    inside = sum(bool({j for _, i, j in pairs if i == k} & lists.truth[k]) for k in range(0, len(lists.latin), 10))
    with capsys.disabled():
        print(f"\n{len(lists.latin)} people in two scripts, names alone, one to one; candidates: {inside / 239.2:.1%}")
        for least, (recall, precision) in reached.items():
            print(f"  score >= {least}: recall {recall:.4f}, precision {precision:.4f}")
    proof(**{f"score {least}": f"recall {r:.4f}, precision {p:.4f}" for least, (r, p) in reached.items()})
    assert reached[0.7][0] >= 0.94
    assert reached[0.7][1] >= 0.97


def test_names_with_what_else_is_left(lists: Bilingual, proof, capsys) -> None:
    """Hand-set weights, no linker: shows what the evidence holds. The linker's own figures stand with the linker."""
    ranked = evidence(lists, scored(lists))
    reached = {least: lists.figures(one_to_one(ranked, least)) for least in (-4.0, -2.0, 0.0, 2.0, 4.0)}
    with capsys.disabled():
        print(f"\n{len(lists.latin)} people in two scripts; a third without date and place; hand-set weights")
        for least, (recall, precision) in reached.items():
            print(f"  log2 odds >= {least:+.0f}: recall {recall:.4f}, precision {precision:.4f}")
    proof(**{f"odds {least:+.0f}": f"recall {r:.4f}, precision {p:.4f}" for least, (r, p) in reached.items()})
    assert max(recall for recall, precision in reached.values() if precision >= 0.97) >= 0.95
