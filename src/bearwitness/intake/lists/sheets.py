"""Several sheets of one spreadsheet as one list: those that name people are read one after the other, the others are said.

Rows are numbered on through the sheets, in the order of the file; which numbers are which sheet stands in the notes.
"""
from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from bearwitness.errors import InputError
from bearwitness.intake.lists.grid import Grid
from bearwitness.model.roll import MEANINGS, Floats, Roll

Read = Callable[[Grid], tuple[Roll, int]]
"""A sheet as a list, and how many data rows it has."""


def together(grids: Sequence[Grid], best: Grid, read: Read) -> Roll:
    """One list. best: the sheet that must be readable. Raises InputError as reading it does."""
    found: list[tuple[str, Roll, int]] = []
    others: list[str] = []
    for grid in grids:
        try:
            roll, size = read(grid)
        except InputError:
            if grid is best:
                raise
            others.append(grid.sheet)
        else:
            found.append((grid.sheet, roll, size))
    whole = found[0][1] if len(found) == 1 else _joined(found)
    if others:
        names = ", ".join(map(repr, others))
        whole.notes.append(f"{len(others)} other sheets do not look like lists of people and were not read: {names}.")
    return whole


def _joined(parts: Sequence[tuple[str, Roll, int]]) -> Roll:
    rolls = [roll for _, roll, _ in parts]
    starts = np.cumsum([0, *(size for *_, size in parts)]).tolist()
    cells = {meaning: [cell for roll in rolls for cell in roll.of(meaning)] for meaning in MEANINGS
             if any(meaning in roll.cells for roll in rolls)}
    notes = [f"Rows {start + 1} to {start + size} are those of sheet {name!r}." for (name, _, size), start in
             zip(parts, starts, strict=False)]
    notes += [note if note.startswith("Sheet") else f"Sheet {name!r}: {note}"
              for name, roll, _ in parts for note in roll.notes]

    def end(name: str) -> Floats:
        return np.concatenate([getattr(roll, name) for roll in rolls])
    first = rolls[0]
    return Roll(first.name, np.concatenate([roll.rows + start for roll, start in zip(rolls, starts, strict=False)]), cells,
                [sex for roll in rolls for sex in roll.sex], end("age_low"), end("age_high"), end("day_low"),
                end("day_high"), [kind for roll in rolls for kind in roll.kind], end("group_low"), end("group_high"),
                first.columns, tuple(dict.fromkeys(heading for roll in rolls for heading in roll.unread)),
                [(row + start, why) for roll, start in zip(rolls, starts, strict=False) for row, why in roll.left_out],
                notes, first.definitions, first.statuses)
