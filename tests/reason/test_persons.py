"""People named in lists, counted: rows add up, doubt makes the width, nobody without a name is anybody. Names are made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from bearwitness.errors import InputError
from bearwitness.reason.persons import Person, Persons, by, choose, whole


def people(*says: dict[str, str]) -> list[Person]:
    plain = dict.fromkeys(("sex", "age", "day", "place", "incident", "status", "list"), "not known")
    return [Person(number, (("a.csv", number),), {**plain, **each}) for number, each in enumerate(says, 1)]


def test_doubt_makes_the_width_and_nothing_else() -> None:
    found = Persons(people({}, {}, {}), {(1, 2)}, best=3)
    assert (whole(found).low, whole(found).high) == (2, 3)
    found.doubtful = {(1, 2), (2, 3)}        # 1 and 3 are known to be two people
    assert (whole(found).low, whole(found).high) == (2, 3)
    found.doubtful = {(1, 2), (2, 3), (1, 3)}
    assert (whole(found).low, whole(found).high) == (1, 3)


def test_a_breakdown_adds_up_and_a_doubt_across_cells_lowers_both() -> None:
    found = Persons(people({"sex": "f"}, {"sex": "m"}, {"sex": "m"}), {(1, 2)}, best=3)
    cells = {key[0]: figure for key, figure in by(found, ["sex"])}
    assert sum(figure.best for figure in cells.values()) == 3
    assert (cells["f"].low, cells["f"].high) == (0, 1) and (cells["m"].low, cells["m"].high) == (1, 2)


def test_rows_without_a_name_are_in_the_most_and_in_the_least_only_beside_their_own_list() -> None:
    found = Persons(people({}, {}), unnamed={"a.csv": [3], "b.csv": [1, 2]}, best=2)
    assert whole(found).high == 5
    assert whole(found).low == 3, "the two named in a.csv and the body beside them are three people; b.csv's may be the same"


def test_a_family_in_one_cell_is_never_counted_beside_its_named_members() -> None:
    found = Persons(people({}, {}), several=[("a.csv", 9, 5.0, 5.0)], best=2)
    assert (whole(found).low, whole(found).high) == (2, 7)
    found.several = [("a.csv", 9, 2.0, float("nan"))]
    assert whole(found).open_top and whole(found).low == 2


def test_some_of_the_people_keep_only_the_doubts_among_them() -> None:
    found = choose(Persons(people({"incident": "x"}, {"incident": "y"}), {(1, 2)}), lambda one: one.says["incident"] == "x")
    assert (whole(found).low, whole(found).high) == (1, 1)


def test_what_cannot_be_asked_is_said() -> None:
    with pytest.raises(InputError, match="cannot be counted"):
        by(Persons(people({})), ["shoe size"])


def test_two_lists_of_one_made_up_strike(tmp_path: Path) -> None:
    from bearwitness.reason.persons import persons
    (tmp_path / "a.csv").write_text("name,father,age,sex,date,place,incident\nSamir Najjar,Kamal,34,m,2015-10-20,Northtown,north\n"
                                    "Layla Najjar,Kamal,9,f,2015-10-20,Northtown,north\nUnidentified,,,m,2015-10-20,Northtown,north\n")
    (tmp_path / "b.csv").write_text("name,father,age,sex,date,place,incident\nSamir al-Najjar,Kamal,34,m,2015-10-20,Northtown,north\n"
                                    "Yusuf Najjar,Kamal,7,m,2015-10-20,Northtown,north\n")
    found = persons([tmp_path / "a.csv", tmp_path / "b.csv"])
    figure = whole(found)
    assert figure.low <= 4 <= figure.high and figure.low >= 3
    rows = [row for person in found.people for row in person.rows]
    assert sorted(rows) == [("a.csv", 1), ("a.csv", 2), ("b.csv", 1), ("b.csv", 2)], "every named row belongs to one person"
    children = {key: one for key, one in by(found, ["age"])}
    assert children[("under 18",)].high >= 2
