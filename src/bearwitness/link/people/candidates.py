"""Which pairs of rows are worth a look, without looking at all of them.

Two rows become a candidate when they agree on one of the keys below: consonant skeletons of names (a misspelling seldom
changes them) with each other, or one of them with place and day. Days count as near when they are at most two apart:
each day falls into two overlapping spans of four. A key whose blocks would yield more pairs than its allowance is left
out, and so is a block too large to tell anything; other keys reach those pairs. Where the lists say so little that fewer
than ENOUGH keys can be made, a name may also agree but for one consonant. Up to ALL rows of such lists, and SHORT of
others, every pair is looked at, but what differences mean is learned from pairs that agree on a key, or may belong
together: among all pairs those of one person are too few.
"""
from __future__ import annotations

from typing import Any

import numpy as np

from bearwitness.link.people.columns import Amount, Choice, Ints, Text
from bearwitness.link.people.table import Table

FEW, SHORT, ALL = 300, 1_000, 2_500
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
ENOUGH = 8
PER_ROW_NEAR = 60    # the same where names agree but for one consonant, which is marked by a star [1]
NEAR = (("given*", "family*"), ("given*", "father*"), ("father*", "family*"), ("given*", "day"), ("family*", "day"),
        ("father*", "day"), ("given*", "place"), ("family*", "place"), ("given*", "age"), ("family*", "age"))


def every(table: Table) -> tuple[Ints, Ints] | None:
    """All pairs of rows (left < right), int32, ascending; None where they are too many, or keys enough reach them."""
    if len(table) > (ALL if len(_possible(table, KEYS)) < ENOUGH else SHORT):
        return None
    left, right = np.triu_indices(len(table), 1)
    return _of_a_kind(table, left.astype(np.int32), right.astype(np.int32))


def candidates(table: Table) -> tuple[Ints, Ints, Ints]:
    """Pairs of rows (left < right) that agree on a key, int32, each once, ascending; and how many keys found each.

    Of a table of up to FEW rows every pair. The last are zeros where there are keys enough for no pair to hang on one."""
    rows = len(table)
    if rows <= FEW:
        a, b = np.triu_indices(rows, 1)
        left, right = _of_a_kind(table, a.astype(np.int32), b.astype(np.int32))
        return left, right, np.zeros(len(left), np.int64)
    keys = _possible(table, KEYS)
    poor = len(keys) < ENOUGH
    if poor:
        keys += _possible(table, NEAR)
    found = [pairs for key in keys for pairs in (_by_key(table, key),) if pairs is not None]
    both, times = counted(np.concatenate(found)) if found else (np.zeros(0, np.int64), np.zeros(0, np.int64))
    left, right = _of_a_kind(table, (both // rows).astype(np.int32), (both % rows).astype(np.int32))
    if len(left) < len(both):
        times = times[np.searchsorted(both, left.astype(np.int64) * rows + right)]
    return left, right, times if poor else np.zeros(len(left), np.int64)


def _possible(table: Table, keys: tuple[tuple[str, ...], ...]) -> list[tuple[str, ...]]:
    return [key for key in keys if all(name.rstrip("*") in table.columns for name in key)]


def _of_a_kind(table: Table, left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Without the pairs that hold a named person against somebody known only as a relative."""
    if "relative" not in table.columns:
        return left, right
    known = _coded(table, "relative", 0)
    alike = (known[left] >= 0) == (known[right] >= 0)
    return left[alike], right[alike]


def counted(numbers: Ints) -> tuple[Ints, Ints]:
    """Sorted, each once; and how often each stands there."""
    numbers = np.sort(numbers)
    starts = np.flatnonzero(np.r_[True, numbers[1:] != numbers[:-1]]) if numbers.size else np.zeros(0, np.int64)
    return numbers[starts], np.diff(np.r_[starts, len(numbers)])


def _by_key(table: Table, key: tuple[str, ...]) -> Ints | None:
    near = any(name.endswith("*") for name in key)
    variants = [0, 2] if "day" in key else [0]
    found, total = [], 0
    for shift in variants:
        rows: Ints = np.arange(len(table))
        code = np.zeros(len(table), np.uint64)
        for name in key:
            rows, code = _with_field(table, name, shift, rows, code)
        order = np.argsort(code, kind="stable")
        starts, sizes = blocks(code[order])
        total += int((sizes * (sizes - 1) // 2).sum())
        if total > (PER_ROW_NEAR if near else PER_ROW) * len(table):
            return None
        found.append(within(rows[order], starts, sizes, len(table)))
    if len(found) == 1 and not near:
        return found[0]
    both: Ints = counted(np.concatenate(found))[0]
    kept: Ints = both[both // len(table) != both % len(table)]
    return kept


def _with_field(table: Table, name: str, shift: int, rows: Ints, code: Any) -> tuple[Ints, Any]:
    """Rows that say something in a field, each as often as it has values there, and their codes mixed with those."""
    if name.endswith("*"):
        column = table.columns[name[:-1]]
        if not isinstance(column, Text):
            raise TypeError(f"{name} is no column of words")
        start, values = _but_one(column)
        many = np.where(column.code[rows] > 0, np.diff(start)[column.code[rows]], 0)
        first = np.repeat(start[column.code[rows]], many)
        value = values[first + np.arange(len(first)) - np.repeat(np.cumsum(many) - many, many)]
        rows, code = np.repeat(rows, many), np.repeat(code, many)
    else:
        value = _coded(table, name, shift)[rows]
        rows, code, value = rows[value >= 0], code[value >= 0], value[value >= 0]
    code = (code ^ value.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
    return rows, code ^ (code >> np.uint64(29))


def _but_one(column: Text) -> tuple[Ints, Ints]:
    """Per word of the vocabulary: where its values start, and the values: its consonants, and all but one of them."""
    number: dict[str, int] = {}
    start, values = [0], []
    for word in column.vocabulary.skeletons:
        forms = {word, *(word[:at] + word[at + 1:] for at in range(len(word)) if len(word) > 2)} if word else set()
        values += [number.setdefault(form, len(number)) for form in sorted(forms)]
        start.append(len(values))
    return np.array(start), np.array(values, np.int64)


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


def blocks(ordered: Ints) -> tuple[Ints, Ints]:
    """Where runs of one key start in the sorted codes, and how long they are: runs of 2 to BLOCK rows."""
    edges = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    sizes = np.diff(np.r_[edges, len(ordered)])
    kept = (sizes > 1) & (sizes <= BLOCK)
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
