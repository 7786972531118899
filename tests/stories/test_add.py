"""A delivery arrives on a stick: `add` counts it, opens what it is asked to, and says what a person must look at."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
FATES = ("sealed", "held", "placeholder", "partial", "refused", "skipped")


@pytest.fixture
def case(bearwitness: Run, tmp_path: Path) -> Path:
    assert bearwitness("init", "case", cwd=tmp_path).returncode == 0
    return tmp_path / "case"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Two folders, a zip with a tar in it, a rar, an unfinished film, a placeholder, a link, litter."""
    stick = tmp_path / "stick"
    (stick / "photos").mkdir(parents=True)
    (stick / "photos" / "one.txt").write_text("scene one")
    (stick / "film.mp4.crdownload").write_bytes(b"half a film")
    (stick / "plan.gdoc").write_text('{"doc_id": "1"}')
    (stick / "Thumbs.db").write_text("litter")
    (stick / "more.rar").write_bytes(b"Rar!\x1a\x07\x01\x00" + bytes(20))
    inner = io.BytesIO()
    with tarfile.open(fileobj=inner, mode="w:gz") as tar:
        for name, data in (("deep.txt", b"scene deep"), ("one again.txt", b"scene one")):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("way out")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    with zipfile.ZipFile(stick / "delivery.zip", "w") as archive, pytest.warns(UserWarning):
        archive.writestr("note.txt", "first note")
        archive.writestr("note.txt", "second note")
        archive.writestr("../../up.txt", "scene up")
        archive.writestr("inner.tgz", inner.getvalue())
    return stick


def added(bearwitness: Run, case: Path, *words: object) -> tuple[int, dict]:
    done = bearwitness("add", *words, "--from", "a partner, by hand", "--json", cwd=case)
    told = json.loads(done.stdout)
    assert told["ok"] and told["schema"] == "bearwitness/add/1", done.stderr
    data = told["data"]
    assert data["offered"] == sum(data[fate] for fate in FATES) == data["files"] + data["members"]
    return done.returncode, data


def test_a_delivery_is_counted_and_closed_archives_stay_closed(bearwitness: Run, case: Path, stick: Path) -> None:
    status, data = added(bearwitness, case, stick)
    assert status == 3 and data["members"] == 0
    assert [data[fate] for fate in FATES] == [3, 0, 1, 1, 0, 1]
    words = bearwitness("add", stick, "--from", "again", cwd=case)
    assert "Offered 6 files: 5 already held, 1 passed over." in words.stdout and words.returncode == 0


def test_archives_are_opened_member_by_member_and_each_knows_its_parent(bearwitness: Run, case: Path, stick: Path,
                                                                        tmp_path: Path) -> None:
    status, data = added(bearwitness, case, stick, "--open-archives")
    assert status == 3
    place = {each["place"]: each for each in data["exhibits"]}
    inner = "delivery.zip > inner.tgz"
    assert {"delivery.zip > note.txt", "delivery.zip > ../../up.txt", inner, f"{inner} > deep.txt"} <= set(place)
    assert place[f"{inner} > one again.txt"]["again"], "the same bytes are one exhibit"
    notes = [each["id"] for each in data["exhibits"] if each["place"] == "delivery.zip > note.txt"]
    assert len(set(notes)) == 2, "two members of one name are kept apart"
    refused = {each["place"]: each["why"] for each in data["items"] if each["fate"] == "refused"}
    assert set(refused) == {f"{inner} > way out", "more.rar > (the rest)"}
    assert "rar archive" in refused["more.rar > (the rest)"]
    parents = {}
    for log in case.glob(".bearwitness/logs/*/entries.jsonl"):
        for line in log.read_text("utf-8").splitlines():
            body = json.loads(line)["body"]
            parents |= {body["id"]: body["parent"]} if "parent" in body else {}
    assert parents[place[f"{inner} > deep.txt"]["id"]] == place[inner]["id"]
    assert parents[place[inner]["id"]] == place["delivery.zip"]["id"]
    assert not list(tmp_path.rglob("up.txt")), "a name was used as a path"
    assert bearwitness("verify", cwd=case).returncode == 0
    status, again = added(bearwitness, case, stick, "--open-archives")
    assert again["sealed"] == 0 and again["held"] == data["sealed"] + data["held"] + data["placeholder"] + data["partial"]


def test_the_manifest_is_in_the_log_and_the_standing_verifier_accepts_it(bearwitness: Run, case: Path, stick: Path) -> None:
    _, data = added(bearwitness, case, stick)
    assert data["batch"] in bearwitness("log", cwd=case).stdout
    shown = bearwitness("log", data["batch"], "--json", cwd=case)
    assert json.loads(shown.stdout)["data"]["entries"][0]["kind"] == "observation.made"


def test_a_dry_run_says_the_same_names_and_seals_nothing(bearwitness: Run, case: Path, stick: Path) -> None:
    before = {path for path in case.rglob("*") if path.is_file()}
    done = bearwitness("add", stick, "--dry-run", cwd=case)
    assert "photos/one.txt" in done.stdout and "Thumbs.db  not read" in done.stdout and "5 files" in done.stdout
    assert {path for path in case.rglob("*") if path.is_file()} == before


def test_an_empty_inbox_is_no_fault(bearwitness: Run, case: Path) -> None:
    (case / "inbox").mkdir(exist_ok=True)
    done = bearwitness("add", "--from", "nobody", cwd=case)
    assert done.returncode == 0 and "Offered 0 files: nothing." in done.stdout
