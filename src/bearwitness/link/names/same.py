"""Two names held against each other, part by part: order swaps, a father left out, a grandfather more, kunya or given name.

A figure, not a judgement: how well the words of the shorter name are found in the longer one, with what was found against
it. Whether two mentions are one person needs place, date, age and how rare the name is (`link/people`).
"""
from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bearwitness.link.names.likeness import likeness
from bearwitness.link.names.normal import normal
from bearwitness.link.names.parse import parse
from bearwitness.link.names.parts import Name
from bearwitness.link.names.same_many import FIRST, GIVEN, LEFT_OUT, SINGLE, SWAPPED, WHOLE
from bearwitness.link.names.slavic import father_of

ALIKE = 0.6         # below this two parts count as different


@dataclass(frozen=True, slots=True)
class Sameness:
    """score: 0..1. given, father, family: likeness of those parts, None where one name lacks it. swapped: order differs.

    extra: parts that only one name has. against: what speaks against, in words; () where nothing does.
    """

    score: float
    given: float | None = None
    father: float | None = None
    family: float | None = None
    swapped: bool = False
    extra: int = 0
    against: tuple[str, ...] = ()


@lru_cache(maxsize=1 << 18)
def same_name(a: Name, b: Name) -> Sameness:
    """How well two names agree. Unlike kinds (a person and a placeholder) never agree; two unidentified tell nothing (0)."""
    if a.kind != b.kind:
        return Sameness(0.0, against=(f"one is {a.kind}, the other {b.kind}",))
    if a.kind == "kin":
        return _kin(a, b)
    if a.kind == "unidentified":
        return Sameness(0.0, against=("nobody is named",))
    return _persons(a, b)


def _kin(a: Name, b: Name) -> Sameness:
    against = []
    if a.relation != b.relation:
        against.append(f"{a.relation} and {b.relation}")
    if a.number != b.number and a.number and b.number:
        against.append(f"number {a.number} and {b.number}")
    of = same_name(parse(a.relative), parse(b.relative))
    score = 0.0 if against else of.score
    return Sameness(score, of.given, of.father, of.family, of.swapped, of.extra, (*against, *of.against))


def _persons(a: Name, b: Name) -> Sameness:
    short, long = sorted((a.words, b.words), key=len)
    if not short or not long:
        return _kunyas(a, b)
    pairs = _matched(short, long)
    score = sum(_weight(i) * value for i, _, value in pairs) / sum(_weight(i) for i in range(len(short)))
    swapped = [j for _, j, _ in pairs] != sorted(j for _, j, _ in pairs)
    extra = len(long) - len(short)
    score = max(0.0, score - LEFT_OUT * min(extra, 2) - SWAPPED * swapped)
    if len(short) == 1 and extra:
        score *= SINGLE
    whole = likeness("".join(short), "".join(long)) if extra else 0.0
    whole = whole if whole >= WHOLE else 0.0
    against = tuple(f"{short[i]} and {long[j]}" for i, j, value in pairs if value < ALIKE)
    fathers = _one(father_of(a.father) or a.father, father_of(b.father) or b.father)
    return Sameness(round(max(score, whole), 4), _one(a.given, b.given), fathers, _one(a.family, b.family), swapped, extra,
                    against if score >= whole else ())


def _weight(place: int) -> float:
    return GIVEN if place == 0 else 1.0


def _one(a: str, b: str) -> float | None:
    return likeness(a, b) if a and b else None


def _matched(short: tuple[str, ...], long: tuple[str, ...]) -> list[tuple[int, int, float]]:
    """The best pairing of every word of the shorter name: (place in short, place in long, likeness)."""
    table = [[likeness(x, y) for y in long] for x in short]
    best: list[tuple[int, int, float]] = []
    top = -1.0

    def go(i: int, taken: tuple[int, ...], value: float) -> None:
        nonlocal best, top
        if i == len(short):
            ordered = value - SWAPPED * (list(taken) != sorted(taken)) - FIRST * (taken[0] != 0)
            if ordered > top:
                top, best = ordered, [(k, j, table[k][j]) for k, j in enumerate(taken)]
            return
        for j in range(len(long)):
            if j not in taken:
                go(i + 1, (*taken, j), value + _weight(i) * table[i][j])

    go(0, (), 0.0)
    return best


def _kunyas(a: Name, b: Name) -> Sameness:
    """Names of which one has only a kunya or a nickname."""
    for x, y in ((a.kunya, b.kunya), (a.nickname, b.nickname)):
        if x and y:
            return Sameness(round(0.8 * likeness(normal(x), normal(y)), 4))
    return Sameness(0.0, against=("no part that both have",))
