"""Official strike reports as a table delivers them: one text a row, with its incident's code and date where given.

Reads CSV, also gzipped. Nothing is changed; which column is which is found by its header (rules/events/reports.toml).
"""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bearwitness.errors import BadTable
from bearwitness.intake.events import rows_of
from bearwitness.rules import load


@dataclass(frozen=True, slots=True)
class StrikeReport:
    """id: the incident's code with the row, as `RS0211:7`. text: as delivered. row: data row, from 1."""

    id: str
    code: str
    date: str
    party: str
    text: str
    row: int


def read_reports(path: Path) -> list[StrikeReport]:
    """Every row with a text. Raises BadTable where no column holds the text of a report."""
    names: dict[str, list[str]] = load("events/reports")["columns"]
    header, rows = rows_of(path)
    at = {meaning: next((header.index(name) for name in known if name in header), -1) for meaning, known in names.items()}
    if at["text"] < 0:
        raise BadTable("No column holds the text of a strike report.", where=str(path.name),
                       fix=f"Name it one of: {', '.join(names['text'])}.")
    found = []
    for number, cells in enumerate(rows, 1):
        value = {meaning: cells[n].strip() if 0 <= n < len(cells) else "" for meaning, n in at.items()}
        if value["text"]:
            found.append(StrikeReport(f"{value['code'] or 'row'}:{number}", value["code"], value["date"], value["party"],
                                      value["text"], number))
    return found
