"""How the small case is broken: what was done, to which file, and where the fault must be found."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from tests.intake.small_case import FILES

Changes = dict[str, "str | bytes | None"]


@dataclass(frozen=True)
class Broken:
    """name: what is wrong. file, line: where it must be found; line 0 for a fault of a whole file."""

    name: str
    changes: Changes
    file: str
    line: int = 0


def table(file: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(FILES[file])))


def as_csv(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def with_cells(file: str, line: int, **cells: str) -> str:
    """The table with some cells of one line replaced; a column that is not there is added. `in_` is `in`."""
    rows = table(file)
    for column, value in cells.items():
        column = column.rstrip("_")
        if column not in rows[0]:
            for number, row in enumerate(rows):
                row.append("" if number else column)
        row = rows[line - 1]
        row.extend([""] * (len(rows[0]) - len(row)))
        row[rows[0].index(column)] = value
    return as_csv(rows)


def replaced(file: str, old: str, new: str) -> str:
    if FILES[file].count(old) < 1:
        raise ValueError(f"{old!r} is not in {file}")
    return FILES[file].replace(old, new, 1)


def line_of(file: str, part: str, text: str = "") -> int:
    return next(n for n, line in enumerate((text or FILES[file]).split("\n"), 1) if part in line)


FIRST_ROW = {
    "sources.csv": 3,
    "documents.csv": 2,
    "incidents.csv": 2,
    "tolls.csv": 2,
    "assertions.csv": 2,
    "searches.csv": 2,
    "replies.csv": 2,
}
