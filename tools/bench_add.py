"""What `add` costs beside a plain loop that reads, hashes and writes the same files, in CPU seconds of one run.

    python tools/bench_add.py [--files N] [--large BYTES] [--rounds N] [--no-record]

Small: N files (20,000 unless told otherwise) of 27 kB on average, as photographs shrunk for the web and pages are. Their
loop reads, hashes and writes each, and flushes the file system once at its end. Large: 2 GiB in four files; their loop
reads, hashes, writes and flushes each. `add` is the whole command, from the start of its process to its end: log, records,
manifest, taking in of the case. Both run as processes of their own, in turns; CPU seconds are what the system counted for
each. The warm page cache holds the files. What a disk keeps it waiting for is not counted. Exit 1 where a goal is missed.

Nothing is deleted between rounds: ext4 goes around inodes that were freed in the last minute, and that search would be
counted too, by chance for the one or the other. So run it on a disk that is quiet; TMPDIR says where it works.
Both run with their modules compiled, as an installed program has them: the first run of each, which compiles, is not
counted. Rounds are told apart as well, because the kernel's share of the same work differs from one to the next.
What keeps small files above the loop: copying takes what the loop takes; then each object gets a second name (about 20 us
in the kernel), each a record in the log; the case is read again as a whole, and a program of this size has to start.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from proof import keep, stamp  # noqa: E402  (tools are scripts, not a package)

SMALL_GOAL, LARGE_GOAL = 1.5, 1.3
MEAN = 27_000
Row = dict[str, object]
LOOP = """
import ctypes, hashlib, os, sys
source, out, block = sys.argv[1], sys.argv[2], 1 << 20
os.mkdir(out)
for name in sorted(os.listdir(source)):
    digest = hashlib.sha256()
    with open(f"{source}/{name}", "rb") as old, open(f"{out}/{name}", "wb") as new:
        while data := old.read(block):
            digest.update(data)
            new.write(data)
        if "large" in sys.argv:
            new.flush()
            os.fsync(new.fileno())
    digest.hexdigest()
if "large" not in sys.argv:
    folder = os.open(out, os.O_RDONLY)
    if ctypes.CDLL(None, use_errno=True).syncfs(folder):
        sys.exit("the file system was not flushed")
"""


def spent(words: list[str]) -> float:
    """CPU seconds, of the program and of the system on its behalf, of a process that must end well."""
    child = os.posix_spawn(words[0], words, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
    _, status, used = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        sys.exit(f"{words[2]} ended with {os.waitstatus_to_exitcode(status)}")
    return used.ru_utime + used.ru_stime


def small(folder: Path, many: int) -> None:
    """Made-up files, no two alike, from 1 kB up, most of them short."""
    chance = random.Random(5)
    folder.mkdir()
    for number in range(many):
        size = min(400_000, 1000 + int(chance.expovariate(1 / (MEAN - 1000))))
        (folder / f"page-{number:06d}.bin").write_bytes(b"\x00\x01" + chance.randbytes(size - 2))


def large(folder: Path, size: int) -> None:
    chance = random.Random(6)
    folder.mkdir()
    for number in range(4):
        with (folder / f"film-{number}.bin").open("wb") as file:
            for _ in range(size // 4 // (1 << 20)):
                file.write(chance.randbytes(1 << 20))


def measure(work: Path, source: Path, kind: str, rounds: int) -> tuple[float, float]:
    """(CPU seconds of `add`, of the loop): the middle of all rounds, in turns."""
    ours, plain = [], []
    bearwitness = [sys.executable, "-m", "bearwitness"]
    for number in range(rounds):
        case = work / f"{kind}-case-{number}"
        spent([*bearwitness, "init", str(case), "--demo-key"])
        os.sync()
        plain.append(spent([sys.executable, "-c", LOOP, str(source), str(work / "copy"), kind]))
        os.sync()
        ours.append(spent([*bearwitness, "add", str(source), "--from", "made up", "--case", str(case)]))
        (work / "copy").rename(work / f"{kind}-copy-{number}")
        print(f"  round {number + 1}: add {ours[-1]:.2f}, loop {plain[-1]:.2f}", flush=True)
    return statistics.median(ours), statistics.median(plain)


def start(work: Path, rounds: int) -> float:
    """CPU seconds of `add` of one short file: what the start of the program costs; it is in every figure of `add`."""
    page = work / "one" / "page.txt"
    page.parent.mkdir()
    page.write_text("one page\n", "utf-8")
    measure(work, page.parent, "compiling", 1)
    return measure(work, page.parent, "one", rounds)[0]


def row(what: str, ours: float, plain: float, goal: float) -> Row:
    """One line: CPU seconds of ours and of the loop, and whether their ratio keeps the goal."""
    met = ours <= goal * plain
    print(f"{what:58} {ours:8.2f} loop {plain:8.2f}  {ours / plain:.2f} x, goal <= {goal} x {'met' if met else 'MISSED'}",
          flush=True)
    return {"what": what, "value": round(ours, 3), "limit": round(plain, 3), "ratio": round(ours / plain, 3),
            "goal": f"<= {goal} x the loop", "met": met}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--large", type=int, default=2 << 30, metavar="BYTES")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-record", action="store_true", help="write nothing into proof/")
    args = parser.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="bench-add-") as folder:
        work = Path(folder)
        os.environ["BEARWITNESS_HOME"] = str(work / "home")
        os.environ["PYTHONPYCACHEPREFIX"] = str(work / "compiled")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        begun = start(work, args.rounds)
        print(f"add of one short file, CPU s: {begun:.2f}", flush=True)
        rows.append({"what": "add of one short file, CPU s (it is in the next figures too)", "value": round(begun, 3),
                     "limit": 0, "goal": "", "met": None})
        if args.files:
            small(work / "small", args.files)
            ours, plain = measure(work, work / "small", "small", args.rounds)
            rows.append(row(f"add of {args.files:,} small files, CPU s", ours, plain, SMALL_GOAL))
            shutil.rmtree(work / "small")
        if args.large:
            large(work / "large", args.large)
            ours, plain = measure(work, work / "large", "large", args.rounds)
            rows.append(row(f"add of {args.large / (1 << 30):.1f} GiB in four files, CPU s", ours, plain, LARGE_GOAL))
    if not args.no_record:
        keep("bench-add", {"part": "bench-add", "command": "python tools/bench_add.py", "cpus": os.cpu_count(),
                           "results": rows, **stamp()})
    return 1 if any(each["met"] is False for each in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
