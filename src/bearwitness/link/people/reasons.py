"""Why a pair stands where it does, in words: field after field, by how much it moved the odds.

Fields are taken in a fixed order: the event first, then the family, then the person. Each says how the odds changed
*given what stood before it*: once place, day, father and family name have said that two rows belong to one family, a
further family name says little, and the given name decides. The factors multiply to the odds of the pair by itself; what
other rows of its group add stands apart.
"""
from __future__ import annotations

import math

import numpy as np

from bearwitness.link.people.columns import Floats
from bearwitness.link.people.fields import AGE_EDGES, DAY_EDGES, FIELDS, Field
from bearwitness.link.people.learn import Model, Pairs, log_odds

_TEXT = ("the same", "a variant", "nearly the same", "alike", "different")
_CHOICE = ("the same", "different")


def _gaps(edges: tuple[float, ...], unit: str) -> tuple[str, ...]:
    said = ["the same", f"1 {unit} apart"]
    said += [f"{int(low) + 1} to {int(high)} {unit}s apart" if high > low + 1 else f"{int(high)} {unit}s apart"
             for low, high in zip(edges[1:], edges[2:], strict=False)]
    return (*said, f"more than {int(edges[-1])} {unit}s apart", "within a wide span", "outside a wide span")


LEVELS = {"age": _gaps(AGE_EDGES, "year"), "day": _gaps(DAY_EDGES, "day")}


def words(field: Field, level: int) -> str:
    """What a level of a field is called."""
    names = LEVELS.get(field.name) or (_TEXT if len(field.start) == 5 else _CHOICE)
    return f"{field.word} {names[level]}"


def steps(model: Model, pairs: Pairs) -> tuple[Floats, list[tuple[Field, Floats]]]:
    """Log odds before any field, and by how much each field moved them, in order."""
    used: list[str] = []
    at = start = log_odds(model, pairs, ())
    moved = []
    for field in FIELDS:
        if field.name in pairs.levels:
            used.append(field.name)
            after = log_odds(model, pairs, tuple(used))
            moved.append((field, after - at))
            at = after
    return start, moved


def factor(change: float) -> str:
    """A change of log odds in words a reader multiplies: `x 40`, `/ 3`."""
    size = math.exp(min(abs(change), 60.0))
    if size < 1.15:
        return "x 1"
    number = f"{size:.1f}" if size < 10 else (f"{size:,.0f}" if size < 1e6 else f"10^{int(math.log10(size))}")
    if size >= 100 and size < 1e6:
        digits = 10 ** (int(math.log10(size)) - 1)
        number = f"{int(size / digits) * digits:,}"
    return f"x {number}" if change > 0 else f"/ {number}"


def reasons(model: Model, pairs: Pairs) -> list[str]:
    """One text per pair: each field that both rows speak of, and its factor."""
    _, moved = steps(model, pairs)
    pieces = []
    for field, change in moved:
        level = pairs.levels[field.name].astype(np.int64)
        coarse = np.rint(np.clip(change, -60, 60) * 8).astype(np.int64) + 512
        kinds, back = np.unique(np.where(level < 0, -1, level * 2048 + coarse), return_inverse=True)
        said = np.array(["" if kind < 0 else f"{words(field, kind // 2048)} ({factor((kind % 2048 - 512) / 8)})"
                         for kind in kinds.tolist()], dtype=object)
        pieces.append(said[back].tolist())
    return ["; ".join(filter(None, one)) for one in zip(*pieces, strict=True)] if pieces else [""] * len(pairs)
