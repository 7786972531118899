"""Dates of birth held against each other part by part: a slip of the pen leaves two parts of three as they were.

A date is a string of digits: a year alone, or year, month and day; dates with the day first are turned. What is neither is
held against others digit by digit.
"""
from __future__ import annotations

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bearwitness.link.people.columns import APART, Ints, Vocabulary

SLIP, PART, YEAR = 1, 2, 3      # levels: a digit or the order of day and month; one part of three; only the year is said
_FIRST, _LAST = 1850, 2100      # years of birth


class Dates(Vocabulary):
    """Dates of birth of one column, as digits."""

    def __init__(self, forms: set[str]) -> None:
        super().__init__(forms)
        parts = np.array([_parts(word) for word in self.listed], np.int64)
        self.year, self.month, self.day = parts[:, 0], parts[:, 1], parts[:, 2]

    def _between(self, a: Ints, b: Ints, out: Ints) -> None:
        slips = process.cpdist(self.words[a], self.words[b], scorer=OSA.distance, score_cutoff=2, dtype=np.int8)
        year, month, day = self.year[a] == self.year[b], self.month[a] == self.month[b], self.day[a] == self.day[b]
        known = (self.year[a] > 0) & (self.year[b] > 0)
        whole = known & (self.day[a] > 0) & (self.day[b] > 0)
        turned = (self.month[a] == self.day[b]) & (self.day[a] == self.month[b])
        level = np.full(len(a), APART, np.int8)
        level[known & ~whole & year] = YEAR
        level[(whole | ~known) & (slips == 2)] = PART
        level[whole & (year.astype(np.int8) + month + day == 2)] = PART
        level[(whole & year & turned) | (slips == 1) & (whole | ~known)] = SLIP
        level[(a == b) | (whole & year & month & day)] = 0
        out[:] = level


def _parts(word: str) -> tuple[int, int, int]:
    """Year, month, day; 0 for what is not said."""
    if len(word) == 4 and _FIRST <= int(word) <= _LAST:
        return int(word), 0, 0
    if len(word) != 8:
        return 0, 0, 0
    if _FIRST <= int(word[:4]) <= _LAST:
        return int(word[:4]), int(word[4:6]), int(word[6:])
    return (int(word[4:]), int(word[2:4]), int(word[:2])) if _FIRST <= int(word[4:]) <= _LAST else (0, 0, 0)
