"""A list of people as somebody delivered it, column by column, nothing dropped.

`cells` are the words as written; the arrays beside them are what could be read from them, NaN where nothing was said or
could be read. A column costs one list and no object for each row, so a list of a million rows fits a laptop.
Not done here: deciding who is who (`link.people`).
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

PERSON, KIN, UNIDENTIFIED, GROUP, TOTAL = "person", "kin", "unidentified", "group", "total"
KINDS = (PERSON, KIN, UNIDENTIFIED, GROUP, TOTAL)
"""A named person; somebody's wife or son without a name; a body without a name; several people in one row; a sum."""

MEANINGS = ("name", "name_local", "given", "father", "grandfather", "family", "kunya", "nickname", "sex", "age", "age_group",
            "birth", "date", "injured", "place", "province", "origin", "status", "cause", "kin", "incident", "id", "note")
"""What a column may mean. A mother's name is never read: she may be alive."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Column:
    """Why a column means what it means. at: its place, from 0. why: the word of the header, or what its cells look like."""

    meaning: str
    at: int
    header: str
    why: str


@dataclass(slots=True)
class Roll:
    """One list. name: of its file. rows: number of each data row, from 1, the header not counted, blank rows neither.

    cells: meaning -> the words of each row. sex: m, f or nothing. age_low, age_high: [years]. day_low, day_high: of death,
    [days since 1970-01-01]. kind: one of KINDS. group_low, group_high: how many people a row of kind `group` speaks of.
    left_out: (row, why) of rows that are no person. notes: what was guessed or found odd, in words. definitions: what the
    list itself means by a word (civilian, child, massacre), by word. statuses: what a person says its words for status mean.
    """

    name: str
    rows: npt.NDArray[np.int64]
    cells: dict[str, list[str]]
    sex: list[str]
    age_low: Floats
    age_high: Floats
    day_low: Floats
    day_high: Floats
    kind: list[str]
    group_low: Floats
    group_high: Floats
    columns: tuple[Column, ...] = ()
    unread: tuple[str, ...] = ()
    left_out: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    definitions: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def of(self, meaning: str) -> Sequence[str]:
        """The words of one column; empty words where the list does not have it."""
        return self.cells.get(meaning) or [""] * len(self)
