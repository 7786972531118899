"""Everything offered has one fate: counts in are counts out, each reason is said, and a command that died goes on."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from bearwitness.errors import AlteredExhibit, EngineError, InputError
from bearwitness.seal import arriving, layout
from bearwitness.seal.adding import Batch, add
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.reading import Entry
from bearwitness.seal.verify import verify_case

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux makes these names and files")


@pytest.fixture
def case(tmp_path: Path, home: Path) -> Path:
    with Notebook.create(tmp_path / "case", demo=True, actor="researcher-1"):
        pass
    return tmp_path / "case"


@pytest.fixture
def offer(tmp_path: Path) -> Path:
    (tmp_path / "offer").mkdir()
    return tmp_path / "offer"


def entries(case: Path) -> list[Entry]:
    with Notebook.open(case, write=False) as notebook:
        return list(notebook.entries())


def exhibits(case: Path) -> dict[str, dict[str, object]]:
    """By the name that is shown."""
    return {e.body["name"]: e.body for e in entries(case) if e.kind == "exhibit.sealed"}


def manifests(case: Path) -> list[dict[str, object]]:
    return [e.body for e in entries(case) if e.kind == "observation.made" and e.body.get("method") == "seal.add"]


def fates(batch: Batch) -> dict[str, str]:
    return {each.place: each.fate for each in batch.arrived}


def adds_up(case: Path, batch: Batch, many: int) -> None:
    """What the manifest counts is what was offered, and every exhibit it counts is there with its bytes."""
    said = manifests(case)[-1]
    counted = sum(int(str(said[fate])) for fate in ("sealed", "held", "placeholder", "partial", "refused", "skipped"))
    assert said["offered"] == counted == len(batch.arrived) == many
    assert len(said["items"]) == many - int(str(said["sealed"]))       # type: ignore[arg-type]
    root = case / layout.ROOT
    for each in batch.arrived:
        assert each.why or each.fate == "sealed"
        if each.id:
            assert sha256(layout.object_path(root, each.sha256).read_bytes()).hexdigest() == each.sha256
    assert not list((root / "cache").glob("arriving-*/*")), "a copy was left behind"


@linux
def test_counts_in_are_counts_out_and_every_reason_is_said(case: Path, offer: Path) -> None:
    (offer / "day1").mkdir()
    (offer / "day1" / "a.txt").write_text("scene one")
    (offer / "b.txt").write_text("scene two")
    (offer / "copy of b.txt").write_text("scene two")
    (offer / "link.txt").symlink_to(offer / "b.txt")
    (offer / "away").symlink_to("/")
    os.mkfifo(offer / "pipe")
    (offer / ".DS_Store").write_text("litter")
    (offer / "README.txt").write_text("a delivered note, which is evidence too")
    with socket.socket(socket.AF_UNIX) as plug:
        here = os.getcwd()
        os.chdir(offer)
        plug.bind("plug")
        os.chdir(here)
    batch = add(case, [offer], came_from="made up")
    assert fates(batch) == {"README.txt": "sealed", "away": "refused", "b.txt": "sealed", "copy of b.txt": "held",
                            "day1/a.txt": "sealed", "link.txt": "refused", "pipe": "refused", "plug": "refused",
                            ".DS_Store": "skipped"}
    adds_up(case, batch, 9)
    assert batch.must_look
    assert exhibits(case)["a.txt"]["within"] == "day1"
    assert manifests(case)[0]["ids"] == ["D001..D003"]


def test_what_cannot_be_read_is_listed_and_the_rest_is_sealed(case: Path, offer: Path, monkeypatch) -> None:
    for number in range(5):
        (offer / f"{number}.txt").write_text(f"scene {number}")
    opening = os.open

    def refusing(path: str, *more: object, **named: object) -> int:
        if str(path).endswith("2.txt"):
            raise PermissionError(13, "Permission denied")
        return opening(path, *more, **named)       # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(arriving.os, "open", refusing)
        batch = add(case, [offer], came_from="made up")
    assert Counter(fates(batch).values()) == {"sealed": 4, "refused": 1}
    assert "cannot be read" in manifests(case)[0]["items"][0]["why"]       # type: ignore[index]
    adds_up(case, batch, 5)
    assert verify_case(case)


def test_a_path_that_is_not_there_seals_nothing_at_all(case: Path, offer: Path) -> None:
    (offer / "a.txt").write_text("scene")
    before = [e.leaf for e in entries(case)]
    with pytest.raises(InputError, match="no such file"):
        add(case, [offer, offer / "gone"], came_from="made up")
    assert [e.leaf for e in entries(case)] == before


def test_the_notebook_of_a_case_is_not_sealed_into_itself(case: Path) -> None:
    (case / "inbox").mkdir()
    (case / "inbox" / "a.txt").write_text("scene")
    batch = add(case, [case], came_from="made up")
    assert fates(batch) == {".bearwitness": "skipped", "inbox/a.txt": "sealed"}


def test_a_file_that_grows_while_it_is_read_is_refused_and_said(case: Path, offer: Path, monkeypatch) -> None:
    growing = offer / "log.txt"
    growing.write_text("first line")
    read = os.read

    def grow(handle: int, size: int) -> bytes:
        if os.fstat(handle).st_ino == growing.stat().st_ino:
            with growing.open("a") as more:
                more.write("x")
        return read(handle, size)

    with monkeypatch.context() as patch:
        patch.setattr(arriving.os, "read", grow)
        batch = add(case, [offer], came_from="made up")
    assert fates(batch) == {"log.txt": "refused"} and "changed while" in batch.arrived[0].why
    adds_up(case, batch, 1)


def test_killed_in_the_middle_nothing_is_lost_and_nothing_is_twice(case: Path, offer: Path, tmp_path: Path) -> None:
    """Groups of 20; the process kills itself at its third flush; the same command goes on."""
    for number in range(100):
        (offer / f"{number:03d}.txt").write_text(f"scene {number}")
    code = ("import os, sys\nfrom pathlib import Path\nfrom bearwitness.seal import arriving, sealing\n"
            "from bearwitness.seal.adding import add\narriving.GROUP_FILES = 20\nflush, done = sealing.Sealing.flush, []\n"
            "def dying(self):\n    done.append(1)\n    if len(done) == 3:\n        os.kill(os.getpid(), 9)\n"
            "    flush(self)\n"
            "sealing.Sealing.flush = dying\nadd(Path(sys.argv[1]), [Path(sys.argv[2])], came_from='made up')\n")
    done = subprocess.run([sys.executable, "-c", code, str(case), str(offer)])
    assert done.returncode == -signal.SIGKILL
    held = exhibits(case)
    assert len(held) == 40 and verify_case(case).faults == []
    batch = add(case, [offer], came_from="made up")
    assert Counter(fates(batch).values()) == {"held": 40, "sealed": 60}
    adds_up(case, batch, 100)
    sealed = [e.body for e in entries(case) if e.kind == "exhibit.sealed"]
    assert len({body["sha256"] for body in sealed}) == len({body["id"] for body in sealed}) == len(sealed) == 100


def test_a_held_copy_that_was_altered_stops_the_command(case: Path, offer: Path) -> None:
    (offer / "a.txt").write_text("scene")
    kept = layout.object_path(case / layout.ROOT, add(case, [offer], came_from="made up").arrived[0].sha256)
    kept.chmod(0o600)
    kept.write_text("SCENE")
    with pytest.raises(AlteredExhibit):
        add(case, [offer], came_from="made up")
    assert kept.read_text() == "SCENE"


class Flush:
    """Stands for the flush of a whole disk: sees what is named and recorded whenever it is called; may fail."""

    def __init__(self, case: Path, fails_at: int = 0) -> None:
        self.case, self.fails_at = case, fails_at
        self.seen: list[tuple[int, int, int]] = []

    def __call__(self) -> None:
        root = self.case / layout.ROOT
        parts = len(list((root / "cache").glob("arriving-*/*")))
        named = sum(path.is_file() for path in (root / "objects").rglob("*"))
        self.seen.append((parts, named, len(exhibits(self.case))))
        if len(self.seen) == self.fails_at:
            raise OSError(5, "Input/output error")

    def close(self) -> None:
        pass


def test_bytes_are_flushed_before_they_are_named_and_names_before_they_are_recorded(case: Path, offer: Path,
                                                                                    monkeypatch) -> None:
    for number in range(40):
        (offer / f"{number}.txt").write_text(f"scene {number}")
    flush = Flush(case)
    monkeypatch.setattr(arriving.whole_disk, "of", lambda folder: flush)
    adds_up(case, add(case, [offer], came_from="made up"), 40)
    assert flush.seen == [(40, 0, 0), (0, 40, 0)]


@pytest.mark.parametrize("at", [1, 2])
def test_a_flush_that_fails_records_nothing_and_the_same_command_goes_on(case: Path, offer: Path, monkeypatch,
                                                                         at: int) -> None:
    for number in range(40):
        (offer / f"{number}.txt").write_text(f"scene {number}")
    with monkeypatch.context() as patch:
        patch.setattr(arriving.whole_disk, "of", lambda folder: Flush(case, at))
        with pytest.raises(EngineError):
            add(case, [offer], came_from="made up")
    assert exhibits(case) == {} and manifests(case) == [] and verify_case(case)
    batch = add(case, [offer], came_from="made up")
    assert set(fates(batch).values()) == {"sealed"} and verify_case(case)
    adds_up(case, batch, 40)
