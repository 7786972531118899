"""Casualty lists that others published or made: every row is accounted for, quickly, and counts hold the truth.

The lists lie outside the project (BEARWITNESS_DATA); no name of theirs stands here.
"""
from __future__ import annotations

import csv
import gzip
import os
import random
import time
from pathlib import Path

import numpy as np
import pytest

from bearwitness.intake.lists import read_roll
from bearwitness.model.roll import GROUP
from bearwitness.reason.persons import of_incidents, people

pytestmark = pytest.mark.accept


def outside(name: str) -> Path:
    place = Path(os.environ.get("BEARWITNESS_DATA", ""))
    path = place / name
    if not str(place) or not path.is_file():
        pytest.skip(f"no {name} on this machine (BEARWITNESS_DATA)")
    return path


@pytest.mark.parametrize(
    ("name", "rows", "wanted"),
    [
        ("airwars-syria/airwars_syria_victims_killed.csv.gz", 15_952,
         {"incident": "code", "date": "incident_date", "name": "name_latin", "name_local": "name_arabic", "sex": "sex",
          "age": "age", "age_group": "age_group"}),
        ("vdc-syria/vdc_individuals_33k.csv.gz", 32_985,
         {"name": "Name", "sex": "Sex", "status": "Status", "age": "Age", "birth": "Date of Birth", "province": "Province",
          "origin": "Area \\ Place of birth", "date": "Date of death", "place": "Martyrdom location",
          "cause": "Cause of Death"}),
        ("linkage-bench/data/fake_1000.csv", 1_000, {"given": "first_name", "family": "surname", "birth": "dob"}),
    ],
)
def test_published_lists_are_read_row_by_row_and_their_columns_are_found(name: str, rows: int, wanted: dict[str, str],
                                                                         proof) -> None:
    path = outside(name)
    roll = read_roll(path)
    assert len(roll) + len(roll.left_out) == rows
    found = {column.meaning: column.header for column in roll.columns}
    assert {meaning: found.get(meaning) for meaning in wanted} == wanted
    with (gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")) as text:
        raw = list(csv.DictReader(text))
    for at in random.Random(1).sample(range(rows), 200):
        number = int(roll.rows[at])
        assert all(roll.of(meaning)[at] == raw[number - 1][header].strip() for meaning, header in wanted.items())
    dates = [cell for cell in roll.of("date") if cell and not cell.startswith("0000")]
    unread = len(dates) - int((~np.isnan(roll.day_low)).sum())
    proof(rows=rows, groups=roll.kind.count(GROUP), dates_unread=unread, notes=len(roll.notes))
    assert unread == 0


def test_a_victim_of_two_incidents_is_one_person(proof) -> None:
    found = people([outside("airwars-syria/airwars_syria_victims_killed.csv.gz")])
    codes = sorted(set(found.rolls[0].of("incident")))[::400]
    each = [found.count(within=of_incidents(found.rolls, [code])).total for code in codes]
    together = found.count(within=of_incidents(found.rolls, codes)).total
    assert max(one.high for one in each) <= together.high <= sum(one.high for one in each)
    assert together.low <= together.best <= together.high
    whole = found.count(["sex"])
    assert sum(line.best for line in whole.lines) == whole.total.best
    proof(min=whole.total.low, best=whole.total.best, max=whole.total.high)


def test_a_million_rows_are_read_in_seconds(tmp_path: Path, proof) -> None:
    rng = random.Random(4)
    given, family, place = ([f"{word}{n}" for n in range(size)] for word, size in (("g", 900), ("f", 20_000), ("p", 400)))
    with (tmp_path / "list.csv").open("w", encoding="utf-8") as out:
        out.write("given,father,family,age,date,place,sex\n")
        for _ in range(1_000_000):
            out.write(f"{rng.choice(given)},{rng.choice(given)},{rng.choice(family)},{rng.randrange(90)},"
                      f"20{rng.randrange(11, 20)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02},{rng.choice(place)},"
                      "m\n")
    start = time.process_time()
    with (tmp_path / "list.csv").open(encoding="utf-8", newline="") as text:
        bare = sum(1 for _ in csv.reader(text)) - 1
    split = time.process_time() - start
    start = time.process_time()
    roll = read_roll(tmp_path / "list.csv")
    took = time.process_time() - start
    proof(rows=bare, cpu_seconds=round(took, 2), splitting=round(split, 2), ratio=round(took / split, 2))
    assert len(roll) == bare == 1_000_000 and not np.isnan(roll.day_low).any()
    assert took <= 25 * split, "splitting is the least that reading can cost"
