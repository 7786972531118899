"""The same log, draft and release date give the same bytes, whoever compiles them, wherever and whenever.

So a release can be checked by making it again. Two copies of one case are compiled with other hash seeds, time zones,
locales, folders and working directories; every file but those that a key signs must come out bit for bit the same.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
WORLDS = [
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Damascus", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C.UTF-8"},
]


def digests(folder: Path) -> dict[str, str]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in found}


@pytest.fixture
def two(case: Callable[[str], Path], home: Path, tmp_path: Path, bearwitness: Run) -> list[tuple[Path, dict[str, str]]]:
    """Two copies of one sealed case, log and keys and all, each with the world that it is compiled in.

    The keys are copied too: a device that remembers a longer log refuses an older copy of it, and rightly.
    """
    first = case("syria-2015")
    assert bearwitness("init", ".", cwd=first).returncode == 0
    assert bearwitness("add", "inbox", "--from", "the example", cwd=first).returncode in (0, 3)
    assert bearwitness("check", cwd=first).returncode in (0, 3)  # takes in every row before the copy is made
    second = tmp_path / "elsewhere" / "deeper" / "syria-2015"
    shutil.copytree(first, second, copy_function=shutil.copy2)
    shutil.copytree(home, tmp_path / "home-2")
    homes = [home, tmp_path / "home-2"]
    return [
        (folder, {**world, "BEARWITNESS_HOME": str(keys)})
        for folder, world, keys in zip((first, second), WORLDS, homes, strict=True)
    ]


def test_two_previews_of_one_log_are_the_same(two, tmp_path: Path, bearwitness: Run, proof) -> None:
    seen = []
    for folder, world in two:
        done = bearwitness("report", "--pdf", "--case", folder, cwd=tmp_path, **world)
        assert done.returncode in (0, 3), done.stdout + done.stderr
        seen.append(digests(folder / "out"))
    assert {"index.html", "briefing.pdf"} <= {Path(name).name for name in seen[0]}
    assert seen[0] == seen[1]
    proof(files=len(seen[0]), differing=0)


def test_two_releases_of_one_log_are_the_same_but_for_their_signatures(two, tmp_path: Path, bearwitness: Run, proof) -> None:
    seen = []
    for folder, world in two:
        done = bearwitness("publish", "--date", "2026-01-15", "--case", folder, cwd=tmp_path, **world)
        assert done.returncode == 0, done.stdout + done.stderr
        seen.append(digests(folder / "out" / "release-1"))
    assert set(seen[0]) == set(seen[1])
    differing = sorted(name for name in seen[0] if seen[0][name] != seen[1][name])
    told = ("index.html", "briefing.pdf", "verify.py", "data/")
    assert not [name for name in differing if name.startswith(told)]
    proof(files=len(seen[0]), signed_or_timed_files_that_differ=len(differing))


def test_another_release_date_changes_what_tells_it(two, bearwitness: Run) -> None:
    """The counterpart: the test above could not fail if the date were ignored."""
    for (folder, world), day in zip(two, ("2026-01-15", "2026-01-16"), strict=True):
        assert bearwitness("publish", "--date", day, "--case", folder, **world).returncode == 0
    first, second = (digests(folder / "out" / "release-1") for folder, _ in two)
    assert first["index.html"] != second["index.html"]
    assert first["briefing.pdf"] != second["briefing.pdf"]
