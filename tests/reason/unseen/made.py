"""Tables of lists with known truth, made by chance: no people, no places, only who stands on which list."""

from __future__ import annotations

import numpy as np

from bearwitness.reason.unseen.histories import Histories

CLASSES = 10


def table(counts: dict[str, int]) -> Histories:
    """`{"101": 7}`: seven people on the first and the third list."""
    lists = len(next(iter(counts)))
    patterns = {sum(1 << j for j, c in enumerate(key) if c == "1"): n for key, n in counts.items()}
    return Histories(tuple("ABCDEFGHIJ"[:lists]), dict(sorted(patterns.items())))


def mixture(seed: int, people: int, weights: list[float], chances: list[list[float]]) -> tuple[Histories, int]:
    """People of several classes, each class with its own chance to be named by each list. Returns (table, unseen)."""
    chance = np.random.default_rng(seed)
    of = chance.choice(len(weights), size=people, p=weights)
    on = chance.random((people, len(chances[0]))) < np.array(chances)[of]
    patterns = (on << np.arange(on.shape[1])).sum(axis=1)
    values, counts = np.unique(patterns, return_counts=True)
    found = {int(v): int(n) for v, n in zip(values, counts, strict=True)}
    unseen = found.pop(0, 0)
    return Histories(tuple("ABCDEFGHIJ"[: on.shape[1]]), found), unseen


def from_prior(chance: np.random.Generator, lists: int, seen: int, bound: float) -> tuple[Histories, int]:
    """A table and its unseen drawn from the model itself, prior included: what calibration is tested on."""
    while True:
        alpha = chance.gamma(0.25) / 0.25
        if alpha < 1e-300:
            continue
        sticks = chance.exponential(size=CLASSES - 1) / alpha
        left = np.exp(-np.append(0.0, np.cumsum(sticks)))
        weights = left * np.append(-np.expm1(-sticks), 1.0)
        named = chance.random((lists, CLASSES))
        bits = np.arange(1 << lists)[:, None] >> np.arange(lists) & 1
        cells = (weights * np.where(bits[:, :, None] == 1, named, 1.0 - named).prod(axis=1)).sum(axis=1)
        if cells[0] > 0.999:
            continue
        unseen = int(chance.poisson(chance.gamma(seen) * cells[0] / (1.0 - cells[0])))
        if unseen <= bound * seen:
            counts = chance.multinomial(seen, cells[1:] / cells[1:].sum())
            found = {at + 1: int(n) for at, n in enumerate(counts) if n}
            return Histories(tuple("ABCDEFGHIJ"[:lists]), found), unseen
