"""`bearwitness estimate`: every model or none, refusals with their measure, bad tables with row and mend."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.reason.unseen.made import mixture

from bearwitness.errors import BadTable, BearwitnessError, GroundsError
from bearwitness.reason.unseen.grounds import hold
from bearwitness.reason.unseen.histories import Histories
from bearwitness.reason.unseen.reading import read_table
from bearwitness.reason.unseen.survey import Estimate, words

MADE, _ = mixture(6, 2500, [0.4, 0.6], [[0.5, 0.4, 0.4], [0.2, 0.25, 0.15]])


def written(made: Histories, path: Path, count: str = "n") -> Path:
    lines = [",".join((*made.lists, count))]
    for pattern, n in made.counts.items():
        lines.append(",".join([*(str(pattern >> j & 1) for j in range(len(made.lists))), str(n)]))
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def by_person(made: Histories, path: Path) -> Path:
    rows, person = ["person,list,row"], 0
    for pattern, n in made.counts.items():
        for _ in range(n):
            person += 1
            rows += [f"p{person},{name},{person}" for j, name in enumerate(made.lists) if pattern >> j & 1]
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def test_every_model_is_printed_with_interval_lists_and_seed_or_none(bearwitness, tmp_path: Path) -> None:
    place = written(MADE, tmp_path / "table.csv")
    first = bearwitness("estimate", place, "--model", "all", "--seed", 1, "--json")
    assert first.returncode == 0, first.stderr
    answer = json.loads(first.stdout)
    data = answer["data"]
    assert answer["schema"] == "bearwitness/estimate/1" and data["observed"] == MADE.seen
    names = [one["model"] for one in data["models"]]
    assert names == ["loglinear-stepwise-p02", "loglinear-bic", "loglinear-aic", "latent-class"]
    for one in data["models"]:
        assert MADE.seen < one["low"] < one["estimate"] < one["high"]
        assert one["lists"] == ["A", "B", "C"] and one["seed"] == 1 and one["interval"]
    assert data["disagreement"] and "min" not in data and "max" not in data, "an estimate is not a tally"
    words_only = bearwitness("estimate", by_person(MADE, tmp_path / "persons.csv"), "--seed", 1)
    assert words_only.returncode == 0, words_only.stderr
    for one in data["models"]:
        assert f"{one['estimate']:,.0f}" in words_only.stdout, "rows of people give what their counts give"
    assert "ESTIMATES, not counts" in words_only.stdout and data["disagreement"] in words_only.stdout


def test_bodies_without_a_name_are_left_out_and_that_is_said(bearwitness, tmp_path: Path) -> None:
    """Nobody knows whether other lists have them; as people of one list only they would raise the unseen."""
    more = by_person(MADE, tmp_path / "persons.csv")
    more.write_text(more.read_text("utf-8") + "".join(f"u{k},A,{9000 + k}\n" for k in range(1, 301)), "utf-8")
    data = json.loads(bearwitness("estimate", more, "--seed", 1, "--json").stdout)["data"]
    assert data["observed"] == MADE.seen
    assert "300 row(s) of people without a name" in json.dumps(data)


def test_one_models_figure_alone_is_refused(bearwitness, tmp_path: Path) -> None:
    place = written(MADE, tmp_path / "table.csv")
    done = bearwitness("estimate", place, "--model", "latent-class", "--json")
    assert done.returncode == 3
    assert json.loads(done.stderr)["code"] == "R25"


REFUSED = {
    "two lists": ("A,B,n\n1,0,300\n0,1,200\n1,1,90\n", "3 lists"),
    "a third list that names nobody": ("A,B,C,n\n1,0,0,300\n0,1,0,200\n1,1,0,90\n", "3 lists"),
    "tens of people": ("A,B,C,n\n1,0,0,12\n0,1,0,9\n0,0,1,11\n1,1,0,5\n1,0,1,4\n0,1,1,3\n1,1,1,2\n", "fewer than 100"),
    "no three lists share people": ("A,B,C,n\n1,0,0,400\n0,1,0,300\n0,0,1,200\n1,1,0,60\n", "does not exist"),
    "a list that names everybody": ("A,B,C,n\n1,0,0,400\n1,1,0,300\n1,0,1,200\n1,1,1,60\n", "does not exist"),
    "a list made from another": ("A,B,C,n\n1,0,0,400\n0,1,0,300\n0,0,1,200\n1,1,0,40\n0,1,1,50\n1,0,1,9\n1,1,1,280\n"
                                 .replace("0,0,1,200", "0,0,1,2").replace("0,1,1,50", "0,1,1,0"), "looks like a part of"),
    "one incident in a column": ("incident,A,B,C\n" + "s1,1,0,0\ns1,0,1,0\ns1,0,0,1\ns1,1,1,0\ns1,0,1,1\ns1,1,0,1\n" * 40,
                                 "one incident"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_no_estimate_where_none_stands_and_the_reason_says_what_can_be_said(case: str, tmp_path: Path) -> None:
    text, reason = REFUSED[case]
    place = tmp_path / "table.csv"
    place.write_text(text, "utf-8")
    read = read_table(place)
    with pytest.raises(GroundsError) as refused:
        hold(read.table, "table.csv", incident=read.incident)
    assert refused.value.code == "R25" and refused.value.exit_status == 3
    assert reason in refused.value.message
    assert f"at least {read.table.seen:,} people" in refused.value.fix


@pytest.mark.parametrize(("option", "reason"), [("--copies A=B", "not made apart"), ("--incident s1", "one incident")])
def test_what_the_caller_knows_of_the_lists_refuses_too(bearwitness, tmp_path: Path, option: str, reason: str) -> None:
    done = bearwitness("estimate", written(MADE, tmp_path / "table.csv"), *option.split(), "--json")
    assert done.returncode == 3 and not done.stdout
    error = json.loads(done.stderr)
    assert error["code"] == "R25" and reason in error["message"] and error["fix"]


def test_lists_of_sources_that_share_an_origin_in_the_case_are_refused(bearwitness, tmp_path: Path) -> None:
    assert bearwitness("init", "case", cwd=tmp_path).returncode == 0
    (tmp_path / "case" / "sources.csv").write_text(
        "id,name,kind,relies_on\nA,First monitor,monitor,\nB,Second monitor,monitor,A\nC,A court,ngo,\n", "utf-8")
    done = bearwitness("estimate", written(MADE, tmp_path / "table.csv"), "--json", cwd=tmp_path / "case")
    assert done.returncode == 3, done.stdout + done.stderr
    error = json.loads(done.stderr)
    assert error["code"] == "R25" and "goes back to" in error["message"]


def test_lists_that_are_merely_thorough_are_not_taken_for_copies() -> None:
    """Each list names 96 of 100, apart from the others: nearly all of one stands on the next, and of the rest too."""
    thorough, _ = mixture(9, 20_000, [1.0], [[0.96, 0.96, 0.96]])
    assert hold(thorough, "table.csv") == []


BAD = {
    "a negative count": ("A,B,C,n\n1,0,0,4\n0,1,0,-3\n", 3, "below zero"),
    "half a person": ("A,B,C,n\n1,0,0,4.5\n0,1,0,3\n", 2, "no whole number"),
    "a blank count": ("A,B,C,n\n1,0,0,4\n0,1,0,\n", 3, "blank"),
    "a blank list": ("A,B,C,n\n1,,0,4\n0,1,0,2\n", 2, "blank"),
    "a two in a list": ("A,B,C,n\n1,0,2,4\n0,1,0,2\n", 2, "0 or 1"),
    "two counts": ("A,B,C,n,count\n1,0,0,4,5\n0,1,0,3,6\n", 1, "two columns"),
    "people on no list": ("A,B,C,n\n1,0,0,4\n0,0,0,9\n", 3, "on no list"),
    "a list twice": ("A,A,C,n\n1,0,0,4\n0,1,0,9\n", 1, "twice"),
    "no header": ("1,0,0,4\n0,1,0,9\n", 1, "names of lists"),
    "a short row": ("A,B,C,n\n1,0,0,4\n0,1,0\n", 3, "cells"),
    "a header alone": ("A,B,C,n\n", 1, "under the header"),
    "not a number": ("A,B,C,n\n1,0,0,nan\n0,1,0,3\n", 2, "no whole number"),
    "a person without a list": ("person,list\np1,A\np2,\n", 3, "blank"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_table_is_refused_with_its_row_and_a_mend(case: str, tmp_path: Path) -> None:
    text, line, reason = BAD[case]
    place = tmp_path / "table.csv"
    place.write_text(text, "utf-8")
    with pytest.raises(BearwitnessError) as refused:
        read_table(place)
    assert isinstance(refused.value, BadTable)
    assert refused.value.where == f"table.csv:{line}" and reason in refused.value.message and refused.value.fix


@pytest.mark.parametrize("text", [
    "A,B,C,n\n1,0,0,40\n0,1,0,30\n1,1,1,7\n1,1,1,2\n",
    "A;B;C;Freq\n1.0;0.0;0.0;40.0\n0.0;1.0;0.0;30.0\n1.0;1.0;1.0;9.0\n",
    '"","A","B","C","count"\n"1",1,0,0,40\n"2",0,1,0,30\n"3",1,1,1,9\n',
    "\ufeffcount\tA\tB\tC\n40\tyes\tno\tno\n30\tno\tyes\tno\n9\tyes\tyes\tyes\n0\tno\tno\tno\n",
    "id,A,B,C\n" + "".join(f"{i},1,0,0\n" for i in range(40)) + "".join(f"x{i},0,1,0\n" for i in range(30))
    + "".join(f"y{i},1,1,1\n" for i in range(9)),
    "A,B,C\n" + "1,0,0\n" * 40 + "0,1,0\n" * 30 + "1,1,1\n" * 9,
], ids=["repeated pattern", "decimal, semicolons", "row names", "tabs, words, count first", "people with ids", "people"])
def test_one_table_in_many_shapes_is_read_alike(text: str, tmp_path: Path) -> None:
    place = tmp_path / "table.csv"
    place.write_text(text, "utf-8")
    table = read_table(place).table
    assert table.lists == ("A", "B", "C")
    assert table.counts == {1: 40, 2: 30, 7: 9}


def test_a_repeated_pattern_is_summed_and_said(tmp_path: Path) -> None:
    place = tmp_path / "table.csv"
    place.write_text("A,B,C,n\n1,0,0,40\n1,0,0,2\n1,1,1,7\n", "utf-8")
    table = read_table(place).table
    assert table.counts[1] == 42 and any("repeat a pattern" in note for note in table.notes)


def test_disagreement_is_said_and_a_lone_figure_is_not_dressed_up() -> None:
    def told(model: str, *numbers: float | None) -> Estimate:
        return Estimate(model, *numbers, "95 %", ("A", "B", "C"), 1)

    far = words([told("x", 100.0, 90.0, 110.0), told("y", 300.0, 250.0, 400.0)])
    assert "100 (x) to 300 (y)" in far and "No number lies inside all" in far
    near = words([told("x", 100.0, 90.0, 110.0), told("y", 104.0, 95.0, 120.0)])
    assert "does not show that they are right" in near and "numbers in common" in near
    alone = words([told("x", 100.0, 90.0, 110.0), told("y", None, None, None)])
    assert "One model alone" in alone and "No figure from y" in alone
