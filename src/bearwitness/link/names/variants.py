"""Spellings that the lists themselves show to be one name: an optional table, learned without anybody's labels.

Two rows that agree in every other thing told of them (father, family, place, day ...) and differ in one part show two
spellings of that part, or two brothers. Brothers show pairs that are as frequent as chance makes them; variants of one name
come back more often than that, and look or sound alike. Both are asked: a pair enters when it was seen `least` times or
more, `lift` times as often as chance, and is alike by `floor` at least.
Neglects: rare variants, which no list of this size can show.
"""
from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from bearwitness.link.names.likeness import likeness
from bearwitness.link.names.normal import normal

CROWD = 12      # rows that agree in all else: above this they are a massacre of one family, and show nothing


@dataclass(frozen=True, slots=True)
class Variant:
    """a, b: normal forms, a < b. seen: times they stood for each other. lift: over chance [1]. alike: likeness 0..1."""

    a: str
    b: str
    seen: int
    lift: float
    alike: float


@dataclass(frozen=True, slots=True)
class Variants:
    """A learned table: pairs of normal forms, the smaller first."""

    table: Mapping[tuple[str, str], Variant]

    @classmethod
    def learn(cls, rows: Iterable[tuple[str, Hashable]], *, least: int = 3, lift: float = 5.0,
              floor: float = 0.5) -> Variants:
        """From pairs (part, everything else told of its row); where that is None or empty, a row shows nothing."""
        groups: defaultdict[Hashable, set[str]] = defaultdict(set)
        share: Counter[str] = Counter()
        for part, rest in rows:
            if rest and (word := normal(part)):
                groups[rest].add(word)
                share[word] += 1
        small = [sorted(group) for group in groups.values() if 1 < len(group) <= CROWD]
        seen = Counter(pair for group in small for pair in combinations(group, 2))
        total, met = sum(share.values()), sum(seen.values())
        found = {}
        for (a, b), times in seen.items():
            chance = met * 2 * share[a] * share[b] / total ** 2
            if times >= least and times >= lift * chance and (alike := likeness(a, b)) >= floor:
                found[a, b] = Variant(a, b, times, times / chance, alike)
        return cls(found)

    def alike(self, a: str, b: str) -> float:
        """Likeness of two parts, raised to 0.9 where the lists show them to be one name."""
        x, y = sorted((normal(a), normal(b)))
        plain = likeness(a, b)
        return max(plain, 0.9) if (x, y) in self.table else plain
