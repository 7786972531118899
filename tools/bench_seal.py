"""What the seal costs, each figure beside its limit from the same run.

    python tools/bench_seal.py [--entries N] [--files N] [--no-record]

CPU seconds (user + system) of this process, except where a disk is waited for: a flush costs time and no CPU, so
appends that wait for the disk are told in seconds of the clock, beside the bare flush, in turns with it. The log is a
whole case of N entries (1,000,000 unless told otherwise), appended in batches of 1,000. Exit 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pymerkle

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bearwitness.seal import canonical, durable, layout, plain, reading  # noqa: E402
from bearwitness.seal.notebook import Notebook  # noqa: E402
from bearwitness.seal.tree import Tree, check_inclusion  # noqa: E402
from bearwitness.seal.verify import verify_case  # noqa: E402
from proof import keep, stamp  # noqa: E402  (tools are scripts, not a package)

BATCH = 1000
PEER_LEAVES = 50_000
Row = dict[str, object]


def cpu(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def clock(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


NOTES = {
    "durable append of one entry": "An append waits for one flush and does about 20 us of Python besides, which the clock "
    "shows as 60 to 100 us because the processor has forgotten it while the disk was waited for: the quicker the disk "
    "flushes, the more that weighs, and a goal met on a slow disk is missed on a quick one. Tried: a body spelled once, an "
    "entry hashed once, a line put together from pieces that are spelled already, one write without a copy.",
    "durable append of 100 together": "The limit writes bytes that are ready; an entry has to be numbered, linked, spelled "
    "and hashed, one after the other, because each names the one before: about 6 us of Python an entry, where on a quick "
    "disk half of the limit would leave 3. Tried: the same; what a batch shares spelled once, its clock read once, its "
    "nonces drawn together (15 us an entry before); msgspec for the spelling.",
    "the strict log check included": "Beside the bytes of each file, verify reads strictly the entry that names it: about "
    "10 us an entry, half of it reading the line and spelling it again. Tried: an entry read in one typed step instead of a "
    "walk; bodies of nothing but texts and numbers told at once; listings unsorted; garbage looked for seldom; files opened "
    "without Path, relative to their folder (no gain), into one buffer (no gain).",
}
"""What stands in the way of a goal: told where it is missed, and always where the disk decides."""


def row(what: str, value: float, limit: float, goal: str, met: bool | None) -> Row:
    """One line. value, limit: in the unit that `what` names; limit 0 where there is none."""
    told_always = what.startswith("durable append") and bool(goal)
    note = next((told for name, told in NOTES.items() if name in what), "") if told_always or met is False else ""
    found: Row = {"what": what, "value": round(value, 5), "limit": round(limit, 5), "goal": goal, "met": met, "note": note}
    word = {True: "met", False: "MISSED", None: ""}[met]
    print(f"{what:78} {value:14,.4g} limit {limit:12,.4g}  {goal} {word}", flush=True)
    return found


def merkle(leaf_count: int) -> list[Row]:
    """Leaves a CPU second, ours one by one and together, beside pymerkle's and the bare hashes; and bytes a leaf."""
    leaves = [sha256(number.to_bytes(4, "big")).digest() for number in range(leaf_count)]
    pair = b"\x01" + leaves[0] + leaves[1]

    def one_by_one() -> None:
        grown = Tree()
        for leaf in leaves:
            grown.append(leaf)

    def peer() -> None:
        grown = pymerkle.InmemoryTree(algorithm="sha256")
        for leaf in leaves[:PEER_LEAVES]:
            grown.append_entry(leaf)

    def bare() -> None:
        for _ in leaves:
            sha256(pair).digest()

    rounds = [[leaf_count / cpu(one_by_one), leaf_count / cpu(lambda: Tree(leaves)), PEER_LEAVES / cpu(peer),
               leaf_count / cpu(bare)] for _ in range(3)]
    single, together, theirs, limit = (statistics.median(column) for column in zip(*rounds, strict=True))
    tracemalloc.start()
    grown = Tree(leaves)
    held = tracemalloc.get_traced_memory()[0] / len(grown)
    tracemalloc.stop()
    return [row("Merkle append, leaves a CPU s: pymerkle", theirs, limit, "", None),
            row("Merkle append one by one, leaves a CPU s", single, limit, ">= 10 x pymerkle", single >= 10 * theirs),
            row("Merkle append together, leaves a CPU s", together, limit, ">= 10 x pymerkle", together >= 10 * theirs),
            row("Merkle tree, bytes a leaf", held, 64, "<= 100", held <= 100)]


def write_case(case: Path, many: int) -> float:
    """A case of about `many` entries; returns CPU seconds of appending them."""
    with Notebook.create(case, demo=True, actor="researcher") as notebook:
        def add() -> None:
            for start in range(0, many, BATCH):
                notebook.append([("observation.made", {"text": f"Note number {number}, as long as such notes are."}, [])
                                 for number in range(start, min(start + BATCH, many))])
        return cpu(add)


def log_path(case: Path) -> Path:
    return next((case / layout.ROOT / layout.LOGS).glob(f"*/{layout.ENTRIES}"))


def in_own_process(code: str, case: Path) -> tuple[float, float]:
    """CPU seconds of `code`, and peak resident memory [MiB] of the process that ran it; on Linux only.

    Not from getrusage: what that tells of a child begins at the memory of its parent.
    """
    prelude = ("import sys, time\nfrom pathlib import Path\ncase = Path(sys.argv[1])\n"
               "started = time.process_time()\n")
    told = ("\npeak = [line for line in open('/proc/self/status') if line.startswith('VmHWM')][0].split()[1]"
            "\nprint(time.process_time() - started, int(peak) / 1024)")
    done = subprocess.run([sys.executable, "-c", prelude + code + told, str(case)], capture_output=True, text=True,
                          check=True)
    seconds, peak = done.stdout.split()[-2:]
    return float(seconds), float(peak)


OPEN = "from bearwitness.seal.notebook import Notebook\nwith Notebook.open(case, write=False) as n: n.size"


def floor(path: Path) -> tuple[float, float]:
    """CPU seconds of hashing every line of a log, and of decoding every line strictly, with nothing else."""
    def hashed() -> None:
        with path.open("rb") as lines:
            for line in lines:
                sha256(b"\x00" + line[:-1]).hexdigest()

    def decoded() -> None:
        with path.open("rb") as lines:
            for line in lines:
                canonical.decode(line[:-1])

    return cpu(hashed), cpu(decoded)


def long_log(work: Path, many: int) -> list[Row]:
    case = work / "long"
    rate = many / write_case(case, many)
    path = log_path(case)
    size = path.stat().st_size / many
    hashing, decoding = floor(path)
    reading_once = cpu(lambda: plain.digest(str(path)))
    verifying, verify_peak = in_own_process(
        "from bearwitness.seal.verify import verify_case\n"
        "if verify_case(case).faults: sys.exit('what was sealed does not verify')", case)
    opening, peak = in_own_process(OPEN, case)
    for kept in (case / layout.ROOT / layout.CACHE).glob("tree-*"):
        kept.unlink()
    afresh, afresh_peak = in_own_process(OPEN, case)
    with Notebook.open(case, write=False) as notebook:
        grown, end = notebook.tree, len(notebook.tree)
    spots = [secrets.randbelow(end) for _ in range(1000)]
    proving = cpu(lambda: [grown.inclusion(at) for at in spots]) / len(spots) * 1000
    if not all(check_inclusion(grown.leaf(at), at, end, grown.inclusion(at), grown.root()) for at in spots):
        raise SystemExit("a proof does not convince")
    name, limit = f"{many:,} entries of {size:.0f} bytes: ", hashing + decoding
    return [row(name + "append in batches, entries a CPU s", rate, 0, ">= 15,000", rate >= 15_000),
            row(name + "bare chain hashing, CPU s", hashing, 0, "", None),
            row(name + "bare strict decoding, CPU s", decoding, 0, "", None),
            row(name + "verify, CPU s", verifying, limit, "<= 2 x hashing + decoding", verifying <= 2 * limit),
            row(name + "verify, peak MiB", verify_peak, 0, "<= 300", verify_peak <= 300),
            row(name + "open from cache, every byte held to a digest, CPU s", opening, reading_once, "<= 2", opening <= 2),
            row(name + "open from cache, peak MiB", peak, 0, "<= 300", peak <= 300),
            row(name + "open with no cache, every line hashed, CPU s", afresh, hashing, "", None),
            row(name + "open with no cache, peak MiB", afresh_peak, 0, "<= 300", afresh_peak <= 300),
            row(name + "one inclusion proof, CPU ms", proving, 0, "<= 10", proving <= 10)]


def flushes(work: Path) -> list[Row]:
    """Single and grouped appends beside bare writes of as many bytes, each followed by one flush; in turns."""
    bare = os.open(work / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    line = secrets.token_bytes(512)
    single: list[float] = []
    group: list[float] = []
    flush: list[float] = []
    flush_group: list[float] = []

    def write(data: bytes) -> None:
        durable.write_all(bare, data)
        durable.sync(bare)

    draft = ("observation.made", {"text": "x" * 150}, [])
    with Notebook.create(work / "short", demo=True, actor="researcher") as notebook:
        for _ in range(400):
            flush.append(clock(lambda: write(line)))
            single.append(clock(lambda: notebook.append([draft])))
        for _ in range(100):
            flush_group.append(clock(lambda: write(line * 100)))
            group.append(clock(lambda: notebook.append([draft] * 100)))
    os.close(bare)
    one, one_limit = 1 / statistics.median(single), 1 / statistics.median(flush)
    many, many_limit = 100 / statistics.median(group), 100 / statistics.median(flush_group)
    return [row("durable append of one entry, a second (clock)", one, one_limit, ">= 0.8 of the limit",
                one >= 0.8 * one_limit),
            row("durable append of 100 together, entries a second (clock)", many, many_limit, ">= 0.5 of the limit",
                many >= 0.5 * many_limit),
            row("durable append of one entry, clock beyond the bare flush, us", 1e6 / one - 1e6 / one_limit, 0, "", None),
            row("durable append of 100 together, clock beyond the bare flush, us an entry",
                1e6 / many - 1e6 / many_limit, 0, "", None)]


def many_files(work: Path, many: int) -> list[Row]:
    """verify of a case of small files, beside reading and hashing the same files."""
    case = work / "files"
    with Notebook.create(case, demo=True, actor="researcher") as notebook:
        for start in range(0, many, BATCH):
            drafts = []
            for number in range(start, min(start + BATCH, many)):
                (work / "file").write_bytes(secrets.token_bytes(4096))
                digest, size = notebook.seal_file(work / "file")
                drafts.append(("exhibit.sealed", {"id": f"P{number}", "sha256": digest, "size": size}, []))
            notebook.append(drafts)
    stored = sorted((case / layout.ROOT / layout.OBJECTS).glob("*/*"))

    def read_and_hash() -> None:
        for path in stored:
            with path.open("rb") as kept:
                sha256(kept.read()).hexdigest()

    def objects_alone() -> None:
        for path in stored:
            reading.read_object(case / layout.ROOT, path.name)

    rounds = [[cpu(read_and_hash), cpu(lambda: verify_case(case)), cpu(objects_alone)] for _ in range(3)]
    limit, whole, objects = (statistics.median(column) for column in zip(*rounds, strict=True))
    name = f"{many:,} files of 4 KiB: "
    return [row(name + "verify, the strict log check included, CPU s", whole, limit, "<= 1.5 x read + hash",
                whole <= 1.5 * limit),
            row(name + "the objects alone, CPU s", objects, limit, "<= 1.2 x read + hash", objects <= 1.2 * limit)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--no-record", action="store_true", help="print only")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bearwitness-bench-") as folder:
        os.environ["BEARWITNESS_HOME"] = str(Path(folder, "home"))
        work = Path(folder)
        rows = [*merkle(200_000), *flushes(work), *many_files(work, asked.files), *long_log(work, asked.entries)]
    if not asked.no_record:
        keep("bench-seal", {"part": "bench-seal", "command": "python tools/bench_seal.py", "cpus": os.cpu_count(),
                            "results": rows, **stamp()})
    return 1 if any(found["met"] is False for found in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
