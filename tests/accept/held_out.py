"""Made-up lists that were not used to build the linking, linked, and what came of them: for ranges and for calibration.

Families killed together come from the generator beside the outside data (see tools/bench_linkage.py); several lists of
several languages from the project's own (tests/lists.py).
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

REPO = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPO / "tools"))

from tests.lists import world, write  # noqa: E402

import bench_linkage as linkage  # noqa: E402  (tools are scripts, not a package)
from bearwitness.link.people.matching import match  # noqa: E402
from proof import parts, source_digest  # noqa: E402

Row = dict[str, Any]


class Kept:
    """What was found for each seed, kept from run to run while the sources it follows from stay as they are.

    A long proof that was cut short goes on where it stopped. The file lies in bench/out, which is nobody's evidence."""

    def __init__(self, name: str, follows_from: str) -> None:
        self.path = REPO / "bench" / "out" / f"{name}-{follows_from[:16]}.jsonl"
        lines = self.path.read_text("utf-8").splitlines() if self.path.exists() else []
        self.found: dict[str, Row] = {row["key"]: row for row in map(json.loads, lines)}

    def get(self, key: str, work: Callable[[], Row]) -> Row:
        if key not in self.found:
            self.found[key] = {"key": key, **work()}
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as out:
                out.write(json.dumps(self.found[key]) + "\n")
        return self.found[key]


def kept(part: str) -> Kept:
    """What a part of the proof found for the sources as they stand."""
    return Kept(part, source_digest(parts()[part]))


def ranged(tool: Path, rows: int, seed: int, work: Path) -> Row:
    """Range of people and truth of one list of families."""
    folder = linkage.made(tool, rows, seed, work)
    ran, people = linkage.linked(folder), len(np.unique(linkage.truth_of(folder)))
    shutil.rmtree(folder)
    low, likely, high = ran.span
    return {"low": low, "best": likely, "high": high, "people": people}


def expected(tool: Path, rows: int, seed: int, work: Path) -> Row:
    """Number of people of one list as the generator's own likelihood has it: expected, and its standard deviation."""
    import families_oracle
    folder = linkage.made(tool, rows, seed, work)
    best = families_oracle.best(folder, tool, seed, names=True)
    shutil.rmtree(folder)
    return {"expected": best.people, "spread": best.spread}


def oracle() -> Kept:
    """What the generator's own likelihood said: it follows from the tools alone, not from the linking."""
    told = b"".join((REPO / "tools" / f"families_{name}.py").read_bytes() for name in ("law", "oracle", "pieces"))
    return Kept("families-oracle", hashlib.sha256(told).hexdigest())


@dataclass(frozen=True)
class Told:
    """Pairs told of: probability, and whether the two rows are one person."""

    probability: np.ndarray
    true: np.ndarray

    def tenths(self) -> Iterator[tuple[int, int, float]]:
        """(tenth, pairs in it, share of them that are one person), of tenths that hold any."""
        at = np.minimum((self.probability * 10).astype(int), 9)
        for tenth in range(10):
            if (here := at == tenth).any():
                yield tenth, int(here.sum()), float(self.true[here].mean())


def pairs_of_families(tool: Path, rows: int, seed: int, work: Path) -> Told:
    folder = linkage.made(tool, rows, seed, work)
    ran, true = linkage.linked(folder), linkage.pairs_of(linkage.truth_of(folder))
    shutil.rmtree(folder)
    return Told(ran.probability, np.isin(ran.pair, true))


@dataclass(frozen=True)
class Lists:
    """Several lists of one language linked. people: who is in them; low, high: the range told."""

    told: Told
    people: int
    low: int
    high: int


def lists(culture: str, people: int, seed: int, work: Path) -> Lists:
    """Three lists of one made-up world: every pair told of, and the range."""
    made = world(culture, people, 3, seed)
    matched = match(write(made, work / f"{culture}-{seed}"))
    linked, prepared = matched.linked, matched.linked.prepared
    number = {sheet.name: at for at, sheet in enumerate(made.sheets)}
    whose = [number[prepared.lists[at]] for at in prepared.whose.tolist()]
    rows = list(zip(whose, (prepared.row - 1).tolist(), strict=True))
    true = made.pairs(("person", "kin"))
    ends = zip(linked.left.tolist(), linked.right.tolist(), strict=True)
    one = [(min(rows[a], rows[b]), max(rows[a], rows[b])) in true for a, b in ends]
    return Lists(Told(linked.probability, np.array(one, bool)), len(made.listed), matched.range.low, matched.range.high)


def together(told: list[Told]) -> Told:
    return Told(np.concatenate([one.probability for one in told]), np.concatenate([one.true for one in told]))


def table(told: Told) -> dict[str, str]:
    """A reliability table as counts of a proof: how many pairs of each tenth, and how many in a hundred are one person."""
    return {f"{tenth / 10:.1f}-{(tenth + 1) / 10:.1f}": f"{100 * share:.1f} % of {count:,}"
            for tenth, count, share in told.tenths()}
