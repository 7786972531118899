"""Where no estimate stands (R25), each with its measure, and what can be said instead.

An estimate needs three lists at least that were made apart, that share people, and that speak of more than one
incident. Lists of one incident are not samples of a population: who is missing there is missing for one reason.
"""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from bearwitness.errors import GroundsError
from bearwitness.reason.unseen.histories import Histories

FEWEST = 3        # lists
PEOPLE = 100      # seen: below it a table is tens of people, which one incident may hold
COPY = 0.95       # share of a list that stands on another, from which one is taken as a copy of the other
LIKE = 0.80       # the same, from which it is said
APART = 0.15      # by how much that share exceeds the share among people the list does not name
FEW = 10          # people on a list, below which such a share says nothing


@dataclass(frozen=True)
class Nested:
    """List `inner` stands on list `outer`: `share` of its people do, and `beside` of the people it does not name."""

    inner: str
    outer: str
    share: float
    beside: float

    def __str__(self) -> str:
        return (f"{self.share:.0%} of the people on {self.inner} stand on {self.outer} too, but only {self.beside:.0%} of "
                f"the people whom {self.inner} does not name")


def hold(table: Histories, where: str, copies: Iterable[tuple[str, str, str]] = (), incident: str = "") -> list[Nested]:
    """Raises GroundsError (R25) where no estimate stands; else the pairs of lists that look alike, to be said.

    copies: (list, list, why) known to go back to one origin. incident: the one incident the table speaks of, if any.
    """
    instead = (f"Say what the lists carry: at least {table.seen:,} people are named by one list or more, if each of them "
               "was matched once; without an estimate of how many are missing.")
    if incident:
        raise _no(f"this table speaks of one incident ({incident}); how many people no list names is not estimated "
                  "for one incident", where, "Print the tally of the incident. " + instead)
    if len(table.lists) < FEWEST:
        raise _no(f"an estimate needs {FEWEST} lists at least, and this table has {len(table.lists)}"
                  + (f" ({', '.join(table.lists)})" if table.lists else ""), where, instead)
    for one, two, why in copies:
        raise _no(f"the lists {one} and {two} are not made apart: {why}", where,
                  f"Join {one} and {two} into one column and run it again, if {FEWEST} lists are left. " + instead)
    alike = nested(table)
    for pair in alike:
        if pair.share >= COPY:
            raise _no(f"the list {pair.inner} looks like a part of {pair.outer}: {pair}", where,
                      f"Find out whether one was made from the other; join them into one column. {instead}")
    if not linked(table):
        raise _no("an estimate does not exist here: no three lists share people two by two ("
                  + "; ".join(_shared(table)) + ")", where, instead)
    if over := [name for j, name in enumerate(table.lists) if table.on(j) == table.seen]:
        raise _no(f"an estimate does not exist here: {over[0]} names everybody whom any list names, so nothing shows "
                  "how many it misses", where, instead)
    if table.seen < PEOPLE:
        raise _no(f"this table holds {table.seen} people, and an estimate is not made from fewer than {PEOPLE}: "
                  "tens of people can be one incident, and their overlaps carry no figure", where, instead)
    return alike


def nested(table: Histories) -> list[Nested]:
    """Lists that stand on another one far more than other people do, the most alike first."""
    found = []
    for a in range(len(table.lists)):
        for b in range(len(table.lists)):
            size, both = table.on(a), table.on(a, b)
            rest = table.seen - size
            if a == b or size < FEW or rest < FEW:
                continue
            share, beside = both / size, (table.on(b) - both) / rest
            if share >= LIKE and share - beside >= APART:
                found.append(Nested(table.lists[a], table.lists[b], share, beside))
    return sorted(found, key=lambda pair: -pair.share)


def linked(table: Histories) -> bool:
    """True when some three lists share people two by two.

    Without them the model in which every two lists may depend has no single estimate: L. Chan, B. W. Silverman,
    K. Vincent, J. Am. Stat. Assoc. 116, 2021, doi:10.1080/01621459.2019.1708748.
    """
    return any(all(table.on(a, b) for a, b in combinations(three, 2)) for three in combinations(range(len(table.lists)), 3))


def _shared(table: Histories) -> list[str]:
    return [f"{table.lists[a]} and {table.lists[b]} share {table.on(a, b) or 'nobody'}"
            for a, b in combinations(range(len(table.lists)), 2)][:6]


def _no(message: str, where: str, fix: str) -> GroundsError:
    return GroundsError(message, where=where, fix=fix, code="R25")
