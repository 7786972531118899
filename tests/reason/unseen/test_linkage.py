"""An estimate from matched lists says how many pairs are in doubt, and how far joining them would move it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.reason.unseen.made import mixture

from bearwitness.reason.unseen.linkage import UNKNOWN, linkage, words
from bearwitness.reason.unseen.loglinear import stepwise
from bearwitness.reason.unseen.reading import read_table

MADE, _ = mixture(6, 2500, [0.4, 0.6], [[0.5, 0.4, 0.4], [0.2, 0.25, 0.15]])
HEAD = "left_list,left_row,right_list,right_row,probability,zone,reasons\n"


def matched(folder: Path) -> tuple[Path, dict[str, list[str]]]:
    """persons.csv as `match people` writes it; the people who stand on one list alone, by list."""
    rows, alone, person, row = ["person,list,row"], {name: [] for name in MADE.lists}, 0, 0
    for pattern, n in MADE.counts.items():
        for _ in range(n):
            person += 1
            for j, name in enumerate(MADE.lists):
                if pattern >> j & 1:
                    row += 1
                    rows.append(f"p{person},{name},{row}")
                    if pattern == 1 << j:
                        alone[name].append(str(row))
    path = folder / "persons.csv"
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path, alone


def pairs(folder: Path, alone: dict[str, list[str]], chances: list[float], zone: str = "review") -> None:
    lines = [f"A,{alone['A'][k]},B,{alone['B'][k]},{chance},{zone},x\n" for k, chance in enumerate(chances)]
    (folder / "pairs.csv").write_text(HEAD + "".join(lines), "utf-8")


def test_joining_doubtful_pairs_lowers_the_figure_and_the_move_is_told(tmp_path: Path) -> None:
    path, alone = matched(tmp_path)
    pairs(tmp_path, alone, [0.9] * 30 + [0.2] * 50)
    table = read_table(path).table
    found = linkage(path, table)
    assert found is not None and (found.pairs, found.likely) == (80, 30)
    (some, moves), (fewest, more) = found.ways["likelier ones joined"], found.ways["all joined"]
    assert (some, fewest) == (MADE.seen - 30, MADE.seen - 80)
    name = "loglinear-stepwise-p02"
    assert more[name] < moves[name] < 0
    joined = dict(MADE.counts)       # by hand: thirty of A alone and of B alone become people of both
    for pattern, change in ((1, -30), (2, -30), (3, 30)):
        joined[pattern] = joined.get(pattern, 0) + change
    other = type(MADE)(MADE.lists, joined)
    before, after = (stepwise(one.full(), 3) for one in (table, other))
    assert moves[name] == pytest.approx((other.seen + after.unseen) / (table.seen + before.unseen) - 1, abs=1e-4)


def test_what_is_not_known_of_the_matching_is_said(tmp_path: Path) -> None:
    path, alone = matched(tmp_path)
    table = read_table(path).table
    assert linkage(path, table) is None and words(None) == [UNKNOWN]
    pairs(tmp_path, alone, [0.01] * 5, "different")
    none = linkage(path, table)
    assert none is not None and none.pairs == 0 and "no pair of rows is in doubt" in words(none)[0]
    (tmp_path / "pairs.csv").write_text(HEAD + "A,999999,B,999998,0.5,review,x\n", "utf-8")
    assert linkage(path, table) is None, "pairs of another matching say nothing of this one"


def test_the_command_prints_the_doubt_and_no_further_figure(bearwitness, tmp_path: Path) -> None:
    path, alone = matched(tmp_path)
    pairs(tmp_path, alone, [0.9] * 30)
    data = json.loads(bearwitness("estimate", path, "--json").stdout)["data"]
    assert data["who_is_who"]["pairs"] == 30 and "30 pairs of rows are in doubt" in data["who_is_who"]["words"][0]
    assert all(-1 < move < 0 for _, way in data["who_is_who"]["ways"].items() for move in way["moves"].values())
    assert any("of which incidents" in note for note in data["notes"])
