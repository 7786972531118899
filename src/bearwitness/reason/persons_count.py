"""How many people, counted from casualty lists: least, best and most, whole and by sex, age band, day, place, status.

Rule. Least: people who are surely different: the named people of all lists with every doubtful pair joined that can be
joined (and, as in `link`, as many of the pairs taken for different as their own probabilities leave room for), or named +
unnamed of the one list that surely has most, whichever is more. Most: every doubtful pair is two people and every row that
was not resolved (a body without a name, what a family has beyond its named members) is real. Best: the likely pairs
joined, the unnamed of the list that has most of them.
Rows of a table are residual where nothing is stated, or where reports of one person state different things; so a table by
one respect always shows everybody. What it is not: an estimate of people on no list; a toll that somebody stated.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from bearwitness.link.people.engine import allowance
from bearwitness.link.people.least import longest
from bearwitness.link.people.matching import Matched
from bearwitness.link.people.written import UNNAMED
from bearwitness.link.people.zones import DIFFERENT, JUDGED_DIFFERENT, REPEATS
from bearwitness.model.roll import Roll
from bearwitness.reason import persons_apart, persons_bounds
from bearwitness.reason.persons_bounds import Bounds, Cell
from bearwitness.reason.persons_values import BANDS, MIXED, SILENT, Ints, Respect, across_scripts, respect

RULE = ("least = people surely different (doubtful pairs joined), or the highest enumeration (named + unnamed) of one "
        "list; most = every doubtful pair apart and every unresolved row real; best = likely pairs joined")
Flags = npt.NDArray[np.bool_]
Ref = tuple[str, int]
"""A row: list and number."""


@dataclass(frozen=True, slots=True)
class Person:
    """One member of a count: the rows that speak of it. kind: named, unidentified or group. cell: where it was counted."""

    id: str
    kind: str
    rows: tuple[Ref, ...]
    cell: Cell
    low: int = 1
    high: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table. cell: a number for each respect. open_top: more is possible."""

    cell: Cell
    low: int
    best: int
    high: int
    open_top: bool


@dataclass(slots=True)
class PeopleTally:
    """respects: what it is broken down by. total: of everybody. lines: by cell, ascending, residual ones last.

    members: every person, body and group counted. doubtful: pairs of rows that make the range, with the probability that
    they are one person. exact: False where an end is only a bound. notes: what a reader must know."""

    respects: tuple[Respect, ...]
    total: Line
    lines: list[Line]
    members: list[Person]
    doubtful: list[tuple[Ref, Ref, float]]
    exact: bool
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Rows:
    """All rows that may be people. roll, at: which list and place in it. linked: how many, the first, are linked."""

    roll: Ints
    at: Ints
    linked: int
    unnamed: Ints
    groups: Ints


def tally_people(found: Matched, rolls: Sequence[Roll], by: Sequence[str] = (), *, bands: Sequence[int] = BANDS,
                 within: Mapping[str, Flags] | None = None) -> PeopleTally:
    """Count. rolls: the lists that were matched. by: respects. within: rows that belong to what is asked, per list
    (default: all). Raises InputError as `respect` does."""
    rolls = sorted(rolls, key=lambda one: one.name)
    rows = _rows(found, rolls)
    inside = np.array([within is None or bool(within[rolls[r].name][a]) for r, a in
                       zip(rows.roll.tolist(), rows.at.tolist(), strict=True)], bool)
    respects = tuple(respect(name, rolls, bands) for name in by)
    codes = [np.array([one.of[r][a] for r, a in zip(rows.roll.tolist(), rows.at.tolist(), strict=True)], np.int64)
             for one in respects]
    person = np.unique(found.linked.person, return_inverse=True)[1]
    likely = found.linked.likely.astype(np.int64)
    for one, code in zip(respects, codes, strict=True):
        for old, new in across_scripts(one, likely, code[:rows.linked]).items():
            code[code == old] = new
    return _Count(found, rolls, rows, inside, respects, codes, person).done()


def _rows(found: Matched, rolls: Sequence[Roll]) -> _Rows:
    held = found.linked.prepared
    place = {roll.name: at for at, roll in enumerate(rolls)}
    whose = np.array([place[name] for name in held.lists], np.int64)[held.whose]
    linked = np.zeros(len(held), np.int64)
    for at, roll in enumerate(rolls):
        own = whose == at
        linked[own] = np.searchsorted(roll.rows, held.row[own])
    apart = sorted(found.apart)
    roll = np.r_[whose, [place[name] for name, _, _ in apart]].astype(np.int64)
    at_row = np.r_[linked, [int(np.searchsorted(rolls[place[name]].rows, row)) for name, row, _ in apart]].astype(np.int64)
    kinds = np.array([kind == "group" for _, _, kind in apart], bool)
    first = len(held)
    return _Rows(roll, at_row, first, first + np.flatnonzero(~kinds), first + np.flatnonzero(kinds))


class _Count:
    """One count in the making: named people, then bodies without a name, then groups."""

    def __init__(self, found: Matched, rolls: Sequence[Roll], rows: _Rows, inside: Flags, respects: tuple[Respect, ...],
                 codes: list[Ints], person: Ints) -> None:
        self.found, self.rolls, self.rows, self.inside = found, rolls, rows, inside
        self.respects, self.codes, self.person = respects, codes, person
        self.count = int(person.max()) + 1 if len(person) else 0
        self.own = [code[:rows.linked] for code in codes]
        self.low, self.high = persons_bounds.gathered(person, self.count, self.own)
        linked = found.linked
        self.doubt = linked.doubtful
        kin, named = linked.prepared.placeholders       # "wife of X" may be a woman that another list names
        self.left = np.r_[person[linked.left[self.doubt]], person[kin]]
        self.right = np.r_[person[linked.right[self.doubt]], person[named]]
        self.counted = self._of_persons(inside[:rows.linked])
        self.cell_of_row = [tuple(int(code[at]) for code in codes) for at in range(rows.linked, len(rows.roll))]

    def _of_persons(self, rows: Flags) -> Flags:
        flags = np.zeros(self.count, bool)
        flags[self.person[rows]] = True
        return flags

    def done(self) -> PeopleTally:
        named = self._bounds(self.counted)
        best = self._best()
        unnamed = [at for at in self.rows.unnamed.tolist() if self.inside[at]]
        least = self._with_unnamed(named, unnamed)
        most = named.most + self._by_cell(unnamed)
        best += self._largest(unnamed)
        groups = self._groups()
        open_cells: set[Cell] = set()
        for group, surely, maybe in groups:
            cell = self._cell(group)
            for key in {cell, ()}:
                least[key] += max(0, surely)
                best[key] += max(0, surely)
                most[key] += maybe
                if self._group(group).open_top:
                    open_cells.add(key)
        def line(key: Cell) -> Line:
            return Line(key, least[key], min(max(best[key], least[key]), most[key]), most[key], key in open_cells)
        keys = {key for key in {*most} if key and most[key] > 0} if self.respects else set()
        ordered = sorted(keys, key=lambda key: tuple((code < 0, -code if code < 0 else code) for code in key))
        return PeopleTally(self.respects, line(()), [line(key) for key in ordered], self._members(groups),
                           self._pairs(), named.exact, self._notes(unnamed, groups))

    def _bounds(self, counted: Flags) -> Bounds:
        """Bounds from the doubtful pairs; the least lower by what pairs in zone different may hide, as `link` allows."""
        found = persons_bounds.bounds(self.low, self.high, counted, self.left, self.right)
        linked = self.found.linked
        at = np.flatnonzero((linked.zoned.zone == DIFFERENT) & (linked.zoned.note != JUDGED_DIFFERENT))
        a, b = self.person[linked.left[at]], self.person[linked.right[at]]
        chance = np.where(counted[a] & counted[b] & (a != b), linked.probability[at], 0.0)
        unseen = linked.prepared.missed / max(self.count, 1)      # spread over persons: nobody knows where they are
        spare = {(): allowance(chance, unseen * int(counted.sum()))}
        if self.respects and len(at):
            cell = np.unique(np.where(self.low == self.high, self.low, MIXED), axis=0, return_inverse=True)
            number = cell[1].reshape(-1)
            within = np.where(number[a] != number[b], chance, 0.0)
            expected = np.bincount(number[a], chance, len(cell[0])) + np.bincount(number[b], within, len(cell[0])) \
                + unseen * np.bincount(number[counted], minlength=len(cell[0]))
            for code in np.flatnonzero(expected).tolist():
                spare[tuple(cell[0][code].tolist())] = allowance(expected[code:code + 1].astype(np.float64))
        for key, value in spare.items():
            found.least[key] = max(found.least[key] - value, min(1, found.least[key]) if not key else 0)
        if len(np.unique(linked.prepared.company[linked.prepared.whose])) > 1:
            found.least &= persons_bounds.of_longest(linked.prepared.whose, self.person, counted, self.low, self.high)
        held, mine = linked.prepared, counted[self.person]
        found.least[()] = max(found.least[()], longest(held.lists, held.whose, held.repeats, self.person, mine))
        return found

    def _best(self) -> Counter[Cell]:
        """The likely persons that have a row inside, by what all their rows say."""
        likely = np.unique(self.found.linked.likely, return_inverse=True)[1]
        count = int(likely.max()) + 1 if len(likely) else 0
        cells = persons_bounds.cells(*persons_bounds.gathered(likely, count, self.own))
        chosen = np.unique(likely[self.inside[:self.rows.linked]]).tolist()
        found = Counter(cells[at] for at in chosen)
        found[()] = len(chosen)
        return found

    def _cell(self, row: int) -> Cell:
        return self.cell_of_row[row - self.rows.linked]

    def _by_cell(self, rows: Sequence[int]) -> Counter[Cell]:
        found = Counter(self._cell(row) for row in rows)
        found[()] = len(rows)
        return found

    def _largest(self, unnamed: Sequence[int]) -> Counter[Cell]:
        """Unnamed rows of the list that has most of them, by cell."""
        lists = Counter(int(self.rows.roll[row]) for row in unnamed)
        if not lists:
            return Counter()
        most = min(lists, key=lambda at: (-lists[at], at))
        return self._by_cell([row for row in unnamed if self.rows.roll[row] == most])

    def _with_unnamed(self, named: Bounds, unnamed: Sequence[int]) -> Counter[Cell]:
        """Least counts: named people of all lists, or named and unnamed of one list, whichever is more, for each cell.

        A list that names nobody does not show whether it repeats anybody: it proves that somebody is there, and no more.
        """
        least = named.least.copy()
        for at in sorted({int(self.rows.roll[row]) for row in unnamed}):
            if self.found.linked.prepared.repeats.get(self.rolls[at].name, 0.0) >= REPEATS:
                continue
            if not (self.rows.roll[:self.rows.linked] == at).any():
                least[()] = max(least[()], 1)
                continue
            own = (self.rows.roll[:self.rows.linked] == at) & self.inside[:self.rows.linked]
            listed = self._bounds(self._of_persons(own)).least
            listed += self._by_cell([row for row in unnamed if self.rows.roll[row] == at])
            for key, value in listed.items():
                least[key] = max(least[key], value)
        return least

    def _group(self, row: int) -> persons_apart.Group:
        return persons_apart.group_of(self.rolls, int(self.rows.roll[row]), int(self.rows.at[row]))

    def _groups(self) -> list[tuple[int, int, int]]:
        """(row, people it surely adds, people it may add) of each group inside."""
        wanted = [at for at in self.rows.groups.tolist() if self.inside[at]]
        if not wanted:
            return []
        linked = slice(0, self.rows.linked)
        members = persons_apart.Members(self.rolls, self.rows.roll[linked].tolist(), self.rows.at[linked].tolist())
        out = []
        for row in wanted:
            group = members.of(self._group(row))
            surely = len(np.unique(self.person[list(group.named)]))
            maybe = len(np.unique(self.person[[*group.named, *group.maybe]]))
            out.append((row, self._sure_of(row, group.low - maybe), max(0, group.high - surely)))
        return out

    def _sure_of(self, row: int, beyond: int) -> int:
        """A group proves people only where its list holds no repeats and no other list speaks of a group there."""
        others = [at for at in self.rows.groups.tolist() if self.inside[at] and self.rows.roll[at] != self.rows.roll[row]]
        repeats = self.found.linked.prepared.repeats.get(self.rolls[int(self.rows.roll[row])].name, 0.0)
        return 0 if others or repeats >= REPEATS or len(self.rolls) > 1 else max(0, beyond)

    def _ref(self, row: int) -> Ref:
        roll = self.rolls[int(self.rows.roll[row])]
        return roll.name, int(roll.rows[int(self.rows.at[row])])

    def _members(self, groups: Sequence[tuple[int, int, int]]) -> list[Person]:
        """Everybody counted, with the ids of `persons.csv`."""
        cells = persons_bounds.cells(self.low, self.high)
        rows: dict[int, list[Ref]] = {}
        for row, number in enumerate(self.person.tolist()):
            if self.counted[number]:
                rows.setdefault(number, []).append(self._ref(row))
        found = [Person(f"p{number + 1}", "named", tuple(refs), cells[number]) for number, refs in sorted(rows.items())]
        for number, row in enumerate(self.rows.unnamed.tolist(), 1):
            if self.inside[row]:
                found.append(Person(f"{UNNAMED}{number}", "unidentified", (self._ref(row),), self._cell(row), 0))
        return found + [Person("", "group", (self._ref(row),), self._cell(row), sure, most) for row, sure, most in groups]

    def _pairs(self) -> list[tuple[Ref, Ref, float]]:
        linked = self.found.linked
        return [(self._ref(int(linked.left[at])), self._ref(int(linked.right[at])), round(float(linked.probability[at]), 4))
                for at, a, b in zip(self.doubt.tolist(), self.left.tolist(), self.right.tolist(), strict=False)
                if a != b and (self.counted[a] or self.counted[b])]

    def _notes(self, unnamed: Sequence[int], groups: Sequence[tuple[int, int, int]]) -> list[str]:
        notes = []
        if unnamed:
            notes.append(f"{len(unnamed)} rows of people without a name: the most counts each; the least only those of one "
                         "list, beside its own named people")
        if groups:
            sure, most = sum(one[1] for one in groups), sum(one[2] for one in groups)
            more = f"{most}" if sure == most else f"{sure} to {most}"
            notes.append(f"{len(groups)} rows of several people add {more} beyond their members that are named")
        if self.respects:
            notes += [f"{roll.name} means by {word}: {text}" for roll in self.rolls for word, text in
                      sorted(roll.definitions.items())]
        return notes

__all__ = ["RULE", "SILENT", "Line", "PeopleTally", "Person", "tally_people"]
