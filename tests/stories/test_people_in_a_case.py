"""Casualty lists inside a case: sealed as delivered, counted beside the tolls, and countable as they stood. All made up."""
from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

A = """name,father,sex,age,date,place,incident
Samir Najjar,Kamal,m,34,2015-10-20,Northtown,north
Layla Najjar,Kamal,f,9,2015-10-20,Northtown,north
Unidentified,,m,,2015-10-20,Northtown,north
"""
B = """name,father,sex,age,date,place
Samir al-Najjar,Kamal,m,34,2015-10-20,Northtown
Yusuf Darwish,Adel,m,7,2015-10-20,Northtown
"""
FILES = {
    "incidents.csv": "id,name,when,lat,lon,level,object\nnorth,Northtown market,2015-10-20 ~13:00,35.9,36.7,town,market\n",
    "sources.csv": "id,name,kind\nmon,Monitor,monitor\n",
    "documents.csv": "id,what,date,where,held\nd1,report,2015-10-21,web,no\n",
    "tolls.csv": "id,incident,by,in,as_of,killed,words\nt1,north,mon,d1,2015-10-21,5,five killed\n",
    "people/a.csv": A, "people/b.csv": B,
}


@pytest.fixture
def strike(tmp_path: Path, bearwitness: Run) -> Path:
    folder = tmp_path / "strike"
    assert bearwitness("init", folder).returncode == 0
    (folder / "people").mkdir()
    for name in ("assertions.csv", "searches.csv", "replies.csv"):
        (folder / name).unlink(missing_ok=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def count(bearwitness: Run, folder: Path, *more: str) -> dict[str, Any]:
    done = bearwitness("count", "killed north", *more, "--json", "--case", folder)
    assert done.returncode in (0, 3), done.stderr
    found: dict[str, Any] = json.loads(done.stdout)["data"]
    return found


def log(bearwitness: Run, folder: Path) -> list[tuple[str, str]]:
    entries = json.loads(bearwitness("log", "--json", "--case", folder).stdout)["data"]["entries"]
    return [(entry["kind"], entry["id"]) for entry in entries]


def test_lists_are_sealed_with_the_case_once_and_again_when_they_change(bearwitness: Run, strike: Path) -> None:
    bearwitness("check", "--case", strike)
    assert [ref for kind, ref in log(bearwitness, strike) if kind == "exhibit.sealed"] == ["L1", "L2"]
    size = len(log(bearwitness, strike))
    bearwitness("check", "--case", strike)
    assert len(log(bearwitness, strike)) == size, "nothing changed, nothing is recorded"
    (strike / "people" / "b.csv").write_text(B + "Munir Hallaq,Adib,m,8,2015-10-20,Northtown\n", encoding="utf-8")
    assert "1 list" in bearwitness("status", "--case", strike).stdout
    bearwitness("check", "--case", strike)
    assert log(bearwitness, strike)[size:] == [("exhibit.sealed", "L3"), ("record.withdrawn", "L2")]
    (strike / "people" / "a.csv").unlink()
    bearwitness("check", "--case", strike)
    assert log(bearwitness, strike)[-1] == ("record.withdrawn", "L1")
    done = bearwitness("verify", "--case", strike)
    assert done.returncode == 0 and "3 of 3 read" in done.stdout, "what was sealed stays sealed"


def test_people_named_stand_beside_the_tolls_with_rows_as_grounds(bearwitness: Run, strike: Path) -> None:
    found = count(bearwitness, strike, "--by", "sex")
    assert (found["min"], found["max"]) == (3, 3) and found["stated"]["min"] == 5, "a toll is never mixed into the count"
    assert found["lists"] == {"L1": "a.csv", "L2": "b.csv"}
    assert [one["rows"] for one in found["members"]] == [["L1:1"], ["L1:2"], ["L1:3"]]
    assert found["may_belong"] == ["L2:1", "L2:2"], "day and place alone put nobody into an incident"
    assert {(cell["sex"], cell["max"]) for cell in found["cells"]} == {("female", 1), ("male", 2)}


def test_lists_that_surely_name_more_than_anybody_states_are_pointed_at(bearwitness: Run, strike: Path) -> None:
    assert not count(bearwitness, strike, "--by", "sex")["more_than_stated"]
    tolls = strike / "tolls.csv"
    tolls.write_text(tolls.read_text(encoding="utf-8").replace(",5,five killed", ",2,two killed"), encoding="utf-8")
    assert count(bearwitness, strike, "--by", "sex")["more_than_stated"]
    said = bearwitness("count", "killed north", "--by", "sex", "--case", strike).stdout
    assert "name more people than the highest figure stated: 3 and 2" in said


def test_a_person_says_that_a_list_is_of_the_incident_and_judges_a_pair(bearwitness: Run, strike: Path) -> None:
    (strike / "people" / "columns.toml").write_text('["b.csv"]\nincident = "north"\n', encoding="utf-8")
    before = count(bearwitness, strike, "--by", "age")
    assert before["max"] == 5 and before["doubtful"], "one man in two lists, or two: a doubt makes the range"
    (strike / "people" / "review.csv").write_text("left_list,left_row,right_list,right_row,answer,by\n"
                                                  "a.csv,1,b.csv,1,same,researcher-1\n", encoding="utf-8")
    after = count(bearwitness, strike, "--by", "age")
    assert (after["min"], after["max"]) == (3, 4) and not after["doubtful"]
    assert [one["rows"] for one in after["members"]][0] == ["L1:1", "L2:1"]
    kinds = [kind for kind, _ in log(bearwitness, strike)]
    assert kinds.count("judgement.given") == 1 and kinds.count("observation.made") == 2, "each range has its why on record"
    (strike / "people" / "review.csv").unlink()
    assert count(bearwitness, strike, "--by", "age")["max"] == 5, "every cluster can be split again"
    assert log(bearwitness, strike)[-2][0] == "record.withdrawn"


def test_contradictory_judgements_change_nothing(bearwitness: Run, strike: Path) -> None:
    count(bearwitness, strike, "--by", "sex")
    size = len(log(bearwitness, strike))
    (strike / "people" / "review.csv").write_text(
        "left_list,left_row,right_list,right_row,answer,by\na.csv,1,b.csv,1,same,researcher-1\n"
        "a.csv,1,b.csv,1,different,researcher-2\n", encoding="utf-8")
    done = bearwitness("count", "killed north", "--by", "sex", "--case", strike)
    assert done.returncode == 1 and "contradict" in done.stderr
    assert len(log(bearwitness, strike)) == size


def test_an_unknown_release_is_said(bearwitness: Run, strike: Path) -> None:
    done = bearwitness("count", "killed north", "--at", "release-7", "--case", strike)
    assert done.returncode == 1 and "no release 'release-7'" in done.stderr


def test_a_count_as_it_stood_when_a_release_was_made(bearwitness: Run, strike: Path) -> None:
    first = count(bearwitness, strike, "--by", "sex")
    (strike / "report").mkdir(exist_ok=True)
    (strike / "report" / "briefing.md").write_text(
        "# Northtown\n\n## What is known\n\nA monitor counted five people killed in Northtown on 20 October 2015. [@t1]\n",
        encoding="utf-8")
    done = bearwitness("publish", "--case", strike)
    assert done.returncode == 0, done.stdout + done.stderr
    (strike / "people" / "b.csv").unlink()
    (strike / "people" / "a.csv").write_text(A + "Munir Hallaq,Adib,m,8,2015-10-20,Northtown,north\n", encoding="utf-8")
    assert count(bearwitness, strike, "--by", "sex")["max"] == 4
    then = count(bearwitness, strike, "--by", "sex", "--at", "release-1")
    assert (then["min"], then["best"], then["max"]) == (first["min"], first["best"], first["max"])
    assert then["cells"] == first["cells"] and then["lists"] == {"L1": "a.csv", "L2": "b.csv"}
