"""The made-up lists are what they say: the same for a seed, with families, placeholders, copies and a truth that holds."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from tests.list_rows import hijri
from tests.lists import CULTURES, one_list, world, write

REPO = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("culture", CULTURES)
def test_a_seed_gives_one_world_and_another_seed_another(culture: str) -> None:
    assert world(culture, 200, seed=4) == world(culture, 200, seed=4)
    assert world(culture, 200, seed=4) != world(culture, 200, seed=5)


def test_the_same_bytes_in_another_process() -> None:
    """No draw hangs on the order of a set or on this process."""
    text = "from tests.lists import world; print(str(world('arabic', 150, seed=9)))"
    runs = {
        subprocess.run(
            [sys.executable, "-c", text],
            cwd=REPO,
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": str(salt), "PYTHONPATH": str(REPO)},
        ).stdout
        for salt in (1, 2)
    }
    assert len(runs) == 1


@pytest.mark.parametrize("culture", CULTURES)
def test_families_die_together_and_brothers_have_names_of_their_own(culture: str) -> None:
    persons = world(culture, 1000, sheets=1, seed=2).persons
    events = Counter(person.event for person in persons)
    together = sum(size for size in events.values() if size > 1) / len(persons)
    assert 0.25 <= together <= 0.65
    brothers = Counter((person.event, person.father, person.grandfather, person.given) for person in persons)
    assert max(brothers.values()) == 1


@pytest.mark.parametrize("culture", CULTURES)
def test_sheets_hold_placeholders_copies_and_rows_of_nobody(culture: str) -> None:
    kinds: Counter[str] = Counter()
    copied = 0
    for seed in range(6):
        for sheet in world(culture, 300, sheets=5, seed=seed).sheets:
            assert len(sheet.rows) == len(sheet.people) == len(sheet.kinds) == len(sheet.copied)
            assert {len(row) for row in sheet.rows} == {len(sheet.header)}
            assert all(
                (person < 0) == (kind in ("group", "total")) for person, kind in zip(sheet.people, sheet.kinds, strict=True)
            )
            kinds.update(sheet.kinds)
            copied += sum(sheet.copied)
    assert {"person", "kin", "unidentified", "group", "total"} <= set(kinds)
    assert copied


def test_a_clean_single_list_says_one_person_one_way() -> None:
    made = one_list("arabic", 500, seed=1, noise=0.0)
    names = {}
    for row, person in zip(made.sheets[0].rows, made.sheets[0].people, strict=True):
        names.setdefault(person, set()).add(row[-2:])
    assert len(made.pairs()) >= 100
    assert all(len(places) == 1 for places in names.values())


def test_files_and_their_truth_agree(tmp_path: Path) -> None:
    made = world("persian", 120, sheets=2, seed=3)
    paths = write(made, tmp_path)
    truth = list(csv.DictReader((tmp_path / "truth.csv").read_text("utf-8").splitlines()))
    assert len(truth) == sum(len(sheet.rows) for sheet in made.sheets)
    for sheet, path in zip(made.sheets, paths, strict=True):
        with path.open(encoding="utf-8", newline="") as source:
            assert len(list(csv.reader(source))) == len(sheet.rows) + 1


def test_a_hundred_thousand_rows_take_seconds() -> None:
    start = time.process_time()
    assert len(one_list("arabic", 20_000, seed=1).sheets[0].rows) == 20_000
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(622, 7, 19), (1, 1, 1)), (date(2000, 4, 6), (1421, 1, 1)), (date(2015, 10, 15), (1437, 1, 1))],
)
def test_hijri_dates_follow_the_tabular_calendar(day: date, expected: tuple[int, int, int]) -> None:
    assert hijri(day) == expected
