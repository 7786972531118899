"""People named in lists, counted: rows add up, doubt makes the width, nobody is counted twice. Names are made up."""

from __future__ import annotations

import csv
import random
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest

from bearwitness.errors import InputError
from bearwitness.reason.persons import People, of_incidents, people, say
from bearwitness.reason.persons_bounds import bounds, cells
from bearwitness.reason.persons_count import PeopleTally
from bearwitness.reason.persons_values import MIXED, SILENT

HEAD = ("name", "father", "age", "sex", "date", "place", "incident", "status")
DAY = "2015-10-20"


def written(folder: Path, name: str, rows: list[tuple[str, ...]], head: tuple[str, ...] = HEAD) -> Path:
    with (folder / name).open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head, *rows])
    return folder / name


def of(name: str, father: str, age: str, sex: str, place: str = "Northtown", incident: str = "north", status: str = "",
       day: str = DAY) -> tuple[str, ...]:
    return (name, father, age, sex, day, place, incident, status)


A = [of("Samir Najjar", "Kamal", "34", "m"), of("Layla Najjar", "Kamal", "9", "f"), of("Basil Qudsi", "Fuad", "51", "m"),
     of("Hala Sabbagh", "Munir", "17", "f")]


def lines(count: PeopleTally) -> dict[tuple[str, ...], tuple[int, int, int]]:
    return {tuple(one.say(code) for one, code in zip(count.respects, line.cell, strict=True)):
            (line.low, line.best, line.high) for line in count.lines}


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> People:
    folder = tmp_path_factory.mktemp("lists")
    b = [of("Samir al-Najjar", "Kamal", "34", "m"), of("Hala Sabbagh", "Munir", "18", "f"),
         of("Yusuf Darwish", "Adel", "7", "m", "Southtown", "south", day="2015-11-02")]
    return people([written(folder, "a.csv", A), written(folder, "b.csv", b)])


def test_every_named_row_is_counted_in_one_person_and_each_figure_lists_its_members(two: People) -> None:
    count = two.count()
    rows = sorted(row for one in count.members for row in one.rows)
    assert rows == sorted([("a.csv", n) for n in (1, 2, 3, 4)] + [("b.csv", n) for n in (1, 2, 3)])
    assert count.total.low <= 5 <= count.total.high
    assert len([one for one in count.members if one.kind == "named"]) == count.total.high


def test_the_whole_is_what_linking_says(two: People) -> None:
    linked, total = two.matched.linked, two.count().total
    assert (total.low, total.best, total.high) == (linked.range.low, linked.best, linked.range.high)


def test_the_least_is_never_below_the_people_of_a_list_free_of_repeats(tmp_path: Path) -> None:
    """Two lists of one crowded place with little said of anybody: linking's floor is the floor of the count, too."""
    r = random.Random(4)
    given = ["".join(pair) for pair in product(("Ka", "Lo", "Mi", "Ru", "Sa", "Te"), ("dir", "fan", "mar", "nid", "zul"))]
    family = ["".join(word) for word in product("BDGKRZ", "aou", ("bri", "kha", "lsha", "nto", "rdu", "zzi"))]
    drawn = {(r.choice(given), r.choice(family)) for _ in range(320)}
    dead = [(" ".join(name), "", "", "", "2015-10-20", "Northtown", "", "") for name in sorted(drawn)]
    again = [row for row in dead if r.random() < 0.97]
    slipped = [(row[0][:at] + row[0][at + 1:], *row[1:]) if r.random() < 0.2 else row
               for row in again for at in (r.randrange(1, 4),)]
    found = people([written(tmp_path, "a.csv", dead), written(tmp_path, "b.csv", slipped)])
    assert found.matched.linked.range.low == len(dead)
    assert found.count().total.low == len(dead)


def test_a_breakdown_shows_everybody_once_whatever_it_is_by(two: People) -> None:
    for by in (["sex"], ["age"], ["sex", "age"], ["day"], ["place", "sex"], ["list"]):
        count = two.count(by)
        assert sum(line.best for line in count.lines) == count.total.best, by
        assert sum(line.high for line in count.lines) >= count.total.high >= max(line.high for line in count.lines), by
        assert sum(line.low for line in count.lines) <= count.total.low, by


def test_reports_that_differ_are_neither_child_nor_adult(two: People) -> None:
    by_age = lines(two.count(["age"]))
    assert by_age["stated differently",][2] == 1, "17 in one list and 18 in the other: no list is preferred unsaid"
    assert by_age["under 18",][1] == 2 and by_age["18 or over",][1] == 2


def test_ages_fall_into_the_bands_that_are_asked_for(two: People) -> None:
    assert set(lines(two.count(["age"], bands=(0, 10, 40)))) == {("under 10",), ("10 to 39",), ("40 or over",)}


def test_a_scope_takes_the_people_of_its_incident_and_a_row_of_two_incidents_once(tmp_path: Path) -> None:
    rows = [*A[:2], of("Basil Qudsi", "Fuad", "51", "m", incident="north; south"), of("Munir Hallaq", "Adib", "8", "m",
                                                                                   "Southtown", "south")]
    found = people([written(tmp_path, "a.csv", rows)])
    total = {words: found.count(within=of_incidents(found.rolls, words)).total.high
             for words in (("north",), ("south",), ("north", "south"))}
    assert total == {("north",): 3, ("south",): 2, ("north", "south"): 4}


def test_a_body_without_a_name_is_more_at_most_and_at_least_only_beside_its_own_list(tmp_path: Path) -> None:
    a = written(tmp_path, "a.csv", [*A[:2], of("Unidentified", "", "", "m")])
    body = of("unknown", "", "", "")
    b = written(tmp_path, "b.csv", [of("Basil Qudsi", "Fuad", "51", "m"), body, body])
    count = people([a, b]).count(["sex"])
    assert count.total.high == 6
    assert count.total.low == 3, "a.csv names two and has a body: three; b.csv's bodies may be those of a.csv"
    assert lines(count)["not stated",][2] == 2 and lines(count)["male",][2] == 3


def test_a_list_of_bodies_alone_proves_somebody_and_no_number(tmp_path: Path) -> None:
    """It does not show whether it holds one body twice."""
    count = people([written(tmp_path, "a.csv", [of("unknown", "", "", "m")] * 3)]).count()
    assert (count.total.low, count.total.high) == (1, 3)
    assert [one.id for one in count.members] == ["u1", "u2", "u3"]


def test_a_family_of_five_and_its_five_named_members_are_five(tmp_path: Path) -> None:
    named = [of(f"{given} Rifai", "Hatem", age, sex) for given, age, sex in
             (("Salma", "31", "f"), ("Nadim", "3", "m"), ("Rula", "6", "f"), ("Ziad", "9", "m"), ("Widad", "12", "f"))]
    both = [written(tmp_path, "a.csv", named), written(tmp_path, "b.csv", [of("Family of 5 Rifai", "", "", ""), A[2]])]
    found = people(both)
    assert [one.kind for one in found.count().members].count("group") == 1
    assert found.count().total.high == 6, "five of the family and one other"
    more = [*both[:1], written(tmp_path, "b.csv", [of("Family of 7 Rifai", "", "", ""), A[2]])]
    assert people(more).count().total.high == 8, "two of the seven are named nowhere"
    unplaced = [both[0], written(tmp_path, "b.csv", [of("Family of 5 Rifai", "", "", "", "", "", day=""), A[2]])]
    total = people(unplaced).count().total
    assert (total.low, total.high) == (6, 11), "another family of that name, perhaps: the most counts it, the least does not"


def test_a_family_without_a_number_leaves_the_top_open(tmp_path: Path) -> None:
    found = people([written(tmp_path, "a.csv", [*A, of("Entire family", "", "", "")])]).count()
    assert say(found.total) == "6 or more", "four named, and at least two of a family none of whom is named"


def test_statuses_of_two_lists_are_not_added_without_a_mapping(tmp_path: Path) -> None:
    a = written(tmp_path, "a.csv", [of("Samir Najjar", "Kamal", "34", "m", status="Civilian")])
    b = written(tmp_path, "b.csv", [of("Basil Qudsi", "Fuad", "51", "m", status="مدني")])
    with pytest.raises(InputError, match="never added without a mapping"):
        people([a, b]).count(["status"])
    (tmp_path / "columns.toml").write_text('["a.csv"]\nstatuses = { "Civilian" = "civilian" }\n["b.csv"]\nstatuses = '
                                           '{ "مدني" = "civilian" }\ndefinitions = { civilian = "who never bore arms" }\n',
                                           encoding="utf-8")
    count = people([a, b]).count(["status"])
    assert lines(count) == {("civilian",): (2, 2, 2)}
    assert any("b.csv means by civilian: who never bore arms" in note for note in count.notes)


def test_a_place_in_two_scripts_is_one_where_a_person_links_them(tmp_path: Path) -> None:
    a = written(tmp_path, "a.csv", [of("سمير النجار", "كمال", "34", "m", "حلب"),
                                    of("باسل القدسي", "فؤاد", "51", "m", "حلب")])
    b = written(tmp_path, "b.csv", [of("Samir al-Najjar", "Kamal", "34", "m", "Halab"),
                                    of("Munir Hallaq", "Adib", "8", "m", "Halab")])
    by_place = lines(people([a, b]).count(["place"]))
    assert len(by_place) == 1, "one place: nobody stands twice or under `stated differently` because of a script"
    assert next(iter(by_place.values()))[1:] == (3, 4)


def test_what_cannot_be_asked_is_said(two: People) -> None:
    with pytest.raises(InputError, match="cannot be counted"):
        two.count(["shoe size"])


def _by_force(low: np.ndarray, high: np.ndarray, pairs: set[frozenset[int]]) -> dict[tuple[int, ...], tuple[int, int]]:
    """Every sorting of persons into sets whose members may all be one, one after the other."""
    def sortings(left: list[int]) -> list[list[list[int]]]:
        if not left:
            return [[]]
        first, rest, out = left[0], left[1:], []
        for size in range(len(rest) + 1):
            for chosen in combinations(rest, size):
                if all(frozenset(pair) in pairs for pair in combinations((first, *chosen), 2)):
                    out += [[[first, *chosen], *more] for more in sortings([one for one in rest if one not in chosen])]
        return out
    found: dict[tuple[int, ...], list[int]] = {}
    every = []
    for sorting in sortings(list(range(len(low)))):
        held: dict[tuple[int, ...], int] = {(): len(sorting)}
        for each in sorting:
            said = {int(end[one, 0]) for one in each for end in (low, high)} - {SILENT}
            key = (SILENT if not said else said.pop() if len(said) == 1 else MIXED,)
            held[key] = held.get(key, 0) + 1
        every.append(held)
    for key in {key for held in every for key in held}:
        found[key] = [held.get(key, 0) for held in every]
    return {key: (min(values), max(values)) for key, values in found.items()}


@pytest.mark.parametrize("seed", range(12))
def test_in_a_large_knot_the_ends_are_bounds_that_hold(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = 11
    low = rng.choice([SILENT, 0, 1], (size, 1), p=(0.2, 0.7, 0.1)).astype(np.int64)
    pairs = [(at, at + 1) for at in range(size - 1)]
    pairs += [pair for pair in combinations(range(size), 2) if pair not in pairs and rng.random() < 0.15]
    left, right = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    found = bounds(low, low, np.ones(size, bool), left, right)
    for key, (least, most) in _by_force(low, low, {frozenset(pair) for pair in pairs}).items():
        assert found.least[key] <= least, key
        assert found.most[key] >= most or key == (MIXED,), key
        if key == ():
            assert found.least[key] >= least - 2, "a bound that is no use is none"


@pytest.mark.parametrize("seed", range(40))
def test_the_ends_of_every_cell_are_those_of_trying_every_way(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = int(rng.integers(2, 7))
    low = rng.choice([SILENT, 0, 1], (size, 1)).astype(np.int64)
    high = np.where((low == 0) & (rng.random((size, 1)) < 0.2), 1, low)
    pairs = [pair for pair in combinations(range(size), 2) if rng.random() < 0.5]
    left, right = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    found = bounds(low, high, np.ones(size, bool), left, right)
    wanted = _by_force(low, high, {frozenset(pair) for pair in pairs})
    assert found.exact
    assert {key: (found.least[key], found.most[key]) for key in wanted} == wanted
    assert {key for key, value in found.most.items() if value} <= set(wanted)
    assert len(cells(low, high)) == size
