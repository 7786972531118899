"""Linking and counting on two real lists, held against rows that a reader checked one by one.

The lists never enter the project. Kept here are codes of published rows, a verdict and the kind of its reason
(`labels/people_links.csv`, `labels/people_groups.csv`); how they were drawn and read stands in
docs/explanation/estimates.md. What fails a goal is marked so, with the number measured.
"""

from __future__ import annotations

import csv
import math
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from tests import lists
from tests.accept.test_people_gold import AIRWARS, VDC, place, rows

from bearwitness.errors import InputError
from bearwitness.link.people import matching
from bearwitness.link.people.engine import conclude
from bearwitness.link.people.judgements import DIFFERENT, SAME, Judgement
from bearwitness.link.people.matching import Matched, match
from bearwitness.link.people.written import questions, text_of_reasons, write
from bearwitness.link.people.zones import ONE, ZONES
from bearwitness.reason.persons import People, people

pytestmark = pytest.mark.accept
LABELS = Path(__file__).parent / "labels"
TOLD = f"""
["{AIRWARS}"]
columns = {{ name_latin = "name", name_arabic = "name_local", incident_date = "date", code = "incident", sex = "sex",
age = "age", age_group = "ignore", note = "ignore", order = "ignore", airwars_id = "ignore", vdc_uid = "ignore",
link_domain = "ignore" }}

["{VDC}"]
columns = {{ Name = "name", Sex = "sex", Age = "age", Province = "province", "Date of death" = "date", uid = "ignore",
"Martyrdom location" = "place", Notes = "ignore", "Date of Birth" = "ignore" }}
""".replace(",\n", ", ")
Row = tuple[str, int]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> People:
    """Both lists as a user would hand them over: files in a folder, and columns.toml beside them."""
    data, folder = place(), tmp_path_factory.mktemp("lists")
    copies = [shutil.copy(data / "airwars-syria" / AIRWARS, folder), shutil.copy(data / "vdc-syria" / VDC, folder)]
    (folder / "columns.toml").write_text(TOLD, "utf-8")
    return people([Path(name) for name in copies])


@pytest.fixture(scope="module")
def airwars() -> dict[str, int]:
    """Row numbers of the Airwars list by `page:place on the page`."""
    listed = rows(place() / "airwars-syria" / AIRWARS)
    return {f"{row['airwars_id']}:{row['order']}": number for number, row in enumerate(listed, 1)}


def pairs(found: Matched) -> dict[tuple[Row, Row], int]:
    """The place of each pair that is told of."""
    held = found.linked.prepared
    named = [(held.lists[whose], row) for whose, row in zip(held.whose.tolist(), held.row.tolist(), strict=True)]
    return {(min(named[a], named[b]), max(named[a], named[b])): at
            for at, (a, b) in enumerate(zip(found.linked.left.tolist(), found.linked.right.tolist(), strict=True))}


def labels(name: str) -> list[dict[str, str]]:
    with (LABELS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def still_joined(both: People, airwars: dict[str, int], name: str) -> Counter[str]:
    """Verdicts of the labelled pairs that are in zone same today."""
    vdc = {row["uid"]: number for number, row in enumerate(rows(place() / "vdc-syria" / VDC), 1)}
    known, zone, verdicts = pairs(both.matched), both.matched.linked.zoned.zone, Counter[str]()
    for label in labels(name):
        at = known.get(((AIRWARS, airwars[label["airwars"]]), (VDC, vdc[label["vdc"]])))
        if at is not None and zone[at] == ONE:
            verdicts[label["verdict"]] += 1
    return verdicts


@pytest.fixture(scope="module")
def sampled(both: People, airwars: dict[str, int]) -> Counter[str]:
    return still_joined(both, airwars, "people_links.csv")


@pytest.fixture(scope="module")
def fresh(both: People, airwars: dict[str, int]) -> Counter[str]:
    return still_joined(both, airwars, "people_links_fresh.csv")


def interval(right: int, all_: int) -> tuple[float, float]:
    """Of a share, with 95 % confidence (E. Wilson, JASA 22, 1927, doi:10.1080/01621459.1927.10502953)."""
    z, share = 1.959964, right / all_
    middle, width = share + z * z / (2 * all_), z * math.sqrt(share * (1 - share) / all_ + z * z / (4 * all_ * all_))
    return (middle - width) / (1 + z * z / all_), (middle + width) / (1 + z * z / all_)


def test_the_sample_of_pairs_taken_for_one_person_is_no_worse_than_when_it_was_read(
        sampled: Counter[str], both: People, proof: Callable[..., None]) -> None:
    linked = both.matched.linked
    whose = linked.prepared.whose
    across = int(((linked.zoned.zone == ONE) & (whose[linked.left] != whose[linked.right])).sum())
    print(f"{sampled.total()} of 220 sampled pairs are in zone same: {dict(sampled)}; {across} such pairs in all")
    proof(sampled=sampled.total(), one_person=sampled["same"], two_people=sampled["different"], unclear=sampled["unclear"],
          pairs_in_zone_same=across)
    assert len(labels("people_links.csv")) == 220
    assert sampled["same"] >= 195, "pairs that are right are not to be given up to look precise"
    assert not sampled["different"] and sampled["unclear"] <= 2


@pytest.mark.xfail(strict=True, reason="197 of 199 left of the sample: none is wrong, two a reader could not settle")
def test_zone_same_is_right_in_99_of_100_sampled_pairs(sampled: Counter[str]) -> None:
    """A pair that a reader could not settle counts as wrong."""
    assert sampled["same"] >= 0.99 * sampled.total()


def test_a_fresh_sample_of_200_pairs_taken_for_one_person(fresh: Counter[str], proof: Callable[..., None]) -> None:
    """Drawn from the 980 pairs joined on the day it was drawn: sorted by codes, shuffled with the seed "fresh", the first
    200; 47 of them stood in the sample before. Read by one reader, who knew what the program had said."""
    settled = fresh["same"] + fresh["different"]
    for words, right, of in (("unsettled ones wrong", fresh["same"], fresh.total()), ("left out", fresh["same"], settled)):
        low, high = interval(right, of)
        print(f"{right} of {of} are one person, {words}: {right / of:.4f} ({low:.3f} to {high:.3f})")
    proof(sampled=fresh.total(), one_person=fresh["same"], two_people=fresh["different"], unclear=fresh["unclear"])
    assert len(labels("people_links_fresh.csv")) == 200
    assert fresh["same"] >= 190, "pairs that are right are not to be given up to look precise"
    assert not fresh["different"] and fresh["unclear"] <= 3


@pytest.mark.xfail(strict=True, reason="197 of 200: none is wrong, three a reader could not settle (child or adult; place)")
def test_zone_same_is_right_in_99_of_100_pairs_of_the_fresh_sample(fresh: Counter[str]) -> None:
    """A pair that a reader could not settle counts as wrong."""
    assert fresh["same"] >= 0.99 * fresh.total()


def repeated() -> list[tuple[tuple[str, str], list[int]]]:
    """Groups of Airwars rows of one key: Latin name as written, in lower case and without outer blanks; and date."""
    groups: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(rows(place() / "airwars-syria" / AIRWARS), 1):
        groups.setdefault((row["name_latin"].strip().lower(), row["incident_date"]), []).append(number)
    return [(key, group) for key, group in groups.items() if len(group) > 1 and key[0]]


def test_every_repeated_name_and_date_has_a_zone_and_reasons_or_is_kept_apart_as_nobody_named(
        both: People, proof: Callable[..., None]) -> None:
    matched = both.matched
    known, zones = pairs(matched), matched.linked.zoned.zone
    apart = {(name, row): kind for name, row, kind in matched.apart}
    groups, untold, kinds = repeated(), [], Counter[str]()
    for _, group in groups:
        named = [row for row in group if (AIRWARS, row) not in apart]
        assert len(named) in (0, len(group)), "one name is read alike in every row"
        seen = set()
        for a, b in combinations(named, 2):
            at = known.get(((AIRWARS, a), (AIRWARS, b)))
            if at is None:
                untold.append((a, b))
            else:
                assert text_of_reasons(matched.linked, at)
                seen.add(ZONES[int(zones[at])])
        kinds["/".join(sorted(seen)) or ("kept apart" if not named else "not told")] += 1
    print(f"{len(groups)} groups: {dict(kinds)}")
    proof(groups=len(groups), rows=sum(len(group) for _, group in groups), untold=len(untold), **kinds)
    assert len(groups) == 309
    assert len(untold) <= 1, "one pair of bare kunyas agrees on too little to be held against each other"


def test_fifty_groups_read_by_hand(both: People, airwars: dict[str, int], proof: Callable[..., None]) -> None:
    """Wrong: two people joined unasked, or one person held apart unasked. What is to be looked at is never wrong."""
    known, zone = pairs(both.matched), both.matched.linked.zoned.zone
    found: dict[str, Counter[str]] = {"same": Counter(), "different": Counter(), "unclear": Counter()}
    keys = {tuple(group) for _, group in repeated()}
    for label in labels("people_groups.csv"):
        group = sorted(airwars[code] for code in label["rows"].split())
        assert tuple(group) in keys, "a group of the key above"
        told = {ZONES[int(zone[known[(AIRWARS, a), (AIRWARS, b)]])] for a, b in combinations(group, 2)}
        found[label["verdict"]]["/".join(sorted(told))] += 1
    print({verdict: dict(zones) for verdict, zones in found.items()})
    proof(**{f"{verdict} in {zones}": n for verdict, told in found.items() for zones, n in told.items()})
    assert sum(count.total() for count in found.values()) == 50
    assert not found["different"]["same"] and not found["unclear"]["same"] and not found["same"]["different"]


@pytest.mark.parametrize("by", ["year", "sex", "age", "province"])
def test_a_table_shows_everybody_and_every_number_lists_its_members(both: People, by: str) -> None:
    whole = both.count()
    table = both.count([by])
    assert table.total == whole.total and whole.total.low <= whole.total.best <= whole.total.high
    assert sum(line.best for line in table.lines) >= whole.total.low
    assert sum(line.high for line in table.lines) >= whole.total.high
    held = Counter(member.cell for member in table.members)
    for line in table.lines:
        assert line.low <= line.best <= line.high and held[line.cell] >= line.low
    listed = [ref for member in table.members for ref in member.rows]
    assert len(listed) == len(set(listed)) == sum(len(roll) for roll in both.rolls), "each row speaks of one member"


def test_an_incident_of_several_codes_is_counted_once(both: People) -> None:
    """959 rows stand under two codes or three, as `CS... RS...`: one incident, not one of each code."""
    listed = rows(place() / "airwars-syria" / AIRWARS)
    several = {number: row["code"] for number, row in enumerate(listed, 1) if len(row["code"].split()) > 1}
    assert len(several) == 959
    table = both.count(["incident"])
    words = {member.rows: table.respects[0].say(member.cell[0]) for member in table.members}
    under = {ref[1]: word for refs, word in words.items() for ref in refs if ref[0] == AIRWARS}
    assert not [number for number, code in several.items() if under[number] in code.split()]
    mixed = sum(under[number] == "stated differently" for number in several)
    other = 959 - mixed - sum(under[number] == code for number, code in several.items())
    print(f"959 rows of incidents with several codes: {mixed} of people whom another incident names too, {other} elsewhere")
    assert other == 0 and mixed < 0.1 * 959


def test_the_range_is_no_narrower_than_the_doubt(both: People) -> None:
    """No row is lost: the most counts every named person apart, and every body without a name."""
    total, linked = both.count().total, both.matched.linked
    surely = len(np.unique(linked.person))
    assert total.low <= surely <= total.high
    assert total.high >= surely + both.matched.unnamed.total()


def answered(found: Matched, many: int) -> list[Judgement]:
    """Answers to the first questions: same and different by turns."""
    linked, held, given = found.linked, found.linked.prepared, []
    for turn, (at, _) in enumerate(questions(linked)[:many]):
        ends = sorted((held.lists[held.whose[row]], int(held.row[row])) for row in
                      (int(linked.left[at]), int(linked.right[at])))
        given.append(Judgement(ends[0], ends[1], (DIFFERENT, SAME)[turn % 2], f"review.csv:{turn + 2}"))
    return given


def test_a_hundred_orders_of_lists_and_judgements_give_the_same_persons(tmp_path: Path) -> None:
    paths = lists.write(lists.world("arabic", 60, 4, seed=8), tmp_path)
    chance, found = random.Random(100), set()
    given = consistent(match(paths), answered(match(paths), 12))
    assert {one.answer for one in given} == {SAME, DIFFERENT}
    for _ in range(100):
        chance.shuffle(paths)
        chance.shuffle(given)
        linked = conclude(match(paths).linked.prepared, given)
        found.add(tuple(linked.person.tolist()))
    assert len(found) == 1


def consistent(found: Matched, given: list[Judgement]) -> list[Judgement]:
    """The longest start of the answers that contradicts nothing."""
    for many in range(len(given), 0, -1):
        try:
            conclude(found.linked.prepared, given[:many])
        except InputError:
            continue
        return given[:many]
    return []


def test_an_answer_among_ten_thousand_rows_is_taken_in_without_reading_or_learning_anew(
        tmp_path: Path, proof: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    """And gives what a run from nothing gives. The seconds are told here; `make bench` holds them against the goal."""
    world = lists.world("arabic", 5200, 3, seed=3)
    paths, out = lists.write(world, tmp_path / "lists"), tmp_path / "out"
    first = match(paths, folder=out)
    one = answered(first, 1)[0]
    answer = tmp_path / "answer.csv"
    answer.write_text("left_list,left_row,right_list,right_row,answer\n"
                      f"{one.left[0]},{one.left[1]},{one.right[0]},{one.right[1]},{one.answer}\n", "utf-8")
    whole = match(paths, judgements=[answer])

    def anew(*_: object) -> None:
        raise AssertionError("the lists were read and learned from again")
    monkeypatch.setattr(matching, "_anew", anew)
    begun = time.process_time()
    again = match(paths, judgements=[answer], folder=out)
    write(out, again.linked, again.apart, again.says)
    spent = round(time.process_time() - begun, 2)
    rows_ = sum(len(sheet.rows) for sheet in world.sheets)
    print(f"{rows_} rows decided anew and written after one answer: {spent} CPU s")
    proof(rows=rows_, cpu_s=spent)
    assert rows_ >= 10_000 and len(again.linked.doubtful) < len(first.linked.doubtful)
    assert (again.linked.person == whole.linked.person).all() and again.range == whole.range
    assert (again.linked.zoned.zone == whole.linked.zoned.zone).all()
