"""The least number of people where lists say too little: pairs never looked at, and lists of which nothing tells namesakes
apart.

Pairs never looked at are estimated as unseen species are: from those of one person that a single key found, and those
that two keys found. Lists that share neither place nor day nor two of father's, grandfather's and family name cannot say
who is who: any of one list may be somebody of the other, so the least is that of the larger one, each row of which is
taken for somebody else.
Source: A. Chao, Estimating the Population Size for Capture-Recapture Data with Unequal Catchability, Biometrics 43, 1987,
doi:10.2307/2531532 (the form corrected for bias; it is a lower bound where keys miss the same pairs).
"""
from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from bearwitness.link.people.columns import Choice, Floats, Ints, Text
from bearwitness.link.people.joint import labels
from bearwitness.link.people.spread import Range, spread
from bearwitness.link.people.table import Column, Table
from bearwitness.link.people.zones import REPEATS, Flags

TELLING = ("incident", "place", "day", "origin", "born", "id")
LINES = ("family", "father", "grandfather")      # two of them do
SPOKEN = 0.2          # share of a list's rows that must fill a column before it counts as said [1]


def missed(times: Ints, probability: Floats) -> float:
    """Expected pairs of one person that no key found. times: how many keys found each pair, 0 where that says nothing."""
    probability = np.where(probability >= 0.5, probability, 0.0)      # of the many faint ones none need be anybody
    once, twice = float(probability[times == 1].sum()), float(probability[times == 2].sum())
    return max(0.0, once * (once - 1) / (2 * (twice + 1)))


def companies(table: Table) -> Ints:
    """Per list: the lowest list of its company; lists of one company share columns that tell people apart. Below zero for
    a list that has none of these columns itself."""
    shared = _shared(table, TELLING).any(axis=0) | (_shared(table, LINES).sum(axis=0) > 1)
    left, right = np.nonzero(shared)
    return np.where(np.diag(shared), labels(len(table.lists), left, right), -1 - np.arange(len(table.lists)))


def _shared(table: Table, names: tuple[str, ...]) -> np.ndarray[tuple[int, int, int], np.dtype[np.bool_]]:
    """Whether two lists both fill a column, shape (columns, lists, lists)."""
    said = np.stack([np.zeros(len(table.lists), bool), *(_said(table, name) for name in names if name in table.columns)])
    return np.asarray(said[:, :, None] & said[:, None, :])


def _said(table: Table, name: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    rows = _filled(table.columns[name])
    return np.bincount(table.whose, weights=rows, minlength=len(table.lists)) >= SPOKEN * np.maximum(table.sizes, 1)


def _filled(column: Column) -> Ints:
    if isinstance(column, Text):
        other = column.other if column.other is not None else np.zeros(len(column.code), np.int32)
        return ((column.code > 0) | (other > 0)).astype(np.int64)
    if isinstance(column, Choice):
        return (column.code >= 0).astype(np.int64)
    return (~np.isnan(column.low)).astype(np.int64)


def longest(lists: Sequence[str], whose: Ints, repeats: Mapping[str, float], person: Ints,
            counted: Flags | None = None) -> int:
    """The people of the list with most of them, of those that look free of repeats: each of its rows is somebody.

    whose: list of each row. repeats: estimated share of rows that repeat another, by list. person: per row. counted: which
    rows to look at (default: all). 0 where there is one list only: nothing is beside it to show what it repeats."""
    if len(lists) < 2:
        return 0
    held = np.ones(len(person), bool) if counted is None else counted
    return max((len(np.unique(person[(whose == at) & held])) for at, name in enumerate(lists) if repeats[name] < REPEATS),
               default=0)


def spread_of(company: Ints, whose: Ints, person: Ints, left: Ints, right: Ints) -> Range:
    """The range over all rows: high as it is, low that of the company with most people. company: per list."""
    whole = spread(person, left, right)
    mine = company[whose]      # a list without a named row has no part in this
    if len(np.unique(mine)) < 2:
        return whole
    inner = mine[left] == mine[right]
    found = []
    for one in np.unique(mine).tolist():
        rows = np.flatnonzero(mine == one)
        at = np.full(len(person), -1)
        at[rows] = np.arange(len(rows))
        named = np.unique(person[rows], return_inverse=True)[1]
        first = np.full(int(named.max()) + 1, len(rows))
        np.minimum.at(first, named, np.arange(len(rows)))
        kept = inner & (mine[left] == one) & (one >= 0)      # where nothing tells, a row is taken for somebody else
        found.append(spread(first[named], at[left[kept]], at[right[kept]]))
    best = max(found, key=lambda each: each.low)
    return Range(best.low, whole.high, best.exact)
