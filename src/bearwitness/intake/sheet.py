"""A table that is a spreadsheet: one sheet becomes rows; what is left is asked about, never dropped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bearwitness.intake.cells import Row
from bearwitness.intake.desk import Desk
from bearwitness.intake.names import shown
from bearwitness.intake.table import name_of
from bearwitness.intake.worker import parse_outside
from bearwitness.model.vocabulary import Table


def read_sheet(folder: Path, file: str, spec: Table, desk: Desk) -> list[Row]:
    """The rows of the sheet that holds the table, each with the number the spreadsheet shows beside it.

    Raises UnreadableArrival where the file cannot be read.
    """
    book = parse_outside("xlsx", folder / file)
    if book["errors"]:
        desk.refuse(
            f"{file}, cell {book['errors'][0]}",
            "this cell holds a spreadsheet error, such as #REF!",
            "Write the value itself in the sheet, not a formula, and save it again.",
        )
    sheets = [sheet for sheet in book["sheets"] if _filled(sheet)]
    if not sheets:
        return []
    chosen = max(sheets, key=lambda sheet: (_columns(sheet, spec), sheet["shown"]))
    _ask_about_rest(file, chosen, sheets, desk)
    return list(enumerate(chosen["rows"], 1))


def _ask_about_rest(file: str, chosen: dict[str, Any], sheets: list[dict[str, Any]], desk: Desk) -> None:
    for sheet in sheets:
        if sheet is not chosen:
            hidden = "" if sheet["shown"] else " (hidden)"
            desk.ask(
                f"{file}, sheet {shown(sheet['name'])}",
                f"{file} has a second sheet {sheet['name']!r}{hidden} with text in it. Only {chosen['name']!r} is read.",
                f"{file}:sheet:{sheet['name']}",
            )
    if chosen["merged"]:
        desk.ask(
            file,
            f"{chosen['merged']} groups of cells are merged in {file}: only the first cell of each has "
            "the value. Should the others have it too?",
            f"{file}:merged",
        )
    if not chosen["shown"]:
        desk.ask(file, f"the sheet that was read, {chosen['name']!r}, is hidden in {file}.", f"{file}:hidden")


def _filled(sheet: dict[str, Any]) -> bool:
    return any(cell.strip() for row in sheet["rows"] for cell in row)


def _columns(sheet: dict[str, Any], spec: Table) -> int:
    """How many columns of the table its first filled row names."""
    head: list[str] = next((row for row in sheet["rows"] if any(cell.strip() for cell in row)), [])
    return sum(name_of(cell) in spec.columns for cell in head)


def as_text(rows: list[Row]) -> str:
    """The rows as one text, to look for marks in."""
    return "\n".join("\t".join(cells) for _, cells in rows)
