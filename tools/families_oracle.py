"""The best that anybody could do on the lists of `families.py`: pairs weighed by the very law that made them.

It is told what no user knows: every rate of people and damage, and with `names` the names that were drawn and their shares
(without, they are judged by how often the list writes them and how the generator spells). From that follows the chance of
every way to sort rows into people: one row of each is their first report, the others are damaged reports of it; people of
one father, family name, day and place are an event of one to six. Rows that cannot be reports of one another are taken
apart first; inside a piece every choice of first reports is weighed, so that groups are weighed whole.

`loose` is a reader who knows the rates alone: any one letter may be left out, put in, exchanged or written for another, ages
may be off by up to five years and days by two, and a first report may leave cells out as others do (in the generator it
never does, and that tells which row is one). That reader still knows that names in first reports are spelled right.

Left out: the number of people is not known but expected (Poisson), and so are the sizes of events. Without `names`, each
name's share is taken as if it were certain. Pieces with more than 14 rows that may be first reports are thinned by their
weakest ties (none of the lists here needs it; how many were is told).
"""

from __future__ import annotations

import csv
import datetime
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import families_law as law
from families_pieces import Piece, events, pieces

NAMED = ("given", "father", "family", "place")
POOL = {"given": "given", "father": "given", "family": "family", "place": "place"}
TOLD = 1e-4        # pairs less likely than this are not told
Array = np.ndarray


@dataclass(frozen=True, slots=True)
class Roll:
    """A list. code: per name column, index into words; -1 empty. age, sex: -1 empty; sex 0 m, 1 f. day: ordinal.

    blank: share of cells left out, of further reports; of all rows for a reader who does not know who was first (blind).
    like: per row itself, or another row of its family, place and day that names the father where this one does not."""

    words: dict[str, list[str]]
    code: dict[str, Array]
    age: Array
    day: Array
    sex: Array
    blank: dict[str, float]
    like: Array
    blind: bool

    def __len__(self) -> int:
        return len(self.age)


@dataclass(frozen=True, slots=True)
class Weighed:
    """pair: low * rows + high of every pair worth telling; chance: that it is one person. people: expected number; spread:
    its standard deviation. thinned: pieces in which weak ties were cut. whole: per row, chance to be the undamaged one."""

    pair: Array
    chance: Array
    people: float
    spread: float
    thinned: int
    whole: Array


def read(folder: Path, loose: bool) -> Roll:
    with (folder / "list.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    words, code = {}, {}
    for name in NAMED:
        words[name] = sorted({row[name] for row in rows if row[name]})
        number = {word: at for at, word in enumerate(words[name])} | {"": -1}
        code[name] = np.array([number[row[name]] for row in rows])
    blank, like = dict(law.BLANK), np.arange(len(rows))
    if loose:
        blank = {name: sum(not row[name] for row in rows) / len(rows) for name in blank}
        named = {(row["family"], row["place"], row["date"]): at for at, row in enumerate(rows) if row["father"]}
        like = np.array([at if row["father"] else named.get((row["family"], row["place"], row["date"]), at)
                         for at, row in enumerate(rows)])
    return Roll(words, code, np.array([int(row["age"] or -1) for row in rows]),
                np.array([datetime.date.fromisoformat(row["date"]).toordinal() for row in rows]),
                np.array([{"m": 0, "f": 1, "": -1}[row["sex"]] for row in rows]), blank, like, loose)


def slips(words: list[str], rate: float, loose: bool) -> tuple[Array, Array]:
    """Which words of a vocabulary may be written for which, as true * len + written, ascending; and the chance of it."""
    number = {word: at for at, word in enumerate(words)}
    found: dict[int, float] = {}
    for true, word in enumerate(words):
        for written, chance in law.typo(word, loose).items():
            if (at := number.get(written)) is not None:
                found[true * len(words) + at] = rate * chance
        same = true * len(words) + true
        found[same] = found.get(same, 0.0) + 1 - rate
    key = np.array(sorted(found), np.int64)
    return key, np.array([found[at] for at in key.tolist()])


def ties(roll: Roll, loose: bool) -> tuple[Array, Array, Array]:
    """(true row, report, chance that a report of the one reads as the other does), wherever that is not nothing."""
    whole = np.flatnonzero(complete(roll))
    relation = {name: slips(roll.words[name], law.SLIP[name], loose) for name in NAMED}
    size, key = len(roll.words["given"]), relation["given"][0]
    span = int(roll.day.max()) + 10
    # rows in order of (given name, day); for each true row, name it may be written with, and day: a run of reports
    place = roll.code["given"] * span + roll.day
    order = np.argsort(place, kind="stable")
    starts = np.searchsorted(key, roll.code["given"][whole] * size)
    many = np.searchsorted(key, (roll.code["given"][whole] + 1) * size) - starts
    true = np.repeat(whole, many)
    written = key[np.repeat(starts, many) + np.arange(len(true)) - np.repeat(np.cumsum(many) - many, many)] % size
    left, right = [], []
    for step in law.day_damage(loose):
        wanted = written * span + roll.day[true] + step
        first, last = (np.searchsorted(place[order], wanted, side) for side in ("left", "right"))
        runs = last - first
        left.append(np.repeat(true, runs))
        right.append(order[np.repeat(first, runs) + np.arange(runs.sum()) - np.repeat(np.cumsum(runs) - runs, runs)])
    a, b = np.concatenate(left), np.concatenate(right)
    a, b = a[a != b], b[a != b]
    chance = damage(roll, a, b, relation, loose)
    kept = chance > 0
    return a[kept], b[kept], chance[kept]


def damage(roll: Roll, a: Array, b: Array, relation: dict[str, tuple[Array, Array]], loose: bool) -> Array:
    """Chance that a report of row a reads as row b does. relation: of words, from `slips`."""
    chance = np.ones(len(a))
    for name in NAMED:
        factor = np.zeros(len(a))
        true, (key, value) = roll.code[name][roll.like[a] if name == "father" else a], relation[name]
        wanted = true * len(roll.words[name]) + roll.code[name][b]
        at = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
        said = roll.code[name][b] >= 0
        factor[said] = np.where(key[at] == wanted, value[at], 0.0)[said]
        if name == "father":
            usual = np.bincount(roll.code[name] + 1)[roll.code[name][b] + 1] / len(roll)
            factor = np.where(true < 0, usual, factor)
            factor = np.where(said, factor * (1 - roll.blank[name]), roll.blank[name])
        chance *= factor
    usual = law.age_law()[np.maximum(roll.age[b], 0)]
    age = np.where(roll.age[a] < 0, usual, law.age_damage(loose)[np.maximum(roll.age[a], 0), np.maximum(roll.age[b], 0)])
    chance *= np.where(roll.age[b] >= 0, age * (1 - roll.blank["age"]), roll.blank["age"])
    alike = np.where(roll.sex[a] < 0, np.where(roll.sex[b] == 0, law.MAN, 1 - law.MAN), roll.sex[a] == roll.sex[b])
    chance *= np.where(roll.sex[b] < 0, roll.blank["sex"], alike * (1 - roll.blank["sex"]))
    days = law.day_damage(loose)
    return chance * np.select([roll.day[b] - roll.day[a] == step for step in days], list(days.values()), 0.0)


def told_shares(roll: Roll, drawn: dict[str, dict[str, float]]) -> dict[str, Array]:
    """Per column, the share of each row's name among those drawn; 0: nobody bears it."""
    return {name: np.array([*(drawn[POOL[name]].get(word, 0.0) for word in roll.words[name]), 0.0])[roll.code[name]]
            for name in NAMED}


def guessed_shares(roll: Roll, syllables: frozenset[str], whole: Array, loose: bool) -> dict[str, Array]:
    """Per column, the share of each row's name as far as the list tells it. whole: chance that a row is undamaged.

    How often a name stands elsewhere comes from its own share of a pool, or from slips for other names; how likely it was
    ever drawn, from its spelling.
    """
    _, event, members = np.unique(np.stack([roll.code["father"], roll.code["family"], roll.code["place"], roll.day]), axis=1,
                                  return_inverse=True, return_counts=True)
    out = {}
    for name in NAMED:
        many, longest, exponent = law.POOLS[POOL[name]]
        spread = np.ones(len(roll)) if name == "given" else 1 / np.bincount(event.ravel(), whole)[event.ravel()].clip(1)
        own = whole * spread
        code, size = roll.code[name], len(roll.words[name])
        here = np.bincount(code[code >= 0], own[code >= 0], size)
        key, value = slips(roll.words[name], law.SLIP[name], loose)
        true, written = key // size, key % size
        moved = true != written
        hurt = np.bincount(code[code >= 0], 1 - whole[code >= 0], size).sum() / max(here.sum(), 1)
        strange = np.bincount(written[moved], (here * hurt)[true[moved]] * value[moved], size)
        prior = np.minimum(1.0, many * law.spelled(roll.words[name], syllables, longest))
        share = law.zipf(many, exponent)
        elsewhere = np.maximum(here[code] - own, 0.0)
        out[name] = _share(share, own.sum(), elsewhere, strange[code], prior[code])
        out[name][code < 0] = 0.0
    return out


def _share(share: Array, total: float, elsewhere: Array, strange: Array, prior: Array) -> Array:
    """Expected share of a name that stands `elsewhere` times, where slips explain `strange` of them."""
    bins = np.geomspace(share.min() * 0.99, share.max() * 1.01, 60)     # shares that are nearly alike, taken together
    which = np.digitize(share, bins)
    weight = np.bincount(which, minlength=62) / len(share)
    centre = np.bincount(which, share, 62) / np.maximum(np.bincount(which, minlength=62), 1)
    weight, centre = weight[weight > 0], centre[weight > 0]
    rate = total * centre + strange[:, None]
    n, noise = elsewhere[:, None], strange + 1e-9
    bearing = n * np.log(rate) - rate
    unborne = elsewhere * np.log(noise) - noise
    most = np.maximum(bearing.max(axis=1), unborne)
    bearing, unborne = weight * np.exp(bearing - most[:, None]), (1 - prior) * np.exp(unborne - most)
    return np.asarray(prior * (bearing @ centre) / np.maximum(prior * bearing.sum(axis=1) + unborne, 1e-300))


def weigh(roll: Roll, shares: dict[str, Array], found: tuple[Array, Array, Array]) -> Weighed:
    """Every pair's chance to be one person. shares: of each row's name, per column. found: from `ties`."""
    rows, many = len(roll), int(0.7 * len(roll))
    alone, common = as_people(roll, shares)
    whole = complete(roll) & np.isfinite(alone) & (common > 0)
    father = roll.code["father"][roll.like]
    shared = np.stack([father, roll.code["family"], roll.code["place"], roll.day])
    event = np.unique(shared, axis=1, return_inverse=True)[1].ravel()
    kept = whole[found[0]]
    true, report, chance = found[0][kept], found[1][kept], found[2][kept] * (rows - many) / many
    label, thinned = pieces(rows, whole, event, true, report, chance, alone + np.log(np.maximum(common, 1e-300)))
    inner = label[true] == label[report]
    true, report, chance = true[inner], report[inner], chance[inner]
    must = np.bincount(report, minlength=rows) == 0     # nothing it could be a report of
    pair, told, undamaged = [np.zeros(0, np.int64)], [np.zeros(0)], np.ones(rows)
    people, variance, place = 0.0, 0.0, np.zeros(rows, np.int64)
    for members, lines in by_label(label, label[true]):
        if len(members) == 1:
            people += 1
            continue
        place[members] = np.arange(len(members))
        matrix = np.zeros((len(members),) * 2)
        matrix[place[report[lines]], place[true[lines]]] = chance[lines]
        names, of = np.unique(event[members], return_inverse=True)
        crowd = np.array([events(many, float(common[members[of == at][0]])) for at in range(len(names))])
        piece = Piece(members, np.flatnonzero(whole[members] & ~must[members]), np.flatnonzero(must[members]), matrix,
                      alone[members], of, crowd)
        chances, mean, spread, undamaged[members] = piece.weigh()
        people, variance = people + mean, variance + spread
        a, b = np.nonzero(np.triu(chances, 1) > TOLD)
        pair.append(members[a] * rows + members[b])
        told.append(chances[a, b])
    return Weighed(np.concatenate(pair), np.concatenate(told), people, math.sqrt(variance), thinned, undamaged)


def complete(roll: Roll) -> Array:
    """Rows that may be somebody's first report: those with nothing left out; all, for a reader who does not know that."""
    return np.asarray((roll.code["father"] >= 0) & (roll.age >= 0) & (roll.sex >= 0)) | roll.blind


def as_people(roll: Roll, shares: dict[str, Array]) -> tuple[Array, Array]:
    """Log chance of each row's given name, age and sex; and the chance of its father, family name, place and day."""
    age = law.age_law()[np.maximum(roll.age, 0)]
    sex = np.where(roll.sex == 0, law.MAN, 1 - law.MAN)
    father = np.where(roll.code["father"][roll.like] < 0, 1.0, shares["father"][roll.like])
    chance = shares["given"].copy()
    for name, here, said in (("age", age, roll.age >= 0), ("sex", sex, roll.sex >= 0),
                             ("father", 1.0, roll.code["father"] >= 0)):
        left_out = roll.blank[name] if roll.blind else 0.0
        chance *= np.where(said, here * (1 - left_out), left_out if roll.blind else 1.0)
    with np.errstate(divide="ignore"):
        return np.log(chance), father * shares["family"] * shares["place"] / law.DAYS


def by_label(label: Array, of_tie: Array) -> Iterator[tuple[Array, Array]]:
    """For each label from 0 on: the rows that bear it, ascending, and the ties that do."""
    order, ties_of = np.argsort(label, kind="stable"), np.argsort(of_tie, kind="stable")
    every = np.arange(int(label.max()) + 2)
    first, tie = np.searchsorted(label[order], every), np.searchsorted(of_tie[ties_of], every)
    for at in range(len(every) - 1):
        yield order[first[at]:first[at + 1]], ties_of[tie[at]:tie[at + 1]]


def best(folder: Path, tool: Path, seed: int, *, names: bool = False, loose: bool = False) -> Weighed:
    """A list weighed. names: told the names that were drawn, and their shares; else they are guessed from the list."""
    roll = read(folder, loose)
    found = ties(roll, loose)
    if names:
        return weigh(roll, told_shares(roll, law.pools(tool, seed)), found)
    syllables = frozenset(law.load(tool).SYLLABLES)
    whole = np.where(complete(roll), 0.7 if loose else 0.9, 0.0)
    for _ in range(3):
        weighed = weigh(roll, guessed_shares(roll, syllables, whole, loose), found)
        whole = weighed.whole
    return weighed
