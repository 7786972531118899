"""How well people are told apart, held against known truth, beside other ways and the best possible, in one run.

    python tools/bench_linkage.py [--rows 10000] [--seeds 1 2 3 4 5] [--large 100000] [--ours] [--no-record]

The lists are those of a generator of families killed together (`families.py`, which lies beside the outside data and is
not part of this project; BEARWITNESS_DATA names that data). Per seed: precision, recall and F1 of pairs, false pairs per
1,000 people, candidate pairs, the range of people and its width. Beside it Splink's documented workflow, a rule of four
lines written knowing the generator, and what the generator's own likelihood reaches (`families_oracle.py`, which says what
it knows and what it leaves out); --large adds one longer list of the first seed, --ours leaves the other ways out. Exit 1
where a goal is missed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bearwitness.intake.lists import read_roll  # noqa: E402
from bearwitness.link.people.candidates import candidates, within  # noqa: E402
from bearwitness.link.people.engine import conclude, prepare  # noqa: E402
from bearwitness.link.people.gather import gather  # noqa: E402
from bearwitness.link.people.zones import ONE  # noqa: E402
from linkage_others import by_hand, by_splink  # noqa: E402  (tools are scripts, not a package)
from proof import REPO, keep, stamp  # noqa: E402

F1, FALSE, FOUND, LOOKED = 0.95, 1.0, 0.98, 100
"""Goals: F1 and false pairs per 1,000 people in zone same; recall of candidate pairs, and candidates a row."""
OURS, LIKELY = "ours, zone same", "ours, more likely than not"


def generator() -> Path | None:
    """Where families.py lies, or None."""
    data = os.environ.get("BEARWITNESS_DATA") or str(REPO.parent / "shared" / "data")
    found = Path(data).parent / "tools" / "families.py"
    return found if found.is_file() else None


def made(tool: Path, rows: int, seed: int, folder: Path) -> Path:
    """list.csv and truth.csv of a seed, in a folder."""
    out = folder / f"{rows}-{seed}"
    if not (out / "truth.csv").is_file():
        subprocess.run([sys.executable, str(tool), str(rows), "--seed", str(seed), "--out", str(out)], check=True)
    return out


def pairs_of(label: np.ndarray) -> np.ndarray:
    """Every pair of rows that bear one label, as low * rows + high, ascending."""
    order = np.argsort(label, kind="stable")
    named = label[order]
    starts = np.flatnonzero(np.r_[True, named[1:] != named[:-1]])
    sizes = np.diff(np.r_[starts, len(label)])
    return np.sort(within(order, starts[sizes > 1], sizes[sizes > 1], len(label)))


def truth_of(folder: Path) -> np.ndarray:
    lines = (folder / "truth.csv").read_text("utf-8").split()[1:]
    return np.array([int(line.split(",")[1]) for line in lines])


@dataclass(frozen=True)
class Scored:
    """precision, recall, f1 of pairs; false: number of false pairs."""

    precision: float
    recall: float
    f1: float
    false: int


def scored(found: np.ndarray, true: np.ndarray) -> Scored:
    right = len(np.intersect1d(found, true))
    precision, recall = right / max(len(found), 1), right / max(len(true), 1)
    return Scored(precision, recall, 2 * precision * recall / max(precision + recall, 1e-12), len(found) - right)


@dataclass(frozen=True)
class Ran:
    """One list linked. pair: low * rows + high of each pair told of. span: people at least, most likely, at most."""

    rows: int
    pair: np.ndarray
    probability: np.ndarray
    same: np.ndarray
    span: tuple[int, int, int]
    cpu: float


def linked(folder: Path) -> Ran:
    """Link the list of a folder; CPU seconds are those of linking, reading left out."""
    table, _ = gather([read_roll(folder / "list.csv")])
    started = time.process_time()
    prepared = prepare(table)
    found = conclude(prepared)
    cpu = time.process_time() - started
    row, rows = prepared.row - 1, int(prepared.row.max())      # a row that names nobody is not linked
    ends = np.sort(np.stack([row[found.left], row[found.right]]), axis=0)
    return Ran(rows, ends[0].astype(np.int64) * rows + ends[1], found.probability, found.zoned.zone == ONE,
               (found.range.low, found.best, found.range.high), cpu)


def one(folder: Path) -> dict[str, Any]:
    """Everything measured on one list: pairs in zone same, candidate pairs, range."""
    ran, who = linked(folder), truth_of(folder)
    true, people = pairs_of(who), len(np.unique(who))
    result = scored(np.sort(ran.pair[ran.same]), true)
    likely = scored(np.sort(ran.pair[ran.probability >= 0.5]), true)
    table, _ = gather([read_roll(folder / "list.csv")])
    left, right, _ = candidates(table)
    row = table.row - 1
    looked = np.sort(np.stack([row[left], row[right]]), axis=0)
    recall = float(np.isin(true, looked[0].astype(np.int64) * ran.rows + looked[1]).mean())
    low, best, high = ran.span
    return {"rows": ran.rows, "people": people, **asdict(result), "false_per_1000": 1000 * result.false / people,
            "likely": asdict(likely), "candidate_recall": recall, "candidates_a_row": 2 * len(left) / ran.rows, "low": low,
            "best": best, "high": high, "holds": low <= people <= high, "width": (high - low) / people, "cpu": ran.cpu}


def best_possible(folder: Path, tool: Path, seed: int) -> Iterator[tuple[str, np.ndarray, float]]:
    """(way, pairs found, half the width of a 95 % range of people) of the generator's likelihood, and of its rates alone."""
    from families_oracle import best
    for name, told in (("the generator's own likelihood", {"names": True}),
                       ("its rates, not its names and slips", {"loose": True})):
        weighed = best(folder, tool, seed, **told)
        for limit in (0.5, 0.97):
            yield f"{name}, from {limit}", np.sort(weighed.pair[weighed.chance >= limit]), 1.96 * weighed.spread


def lines(folder: Path, tool: Path, seed: int, *, ours_alone: bool) -> Iterator[dict[str, Any]]:
    """One line per way: rows, seed, way, precision, recall, f1, false_per_1000, and what else there is to say of it."""
    found, who = one(folder), truth_of(folder)
    true, people = pairs_of(who), len(np.unique(who))
    common = {"rows": found["rows"], "seed": seed}
    told = {key: found.pop(key) for key in ("precision", "recall", "f1", "false", "false_per_1000", "likely")}
    likely = told.pop("likely")
    yield common | {"way": OURS} | told | found
    yield common | {"way": LIKELY} | likely | {"false_per_1000": 1000 * likely["false"] / people}
    if ours_alone:
        return
    for way, pair, half in best_possible(folder, tool, seed):
        result = scored(pair, true)
        yield common | {"way": way} | asdict(result) | {"false_per_1000": 1000 * result.false / people,
                                                        "width": 2 * half / people}
    for way, by in (("Splink, documented workflow", by_splink), ("a rule of four lines", by_hand)):
        result = scored(by(folder), true)
        yield common | {"way": way} | asdict(result) | {"false_per_1000": 1000 * result.false / people}


def goals(line: dict[str, Any]) -> bool:
    """Whether a line of ours keeps every goal; lines of other ways have none."""
    return line["way"] != OURS or (
        line["f1"] >= F1 and line["false_per_1000"] <= FALSE and line["candidate_recall"] >= FOUND
        and line["candidates_a_row"] <= LOOKED and line["holds"])


def said(line: dict[str, Any]) -> str:
    text = (f"{line['rows']:>9,} rows, seed {line['seed']}  {line['way']:<50} precision {line['precision']:.4f}  recall "
            f"{line['recall']:.4f}  F1 {line['f1']:.4f}  false/1000 {line['false_per_1000']:.2f}")
    if "holds" in line:
        text += (f"  candidates {line['candidate_recall']:.4f} at {line['candidates_a_row']:.1f} a row, people "
                 f"{line['low']}..{line['best']}..{line['high']} of {line['people']}, {line['cpu']:.2f} s CPU")
    return text + (f"  width {line['width']:.3%}" if "width" in line else "")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--seeds", type=int, nargs="*", default=[1, 2, 3, 4, 5])
    parser.add_argument("--large", type=int, default=100_000, metavar="ROWS", help="0: no longer list")
    parser.add_argument("--ours", action="store_true", help="ours alone")
    parser.add_argument("--no-record", action="store_true", help="write nothing into proof/")
    asked = parser.parse_args()
    tool = generator()
    if tool is None:
        print("not measured: no families.py beside the outside data (BEARWITNESS_DATA)")
        return 0
    wanted = [(asked.rows, seed) for seed in asked.seeds] + [(asked.large, seed) for seed in asked.seeds[:1] if asked.large]
    results = []
    with tempfile.TemporaryDirectory() as work:
        for rows, seed in wanted:
            for line in lines(made(tool, rows, seed, Path(work)), tool, seed, ours_alone=asked.ours):
                results.append({key: round(value, 5) if isinstance(value, float) else value for key, value in line.items()}
                               | ({"met": goals(line)} if line["way"] == OURS else {}))
                print(said(line), flush=True)
    if not asked.no_record:
        keep("bench-linkage", {"part": "bench-linkage", "command": "python tools/bench_linkage.py", "cpus": os.cpu_count(),
                               "results": results, **stamp()})
    return 0 if all(line.get("met", True) for line in results) else 1


if __name__ == "__main__":
    sys.exit(main())
