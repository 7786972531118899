"""Whom a kin placeholder may be: "Wife of X" in one list, and the named women of X's family in another.

Nobody is joined by this, and no question is asked: names are missing. But the two may be one person, so the lower end of
a range may not count both. Two rows meet here when they stand in different lists, their days are at most two apart, their
places and sexes do not differ, and a word of the relative's name is the father's or the family name of the other.
"""
from __future__ import annotations

import numpy as np

from bearwitness.link.names.sounds import skeleton
from bearwitness.link.people.columns import Amount, Choice, Ints, Text
from bearwitness.link.people.table import Table

_NEAR = 2             # [days]
_FEMALE = ("wife", "mother", "daughter", "sister", "widow", "grandmother", "granddaughter", "aunt", "niece")
_MALE = ("husband", "father", "son", "brother", "grandfather", "grandson", "uncle", "nephew")


def possible(table: Table) -> tuple[Ints, Ints]:
    """Pairs of rows (kin placeholder, named person) that may be one person, int32."""
    relative, day = table.columns.get("relative"), table.columns.get("day")
    none = np.zeros(0, np.int32)
    if not isinstance(relative, Text) or not isinstance(day, Amount):
        return none, none
    kin = np.flatnonzero(relative.code > 0)
    on_day: dict[int, list[int]] = {}
    middle = day.middle
    for row in np.flatnonzero((relative.code == 0) & (middle >= 0)).tolist():
        on_day.setdefault(int(middle[row]), []).append(row)
    left, right = [], []
    for row in kin.tolist():
        keys = {skeleton(word) for word in str(relative.vocabulary.words[relative.code[row]]).split()}
        near = [other for shift in range(-_NEAR, _NEAR + 1) for other in on_day.get(int(middle[row]) + shift, [])
                if middle[row] >= 0 and table.whose[other] != table.whose[row]]
        for other in near:
            if _may_be(table, row, other, keys):
                left.append(row)
                right.append(other)
    return np.array(left, np.int32), np.array(right, np.int32)


def _may_be(table: Table, kin: int, named: int, keys: set[str]) -> bool:
    family = {_skeleton(table.columns.get(name), named) for name in ("father", "family", "grandfather")} - {""}
    if not keys & family:
        return False
    place = table.columns.get("place")
    at = np.array([kin]), np.array([named])
    if isinstance(place, Text) and int(place.levels(*at)[0]) > 2:
        return False
    relation, sex = table.columns.get("relation"), table.columns.get("sex")
    if isinstance(relation, Choice) and isinstance(sex, Choice) and relation.code[kin] >= 0 and sex.code[named] >= 0:
        said, is_sex = relation.names[relation.code[kin]].split()[0], sex.names[sex.code[named]]
        return not (said in _FEMALE and is_sex == "m" or said in _MALE and is_sex == "f")
    return True


def _skeleton(column: object, row: int) -> str:
    if not isinstance(column, Text) or not column.code[row]:
        return ""
    return str(column.vocabulary.skeletons[column.code[row]])
