"""Rows that are linked to nobody: bodies without a name, and several people in one row; what they add to a count.

A body without a name is a person, but it may be one of the named people of another list, or an unnamed one of it. Within
one list it is nobody else: its owner wrote a row for it beside the named. So the least of a count is the highest
enumeration (named + unnamed) of a single list, or the named people of all lists, whichever is more; the most takes every
such row for one more person. Of a list that holds repeats an unnamed row proves nobody.

"Family of 5" beside five named people of that family, on that day and at that place, are the same five: a group adds only
what it has beyond its named members (least and most). Where day or place is not stated for both, they may be the same:
then the least adds nothing for them and the most does. Where a group does not say how many, it is two or more.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bearwitness.link.names.normal import normal
from bearwitness.link.names.parse import parse
from bearwitness.model.roll import Roll

_KEPT = ("name", "given", "family", "name_local", "father")


@dataclass(frozen=True, slots=True)
class Group:
    """Several people in one row of a list. row: its place in the roll. low, high: how many; open_top: or more.

    named: linked rows that are surely among them; maybe: those that may be."""

    roll: int
    row: int
    low: int
    high: int
    open_top: bool
    named: tuple[int, ...] = ()
    maybe: tuple[int, ...] = ()


def group_of(rolls: Sequence[Roll], which: int, at: int) -> Group:
    low, high = float(rolls[which].group_low[at]), float(rolls[which].group_high[at])
    unsaid, open_top = low != low, high != high
    least = 2 if unsaid else int(low)
    return Group(which, at, least, least if open_top else int(high), open_top)


class Members:
    """Finds the named rows that a group may consist of, by the words of its cell."""

    def __init__(self, rolls: Sequence[Roll], which: Sequence[int], at: Sequence[int]) -> None:
        """which, at: the roll, and the place in it, of every linked row."""
        self.rolls, self.which, self.at = rolls, which, at
        self.cells = [{name: roll.of(name) for name in (*_KEPT, "place", "incident")} for roll in rolls]
        self.by_family: dict[str, list[int]] = {}
        for row, (roll, place) in enumerate(zip(which, at, strict=True)):
            if family := self._family(roll, place):
                self.by_family.setdefault(family, []).append(row)

    def of(self, group: Group) -> Group:
        """The group with its members found."""
        words = {word for name in _KEPT for word in _words(self.cells[group.roll][name][group.row])}
        surely: list[int] = []
        maybe: list[int] = []
        for row in sorted({row for word in words for row in self.by_family.get(word, ())}):
            fits = self._together((group.roll, group.row), (self.which[row], self.at[row]))
            if fits is not False:
                (surely if fits else maybe).append(row)
        return Group(group.roll, group.row, group.low, group.high, group.open_top, tuple(surely), tuple(maybe))

    def _family(self, roll: int, at: int) -> str:
        own = self.cells[roll]
        if own["family"][at]:
            return normal(own["family"][at])
        cell = own["name"][at] or own["name_local"][at]
        return normal(parse(cell).family) if cell else ""

    def _together(self, a: tuple[int, int], b: tuple[int, int]) -> bool | None:
        """True: day and place, or the incident, agree. False: one of them differs. None: too little is said."""
        days = [(self.rolls[roll].day_low[at], self.rolls[roll].day_high[at]) for roll, at in (a, b)]
        dated = not np.isnan(days).any()
        if dated and max(low for low, _ in days) > min(high for _, high in days):
            return False
        strike, place = self._same("incident", a, b), self._same("place", a, b)
        if strike or (place and dated):
            return True
        return False if place is False or strike is False else None

    def _same(self, column: str, a: tuple[int, int], b: tuple[int, int]) -> bool | None:
        said = [normal(self.cells[roll][column][at]) for roll, at in (a, b)]
        return said[0] == said[1] if all(said) else None


def _words(cell: str) -> list[str]:
    """Normal forms of the words of a cell."""
    bare = [word.strip("()[],.;:-\"'") for word in cell.split()]
    return [form for word in bare if len(word) > 2 and not word.isdigit() for form in (normal(word),) if form]
