"""Short made-up lists for tests of linking, written as files; and what came out, read back."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

HEAD = ("given", "father", "family", "age", "date", "place", "sex")


def write(path: Path, rows: Iterable[Sequence[object]], head: Sequence[str] = HEAD) -> Path:
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([head, *rows])
    return path


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def persons(path: Path) -> set[frozenset[tuple[str, int]]]:
    """Rows of each person, from persons.csv."""
    found: dict[str, set[tuple[str, int]]] = {}
    for row in table(path):
        found.setdefault(row["person"], set()).add((row["list"], int(row["row"])))
    return {frozenset(rows) for rows in found.values()}


def together(groups: Iterable[Iterable[tuple[str, int]]]) -> set[tuple[tuple[str, int], ...]]:
    """Pairs of rows that are one person."""
    return {pair for rows in groups for pair in itertools.combinations(sorted(rows), 2)}
