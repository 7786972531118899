"""columns.toml: what a person says about the lists beside it, and what the program guessed, for a person to look at.

    ["monitor.csv"]
    date_order = "dmy"                        # 03/04/2015 is 3 April
    columns = { "Name of martyr" = "name", "Ref" = "ignore" }
    incident = "sarmin"                       # the whole list is of one incident
    statuses = { "Martyr" = "civilian" }      # what its words mean; needed before statuses of several lists are counted
    definitions = { civilian = "...", child = "under 18", massacre = "..." }      # the list's own, in its words
"""
from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bearwitness.errors import InputError
from bearwitness.model.roll import Roll

FILE = "columns.toml"
KEYS = {"columns", "date_order", "definitions", "incident", "statuses"}


@dataclass(frozen=True, slots=True)
class Told:
    """What columns.toml says of one list."""

    columns: Mapping[str, str] = field(default_factory=dict)
    date_order: str = ""
    definitions: Mapping[str, str] = field(default_factory=dict)
    incident: str = ""
    statuses: Mapping[str, str] = field(default_factory=dict)


def read_told(folder: Path, name: str) -> Told:
    """What stands there about the list `name`; nothing where there is no file. Raises InputError for what it cannot say."""
    path = folder / FILE
    if not path.is_file():
        return Told()
    try:
        whole = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as why:
        raise InputError(f"columns.toml cannot be read: {why}.", where=str(path)) from why
    said = whole.get(name, {})
    if not isinstance(said, dict) or set(said) - KEYS:
        extra = ", ".join(sorted(set(said) - KEYS)) if isinstance(said, dict) else repr(said)
        raise InputError(f"columns.toml says of {name} what is not known here: {extra}.", where=str(path),
                         fix="Known: " + ", ".join(sorted(KEYS)))
    order = said.get("date_order", "")
    tables = [said.get(key, {}) for key in ("columns", "definitions", "statuses")]
    incident = said.get("incident", "")
    if order not in ("", "dmy", "mdy") or not all(map(_words, tables)) or not isinstance(incident, str):
        raise InputError(f"columns.toml: date_order of {name} is dmy or mdy; columns, definitions and statuses are tables "
                         "of words; incident is a word.", where=str(path))
    return Told(tables[0], order, tables[1], incident, tables[2])


def _words(table: Any) -> bool:
    return isinstance(table, dict) and all(isinstance(value, str) for value in table.values())


def suggest(rolls: list[Roll]) -> str:
    """A columns.toml that says what was guessed, to be corrected and kept beside the lists."""
    out = ["# What each column was taken to mean. Correct it and keep it beside the lists; `ignore` leaves one out.", ""]
    for roll in rolls:
        out += [f"[{_quoted(roll.name)}]", "columns = { " + ", ".join(
            f"{_quoted(column.header)} = {_quoted(column.meaning)}" for column in roll.columns if column.header) + " }"]
        out += [f"# not read: {', '.join(roll.unread)}"] if roll.unread else []
        out += [f"# {note}" for note in roll.notes] + [""]
    return "\n".join(out)


def _quoted(text: str) -> str:
    escaped = "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in
                      text.replace("\\", "\\\\").replace('"', '\\"'))
    return f'"{escaped}"'
