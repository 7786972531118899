"""What is acknowledged is on the disk, in order, sealed when the command ends, readable by anybody."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.seal.worlds import ACTOR, make_world, replace_bytes, standing, toll

from bearwitness.errors import BrokenChain, EngineError, ForkedLog, InputError
from bearwitness.seal.changes import current
from bearwitness.seal.notebook import Notebook, exists
from bearwitness.seal.verify import verify_case


@pytest.fixture
def case(tmp_path: Path) -> Path:
    Notebook.create(tmp_path / "case", actor=ACTOR).close()
    return tmp_path / "case"


def test_a_new_notebook_says_which_case_and_key_it_is_and_verifies(case: Path) -> None:
    assert exists(case) and not exists(case.parent)
    with Notebook.open(case, write=False) as notebook:
        opened, added = notebook.entries()
    assert (opened.kind, added.kind) == ("case.opened", "key.added")
    assert added.body["demo"] is False and added.body["fingerprint"] in opened.origin
    assert verify_case(case) and standing(case) == (0, [])


def test_a_demonstration_says_so_in_the_log_and_in_its_key(tmp_path: Path, home: Path) -> None:
    with Notebook.create(tmp_path / "case", demo=True, actor=ACTOR) as notebook:
        assert notebook.demo and list(notebook.entries())[1].body["demo"] is True
    assert verify_case(tmp_path / "case").demo
    (kept,) = (home / "keys").iterdir()
    assert json.loads(kept.read_text())["demo"] is True


def test_a_notebook_is_never_made_over_another(case: Path) -> None:
    before = sorted(case.rglob("*"))
    with pytest.raises(InputError, match="already has a notebook"):
        Notebook.create(case, actor=ACTOR)
    assert sorted(case.rglob("*")) == before


def test_what_was_appended_is_read_back_in_order(case: Path) -> None:
    with Notebook.open(case, write=True) as notebook:
        first, second = notebook.append([toll(1), toll(2)])
        (third,) = notebook.append([("record.withdrawn", {"id": "t1", "kind": "toll.stated"}, [first.leaf])])
        assert list(notebook.entries())[2:] == [first, second, third]
    with Notebook.open(case, write=False) as notebook:
        assert list(notebook.entries())[2:] == [first, second, third]
        assert list(current(notebook.entries())) == [("toll.stated", "t2")]


def test_leaving_the_block_seals_everything_even_when_the_command_fails(case: Path) -> None:
    with pytest.raises(RuntimeError), Notebook.open(case, write=True) as notebook:
        notebook.append([toll(1)])
        assert notebook.unsealed() == 1
        raise RuntimeError
    with Notebook.open(case, write=False) as notebook:
        assert notebook.head()[0] == notebook.head()[2] == 3


def test_a_command_that_adds_nothing_changes_nothing(case: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in case.rglob("*") if path.is_file()}
    Notebook.open(case, write=True).close()
    assert {path: path.stat().st_mtime_ns for path in case.rglob("*") if path.is_file()} == before


def test_a_case_can_be_read_as_it_stood(case: Path) -> None:
    with Notebook.open(case, write=True) as notebook:
        notebook.append([toll(1)])
        then, _, _ = notebook.head()
        notebook.append([toll(2)])
        assert [entry.body.get("id") for entry in notebook.upto(then)][2:] == ["t1"]


def test_a_long_body_is_an_object_and_reads_like_any_other(case: Path) -> None:
    body = {"id": "f1", "text": "طويل " * 12_000}
    with Notebook.open(case, write=True) as notebook:
        notebook.append([("finding.proposed", body, [])])
    with Notebook.open(case, write=False) as notebook:
        assert list(notebook.entries())[-1].body == body
    log = next((case / ".bearwitness" / "logs").iterdir()) / "entries.jsonl"
    longest = max(log.read_bytes().splitlines(), key=len)
    assert len(longest) < 65_536


@pytest.mark.parametrize(
    "bad",
    [
        ("no.such", {"id": "x"}, []),
        ("toll.stated", {"Id": "x"}, []),
        ("toll.stated", {"object": "0" * 64}, []),
        ("toll.stated", {"id": "\ud800"}, []),
        ("toll.stated", {"id": "x"}, ["0" * 64] * 1000),
    ],
)
def test_a_batch_with_one_bad_record_records_nothing(
    case: Path, bad: tuple[str, dict[str, object], list[str]]
) -> None:
    with Notebook.open(case, write=True) as notebook:
        with pytest.raises(ValueError):
            notebook.append([toll(1), bad])
        with pytest.raises(TypeError):
            notebook.append([toll(1), ("toll.stated", {"id": "x", "lat": 35.9}, [])])
        assert notebook.size == 2
        notebook.append([toll(1)])
    assert verify_case(case)


def test_reading_needs_no_key_and_cannot_write(
    case: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BEARWITNESS_HOME", str(tmp_path / "nowhere"))
    with Notebook.open(case, write=False) as notebook:
        assert len(list(notebook.entries())) == 2
        with pytest.raises(ValueError, match="reading only"):
            notebook.append([toll(1)])
    with pytest.raises(InputError, match="has no key for this case"):
        Notebook.open(case, write=True)
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_without_a_notebook_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing is sealed yet"):
        Notebook.open(tmp_path, write=False)
    with pytest.raises(InputError, match="nothing to verify"):
        verify_case(tmp_path)


def test_a_changed_entry_stops_reading_before_anything_is_counted(case: Path) -> None:
    with Notebook.open(case, write=True) as notebook:
        notebook.append([toll(1)])
    log = next((case / ".bearwitness" / "logs").iterdir()) / "entries.jsonl"
    replace_bytes(log, log.read_bytes().replace(b'"killed":"13"', b'"killed":"31"'))
    for write in (False, True):
        with pytest.raises(BrokenChain) as said:
            Notebook.open(case, write=write)
        assert "verify" in said.value.fix


def test_an_older_copy_of_a_case_is_not_written_on(case: Path, tmp_path: Path) -> None:
    """A folder set back to yesterday would become a second history under the same key."""
    import shutil

    shutil.copytree(case, tmp_path / "yesterday")
    with Notebook.open(case, write=True) as notebook:
        notebook.append([toll(1)])
        later = None
    with Notebook.open(case, write=False) as notebook:
        later = notebook.checkpoint_note()
    with pytest.raises(ForkedLog, match="older copy") as said:
        Notebook.open(tmp_path / "yesterday", write=True)
    assert said.value.heads[0].startswith("3 ") and said.value.heads[1].startswith("2 ")
    assert verify_case(tmp_path / "yesterday"), "by itself an older copy is whole"
    assert not verify_case(tmp_path / "yesterday", later=later), "whoever kept a later checkpoint sees it"
    assert verify_case(case, later=later)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_permissions_of_a_read_only_medium_are_enough(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    folders = [path for path in (world.case, *world.case.rglob("*")) if path.is_dir()]
    for folder in folders:
        folder.chmod(0o500)
    try:
        assert (
            verify_case(world.case) and standing(world.case) == (0, []) and standing(world.release) == (0, [])
        )
    finally:
        for folder in folders:
            folder.chmod(0o700)


def test_reading_and_verifying_leave_no_trace(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    before = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in world.case.rglob("*")}
    with Notebook.open(world.case, write=False) as notebook:
        list(notebook.entries())
    verify_case(world.case)
    standing(world.case)
    standing(world.release)
    assert {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in world.case.rglob("*")} == before


def test_many_records_are_read_back_whole(case: Path) -> None:
    with Notebook.open(case, write=True) as notebook:
        notebook.append([toll(number) for number in range(3_000)])
    with Notebook.open(case, write=False) as notebook:
        assert [entry.body.get("id") for entry in notebook.entries()][2:] == [f"t{n}" for n in range(3_000)]


WATCHED = """
import sys
writes = []
def watch(event, args):
    if event == "open" and (args[2] or 0) & 3:
        writes.append(args[0])
    elif event in ("os.mkdir", "os.rename", "os.remove", "os.link", "os.chmod", "os.truncate", "socket.connect"):
        writes.append(event)
import bearwitness.seal.verify as case, bearwitness.seal.verify_release as release
import bearwitness.seal.verify_standalone as alone, bearwitness.seal.notebook as notebook
case.verify_case(sys.argv[1]), release.verify_release(sys.argv[2])
sys.addaudithook(watch)
good = bool(case.verify_case(sys.argv[1])) and bool(release.verify_release(sys.argv[2]))
good = good and alone.main([sys.argv[1]]) == 0 and alone.main([sys.argv[2]]) == 0
good = good and list(notebook.Notebook.open(sys.argv[1], write=False).entries())
print(bool(good), writes)
"""


def test_nothing_is_opened_for_writing_by_whoever_reads_or_verifies(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    command = [sys.executable, "-c", WATCHED, str(world.case), str(world.release)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "True []"


def test_after_an_interrupt_in_the_middle_of_a_step_nothing_is_written_behind_the_piece(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write

    def interrupted(handle: int, data: bytes) -> int:
        write(handle, bytes(data)[:50])
        raise KeyboardInterrupt

    with Notebook.open(case, write=True) as notebook:
        notebook.append([toll(1)])
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(os, "write", interrupted)
            notebook.append([toll(2)])
        with pytest.raises(EngineError, match="in the middle of a step"):
            notebook.append([toll(3)])
    assert verify_case(case).exit_status == 3, "the piece is said, and the first record is sealed"
    with Notebook.open(case, write=True) as notebook:
        notebook.append([toll(2)])
        kept = [entry.body["id"] for entry in notebook.entries() if entry.kind == "toll.stated"]
    assert kept == ["t1", "t2"] and verify_case(case).exit_status == 0


def test_a_copy_that_cannot_be_written_to_can_still_be_read(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def read_only(path: object, flags: int, *more: int, **named: int) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(30, "Read-only file system")
        return opened(path, flags, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", read_only)
    with pytest.raises(InputError, match="only read and verified"):
        Notebook.open(case, write=True)
    with Notebook.open(case, write=False) as notebook:
        assert len(list(notebook.entries())) == 2
    assert verify_case(case) and standing(case) == (0, [])


def test_a_quick_look_reads_the_whole_log_and_a_sample_of_the_files(case: Path) -> None:
    with Notebook.open(case, write=True) as notebook:
        for number in range(40):
            digest = notebook.put_bytes(f"picture {number}".encode())
            notebook.append([("exhibit.sealed", {"id": f"P{number}", "sha256": digest, "size": 9}, [])])
    assert (verify_case(case, quick=True).objects, verify_case(case).objects) == (16, 40)
    log = next((case / ".bearwitness" / "logs").iterdir()) / "entries.jsonl"
    replace_bytes(log, log.read_bytes().replace(b'"P7"', b'"P8"'))
    assert [fault.seq for fault in verify_case(case, quick=True).faults if fault.place == "link"] == [9]
