"""One table of the case: a header, then rows; each row becomes one statement, its words untouched.

Rules: a row of empty cells is counted as blank; a row whose first cell starts with `#` is a comment;
a row with more or fewer cells than the header is refused; a column that is not known is kept under
`extra` and asked about once. An empty cell is not kept, since blank means "not said": adding an empty
column to a sheet changes no record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bearwitness.intake import cells, ids
from bearwitness.intake.desk import Desk
from bearwitness.intake.text import INVISIBLE
from bearwitness.model.case import Stated
from bearwitness.model.nearest import nearest
from bearwitness.model.vocabulary import ABOUTS, SOURCE_KINDS, Table

SEPARATORS = ",;\t"
_SPREADSHEET_ERROR = re.compile(r"#(?:REF!|NAME\?|VALUE!|DIV/0!|N/A|NUM!|NULL!|SPILL!|CALC!|#{2,})\Z")
_KNOWN_WORDS = {"assertion.made": ("about", ABOUTS), "source.stated": ("kind", frozenset(SOURCE_KINDS))}


@dataclass(frozen=True, slots=True)
class Counted:
    """What a file held, so that what went in can be held against what came out.

    rows: rows that became statements. refused: rows that did not, each with a problem.
    comments, blank: rows that say nothing.
    """

    rows: int = 0
    comments: int = 0
    blank: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class _Header:
    """Where each column stands: `known` by name, `unknown` as written, `nameless` without a name."""

    line: int
    width: int
    known: dict[str, int]
    unknown: dict[str, int]
    nameless: tuple[int, ...]


def read_csv(spec: Table, file: str, text: str, desk: Desk) -> tuple[list[Stated], Counted]:
    """The statements of a CSV text. Faults and questions go to the desk, with file and line."""
    separator, first = _separator(spec, text)
    return read_rows(spec, file, cells.rows(text, separator, file, desk, first), desk)


def read_rows(spec: Table, file: str, rows: Iterable[cells.Row], desk: Desk) -> tuple[list[Stated], Counted]:
    """The statements of rows that are already cells, as a spreadsheet gives them."""
    rows = iter(rows)
    first = next(((line, row) for line, row in rows if not _blank(row) and not _comment(row)), None)
    if first is None:
        desk.refuse(f"{file}:1", "this file has no header row", f"Its first row must be: {','.join(spec.required)}")
        return [], Counted()
    header = _header(spec, file, first, desk)
    if header is None:
        return [], Counted()
    return _statements(spec, file, header, rows, desk)


def _separator(spec: Table, text: str) -> tuple[str, int]:
    """The separator under which the header names most known columns, and the line to start at."""
    first = 1
    if text[:4].lower() == "sep=" and text[5:6] in ("\n", ""):
        return text[4:5] if text[4:5] in SEPARATORS else ",", 2
    head = next((line for line in text.split("\n", 200) if line.strip(" ,;\t") and not line.startswith("#")), "")

    def names(separator: str) -> tuple[int, int]:
        found = [name_of(cell.strip('"')) for cell in head.split(separator)]
        return sum(name in spec.columns for name in found), len(found)

    return max(SEPARATORS, key=names), first


def name_of(cell: str) -> str:
    """The column a header cell means: `Name local ` is `name_local`."""
    plain = cell.translate({ord(c): None for c in INVISIBLE}).strip().casefold()
    return plain.replace(" ", "_").replace("-", "_")


def _blank(row: Sequence[str]) -> bool:
    return not any(cell and not cell.isspace() for cell in row)


def _comment(row: Sequence[str]) -> bool:
    first = row[0].lstrip()
    return first.startswith("#") and _SPREADSHEET_ERROR.match(first) is None


def _header(spec: Table, file: str, first: cells.Row, desk: Desk) -> _Header | None:
    line, row = first
    where, known, unknown, nameless = f"{file}:{line}", {}, {}, []
    faults = len(desk.problems)
    for at, cell in enumerate(row):
        name = name_of(cell)
        if not name:
            nameless.append(at)
        elif name in known or cell in unknown:
            desk.refuse(where, f"the column {name!r} stands in the header twice", "Remove or rename one of them.")
        elif name in spec.columns:
            known[name] = at
        else:
            unknown[cell] = at
    for name in spec.required:
        if name not in known:
            desk.refuse(where, f"the column {name!r} is missing", _nearest(name, unknown, spec))
    if len(desk.problems) > faults:
        return None
    for name in unknown:
        desk.ask(where, _what_is(file, name, spec), f"{file}:column:{name_of(name)}")
    return _Header(line, len(row), known, unknown, tuple(nameless))


def _nearest(name: str, unknown: Iterable[str], spec: Table) -> str:
    near = nearest(name, map(name_of, unknown), 0.5)
    if near:
        return f"Is it the column {near!r}? Then rename that one to {name!r}."
    return f"Add it; this file needs: {', '.join(spec.required)}. Cells may stay blank where nothing was said."


def _what_is(file: str, name: str, spec: Table) -> str:
    near = nearest(name_of(name), spec.columns, 0.75)
    hint = f" Did you mean {near!r}?" if near else ""
    return f"{file} has a column {name!r} that no rule uses. It is kept as written.{hint}"


def _statements(
    spec: Table, file: str, header: _Header, rows: Iterator[cells.Row], desk: Desk
) -> tuple[list[Stated], Counted]:
    found: list[Stated] = []
    comments = blank = refused = 0
    word, words = _KNOWN_WORDS.get(spec.kind, ("", frozenset()))
    body_of = _body_maker(header)
    for line, row in rows:
        if _blank(row):
            blank += 1
        elif row[0][:1] in "# " and _comment(row):
            comments += 1
        elif _row_fault(file, line, row, header, desk):
            refused += 1
        else:
            body = body_of(row)
            ref = body["id"] = body.get("id", "").strip()
            problem, fix = ids.fault(ref)
            if problem:
                desk.refuse(f"{file}:{line}, column id", problem, fix)
                refused += 1
                continue
            if word and (said := body.get(word, "").strip()) and said not in words:
                _ask_word(file, line, word, said, words, desk)
            found.append(Stated(spec.kind, ref, body, file, line))
    return found, Counted(len(found), comments, blank, refused)


def _body_maker(header: _Header) -> Callable[[list[str]], dict[str, Any]]:
    known = tuple(header.known.items())
    unknown = tuple(header.unknown.items())

    def make(row: list[str]) -> dict[str, Any]:
        body: dict[str, Any] = {name: cell for name, at in known if (cell := row[at]) and not cell.isspace()}
        if unknown:
            extra = [[name, row[at]] for name, at in unknown if row[at].strip()]
            if extra:
                body["extra"] = extra
        return body

    return make


def _row_fault(file: str, line: int, row: list[str], header: _Header, desk: Desk) -> bool:
    if len(row) != header.width:
        desk.refuse(
            f"{file}:{line}",
            f"this row has {len(row)} cells, the header has {header.width}",
            "Count the separators: a text that holds one stands in quotes; a blank cell keeps its own.",
        )
        return True
    for at in header.nameless:
        if row[at].strip():
            desk.refuse(
                f"{file}:{line}",
                f"cell {at + 1} stands under a column without a name",
                f"Name the column in line {header.line}, or empty the cell.",
            )
            return True
    if any("#" in cell for cell in row):
        for at, cell in enumerate(row):
            if _SPREADSHEET_ERROR.match(cell.strip()):
                desk.refuse(
                    f"{file}:{line}",
                    f"cell {at + 1} holds the spreadsheet error {cell.strip()!r}",
                    "Write the value itself in the sheet, not a formula, and save it again.",
                )
                return True
    return False


def _ask_word(file: str, line: int, column: str, word: str, known: frozenset[str], desk: Desk) -> None:
    near = nearest(word, known)
    hint = f" Did you mean {near!r}?" if near else ""
    desk.ask(
        f"{file}:{line}",
        f"{column} says {word!r}, which no rule uses. It is kept as written.{hint}",
        f"{file}:{column}:{word}",
    )
