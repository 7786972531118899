"""How far doubt about who is who moves an estimate: the same models on the same people, matched in other ways.

Every model takes the matching for certain. `match people` does not: it leaves pairs of rows that may be one person. A
match that was missed makes two people of one, each on fewer lists, and pushes the figure up; a false one pushes it down.
So where `pairs.csv` lies beside `persons.csv`, the log-linear models are run twice more: with the likelier of the
doubtful pairs joined, and with all of them joined, which is more than can be true. Told is by how much their figures
move, never a further figure: that would be an estimate without its interval. What this leaves out: pairs that the program
took for surely one person or surely two, and was wrong about.
"""
from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bearwitness.reason.unseen.hierarchy import choose
from bearwitness.reason.unseen.histories import Histories
from bearwitness.reason.unseen.loglinear import stepwise
from bearwitness.reason.unseen.reading import MATCHED, UNNAMED

PAIRS = "pairs.csv"
LIKELY = 0.5      # probability from which a doubtful pair is likelier one person than two
_ENDS = ("left_list", "left_row", "right_list", "right_row", "probability", "zone")
UNKNOWN = ("Who is who is taken as certain here. How many pairs of rows are still in doubt is not known: no pairs.csv of "
           "the same matching lies beside the table.")


@dataclass(frozen=True)
class Doubt:
    """pairs: in doubt, of which `likely` are likelier one person. ways: what was joined -> (people seen, move by model).

    A move is the figure then over the figure as the table stands, less 1; None where one of them does not exist."""

    pairs: int
    likely: int
    ways: dict[str, tuple[int, dict[str, float | None]]]

    def as_data(self) -> dict[str, Any]:
        return {"pairs": self.pairs, "likely": self.likely,
                "ways": {way: {"observed": seen, "moves": moves} for way, (seen, moves) in self.ways.items()}}


def linkage(path: Path, table: Histories) -> Doubt | None:
    """The doubt of the matching that `path` came from; None where nothing beside it tells. table: what was read of it."""
    beside = path.with_name(PAIRS)
    if path.suffix.lower() != ".csv" or not beside.is_file():
        return None
    people = _people(path)
    doubtful = _doubtful(beside, people) if people else None
    if people is None or doubtful is None:
        return None
    likely = [pair for pair in doubtful if pair[2] >= LIKELY]
    stands = figures(table)
    ways = {}
    for way, joined in (("likelier ones joined", likely), ("all joined", doubtful)):
        joint = _histories(table.lists, people, [(a, b) for a, b, _ in joined])
        moves = {model: _move(stands[model], figure) for model, figure in figures(joint).items()}
        ways[way] = (joint.seen, moves)
    return Doubt(len(doubtful), len(likely), ways if doubtful else {})


def _move(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else round(after / before - 1.0, 4)


def figures(table: Histories) -> dict[str, float | None]:
    """The figure of each log-linear model."""
    counts, lists = table.full(), len(table.lists)
    step, chosen = stepwise(counts, lists), choose(counts, lists)
    found: dict[str, float | None] = {"loglinear-stepwise-p02": None if step is None else table.seen + step.unseen}
    for name in ("bic", "aic"):
        found[f"loglinear-{name}"] = table.seen + chosen[name].best.unseen if name in chosen else None
    return found


def words(found: Doubt | None) -> list[str]:
    """What a reader must know of the matching."""
    if found is None:
        return [UNKNOWN]
    if not found.pairs:
        return ["Who is who: no pair of rows is in doubt; pairs taken for one person or for two may still be wrong."]
    said = [f"Who is who: {found.pairs:,} pairs of rows are in doubt, and every model above takes each for two people. "
            "Joined, they move the figures (latent-class was not run again):"]
    for way, (seen, moves) in found.ways.items():
        more = f" ({found.likely:,} pairs)" if way.startswith("likelier") else " (more than can be true)"
        said.append(f"  {way}{more}: {seen:,} people named; " + ", ".join(
            f"{model} {'has no figure then' if move is None else f'{move:+.1%}'}" for model, move in moves.items()))
    return [*said, "  Answer review.csv and match again before an estimate is used."]


_Row = tuple[str, str]


def _people(path: Path) -> dict[_Row, str] | None:
    """The person of each row of a named person; None where the file is not as `match people` writes it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        if next(rows, []) != MATCHED:
            return None
        return {(row[1], row[2]): row[0] for row in rows if len(row) == len(MATCHED) and not UNNAMED.fullmatch(row[0])}


def _doubtful(beside: Path, people: dict[_Row, str]) -> list[tuple[str, str, float]] | None:
    """Pairs of persons in doubt, with the probability; None where the file speaks of other rows."""
    with beside.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if not set(_ENDS) <= set(rows.fieldnames or ()):
            return None
        found = []
        for row in rows:
            ends = [people.get((row[f"{side}_list"], row[f"{side}_row"])) for side in ("left", "right")]
            if ends[0] is None or ends[1] is None:
                return None
            if row["zone"] == "review" and ends[0] != ends[1]:
                found.append((ends[0], ends[1], float(row["probability"])))
    return found


def _histories(lists: tuple[str, ...], people: dict[_Row, str], joined: Iterable[tuple[str, str]]) -> Histories:
    """People by pattern of lists, when these pairs of persons are one."""
    stands: dict[str, str] = {}

    def root(person: str) -> str:
        while person in stands:
            person = stands[person]
        return person
    for a, b in joined:
        one, two = sorted((root(a), root(b)))
        if one != two:
            stands[two] = one
    patterns: dict[str, int] = {}
    for (name, _), person in people.items():
        if name in lists:
            at = root(person)
            patterns[at] = patterns.get(at, 0) | 1 << lists.index(name)
    counts: dict[int, int] = {}
    for pattern in patterns.values():
        counts[pattern] = counts.get(pattern, 0) + 1
    return Histories(lists, dict(sorted(counts.items())))
