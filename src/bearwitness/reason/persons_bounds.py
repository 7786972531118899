"""How many people stand in each cell of a table at least and at most, over every way the doubtful pairs can turn out.

Persons that may be one are joined in every way that contradicts nothing (`link.people.spread`): two rows found to be
different are never joined by way of a third. A person joined of two says what either said; where they say different
things, the person stands in the cell for that. So a cell may lose people, and the cell "stated differently" may gain some.
Exact for knots of up to MOST persons; for larger ones the ends are bounds: the least may be too low, the most too high
(of the cells where statements differ, the most counts persons joined of two).
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from bearwitness.link.people.spread import Pair, fewest, knots
from bearwitness.reason.persons_values import MIXED, SILENT

Ints = npt.NDArray[np.int64]
Cell = tuple[int, ...]
"""One number for each respect; SILENT and MIXED stand for residual cells."""
MOST = 8
_TOTAL: Cell = ()


@dataclass(slots=True)
class Bounds:
    """least, most: by cell, and under () for all together. exact: no knot was too large to try every way."""

    least: Counter[Cell] = field(default_factory=Counter)
    most: Counter[Cell] = field(default_factory=Counter)
    exact: bool = True


def cells(low: Ints, high: Ints) -> list[Cell]:
    """The cell of each person. low, high: least and greatest number said, shape (persons, respects), SILENT for none."""
    found = np.where(low == high, low, MIXED)
    return [tuple(row) for row in found.tolist()]


def of_longest(whose: npt.NDArray[Any], person: npt.NDArray[Any], counted: npt.NDArray[np.bool_], low: Ints,
               high: Ints) -> Counter[Cell]:
    """People of the list that has most of them, by cell: all that is sure where lists tell no namesakes apart.

    whose: list of each row. counted: per person. low, high: as for `cells`."""
    cell_of, out = cells(low, high), Counter[Cell]()
    for at in np.unique(whose).tolist():
        mine = np.zeros(len(counted), bool)
        mine[person[whose == at]] = True
        named = np.flatnonzero(mine & counted).tolist()
        out |= Counter(cell_of[one] for one in named) | Counter({(): len(named)})
    return out


def gathered(person: Ints, count: int, codes: Sequence[Ints]) -> tuple[Ints, Ints]:
    """(low, high) of what the rows of each person say, shape (count, respects). person: 0-based, per row."""
    low = np.full((count, len(codes)), np.iinfo(np.int64).max)
    high = np.full((count, len(codes)), SILENT, np.int64)
    for at, code in enumerate(codes):
        said = code >= 0
        np.minimum.at(low[:, at], person[said], code[said])
        np.maximum.at(high[:, at], person[said], code[said])
    low[high == SILENT] = SILENT
    return low, high


def bounds(low: Ints, high: Ints, counted: npt.NDArray[np.bool_], left: Ints, right: Ints) -> Bounds:
    """Bounds of each cell. counted: persons that matter; one joined with such a person matters too.

    left, right: doubtful pairs of persons (0-based).
    """
    cell = cells(low, high)
    out = Bounds(Counter(cell[at] for at in np.flatnonzero(counted).tolist()))
    out.least[_TOTAL] = int(counted.sum())
    out.most = out.least.copy()
    for members, pairs in knots(np.arange(len(cell)), left, right):
        if any(counted[member] for member in members):
            _widen(out, low, high, counted, members, pairs)
    return out


def _widen(out: Bounds, low: Ints, high: Ints, counted: npt.NDArray[np.bool_], members: list[int], pairs: list[Pair]
           ) -> None:
    """Take the doubt of one knot into account."""
    apart = _held([[at] for at in range(len(members))], low, high, counted, members)
    least, most = Counter(apart), Counter(apart)
    if len(members) > MOST:
        least, exact = _sure(apart, low, high, counted, members, pairs)
        out.exact &= exact
        for key in set() if exact else {key for pair in pairs for key in _held([pair], low, high, counted, members)}:
            most[key] = max(most[key], min(len(members) // 2, len(pairs)))
    else:
        for cliques in _partitions(len(members), frozenset(frozenset(pair) for pair in pairs)):
            held = _held(cliques, low, high, counted, members)
            for key in {*least, *held}:
                least[key] = min(least[key], held[key])
                most[key] = max(most[key], held[key])
    for key in {*least, *most}:
        out.least[key] += least[key] - apart[key]
        out.most[key] += most[key] - apart[key]


def _sure(apart: Counter[Cell], low: Ints, high: Ints, counted: npt.NDArray[np.bool_], members: list[int],
          pairs: list[Pair]) -> tuple[Counter[Cell], bool]:
    """Least counts of a large knot, and whether all its counts are exact.

    A cell keeps whoever stays in it, with whomever he or she turns out to be one.
    """
    mine = [at for at, member in enumerate(members) if counted[member]]
    least: Counter[Cell] = Counter()
    least[_TOTAL], exact = _fewest(mine, pairs)
    cell = cells(low[members], high[members])
    moved = {at for a, b in pairs for at, other in ((a, b), (b, a)) if not _fits(cell[at], cell[other])}
    for key in apart.keys() - {_TOTAL}:
        least[key] = _fewest([at for at in mine if cell[at] == key and at not in moved], pairs)[0]
    return least, exact and len(apart) <= 2 and not moved and len(mine) == len(members)


def _fewest(kept: Sequence[int], pairs: Sequence[Pair]) -> tuple[int, bool]:
    place = {at: new for new, at in enumerate(kept)}
    return fewest(len(kept), [(place[a], place[b]) for a, b in pairs if a in place and b in place])


def _fits(own: Cell, other: Cell) -> bool:
    """Whether joining the other changes nothing of what the first says."""
    return all(a == b or (b == SILENT and a != SILENT) for a, b in zip(own, other, strict=True))


def _held(cliques: Sequence[Sequence[int]], low: Ints, high: Ints, counted: npt.NDArray[np.bool_], members: list[int]
          ) -> Counter[Cell]:
    """People by cell when each clique is one person."""
    found: Counter[Cell] = Counter()
    for clique in cliques:
        rows = [members[at] for at in clique]
        if not any(counted[row] for row in rows):
            continue
        key = []
        for at in range(low.shape[1]):
            said = [end for row in rows for end in (int(low[row, at]), int(high[row, at])) if end != SILENT]
            key.append(SILENT if not said else said[0] if len(set(said)) == 1 else MIXED)
        found[tuple(key)] += 1
        if key:
            found[_TOTAL] += 1
    return found


@cache
def _partitions(count: int, near: frozenset[frozenset[int]]) -> list[list[list[int]]]:
    """Every way to sort 0..count-1 into sets whose members are all near one another."""
    def place(node: int, cliques: list[list[int]]) -> Iterator[list[list[int]]]:
        if node == count:
            yield [list(clique) for clique in cliques]
            return
        for clique in cliques:
            if all(frozenset((node, other)) in near for other in clique):
                clique.append(node)
                yield from place(node + 1, cliques)
                clique.pop()
        yield from place(node + 1, [*cliques, [node]])
    return list(place(0, []))
