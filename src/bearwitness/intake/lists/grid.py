"""From a file to rows of cells: CSV, spreadsheets, JSON; what a spreadsheet hides is read, and said.

Nothing is dropped: every sheet with text is looked at, one is chosen by what its headings say, the others are named.
Spreadsheets are parsed in another process, within limits. A formula without a value is its text.
"""
from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from bearwitness.errors import InputError, UnreadableArrival
from bearwitness.intake.desk import Desk
from bearwitness.intake.text import decode
from bearwitness.intake.worker import Limits, parse_outside

MAX_BYTES = 2 * 2**30
MAX_CELL = 100_000
"""Longest cell [characters]; a longer one is no cell of a casualty list."""
_SHEETS = Limits(memory=3 * 2**30, seconds=120, wall=240, input=256 * 2**20, output=512 * 2**20)


@dataclass(slots=True)
class Grid:
    """Rows of cells. lines: the line of each in a spreadsheet. hidden: lines it does not show. notes: in words.

    Rows between others are kept though they are blank, so that the number of a row is what a person counts.
    """

    lines: list[int]
    rows: list[list[str]]
    hidden: set[int] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    sheet: str = ""


def read_grids(path: Path) -> list[Grid]:
    """The tables of a file. Raises UnreadableArrival for what cannot be read, and for a cell that is none."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableArrival("This list is larger than 2 GiB. It was left as it is.", where=path.name,
                                    fix="Split it into parts.")
    except OSError as why:
        raise UnreadableArrival(f"This list cannot be read: {why.strerror or why}.", where=str(path)) from why
    ending = path.name.lower().removesuffix(".gz").rpartition(".")[2]
    if ending in ("xlsx", "xls", "ods", "xlsb", "xlsm"):
        return _spreadsheet(path)
    data = _bytes(path)
    return [_json(data, path.name)] if ending == "json" else [_csv(data, path.name)]


def _bytes(path: Path) -> bytes:
    try:
        if not path.name.lower().endswith(".gz"):
            return path.read_bytes()
        with gzip.open(path) as packed:
            data = packed.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as why:
        raise UnreadableArrival(f"This list cannot be read: {why}.", where=path.name) from why
    if len(data) > MAX_BYTES:
        raise UnreadableArrival("This list is larger than 2 GiB. It was left as it is.", where=path.name)
    return data


def _csv(data: bytes, name: str) -> Grid:
    desk = Desk()
    text = decode(data, name, desk, legacy=True)
    csv.field_size_limit(MAX_CELL)
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    lines: list[int] = []
    rows: list[list[str]] = []
    try:
        for row in reader:
            if row:
                lines.append(reader.line_num)
                rows.append(row)
    except csv.Error as why:
        message = f"a cell has more than {MAX_CELL} characters, or a quote that never closes" \
            if "field larger" in str(why) else str(why)
        raise UnreadableArrival(f"This list cannot be read: {message}. It was left as it is.",
                                where=f"{name}:{reader.line_num}", fix="Mend the cell at that line.") from why
    return Grid([], rows, notes=[f"Question: {question.text}" for question in desk.questions])


def _separator(text: str) -> str:
    """The separator that parts the first lines most evenly."""
    head = [line for line in text[:65536].split("\n")[:20] if line.strip()] or [""]
    scored = [(min(line.count(mark) for line in head[:-1] or head), head[0].count(mark), mark) for mark in ",;\t|"]
    even = max(scored)
    return even[2] if even[:2] > (0, 0) else max(",;\t|", key="".join(head).count)


def _json(data: bytes, name: str) -> Grid:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as why:
        raise UnreadableArrival(f"This is not JSON: {why}.", where=name) from why
    if isinstance(found, dict):
        found = next((value for value in found.values() if isinstance(value, list)), [])
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise InputError("A list in JSON is an array of objects, one for each person.", where=name)
    keys = list(dict.fromkeys(key for row in found for key in row))
    rows = [[_spell(row.get(key)) for key in keys] for row in found]
    if any(len(cell) > MAX_CELL for row in rows for cell in row):
        raise UnreadableArrival(f"A cell has more than {MAX_CELL} characters. The list was left as it is.", where=name)
    return Grid(list(range(len(rows) + 1)), [keys, *rows])


def _spell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _spreadsheet(path: Path) -> list[Grid]:
    book = parse_outside("grid", path, limits=_SHEETS)
    grids = []
    for sheet in book["sheets"]:
        said = [at for at, row in enumerate(sheet["rows"], 1) if any(cell.strip() for cell in row)]
        if not said:
            continue
        said = [at for at, row in enumerate(sheet["rows"], 1) if any(cell.strip() for cell in row)]
        if not said:
            continue
        filled = [(at, row) for at, row in enumerate(sheet["rows"], 1) if said[0] <= at <= said[-1]]
        hidden = set(sheet["hidden"]) & {at for at, _ in filled}
        notes = [f"Sheet {sheet['name']!r} is hidden in the file; it was read."] if not sheet["shown"] else []
        notes += [f"{len(hidden)} hidden rows of sheet {sheet['name']!r} were read: they count like the others."] if hidden \
            else []
        notes += [f"{len(sheet['spans'])} groups of cells are merged; each was filled into all its cells."] \
            if sheet["spans"] else []
        notes += [f"Cell {sheet['errors'][0]} holds a spreadsheet error, and is read as blank."] if sheet["errors"] else []
        if any(len(cell) > MAX_CELL for _, row in filled for cell in row):
            raise UnreadableArrival(f"A cell has more than {MAX_CELL} characters. The list was left as it is.",
                                    where=f"{path.name}, sheet {sheet['name']}")
        grids.append(Grid([at for at, _ in filled], [_spread(sheet, at, row) for at, row in filled], hidden, notes,
                          str(sheet["name"])))
    return grids


def _spread(sheet: dict[str, list[list[int]]], at: int, row: list[str]) -> list[str]:
    """A row with merged cells filled: each cell of a span shows what its first one says."""
    for top, left, bottom, right in sheet["spans"]:
        if top <= at <= bottom and bottom - top < 1000:
            first: list[str] = sheet["rows"][top - 1]                  # type: ignore[assignment]
            value = first[left] if left < len(first) else ""
            row = [value if left <= place <= right and not cell else cell for place, cell in enumerate(row)]
    return row
