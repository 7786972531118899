"""Laws of the notebook: no forged history passes, no crash loses what was acknowledged, no two writers mix.

A forger here has everything but the private key: he repairs numbers, links and spelling after each change.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.seal.worlds import ACTOR, make_world, rechain, replace_bytes, standing, toll

from bearwitness.errors import BearwitnessError
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.verify import verify_case

Lines = list[bytes]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    Notebook.create(tmp_path / "case", actor=ACTOR).close()
    return tmp_path / "case"


def log_of(case: Path) -> Path:
    return next((case / ".bearwitness" / "logs").iterdir()) / "entries.jsonl"


def ids(case: Path) -> list[str]:
    with Notebook.open(case, write=False) as notebook:
        return [entry.body["id"] for entry in notebook.entries() if entry.kind == "toll.stated"]


def agree(case: Path) -> int:
    """The exit status that both verifiers give."""
    report, (status, _) = verify_case(case), standing(case)
    assert report.exit_status == status, (report.reasons, status)
    return status


# -- forged histories ---------------------------------------------------------------------------------------


def swaps(lines: Lines) -> list[Lines]:
    pairs = [(i, j) for i in range(len(lines)) for j in range(i)]
    made = []
    for i, j in pairs:
        other = list(lines)
        other[i], other[j] = other[j], other[i]
        made.append(other)
    return made


def deletions(lines: Lines) -> list[Lines]:
    return [lines[:at] + lines[at + 1 :] for at in range(len(lines))]


def repeats(lines: Lines) -> list[Lines]:
    return [lines[:at] + [lines[0]] + lines[at:] for at in range(len(lines))]


def edits(lines: Lines) -> list[Lines]:
    made = []
    for at, line in enumerate(lines):
        entry = json.loads(line)
        for change in (
            {"actor": "researcher-2"},
            {"time": "2015-10-20T13:00:00.000000Z"},
            {"refs": ["0" * 64]},
            {"body": {**entry["body"], "killed": "31"}},
            {"nonce": "0" * 32},
        ):
            made.append(lines[:at] + [json.dumps({**entry, **change}).encode()] + lines[at + 1 :])
    return made


@pytest.mark.parametrize("forge", [swaps, deletions, repeats, edits])
def test_a_forged_history_with_every_link_repaired_is_found(
    case: Path,
    forge: Callable[[Lines], list[Lines]],
    sample: Callable[[int, int], int],
    proof: Callable[..., None],
) -> None:
    with Notebook.open(case, write=True) as notebook:
        notebook.append([toll(number) for number in range(48)])
    log = log_of(case)
    lines = log.read_bytes().splitlines()
    forged = forge(lines)
    chosen = random.Random(1).sample(forged, min(len(forged), sample(60, 5_000)))
    missed = 0
    for other in chosen:
        replace_bytes(log, rechain(other))
        report = verify_case(case)
        name = log.relative_to(case).as_posix()
        missed += report.exit_status != 4 or name not in {fault.file for fault in report.faults}
        missed += standing(case)[0] != 4
    replace_bytes(log, b"".join(line + b"\n" for line in lines))
    proof(**{forge.__name__: len(chosen), "missed": missed})
    assert not missed and agree(case) == 0


def test_an_entry_spliced_in_from_another_case_is_found(tmp_path: Path) -> None:
    one, other = make_world(tmp_path / "one"), make_world(tmp_path / "other")
    lines, foreign = log_of(one.case).read_bytes().splitlines(), log_of(other.case).read_bytes().splitlines()
    replace_bytes(log_of(one.case), rechain([*lines[:3], foreign[3], *lines[4:]]))
    assert agree(one.case) == 4


def test_a_whole_log_of_another_key_is_found(tmp_path: Path) -> None:
    """The forger's own log is whole and signed, but the case is not his."""
    one, other = make_world(tmp_path / "one"), make_world(tmp_path / "other")
    own = one.log
    shutil.copytree(other.log, own.parent / other.log.name)
    assert agree(one.case) == 4
    shutil.rmtree(own)
    assert agree(one.case) == 4


def test_two_sealed_files_that_changed_places_are_found(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    first, second, *_ = sorted(p for p in (world.root / "objects").rglob("*") if p.is_file())
    a, b = first.read_bytes(), second.read_bytes()
    replace_bytes(first, b), replace_bytes(second, a)
    names = {fault.file for fault in verify_case(world.case).faults}
    assert {path.relative_to(world.case).as_posix() for path in (first, second)} <= names and agree(
        world.case
    ) == 4


def test_every_missing_and_every_foreign_file_is_named(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    newest = max(p.name for p in (world.log / "checkpoints").iterdir())
    must = [
        p
        for p in sorted(world.root.rglob("*"))
        if p.is_file() and p.name != "lock" and (p.parent.name != "checkpoints" or p.name == newest)
    ]
    for path in must:
        data = path.read_bytes()
        path.unlink()
        if path.name != newest:
            assert any(path.name in fault.file for fault in verify_case(world.case).faults), path
        assert agree(world.case) == 4, path
        path.write_bytes(data)
    for name in (
        "x.txt",
        "objects/ab/x",
        "logs/x/entries.jsonl",
        f"logs/{world.log.name}/notes",
        "anchors/a.tsr",
    ):
        path = world.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("foreign")
        assert any(
            name in fault.file or fault.file.endswith("logs") for fault in verify_case(world.case).faults
        ), name
        assert agree(world.case) == 4, name
        path.unlink()
        if not any(path.parent.iterdir()):
            path.parent.rmdir()
    assert agree(world.case) == 0


def test_what_may_be_deleted_or_is_encrypted_is_not_looked_at(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    shutil.rmtree(world.root / "cache")
    (world.root / "vault").mkdir()
    (world.root / "vault" / "a.age").write_bytes(b"ciphertext")
    assert agree(world.case) == 0


# -- crashes ------------------------------------------------------------------------------------------------

DIE = """
import os, sys
from pathlib import Path
from bearwitness.seal.notebook import Notebook
notebook = Notebook.open(Path(sys.argv[1]), write=True)
for entry in notebook.append([("toll.stated", {"id": "t1", "killed": "13"}, [])]):
    print(entry.body["id"], flush=True)
os._exit(9)
"""


def test_what_a_killed_command_left_is_reported_and_the_next_one_seals_it(case: Path) -> None:
    done = subprocess.run([sys.executable, "-c", DIE, str(case)], capture_output=True, text=True)
    assert done.stdout == "t1\n" and done.returncode == 9, done.stderr
    report = verify_case(case)
    assert report and report.unsealed == 1 and agree(case) == 3
    assert "not under a signature" in report.headline
    with Notebook.open(case, write=True):
        pass
    assert ids(case) == ["t1"] and agree(case) == 0
    with Notebook.open(case, write=False) as notebook:
        gap = list(notebook.entries())[-1]
    assert gap.kind == "gap.declared" and gap.body == {"reason": "unsealed tail", "first": 2, "last": 2}


@pytest.mark.parametrize("piece", [b'{"actor"', b"\0" * 4096, b'{"a":1}\n', b"\n\n"])
def test_a_piece_of_a_line_is_kept_aside_cut_off_and_declared(case: Path, piece: bytes) -> None:
    with log_of(case).open("ab") as log:
        log.write(piece)
    assert agree(case) == (4 if b"\n" in piece else 3)
    with Notebook.open(case, write=True) as notebook:
        notebook.append([toll(1)])
        gap = list(notebook.entries())[2]
        assert gap.kind == "gap.declared" and gap.body["reason"] == "torn tail"
        assert notebook.read_object(gap.body["sha256"]) == piece
    assert ids(case) == ["t1"] and agree(case) == 0


def test_a_log_shorter_than_its_checkpoint_is_not_taken_for_a_crash(case: Path) -> None:
    with Notebook.open(case, write=True) as notebook:
        notebook.append([toll(1), toll(2)])
    log = log_of(case)
    replace_bytes(log, b"".join(log.read_bytes().splitlines(keepends=True)[:-1]))
    before = log.read_bytes()
    assert agree(case) == 4
    with pytest.raises(BearwitnessError) as said:
        Notebook.open(case, write=True)
    assert said.value.exit_status == 4 and log.read_bytes() == before, "tampering is never mended over"


# Every call that changes the disk, broken at its N-th use: the process dies there, or the disk refuses.
CALLS = [
    "open",
    "write",
    "fdatasync",
    "fsync",
    "link",
    "rename",
    "replace",
    "unlink",
    "ftruncate",
    "chmod",
    "mkdir",
]
BROKEN = """
import errno, os, sys
from pathlib import Path
from bearwitness.errors import BearwitnessError
from bearwitness.seal.notebook import Notebook
import cryptography.hazmat.primitives.asymmetric.ed25519
case, how, last = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
count = 0
def breaking(call):
    def act(*args, **more):
        global count
        count += 1
        if count == last:
            if how == "kill":
                os._exit(9)
            raise OSError(getattr(errno, how), os.strerror(getattr(errno, how)))
        return call(*args, **more)
    return act
says = os.dup(1)
write = os.write
for name in sys.argv[4].split():
    setattr(os, name, breaking(getattr(os, name)))
try:
    with Notebook.open(case, write=True) as notebook:
        for number in range(2):
            digest, size = notebook.seal_file(case / f"picture-{number}.bin")
            body = {"id": f"P{number}", "sha256": digest, "size": size}
            for entry in notebook.append([("exhibit.sealed", body, []), ("toll.stated", {"id": f"t{number}"}, [])]):
                write(says, (entry.body["id"] + "\\n").encode())
except BearwitnessError as why:
    sys.exit(why.exit_status)
sys.exit(99 if count < last else 0)
"""


@pytest.mark.slow
@pytest.mark.parametrize("how", ["kill", "ENOSPC", "EIO"])
def test_no_crash_or_disk_fault_loses_what_was_acknowledged(
    case: Path,
    tmp_path: Path,
    home: Path,
    how: str,
    sample: Callable[[int, int], int],
    proof: Callable[..., None],
) -> None:
    for number in range(2):
        (case / f"picture-{number}.bin").write_bytes(bytes([number]) * 3_000_000)
    points, step = 0, sample(5, 1)
    for last in range(1, 400, step):
        broken, keys = tmp_path / f"{how}-{last}", tmp_path / f"home-{how}-{last}"
        shutil.copytree(case, broken)
        shutil.copytree(home, keys)
        env = {**os.environ, "BEARWITNESS_HOME": str(keys)}
        command = [sys.executable, "-c", BROKEN, str(broken), how, str(last), " ".join(CALLS)]
        done = subprocess.run(command, capture_output=True, text=True, env=env)
        if done.returncode == 99:
            break
        points += 1
        acknowledged = done.stdout.split()
        assert done.returncode in (0, 1, 9), done.stderr
        assert agree(broken) in (0, 3), "a crash is never taken for tampering"
        after_next_command(broken, keys, acknowledged)
        shutil.rmtree(broken), shutil.rmtree(keys)
    proof(how=how, points=points, inconsistent=0, lost=0)
    assert points > 3


def after_next_command(case: Path, keys: Path, acknowledged: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BEARWITNESS_HOME", str(keys))
        with Notebook.open(case, write=True) as notebook:
            notebook.append([("toll.stated", {"id": "next"}, [])])
    with Notebook.open(case, write=False) as notebook:
        kept = [entry.body.get("id") for entry in notebook.entries()]
        assert set(acknowledged) <= set(kept) and kept[-1] == "next"
        assert len([name for name in kept if name]) == len({name for name in kept if name})
    assert agree(case) == 0


# -- writers ------------------------------------------------------------------------------------------------

WRITE = """
import sys
from pathlib import Path
from bearwitness.seal.notebook import Notebook
for number in range(int(sys.argv[3])):
    with Notebook.open(Path(sys.argv[1]), write=True) as notebook:
        for part in "ab":
            for entry in notebook.append([("toll.stated", {"id": f"{sys.argv[2]}-{number}{part}"}, [])]):
                print(entry.body["id"], entry.seq, flush=True)
"""


def test_writers_never_mix_their_entries(
    case: Path, sample: Callable[[int, int], int], proof: Callable[..., None]
) -> None:
    rounds = str(sample(6, 125))
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE, str(case), f"w{n}", rounds], stdout=subprocess.PIPE, text=True
        )
        for n in range(4)
    ]
    said = [line.split() for writer in writers for line in writer.communicate()[0].splitlines()]
    assert all(writer.returncode == 0 for writer in writers)
    kept = ids(case)
    proof(writers=4, acknowledged=len(said), kept=len(kept))
    assert len(said) == 8 * int(rounds) and sorted(name for name, _ in said) == sorted(kept)
    assert [kept[int(seq) - 2] for _, seq in said] == [name for name, _ in said], (
        "each at the place it was told"
    )
    assert kept[::2] == [name[:-1] + "a" for name in kept[1::2]], "a command's entries stand together"
    assert agree(case) == 0


def test_a_second_writer_is_told_to_wait(case: Path) -> None:
    with Notebook.open(case, write=True) as notebook:
        with pytest.raises(BearwitnessError, match="Another command is writing"):
            Notebook.open(case, write=True, wait_s=0.05)
        notebook.append([toll(1)])
    assert ids(case) == ["t1"]
