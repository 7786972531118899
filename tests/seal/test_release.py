"""A release is exactly the files that were signed, resting on records that were in the log."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.seal.worlds import ACTOR, World, make_world, replace_bytes, standing, toll

from bearwitness.errors import InputError
from bearwitness.seal.canonical import encode
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.release import seal_release, verify_release
from bearwitness.seal.verify import verify_case


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)


def test_a_release_verifies_and_says_what_it_rests_on(world: World) -> None:
    report = verify_release(world.release)
    assert report and report.exit_status == 0 and not report.reasons
    assert [step.number for step in report.steps] == [1, 2, 3, 4, 5, 6, 7]
    listed = json.loads((world.release / "RELEASE.json").read_text())
    assert [record["leaf"] for record in listed["records"]] == [entry.leaf for entry in world.entries]
    assert standing(world.release) == (0, [])


def test_the_release_is_a_record_of_the_log(world: World) -> None:
    with Notebook.open(world.case, write=False) as notebook:
        made = list(notebook.entries())[-1]
    assert made.kind == "release.made" and made.body["id"] == "release-1"
    assert made.body["records"] == [entry.leaf for entry in world.entries]
    assert made.body["size"] == made.seq, "everything before it is under the checkpoint of the release"
    assert verify_case(world.case)


def test_only_the_records_named_are_shown(world: World) -> None:
    shown = (world.release / "RECORDS.jsonl").read_bytes().splitlines()
    assert [json.loads(line)["seq"] for line in shown] == [world.entries[0].seq]
    everything = b"".join(p.read_bytes() for p in world.release.rglob("*") if p.is_file())
    assert b"P001" not in everything, "a record that was only cited is not disclosed"


def test_coreutils_are_enough_to_see_that_no_file_changed(world: World) -> None:
    if not shutil.which("sha256sum"):
        pytest.skip("no sha256sum here")
    done = subprocess.run(
        ["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=world.release, capture_output=True
    )
    assert done.returncode == 0, done.stderr


def drop(name: str) -> Callable[[World], str]:
    def act(world: World) -> str:
        (world.release / name).unlink()
        return name

    return act


def put(name: str) -> Callable[[World], str]:
    def act(world: World) -> str:
        (world.release / name).parent.mkdir(exist_ok=True)
        (world.release / name).write_text("smuggled")
        return name

    return act


def link(world: World) -> str:
    (world.release / "data" / "case.json").unlink()
    (world.release / "data" / "case.json").symlink_to(world.release / "index.html")
    return "data/case.json"


def swap(world: World) -> str:
    one, other = world.release / "index.html", world.release / "data" / "case.json"
    a, b = one.read_bytes(), other.read_bytes()
    one.write_bytes(b), other.write_bytes(a)
    return "index.html"


def other_list(world: World) -> str:
    """The files and the list agree; only the signature does not."""
    path = world.release / "RELEASE.json"
    listed = json.loads(path.read_text())
    listed["files"] = [file for file in listed["files"] if file["name"] != "data/case.json"]
    (world.release / "data" / "case.json").unlink()
    path.write_bytes(encode(listed))
    return "RELEASE.json"


def uncited(world: World) -> str:
    path = world.release / "RECORDS.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"killed":"13"', b'"killed":"31"'))
    return "RECORDS.jsonl"


FORGERIES = [
    drop("index.html"),
    drop("data/case.json"),
    drop("RELEASE.sig"),
    drop("RELEASE.json"),
    drop("verify.py"),
    put("extra.html"),
    put("data/more.json"),
    put("new/x.txt"),
    link,
    swap,
    other_list,
    uncited,
]


@pytest.mark.parametrize("forge", FORGERIES)
def test_every_forgery_is_found_and_its_file_named_by_both_verifiers(world: World, forge) -> None:  # type: ignore[no-untyped-def]
    name = forge(world)
    report = verify_release(world.release)
    status, names = standing(world.release)
    assert not report and report.exit_status == 4 and status == 4
    assert name in {fault.file for fault in report.faults} and name in names


def test_what_a_desktop_drops_into_a_folder_is_no_alarm(world: World) -> None:
    (world.release / ".DS_Store").write_bytes(b"finder")
    report = verify_release(world.release)
    assert report and ".DS_Store" in report.notes[0] and standing(world.release) == (0, [])


def test_a_release_signed_by_another_key_is_not_this_one(world: World, tmp_path: Path) -> None:
    """A forger with a key of his own can only make a release of his own, with his fingerprint on it."""
    other = make_world(tmp_path / "forger")
    shutil.copy(other.release / "RELEASE.sig", world.release / "RELEASE.sig")
    assert {fault.file for fault in verify_release(world.release).faults} == {"RELEASE.sig"}
    assert standing(world.release) == (4, ["RELEASE.sig"])
    assert verify_release(other.release).fingerprint != verify_release(world.release).fingerprint


def test_a_record_of_another_log_is_not_proved(world: World, tmp_path: Path) -> None:
    other = make_world(tmp_path / "forger")
    path = world.release / "RELEASE.json"
    listed = json.loads(path.read_text())
    listed["records"][0]["leaf"] = other.entries[0].leaf
    path.write_bytes(encode(listed))
    assert any(fault.place == "proof" for fault in verify_release(world.release).faults)


def test_a_release_is_sealed_once(world: World) -> None:
    with Notebook.open(world.case, write=True) as notebook, pytest.raises(InputError, match="sealed already"):
        seal_release(world.release, notebook)


@pytest.mark.parametrize("name", ["a\nb.txt", "a\u202eb.txt", "a:b.txt", "con\\x"])
def test_a_name_that_not_every_system_can_hold_is_refused_before_signing(world: World, name: str) -> None:
    folder = world.case / "out" / "release-2"
    folder.mkdir()
    (folder / name).write_text("x")
    with Notebook.open(world.case, write=True) as notebook, pytest.raises(InputError, match="cannot hold"):
        seal_release(folder, notebook)
    assert not (folder / "RELEASE.json").exists()


def test_a_record_that_is_not_in_the_log_cannot_be_cited(world: World) -> None:
    folder = world.case / "out" / "release-2"
    folder.mkdir()
    with Notebook.open(world.case, write=True) as notebook, pytest.raises(ValueError, match="not in the log"):
        seal_release(folder, notebook, leaves=["0" * 64])


def test_the_same_files_over_the_same_log_make_the_same_bytes(tmp_path: Path) -> None:
    made = []
    with Notebook.create(tmp_path / "case", actor=ACTOR) as notebook:
        said = notebook.append([toll(1)])
        notebook.checkpoint()
        note = notebook.checkpoint_note()
        for number in (1, 2):
            folder = tmp_path / f"release-{number}"
            folder.mkdir()
            (folder / "index.html").write_text("<p>x</p>")
            seal_release(folder, notebook, leaves=[said[0].leaf])
            made.append({p.name: p.read_bytes() for p in folder.iterdir()})
    assert made[0]["verify.py"] == made[1]["verify.py"] and made[0]["SHA256SUMS"] == made[1]["SHA256SUMS"]
    assert json.loads(made[0]["RELEASE.json"])["checkpoint"] == note.decode()


def test_replaced_bytes_are_named(world: World) -> None:
    replace_bytes(world.release / "verify.py", b"print('all is well')\n")
    assert [fault.file for fault in verify_release(world.release).faults] == ["verify.py"]
