"""Linking held against made-up lists whose truth is known, and against the rules no list may bend."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from tests import lists
from tests.link.people.rolls import write

from bearwitness.link.people import written
from bearwitness.link.people.engine import Linked
from bearwitness.link.people.matching import Matched, match
from bearwitness.link.people.zones import ONE, REVIEW, ZONES


def people_of(world: lists.World, linked: Linked) -> np.ndarray:
    """Whom each row means."""
    sheets = {sheet.name: sheet for sheet in world.sheets}
    held = linked.prepared
    return np.array([sheets[held.lists[list_]].people[row - 1]
                     for list_, row in zip(held.whose.tolist(), held.row.tolist(), strict=True)])


def score(world: lists.World, found: Matched) -> tuple[int, int, int]:
    """Pairs in zone same that are true, that are false, and true pairs in all, among rows of named people."""
    linked = found.linked
    who = people_of(world, linked)
    same = linked.zoned.zone == ONE
    true = who[linked.left] == who[linked.right]
    counts = np.unique(who, return_counts=True)[1]
    return int((same & true).sum()), int((same & ~true).sum()), int((counts * (counts - 1) // 2).sum())


@pytest.mark.parametrize("culture", lists.CULTURES)
def test_one_list_with_re_reports_of_families_killed_together(culture: str, tmp_path: Path) -> None:
    """Brothers are not joined, and most reports of one person are."""
    world = lists.one_list(culture, rows=1500, seed=11)
    found = match(lists.write(world, tmp_path))
    right, wrong, every = score(world, found)
    precision, recall = right / (right + wrong), right / every
    print(f"{culture}: precision {precision:.3f}, recall {recall:.3f}, {wrong} false of {right + wrong}")
    assert wrong <= 0.015 * (right + wrong)
    assert recall >= 0.70


@pytest.mark.parametrize("culture", lists.CULTURES)
def test_the_range_of_several_lists_holds_the_truth(culture: str, tmp_path: Path) -> None:
    world = lists.world(culture, 400, 3, seed=5)
    found = match(lists.write(world, tmp_path))
    truth = len(set(people_of(world, found.linked).tolist()))
    span = found.linked.range
    print(f"{culture}: {span.low} to {span.high}, truth {truth}, width {span.width / truth:.1%}")
    assert span.low <= truth <= span.high
    assert span.low <= found.linked.best <= span.high


def test_nobody_is_joined_by_name_alone(tmp_path: Path) -> None:
    """Two rows that share every word of a rare name, and say no place, day or age, are for a person to look at."""
    first = write(tmp_path / "a.csv", [("Rashwan", "Tayseer", "Qandalaft", "", "", "", "m")] + noise(1, 60))
    second = write(tmp_path / "b.csv", [("Rashwan", "Tayseer", "Qandalaft", "", "", "", "m")] + noise(2, 60))
    linked = match([first, second]).linked
    zone = zone_of(linked, ("a.csv", 1), ("b.csv", 1))
    assert zone == "review"


def test_bodies_without_a_name_and_kin_stay_apart_from_named_people(tmp_path: Path) -> None:
    day = ("2015-10-20", "Sarmin", "f")
    first = write(tmp_path / "a.csv", [("Wife of Khaled Haddad", "", "", "30", *day), ("Unidentified", "", "", "30", *day),
                                       ("Unidentified", "", "", "30", *day)] + noise(1, 60))
    second = write(tmp_path / "b.csv", [("Amal", "Salem", "Haddad", "30", *day), ("Unidentified", "", "", "30", *day),
                                        ("Wife of Khaled Haddad", "", "", "30", *day)] + noise(2, 60))
    found = match([first, second])
    linked = found.linked
    assert zone_of(linked, ("a.csv", 1), ("b.csv", 1)) is None
    assert zone_of(linked, ("a.csv", 1), ("b.csv", 3)) == "review", "the same words about kin join nobody"
    assert [row for row in found.apart if row[2] == "unidentified"] == [
        ("a.csv", 2, "unidentified"), ("a.csv", 3, "unidentified"), ("b.csv", 2, "unidentified")]


def test_bodies_without_a_name_are_more_at_most_and_no_person_of_the_file(tmp_path: Path) -> None:
    """Lists that name nobody are read; each body may be one more, and somebody at least is there."""
    day = ("2015-10-20", "Sarmin", "")
    bodies = [("Unidentified", "", "", "30", *day), ("Unidentified", "", "", "", *day)]
    alone = match([write(tmp_path / "c.csv", bodies)])
    assert (alone.range.low, alone.range.high) == (1, 2)
    first = write(tmp_path / "a.csv", [("Amal", "Salem", "Haddad", "30", *day), *bodies])
    second = write(tmp_path / "b.csv", [("Rashwan", "Tayseer", "Qandalaft", "61", *day), bodies[0]])
    found = match([first, second])
    assert (found.range.low, found.best, found.range.high) == (2, 4, 5)
    ids = [person for person, _, _ in written.persons(found.linked, found.apart)]
    assert ids == ["p1", "p2", "u1", "u2", "u3"]


def test_two_rows_of_a_de_duplicated_list_are_never_joined_unasked(tmp_path: Path) -> None:
    """The list's owner took them for two people; that they look alike is told, and left to a person."""
    twice = ("Rashwan", "Tayseer", "Qandalaft", "31", "2015-10-20", "Sarmin", "m")
    first = write(tmp_path / "a.csv", [twice, twice, *noise(1, 150)])
    second = write(tmp_path / "b.csv", [twice, *noise(2, 150)])
    linked = match([first, second], clean=frozenset({"a.csv"})).linked
    row = {key: at for at, key in enumerate(zip(linked.prepared.whose.tolist(), linked.prepared.row.tolist(), strict=True))}
    assert linked.person[row[0, 1]] != linked.person[row[0, 2]]
    assert zone_of(linked, ("a.csv", 1), ("a.csv", 2)) == "review"


@pytest.mark.slow
def test_a_hundred_orders_of_rows_give_the_same_persons(tmp_path: Path) -> None:
    """Rows shuffled in every list: the same sets of rows are one person."""
    world = lists.world("arabic", 30, 3, seed=2)
    groups = []
    for order in range(100):
        folder = tmp_path / str(order)
        folder.mkdir()
        numbers: list[tuple[str, int]] = []
        files = []
        for sheet in world.sheets:
            at = list(range(len(sheet.rows)))
            random.Random(order).shuffle(at) if order else None
            files.append(write(folder / sheet.name, [sheet.rows[k] for k in at], sheet.header))
            numbers += [(sheet.name, k + 1) for k in at]
        back = {(name, place): original for sheet in world.sheets for place, (name, original) in
                enumerate([pair for pair in numbers if pair[0] == sheet.name], 1)}
        random.Random(order).shuffle(files)
        linked = match(files).linked
        groups.append(sets_of(linked, back))
    assert all(group == groups[0] for group in groups)


def sets_of(linked: Linked, back: dict[tuple[str, int], int]) -> set[frozenset[tuple[str, int]]]:
    held = linked.prepared
    found: dict[int, set[tuple[str, int]]] = {}
    for at, (whose, row) in enumerate(zip(held.whose.tolist(), held.row.tolist(), strict=True)):
        name = held.lists[whose]
        found.setdefault(int(linked.person[at]), set()).add((name, back[name, row]))
    return {frozenset(rows) for rows in found.values()}


def zone_of(linked: Linked, first: tuple[str, int], second: tuple[str, int]) -> str | None:
    held = linked.prepared
    places = {(held.lists[whose], row): at
              for at, (whose, row) in enumerate(zip(held.whose.tolist(), held.row.tolist(), strict=True))}
    if first not in places or second not in places:
        return None
    a, b = sorted((places[first], places[second]))
    at = np.flatnonzero((linked.left == a) & (linked.right == b))
    return ZONES[int(linked.zoned.zone[at[0]])] if len(at) else None


def noise(seed: int, count: int) -> list[tuple[object, ...]]:
    """Rows of other people."""
    rng = random.Random(seed)
    given = "Ahmad Mariam Hassan Layla Omar Salma Yousef Huda Ziad Rana Karim Nour Tareq Dima Fadi Sawsan".split()
    family = "Haddad Khoury Najjar Shami Halabi Masri Rifai Sabbagh Turk Zein Awad Baroudi Daher Ghazal".split()
    return [(rng.choice(given), rng.choice(given), rng.choice(family), rng.randint(1, 80),
             f"{rng.randint(2012, 2017)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
             rng.choice(("Sarmin", "Ariha", "Douma", "Talbisa", "Jarjanaz", "Binnish")), rng.choice("mf"))
            for _ in range(count)]


def test_the_probability_of_a_pair_means_what_it_says() -> None:
    """Of made-up pairs not used to set anything, about as many are true as their probability says, from 0.7 to 0.95."""
    import tempfile
    chance, truth = [], []
    for culture in lists.CULTURES:
        world = lists.world(culture, 500, 3, seed=77)
        with tempfile.TemporaryDirectory() as folder:
            linked = match(lists.write(world, Path(folder))).linked
        who = people_of(world, linked)
        chance.append(linked.probability)
        truth.append(who[linked.left] == who[linked.right])
    p, y = np.concatenate(chance), np.concatenate(truth)
    middle = (p >= 0.7) & (p < 0.95)
    print(f"{middle.sum()} pairs between 0.7 and 0.95: mean {p[middle].mean():.3f}, true {y[middle].mean():.3f}")
    error = 3 * (0.15 / max(middle.sum(), 1)) ** 0.5
    assert abs(p[middle].mean() - y[middle].mean()) < 0.05 + error
    sure = p >= 0.99
    assert y[sure].mean() > 0.99
    assert (linked.zoned.zone == REVIEW).any()
