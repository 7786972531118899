"""The ten-minute tutorial, typed: each file written as the page shows it, each command run in its order."""
from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from bearwitness.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "tutorial" / "ten-minutes.md"
FINISHED = ROOT / "examples" / "tutorial"
_STEP = re.compile(r"^<!-- (?P<order>exit|copy) (?P<words>[^>]*?) -->$|^```(?P<info>[^\n]+)\n(?P<body>.*?)^```$",
                   re.MULTILINE | re.DOTALL)
WRITTEN_BY_HAND = ("case.toml", "sources.csv", "documents.csv", "incidents.csv", "tolls.csv", "assertions.csv",
                   "searches.csv", "claims/mod-photo.md", "findings/photo-older.md", "notes/INT-001.md",
                   "report/briefing.md", "inbox/training-ground.png")


class Reader:
    """Somebody who does what the page says, and nothing else."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.here, self.patch, self.due, self.ran = folder, monkeypatch, 0, 0
        monkeypatch.chdir(folder)

    def follow(self, page: str) -> None:
        for step in _STEP.finditer(page):
            if step["order"] == "exit":
                self.due = int(step["words"])
            elif step["order"] == "copy":
                start, end = step["words"].split()
                self._file(end).write_bytes((ROOT / start).read_bytes())
            elif step["info"] == "console":
                for line in step["body"].splitlines():
                    self._type(line)
                self.due = 0
            elif found := re.search(r"file=(\S+)", step["info"]):
                self._file(found[1]).write_text(step["body"], encoding="utf-8")

    def _file(self, name: str) -> Path:
        path = self.here / name
        path.parent.mkdir(exist_ok=True)
        return path

    def _type(self, line: str) -> None:
        words = shlex.split(line)
        if words[0] == "cd":
            self.here = self.here / words[1]
            self.patch.chdir(self.here)
            return
        assert words[0] == "bearwitness", f"the page has a command that is not ours: {line}"
        self.ran += 1
        assert main(words[1:]) == self.due, f"{line!r} should end with exit status {self.due}"


@pytest.fixture
def finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The case folder of somebody who followed the page to its end."""
    monkeypatch.setenv("BEARWITNESS_HOME", str(tmp_path / "home"))
    reader = Reader(tmp_path, monkeypatch)
    reader.follow(PAGE.read_text("utf-8"))
    assert reader.ran >= 12
    return reader.here


def test_every_command_of_the_tutorial_ends_as_the_page_says_and_leaves_a_release(finished: Path) -> None:
    release = finished / "out" / "release-1"
    page = (release / "index.html").read_text("utf-8")
    assert "at least 12" in page and "13 in the highest account" in page
    assert (release / "verify.py").is_file() and (release / "briefing.pdf").read_bytes().startswith(b"%PDF")
    told = [path.name for path in release.rglob("*") if path.is_file() and b"willow" in path.read_bytes().lower()]
    assert told == [], "a code name is for the folder, not for the reader, nor for whoever opens the data"


def test_whoever_follows_the_tutorial_arrives_at_the_tutorial_case(finished: Path) -> None:
    for name in WRITTEN_BY_HAND:
        assert (finished / name).read_bytes() == (FINISHED / name).read_bytes(), name


def test_the_made_up_parts_stand_at_the_made_up_incident_only() -> None:
    """Made-up records name the training ground, and no toll is stated for it."""
    rows = (FINISHED / "assertions.csv").read_text("utf-8").splitlines()[1:]
    assert {row.split(",")[1] for row in rows if "MADE UP" in row} == {"training"}
    assert all(row.split(",")[1] == "sarmin" for row in (FINISHED / "tolls.csv").read_text("utf-8").splitlines()[1:])
    note = (FINISHED / "notes" / "INT-001.md").read_text("utf-8")
    assert "MADE UP" in note and "sarmin" not in note.lower()
