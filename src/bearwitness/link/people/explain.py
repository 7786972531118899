"""Why two rows are, or are not, one person: a waterfall from what is usual to the probability, line by line."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bearwitness.errors import InputError
from bearwitness.link.people.engine import Linked
from bearwitness.link.people.fields import KINDS
from bearwitness.link.people.judgements import Row, name
from bearwitness.link.people.learn import memberships
from bearwitness.link.people.reasons import factor, steps, words
from bearwitness.link.people.zones import NOTES, ZONES


@dataclass(frozen=True, slots=True)
class Step:
    """what: the field and how alike it is. factor: how the odds changed, given the lines above. chance: after it, 0..1."""

    what: str
    factor: str
    chance: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """steps: the waterfall. kinds: chance of each kind of pair by itself. probability, zone, note: as in pairs.csv."""

    left: str
    right: str
    steps: tuple[Step, ...]
    kinds: dict[str, float]
    probability: float
    zone: str
    note: str


def explain(linked: Linked, first: Row, second: Row) -> Explanation:
    """Raises InputError for a row that is not there, or a pair that was never worth a look."""
    at = _pair(linked, _row(linked, first), _row(linked, second))
    held = linked.prepared
    if at < 0 or at >= len(held.pairs):
        raise InputError(f"{name(first)} and {name(second)} agree on too little: they were never held against each other.",
                         where=name(first), fix="pairs.csv lists every pair that is at least one in a thousand.")
    pair = held.pairs.take(np.array([at]))
    start, moved = steps(held.model, pair)
    odds = float(start[0])
    lines = [Step("before any field: two rows of these lists", "", _chance(odds))]
    for field, change in moved:
        level = int(pair.levels[field.name][0])
        odds += float(change[0])
        lines.append(Step(words(field, level) if level >= 0 else f"{field.word} not said by both",
                          factor(float(change[0])) if level >= 0 else "", _chance(odds)))
    probability = float(linked.probability[at])
    lines.append(Step("with the other rows of its group", "", probability))
    member = memberships(held.model, pair)[:, 0]
    kinds = {kind.words: round(float(value), 4) for kind, value in zip(KINDS, member, strict=True)}
    return Explanation(name(first), name(second), tuple(lines), kinds, probability, ZONES[int(linked.zoned.zone[at])],
                       NOTES[int(linked.zoned.note[at])])


def _chance(odds: float) -> float:
    return float(1 / (1 + np.exp(-np.clip(odds, -30, 30))))


def _row(linked: Linked, row: Row) -> int:
    held = linked.prepared
    if row[0] not in held.lists:
        raise InputError(f"{row[0]} is none of the lists.", where=name(row), fix=f"The lists are {', '.join(held.lists)}.")
    at = np.flatnonzero((held.whose == held.lists.index(row[0])) & (held.row == row[1]))
    if not len(at):
        raise InputError(f"{name(row)} is no row of a named person.", where=name(row),
                         fix="Rows are counted from 1, the header not counted.")
    return int(at[0])


def _pair(linked: Linked, a: int, b: int) -> int:
    at = np.flatnonzero((linked.left == min(a, b)) & (linked.right == max(a, b)))
    return int(at[0]) if len(at) else -1


def lines(found: Explanation) -> list[str]:
    """The waterfall as a person reads it."""
    note = f"; {found.note}" if found.note else ""
    out = [f"{found.left} and {found.right}: {found.zone} ({say(found.probability)}){note}"]
    wide = max(len(step.what) for step in found.steps)
    out += [f"  {step.what:<{wide}}  {step.factor:>10}  {say(step.chance)}" for step in found.steps]
    likely = sorted(found.kinds.items(), key=lambda item: -item[1])[:3]
    out.append("  by itself the pair is: " + "; ".join(f"{words_} {say(value)}" for words_, value in likely))
    return out


def say(chance: float) -> str:
    """A probability in words that keep their digits where they matter."""
    if chance < 1e-4:
        return f"1 in {1 / max(chance, 1e-12):,.0f}" if chance > 1e-9 else "less than 1 in 1,000,000,000"
    return f"{chance:.4f}" if chance <= 0.9999 else "over 0.9999"

