"""The dead whom one organisation names in Arabic and in Latin letters, parted into two lists and shuffled: truth is the row.

The data is for tests inside this house only: nothing of it is kept in the project, and no name is printed. It stands
beside the project as `../shared/data`. One name can stand in two incidents: rows of one Arabic and one Latin name and one
date are one truth, for nobody could tell them apart.
"""

from __future__ import annotations

import csv
import gzip
import random
from dataclasses import dataclass
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
COLUMNS = ("name", "age", "sex", "date", "place")


@dataclass(frozen=True)
class Bilingual:
    """latin, arabic: rows of COLUMNS. truth[i]: rows of `arabic` that mean latin row i. whole: nothing taken off."""

    latin: list[tuple[str, ...]]
    arabic: list[tuple[str, ...]]
    truth: list[frozenset[int]]
    whole: list[bool]

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Two CSV files, latin.csv and arabic.csv."""
        paths = folder / "latin.csv", folder / "arabic.csv"
        for path, rows in zip(paths, (self.latin, self.arabic), strict=True):
            with path.open("w", newline="", encoding="utf-8") as out:
                csv.writer(out).writerows([COLUMNS, *rows])
        return paths

    def figures(self, pairs: set[tuple[int, int]]) -> tuple[float, float]:
        """(recall over latin rows, precision over pairs) of pairs (latin row, arabic row), rows from 0."""
        good = {(i, j) for i, j in pairs if j in self.truth[i]}
        found = {i for i, _ in good}
        return len(found) / len(self.latin), len(good) / max(1, len(pairs))


def rows_of(path: Path) -> list[dict[str, str]]:
    """Rows of a gzipped CSV file; skips the test where it is not on this machine."""
    if not path.is_file():
        pytest.skip(f"no {path.name} beside the project (../shared/data): cross-script names not measured")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def bilingual(seed: int = 1, without: float = 1 / 3) -> Bilingual:
    """The two lists; from `without` of the people date and place are taken off in one of them."""
    rng = random.Random(seed)
    folder = DATA / "airwars-syria"
    places = {row["airwars_id"]: row for row in rows_of(folder / "airwars_syria_incidents.csv.gz")}
    people = [
        row for row in rows_of(folder / "airwars_syria_victims_killed.csv.gz") if row["name_arabic"] and row["name_latin"]
    ]
    order = rng.sample(range(len(people)), len(people))
    at = {person: place for place, person in enumerate(order)}
    latin, arabic, whole = [], [()] * len(people), []
    same: dict[tuple[str, str, str], set[int]] = {}
    for k, row in enumerate(people):
        there = places.get(row["airwars_id"], {})
        known = rng.random() >= without
        whole.append(known)
        shown = [row["age"], row["sex"], row["incident_date"]]
        left = (row["name_latin"], *shown, there.get("location_en", ""))
        right = (row["name_arabic"], *shown, there.get("location_ar", ""))
        if not known and rng.random() < 0.5:
            left = (*left[:3], "", "")
        elif not known:
            right = (*right[:3], "", "")
        latin.append(left)
        arabic[at[k]] = right
        same.setdefault((row["name_latin"], row["name_arabic"], row["incident_date"]), set()).add(at[k])
    truth = [frozenset(same[row["name_latin"], row["name_arabic"], row["incident_date"]]) for row in people]
    return Bilingual(latin, arabic, truth, whole)
