"""`test report FILE`: official strike reports sorted by the words that decide; the doubtful ones for a person."""
from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import plural
from bearwitness.cli.verbs.reckon import case_here
from bearwitness.errors import BadTable, InputError, UnreadableArrival
from bearwitness.intake.reports import StrikeReport, read_reports
from bearwitness.model.case import Case
from bearwitness.observe.statement_rows import COLUMNS, REVIEW, as_assertion, judged, review_row
from bearwitness.observe.statements import CLASSES, Sorted, sort

SHOWN = 20


def report(args: argparse.Namespace) -> Outcome:
    """Sort the strike reports of a CSV (one text a row), or one text given on the line."""
    if not args.words:
        raise InputError("No report is named.", where="test report", fix="bearwitness test report FILE.csv")
    path = Path(args.words[0])
    read = read_reports(path) if len(args.words) == 1 and path.is_file() else [
        StrikeReport("text", "", "", "", " ".join(args.words), 1)]
    answers = _answers(Path(args.judgements)) if args.judgements else {}
    found = [(row, judged(sort(row.text), answers[row.id]) if row.id in answers else sort(row.text)) for row in read]
    counted = Counter(one.kind for _, one in found)
    nexts = _write(Path(args.out), found, args.by, args.document, case_here(args)) if args.out else []
    data = {"counts": {kind: counted[kind] for kind in CLASSES}, "reports": [_data(row.id, one) for row, one in found]}
    return Outcome(data, _say(found, counted), nexts, exit=3 if counted["ambiguous"] else 0)


def _say(found: list[tuple[StrikeReport, Sorted]], counted: Counter[str]) -> list[str]:
    lines = [f"{kind}: {counted[kind]}" for kind in CLASSES if counted[kind]]
    for row, one in found[:SHOWN]:
        lines.append(f"{row.id}: {one.kind}{f' ({one.reach})' if one.reach else ''}: {one.why}"
                     + "".join(f"; {layer}: {words!r}" for layer, words in one.words))
    if len(found) > SHOWN:
        lines.append(f"... and {len(found) - SHOWN} more; --json lists all.")
    if counted["ambiguous"]:
        lines.append(f"{plural(counted['ambiguous'], 'report')} for a person to read.")
    return lines


def _data(ref: str, one: Sorted) -> dict[str, object]:
    return {"id": ref, "kind": one.kind, "why": one.why, "reach": one.reach, "places": list(one.places),
            "words": [{"layer": layer, "words": words} for layer, words in one.words]}


def _answers(path: Path) -> dict[str, str]:
    """What a person filled in: report id to class; an empty cell decides nothing."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as why:
        raise UnreadableArrival("The answers cannot be read.", where=str(path)) from why
    found: dict[str, str] = {}
    for number, row in enumerate(rows, 2):
        word = (row.get("kind") or "").strip()
        if word and word not in CLASSES:
            raise BadTable(f"{word!r} is no class of a report.", where=f"{path.name}:{number}",
                           fix=f"Write one of: {', '.join(CLASSES)}.")
        if word:
            found[(row.get("id") or "").strip()] = word
    return found


def _write(folder: Path, found: list[tuple[StrikeReport, Sorted]], by: str, document: str, case: Case | None) -> list[str]:
    """assertions.csv to take over by hand, and review.csv to fill in; nothing is written into a case."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [as_assertion(f"sr-{row.row}", row.code, row.text, one, by=by or row.party, doc=document,
                         spellings=_spellings(case, row.code)) for row, one in found if one.decided]
    _table(folder / "assertions.csv", COLUMNS, rows)
    _table(folder / "review.csv", REVIEW, [review_row(row.id, row.text, one) for row, one in found if not one.decided])
    return [f"fill in `kind` in {folder / 'review.csv'}, then again with --judgements"]


def _spellings(case: Case | None, code: str) -> tuple[str, ...]:
    incident = case.incidents.get(code) if case is not None else None
    return tuple(filter(None, (incident.name, incident.name_local))) if incident is not None else ()


def _table(path: Path, columns: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, columns, lineterminator="\n")
        out.writeheader()
        out.writerows(rows)
