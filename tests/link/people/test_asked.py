"""What is put to a person although its number is low: names that agree on days that do not, and what is left over."""

from __future__ import annotations

import datetime
import random
from pathlib import Path

import numpy as np
import pytest
from tests.link.people.rolls import table, write

from bearwitness.link.people.asked import slip
from bearwitness.link.people.matching import match
from bearwitness.link.people.written import write as write_answer

Row = tuple[object, ...]
HEAD = ("given", "father", "family", "date", "age", "sex")


def others(count: int, seed: int) -> list[Row]:
    """People of other days, named by syllables, who have nothing to do with the case."""
    r = random.Random(seed)

    def name() -> str:
        return "".join(r.choice("bdfgklmnrstz") + r.choice("aiou") for _ in range(3)).title()
    return [(name(), name(), name(), f"2012-{k % 12 + 1:02}-{r.randint(1, 28):02}", 20 + k % 40, "m") for k in range(count)]


def asked(folder: Path, first: list[Row], second: list[Row]) -> dict[tuple[int, int], tuple[str, str]]:
    """(zone, reasons) of pairs between the first three rows of two lists, by their numbers."""
    paths = [write(folder / f"{name}.csv", [*rows, *others(60, seed)], HEAD)
             for seed, (name, rows) in enumerate([("a", first), ("b", second)])]
    found = match(paths)
    write_answer(folder / "out", found.linked, found.apart, found.says)
    rows = [row for row in table(folder / "out" / "pairs.csv") if row["left_list"] != row["right_list"]]
    return {(int(row["left_row"]), int(row["right_row"])): (row["zone"], row["reasons"]) for row in rows
            if int(row["left_row"]) <= 3 and int(row["right_row"]) <= 3}


@pytest.mark.parametrize(("one", "other", "is_slip"), [
    ("2016-01-17", "2017-01-17", True), ("2016-05-03", "2016-03-05", True), ("2016-05-03", "2016-06-03", True),
    ("2016-05-03", "2018-05-03", False), ("2016-05-03", "2016-07-03", False), ("2016-05-03", "2017-06-03", False),
])
def test_slips_of_dates(one: str, other: str, is_slip: bool) -> None:
    days = [np.array([(datetime.date.fromisoformat(day) - datetime.date(1970, 1, 1)).days]) for day in (one, other)]
    assert bool(slip(*days)[0]) is is_slip


@pytest.mark.parametrize("other", ["2016-03-10", "2017-02-12", "2016-12-02"])
def test_a_full_name_on_another_day_is_asked_about_and_never_joined(tmp_path: Path, other: str) -> None:
    name = ("Kifah", "Jundub", "Zanqalawi")
    found = asked(tmp_path, [(*name, "2016-02-12", "", "m")], [(*name, other, "", "m")])
    assert found[1, 1][0] == "review"


def test_the_reason_says_that_the_days_lie_apart(tmp_path: Path) -> None:
    found = asked(tmp_path, [("Ahmad", "Muhammad", "Ali", "2016-02-12", "", "m")],
                  [("Ahmad", "Muhammad", "Ali", "2014-07-01", "", "m")])
    zone, why = found[1, 1]
    assert zone == "review" and "days do not" in why


def test_who_is_left_over_on_one_day_is_asked_about(tmp_path: Path) -> None:
    """The family name differs wholly; given name, the father's but for a letter, and the day agree; nobody else fits."""
    found = asked(tmp_path, [("Ibrahim", "Hassan", "Sabbagh", "2016-02-21", "", "m")],
                  [("Ibrahim", "Hussein", "Qaddour", "2016-02-21", "", "m")])
    zone, why = found[1, 1]
    assert zone == "review" and "nobody else" in why


def test_brothers_are_not_left_over(tmp_path: Path) -> None:
    found = asked(tmp_path, [("Ibrahim", "Hassan", "Sabbagh", "2016-02-21", 30, "m")],
                  [("Walid", "Hassan", "Sabbagh", "2016-02-21", 30, "m")])
    assert "nobody else" not in found.get((1, 1), ("", ""))[1]


def test_a_row_that_may_be_either_of_two_is_given_to_neither(tmp_path: Path) -> None:
    """Two of one name and day in a list without repeats, one in the other list: nothing tells which of them it is."""
    one = ("Jundub", "", "Zanqalawi", "2016-02-21", "", "")
    found = asked(tmp_path, [one, one], [one])
    assert {found[1, 1][0], found[2, 1][0]} == {"review"}


@pytest.mark.parametrize(("age", "day"), [(7, "2020-01-10"), (8, "2020-01-10"), ("", "2020-01-11")])
def test_in_lists_too_short_to_teach_two_rows_that_agree_in_all_they_say_are_asked_about(
        tmp_path: Path, age: object, day: str) -> None:
    """Two rows a list, all of one family: the numbers call no name rare, and a reader would never call these two people."""
    first = write(tmp_path / "a.csv", [("Willow", "", "Example", "2020-01-10", 34, "f"),
                                       ("Rowan", "", "Example", "2020-01-10", 7, "f")], HEAD)
    second = write(tmp_path / "b.csv", [("Rowan", "", "Example", day, age, "f"),
                                        ("Hazel", "", "Example", "2020-01-10", 61, "f")], HEAD)
    found = match([first, second])
    write_answer(tmp_path / "out", found.linked, found.apart, found.says)
    zones = {(row["left_row"], row["right_row"]): row["zone"] for row in table(tmp_path / "out" / "pairs.csv")
             if row["left_list"] != row["right_list"]}
    assert zones["2", "1"] in ("same", "review")
    assert zones.get(("1", "2"), "different") == "different"
