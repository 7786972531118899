"""Reading one list: rows to columns, columns to what they say. What is no person is left out by number and reason."""
from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

import numpy as np

from bearwitness.errors import InputError
from bearwitness.intake.lists import headings, values
from bearwitness.intake.lists.grid import Grid, read_grids
from bearwitness.intake.lists.sheets import together
from bearwitness.intake.lists.told import Told, read_told
from bearwitness.intake.lists.words import plain, says_nothing
from bearwitness.model.roll import GROUP, MEANINGS, PERSON, Column, Floats, Roll

SAMPLE = 1000


def read_roll(path: Path, told: Told | None = None) -> Roll:
    """A casualty list. told: what columns.toml says of it; by default that of the folder it lies in.

    Raises InputError for a list without a usable column, UnreadableArrival for one that cannot be read.
    """
    path = Path(path)
    collects = gc.isenabled()
    gc.disable()          # a million lists of cells hold no circles, and looking for some takes as long as reading them
    try:
        return _read(path, told)
    finally:
        if collects:
            gc.enable()


def _read(path: Path, told: Told | None) -> Roll:
    told = read_told(path.parent, path.name) if told is None else told
    grids = read_grids(path)
    grids = [grid for grid in grids if grid.rows]
    if not grids:
        raise InputError("This list has no rows.", where=path.name, fix="Is it the right file? Nothing was read.")
    best = max(grids, key=lambda grid: (len(headings.find_headings(grid.rows)[1]) > 0, len(grid.rows)))
    return together(grids, best, lambda grid: _roll(path.name, grid, told, strict=grid is not best))


def _roll(name: str, grid: Grid, told: Told, strict: bool) -> tuple[Roll, int]:
    """The list in a grid, and how many data rows it has. strict: only with headings that name people."""
    before, head = headings.find_headings(grid.rows)
    if strict and not any(headings.meaning_of(heading)[0] in headings.NAMES for heading in head):
        raise InputError("This sheet names nobody.", where=name)
    if told.columns and not head:
        before, head = 1, list(grid.rows[0])
    data = grid.rows[before:]
    notes = [*grid.notes]
    if parts := headings.dated_by_parts(head):
        head, data = _with_dates(head, data, parts)
        notes.append("Year, month and day stand in three columns; they are read as one date.")
    sample = data[:SAMPLE]
    columns = headings.columns(head, sample, told.columns, name) if head else headings.by_content(sample)
    columns = _by_content_too(columns, sample, head, told)
    if not any(column.meaning in headings.NAMES for column in columns):
        raise InputError("No column of this list could be read as names of people. Nothing was read.", where=name,
                         fix="Say in columns.toml, beside the list, which column holds them; if nobody in it has a name, "
                             "add a column `name` and leave it empty. Its columns: "
                             + (", ".join(repr(each) for each in head if each) or "without headings"))
    columns = _family_beside_given(columns, sample)
    if not head:
        notes.append("The list has no headings; its columns were told by what they hold.")
    notes += headings.rivals(head, columns, told.columns)
    number, cells, left = _people(data, columns)
    longer = [at for at, row in enumerate(data, 1) if len(row) > len(head)] if head else []
    notes += [f"{len(longer)} rows have more cells than there are headings, the first in row {longer[0]}: is a separator "
              "missing its quotes there?"] if longer else []
    unread = tuple(heading for at, heading in enumerate(head) if heading and at not in {column.at for column in columns})
    return _typed(name, number, cells, tuple(columns), unread, left, notes, told), len(data)


def _with_dates(head: list[str], data: list[list[str]], parts: tuple[int, int, int]) -> tuple[list[str], list[list[str]]]:
    """A column of dates after the others, made of three."""
    out = []
    for row in data:
        cells = [*row, *[""] * (len(head) - len(row))]
        year, month, day = (cells[at].strip() for at in parts)
        date = f"{day} {month} {year}" if month and not month.isdigit() else "-".join(filter(None, (year, month, day)))
        out.append([*cells[:len(head)], date if year else "", *cells[len(head):]])
    return [*(heading if at not in parts else "" for at, heading in enumerate(head)), "date"], out


def _by_content_too(columns: list[Column], sample: list[list[str]], head: list[str], told: Told) -> list[Column]:
    """Names, dates and sexes that no heading announces, where one column alone looks like them."""
    taken, known = {column.at for column in columns}, {column.meaning for column in columns}
    ignored = {plain(heading) for heading in told.columns}
    free = [at for at, heading in enumerate(head) if at not in taken and plain(heading) not in ignored]
    found: dict[str, list[Column]] = {}
    for at in free:
        for one in headings.by_content([[row[at]] for row in sample if at < len(row)]):
            found.setdefault(one.meaning, []).append(Column(one.meaning, at, head[at], one.why))
    named = not known.isdisjoint(headings.NAMES)
    for meaning, candidates in found.items():
        unsaid = [one for one in candidates if not headings.meaning_of(one.header)[0]]
        if meaning == "name" and not named:
            columns = [*columns, candidates[0]]
        elif meaning in ("date", "sex") and meaning not in known and len(unsaid) == 1:
            columns = [*columns, unsaid[0]]
    return sorted(columns, key=lambda one: one.at)


def _family_beside_given(columns: list[Column], sample: list[list[str]]) -> list[Column]:
    """"Nom" beside "Prénom" is the family name: a column `name` of single words where given names have their own."""
    by_meaning = {column.meaning: column for column in columns}
    whole = by_meaning.get("name")
    if whole is None or "given" not in by_meaning or "family" in by_meaning:
        return columns
    cells = [row[whole.at] for row in sample if whole.at < len(row) and row[whole.at].strip()]
    if sum(len(cell.split()) > 1 for cell in cells) * 2 > len(cells):
        return columns
    other = Column("family", whole.at, whole.header, whole.why + ", beside a column of given names")
    return [other if column is whole else column for column in columns]


def _people(data: list[list[str]], columns: list[Column]) -> tuple[list[int], dict[str, list[str]], list[tuple[int, str]]]:
    """Numbers of the rows that may be people, their cells by meaning, and what is left out with why."""
    widths = set(map(len, data))
    width = max([*widths, *(column.at + 1 for column in columns)])
    if widths - {width}:
        data = [[*row, *[""] * (width - len(row))] for row in data]
    every = list(zip(*data, strict=True)) or [()] * width
    words = list(map(set, every))
    left = {at: "a sum of other rows, not a person" for at in headings.totals(data, every, words)}
    cells: dict[str, list[str]] = {}
    blank = all(any(not cell.strip() for cell in words[column.at]) for column in columns)
    silent = set(range(len(data))) if blank else set()
    for column in columns:
        bare = {cell: cell.strip() for cell in words[column.at]}           # one text for equal cells: it saves much memory
        cells[column.meaning] = list(map(bare.__getitem__, every[column.at]))
        silent = {at for at in silent if not cells[column.meaning][at]}
    left |= {at: "nothing in any column that is read" for at in silent - left.keys()}
    kept = [at for at in range(len(data)) if at not in left]
    if left:
        cells = {meaning: [column[at] for at in kept] for meaning, column in cells.items()}
    return [at + 1 for at in kept], cells, [(at + 1, left[at]) for at in sorted(left)]


def _typed(name: str, number: list[int], cells: dict[str, list[str]], columns: tuple[Column, ...], unread: tuple[str, ...],
           left: list[tuple[int, str]], notes: list[str], told: Told) -> Roll:
    size = len(number)
    order, matters = values.order_of(list(dict.fromkeys(cells.get("date", ()))))
    order = told.date_order or order
    if not order and matters:
        notes.append("Question: are its dates day/month or month/day? Both readings are kept as a span. Say it in "
                     'columns.toml: date_order = "dmy" or "mdy".')
    day_low, day_high = _spans(cells.get("date"), lambda cell: values.day(cell, order), size)
    unread_dates = _unread(cells.get("date"), day_low)
    if unread_dates:
        notes.append(f"{len(unread_dates)} dates could not be read, the first in row {number[unread_dates[0]]}.")
    age_low, age_high = _ages(cells, size, notes)
    sexes = {cell: values.sex(cell) for cell in set(cells.get("sex", ()))}
    sex = [sexes[cell] for cell in cells["sex"]] if "sex" in cells else [""] * size
    kind, low, high = _groups(cells, size)
    notes += [f"{kind.count(GROUP)} rows name several people at once; they are kept apart from named people."] \
        if GROUP in kind else []
    if told.incident:
        cells["incident"] = [cell or told.incident for cell in cells.get("incident", [""] * size)]
        notes.append(f"columns.toml says that the whole list is of the incident {told.incident}.")
    kept = {key: cells[key] for key in MEANINGS if key in cells}
    return Roll(name, np.array(number, np.int64), kept, sex, age_low, age_high, day_low, day_high, kind, low, high, columns,
                unread, left, notes, dict(told.definitions), dict(told.statuses))


def _spans(column: list[str] | None, read: Callable[[str], tuple[float | None, float | None] | None], size: int
           ) -> tuple[Floats, Floats]:
    """Low and high of each cell; each distinct cell is read once."""
    if column is None:
        return np.full(size, np.nan), np.full(size, np.nan)
    known = {cell: read(cell) or (None, None) for cell in set(column)}
    nan = float("nan")
    said = {cell: span if None not in span else (nan, nan) for cell, span in known.items()}
    low, high = ({cell: span[side] for cell, span in said.items()} for side in (0, 1))
    return tuple(np.fromiter(map(end.__getitem__, column), np.float64, size) for end in (low, high))  # type: ignore[return-value]


def _unread(column: list[str] | None, low: Floats) -> list[int]:
    return [at for at in np.flatnonzero(np.isnan(low)).tolist() if column and not says_nothing(column[at])]


def _ages(cells: dict[str, list[str]], size: int, notes: list[str]) -> tuple[Floats, Floats]:
    low, high = _spans(cells.get("age"), values.age, size)
    zero = np.array([cell.strip() in ("0", "٠", "۰") for cell in cells.get("age", [])] or [False] * size, bool)
    many = int(zero.sum())
    if many > 5 and many * 10 > np.count_nonzero(~np.isnan(low)):
        low[zero], high[zero] = np.nan, np.nan
        notes.append(f"{many} ages are 0, more than can be infants: read as not known.")
    for other in ("age_group", "sex"):
        if other in cells:
            more_low, more_high = _spans(cells[other], values.age, size)
            gap = np.isnan(low)
            low[gap], high[gap] = more_low[gap], more_high[gap]
    return low, high


def _groups(cells: dict[str, list[str]], size: int) -> tuple[list[str], Floats, Floats]:
    """Kinds of row, and how many people the groups among them speak of. Who is kin or unnamed: `link.names`."""
    kind, low, high = [PERSON] * size, np.full(size, np.nan), np.full(size, np.nan)
    for column in ("name", "given", "name_local"):
        found = {cell: values.group(cell) for cell in set(cells.get(column, ()))}
        for at, cell in enumerate(cells.get(column, ())):
            if (span := found[cell]) and kind[at] == PERSON:
                kind[at], low[at], high[at] = GROUP, span[0], span[1]
    return kind, low, high
