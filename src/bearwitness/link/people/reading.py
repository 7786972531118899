"""One delivered casualty list, read plainly into columns: what each column holds is told by its header.

CSV (separators and old encodings as elsewhere), CSV packed with gzip, and the first filled sheet of a workbook. The row
numbers count data rows from 1, the header not counted. Where a date reads two ways, the whole column decides, and where
it cannot, the date is a span that holds both. What a column was taken for stands in `columns`, for a person to see.
"""
from __future__ import annotations

import csv
import gzip
import io
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from bearwitness.errors import BadTable, UnreadableArrival
from bearwitness.intake.desk import Desk
from bearwitness.intake.text import decode
from bearwitness.intake.worker import parse_outside
from bearwitness.link.names.fold import fold
from bearwitness.link.people.columns import Floats
from bearwitness.model.cells import plain_digits
from bearwitness.rules import load

EPOCH = date(1970, 1, 1)
MOST = 1 << 31           # bytes of one list
_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ].*)?$")
_THREE = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$")
_WORDED = re.compile(r"^(\d{1,2})[- ]([A-Za-z]{3,9})\.?,?[- ](\d{4})$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBER = re.compile(r"^(\d{1,3})(?:\.0+)?$")
_SPAN = re.compile(r"^(\d{1,3})\s*(?:-|–|to|\.\.)\s*(\d{1,3})$")
_TENS = re.compile(r"^(\d)0'?s$")
_MONTHS_OLD = re.compile(r"^(\d{1,2})\s*(?:m|mo|months?|أشهر|شهر|اشهر|міс|мес)\b")
_TOTAL = re.compile(r"^(?:sub-?)?total\b|^المجموع|^مجموع|^الاجمالي|^разом|^усього|^всего|^итого|^جمع\b", re.IGNORECASE)


@dataclass(slots=True)
class Sheet:
    """A list: see `gather.List`. columns: header and meaning of each column used. left_out: rows that are no entry."""

    name: str
    rows: Any
    cells: dict[str, list[str]]
    sex: list[str]
    age_low: Floats
    age_high: Floats
    day_low: Floats
    day_high: Floats
    kind: list[str]
    columns: dict[str, str] = field(default_factory=dict)
    left_out: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@cache
def _headers() -> dict[str, str]:
    return {_word(word): meaning for meaning, words in load("people")["headers"].items() for word in words}


def _word(text: str) -> str:
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(fold(bare.replace("_", " ").replace("’", "'")).split())


def read_list(path: Path) -> Sheet:
    """Read one list. Raises UnreadableArrival or BadTable, with file and line."""
    head, rows = _table(path)
    meanings = _meanings(path.name, head)
    cells = {meaning: [row[at] if at < len(row) else "" for row in rows] for meaning, at in meanings.items()}
    numbers = np.arange(1, len(rows) + 1)
    total = np.array([bool(_TOTAL.match(next((cell.strip() for cell in row if cell.strip()), ""))) for row in rows], bool)
    kept = np.flatnonzero(~total)
    cells = {meaning: [column[at] for at in kept] for meaning, column in cells.items()}
    age = _ages(cells.get("age", [""] * len(kept)))
    day = _days(cells.get("date", [""] * len(kept)))
    sex = _sexes(cells.get("sex", [""] * len(kept)))
    return Sheet(path.name, numbers[kept], cells, sex, *age, *day, ["person"] * len(kept),
                 {head[at]: meaning for meaning, at in meanings.items()},
                 [(int(at) + 1, "a row of totals is no person") for at in np.flatnonzero(total)])


def _table(path: Path) -> tuple[list[str], list[list[str]]]:
    try:
        data = b"" if path.suffix.lower() in (".xlsx", ".xlsm") else path.read_bytes()
    except OSError as why:
        raise UnreadableArrival(f"this list cannot be opened ({why.strerror or why})", where=str(path),
                                fix="Give the path of a CSV or XLSX file.") from why
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        filled = [sheet["rows"] for sheet in parse_outside("xlsx", path)["sheets"]
                  if any(cell.strip() for row in sheet["rows"] for cell in row)]
        rows: list[list[str]] = filled[0] if filled else []
    else:
        rows = _separated(data, path)
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if len(rows) < 2:
        raise BadTable("this list has no rows", where=path.name,
                       fix="The first row names the columns; each further row is one person.")
    return rows[0], rows[1:]


def _separated(data: bytes, path: Path) -> list[list[str]]:
    if path.suffix.lower() == ".gz":
        with gzip.open(io.BytesIO(data)) as packed:
            data = packed.read(MOST)
    text = decode(data, path.name, Desk(), legacy=True)
    head = text[:text.find("\n")] if "\n" in text else text
    csv.field_size_limit(1 << 24)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count)))
    except csv.Error as why:
        raise UnreadableArrival(f"this is not a table ({why})", where=path.name, fix="Save it as CSV in UTF-8.") from why


def _meanings(file: str, head: list[str]) -> dict[str, int]:
    """Which column holds what. Raises BadTable when two columns claim one meaning, or none names people."""
    found: dict[str, int] = {}
    for at, title in enumerate(head):
        meaning = _headers().get(_word(title), "")
        if meaning and meaning in found:
            raise BadTable(f"two columns hold the {meaning}: {head[found[meaning]][:40]!r} and {title[:40]!r}",
                           where=f"{file}:1", fix="Rename the one that should not be used.")
        if meaning:
            found[meaning] = at
    if not {"name", "given", "name_local"} & set(found):
        raise BadTable(f"no column names people; the columns are {', '.join(title[:30] for title in head[:12])}",
                       where=f"{file}:1", fix="Call the column of names `name`, or `given`, `father` and `family`.")
    return found


def _ages(cells: list[str]) -> tuple[Floats, Floats]:
    known = {cell: _age(plain_digits(cell.strip())) for cell in set(cells)}
    spans = np.array([known[cell] for cell in cells], float).reshape(-1, 2)
    return spans[:, 0], spans[:, 1]


def _age(cell: str) -> tuple[float, float]:
    if found := _NUMBER.match(cell):
        return float(found[1]), float(found[1])
    if found := _SPAN.match(cell):
        return float(found[1]), float(found[2])
    if found := _TENS.match(cell):
        return float(found[1]) * 10, float(found[1]) * 10 + 9
    if _MONTHS_OLD.match(cell.lower()):
        return 0.0, 1.0
    for low, high, *words in load("people")["age"].values():
        if _word(cell) in {_word(word) for word in words}:
            return float(low), float(high)
    return float("nan"), float("nan")


def _sexes(cells: list[str]) -> list[str]:
    words = {_word(word): sex for sex, many in load("people")["sex"].items() for word in many}
    known = {cell: next((words[word] for word in (_word(cell).rstrip("."), *_word(cell).rstrip(".").split()[::-1])
                         if word in words), "") for cell in set(cells)}
    return [known[cell] for cell in cells]


def _days(cells: list[str]) -> tuple[Floats, Floats]:
    distinct = {cell: plain_digits(cell.strip()) for cell in set(cells)}
    both = [found.groups() for cell in distinct.values() if (found := _THREE.match(cell))]
    month_first = any(int(b) > 12 for _, b, _ in both)
    day_first = any(int(a) > 12 for a, _, _ in both)
    known = {cell: _day(plain, day_first, month_first) for cell, plain in distinct.items()}
    spans = np.array([known[cell] for cell in cells], float).reshape(-1, 2)
    return spans[:, 0], spans[:, 1]


def _day(cell: str, day_first: bool, month_first: bool) -> tuple[float, float]:
    """First and last day a cell may mean [days since 1970-01-01]; NaN where it means none."""
    try:
        if found := _ISO.match(cell):
            year, month = int(found[1]), int(found[2])
            if found[3]:
                return _one(year, month, int(found[3]))
            end = date(year + month // 12, month % 12 + 1, 1)
            return _one(year, month, 1)[0], float((end - EPOCH).days - 1)
        if found := _WORDED.match(cell):
            return _one(int(found[3]), _MONTHS.index(found[2][:3].lower()) + 1, int(found[1]))
        if found := _THREE.match(cell):
            a, b, year = int(found[1]), int(found[2]), int(found[3])
            if day_first == month_first and a <= 12 and b <= 12 and a != b:
                ends = sorted((_one(year, b, a)[0], _one(year, a, b)[0]))
                return ends[0], ends[1]
            return _one(year, a, b) if month_first and not day_first or b > 12 else _one(year, b, a)
    except ValueError:
        pass
    return float("nan"), float("nan")


def _one(year: int, month: int, day: int) -> tuple[float, float]:
    found = float((date(year, month, day) - EPOCH).days)
    return found, found
