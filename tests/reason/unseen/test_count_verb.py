"""`bearwitness count LISTS`: a researcher sees who stands behind a number, what to look at first, and no silent option."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests import lists


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Path], int]:
    """Five lists of 120 people, and how many people stand on them."""
    world = lists.world("arabic", 120, 5, seed=11)
    on = {person for sheet in world.sheets for person in sheet.people if person >= 0}
    return lists.write(world, tmp_path_factory.mktemp("five")), len(on)


def test_the_truth_lies_in_the_range_and_every_number_lists_its_members(bearwitness, five) -> None:
    paths, truth = five
    done = bearwitness("count", *paths, "--by", "sex,age", "--json")
    data = json.loads(done.stdout)["data"]
    assert data["min"] <= truth <= data["max"]
    ids = {one["id"] or one["rows"][0] for one in data["members"]}
    for cell in data["cells"]:
        assert len(cell["members"]) >= cell["min"] and set(cell["members"]) <= ids
    rows = [row for one in data["members"] for row in one["rows"]]
    assert len(rows) == len(set(rows)), "a row speaks of one member"


def test_the_most_useful_doubtful_pair_stands_first_with_what_an_answer_does(bearwitness, five) -> None:
    paths, _ = five
    data = json.loads(bearwitness("count", *paths, "--json").stdout)["data"]
    doubt = data["doubtful"]
    expected = [one["probability"] * one["narrows_if_same"] + (1 - one["probability"]) * one["narrows_if_different"]
                for one in doubt]
    assert expected[0] == pytest.approx(max(expected), abs=1e-3) and expected[0] > 0
    assert all(one["narrows_if_same"] >= 0 and one["narrows_if_different"] >= 0 for one in doubt)
    words = bearwitness("count", *paths).stdout
    first = doubt[0]
    assert f"{first['left']} and {first['right']}: one person with probability" in words


def test_an_answer_to_the_first_question_narrows_the_range_by_what_was_said(bearwitness, five, tmp_path: Path) -> None:
    paths, _ = five
    before = json.loads(bearwitness("count", *paths, "--json").stdout)["data"]
    first = before["doubtful"][0]
    (left, one), (right, two) = first["left"].rsplit(":", 1), first["right"].rsplit(":", 1)
    for answer in ("same", "different"):
        file = tmp_path / f"{answer}.csv"
        file.write_text(f"left_list,left_row,right_list,right_row,answer\n{left},{one},{right},{two},{answer}\n", "utf-8")
        after = json.loads(bearwitness("count", *paths, "--judgements", file, "--json").stdout)["data"]
        narrower = (before["max"] - before["min"]) - (after["max"] - after["min"])
        # The answer also weighs the other pairs of its group anew, and with them what the lower end allows for.
        assert narrower >= first[f"narrows_if_{answer}"] - 2


def test_members_are_printed_under_the_number_they_make(bearwitness, five) -> None:
    paths, _ = five
    words = bearwitness("count", paths[0], "--by", "sex", "--members").stdout.splitlines()
    at = next(k for k, line in enumerate(words) if line.startswith("  sex female"))
    number = int(words[at].split(": ")[1].split()[0])
    under = []
    for line in words[at + 1:]:
        if not line.startswith("    "):
            break
        under.append(line)
    assert len(under) >= number and all(f"{paths[0].name}:" in line for line in under)


@pytest.mark.parametrize("options", [("--at", "release-1"), ("--as-of", "2015-12-01"), ("--basis", "lead")])
def test_what_only_a_case_can_answer_is_refused_and_not_passed_over(bearwitness, five, options: tuple[str, str]) -> None:
    paths, _ = five
    done = bearwitness("count", paths[0], *options)
    assert done.returncode == 1 and options[0] in done.stderr and not done.stdout
