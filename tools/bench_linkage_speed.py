"""What linking costs beside the bare blocking joins in DuckDB on the same rows, in CPU seconds and memory of one run.

    python tools/bench_linkage_speed.py [--rows 10000 1000000] [--rounds 1] [--profile] [--no-record]

The joins are what any way to link must do at least: ten keys, values as they stand, every pair once; Splink's documented
workflow stands beside. Each runs in a process of its own; CPU seconds are user and system time of all its threads, memory
is its largest resident size. Linking and joining are compared as such, and again with reading the list; the command is
measured whole, from nothing and again with one judgement. Lists come from `families.py` (see bench_linkage.py), seed 1.
--profile says where our time went, step by step. Exit 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench import run  # noqa: E402  (tools are scripts, not a package)
from bench_linkage import generator, linked, made, pairs_of, scored, truth_of  # noqa: E402
from linkage_others import duckdb_joins  # noqa: E402
from proof import keep, stamp  # noqa: E402

TIMES, MEMORY = 3.0, 4096      # goals: linking over bare joins, at 1,000,000 rows; MiB
AGAIN, JUDGED = 1.0, 10_000    # goal: CPU seconds of a second run with one judgement, at so many rows
Row = dict[str, Any]


def alone(way: str, folder: Path) -> Row:
    """One way in this process: CPU seconds of its work, and with reading; memory; what it found."""
    started = time.process_time()
    out: Row = {}
    if way == "ours":
        ran = linked(folder)
        out["work"] = ran.cpu
    elif way == "Splink":
        from linkage_others import by_splink
        by_splink(folder)
        out["work"] = time.process_time() - started
    else:
        out["work"] = duckdb_joins(folder)
    out["whole"] = time.process_time() - started
    out["mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if way == "ours":
        who = truth_of(folder)
        found, people = scored(ran.pair[ran.same], pairs_of(who)), int(who.max()) + 1
        low, best, high = ran.span
        out |= {"f1": found.f1, "precision": found.precision, "recall": found.recall, "people": people,
                "false_per_1000": 1000 * found.false / people, "low": low, "best": best, "high": high}
    return out


def apart(way: str, folder: Path) -> Row:
    """The same in a process of its own."""
    done = subprocess.run([sys.executable, __file__, "--alone", way, str(folder)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{way} ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    return json.loads(done.stdout)


def steps(folder: Path) -> list[tuple[str, float]]:
    """CPU seconds of each step of linking, as the program names them."""
    from bearwitness.intake.lists import read_roll
    from bearwitness.link.people.engine import conclude, prepare
    from bearwitness.link.people.gather import gather
    laps: list[tuple[str, float]] = [("reading the list", time.process_time())]
    roll = read_roll(folder / "list.csv")
    laps.append(("names, dates and places into columns", time.process_time()))
    table, _ = gather([roll])
    prepared = prepare(table, say=lambda what: laps.append((what, time.process_time())))
    laps.append(("deciding persons", time.process_time()))
    conclude(prepared)
    ends = [at for _, at in laps[1:]] + [time.process_time()]
    return [(what, end - start) for (what, start), end in zip(laps, ends, strict=True)]


def measure(rows: int, rounds: int, folder: Path) -> list[Row]:
    """Lines for proof and page: what, value, limit (the bare joins), goal, met."""
    runs = [(apart("ours", folder), apart("joins", folder)) for _ in range(rounds)]
    (ours, joins) = ({key: statistics.median(run[way][key] for run in runs) for key in ("work", "whole", "mib")}
                     for way in (0, 1))
    found, large, splink = runs[0][0], rows >= 1_000_000, apart("Splink", folder)
    named, goal = f"{rows:,} rows: ", f"<= {TIMES:g} x the joins"
    out: list[Row] = [
        {"what": named + "linking, CPU s", "value": ours["work"], "limit": joins["work"], "goal": goal,
         "met": ours["work"] <= TIMES * joins["work"]},
        {"what": named + "reading and linking, CPU s", "value": ours["whole"], "limit": joins["whole"], "goal": "",
         "met": None},
        {"what": named + "reading and linking, peak MiB", "value": ours["mib"], "limit": joins["mib"],
         "goal": f"<= {MEMORY:,}" if large else "", "met": ours["mib"] <= MEMORY if large else None},
        {"what": named + "Splink, reading and linking, CPU s", "value": splink["whole"], "limit": joins["whole"], "goal": "",
         "met": None},
        {"what": named + "Splink, reading and linking, peak MiB", "value": splink["mib"], "limit": joins["mib"], "goal": "",
         "met": None}]
    for row in out:
        told = {True: "met", False: "MISSED", None: ""}[row["met"]]
        print(f"{row['what']:48} {row['value']:9.2f}   bare joins {row['limit']:9.2f}   "
              f"{row['value'] / row['limit']:6.2f} x  {row['goal']} {told}", flush=True)
    out[0]["found"] = (f"of {found['people']:,} people told {found['low']:,} to {found['high']:,}; pairs in zone same: "
                      f"precision {found['precision']:.4f}, recall {found['recall']:.4f}, F1 {found['f1']:.4f}, "
                      f"{found['false_per_1000']:.2f} false per 1,000 people")
    print("  " + out[0]["found"], flush=True)
    return out


def judged(folder: Path, work: Path) -> list[Row]:
    """The whole command: from nothing, and again with the first question answered."""
    command = [sys.executable, "-m", "bearwitness", "match", "people", str(folder / "list.csv"), "--out", str(work / "out")]
    first = run(*command, home=work / "home")
    with (work / "out" / "review.csv").open(encoding="utf-8-sig", newline="") as file:
        asked = list(csv.DictReader(file))
    with (work / "answered.csv").open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, list(asked[0]))
        sheet.writeheader()
        sheet.writerow(asked[0] | {"answer": "same"})
    again = run(*command, "--judgements", str(work / "answered.csv"), home=work / "home")
    if {first.status, again.status} - {0, 3}:     # 3: there are questions for a person
        sys.exit(f"bearwitness match ended with {first.status}, {again.status}: {first.said} {again.said}")
    named, out = f"{JUDGED:,} rows: the command, ", []
    for what, cpu, goal in (("from nothing", first.cpu, 0.0), ("again with one judgement", again.cpu, AGAIN)):
        out.append({"what": f"{named}{what}, CPU s", "value": cpu, "limit": None, "goal": f"< {goal:g}" if goal else "",
                    "met": cpu < goal if goal else None})
    for row in out:
        print(f"{row['what']:62} {row['value']:.2f} {row['goal']}", flush=True)
    return out


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="*", default=[10_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--alone", nargs=2, metavar=("WAY", "FOLDER"), help=argparse.SUPPRESS)
    parser.add_argument("--keep", type=Path, help="make the lists in this folder and leave them there")
    parser.add_argument("--no-record", action="store_true", help="write nothing into proof/")
    asked = parser.parse_args()
    if asked.alone:
        print(json.dumps(alone(asked.alone[0], Path(asked.alone[1]))))
        return 0
    tool = generator()
    if tool is None:
        print("not measured: no families.py beside the outside data (BEARWITNESS_DATA)")
        return 0
    results: list[Row] = []
    with tempfile.TemporaryDirectory() as work:
        for rows in asked.rows:
            folder = made(tool, rows, 1, asked.keep or Path(work))
            results += measure(rows, asked.rounds, folder)
            if rows == JUDGED:
                results += judged(folder, Path(work))
            for what, seconds in steps(folder) if asked.profile else ():
                print(f"    {seconds:8.2f} s CPU  {what}", flush=True)
    if not asked.no_record:
        rounded = [{key: round(value, 3) if isinstance(value, float) else value for key, value in row.items()}
                   for row in results]
        keep("bench-linkage-speed", {"part": "bench-linkage-speed", "command": "python tools/bench_linkage_speed.py",
                                     "cpus": os.cpu_count(), "results": rounded, **stamp()})
    return 0 if all(row["met"] is not False for row in results) else 1


if __name__ == "__main__":
    sys.exit(main())
