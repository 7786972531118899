"""A program that computes wrong must not seal."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from bearwitness.cli.main import main
from bearwitness.errors import EngineError
from bearwitness.seal import selftest, tree
from bearwitness.seal.notebook import Notebook


def test_every_known_answer_is_right() -> None:
    assert len(selftest.full()) == 5


def test_a_wrong_tree_stops_every_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEARWITNESS_HOME", str(tmp_path / "home"))
    assert main(["init", str(tmp_path / "case")]) == 0
    log = next((tmp_path / "case" / ".bearwitness" / "logs").iterdir()) / "entries.jsonl"
    before = hashlib.sha256(log.read_bytes()).hexdigest()
    monkeypatch.setattr(selftest, "check_inclusion", lambda *_: True)
    selftest.quick.cache_clear()
    try:
        with pytest.raises(EngineError, match="tree"):
            Notebook.open(tmp_path / "case", write=True)
    finally:
        monkeypatch.setattr(selftest, "check_inclusion", tree.check_inclusion)
        selftest.quick.cache_clear()
    assert hashlib.sha256(log.read_bytes()).hexdigest() == before


def test_doctor_finds_a_folder_that_was_set_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import shutil

    monkeypatch.setenv("BEARWITNESS_HOME", str(tmp_path / "home"))
    case, backup = tmp_path / "case", tmp_path / "backup"
    assert main(["init", str(case)]) == 0
    shutil.copytree(case, backup)
    with Notebook.open(case, write=True) as notebook:
        notebook.append([("gap.declared", {"id": "g1", "text": "made up"}, [])])
    capsys.readouterr()
    assert main(["doctor", "--case", str(case)]) == 3, "one key alone is a risk"
    assert "One key alone" in capsys.readouterr().out
    assert main(["doctor", "--case", str(backup)]) == 4
    assert "set back" in capsys.readouterr().out
    assert main(["key", "rotate", "--after-restore", "--case", str(backup)]) == 0
    assert main(["doctor", "--case", str(backup)]) == 3, "a new epoch goes on from what is here, and both heads are kept"
