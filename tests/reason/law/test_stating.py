"""How a case states its conflicts, and what a record shows: mistakes are refused in words, old cases read as before."""
from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.world import CONFIG, document, incident, source
from tests.world import case as made_case

from bearwitness.model.cells import BadCell
from bearwitness.model.law_cells import read_conflicts, read_shows
from bearwitness.model.records import Reading

GOOD = {"kind": "NIAC", "sides": [["russia"], ["armed groups"]], "from": "2015-09-30", "because": "by consent"}


def test_a_conflict_is_read_with_its_sides_and_days() -> None:
    (one,) = read_conflicts({"groups": GOOD}, Reading())
    assert (one.kind, one.sides, one.end) == ("NIAC", (("russia",), ("armed groups",)), None)


@pytest.mark.parametrize(("change", "says"), [
    ({"kind": "war"}, "kind"), ({"kind": ""}, "kind"), ({"sides": [["russia"]]}, "two sides"),
    ({"sides": "russia v groups"}, "two sides"), ({"because": ""}, "no reason"), ({"until": "2016"}, "'until'"),
    ({"from": "03/04/2015"}, "")])
def test_a_conflict_that_cannot_be_used_is_refused(change: dict[str, object], says: str) -> None:
    with pytest.raises(BadCell) as why:
        read_conflicts({"groups": GOOD | change}, Reading())
    assert says in why.value.problem


def test_what_a_record_shows_is_a_closed_list() -> None:
    assert read_shows("object-struck; not military-use") == ("object-struck", "!military-use")
    with pytest.raises(BadCell, match="no fact of the law"):
        read_shows("guilty")


def test_a_case_without_conflicts_reads_as_before() -> None:
    made = made_case(source("hrw"), document(), incident("north"), config={"sets": {}})
    assert made.config.conflicts == () and "conflicts" not in CONFIG


Run = Callable[..., subprocess.CompletedProcess[str]]


def test_assess_speaks_in_words_in_json_and_in_errors(bearwitness: Run, case: Callable[[str], Path]) -> None:
    folder = case("syria-2015")
    told = bearwitness("assess", "ariha", "--case", folder)
    assert told.returncode == 0, told.stderr
    assert "There are reasonable grounds to believe that the market was struck" in told.stdout
    assert "review by counsel needed" in told.stdout
    data = json.loads(bearwitness("assess", "ariha", "--case", folder, "--json").stdout)["data"]
    assert data["review"] == "by counsel needed" and data["conflict"] == "NIAC"
    assert {step["number"] for step in data["steps"]} >= {"0", "1", "2", "4", "5", "6", "8", "9", "10"}
    wanting = bearwitness("assess", "ariha", "--missing", "--case", folder)
    assert "advantage-anticipated" in wanting.stdout
    wrong = bearwitness("assess", "arihaa", "--case", folder)
    assert wrong.returncode == 1 and "ariha" in wrong.stderr
