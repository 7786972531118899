"""Names written family first, told by what the other rows call given names and family names.

A cell `X Y` does not say which of the two is the family name, nor does `X Y Z` where no patronymic shows. Rows that leave
no doubt (separate columns; three words in the usual order) tell how often each name is given, a father's, or a family's;
where a cell fits much better with its family name in front, it is read so. Before that a whole list is: where what stands
last is far oftener a well-known given name than what stands first.
"""
from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from bearwitness.link.names.known import readings
from bearwitness.link.names.sounds import skeleton

_OFTENER, _FEWEST = 0.25, 10      # by how much of the rows, and from how many rows on, a whole list is judged [1]
_CLEARLY = 3.0        # natural logarithm of how much likelier the other order must be
Triple = tuple[str, str, str]      # given, father, family: normal forms


def turned(triple: Triple) -> Triple:
    """The same words read family first."""
    given, father, family = triple
    return (father, family, given) if father else (family, "", given)


class Roles:
    """How often each name stands in each of the three places, by its consonant skeleton."""

    def __init__(self, sure: Iterable[Triple]) -> None:
        self.counts: tuple[Counter[str], Counter[str], Counter[str]] = (Counter(), Counter(), Counter())
        for triple in sure:
            for counter, word in zip(self.counts, triple, strict=True):
                if word:
                    counter[skeleton(word)] += 1
        self.totals = [sum(counter.values()) for counter in self.counts]

    def fits(self, triple: Triple) -> float:
        """Logarithm of how usual these names are in these places."""
        return sum(math.log((self.counts[at][skeleton(word)] + 0.5) / (self.totals[at] + 1000))
                   for at, word in enumerate(triple) if word)

    def ordered(self, triple: Triple) -> Triple:
        """The triple, or the same words read family first where that is clearly more usual."""
        if not triple[0] or not triple[2] or not self.totals[0] or not self.totals[2]:
            return triple
        other = turned(triple)
        return other if self.fits(other) - self.fits(triple) > _CLEARLY else triple


def family_first(triples: Sequence[Triple]) -> bool:
    """Whether a list writes the family name first: what stands last in it is far oftener a well-known given name."""
    rows = [(given, family) for given, _, family in triples if given and family]
    if len(rows) < _FEWEST:
        return False
    first, last = (sum(bool(readings(row[at])) for row in rows) / len(rows) for at in (0, 1))
    return last - first > _OFTENER
