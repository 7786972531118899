"""Made-up casualty lists with known truth, for tests: whole worlds of people, and sheets that report them.

    world("arabic", 1000, sheets=3, seed=7)            persons, and sheets whose rows know whom they mean
    one_list("persian", rows=5000, seed=1)             a single sheet that reports some persons again
    write(made, folder)                                CSV files, `truth.csv` (list,row,person,kind) beside them

What is in them: families killed together (father, family, place and day shared by different people), parents with their
children, "Wife of X", unidentified bodies, sheets that copy one another with their slips, several habits of spelling and
script, slips of the hand, damage of PDF extraction, ages as words, dates in many forms (one of them Hijri), rows of totals
and of whole families. Everything follows from the seed. Nobody in them ever lived; where the names and their weights come
from stands in `list_names.py`. The rates are chosen, not measured.
"""

from __future__ import annotations

import csv
import datetime
import itertools
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.list_names import MEN, PLACES, WOMEN, families
from tests.list_rows import Writer, header
from tests.list_style import Person, Style, style

CULTURES = ("arabic", "kurdish", "persian", "ukrainian", "latin")
START = datetime.date(2014, 1, 5)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One list as delivered. people[k]: the person of row k, -1 where the row is nobody in particular (totals, families).

    kinds[k]: person | kin | unidentified | group | total. copied[k]: the row was taken over from another sheet.
    """

    name: str
    style: Style
    header: tuple[str, ...]
    rows: list[tuple[str, ...]]
    people: list[int]
    kinds: list[str]
    copied: list[bool] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class World:
    """persons: who died. sheets: who reported whom."""

    culture: str
    persons: list[Person]
    sheets: list[Sheet]

    @property
    def listed(self) -> set[int]:
        """Persons that at least one row means, placeholders and bodies included."""
        return {person for sheet in self.sheets for person in sheet.people if person >= 0}

    def pairs(self, kinds: Sequence[str] = ("person",)) -> set[tuple[tuple[int, int], tuple[int, int]]]:
        """Pairs of rows, each (sheet, row from 0), that mean one person; only rows of these kinds."""
        rows: dict[int, list[tuple[int, int]]] = {}
        for s, sheet in enumerate(self.sheets):
            for r, (person, kind) in enumerate(zip(sheet.people, sheet.kinds, strict=True)):
                if person >= 0 and kind in kinds:
                    rows.setdefault(person, []).append((s, r))
        return {pair for same in rows.values() for pair in itertools.combinations(same, 2)}


class _Zipf:
    """Draws from an ordered list: the k-th with weight 1 / k ** exponent."""

    def __init__(self, values: Sequence[str], exponent: float) -> None:
        self.values = list(values)
        self.weights = list(itertools.accumulate(1 / (k + 1) ** exponent for k in range(len(values))))

    def draw(self, rng: random.Random) -> str:
        return rng.choices(self.values, cum_weights=self.weights)[0]


def people(culture: str, count: int, seed: int, together: float = 0.4, days: int = 1500) -> list[Person]:
    """Persons, `together` of them killed with brothers, sisters and parents."""
    rng = random.Random(f"people {culture} {count} {seed}")
    men, women = _Zipf(MEN[culture], 0.8), _Zipf(WOMEN[culture], 0.8)
    houses, places = _Zipf(families(culture), 0.6), _Zipf(PLACES[culture], 0.7)
    found: list[Person] = []
    event = 0
    while len(found) < count:
        event += 1
        day = START + datetime.timedelta(days=rng.randrange(days))
        house, father, grandfather, place = houses.draw(rng), men.draw(rng), men.draw(rng), places.draw(rng)
        if rng.random() < together / 2.2:
            found += _household(rng, len(found), event, day, house, father, grandfather, place, men, women)
        else:
            sex = "m" if rng.random() < 0.72 else "f"
            given = (men if sex == "m" else women).draw(rng)
            found.append(Person(len(found), sex, given, father, grandfather, house, _age(rng), day, place, event))
    return [replace(person, number=k) for k, person in enumerate(found[:count])]


def _age(rng: random.Random) -> float:
    years = min(95.0, rng.gammavariate(2.4, 12))
    return round(years, 2) if years < 1 else float(int(years))


def _household(
    rng: random.Random,
    number: int,
    event: int,
    day: datetime.date,
    house: str,
    father: str,
    grandfather: str,
    place: str,
    men: _Zipf,
    women: _Zipf,
) -> list[Person]:
    """Brothers and sisters (no two of one name), sometimes with father and mother."""
    found: list[Person] = []
    used: set[str] = set()
    for _ in range(rng.randint(2, 6)):
        sex = rng.choice("mf")
        given = (men if sex == "m" else women).draw(rng)
        if given in used:
            continue
        used.add(given)
        age = round(rng.random(), 2) if rng.random() < 0.06 else float(rng.randint(1, 30))
        found.append(Person(number, sex, given, father, grandfather, house, age, day, place, event))
    if rng.random() < 0.5 and father != grandfather:
        age = float(rng.randint(32, 65))
        found.append(Person(number, "m", father, grandfather, men.draw(rng), house, age, day, place, event))
    mother = women.draw(rng)
    if rng.random() < 0.4 and mother not in used:
        age = float(rng.randint(28, 60))
        found.append(Person(number, "f", mother, men.draw(rng), men.draw(rng), house, age, day, place, event))
    return found


def world(
    culture: str,
    people_count: int = 1000,
    sheets: int = 3,
    seed: int = 1,
    *,
    noise: float = 1.0,
    together: float = 0.4,
    coverage: tuple[float, float] = (0.3, 0.8),
    copying: float = 0.3,
) -> World:
    """Persons and the sheets that report them. noise: 0 clean, 1 as drawn, more is worse. copying: share that copy."""
    rng = random.Random(f"world {culture} {people_count} {sheets} {seed}")
    persons = people(culture, people_count, seed, together)
    made: list[Sheet] = []
    for index in range(sheets):
        name, how = f"{'ABCDEFGH'[index % 8]}{index // 8 or ''}.csv", style(culture, rng, index, noise)
        source = rng.choice(made) if made and rng.random() < copying else None
        if source:  # who copies keeps the columns and the script of what is copied
            own, how = how, source.style
            how = replace(how, slips=own.slips, kin=own.kin, unidentified=own.unidentified, totals=own.totals, again=0.0)
        made.append(_sheet(culture, persons, how, name, rng, rng.uniform(*coverage)))
        if source:
            _copy(made[-1], source, rng)
    return World(culture, persons, made)


def one_list(
    culture: str, rows: int = 1000, seed: int = 1, *, noise: float = 1.0, again: float = 0.3, together: float = 0.4
) -> World:
    """A single sheet in which `again` of the rows report a person a second time, in the same script."""
    rng = random.Random(f"one {culture} {rows} {seed}")
    persons = people(culture, int(rows * (1 - again)), seed, together)
    how = replace(style(culture, rng, 0, noise), again=again / (1 - again), totals=False, groups=0.0)
    return World(culture, persons, [_sheet(culture, persons, how, "list.csv", rng, 1.0)])


def _sheet(culture: str, persons: list[Person], how: Style, name: str, rng: random.Random, coverage: float) -> Sheet:
    writer = Writer(culture, how, rng)
    seen: dict[int, bool] = {}
    chosen: list[Person] = []
    for person in persons:  # a list hears of an event or not; inside it of most people
        heard = seen.setdefault(person.event, rng.random() < coverage**0.5)
        if heard and rng.random() < coverage**0.5:
            chosen.append(person)
    chosen += [rng.choice(chosen) for _ in range(int(len(chosen) * how.again))] if chosen else []
    rng.shuffle(chosen)
    sheet = Sheet(name, how, header(culture, how), [], [], [])
    for person in chosen:
        row, kind = writer.row(person)
        _put(sheet, row, person.number, kind)
    _extras(sheet, chosen, writer.write, rng)
    return sheet


def _put(sheet: Sheet, row: tuple[str, ...], person: int, kind: str, copied: bool = False) -> None:
    sheet.rows.append(row)
    sheet.people.append(person)
    sheet.kinds.append(kind)
    sheet.copied.append(copied)


def _extras(sheet: Sheet, chosen: list[Person], write: Callable[[str], str], rng: random.Random) -> None:
    """Rows that are no person: a family in one cell, a total at the end."""
    empty = [""] * (len(sheet.header) - 1)
    for person in rng.sample(chosen, int(len(chosen) * sheet.style.groups)):
        count = rng.randint(2, 8)
        word = (
            f"عائلة {write(person.family)} {count} أشخاص"
            if sheet.style.script == "native"
            else f"Family of {write(person.family)} ({count} people)"
        )
        _put(sheet, (word, *empty), -1, "group")
    if sheet.style.totals:
        word = "المجموع" if sheet.style.script == "native" else "Всього" if sheet.style.script == "cyrillic" else "Total"
        _put(sheet, (word, *empty[1:], str(len(chosen))), -1, "total")


def _copy(sheet: Sheet, other: Sheet, rng: random.Random) -> None:
    """Rows of another sheet taken over with their slips."""
    there = set(sheet.people)
    for row, person, kind in zip(other.rows, other.people, other.kinds, strict=True):
        if person >= 0 and person not in there and rng.random() < 0.4:
            _put(sheet, row, person, kind, copied=True)


def write(made: World, folder: Path) -> list[Path]:
    """CSV files of the sheets, and truth.csv: list,row (from 1, header not counted),person (empty: nobody),kind."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    with (folder / "truth.csv").open("w", newline="", encoding="utf-8") as target:
        truth = csv.writer(target)
        truth.writerow(("list", "row", "person", "kind"))
        for sheet in made.sheets:
            paths.append(folder / sheet.name)
            with paths[-1].open("w", newline="", encoding="utf-8") as out:
                csv.writer(out).writerows([sheet.header, *sheet.rows])
            truth.writerows(
                (sheet.name, row, person if person >= 0 else "", kind)
                for row, (person, kind) in enumerate(zip(sheet.people, sheet.kinds, strict=True), 1)
            )
    return paths
