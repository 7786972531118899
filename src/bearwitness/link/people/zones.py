"""Same, for a person to look at, or different: where each pair falls, and why not where its number alone would put it.

A pair is `same` from SAME on, `review` from LOOK on. Whatever the number, a pair is never `same` when nothing but names
agrees, when sex, given name or age plainly differ, or between two lists the family name, or when the two are known only
through a relative; when both rows stand in one list whose owner removed repeats; when the days lie more than WINDOW apart;
or when joining would make one person of two rows that were found, or judged, to be different. What people judged stands.
"""
from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from bearwitness.link.people.asked import all_agrees, days_apart
from bearwitness.link.people.columns import APART, Amount, Floats, Ints
from bearwitness.link.people.fields import AGE_EDGES, BY_NAME
from bearwitness.link.people.joint import labels
from bearwitness.link.people.learn import Model, Pairs
from bearwitness.link.people.table import Table

SAME, LOOK = 0.97, 0.05
WINDOW = 31.0         # [days]
LOOK_ODDS, SAME_ODDS = (math.log(chance / (1 - chance)) for chance in (LOOK, SAME))
COMMON = 0.5          # chance that two strangers agree in a field, above which agreement in it says nothing of anybody [1]
RIVALS = math.log(5)  # log odds by which a row must fit one of two others better to be taken for it
REPEATS = 0.05        # share of rows that repeat another, from which a list is not taken for de-duplicated [1]
DIFFERENT, REVIEW, ONE = 0, 1, 2
ZONES = ("different", "review", "same")
# Why a pair stands lower, or where it does for another reason than its number.
NOTES = ("", "only names agree", "both rows stand in one list, which looks free of repeats", "the days lie far apart",
         "joining them would join rows that differ", "a person judged: same", "a person judged: different",
         "a person judged: unsure", "known only through a relative", "sex, given name, family name or age differ",
         "the names agree and the days do not: dates far apart, or written wrongly",
         "nobody else of the other list fits: some of the name and the day agree",
         "by itself less sure: nobody else of the other list is left for it",
         "all that both rows say agrees; these lists do not tell how rare that is")
NAMES_ONLY, ONE_LIST, FAR_APART, WOULD_JOIN, JUDGED_SAME, JUDGED_DIFFERENT, JUDGED_UNSURE, KIN_ONLY, DIFFER, DAYS_APART, \
    LEFT_OVER, NOBODY_ELSE, ALL_AGREES = range(1, 14)
ASKED = (DAYS_APART, LEFT_OVER, ALL_AGREES)      # put to a person whatever the number
PLAINLY = {"sex": 1, "given": APART, "age": len(AGE_EDGES)}     # the level of plainly different; of ages, over ten years
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(slots=True)
class Zoned:
    """zone: index into ZONES per pair. note: index into NOTES. person: the lowest row of each row's person."""

    zone: Ints
    note: Ints
    person: Ints


def holds_repeats(table: Table, model: Model, declared: frozenset[str] = frozenset()) -> dict[str, float]:
    """Share of rows of each list that repeat another row of it, as estimated; 0 for a list declared free of repeats."""
    count = len(table.lists)
    found = {}
    for at, name in enumerate(table.lists):
        size = max(int(table.sizes[at]), 1)
        expected = float(model.numbers["same"][at * count + at]) - 0.5
        found[name] = 0.0 if name in declared else max(0.0, expected / size)
    return found


def cautions(table: Table, pairs: Pairs, odds: Floats, repeats: dict[str, float], declared: frozenset[str]) -> Ints:
    """The note of each pair that may not be joined by the program alone, 0 where it may. odds: logarithms, of each pair."""
    note = np.zeros(len(pairs), np.int8)
    if "day" in table.columns and isinstance(day := table.columns["day"], Amount):
        note[day.gap(pairs.left, pairs.right) > WINDOW] = FAR_APART
    inside = table.whose[pairs.left] == table.whose[pairs.right]
    clean = np.array([name in declared or (len(table.lists) > 1 and repeats[name] < REPEATS) for name in table.lists])
    note[inside & clean[table.whose[pairs.left]]] = ONE_LIST
    agrees = np.zeros(len(pairs), bool)
    for name, level in pairs.levels.items():
        chance = table.columns[name].unshared
        everybody = float(chance[:3 if len(chance) > 2 else 1].sum()) > COMMON      # one event: its day tells nobody apart
        if not BY_NAME[name].named and name not in ("sex", "province", "cause", "relation") and not everybody:
            agrees |= (level >= 0) & (level <= 2)
    note[~agrees & (note != ONE_LIST)] = NAMES_ONLY
    dates = days_apart(table, pairs) & (note != ONE_LIST) & ((odds < LOOK_ODDS) | (note > 0))
    note[dates] = DAYS_APART
    note[all_agrees(table, pairs) & (odds < LOOK_ODDS)] = ALL_AGREES
    for name, plain in PLAINLY.items():
        if name in pairs.levels:
            note[pairs.levels[name] == plain] = DIFFER
    if "family" in pairs.levels:      # inside one list it is misspelt rather, and weighs by its number
        note[(pairs.levels["family"] == APART) & ~inside & (note != DAYS_APART)] = DIFFER
    if "relative" in pairs.levels:
        note[pairs.levels["relative"] >= 0] = KIN_ONLY
    return note


def zones(count: int, left: Ints, right: Ints, probability: Floats, together: Flags, caution: Ints,
          judged: Ints, gain: Floats) -> Zoned:
    """Zones of pairs, and persons. judged: 0, or one of the JUDGED notes, per pair. gain: log odds that a pair owes to
    nobody else being left for it: nobody is joined unasked by elimination."""
    order = np.lexsort((right, left))
    left, right, probability, together = left[order], right[order], probability[order], together[order]
    caution, judged = caution[order], judged[order]
    alone = np.log(np.maximum(probability, 1e-300)) - np.log(np.maximum(1 - probability, 1e-12)) - gain[order]
    sure = (probability >= SAME) & (alone >= SAME_ODDS)
    asked = np.isin(caution, ASKED)
    zone = np.where((probability >= LOOK) | asked, REVIEW, DIFFERENT)
    free = (caution == 0) & (judged == 0)
    zone[free & together & sure] = ONE
    zone[judged == JUDGED_SAME], zone[judged == JUDGED_DIFFERENT], zone[judged == JUDGED_UNSURE] = ONE, DIFFERENT, REVIEW
    apart = (judged == JUDGED_DIFFERENT) | (judged == JUDGED_UNSURE) | (((caution > 0) | ~together) & (judged == 0))
    note = np.where(judged > 0, judged, np.where(((probability >= SAME) | asked) & (zone == REVIEW), caution, 0))
    note[free & together & (zone == REVIEW) & (probability >= SAME)] = NOBODY_ELSE
    person, refused = _persons(count, left, right, probability, zone == ONE, apart, judged == JUDGED_SAME,
                               apart & ((caution == ONE_LIST) | (judged > 0)))
    zone[refused], note[refused] = REVIEW, WOULD_JOIN
    implied = (person[left] == person[right]) & (zone != ONE)
    zone[implied] = ONE
    back = np.empty(len(order), np.int64)
    back[order] = np.arange(len(order))
    return Zoned(zone[back].astype(np.int8), note[back].astype(np.int8), person)


def _persons(count: int, left: Ints, right: Ints, probability: Floats, same: Flags, apart: Flags,
             judged: Flags, barred: Flags) -> tuple[Ints, Flags]:
    """Join the pairs that are the same; where that would join two rows kept apart, the surest pairs go first.

    barred: pairs kept apart for what no weighing of groups knows: by their list, or by a judgement. Of pairs with one or
    the other of such rows that are sure alike none is joined."""
    person = labels(count, left[same], right[same])
    broken = apart & (person[left] == person[right])
    refused = np.zeros(len(left), bool)
    if not broken.any():
        return person, refused
    troubled = np.isin(person, np.unique(person[left[broken]]))
    chosen = np.flatnonzero(same & troubled[left])
    person[troubled] = np.flatnonzero(troubled)
    enemies = _enemies(left, right, apart & troubled[left] & troubled[right])
    strict = _enemies(left, right, barred & troubled[left] & troubled[right])
    refused[_rivals(left, right, probability, chosen[~judged[chosen]], strict)] = True
    chosen = chosen[~refused[chosen]]
    members = {int(row): {int(row)} for row in np.flatnonzero(troubled)}
    for at in chosen[np.lexsort((right[chosen], left[chosen], -probability[chosen], ~judged[chosen]))]:
        a, b = int(person[left[at]]), int(person[right[at]])
        if a == b:
            continue
        if not judged[at] and any(enemies.get(row, set()) & members[b] for row in members[a]):
            refused[at] = True
            continue
        low, high = min(a, b), max(a, b)
        members[low] |= members.pop(high)
        for row in members[low]:
            person[row] = low
    return person, refused


def _enemies(left: Ints, right: Ints, which: Flags) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for a, b in zip(left[which].tolist(), right[which].tolist(), strict=True):
        found.setdefault(a, set()).add(b)
        found.setdefault(b, set()).add(a)
    return found


def _rivals(left: Ints, right: Ints, probability: Floats, chosen: Ints, enemies: dict[int, set[int]]) -> list[int]:
    """Pairs of a row with one of two others that are kept apart from each other and fit it about equally: nothing tells
    which of the two it is."""
    partners: dict[int, list[tuple[int, float, int]]] = {}
    weight = np.log(probability[chosen] / np.maximum(1 - probability[chosen], 1e-12))
    for at, a, b, odds in zip(chosen.tolist(), left[chosen].tolist(), right[chosen].tolist(), weight.tolist(), strict=True):
        partners.setdefault(a, []).append((b, odds, at))
        partners.setdefault(b, []).append((a, odds, at))
    found: set[int] = set()
    for mine in partners.values():
        for number, (one, odds, at) in enumerate(mine):
            for other, others, where in mine[number + 1:]:
                if other in enemies.get(one, ()) and abs(odds - others) < RIVALS:
                    found |= {at, where}
    return sorted(found)
