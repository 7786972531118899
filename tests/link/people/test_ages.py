"""Years of birth held against ages; names that differ in the marks on their letters, or in how ge is written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from tests.link.people.rolls import write

from bearwitness.intake.lists import read_roll
from bearwitness.link.people.ages import ages, spent
from bearwitness.link.people.columns import APART, Vocabulary
from bearwitness.link.people.gather import gather

BOOK = ("Prezime (ime oca) ime", "Pol", "Godina rođenja", "Datum smrti", "Mjesto smrti")
COURT = ("Name", "Sex", "Age", "Date of death", "Place of death")


def test_a_year_of_birth_is_an_age_beside_a_list_of_ages(tmp_path: Path) -> None:
    book = read_roll(write(tmp_path / "book.csv", [("Delić (Sead) Amra", "Ž", 1958, "23.06.1995.", "Foča")], BOOK))
    court = read_roll(write(tmp_path / "court.csv", [("Amra Delic", "F", 37, "1995-06-23", "Foca")], COURT))
    (low, high), (own, _) = ages([book, court])
    assert (low[0], high[0]) == (36, 37) and own[0] == 37 and spent([book, court])
    assert np.isnan(ages([book])[0][0]).all(), "alone it is held against other births"
    table, _ = gather([book, court])
    left, right = np.array([0]), np.array([1])
    for name in ("given", "family", "age", "day"):
        assert table.columns[name].levels(left, right)[0] == 0, name


def test_ge_is_written_g_or_h() -> None:
    words = Vocabulary({"григорій", "hryhorii", "grigorii", "гончаренко", "honcharenko", "goncharenko"})
    for cyrillic, latin in (("григорій", "hryhorii"), ("григорій", "grigorii"), ("гончаренко", "honcharenko"),
                            ("гончаренко", "goncharenko")):
        a, b = words.codes([cyrillic]), words.codes([latin])
        assert words.between(a, b)[0] < APART and words.classes[a[0]] == words.classes[b[0]], latin
