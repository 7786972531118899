"""Real files made by others, where they are on this machine: sealed, verified, and left as they were."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

pytestmark = pytest.mark.accept
LARGEST = 8 << 20  # bytes of one file that is tried here
MANY = 250


def outside() -> Path:
    place = os.environ.get("BEARWITNESS_DATA", "")
    if not place or not Path(place).is_dir():
        pytest.skip("no outside data on this machine (BEARWITNESS_DATA)")
    return Path(place)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def chosen(place: Path) -> list[Path]:
    """A spread over every folder: real pictures, sound, documents, archives, tables, broken bags."""
    found = [p for p in sorted(place.rglob("*")) if p.is_file() and not p.is_symlink()]
    fit = [p for p in found if 0 < p.stat().st_size <= LARGEST]
    return fit[:: max(1, len(fit) // MANY)][:MANY]


def test_real_files_are_sealed_once_each_and_never_touched(bearwitness, tmp_path: Path, proof) -> None:
    files = chosen(outside())
    before = {path: (digest(path), path.stat().st_mtime_ns) for path in files}
    assert bearwitness("init", "case", cwd=tmp_path).returncode == 0
    case = tmp_path / "case"
    done = bearwitness("add", *files, "--from", "data made by others", cwd=case)
    assert done.returncode in (0, 3), done.stdout + done.stderr
    assert {path: (digest(path), path.stat().st_mtime_ns) for path in files} == before
    objects = {path.name for path in (case / ".bearwitness" / "objects").rglob("*") if path.is_file()}
    assert {found for found, _ in before.values()} <= objects, "counts in and counts out differ"
    checked = bearwitness("verify", cwd=case)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    again = bearwitness("add", *files, "--from", "the same once more", cwd=case)
    assert again.returncode in (0, 3)
    after = {path.name for path in (case / ".bearwitness" / "objects").rglob("*") if path.is_file()}
    assert after == objects
    proof(files=len(files), distinct=len({found for found, _ in before.values()}))
