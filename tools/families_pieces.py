"""Rows of families lists that must be weighed together, and every way to sort them into people (`families_oracle.py`)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

import families_law as law
from bearwitness.link.people.joint import labels

MOST = 14          # rows of a piece that may be undamaged, at most: 2 ** MOST choices
LONGEST = 24       # rows of one event that are weighed one by one
FAINT = 1e-9       # weights below this share of a piece's heaviest are left out
Array = np.ndarray


def events(many: int, share: float) -> list[float]:
    """Logarithm of how likely m people of one father, family name, place and day are, m from 0: as one event or several,
    where that father, family name, place and day have this share of all and `many` people are expected."""
    ways = [1.0]
    for m in range(1, LONGEST + 1):
        ways.append(sum(math.comb(m - 1, b - 1) * many * rate * math.factorial(b) * share * ways[m - b]
                        for b, rate in law.SIZES.items() if b <= m))
    return [math.log(max(way, 1e-300)) for way in ways]


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows weighed together. rows: their numbers; may: those that may be undamaged (places in rows); must: those that have
    to be. report[r, i]: chance that r is written of i. alone: log weight of each as a person. event: per row, which
    event; crowd: per event, log weight by number of its people."""

    rows: Array
    may: Array
    must: Array
    report: Array
    alone: Array
    event: Array
    crowd: Array

    def weigh(self) -> tuple[Array, float, float, Array]:
        """(rows, rows) chances to be one person; expected number of people and its variance; chances to be undamaged."""
        many, free = len(self.rows), len(self.may)
        chosen = np.zeros((1 << free, many), bool)
        chosen[:, self.may] = (np.arange(1 << free)[:, None] >> np.arange(free)) & 1
        chosen[:, self.must] = True
        weight = chosen @ np.where(np.isfinite(self.alone), self.alone, 0.0)
        for at, crowd in enumerate(self.crowd):
            weight += crowd[chosen[:, self.event == at].sum(axis=1)]
        with np.errstate(divide="ignore"):
            told = np.log(chosen @ self.report.T)     # (choices, rows): how likely each is as a report of those chosen
        told[chosen] = 0.0
        weight += told.sum(axis=1)
        share = np.exp(weight - weight.max())
        share /= share.sum()
        people = chosen.sum(axis=1)
        mean = float(share @ people)
        return self._pairs(chosen, share), mean, float(share @ (people - mean) ** 2), share @ chosen

    def _pairs(self, chosen: Array, share: Array) -> Array:
        out = np.zeros((len(self.rows),) * 2)
        for at in np.flatnonzero(share > FAINT).tolist():
            of = self.report * chosen[at]
            of[chosen[at]] = 0.0
            of /= np.maximum(of.sum(axis=1, keepdims=True), 1e-300)
            of[chosen[at], chosen[at]] = 1.0
            out += share[at] * (of @ of.T)
        return out


def pieces(rows: int, whole: Array, event: Array, true: Array, report: Array, chance: Array,
           alone: Array) -> tuple[Array, int]:
    """A number for each row, the same for rows that must be weighed together; and how many pieces were thinned."""
    # undamaged rows of one event are tied: their number has a chance of its own
    order = np.flatnonzero(whole)[np.argsort(event[whole], kind="stable")]
    beside = np.flatnonzero(np.diff(event[order]) == 0)
    left, right = np.r_[true, order[beside]], np.r_[report, order[beside + 1]]
    gain = np.r_[np.log(chance) - alone[report], np.full(len(beside), np.inf)]
    kept = np.ones(len(left), bool)
    thinned: set[int] = set()
    for limit in range(-20, 20):
        label = labels(rows, left[kept], right[kept])
        large = np.bincount(label[whole], minlength=rows) > MOST
        if not large.any():
            break
        thinned |= set(np.flatnonzero(large).tolist())
        kept &= ~large[label[left]] | (gain > limit)
    return np.unique(label, return_inverse=True)[1], len(thinned)
