"""Cells that speak of law: which facts of the law a record shows, and how the team classifies a conflict."""
from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from bearwitness.model.cells import BadCell, split_values
from bearwitness.model.conflict import Conflict
from bearwitness.model.nearest import nearest
from bearwitness.model.records import Reading
from bearwitness.rules import load

KINDS = ("IAC", "NIAC")
KEYS = ("kind", "sides", "from", "to", "because", "by", "reviewed", "source")


@lru_cache(maxsize=1)
def known_facts() -> frozenset[str]:
    """Names of the facts of the law: rules/law/facts.toml."""
    return frozenset(name for name, row in load("law/facts").items() if isinstance(row, dict))


def read_shows(cell: str) -> tuple[str, ...]:
    """`object-struck; not military-use` -> ("object-struck", "!military-use"). Raises BadCell for an unknown fact."""
    found = []
    for value in split_values(cell):
        name = value.removeprefix("not ").strip()
        if name not in known_facts():
            near = nearest(name, tuple(sorted(known_facts())), 0.0)
            raise BadCell(f"{name!r} is no fact of the law", f"Did you mean {near!r}? The reference of the law lists them.")
        found.append(f"!{name}" if value.startswith("not ") else name)
    return tuple(found)


def read_conflicts(table: Mapping[str, Any], reading: Reading) -> tuple[Conflict, ...]:
    """[conflicts.NAME] of case.toml. Raises BadCell where kind, sides or reason are wanting."""
    return tuple(_conflict(name, row, reading) for name, row in table.items())


def _conflict(name: str, row: Mapping[str, Any], reading: Reading) -> Conflict:
    where = f"[conflicts.{name}]"
    if not isinstance(row, Mapping):
        raise BadCell(f"{where} is not a table", "Write kind, sides, from and because under it.")
    if unknown := [key for key in row if key not in KEYS]:
        raise BadCell(f"{where} has {unknown[0]!r}, which is not known", f"Known: {', '.join(KEYS)}.")
    if row.get("kind") not in KINDS:
        raise BadCell(f"{where}: kind is {row.get('kind', '')!r}", 'Write kind = "IAC" or kind = "NIAC".')
    sides = row.get("sides", ())
    if len(sides) != 2 or not all(isinstance(side, list) and side for side in sides):
        raise BadCell(f"{where} does not name two sides", 'Write sides = [["russia", "syria"], ["armed groups"]].')
    if not row.get("because"):
        raise BadCell(f"{where} gives no reason", "Write because = and why: who fights whom, by whose consent.")
    start, end = (reading.when(row[key]) if row.get(key) else None for key in ("from", "to"))
    one, two = (tuple(str(party) for party in side) for side in sides)
    return Conflict(name, row["kind"], (one, two), start, end, row["because"], row.get("by", ""), row.get("reviewed", ""),
                    row.get("source", ""))
