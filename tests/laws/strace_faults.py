"""A case with keys, custodians and two protected people, copied afresh for each fault; and what must hold after one.

The commands are those that change a case. strace runs each once to list its system calls on the case, on its keys and on
what is taken in; then one of them fails, or is the last, in a run of its own.
"""

from __future__ import annotations

import io
import os
import random
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pytest

from bearwitness.cli.main import main
from bearwitness.errors import VaultLocked
from bearwitness.seal import custodians
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.vault import Vault
from bearwitness.seal.verify import verify_case
from bearwitness.seal.verify_bundle import verify_bundle

needs_strace = pytest.mark.skipif(not shutil.which("strace") or sys.platform != "linux", reason="strace is not installed")
CHANGING = (
    "write,fsync,fdatasync,syncfs,rename,renameat,link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir,chmod,fchmodat,ftruncate,close"
)
READING = "openat,read,pread64,newfstatat,statx,getdents64,lseek,flock"
FAULTS = ("error=EIO", "error=ENOSPC", "error=EDQUOT", "error=EINTR", "signal=KILL")
COMMANDS = {
    "add": ["add", "{aside}/scene.txt", "--from", "made up"],
    "folder": ["add", "{aside}/many", "--from", "made up"],
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
MANY = [f"{number:02}.txt" for number in range(20)]     # enough for one flush of the whole disk
ROWS = "id,name,kind,protect,shown_as\nw1,a shopkeeper,witness,yes,a shopkeeper\nw2,a driver,witness,yes,a driver\n"
Point = tuple[str, int, str]


class World:
    """A case, its keys, and what lies aside."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def copy(self, to: Path) -> World:
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.place, to, symlinks=True)
        return World(to)

    @property
    def case(self) -> Path:
        return self.place / "case"

    @contextmanager
    def at_home(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("BEARWITNESS_HOME", str(self.place / "home"))
            yield

    def run(self, words: list[str], *strace: str, limit: Callable[[], None] | None = None
            ) -> subprocess.CompletedProcess[str]:
        words = [word.replace("{aside}", str(self.place)) for word in words]
        command = [sys.executable, "-m", "bearwitness", *words, "--case", str(self.case)]
        if strace:
            quick = [] if any("signal=" in word for word in strace) else ["--seccomp-bpf"]      # which sends no signals
            command = ["strace", "-f", *quick, *strace, *command]
        env = {**os.environ, "BEARWITNESS_HOME": str(self.place / "home"), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
        env["PYTHONDONTWRITEBYTECODE"] = "1"
        return subprocess.run(command, env=env, capture_output=True, text=True, cwd="/", preexec_fn=limit)


def here(world: World, words: list[str]) -> subprocess.CompletedProcess[str]:
    """A command in this process: thousands are run only to see that the case goes on."""
    out, err = io.StringIO(), io.StringIO()
    words = [word.replace("{aside}", str(world.place)) for word in words]
    with world.at_home(), redirect_stdout(out), redirect_stderr(err):
        status = main([*words, "--case", str(world.case)])
    return subprocess.CompletedProcess(words, status, out.getvalue(), err.getvalue())


def make(place: Path) -> World:
    made = World(place)
    with made.at_home():
        assert main(["init", str(made.case)]) == 0
        for role in ("custodian-1", "custodian-2"):
            assert main(["key", "add", "--custodian", "--role", role, "--case", str(made.case)]) == 0
        assert main(["key", "add", "--person", "--role", "reviewer-1", "--case", str(made.case)]) == 0
        (made.case / "sources.csv").write_text(ROWS)
        for number, by in ((1, "w1"), (2, "w2")):
            (place / "account.md").write_text(ACCOUNT.format(id=f"INT-00{number}", by=by))
            assert main(["interview", "add", str(place / "account.md"), "--case", str(made.case)]) == 0
    (place / "account.md").write_text(ACCOUNT.format(id="INT-003", by="w2"))
    (place / "scene.txt").write_text("a made-up scene\n" * 200)
    (place / "many").mkdir()
    for each in MANY:
        (place / "many" / each).write_text(f"made-up scene {each}\n" * 9)
    shutil.copytree(made.case, place / "other")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BEARWITNESS_HOME", str(place / "home2"))
        assert main(["key", "add", "--role", "researcher-2", "--case", str(place / "other")]) == 0
        (place / "more.txt").write_text("another made-up scene\n")
        assert main(["add", str(place / "more.txt"), "--from", "made up", "--case", str(place / "other")]) == 0
    return made


def calls(world: World, name: str, place: Path, wanted: str) -> list[tuple[str, int]]:
    """(call, which of its kind) of every call of a command that touches the case, its keys or what lies aside."""
    copy, log = world.copy(place), place.parent / "trace"
    done = copy.run(COMMANDS[name], "-y", "-e", f"trace={wanted}", "-o", str(log))
    assert done.returncode in (0, 3), done.stderr
    seen: Counter[str] = Counter()
    found = []
    for line in log.read_text("utf-8", "replace").splitlines():
        if call := re.match(r"\d+\s+(\w+)\(", line):
            seen[call[1]] += 1
            if str(copy.place) in line:
                found.append((call[1], seen[call[1]]))
    return found


def spread(found: list[tuple[str, int]], many: int, chance: random.Random) -> list[Point]:
    """Points to try: each pair of call and fault once, then more by chance, until there are `many` (or all)."""
    every = [(call, number, fault) for call, number in found for fault in FAULTS]
    chance.shuffle(every)
    pairs = {(call, fault): (call, number, fault) for call, number, fault in every}
    first = sorted(pairs.values())
    chance.shuffle(first)
    rest = [point for point in every if pairs[point[0], point[2]] != point]
    return [*first, *rest][:many]


def known(case: Path) -> list[str]:
    with Notebook.open(case, write=False) as notebook:
        return [entry.leaf for entry in notebook.everything()]


def stands(name: str, world: World) -> bool:
    """Whether what the command is for has come to stand, in the log and in the files that go with it."""
    with Notebook.open(world.case, write=False) as notebook:
        entries = notebook.everything()
    kinds = Counter(entry.kind for entry in entries)
    if name == "add":
        return any(e.kind == "exhibit.sealed" and e.body.get("name") == "scene.txt" for e in entries)
    if name == "folder":
        sealed = {Path(str(e.body.get("name"))).name for e in entries if e.kind == "exhibit.sealed"}
        return sealed >= set(MANY)
    if name == "interview":
        logged = any(e.kind == "identity.sealed" and e.body.get("note") == "INT-003" for e in entries)
        return logged and (world.case / "notes" / "INT-003.md").is_file()
    if name == "pack":
        return any(bool(verify_bundle(path)) for path in (world.case / "out").glob("bundle-*") if path.is_dir())
    return kinds[{"rotate": "key.rotated", "merge": "log.merged", "erase": "identity.erased"}[name]] > 0


def vault_faults(world: World) -> list[str]:
    """What is wrong with the vault: a sealed thing gone or changed, a person nobody opens, an erased one somebody does."""
    wrong = []
    with world.at_home(), Notebook.open(world.case, write=False) as notebook:
        entries, vault = notebook.everything(), Vault(notebook.root)
        erased = {e.body["subject"] for e in entries if e.kind == "identity.erased"}
        keepers = custodians.here(notebook.origin.case)
        for body in [e.body for e in entries if e.kind == "identity.sealed"]:
            subject, number = str(body["id"]).split(":")
            path = vault.place / subject / f"{number}.age"
            if subject in erased:
                wrong += [f"{path.name} of an erased person is there"] if path.exists() else []
            elif not path.is_file() or sha256(path.read_bytes()).hexdigest() != body["ciphertext"]:
                wrong.append(f"a sealed thing of {body['about']} is gone or changed")
            else:
                try:
                    vault.open(subject, int(number), vault.unlock(subject, keepers))
                except VaultLocked as why:
                    wrong.append(f"what is sealed of {body['about']} does not open: {why.message}")
    return wrong


@dataclass
class Found:
    """Counts of one verb. hit: points whose fault struck; told: what went wrong, in words."""

    tried: int = 0
    hit: int = 0
    inconsistent: int = 0
    lost: int = 0
    stuck: int = 0
    told: list[str] = field(default_factory=list)

    def counts(self, name: str) -> dict[str, int]:
        return {f"{name}_{key}": getattr(self, key) for key in ("tried", "hit", "inconsistent", "lost", "stuck")}


def after(name: str, copy: World, before: list[str], done: int, where: str, found: Found) -> None:
    """Holds a case to the promise after a command ended as `done`; then runs it again."""
    report = verify_case(copy.case)
    if not report:
        found.inconsistent += 1
        found.told.append(f"{where}: {report.reasons[:2]}")
        return
    acknowledged = done == 0 or (done == 3 and name != "folder")     # 3: told, file by file, what could not be read
    if not set(before) <= set(known(copy.case)) or (acknowledged and not stands(name, copy)):
        found.lost += 1
        found.told.append(f"{where}: lost, after exit status {done}")
    happened = stands(name, copy)
    then = here(copy, COMMANDS[name])
    good = (0, 1, 3) if acknowledged or happened else (0, 3)        # what stands already may be refused a second time
    report, trouble = verify_case(copy.case), vault_faults(copy)
    if then.returncode not in good or not report or trouble or not stands(name, copy):
        found.stuck += 1
        found.told.append(f"{where}: then {then.returncode} {report.reasons[:1]} {trouble} {then.stderr.strip()[-300:]}")


def strike(name: str, world: World, place: Path, points: list[Point]) -> Found:
    """Every point on a fresh copy."""
    found, before, log = Found(), known(world.case), place.parent / "struck"
    for call, number, fault in points:
        copy = world.copy(place)
        done = copy.run(COMMANDS[name], "-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={number}", "-o", str(log))
        found.tried += 1
        found.hit += done.returncode == -signal.SIGKILL or b"(INJECTED)" in log.read_bytes()
        after(name, copy, before, done.returncode, f"{name}: {call} {number} {fault}", found)
    return found
