"""What independent draws of the latent-class model cost: the program's chains and a plain Gibbs sampler, in one run.

    python tools/bench_estimate.py [TABLE.csv] [--no-record]

Without a table, one is made by chance: 4 lists, three classes of people. CPU seconds include every warm-up and leave
compiling out. Effective draws are of the log of the unseen: of the program's chains together, which punishes chains
that sit apart; of the Gibbs chains each for itself and added, which does not. The plain sampler runs the schedule that
is usual for the R package (10,000 turns, then 100,000, every 100th kept). Exit 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bearwitness.reason.unseen import latent  # noqa: E402
from bearwitness.reason.unseen.diagnostics import effective, r_hat  # noqa: E402
from bearwitness.reason.unseen.histories import Histories  # noqa: E402
from bearwitness.reason.unseen.reading import read_table  # noqa: E402
from plain_gibbs import gibbs  # noqa: E402  (tools are scripts, not a package)
from proof import keep, stamp  # noqa: E402

SEEDS = (1, 2, 3)
TIMES = 10.0       # effective draws a CPU second, at least so many times the plain sampler's


def made() -> Histories:
    """5,000 people in three classes on 4 lists."""
    chance = np.random.default_rng(1999)
    of = chance.choice(3, size=10_000, p=[0.15, 0.35, 0.5])
    chances = np.array([[0.5, 0.4, 0.45, 0.3], [0.25, 0.1, 0.2, 0.05], [0.05, 0.1, 0.08, 0.03]])
    patterns = ((chance.random((10_000, 4)) < chances[of]) << np.arange(4)).sum(axis=1)
    values, counts = np.unique(patterns[patterns > 0], return_counts=True)
    return Histories(("A", "B", "C", "D"), {int(v): int(n) for v, n in zip(values, counts, strict=True)})


def timed(work: Callable[[int], np.ndarray]) -> tuple[list[np.ndarray], float]:
    """Unseen by seed, and CPU seconds of all seeds together."""
    started = time.process_time()
    found = [work(seed) for seed in SEEDS]
    return found, time.process_time() - started


def measure(table: Histories) -> dict[str, dict[str, float]]:
    """For each sampler: effective draws, CPU seconds, the first over the second, R-hat, median of everybody."""
    lists = len(table.lists)
    histories = np.array([[pattern >> j & 1 for j in range(lists)] for pattern in table.counts], np.int64)
    counts = np.array(list(table.counts.values()), np.float64)

    def ours(seed: int) -> np.ndarray:
        return latent.chains(table, seed)(latent.WARM, latent.ROUND)[0]

    def plain(seed: int, relabels: int = 0) -> np.ndarray:
        return gibbs(histories, counts, 10, 10_000, 1000, 100, seed, relabels)[None, :]

    latent.chains(table, 1, many=1)(20, 20)    # compiles
    gibbs(histories, counts, 10, 1, 1, 1, 1, 1)
    rows = {}
    for name, work in (("tempered Hamiltonian steps", ours), ("plain Gibbs", plain),
                       ("plain Gibbs, classes exchanged", lambda seed: plain(seed, 10))):
        found, seconds = timed(work)
        logs = [np.log(unseen + 1.0) for unseen in found]
        whole = np.concatenate(logs)
        worth = effective(whole) if work is ours else sum(effective(one) for one in logs)
        rows[name] = {"effective": round(worth), "cpu": round(seconds, 2), "each_second": round(worth / seconds, 1),
                      "r_hat": round(r_hat(whole), 4), "median": float(np.median(table.seen + np.exp(whole) - 1.0))}
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", nargs="?", type=Path)
    parser.add_argument("--no-record", action="store_true", help="print only")
    asked = parser.parse_args()
    rows = measure(read_table(asked.table).table if asked.table else made())
    for name, row in rows.items():
        print(f"{name:32}{row['effective']:8,.0f} effective draws {row['cpu']:8.2f} s CPU "
              f"{row['each_second']:9.1f} a second  R-hat {row['r_hat']:.3f}  median {row['median']:,.0f}")
    times = rows["tempered Hamiltonian steps"]["each_second"] / rows["plain Gibbs"]["each_second"]
    print(f"{times:.1f} times the plain sampler (goal: {TIMES:.0f})")
    if not asked.no_record:
        keep("bench-estimate", {"part": "bench-estimate", "command": "make bench", "cpus": os.cpu_count(),
                                "table": asked.table.name if asked.table else "made", "results": rows, **stamp()})
    return 0 if times >= TIMES else 1


if __name__ == "__main__":
    sys.exit(main())
