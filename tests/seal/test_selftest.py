"""A program that computes wrong must not seal."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from bearwitness.cli.main import main
from bearwitness.errors import EngineError
from bearwitness.seal import selftest, tree
from bearwitness.seal.notebook import Notebook


def test_every_known_answer_is_right() -> None:
    assert len(selftest.full()) == 5


class _Broken:
    """A digest of SHA-256 with its last bit turned."""

    def __init__(self, data: bytes) -> None:
        digest = bytearray(hashlib.sha256(data).digest())
        digest[-1] ^= 1
        self._digest = bytes(digest)

    def hexdigest(self) -> str:
        return self._digest.hex()

    def digest(self) -> bytes:
        return self._digest


def _other_prefix(data: bytes) -> bytes:
    return hashlib.sha256(b"\x02" + data).digest()


BREAKS = {
    "SHA-256": ("bearwitness.seal.selftest.sha256", _Broken),
    "the canonical spelling": ("bearwitness.seal.selftest.encode", lambda value: json.dumps(value).encode()),
    "the tree": ("bearwitness.seal.selftest.leaf_hash", _other_prefix),
    "the tree, a proof": ("bearwitness.seal.selftest.check_inclusion", lambda *_: True),
    "the tree, growth": ("bearwitness.seal.selftest.check_consistency", lambda *_: False),
    "Ed25519": ("bearwitness.seal.note.verify_ed25519", lambda *_: True),
    "age": ("pyrage.decrypt", lambda data, keys: b"known"),
}


@pytest.mark.parametrize("what", BREAKS)
def test_each_wrong_answer_is_found_and_named(what: str, monkeypatch: pytest.MonkeyPatch, proof) -> None:
    place, broken = BREAKS[what]
    checks = (selftest.quick, selftest.signing, selftest.vault)
    monkeypatch.setattr(place, broken)
    for check in checks:
        check.cache_clear()
    try:
        with pytest.raises(EngineError, match=what.partition(",")[0]):
            selftest.full()
    finally:
        monkeypatch.undo()
        for check in checks:
            check.cache_clear()
    assert len(selftest.full()) == 5
    proof(broken=1, found=1)


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
