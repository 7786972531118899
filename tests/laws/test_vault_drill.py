"""The drill for a lost passphrase, by the command line alone; and what a command that died while it made a key leaves.

Two custodians with passphrases and a recovery identity on paper. One passphrase is forgotten, then the whole device is
lost: each time somebody else opens what was sealed, within minutes, and nobody opens it without a key. A guess costs a
second or so. Names and words are made up.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bearwitness.cli.main import main
from bearwitness.seal import authority, interviews, people
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.verify import verify_case

Run = Callable[..., subprocess.CompletedProcess[str]]
FIRST, SECOND, WORD = "four plain words here", "and four other words", "Philoména"
ACCOUNT = ("---\nid: INT-{n}\nby: w1\ndate: 2015-12-01\nhow: phone\nconsent:\n  internal: yes, 2015-12-01\n---\n"
           "1. I was with {{{{Philoména}}}}.\n")


def good(done: subprocess.CompletedProcess[str]) -> subprocess.CompletedProcess[str]:
    assert done.returncode in (0, 3), done.stdout + done.stderr
    return done


@pytest.fixture
def case(tmp_path: Path, bearwitness: Run) -> Path:
    """A case with two custodians under passphrases of their own, one on paper, and one sealed account."""
    folder = tmp_path / "case"
    good(bearwitness("init", folder))
    for number, words in ((1, FIRST), (2, SECOND)):
        good(bearwitness("key", "add", "--custodian", "--role", f"custodian-{number}", "--case", folder,
                         BEARWITNESS_CUSTODIAN_PASSPHRASE=words))
    (folder / "sources.csv").write_text("id,name,kind,protect,shown_as\nw1,a shopkeeper,witness,yes,a shopkeeper\n")
    return folder


def opens(bearwitness: Run, case: Path, out: Path, *words: str, **env: str) -> bool:
    done = bearwitness("interview", "open", "w1", "--because", "drill", "--out", out, "--case", case, *words, **env)
    found = out.is_dir() and any(WORD.encode() in path.read_bytes() for path in out.rglob("*") if path.is_file())
    assert WORD not in done.stdout + done.stderr
    shutil.rmtree(out, ignore_errors=True)
    assert found == (done.returncode in (0, 3)), done.stderr
    return found


def test_a_forgotten_passphrase_and_a_lost_device(case: Path, tmp_path: Path, home: Path, bearwitness: Run,
                                                  proof: Callable[..., None]) -> None:
    printed = good(bearwitness("key", "add", "--custodian", "--role", "paper", "--print", "--case", case))
    paper = next(line for line in printed.stdout.splitlines() if line.startswith("AGE-SECRET-KEY-1"))
    everywhere = [path for path in [*home.rglob("*"), *case.rglob("*")] if path.is_file()]
    assert not [path for path in everywhere if paper.encode() in path.read_bytes()], "what was printed is kept nowhere"
    (tmp_path / "account.md").write_text(ACCOUNT.format(n=1))
    good(bearwitness("interview", "add", tmp_path / "account.md", "--case", case))
    out, began = tmp_path / "out", time.monotonic()
    assert not opens(bearwitness, case, out, "--by", "custodian-1", BEARWITNESS_CUSTODIAN_PASSPHRASE="not those words")
    guessed = time.monotonic() - began
    assert opens(bearwitness, case, out, "--by", "custodian-2", BEARWITNESS_CUSTODIAN_PASSPHRASE=SECOND)
    shutil.rmtree(next((home / "custodians").iterdir()))                # the device with both identities is gone
    assert not opens(bearwitness, case, out, BEARWITNESS_CUSTODIAN_PASSPHRASE=SECOND)
    found = interviews.open_(case, "w1", "drill", paper=paper)
    assert WORD.encode() in found[0][1] and verify_case(case)
    whole = time.monotonic() - began
    proof(openings=2, refusals=2, drill_ms=round(1000 * whole), guess_ms=round(1000 * guessed))
    assert whole < 600 and guessed > 0.5


# -- a command that made a key, and died before the log had it ------------------------------------------------


def died(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_custodian_whose_command_died_is_taken_up_again(tmp_path: Path) -> None:
    case = tmp_path / "case"
    assert main(["init", str(case)]) == 0
    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(authority, "act", died)
        recipient = authority.custodian_here(case, "custodian-1")
        authority.name_custodian(case, "custodian-1", recipient)
    assert authority.custodian_here(case, "custodian-1") == recipient, "the one that lies there, not refused for ever"
    assert main(["key", "add", "--custodian", "--role", "custodian-1", "--case", str(case)]) == 0
    assert authority.who(case).custodians == {"custodian-1": recipient}
    assert main(["key", "add", "--custodian", "--role", "custodian-1", "--case", str(case)]) == 1, "a named one is kept"


def test_a_person_whose_command_died_is_taken_up_again(tmp_path: Path) -> None:
    case = tmp_path / "case"
    assert main(["init", str(case)]) == 0
    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(authority, "act", died)
        authority.new_person(case, "reviewer-1")
    assert main(["key", "add", "--person", "--role", "reviewer-1", "--case", str(case)]) == 0
    with Notebook.open(case, write=False) as notebook:
        left = people.people_here(notebook.origin.case)
    assert len(left) == 1 and left[0].fingerprint in authority.who(case).keys


def test_a_joining_device_whose_command_died_joins_again_and_never_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch
                                                                         ) -> None:
    case, other = tmp_path / "case", tmp_path / "other"
    assert main(["init", str(case)]) == 0
    shutil.copytree(case, other)
    monkeypatch.setenv("BEARWITNESS_HOME", str(tmp_path / "home2"))
    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("bearwitness.seal.devices._begin", died)
        main_join(other)
    key = json.loads(next((tmp_path / "home2" / "keys").glob("*.json")).read_text())
    assert main(["key", "add", "--role", "researcher-2", "--case", str(other)]) == 0
    assert any(folder.name.startswith(key["fingerprint"]) for folder in (other / ".bearwitness" / "logs").iterdir())
    assert verify_case(other)
    shutil.rmtree(other)
    shutil.copytree(case, other)
    again = main(["key", "add", "--role", "researcher-2", "--case", str(other)])
    assert again == 1, "a log that was begun is not begun anew"


def main_join(case: Path) -> None:
    from bearwitness.seal import devices
    devices.join(case, person="researcher-2")
