"""Tables with a fault: columns, cells, numbers, dates, ids, rows."""

from __future__ import annotations

from collections.abc import Iterator

from tests.intake.small_case import FILES
from tests.intake.workbook import workbook
from tests.stories.broken_base import FIRST_ROW, Broken, Changes, as_csv, line_of, replaced, table, with_cells

from bearwitness.model.vocabulary import TABLES


def missing_columns() -> Iterator[Broken]:
    for file, spec in TABLES.items():
        rows = table(file)
        for column in spec.required:
            at = rows[0].index(column)
            cut = [row[:at] + row[at + 1 :] if len(row) > 1 else row for row in rows]
            yield Broken(f"no column {column}", {file: as_csv(cut)}, file, 1)


def empty_cells() -> Iterator[Broken]:
    needed = {
        "sources.csv": "id name kind",
        "documents.csv": "id what",
        "incidents.csv": "id name when level",
        "tolls.csv": "id incident by in as_of",
        "assertions.csv": "id incident about by in says how",
        "searches.csv": "id for where by seen_how_well result",
        "replies.csv": "id claim to",
    }
    for file, columns in needed.items():
        for column in columns.split():
            line = FIRST_ROW[file]
            yield Broken(f"empty {column}", {file: with_cells(file, line, **{column: " "})}, file, line)


def bad_dates() -> Iterator[Broken]:
    columns = {
        "documents.csv": "date",
        "incidents.csv": "when",
        "tolls.csv": "as_of",
        "assertions.csv": "as_of",
        "searches.csv": "from",
        "replies.csv": "sent",
    }
    for value in (
        "2015-02-30",
        "2015-13-01",
        "03/04/2015",
        "2015-11-04..02",
        "last October",
        "12-18",
        "2015-10-20 25:00",
        "42297",
        "0001-01-01 00:00",
    ):
        for file, column in columns.items():
            line = FIRST_ROW[file]
            yield Broken(f"{column} = {value}", {file: with_cells(file, line, **{column: value})}, file, line)


def bad_counts() -> Iterator[Broken]:
    for value in (
        "-3",
        "12-18",
        "12-Oct",
        "1,000",
        "thirteen",
        "18..12",
        "3.5",
        "12++",
        "1e3",
        "2015-10-12",
        "½",
    ):
        for column in ("killed", "children", "injured"):
            yield Broken(
                f"{column} = {value}",
                {"tolls.csv": with_cells("tolls.csv", 3, **{column: value})},
                "tolls.csv",
                3,
            )
    for cells in (
        {"killed": "5", "children": "6"},
        {"killed": "5", "women": "3", "men": "3"},
        {"killed": "5", "civilians": "4", "fighters": "2"},
        {"killed": "1..2", "medical": "3+"},
        {"killed": "9", "identified": "8", "unidentified": "2"},
    ):
        yield Broken(
            f"subset larger than the whole: {cells}",
            {"tolls.csv": with_cells("tolls.csv", 3, **cells)},
            "tolls.csv",
            3,
        )
    yield Broken("no number at all", {"tolls.csv": with_cells("tolls.csv", 3, killed="")}, "tolls.csv", 3)


def bad_ids() -> Iterator[Broken]:
    for file in TABLES:
        line = FIRST_ROW[file]
        again = FILES[file] + FILES[file].split("\n")[line - 1] + "\n"
        yield Broken("id used twice", {file: again}, file, again.count("\n"))
    for value in (
        "a b",
        "a\u202eb",
        "a\u200bb",
        "V001",
        "?",
        "no",
        "a/b",
        "../up",
        "a;b",
        "[a]",
        "@a",
        "x" * 80,
        "e\u0301toile",
        "\ufeffm",
        "-x",
    ):
        yield Broken(f"id {value!a}", {"searches.csv": with_cells("searches.csv", 2, id=value)}, "searches.csv", 2)
    yield Broken("id of another file", {"searches.csv": with_cells("searches.csv", 2, id="t1")}, "searches.csv", 2)
    yield Broken(
        "id of a claim's part",
        {"searches.csv": with_cells("searches.csv", 2, id="min-photo.b")},
        "searches.csv",
        2,
    )
    yield Broken(
        "id of a person",
        {"case.toml": replaced("case.toml", "researcher-1 =", "mon =")},
        "case.toml",
        line_of("case.toml", "researcher-1"),
    )
    yield Broken(
        "id of a claim",
        {"searches.csv": with_cells("searches.csv", 2, id="min-photo")},
        "claims/min-photo.md",
    )


def broken_rows() -> Iterator[Broken]:
    for file in TABLES:
        line = FIRST_ROW[file]
        lines = FILES[file].split("\n")
        for name, change in (
            ("one cell too many", lambda row: row + ",more"),
            ("cells missing", lambda row: row.rsplit(",", 2)[0]),
            ("a quote never closed", lambda row: 'q"'.replace("q", "") + row),
            ("a quote inside a cell", lambda row: row.replace(",", ',x"y', 1)),
            ("text after a quote", lambda row: '"q"x,' + row),
        ):
            if name == "cells missing" and lines[line - 1].rstrip().endswith('"'):
                continue
            broken = [*lines[: line - 1], change(lines[line - 1]), *lines[line:]]
            yield Broken(name, {file: "\n".join(broken)}, file, line)
        head = lines[0].split(",")
        yield Broken(
            "a column twice",
            {file: as_csv([row + ([head[1]] if n == 0 else [""]) for n, row in enumerate(table(file)) if len(row) > 1])},
            file,
            1,
        )
        yield Broken("no header at all", {file: ""}, file, 1)
        yield Broken("a spreadsheet error", {file: with_cells(file, line, note="#REF!")}, file, line)
        yield Broken(
            "text under no column",
            {file: as_csv([row + ["" if n == 0 else "lost"] for n, row in enumerate(table(file)) if len(row) > 1])},
            file,
            2,
        )


def places_and_words() -> Iterator[Broken]:
    for cells in (
        {"lat": "95"},
        {"lon": "181"},
        {"lat": "35,9"},
        {"lat": "north"},
        {"lon": ""},
        {"level": "village"},
        {"within_m": "-5"},
        {"within_m": "near"},
        {"level": "exact"},
        {"lat": "nan"},
    ):
        yield Broken(
            f"incident {cells}",
            {"incidents.csv": with_cells("incidents.csv", 2, **cells)},
            "incidents.csv",
            2,
        )
    for cells in (
        {"how": "rumour"},
        {"at": "village"},
        {"supports": "maybe"},
        {"radius_m": "far"},
        {"window": "noon"},
    ):
        yield Broken(
            f"assertion {cells}",
            {"assertions.csv": with_cells("assertions.csv", 3, **cells)},
            "assertions.csv",
            3,
        )
    yield Broken("grade", {"sources.csv": with_cells("sources.csv", 3, grade="1")}, "sources.csv", 3)
    yield Broken("grades", {"sources.csv": with_cells("sources.csv", 3, grade="AB")}, "sources.csv", 3)
    yield Broken("radius", {"searches.csv": with_cells("searches.csv", 2, radius_m="wide")}, "searches.csv", 2)


def spreadsheets() -> Iterator[Broken]:
    rows = table("tolls.csv")

    def book(*changed: list[object]) -> Changes:
        return {"tolls.csv": None, "tolls.xlsx": workbook({"tolls": [rows[0], *changed]})}

    yield Broken("table and spreadsheet", {"tolls.xlsx": workbook({"tolls": rows})}, "tolls.xlsx")
    yield Broken("no spreadsheet", {"tolls.csv": None, "tolls.xlsx": b"PK\x03\x04 nothing"}, "tolls.xlsx")
    yield Broken("an empty spreadsheet", {"tolls.csv": None, "tolls.xlsx": workbook({"a": []})}, "tolls.xlsx", 1)
    yield Broken("a number that is a date", book([*rows[1][:5], ("date", 42297), *rows[1][6:]]), "tolls.xlsx", 2)
    yield Broken("an error cell", book([*rows[1][:5], ("error", "#REF!"), *rows[1][6:]]), "tolls.xlsx")
    yield Broken("a cell past the header", book([*rows[1], "lost"]), "tolls.xlsx", 2)
    yield Broken("an unknown speaker", book(rows[1], [*rows[2][:2], "nobody", *rows[2][3:]]), "tolls.xlsx", 3)
