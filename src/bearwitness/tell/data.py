"""The report and what it rests on as files for programs and spreadsheets: JSON, CSV and GeoJSON.

The same report and rows give the same bytes. JSON keys are sorted; a number stays a number. A spreadsheet may
take a cell that begins like a formula for one, so such a line of text gets an apostrophe in front; the rule is
reversible and stands in the README that is written beside the tables.
"""
from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from bearwitness.tell.document import Report

FORMULA_STARTS = frozenset("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
BOM = "\ufeff"

Row = Mapping[str, Any]

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "tallies": ("quantity", "category", "scope", "basis", "min", "max", "open_top", "words", "rule", "members",
                "not_used", "shown_not_added", "without_figure"),
    "records": ("id", "kind", "file", "line", "leaf", "says"),
    "claims": ("claim", "part", "speaker", "date", "text", "verdict", "level", "origins", "reason"),
}
_LEFT_TO_JSON = frozenset({"incidents", "with_shown", "breakdown", "conflicts"})


def files(report: Report, extra: Mapping[str, Sequence[Row]]) -> dict[str, bytes]:
    """Relative path -> bytes of every file under data/.

    extra: rows by name: tallies, records, claims, and strikes (ref, label, lat, lon [deg, WGS 84], level,
    radius_m [m], when). A name that is missing has no rows. Other columns than the known ones are kept.
    """
    rows = {name: list(extra.get(name, ())) for name in ("tallies", "records", "claims", "strikes")}
    said = propositions(report)
    made = {
        "data/report.json": _json(plain(report)),
        "data/propositions.json": _json(said),
        "data/tallies.json": _json(plain(rows["tallies"])),
        "data/tallies.csv": table([_flat(row) for row in rows["tallies"]], _COLUMNS["tallies"]),
        "data/records.csv": table(rows["records"], _COLUMNS["records"]),
        "data/claims.csv": table(rows["claims"], _COLUMNS["claims"]),
        "data/strikes.geojson": _json(strikes(rows["strikes"])),
    }
    counts = {name: len(found) for name, found in rows.items()} | {"propositions": len(said)}
    return made | {"data/README.txt": _readme(report, counts).encode("utf-8", "backslashreplace")}


def plain(value: Any) -> Any:
    """A value as JSON can hold it: records as objects, sets sorted, everything else as it is."""
    return msgspec.to_builtins(value, order="deterministic", str_keys=True)


def propositions(report: Report) -> list[dict[str, Any]]:
    """Every stretch of text that stands under one mark, with what its mark claims."""
    found = []
    for section in report.sections:
        for block in section.blocks:
            if block.kind in ("heading", "figure"):
                continue
            for span in block.spans:
                note = span.note
                found.append({
                    "section": section.title, "incident": section.incident, "line": span.line,
                    "text": span.text.strip(), "kind": note.kind if note else "none",
                    "note": note.number if note else None, "depends": sorted(note.depends) if note else [],
                    "level": note.level if note else None, "level_words": note.level_words if note else "",
                    "origins": note.origins if note else None, "verdict": note.verdict if note else "",
                    "faults": [fault.code for fault in span.faults]})
    return found


def strikes(rows: Iterable[Row]) -> dict[str, Any]:
    """GeoJSON of the places. A place is known to a level and a radius; one without coordinates has no geometry."""
    features = []
    for row in rows:
        lat, lon = row.get("lat"), row.get("lon")
        known = lat is not None and lon is not None
        rest = {key: plain(value) for key, value in row.items() if key not in ("lat", "lon")}
        level = str(row.get("level") or "not stated")
        features.append({
            "type": "Feature", "id": str(row.get("ref", "")),
            "geometry": {"type": "Point", "coordinates": [lon, lat]} if known else None,
            "properties": {"radius_m": None, **rest, "level": level,
                           "stands_for": f"a place known to the level: {level}"}})
    return {"type": "FeatureCollection", "features": features}


def table(rows: Iterable[Row], columns: Collection[str]) -> bytes:
    """CSV in UTF-8 with a byte-order mark: the known columns first, then any other in order of appearance."""
    held = list(rows)
    header = list(dict.fromkeys([*columns, *(key for row in held for key in row)]))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe(name) for name in header])
    for row in held:
        writer.writerow([_cell(row.get(name)) for name in header])
    return (BOM + out.getvalue()).encode("utf-8", "backslashreplace")


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before each line that begins like one.

    A line that begins with an apostrophe gets one more, so that `unsafe` gives the text back exactly.
    """
    return "".join("'" + line if _dangerous(line) else line for line in text.splitlines(keepends=True))


def unsafe(text: str) -> str:
    """The text that `safe` was given."""
    return "".join(line.removeprefix("'") for line in text.splitlines(keepends=True))


def _dangerous(line: str) -> bool:
    if line in ("\r\n", "\n"):
        return False
    if line[:1] in FORMULA_STARTS or line[:1] == "'":
        return True
    for char in line:       # blanks and invisible characters do not stop a spreadsheet from seeing a formula
        if not char.isspace() and unicodedata.category(char) not in ("Cf", "Cc"):
            return char in FORMULA_STARTS
    return False


def _cell(value: Any) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    return safe(value if isinstance(value, str) else json.dumps(plain(value), ensure_ascii=False, sort_keys=True))


def _flat(row: Row) -> dict[str, Any]:
    """A tally as one row of a table: its lists as words. The whole shape stands in tallies.json."""
    return {key: _listed(value) if isinstance(value, list | tuple) else value
            for key, value in row.items() if key not in _LEFT_TO_JSON}


def _listed(values: Sequence[Any]) -> str:
    return "; ".join(_item(value) for value in values)


def _item(value: Any) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    parts = [f"{value[key]}" for key in ("value", "by", "role", "why") if value.get(key)]
    return f"{value.get('id', '')}: {', '.join(parts)}" if parts else str(value.get("id", ""))


def _json(value: Any) -> bytes:
    """Keys sorted, one value a line: the same value is the same bytes."""
    return msgspec.json.format(msgspec.json.encode(value, order="sorted"), indent=1) + b"\n"


def _readme(report: Report, counts: Mapping[str, int]) -> str:
    edition = f"release {report.release}, {report.date}" if report.state == "release" else "a draft, not a release"
    return f"""{' '.join(report.title.split())}
{edition}

report.json        the whole report as it is printed: its text, notes, figures and annexes
propositions.json  all {counts['propositions']} stretches of text: words, kind, note, level, verdict, records they rest on
tallies.json       all {counts['tallies']} tallies with their members and what was not used
tallies.csv        the same {counts['tallies']} rows for a spreadsheet; lists are written as words
records.csv        all {counts['records']} records, with the place they were read from and their seal
claims.csv         all {counts['claims']} parts of official claims, with their verdicts
strikes.geojson    all {counts['strikes']} incidents; "level" and "radius_m" say how well each place is known.
                   The coordinates of a town stand for the town. No point is claimed to be nearer than its level.

min and max of a tally are a range; open_top = true means that a source said "at least": the range has no top.
An empty cell means "not stated", never zero.

Tables are UTF-8 with a byte-order mark, comma-separated, lines ended by CR LF. Numbers are written as numbers.
Text that a spreadsheet could take for a formula is made harmless: in each line of a text cell that begins with
= + - @ (or their full-width forms), a tab or a carriage return, after any blanks or invisible characters, or that
begins with an apostrophe, one apostrophe ' is put in front. To get the exact text back, take one leading
apostrophe off each line that has one. JSON files hold the text unchanged.
"""
