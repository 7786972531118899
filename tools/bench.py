"""Measures what the commands cost, writes one line of proof/bench.jsonl, then runs the other benches of tools/.

    python tools/bench.py [--keep FOLDER] [--no-record]

CPU seconds of a command are user + system time of the process and of every child it waited for, from the
kernel's own accounting; peak memory is the largest resident size of one process of it. A SHA-256 over 1 GiB,
by the same interpreter in the same run, stands beside them: ratios can be compared between machines, seconds
cannot. Each command runs three times and the median is told (the large case once). Exit 1 where a goal is
missed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import bigcase  # noqa: E402  (tools are scripts, not a package)
from proof import REPO, keep, stamp  # noqa: E402

OTHERS = ("bench_seal", "bench_add", "bench_estimate", "bench_linkage", "bench_linkage_sets", "bench_linkage_speed")
"""Benches that are programs of their own; each writes a line into proof/."""
COMMAND = str(Path(sys.executable).with_name("bearwitness"))
YARDSTICK = "import hashlib\nh = hashlib.sha256()\nblock = bytes(1 << 20)\nfor _ in range(1024):\n    h.update(block)\n"


@dataclass(frozen=True)
class Cost:
    """What one run took: CPU [s], clock [s], peak resident memory [MiB], exit status and last words."""

    cpu: float
    clock: float
    peak: float
    status: int
    said: str = ""


def run(*command: str, home: Path | None = None) -> Cost:
    env = {**os.environ, "NO_COLOR": "1"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # it would compile every module anew at each start
    if home:
        env["BEARWITNESS_HOME"] = str(home)
    with tempfile.TemporaryFile() as words:
        started = time.monotonic()
        child = subprocess.Popen(command, stdout=words, stderr=words, env=env)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        clock = time.monotonic() - started
        words.seek(0)
        said = words.read().decode("utf-8", "replace").strip()[-300:]
    return Cost(used.ru_utime + used.ru_stime, clock, used.ru_maxrss / 1024, child.returncode, said)


def median(*command: str, home: Path | None = None, times: int = 3) -> Cost:
    runs = sorted((run(*command, home=home) for _ in range(times)), key=lambda cost: cost.cpu)
    return runs[len(runs) // 2]


class Table:
    """Collects lines, prints each as it is measured."""

    def __init__(self, yardstick: float) -> None:
        self.yardstick = yardstick
        self.rows: list[dict[str, object]] = []

    def add(self, what: str, cost: Cost, goal: str, met: bool | None, *, fine: tuple[int, ...] = (0,)) -> None:
        if cost.status not in fine:
            reason = " ".join(cost.said.split())[-120:]
            self.skip(what, goal, f"exit {cost.status}: {reason}")
            return
        row = {
            "what": what,
            "cpu": round(cost.cpu, 3),
            "ratio": round(cost.cpu / self.yardstick, 3),
            "clock": round(cost.clock, 3),
            "peak_mib": round(cost.peak, 1),
            "goal": goal,
            "met": met,
        }
        self.rows.append(row)
        word = {True: "met", False: "MISSED", None: ""}[met]
        print(
            f"{what:68} {cost.cpu:8.2f} s CPU  {row['ratio']:7.2f} x  "
            f"{cost.clock:8.2f} s  {cost.peak:6.0f} MiB  "
            f"{goal} {word}",
            flush=True,
        )

    def skip(self, what: str, goal: str, why: str) -> None:
        self.rows.append({"what": what, "goal": goal, "skipped": why, "met": None})
        print(f"{what:68} not measured: {why}", flush=True)


def start(table: Table) -> None:
    bare = statistics.median(run(sys.executable, "-c", "pass").cpu for _ in range(15))
    spoken = sorted((run(COMMAND, "--help") for _ in range(15)), key=lambda cost: cost.cpu)[7]
    goal = f"<= 3 x python -c pass ({bare:.3f} s)"
    table.add("bearwitness --help", spoken, goal, spoken.cpu <= 3 * bare)


def example(table: Table, work: Path) -> None:
    """The six strikes: sealed once, then compiled warm."""
    made = run(COMMAND, "demo", "--out", str(work / "demo"), "--no-open", home=work / "home")
    table.add("demo: case, sealing, release, PDF", made, "", None)
    case = str(work / "demo" / "syria-2015")
    if made.status:
        return
    for what, command, limit in (
        ("check the example", ["check"], None),
        ("compile the example, HTML and data", ["report"], 1.0),
        ("compile the example, HTML, data and PDF", ["report", "--pdf"], None),
        ("verify the case and every object", ["verify", case], None),
        ("verify the release", ["verify", str(Path(case, "out", "release-1"))], None),
    ):
        place = [] if command[0] == "verify" else ["--case", case]
        run(COMMAND, *command, *place, home=work / "home")
        cost = median(COMMAND, *command, *place, home=work / "home")
        table.add(what, cost, f"< {limit} s" if limit else "", cost.cpu < limit if limit else None, fine=(0, 3))
    pdf_alone(table)


def pdf_alone(table: Table) -> None:
    """The PDF's own share: the whole compile less the compile without it."""
    by_name = {row["what"]: row for row in table.rows}
    whole = by_name.get("compile the example, HTML, data and PDF", {})
    bare = by_name.get("compile the example, HTML and data", {})
    if "cpu" in whole and "cpu" in bare:
        cpu, clock = (float(whole[key]) - float(bare[key]) for key in ("cpu", "clock"))
        table.add("the PDF alone (difference)", Cost(cpu, clock, float(whole["peak_mib"]), 0), "< 2 s", cpu < 2)


def large(table: Table, work: Path) -> None:
    case, home = work / "big", work / "home"
    bigcase.write(case, incident_count=1000, assertion_count=20000, marks=3000, seed=1)
    named = "1,000 incidents, 20,000 assertions, 3,000 marks: "
    table.add(named + "taken in and sealed", run(COMMAND, "init", str(case), home=home), "", None)
    first = run(COMMAND, "report", "--case", str(case), home=home)
    goal = "< 30 s, < 1024 MiB"
    table.add(named + "first compile", first, goal, first.cpu < 30 and first.peak < 1024, fine=(0, 3))
    edit(case / "tolls.csv")
    again = run(COMMAND, "report", "--case", str(case), home=home)
    table.add(named + "after one edit", again, "< 5 s", again.cpu < 5, fine=(0, 3))


def reassess(table: Table) -> None:
    """All findings of a large case weighed, from nothing and after one changed record: the calculation alone."""
    done = subprocess.run([sys.executable, str(REPO / "tools" / "reassess.py")], capture_output=True, text=True)
    named = "1,000 incidents, 20,000 findings on 5 grounds: "
    if not done.stdout.strip():
        table.skip(named + "weighed", "", " ".join(done.stderr.split())[-120:])
        return
    found = json.loads(done.stdout)
    for what, limit in (("from nothing", 10.0), ("after one change", 0.5)):
        cpu = found["cpu_s"][what]
        table.add(named + what, Cost(cpu, cpu, 0, 0), f"< {limit} s", cpu < limit and found["same_as_weighing_all"])


def others(record: bool) -> list[str]:
    """Run the benches that stand by themselves and keep their own lines; returns those that missed a goal."""
    missed = []
    for name in OTHERS:
        tool = REPO / "tools" / f"{name}.py"
        if not tool.exists():
            continue
        print(f"\n{name}", flush=True)
        quiet = [] if record else ["--no-record"]
        if subprocess.run([sys.executable, str(tool), *quiet], check=False).returncode:
            missed.append(name)
    return missed


def edit(path: Path) -> None:
    """Changes one cell of one row, as a person would."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    lines[1501] = lines[1501].replace("a number of people killed", "a number of people were killed")
    path.write_text("".join(lines), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keep", type=Path, help="leave the cases made for measuring in this folder")
    parser.add_argument("--no-record", action="store_true", help="print only")
    asked = parser.parse_args()
    work = asked.keep or Path(tempfile.mkdtemp(prefix="bearwitness-bench-"))
    work.mkdir(parents=True, exist_ok=True)
    yardstick = median(sys.executable, "-c", YARDSTICK)
    print(f"{'SHA-256 of 1 GiB':68} {yardstick.cpu:8.2f} s CPU     1.00 x  {yardstick.clock:8.2f} s")
    table = Table(yardstick.cpu)
    for measure in (start, lambda t: example(t, work), lambda t: large(t, work), reassess):
        measure(table)
    if not asked.no_record:
        keep(
            "bench",
            {
                "part": "bench",
                "command": "make bench",
                "cpus": os.cpu_count(),
                "yardstick": round(yardstick.cpu, 3),
                "results": table.rows,
                **stamp(),
            },
        )
    missed = others(record=not asked.no_record)
    if not asked.no_record:
        subprocess.run([sys.executable, str(REPO / "tools" / "reliability.py")], check=True)
    if not asked.keep:
        shutil.rmtree(work)
    if missed:
        print(f"goals missed in: {', '.join(missed)}")
    return 1 if missed or any(row["met"] is False or "skipped" in row for row in table.rows) else 0


if __name__ == "__main__":
    sys.exit(main())
