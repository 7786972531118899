"""From a table in a file to histories of people on lists; nothing is guessed that could be read in two ways.

Three shapes: a column of 0/1 for each list and one column of counts; one row for each person, with a column of 0/1
for each list; or two columns `person, list`, as in `persons.csv` of `match people`. A blank cell is not a 0. Bodies without
a name (u1, u2 ... there) could not be linked: they would all look like people of one list only, and are left out.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bearwitness.errors import BadTable, UnreadableArrival
from bearwitness.intake import cells
from bearwitness.intake.desk import Desk
from bearwitness.intake.names import shown
from bearwitness.intake.table import name_of
from bearwitness.intake.text import LIMITS, decode
from bearwitness.intake.worker import parse_outside
from bearwitness.reason.unseen.histories import Histories

COUNTS = frozenset(("count", "counts", "n", "freq", "frequency", "frequencies", "number", "num", "total", "cases",
                    "observed", "people", "killed", "deaths"))
MARKS = frozenset(("", "id", "person", "person_id", "row", "nr", "no", "key", "record"))
INCIDENTS = frozenset(("incident", "incident_id", "event", "event_id", "strike"))
MATCHED, UNNAMED = ["person", "list", "row"], re.compile(r"u\d+")
YES, NO = frozenset(("yes", "true", "y", "t")), frozenset(("no", "false", "f"))
MOST = 8      # lists: 255 patterns; beyond, the bootstrap alone takes minutes
_MEND = "Nothing was estimated. Mend the cell and run the command again."


@dataclass(frozen=True)
class Read:
    """table: what was read. incident: the one incident all rows name, where a column says so."""

    table: Histories
    incident: str = ""


@dataclass(frozen=True)
class _Columns:
    lists: dict[str, int]
    count: int | None
    incident: int | None


def read_table(path: Path, count: str = "") -> Read:
    """The histories in a CSV or XLSX file. count: the name of the column of counts, where the file leaves a doubt.

    Raises BadTable with file and line, UnreadableArrival for a file no reader understands.
    """
    file, rows = shown(path.name), list(_rows(path))
    if not rows:
        raise BadTable("this file has no rows", where=file, fix="The first row names the lists; one column may be a count.")
    line, head = rows[0]
    if len(rows) == 1:
        raise BadTable("no row stands under the header", where=f"{file}:{line}", fix=_MEND)
    names = [name_of(cell) for cell in head]
    for row_line, row in rows[1:]:
        if len(row) != len(head):
            raise BadTable(f"this row has {len(row)} cells, the header has {len(head)}", where=f"{file}:{row_line}",
                           fix=_MEND)
    if "person" in names and "list" in names:
        return Read(_by_person(file, rows[1:], names))
    columns = _columns(file, line, head, rows[1:], count)
    return _patterns(file, rows[1:], columns)


def _rows(path: Path) -> Iterator[cells.Row]:
    """Rows with text in them, and their lines."""
    desk = Desk()
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        found: Iterator[cells.Row] = iter(_sheet(path))
    else:
        try:
            data = path.read_bytes()
        except OSError as why:
            raise UnreadableArrival(f"this file cannot be opened ({why.strerror or why})", where=shown(str(path)),
                                    fix="Give the path of a table: a column for each list, and a count.") from why
        if len(data) > LIMITS[".csv"]:
            raise UnreadableArrival("this file is larger than 64 MiB", where=shown(path.name), fix=_MEND)
        text = decode(data, path.name, desk, legacy=True)
        head = next((line for line in text.split("\n") if line.strip() and not line.startswith("#")), "")
        found = cells.rows(text, max(",;\t", key=head.count), path.name, desk)
    for line, row in found:
        if any(cell.strip() for cell in row) and not row[0].lstrip().startswith("#"):
            yield line, [cell.strip() for cell in row]
    if desk.problems:
        first = desk.problems[0]
        raise BadTable(first.message, where=first.where, fix=first.fix)


def _sheet(path: Path) -> list[cells.Row]:
    book = parse_outside("xlsx", path)
    sheets = [sheet for sheet in book["sheets"] if any(cell.strip() for row in sheet["rows"] for cell in row)]
    if len(sheets) != 1:
        raise BadTable(f"this file has {len(sheets)} sheets with text in them", where=shown(path.name),
                       fix="Leave one sheet in the file, or save the one that is meant as CSV.")
    return list(enumerate(sheets[0]["rows"], 1))


def _columns(file: str, line: int, head: list[str], rows: list[cells.Row], count: str) -> _Columns:
    """What each column is: a list, the count, or a mark that is not used."""
    where, names = f"{file}:{line}", [name_of(cell) for cell in head]
    if all(_bit(cell) is not None or _whole(cell) is not None for cell in head):
        raise BadTable("the first row holds numbers and no names of lists", where=where,
                       fix="Put a row above it that names each list, and the column of counts.")
    for name in names:
        if name and names.count(name) > 1:
            raise BadTable(f"the column {shown(name)!r} stands in the header twice", where=where, fix="Rename one of them.")
    others = [at for at in range(len(head)) if any(_bit(row[at]) is None for _, row in rows)]
    number = _count_column(file, line, head, others, rows, count)
    incident = next((at for at, name in enumerate(names) if name in INCIDENTS and at in others and at != number), None)
    lists = {}
    for at, name in enumerate(head):
        if at == number or at == incident or names[at] in MARKS and at in others or not names[at]:
            continue
        if at in others:
            bad_line, bad = next((at_line, row[at]) for at_line, row in rows if _bit(row[at]) is None)
            what = "is blank" if not bad else f"holds {shown(bad)!r}"
            raise BadTable(f"the column {shown(name)!r} {what}; a list holds 0 or 1", where=f"{file}:{bad_line}",
                           fix="Write 1 for named by this list, 0 for not; or --count NAME for the column of counts.")
        lists[name] = at
    if len(lists) > MOST:
        raise BadTable(f"this table has {len(lists)} lists; at most {MOST} are read", where=where,
                       fix="Join lists that go back to one source into one column.")
    return _Columns(lists, number, incident)


def _count_column(file: str, line: int, head: list[str], others: list[int], rows: list[cells.Row], count: str) -> int | None:
    where, names = f"{file}:{line}", [name_of(cell) for cell in head]
    if count:
        if name_of(count) not in names:
            raise BadTable(f"there is no column {shown(count)!r}", where=where,
                           fix="Its columns: " + ", ".join(map(shown, head)))
        return names.index(name_of(count))
    named = [at for at, name in enumerate(names) if name in COUNTS]
    real = [at for at in named if at in others] or named
    if not real:
        real = [at for at in others if names[at] not in MARKS | INCIDENTS and all(_number(row[at]) for _, row in rows)]
    if len(real) > 1:
        told = " and ".join(shown(head[at]) for at in real)
        raise BadTable(f"two columns could hold the count: {told}", where=where,
                       fix=f"Say which: --count {shown(head[real[0]])}; take the other out of the table.")
    return real[0] if real else None


def _patterns(file: str, rows: list[cells.Row], columns: _Columns) -> Read:
    counts: dict[int, int] = {}
    notes: list[str] = []
    twice, blank = 0, 0
    for line, row in rows:
        pattern = sum(1 << j for j, at in enumerate(columns.lists.values()) if _bit(row[at]))
        people = 1 if columns.count is None else _people(f"{file}:{line}", row[columns.count], pattern)
        if not pattern and people:
            raise BadTable(f"this row counts {people:,} people on no list", where=f"{file}:{line}",
                           fix="Take the row out: who stands on no list was not observed, and is what would be estimated.")
        if not pattern or not people:
            blank += 1
            continue
        twice += pattern in counts and columns.count is not None
        counts[pattern] = counts.get(pattern, 0) + people
    if twice:
        notes.append(f"{twice} row(s) repeat a pattern of lists; their counts were added to it")
    if blank:
        notes.append(f"{blank} row(s) count nobody")
    incidents = {row[columns.incident] for _, row in rows} if columns.incident is not None else set()
    return Read(_used(tuple(columns.lists), counts, notes), incidents.pop() if len(incidents) == 1 else "")


def _people(where: str, cell: str, pattern: int) -> int:
    """A count. Raises BadTable for what is no whole number from 0."""
    if not cell and not pattern:
        return 0
    whole = _whole(cell)
    if whole is None:
        what = "is blank" if not cell else f"{shown(cell)!r} is no whole number"
        raise BadTable(f"the count {what}", where=where,
                       fix="Write how many people stand on exactly these lists; 0 for nobody.")
    if whole < 0:
        raise BadTable(f"the count {whole} is below zero", where=where, fix=_MEND)
    return whole


def _by_person(file: str, rows: list[cells.Row], names: list[str]) -> Histories:
    """Histories of rows that each say: this person stands on this list."""
    person, on = names.index("person"), names.index("list")
    lists = {name: j for j, name in enumerate(sorted({row[on] for _, row in rows if row[on]}))}
    patterns: dict[str, int] = {}
    unnamed = 0
    for line, row in rows:
        if not row[person] or not row[on]:
            raise BadTable(f"the {'person' if not row[person] else 'list'} is blank", where=f"{file}:{line}", fix=_MEND)
        if names == MATCHED and UNNAMED.fullmatch(row[person]):
            unnamed += 1
            continue
        patterns[row[person]] = patterns.get(row[person], 0) | 1 << lists[row[on]]
    if len(lists) > MOST:
        raise BadTable(f"this table has {len(lists)} lists; at most {MOST} are read", where=file,
                       fix="Join lists that go back to one source under one name.")
    counts: dict[int, int] = {}
    for pattern in patterns.values():
        counts[pattern] = counts.get(pattern, 0) + 1
    notes = ["the table does not say of which incidents its people are; if of one alone, no estimate stands (--incident)"]
    if unnamed:
        notes.append(f"{unnamed} row(s) of people without a name were left out: nobody knows whether other lists have them")
    return _used(tuple(lists), counts, notes)


def _used(lists: tuple[str, ...], counts: dict[int, int], notes: list[str]) -> Histories:
    """The table without lists that name nobody."""
    table = Histories(lists, dict(sorted(counts.items())), tuple(notes))
    for j in reversed(range(len(lists))):
        if not table.on(j):
            said = f"the list {shown(lists[j])} names nobody and was left out"
            table = table.without(j)
            table = Histories(table.lists, table.counts, (*table.notes, said))
    return table


def _bit(cell: str) -> bool | None:
    """Named (True) or not (False) by a list; None for anything else."""
    plain = cell.casefold()
    if plain in YES or plain in NO:
        return plain in YES
    whole = _whole(cell)
    return bool(whole) if whole in (0, 1) else None


def _whole(cell: str) -> int | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return int(value) if value == value and abs(value) < 2**53 and value == int(value) else None


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
