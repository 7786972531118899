"""A second person approves a finding with a key of their own, for the words as they stand and no others. Made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from bearwitness.cli.main import main
from bearwitness.seal import verify_standalone
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.takein import take_in
from bearwitness.seal.verify import verify_case

FINDING = """---
about: north
by: researcher-1
---
{text}

for: [@a1]
against: none found; looked in: d1
rival: another strike; open
"""


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BEARWITNESS_HOME", str(tmp_path / "home"))
    folder = tmp_path / "case"
    assert main(["init", str(folder)]) == 0
    (folder / "sources.csv").write_text("id,name,kind\ns1,a monitor,monitor\n")
    (folder / "documents.csv").write_text("id,what,date,where,held\nd1,a report,2015-10-21,example.org,no\n")
    (folder / "incidents.csv").write_text(
        "id,name,when,lat,lon,level,object\nnorth,Northtown,2015-10-20,35.1,36.1,town,market\n"
    )
    (folder / "assertions.csv").write_text(
        "id,incident,about,by,in,at,says,how\na1,north,effect,s1,d1,town,shops burned,aftermath\n"
    )
    (folder / "findings").mkdir(exist_ok=True)
    (folder / "findings" / "burned.md").write_text(FINDING.format(text="Shops in Northtown burned."))
    take_in(folder)
    assert main(["key", "add", "--person", "--role", "reviewer-1", "--case", str(folder)]) == 0
    return folder


def test_an_approval_counts_for_the_words_it_was_given_for(case: Path) -> None:
    assert not take_in(case).case.findings["burned"].approved
    assert main(["key", "approve", "burned", "--by", "reviewer-1", "--case", str(case)]) == 0
    assert take_in(case).case.findings["burned"].approved == "reviewer-1"
    (case / "findings" / "burned.md").write_text(FINDING.format(text="All of Northtown burned."))
    assert not take_in(case).case.findings["burned"].approved, "other words have not been approved"
    assert verify_case(case) and verify_standalone


def test_whoever_wrote_it_cannot_approve_it(case: Path) -> None:
    assert main(["key", "approve", "burned", "--by", "researcher-1", "--case", str(case)]) == 1


def test_an_approval_forged_into_the_log_is_found(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Notebook, "_enforce", lambda *_: None)
    with Notebook.open(case, write=True) as notebook:
        notebook.append([("finding.approved", {"id": "x", "finding": "burned", "persons": ["reviewer-1"]}, [])])
    assert any("second person" in fault.what for fault in verify_case(case).faults)
