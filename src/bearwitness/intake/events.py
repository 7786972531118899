"""Event databases of others: Airwars, UCDP GED, ACLED, Bellingcat's civilian harm. Every row becomes an event.

Which column is which is data (rules/events/*.toml); a map is chosen by the headers that only that database has. A cell
that cannot be read is named in the event's `faults`, and the event is kept: a row that vanished would change a sum.
What it does not do: correct anything. A longitude of 4239 stays out of the map and in the faults.
"""
from __future__ import annotations

import csv
import gzip
import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bearwitness.errors import BadTable, UnreadableArrival
from bearwitness.intake.event_row import read_event
from bearwitness.model.event import EventTable
from bearwitness.rules import known, load

LARGEST = 1 << 30       # bytes after unpacking: a table larger than this is refused
LONGEST_CELL = 4 << 20  # characters


def read_events(path: Path, database: str = "") -> EventTable:
    """The events of a file: .csv, .csv.gz or .json.

    database: the map to use (a name in rules/events); found by the headers when empty.
    Raises UnreadableArrival where the file is none of these, BadTable where no map fits.
    """
    header, rows = rows_of(path)
    name = database or _map_for(header, path.name)
    rules: dict[str, Any] = load(f"events/{name}")
    events = tuple(read_event(number, dict(zip(header, cells, strict=False)), rules) for number, cells in enumerate(rows, 1))
    source = rules["speaker"]
    return EventTable(rules["title"], (source["id"], source["name"], source["kind"]), path.name, len(events), events,
                      tuple(_twice(event.id for event in events)))


def _twice(ids: Iterator[str]) -> Iterator[str]:
    for ref, times in Counter(ids).items():
        if times > 1:
            yield f"the id {ref or '(empty)'} is used {times} times: these are counted as {times} events, and may be one"


def _map_for(header: list[str], file: str) -> str:
    maps = [name for name in known("events") if "recognise" in load(f"events/{name}")]
    fitting = [name for name in maps if set(load(f"events/{name}")["recognise"]) <= set(header)]
    if not fitting:
        raise BadTable("This table is not an event database that is known here.", where=file,
                       fix=f"Known: {', '.join(maps)}. A map of columns is a file in rules/events.")
    return max(fitting, key=lambda name: len(load(f"events/{name}")["recognise"]))


def rows_of(path: Path) -> tuple[list[str], Iterator[list[str]]]:
    """Header and rows of a CSV, a gzipped CSV, or a JSON list of objects; every cell as text."""
    data = _bytes(path)
    if path.name.removesuffix(".gz").endswith(".json") or data[:1] in (b"[", b"{"):
        return _json_rows(data, path.name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        raise UnreadableArrival("The table is not UTF-8 text.", where=path.name, fix="Save it again as UTF-8.") from why
    csv.field_size_limit(LONGEST_CELL)
    try:
        first, _, _ = text.partition("\n")
        separator = max(",;\t", key=first.count)
        rows = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
        header = [cell.strip() for cell in next(rows, [])]
        return header, _checked(rows, len(header), path.name)
    except csv.Error as why:
        raise BadTable(f"The table cannot be read: {why}.", where=path.name) from why


def _checked(rows: Iterator[list[str]], width: int, file: str) -> Iterator[list[str]]:
    number = 0
    try:
        for number, cells in enumerate(rows, 1):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != width:
                raise BadTable(f"This row has {len(cells)} cells and the header {width}.", where=f"{file}, row {number}")
            yield cells
    except csv.Error as why:
        raise BadTable(f"The table cannot be read: {why}.", where=f"{file}, row {number + 1}") from why


def _bytes(path: Path) -> bytes:
    """The file, unpacked where it is gzipped, with a bound on what comes out."""
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
        with gzip.open(path, "rb") if packed else path.open("rb") as stream:
            data: bytes = stream.read(LARGEST + 1)
    except (OSError, EOFError, gzip.BadGzipFile) as why:
        raise UnreadableArrival("The file cannot be read.", where=str(path), fix="Is it there, and whole?") from why
    if len(data) > LARGEST:
        raise UnreadableArrival("The table is larger than can be read in one piece.", where=path.name)
    return data


def _json_rows(data: bytes, file: str) -> tuple[list[str], Iterator[list[str]]]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as why:
        raise UnreadableArrival("The file is not JSON.", where=file) from why
    if isinstance(found, dict):
        found = next((value for value in found.values() if isinstance(value, list)), [])
    rows = [flat(each) for each in found if isinstance(each, dict)]
    if not rows or len(rows) != len(found):
        raise BadTable("The JSON is no list of events.", where=file)
    header = list(dict.fromkeys(key for row in rows for key in row))
    return header, iter([[row.get(name, "") for name in header] for row in rows])


def flat(event: dict[str, Any]) -> dict[str, str]:
    """An object as one row: a list of key and value pairs becomes `filters.KEY`, other lists are joined by `;`."""
    row: dict[str, str] = {}
    for name, value in event.items():
        row[name] = _cell(value)
        if isinstance(value, list):
            for each in value:
                if isinstance(each, dict) and "key" in each and "value" in each:
                    key = f"{name}.{each['key']}"
                    row[key] = "; ".join(filter(None, (row.get(key, ""), _cell(each["value"]))))
    return row


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(_cell(each.get("path") or each.get("value") or each.get("id") or "") if isinstance(each, dict)
                        else _cell(each) for each in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)
