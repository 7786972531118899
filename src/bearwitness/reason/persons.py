"""How many people the lists name, by incident, day, place, sex, age or status; each figure with its members.

A figure is min..best..max. Max: every doubtful pair is two people, and every row without a name is one more. Min: people
who are surely distinct: doubtful pairs joined wherever nothing contradicts it, and rows without a name counted only as far
as one list must mean people beside those it names. A cell of a breakdown is at least what stays in it whichever way the
doubts fall. Who lacks an answer stands in a row of its own, so the rows add up.

Not done here: who is who (`link.people`); tolls that speakers state (`reason.tally`); estimates (`reason.unseen`).
Source: Every Casualty Counts, Standards for Casualty Recording (2016), on ranges and unidentified persons.
"""
from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import numpy as np

from bearwitness.errors import InputError
from bearwitness.intake.lists import read_roll
from bearwitness.intake.lists.values import EPOCH
from bearwitness.intake.lists.words import plain
from bearwitness.link.people.matching import Matched, match
from bearwitness.link.people.spread import fewest, knots
from bearwitness.model.roll import GROUP, Roll

Row = tuple[str, int]
BY = ("sex", "age", "day", "place", "incident", "status", "list")
NOT_KNOWN, DISAGREE = "not known", "the lists disagree"
ADULT = 18


@dataclass(frozen=True, slots=True)
class Person:
    """One human being, as far as the lists can tell. rows: where they are named. says: meaning -> answer."""

    number: int
    rows: tuple[Row, ...]
    says: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """min..best..max. members: person numbers (the best answer's). open_top: a row speaks of more people than it counts."""

    low: int
    best: int
    high: int
    members: tuple[int, ...] = ()
    open_top: bool = False

    def words(self) -> str:
        more = " or more" if self.open_top else ""
        if self.low == self.high:
            return f"{self.low}{more}"
        return f"{self.low} to {self.high}{more}, most likely {self.best}"


@dataclass(slots=True)
class Persons:
    """What the lists come to. doubtful: pairs of person numbers that may be one. unnamed: rows without a name, by list;
    several: rows that name several people at once: (list, row, low, high)."""

    people: list[Person]
    doubtful: set[tuple[int, int]] = field(default_factory=set)
    unnamed: dict[str, list[int]] = field(default_factory=dict)
    several: list[tuple[str, int, float, float]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    best: int = 0


def persons(lists: Sequence[Path], judgements: Sequence[Path] = (), folder: Path | None = None) -> Persons:
    """Read and link lists, and gather what they say of each person. Raises what `match` raises."""
    matched = match(lists, judgements=judgements, folder=folder)
    rolls = {roll.name: roll for roll in map(read_roll, lists)}
    found = Persons(_people(matched, rolls), notes=matched.notes, best=matched.linked.best)
    number = {row: person.number for person in found.people for row in person.rows}
    linked, held = matched.linked, matched.linked.prepared
    for at in linked.doubtful.tolist():
        a, b = (number[_row(held, int(side[at]))] for side in (linked.left, linked.right))
        if a != b:
            found.doubtful.add((min(a, b), max(a, b)))
    for name, row, kind in matched.apart:
        if kind == GROUP:
            roll = rolls[name]
            at = int(np.flatnonzero(roll.rows == row)[0])
            low, high = float(roll.group_low[at]), float(roll.group_high[at])
            found.several.append((name, row, 2.0 if math.isnan(low) else low, high))
        else:
            found.unnamed.setdefault(name, []).append(row)
    return found


def choose(found: Persons, wanted: Callable[[Person], bool]) -> Persons:
    """The same for some of the people; rows without a name are left out, because nothing says that they belong."""
    people = [person for person in found.people if wanted(person)]
    kept = {person.number for person in people}
    return Persons(people, {pair for pair in found.doubtful if kept.issuperset(pair)}, notes=found.notes, best=len(people))


def whole(found: Persons) -> Figure:
    """All people of the lists."""
    numbers = [person.number for person in found.people]
    low, high = _least(numbers, found.doubtful), len(numbers)
    in_list = Counter(name for person in found.people for name in {name for name, _ in person.rows})
    beside = [_least([p.number for p in found.people if any(name == own for own, _ in p.rows)], found.doubtful)
              + len(rows) for name, rows in found.unnamed.items()]
    unnamed = sum(map(len, found.unnamed.values()))
    several = sum(0 if math.isnan(top) else int(top) for *_, top in found.several)
    open_top = any(math.isnan(top) for *_, top in found.several)
    low = max([low, *beside, max(in_list.values(), default=0) if not found.doubtful else 0])
    best = max(found.best or high, low) if not (unnamed or several) else max(min(found.best or high, high), low)
    return Figure(low, min(best, high + unnamed + several), high + unnamed + several, tuple(numbers), open_top)


def by(found: Persons, names: Sequence[str]) -> list[tuple[tuple[str, ...], Figure]]:
    """One figure for each combination of answers that somebody has. Raises InputError for what cannot be asked."""
    for name in names:
        if name not in BY:
            raise InputError(f"People cannot be counted by {name!r}.", where="--by", fix=f"By: {', '.join(BY)}.")
    cells: dict[tuple[str, ...], list[int]] = {}
    for person in found.people:
        cells.setdefault(tuple(person.says[name] for name in names), []).append(person.number)
    around = _around(found)
    out = [(key, Figure(_stays(members, around), len(members), len(members), tuple(members)))
           for key, members in cells.items()]
    return sorted(out, key=lambda row: tuple((answer in (NOT_KNOWN, DISAGREE), answer) for answer in row[0]))


def _around(found: Persons) -> dict[int, tuple[list[int], list[tuple[int, int]]]]:
    """person number -> the knot of doubt it stands in: its people, and pairs of their places."""
    if not found.doubtful:
        return {}
    left, right = (np.array(side) for side in zip(*sorted(found.doubtful), strict=True))
    top = np.arange(max(person.number for person in found.people) + 1)
    return {number: (members, pairs) for members, pairs in knots(top, left, right) for number in members}


def _stays(members: Sequence[int], around: Mapping[int, tuple[list[int], list[tuple[int, int]]]]) -> int:
    """The least number of people that a cell holds whichever way the doubts fall."""
    inside, low, done = set(members), 0, set[int]()
    for number in members:
        if number not in around:
            low += 1
        elif number not in done:
            knot, pairs = around[number]
            done.update(knot)
            least = 1 if len(knot) == 2 else fewest(len(knot), pairs)[0]
            low += max(0, least - sum(1 for other in knot if other not in inside))
    return low


def _least(numbers: Sequence[int], doubtful: set[tuple[int, int]]) -> int:
    kept = set(numbers)
    inner = Persons([Person(number, (), {}) for number in numbers], {pair for pair in doubtful if kept.issuperset(pair)})
    return _stays(numbers, _around(inner))


def _row(held: object, at: int) -> Row:
    return held.lists[held.whose[at]], int(held.row[at])                 # type: ignore[attr-defined]


def _people(matched: Matched, rolls: Mapping[str, Roll]) -> list[Person]:
    held = matched.linked.prepared
    place = {name: {int(row): at for at, row in enumerate(roll.rows.tolist())} for name, roll in rolls.items()}
    rows: dict[int, list[Row]] = {}
    for at, person in enumerate(matched.linked.person.tolist()):
        rows.setdefault(person, []).append(_row(held, at))
    return [Person(number, tuple(sorted(each)), _says([(rolls[name], place[name][row]) for name, row in sorted(each)]))
            for number, each in enumerate(rows.values(), 1)]


def _says(rows: Sequence[tuple[Roll, int]]) -> dict[str, str]:
    """What the rows of one person say together; where they contradict each other, that is the answer."""
    low = max((roll.age_low[at] for roll, at in rows if not math.isnan(roll.age_low[at])), default=math.nan)
    high = min((roll.age_high[at] for roll, at in rows if not math.isnan(roll.age_high[at])), default=math.nan)
    spans = [(roll.age_low[at], roll.age_high[at]) for roll, at in rows if not math.isnan(roll.age_low[at])]
    bands = {_band(*span) for span in spans} - {NOT_KNOWN}
    days = {str(EPOCH + timedelta(int(roll.day_low[at]))) for roll, at in rows if roll.day_low[at] == roll.day_high[at]}
    narrowed = _band(low, high) if low <= high else NOT_KNOWN
    return {"sex": _one({roll.sex[at] for roll, at in rows}), "age": _one(bands) if bands else narrowed, "day": _one(days),
            "list": "; ".join(sorted({roll.name for roll, _ in rows})),
            **{name: _one({_shown(roll.of(name)[at]) for roll, at in rows}) for name in ("place", "incident", "status")}}


def _shown(cell: str) -> str:
    return " ".join(cell.split())


def _one(said: set[str]) -> str:
    told: dict[str, str] = {}
    for word in sorted(said):
        if plain(word):
            told.setdefault(plain(word), word)
    return next(iter(told.values())) if len(told) == 1 else DISAGREE if told else NOT_KNOWN


def _band(low: float, high: float) -> str:
    if math.isnan(low):
        return NOT_KNOWN
    return f"under {ADULT}" if high < ADULT else f"{ADULT} and over" if low >= ADULT else NOT_KNOWN
