"""Eight writers on one case, some of them killed in the middle: every entry that one was told of stands once, where told.

Besides: readers and verifiers who look meanwhile never see a broken log; and a lock's holder who dies gives it back.
"""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.seal.worlds import ACTOR, standing

from bearwitness.seal.notebook import Notebook
from bearwitness.seal.verify import verify_case

WRITERS = 8
WRITE = """
import random, sys
from pathlib import Path
from bearwitness.seal.notebook import Notebook
case, name, many = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
chance, done = random.Random(name), 0
while done < many:
    with Notebook.open(case, write=True, wait_s=120.0) as notebook:
        for _ in range(min(chance.randint(1, 4), many - done)):
            body = {"id": f"{name}-{done}", "killed": "1", "words": "x" * chance.randint(0, 3000)}
            entry = notebook.append([("toll.stated", body, [])])[0]
            sys.stdout.write(f"{entry.body['id']} {entry.seq}\\n")
            sys.stdout.flush()
            done += 1
"""


class Writer(threading.Thread):
    """One of the eight: a process that is started again, under another name, whenever it was killed."""

    def __init__(self, case: Path, number: int, many: int) -> None:
        super().__init__()
        self.case, self.number, self.many = case, number, many
        self.told: list[tuple[str, int]] = []
        self.process: subprocess.Popen[str] | None = None
        self.failed: list[str] = []
        self.killed = 0

    def run(self) -> None:
        while len(self.told) < self.many:
            words = [str(self.case), f"w{self.number}-{self.killed}", str(self.many - len(self.told))]
            self.process = subprocess.Popen([sys.executable, "-c", WRITE, *words], stdout=subprocess.PIPE,
                                            stderr=subprocess.PIPE, text=True)
            out, err = self.process.communicate()
            whole = [line.split() for line in out.splitlines(keepends=True) if line.endswith("\n")]
            self.told += [(name, int(seq)) for name, seq in whole]
            if self.process.returncode == -9:
                self.killed += 1
            elif self.process.returncode:
                self.failed.append(err[-500:])
                return


def test_each_entry_told_stands_once(tmp_path: Path, sample: Callable[[int, int], int], proof: Callable[..., None]) -> None:
    case, many, chance = tmp_path / "case", sample(12, 500), random.Random(6)
    Notebook.create(case, actor=ACTOR).close()
    writers = [Writer(case, number, many) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    looks = wrong = 0
    while any(writer.is_alive() for writer in writers):
        time.sleep(chance.uniform(0.2, 0.9))
        victim = chance.choice(writers)
        if victim.is_alive() and victim.process and sum(w.killed for w in writers) < max(4, many // 10):
            victim.process.kill()
        if looks < 60:
            report = verify_case(case)
            looks, wrong = looks + 1, wrong + (report.exit_status not in (0, 3))
    for writer in writers:
        writer.join()
    assert not [words for writer in writers for words in writer.failed]
    with Notebook.open(case, write=True) as notebook:                   # the next command: it seals what a killed one left
        kept = list(notebook.entries())
    told = [each for writer in writers for each in writer.told]
    times = Counter(entry.body.get("id") for entry in kept if entry.kind == "toll.stated")
    lost = [name for name, _ in told if not times[name]]
    moved = [name for name, seq in told if kept[seq].body.get("id") != name]
    report, (outside, _) = verify_case(case), standing(case)
    proof(writers=WRITERS, acknowledged=len(told), kept=sum(times.values()), killed=sum(w.killed for w in writers),
          lost=len(lost), doubled=sum(n > 1 for n in times.values()), looks_meanwhile=looks, looks_that_saw_a_fault=wrong)
    assert len(told) >= WRITERS * many and sum(w.killed for w in writers) > 0
    assert not lost and not moved and set(times.values()) == {1}
    assert sum(times.values()) - len(told) <= sum(w.killed for w in writers), "at most what each was killed with in hand"
    assert report.exit_status == outside == 0 and not wrong, report.reasons
