"""People that casualty lists name: read and linked once, then counted whole or for some incidents, by sex, age, day ...

The rule of the count stands in `persons_count`; who is who in `link.people`. A row belongs to an incident where its list
says so: in its column, or for the whole list in columns.toml. Rows that give no incident but the day and the place of one
are named, and are not counted: a place and a day may have seen two strikes.
"""
from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bearwitness.intake.lists import read_roll
from bearwitness.intake.lists.values import EPOCH
from bearwitness.intake.lists.words import plain
from bearwitness.link.names.normal import normal
from bearwitness.link.people.engine import conclude
from bearwitness.link.people.judgements import Judgement
from bearwitness.link.people.matching import Matched, match
from bearwitness.model.roll import Roll
from bearwitness.model.when import When
from bearwitness.reason.persons_count import Flags, Line, PeopleTally, tally_people
from bearwitness.reason.persons_values import BANDS

_BETWEEN = re.compile(r"[;,+/|]| و | and ")


@dataclass(slots=True)
class People:
    """Lists read and linked."""

    matched: Matched
    rolls: list[Roll]

    def count(self, by: Sequence[str] = (), *, bands: Sequence[int] = BANDS, within: dict[str, Flags] | None = None
              ) -> PeopleTally:
        return tally_people(self.matched, self.rolls, by, bands=bands, within=within)


def people(lists: Sequence[Path], judgements: Sequence[Path] = (), folder: Path | None = None,
           given: Sequence[Judgement] = ()) -> People:
    """Read and link. judgements: answered reviews; given: judgements from elsewhere. folder: where what was computed is
    kept. Raises what `match` raises."""
    matched = match(lists, judgements=judgements, folder=folder)
    if given:
        there = {(name, row) for name, row in _named(matched)}
        kept = [one for one in given if one.left in there and one.right in there]
        matched.linked = conclude(matched.linked.prepared, kept)
    return People(matched, sorted(map(read_roll, lists), key=lambda one: one.name))


def _named(matched: Matched) -> list[tuple[str, int]]:
    held = matched.linked.prepared
    return [(held.lists[whose], row) for whose, row in zip(held.whose.tolist(), held.row.tolist(), strict=True)]


def of_incidents(rolls: Sequence[Roll], words: Collection[str]) -> dict[str, Flags]:
    """Rows that say they are of one of these incidents (ids or names); a cell may name several."""
    wanted = {plain(word) for word in words} - {""}
    out = {}
    for roll in rolls:
        known = {cell: plain(cell) in wanted or any(plain(part) in wanted for part in _BETWEEN.split(cell))
                 for cell in set(roll.of("incident"))}
        out[roll.name] = np.array([known[cell] for cell in roll.of("incident")], bool)
    return out


def may_belong(rolls: Sequence[Roll], names: Collection[str], when: Sequence[When], inside: dict[str, Flags]
               ) -> list[tuple[str, int]]:
    """Rows without an incident that stand on the day of one of these and at a place its name speaks of: (list, number)."""
    spoken = {normal(word) for name in names for word in re.split(r"\W+", name) if len(word) > 2} - {""}
    days = {(each - EPOCH).days for one in when for each in one.dates()}
    out = []
    for roll in rolls:
        places = {cell for cell in set(roll.of("place")) if cell and normal(cell) in spoken}
        place, incident = roll.of("place"), roll.of("incident")
        for at in [at for at, cell in enumerate(place) if cell in places and not incident[at] and not inside[roll.name][at]]:
            if roll.day_low[at] == roll.day_high[at] and int(roll.day_low[at]) in days:
                out.append((roll.name, int(roll.rows[at])))
    return out


def say(line: Line) -> str:
    """A line in words: `4 to 6, most likely 5`."""
    more = " or more" if line.open_top else ""
    if line.low == line.high:
        return f"{line.low:,}{more}"
    return f"{line.low:,} to {line.high:,}{more}, most likely {line.best:,}"
