"""Which pairs of rows are worth a look, without looking at all of them.

Two rows become a candidate when they agree on one of the keys below: consonant skeletons of names (a misspelling seldom
changes them) with each other, or one of them with place and day. Days count as near when they are at most two apart:
each day falls into two overlapping spans of four. A key whose blocks would yield more pairs than its allowance is left
out, and so is a block too large to tell anything; other keys reach those pairs. Up to ALL rows every pair is looked at.
"""
from __future__ import annotations

import numpy as np

from bearwitness.link.people.columns import Amount, Choice, Ints, Text
from bearwitness.link.people.table import Table

ALL = 300
PER_ROW = 8          # pairs that one key may yield, per row [1]
BLOCK = 400          # rows that one block may hold [1]
KEYS = (
    ("given", "father", "family"), ("given", "family"), ("father", "family"), ("given", "father", "place"),
    ("given", "place", "day"), ("father", "place", "day"), ("family", "day"), ("family", "place"),
    ("given", "father", "day"), ("given", "day", "sex"), ("father", "day", "sex"), ("place", "day"), ("given", "father"),
    ("incident", "given"), ("incident", "family"), ("incident",), ("id",), ("born", "given"), ("born", "family"),
    ("born", "place"), ("born", "origin"), ("born", "sex"), ("given", "origin"), ("family", "origin"), ("given", "place"),
    ("kunya", "family"), ("given", "age", "place"), ("family", "age", "place"), ("given", "grandfather"),
    ("relative", "day"), ("relative", "place"), ("relative", "incident"),
)


def candidates(table: Table) -> tuple[Ints, Ints]:
    """Pairs of rows (left < right), int32, each once, ascending."""
    rows = len(table)
    if rows <= ALL:
        left, right = np.triu_indices(rows, 1)
        return _of_a_kind(table, left.astype(np.int32), right.astype(np.int32))
    found = [pairs for key in KEYS if all(name in table.columns for name in key)
             for pairs in (_by_key(table, key),) if pairs is not None]
    both = distinct(np.concatenate(found)) if found else np.zeros(0, np.int64)
    return _of_a_kind(table, (both // rows).astype(np.int32), (both % rows).astype(np.int32))


def _of_a_kind(table: Table, left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Without the pairs that hold a named person against somebody known only as a relative."""
    if "relative" not in table.columns:
        return left, right
    known = _coded(table, "relative", 0)
    alike = (known[left] >= 0) == (known[right] >= 0)
    return left[alike], right[alike]


def distinct(numbers: Ints) -> Ints:
    """Sorted, each once."""
    numbers = np.sort(numbers)
    return numbers[np.r_[True, numbers[1:] != numbers[:-1]]] if numbers.size else numbers


def _by_key(table: Table, key: tuple[str, ...]) -> Ints | None:
    variants = [0, 2] if "day" in key else [0]
    found, total = [], 0
    for shift in variants:
        code = _mixed([_coded(table, name, shift) for name in key])
        order = np.argsort(code, kind="stable")
        starts, sizes = blocks(code[order])
        total += int((sizes * (sizes - 1) // 2).sum())
        if total > PER_ROW * len(table):
            return None
        found.append(within(order, starts, sizes, len(table)))
    return np.concatenate(found)


def _coded(table: Table, name: str, shift: int) -> Ints:
    column = table.columns[name]
    if isinstance(column, Text):
        if name in ("born", "id"):     # digits have no skeleton
            return np.where(column.code > 0, column.code, -1)
        return column.key
    if isinstance(column, Choice):
        return column.code
    return _day(column, shift) if name == "day" else column.middle


def _day(column: Amount, shift: int) -> Ints:
    middle = column.middle
    return np.where(middle == -1, -1, (middle + shift + 400_000) // 4)


def _mixed(codes: list[Ints]) -> Ints:
    """One number per row for several codes; -1 where one of them is missing."""
    out = np.zeros(len(codes[0]), np.uint64)
    missing = np.zeros(len(codes[0]), bool)
    for code in codes:
        missing |= code < 0
        out = (out ^ code.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        out ^= out >> np.uint64(29)
    mixed: Ints = (out >> np.uint64(1)).astype(np.int64)
    mixed[missing] = -1
    return mixed


def blocks(ordered: Ints) -> tuple[Ints, Ints]:
    """Where runs of one key start in the sorted codes, and how long they are: runs of 2 to BLOCK rows."""
    edges = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    sizes = np.diff(np.r_[edges, len(ordered)])
    kept = (sizes > 1) & (sizes <= BLOCK) & (ordered[edges] >= 0)
    return edges[kept], sizes[kept]


def within(order: Ints, starts: Ints, sizes: Ints, rows: int) -> Ints:
    """All pairs inside each run, as low * rows + high."""
    first = np.repeat(starts, sizes)
    offset = np.arange(len(first)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    rest = np.repeat(sizes, sizes) - offset - 1
    at = np.repeat(first + offset, rest)
    other = at + 1 + np.arange(len(at)) - np.repeat(np.cumsum(rest) - rest, rest)
    a, b = order[at].astype(np.int64), order[other].astype(np.int64)
    both: Ints = np.minimum(a, b) * rows + np.maximum(a, b)
    return both
