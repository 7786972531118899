"""An account that came sealed from the field is opened without leaving a copy, even where the command is killed."""
from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

WORD = "Philomena of the made-up street"
ACCOUNT = ("---\nid: INT-001\nby: w1\ndate: 2015-12-01\nhow: phone\nconsent:\n  internal: yes, 2015-12-01\n---\n"
           f"1. I was with {{{{{WORD}}}}}.\n")
KILLED = ("import os, signal, sys\n{before}"
          "from bearwitness.seal import interviews\n"
          "def add(case, path, **more):\n"
          "    assert {word!r} in path.read_text()\n"
          "    os.kill(os.getpid(), signal.SIGKILL)\n"
          "interviews.add = add\n"
          "from bearwitness.cli.main import main\n"
          "main(sys.argv[1:])\n")


@pytest.fixture
def dropped(bearwitness, tmp_path: Path) -> tuple[Path, Path]:
    """A case with two custodians, and an account that a field device sealed."""
    case = tmp_path / "case"
    assert bearwitness("init", case).returncode == 0
    for role in ("custodian-1", "custodian-2"):
        assert bearwitness("key", "add", "--custodian", "--role", role, "--case", case).returncode == 0
    (case / "sources.csv").write_text("id,name,kind,protect,shown_as\nw1,w1,witness,yes,w1\n")
    account, card = tmp_path / "account.md", tmp_path / "field.card"
    account.write_text(ACCOUNT)
    assert bearwitness("interview", "card", card, "--case", case).returncode == 0
    assert bearwitness("interview", "drop", card, account, "--out", tmp_path / "drops").returncode == 0
    account.unlink()
    return case, next((tmp_path / "drops").glob("*.sealed"))


def in_clear(*places: Path) -> list[Path]:
    return [path for place in places if place.is_dir() for path in place.rglob("*")
            if path.is_file() and WORD.encode() in path.read_bytes()]


def shared() -> set[Path]:
    place = Path("/dev/shm")
    return set(place.glob("part-*")) if place.is_dir() else set()


def test_what_was_dropped_is_taken_in_and_no_copy_stays(bearwitness, dropped, tmp_path, home) -> None:
    case, sealed = dropped
    done = bearwitness("interview", "add", sealed, "--case", case)
    assert done.returncode == 0, done.stderr
    assert "[withheld 1]" in (case / "notes" / "INT-001.md").read_text()
    assert in_clear(tmp_path, home) == []


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill here")
@pytest.mark.parametrize("nameless", [True, False])
def test_a_kill_leaves_nothing_or_the_next_command_deletes_it(bearwitness, dropped, tmp_path, home, nameless) -> None:
    """Where the system has no nameless memory, the file that a kill left is gone an hour later, with the next account."""
    case, sealed = dropped
    if nameless and not hasattr(os, "memfd_create"):
        pytest.skip("no nameless memory here")
    before = "" if nameless else "if hasattr(os, 'memfd_create'): del os.memfd_create\n"
    run, had = [sys.executable, "-c", KILLED.format(before=before, word=WORD)], shared()
    words = ["interview", "add", str(sealed), "--case", str(case)]
    assert subprocess.run([*run, *words], capture_output=True).returncode == -signal.SIGKILL
    left = in_clear(tmp_path, home)
    assert shared() == had
    assert len(left) == (0 if nameless else 1)
    for path in left:
        os.utime(path, (time.time() - 4000,) * 2)
        assert subprocess.run([*run, *words], capture_output=True).returncode == -signal.SIGKILL
        assert not path.exists()
