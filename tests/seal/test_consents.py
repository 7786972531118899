"""Consent has versions; a withdrawal by any device counts on every device. Everything here is made up."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bearwitness.cli.main import main
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.takein import take_in

NOTE = """---
id: INT-001
by: w1
date: 2015-12-01
how: phone
consent:
  internal: yes, 2015-12-01
  publish-anonymised: {answer}
---
1. I saw two aircraft.
"""


def write(case: Path, answer: str) -> None:
    (case / "sources.csv").write_text("id,name,kind\nw1,a shopkeeper,witness\n")
    (case / "notes").mkdir(exist_ok=True)
    (case / "notes" / "INT-001.md").write_text(NOTE.format(answer=answer))


def versions(case: Path) -> list[tuple[str, int]]:
    with Notebook.open(case, write=False) as notebook:
        return [(e.kind, e.body.get("version", 0)) for e in notebook.history()
                if e.kind.startswith("consent.") and e.body["use"] == "publish-anonymised"]


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BEARWITNESS_HOME", str(tmp_path / "home"))
    assert main(["init", str(tmp_path / "case")]) == 0
    write(tmp_path / "case", "yes, 2015-12-01")
    take_in(tmp_path / "case")
    return tmp_path / "case"


def test_given_withdrawn_and_given_again_are_three_records(case: Path) -> None:
    take_in(case)
    assert versions(case) == [("consent.given", 1)], "reading again records nothing"
    write(case, "no")
    assert ("INT-001", "publish-anonymised") in take_in(case).withdrawn
    write(case, "yes, 2016-02-01")
    assert not take_in(case).withdrawn
    assert versions(case) == [("consent.given", 1), ("consent.withdrawn", 0), ("consent.given", 2)]


def test_a_withdrawal_on_another_device_counts_here(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other"
    shutil.copytree(case, other)
    monkeypatch.setenv("BEARWITNESS_HOME", str(tmp_path / "home2"))
    assert main(["key", "add", "--role", "researcher-2", "--case", str(other)]) == 0
    write(other, "no")
    take_in(other)
    monkeypatch.setenv("BEARWITNESS_HOME", str(tmp_path / "home"))
    assert main(["merge", str(other), "--case", str(case)]) == 3, "a key nobody admitted counts for nothing"
    assert not take_in(case).withdrawn
    with Notebook.open(other, write=False) as notebook:
        fingerprint = next(e for e in notebook.everything() if e.kind == "consent.withdrawn").origin.split("/")[2]
    assert main(["key", "add", fingerprint, "--role", "researcher-2", "--case", str(case)]) == 0
    assert ("INT-001", "publish-anonymised") in take_in(case).withdrawn
