"""Every system call that touches a case may fail or be the last one: nothing acknowledged is lost, the next command goes on.

A command runs once under strace; then again, on a fresh copy each time, with one of its calls failing (EIO, ENOSPC, EDQUOT,
EINTR) or killing it there. After each: the case verifies or says what is unsealed, what was acknowledged is there, and the
same command, run again, ends well.
Not covered: calls of the interpreter before the case is touched; a disk that says it has written and has not.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bearwitness.cli.main import main
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.verify import verify_case

pytestmark = pytest.mark.skipif(not shutil.which("strace") or sys.platform != "linux", reason="strace is not installed")
CALLS = (
    "openat,write,fsync,fdatasync,rename,renameat,link,linkat,unlink,unlinkat,mkdir,mkdirat,chmod,fchmodat,ftruncate,close"
)
FAULTS = ("error=EIO", "error=ENOSPC", "error=EDQUOT", "error=EINTR", "signal=KILL")
COMMANDS = {
    "add": ["add", "{aside}/scene.txt", "--from", "made up"],
    "interview": ["interview", "add", "{aside}/account.md"],
    "rotate": ["key", "rotate"],
    "pack": ["pack"],
    "merge": ["merge", "{aside}/other"],
    "erase": ["interview", "erase", "w1", "--because", "asked", "--second", "reviewer-1"],
}
ACCOUNT = (
    "---\nid: {id}\nby: {by}\ndate: 2015-12-01\nhow: phone\nconsent:\n  internal: yes, 2015-12-01\n---\n"
    "1. I was with {{{{Philomena}}}}.\n"
)


class World:
    """A case, its keys, and what lies aside, copied afresh for each run."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def copy(self, to: Path) -> World:
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.place, to, symlinks=True)
        return World(to)

    @property
    def case(self) -> Path:
        return self.place / "case"

    def run(self, words: list[str], *inject: str, log: str = "") -> subprocess.CompletedProcess[str]:
        words = [word.replace("{aside}", str(self.place)) for word in words]
        command = [sys.executable, "-m", "bearwitness", *words, "--case", str(self.case)]
        if inject or log:
            command = ["strace", "-f", "-y", "-e", f"trace={CALLS}", *inject, "-o", log or os.devnull, *command]
        env = {**os.environ, "BEARWITNESS_HOME": str(self.place / "home"), "PYTHONHASHSEED": "0"}
        env["PYTHONDONTWRITEBYTECODE"] = "1"
        return subprocess.run(command, env=env, capture_output=True, text=True, cwd=self.place)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    place = tmp_path_factory.mktemp("faults") / "w"
    made = World(place)
    patch = pytest.MonkeyPatch()
    patch.setenv("BEARWITNESS_HOME", str(place / "home"))
    try:
        assert main(["init", str(made.case)]) == 0
        for role in ("custodian-1", "custodian-2"):
            assert main(["key", "add", "--custodian", "--role", role, "--case", str(made.case)]) == 0
        assert main(["key", "add", "--person", "--role", "reviewer-1", "--case", str(made.case)]) == 0
        rows = "id,name,kind,protect,shown_as\nw1,a shopkeeper,witness,yes,a shopkeeper\nw2,a driver,witness,yes,a driver\n"
        (made.case / "sources.csv").write_text(rows)
        for number, by in ((1, "w1"), (2, "w2")):
            (place / "account.md").write_text(ACCOUNT.format(id=f"INT-00{number}", by=by))
            assert main(["interview", "add", str(place / "account.md"), "--case", str(made.case)]) == 0
        (place / "account.md").write_text(ACCOUNT.format(id="INT-003", by="w2"))
        (place / "scene.txt").write_text("a made-up scene\n" * 200)
        shutil.copytree(made.case, place / "other")
        patch.setenv("BEARWITNESS_HOME", str(place / "home2"))
        assert main(["key", "add", "--role", "researcher-2", "--case", str(place / "other")]) == 0
        (place / "more.txt").write_text("another made-up scene\n")
        assert main(["add", str(place / "more.txt"), "--from", "made up", "--case", str(place / "other")]) == 0
    finally:
        patch.undo()
    return made


def points(world: World, words: list[str], place: Path) -> list[tuple[str, int]]:
    """(call, which of its kind) of every call of the command that touches the case or its keys."""
    copy = world.copy(place)
    log = place.parent / "trace"
    done = copy.run(words, log=str(log))
    assert done.returncode in (0, 3), done.stderr
    seen: Counter[str] = Counter()
    found = []
    for line in log.read_text("utf-8", "replace").splitlines():
        call = re.match(r"\d+\s+(\w+)\(", line)
        if call:
            seen[call[1]] += 1
            if str(copy.place) in line and not (call[1] == "openat" and "O_RDONLY" in line):
                found.append((call[1], seen[call[1]]))
    return found


def known(case: Path) -> list[str]:
    with Notebook.open(case, write=False) as notebook:
        return [entry.leaf for entry in notebook.everything()]


def had_happened(name: str, world: World) -> bool:
    """Whether the act stood although the command could not say so: doing it again is then told to be impossible."""
    if name == "erase":
        with Notebook.open(world.case, write=False) as notebook:
            return any(entry.kind == "identity.erased" for entry in notebook.everything())
    return name == "interview" and (world.case / "notes" / "INT-003.md").exists()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_call_that_fails_or_is_the_last_one(name: str, world: World, tmp_path: Path, sample, proof,
                                              monkeypatch: pytest.MonkeyPatch) -> None:
    words = COMMANDS[name]
    every = [(call, number, fault) for call, number in points(world, words, tmp_path / "w") for fault in FAULTS]
    random.Random(7).shuffle(every)
    tried = every[: sample(1, 100)]
    before = known(world.case)
    lost = inconsistent = stuck = 0
    told: list[str] = []
    for call, number, fault in tried:
        copy = world.copy(tmp_path / "w")
        monkeypatch.setenv("BEARWITNESS_HOME", str(copy.place / "home"))
        done = copy.run(words, "-e", f"inject={call}:{fault}:when={number}")
        where = f"{name}: {call} {number} {fault}"
        report = verify_case(copy.case)
        if not report:
            inconsistent += 1
            told.append(f"{where}: {report.reasons[:2]}")
            continue
        now = known(copy.case)
        if not set(before) <= set(now):
            lost += 1
            told.append(f"{where}: an entry is lost")
        again = copy.run(words)
        good = (0, 1, 3) if done.returncode in (0, 3) or had_happened(name, copy) else (0, 3)
        if again.returncode not in good or not verify_case(copy.case):
            stuck += 1
            told.append(f"{where}: then {again.returncode} {again.stderr.strip()[-200:]}")
    proof(**{f"{name}_points": len(every), f"{name}_tried": len(tried), f"{name}_inconsistent": inconsistent,
             f"{name}_lost": lost, f"{name}_stuck": stuck})
    assert not told, "\n".join(told)
