"""Lists of shapes nobody tuned for, with known truth: uncles and nephews of one name, no overlap, few columns, one event.

Names are a short list of common Arabic given names and family names made from consonants: they show shapes, not the
frequencies of any country. Uncle and nephew share given name, family, place and day, and have other fathers and ages.
"""

from __future__ import annotations

import csv
import datetime
import itertools
import json
import random
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.accept
MEN = ("محمد أحمد علي حسن حسين محمود خالد عمر إبراهيم مصطفى يوسف سامر باسل طارق زياد فراس ماهر نضال وليد كريم جمال عماد "
       "رامي هيثم قاسم موسى عيسى صالح ياسر أيمن غسان نبيل رياض حمزة أنس بلال").split()
WOMEN = "فاطمة مريم عائشة خديجة سعاد هدى نور رنا ليلى أمينة زينب رقية سلمى هبة ندى إيمان سمر دعاء ياسمين حنان".split()
FAMILIES = ["ال" + a + b + "ا" + c for a, b, c in itertools.permutations("حرسشعقكمنطبجدخ", 3)]
TOWNS = "حلب إدلب الرقة دوما حمص سرمين أريحا منبج الباب تلبيسة درعا".split()
COLUMNS = "given father family age date place sex".split()
Row = dict[str, Any]


def zipf(rng: random.Random, size: int, power: float) -> int:
    return rng.choices(range(size), [1 / (k + 1) ** power for k in range(size)])[0]


def people(rng: random.Random, count: int, days: int = 1500, nephews: float = 0.0, families: int = 1) -> list[Row]:
    """Families killed together, up to `families` of them on one day in one town."""
    out: list[Row] = []
    while len(out) < count:
        event = {"day": rng.randrange(days), "place": rng.choice(TOWNS)}
        for _ in range(rng.randint(1, families)):
            home = {**event, "family": FAMILIES[zipf(rng, 1500, .5)], "father": MEN[zipf(rng, len(MEN), .7)]}
            for given in rng.sample(MEN + WOMEN, rng.choice((1, 2, 3, 5))):
                sex = "m" if given in MEN else "f"
                out.append({**home, "given": given, "sex": sex, "age": int(rng.gammavariate(2.2, 13))})
                if sex == "m" and rng.random() < nephews:
                    father = rng.choice([name for name in MEN if name != home["father"]])
                    out.append({**out[-1], "father": father, "age": rng.randint(1, 17)})
    return out[:count]


def typo(rng: random.Random, word: str) -> str:
    at = rng.randrange(1, len(word) - 1) if len(word) > 3 and rng.random() < .15 else 0
    return word[:at] + word[at + 1:] if at else word


def told(rng: random.Random, person: Row, fatherless: float) -> Row:
    row = {key: typo(rng, person[key]) for key in ("given", "father", "family")}
    day = datetime.date(2013, 3, 1) + datetime.timedelta(days=person["day"] + rng.choice((0, 0, 0, 0, 0, 1)))
    age = max(0, person["age"] + rng.choice((0, 0, 0, 0, 1, -1)))
    return {**row, "father": "" if rng.random() < fatherless else row["father"], "date": day.isoformat(),
            "age": "" if rng.random() < .1 else age, "place": person["place"], "sex": person["sex"]}


def matched(folder: Path, rng: random.Random, lists: list[list[Row]], columns: list[str] = COLUMNS,
            fatherless: float = .2) -> dict[str, Any]:
    """Write the lists, match them, and hold persons.csv against the truth."""
    truth: dict[tuple[str, int], int] = {}
    for name, rows in zip("ABC", lists, strict=False):
        rng.shuffle(rows)
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            sheet = csv.DictWriter(file, columns, extrasaction="ignore")
            sheet.writeheader()
            sheet.writerows(told(rng, person, fatherless) for person in rows)
        truth.update({(f"{name}.csv", at): id(person) for at, person in enumerate(rows, 1)})
    files = [f"{name}.csv" for name in "ABC"[:len(lists)]]
    done = subprocess.run([sys.executable, "-m", "bearwitness", "match", "people", *files, "--out", "out", "--json"],
                          cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode in (0, 3), done.stderr
    found: dict[Any, list[tuple[str, int]]] = defaultdict(list)
    with (folder / "out" / "persons.csv").open(encoding="utf-8-sig", newline="") as file:
        for line in csv.DictReader(file):
            found[line["person"]].append((line["list"], int(line["row"])))
    real: dict[Any, list[tuple[str, int]]] = defaultdict(list)
    for row, who in truth.items():
        real[who].append(row)
    mine, right = pairs(found), pairs(real)
    result = {**json.loads(done.stdout)["data"]["persons"], "people": len(real),
              "false": 1000 * len(mine - right) / len(real), "recall": len(mine & right) / max(1, len(right))}
    print(result)
    return result


def pairs(groups: dict[Any, list[tuple[str, int]]]) -> set[tuple[tuple[str, int], ...]]:
    return {pair for group in groups.values() for pair in itertools.combinations(sorted(group), 2)}


def two(rng: random.Random, all_of: list[Row]) -> list[list[Row]]:
    return [[who for who in all_of if rng.random() < share] for share in (.7, .5)]


def holds(found: dict[str, Any]) -> bool:
    return bool(found["min"] <= found["people"] <= found["max"])


@pytest.mark.parametrize(("shape", "fatherless"), [({}, .2), ({}, .6), ({"days": 60, "families": 8}, .2)],
                         ids=["plain", "fathers missing", "many families a day"])
def test_the_range_holds_the_people_and_brothers_stay_apart(tmp_path: Path, shape: Row, fatherless: float) -> None:
    rng = random.Random(5)
    found = matched(tmp_path, rng, two(rng, people(rng, 1500, **shape)), fatherless=fatherless)
    assert holds(found) and found["false"] <= 5


def test_three_lists_that_copy_each_other_add_nobody(tmp_path: Path) -> None:
    rng = random.Random(6)
    one = people(rng, 900)
    found = matched(tmp_path, rng, [list(one), list(one), list(one)])
    assert holds(found) and found["false"] <= 5 and found["recall"] >= .8


@pytest.mark.parametrize("count", [15, 60])
def test_one_event_with_few_rows_keeps_its_range(tmp_path: Path, count: int) -> None:
    rng = random.Random(7)
    found = matched(tmp_path, rng, two(rng, people(rng, count, days=1, families=20)))
    assert holds(found) and found["false"] == 0


def test_uncles_and_nephews_of_one_name_stay_two(tmp_path: Path) -> None:
    rng = random.Random(8)
    found = matched(tmp_path, rng, two(rng, people(rng, 1500, nephews=.4)))
    assert holds(found) and found["false"] <= 5


def test_lists_without_overlap_are_not_joined(tmp_path: Path) -> None:
    rng = random.Random(9)
    everybody = people(rng, 4000, days=400, nephews=.1)
    found = matched(tmp_path, rng, [everybody[::2], everybody[1::2]])
    assert holds(found) and found["false"] <= 1


def test_given_names_alone_bound_nobody_from_below(tmp_path: Path) -> None:
    rng = random.Random(10)
    found = matched(tmp_path, rng, two(rng, people(rng, 200)), columns=["given"])
    assert holds(found)


@pytest.mark.parametrize("columns", ["given age", "given family age", "given father family", "given family date",
                                     "given family place", "given place age", "given family age place"])
def test_few_columns_make_a_wide_range_and_not_a_wrong_one(tmp_path: Path, columns: str) -> None:
    """Misspelt names with little beside them: what no key finds, and what nothing tells apart, lowers the lower end."""
    rng = random.Random(12)
    found = matched(tmp_path, rng, two(rng, people(rng, 900)), columns=columns.split())
    assert holds(found) and found["false"] <= 1
