"""Pairs that are put to a person although their number is low: what a reader of lists would ask about.

Three kinds. All that two rows say agrees, and the lists are too short, or too much alike, to tell how rare that is. The
names agree, and the days do not: dates of death are copied wrongly (another year, the month before, day and month changed
over), so where no part of the names differs and the days lie up to WINDOW apart, or a slip explains them, or three parts
agree, the question is worth a look. And what is left over on one day: two rows that nobody in the other list fits better,
of whose names two words agree wherever they stand, or one and the very age. Of the first and the last only rows that at
most FITTING others fit so: where many do, none tells anything.

All are our own rules, the last two made from looking at links that researchers drew between two lists; they join nobody.
"""
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bearwitness.link.people.candidates import blocks, counted, within
from bearwitness.link.people.columns import APART, Amount, Floats, Ints, Text
from bearwitness.link.people.fields import FIELDS

if TYPE_CHECKING:
    from bearwitness.link.people.learn import Pairs
    from bearwitness.link.people.table import Table

NEAR, WINDOW = 2.0, 31.0       # [days] days that count as one; up to which a date is taken for a slip
FITTING = 2
_TINY = 40                     # rows of one day that share a word: above this a name is too common to ask about
_AGES = 4                      # level of ages from which two are told apart here (four years and more)
_NAMES = tuple(field.name for field in FIELDS if field.named and field.name != "relative")
_AMOUNTS = ("day", "age")                          # a day or a year apart is said alike here
_TELLING = ("day", "age", "born", "id")
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


def alike(pairs: Pairs) -> Ints:
    """How many parts of the names are the same, 0 where one differs, per pair."""
    said, differs = np.zeros(len(pairs), np.int8), np.zeros(len(pairs), bool)
    for name in _NAMES:
        if name in pairs.levels:
            said += pairs.levels[name] == 0
            differs |= pairs.levels[name] > 0
    return np.where(differs, 0, said)


def all_agrees(table: Table, pairs: Pairs) -> Flags:
    """Pairs of two lists whose names agree in two parts or more and that say nothing different, with a day, an age, a date
    of birth or a number among what they say."""
    found = (alike(pairs) > 1) & (table.whose[pairs.left] != table.whose[pairs.right])
    more = np.zeros(len(pairs), bool)
    for name, level in pairs.levels.items():
        if name not in _NAMES:
            found &= level <= (1 if name in _AMOUNTS else 0)
            more |= (level >= 0) & (name in _TELLING)
    found &= more
    times = np.bincount(np.concatenate([pairs.left[found], pairs.right[found]]), minlength=len(table))
    return np.asarray(found & (times[pairs.left] <= FITTING) & (times[pairs.right] <= FITTING))


def days_apart(table: Table, pairs: Pairs) -> Flags:
    """Pairs whose names agree and whose days do not, and may be one day written wrongly."""
    day = table.columns.get("day")
    if not isinstance(day, Amount):
        return np.zeros(len(pairs), bool)
    gap = day.gap(pairs.left, pairs.right)
    parts = alike(pairs)
    explained = (gap <= WINDOW) | (parts > 2) | slip(day.middle[pairs.left], day.middle[pairs.right])
    return np.asarray((parts > 1) & (gap > NEAR) & explained)


def slip(a: Ints, b: Ints) -> Flags:
    """Whether two dates [days since 1970-01-01] differ as slips of a pen do: by a year, by a month, by day and month changed
    over."""
    (year_a, month_a, day_a), (year_b, month_b, day_b) = _dates(a), _dates(b)
    year = (np.abs(year_a - year_b) == 1) & (month_a == month_b) & (day_a == day_b)
    month = (year_a == year_b) & (np.abs(month_a - month_b) == 1) & (day_a == day_b)
    turned = (year_a == year_b) & (month_a == day_b) & (day_a == month_b)
    return np.asarray(year | month | turned)


def _dates(days: Ints) -> tuple[Ints, Ints, Ints]:
    dates = days.astype("datetime64[D]")
    years, months = dates.astype("datetime64[Y]"), dates.astype("datetime64[M]")
    return (years.astype(np.int64), (months - years).astype(np.int64) + 1, (dates - months).astype(np.int64) + 1)


def left_over(table: Table, pairs: Pairs, odds: Floats) -> tuple[Ints, Ints]:
    """Rows of two lists, low first, that nobody of the other list fits better, and that share a day and some of a name."""
    left, right, words = _one_day(table, pairs, odds)
    if not left.size:
        return left, right
    fits = _fits(table, left, right, words)
    left, right = left[fits], right[fits]
    times = np.bincount(np.concatenate([left, right]), minlength=len(table))
    few = (times[left] <= FITTING) & (times[right] <= FITTING)
    return left[few], right[few]


def _one_day(table: Table, pairs: Pairs, odds: Floats) -> tuple[Ints, Ints, Ints]:
    """Free rows of two lists on one day that share a word of a name; and how many words they share."""
    none = np.zeros(0, np.int32)
    day = table.columns.get("day")
    if len(table.lists) < 2 or not isinstance(day, Amount):
        return none, none, none
    free = (day.low == day.high)
    likely = (odds > 0) & (table.whose[pairs.left] != table.whose[pairs.right])
    free[pairs.left[likely]] = free[pairs.right[likely]] = False
    rows, words = _words(table, np.flatnonzero(free))
    key = day.middle[rows] * (int(words.max(initial=0)) + 1) + words
    order = np.lexsort((rows, key))
    starts, sizes = blocks(key[order])
    tiny = sizes <= _TINY
    both, times = counted(within(rows[order], starts[tiny], sizes[tiny], len(table)))
    left, right = (both // len(table)).astype(np.int32), (both % len(table)).astype(np.int32)
    across = table.whose[left] != table.whose[right]
    return left[across], right[across], times[across]


def _words(table: Table, rows: Ints) -> tuple[Ints, Ints]:
    """Each row with each consonant skeleton of its names, once."""
    found = []
    for name in _NAMES:
        column = table.columns.get(name)
        if isinstance(column, Text):
            for code in (column.code, column.other):
                if code is not None:
                    said = rows[code[rows] > 0]
                    found.append((said, column.vocabulary.classes[code[said]]))
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    every, word = (np.concatenate(parts).astype(np.int64) for parts in zip(*found, strict=True))
    size = int(word.max(initial=0)) + 1
    once = np.unique(every * size + word)
    return once // size, once % size


def _fits(table: Table, left: Ints, right: Ints, words: Ints) -> Flags:
    """Whether nothing speaks against a question, and enough for it. Father or family alike in their places speak of kin."""
    def level(name: str) -> Ints:
        column = table.columns.get(name)
        return column.levels(left, right) if column is not None else np.full(len(left), -1, np.int8)
    given, age, place = level("given"), level("age"), level("place")
    contrary = (level("sex") == 1) | (level("incident") == 1) | (level("province") == 1) | (place == APART)
    contrary |= (age >= _AGES) | _like(level("family"))
    two = _like(given) & (words > 1)
    one = (age == 0) & ~_like(level("father"))
    return np.asarray(~contrary & (two | one))


def _like(level: Ints) -> Flags:
    return np.asarray((level >= 0) & (level < APART))

