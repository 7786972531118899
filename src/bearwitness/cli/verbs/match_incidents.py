"""`match incidents FILE`: our incidents beside an event database of others, with reasons, for a person to judge."""
from __future__ import annotations

import csv
from pathlib import Path

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import plural
from bearwitness.cli.taken import take
from bearwitness.errors import BadTable, InputError, UnreadableArrival
from bearwitness.intake.event_case import as_case
from bearwitness.intake.events import read_events
from bearwitness.link.incidents import DIFFERENT, SAME, ZONES, Match, echoed_by, match_incidents
from bearwitness.model.case import Case
from bearwitness.model.event import EventTable, Range
from bearwitness.reason.event_grades import grade_event
from bearwitness.reason.tally import tally

COLUMNS = ("ours", "theirs", "row", "zone", "judgement", "by", "reasons")


def run(case_folder: Path, file: Path, *, out: Path | None = None, judgements: Path | None = None,
        as_folder: Path | None = None, read_on: str = "") -> Outcome:
    """Match the case's incidents with the events of a file.

    out: a folder for incidents.csv (every pair, with an empty `judgement` column to fill in). judgements: such a file,
    filled in. as_folder: write the whole database there as a case of its own, and match nothing.
    """
    table = read_events(file)
    if as_folder is not None:
        return _as_case(table, as_folder, read_on)
    taken, talk = take(case_folder)
    case = taken.case
    if not case.incidents:
        raise InputError("This case has no incident to match.", where="incidents.csv")
    pairs = match_incidents(case.incidents.values(), _tolls(case), table, _judgements(judgements) if judgements else None)
    lines = [f"{table.title}: {plural(table.rows, 'event')} read from {table.file}, 0 left out; "
             f"{plural(sum(bool(e.faults) for e in table.events), 'event')} with a fault."]
    lines += [f"Note: {note}." for note in table.notes[:5]]
    for incident in case.incidents:
        lines += _say(case, table, incident, [p for p in pairs if p.ours == incident])
    nexts = []
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        _write(out / "incidents.csv", pairs)
        nexts = [f"fill in the judgement column of {out / 'incidents.csv'}, and run again with --judgements"]
    data = {"database": table.title, "rows": table.rows, "notes": list(table.notes),
            "faults": [{"row": e.row, "id": e.id, "faults": list(e.faults)} for e in table.events if e.faults],
            "pairs": [_data(pair) for pair in pairs]}
    return Outcome(data, lines, nexts, talk, exit=3 if any(p.zone == ZONES[1] for p in pairs) else 0)


def _tolls(case: Case) -> dict[str, Range]:
    """Our own tally of the killed of each incident, where one can be made."""
    found = {}
    for incident in case.incidents:
        own = tally(case, "killed", "", incident)
        if own.value is not None:
            found[incident] = Range(own.value.low, own.value.high)
    return found


def _say(case: Case, table: EventTable, incident: str, pairs: list[Match]) -> list[str]:
    pairs = [pair for pair in pairs if pair.zone != DIFFERENT or pair.judged]
    if not pairs:
        return [f"{incident}: no event of {table.title} could be this strike."]
    lines = []
    events = {event.row: event for event in table.events}
    for pair in pairs[:5]:
        said = "; ".join(f"{r.question} {r.answer} ({r.words})" for r in pair.reasons)
        graded = grade_event(events[pair.row])
        lines.append(f"{incident} and {pair.theirs}: {pair.zone}{', judged by a person' if pair.judged else ''}: {said}. "
                     f"Their grade: {graded.publisher or 'none'}; ours of their listing: {graded}"
                     f"{f' ({graded.why})' if graded.ours else ''}.")
    if len(pairs) > 5:
        lines.append(f"{incident}: {len(pairs) - 5} more pairs in --json.")
    if any(p.zone == SAME for p in pairs):
        counts, why = echoed_by(case, incident, table.speaker[0])
        lines.append(f"{incident}: {'echoed by' if counts else 'not to be printed as echoed by'} {table.title}: {why}.")
    return lines


def _data(pair: Match) -> dict[str, object]:
    return {"ours": pair.ours, "theirs": pair.theirs, "row": pair.row, "zone": pair.zone, "judged": pair.judged,
            "reasons": [{"question": r.question, "answer": r.answer, "words": r.words} for r in pair.reasons]}


def _write(path: Path, pairs: list[Match]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        for pair in pairs:
            out.writerow((pair.ours, pair.theirs, pair.row, pair.zone, pair.judged, "",
                          "; ".join(f"{r.question} {r.answer}: {r.words}" for r in pair.reasons)))


def _judgements(path: Path) -> dict[tuple[str, str], str]:
    """(ours, theirs) to same or different; `unsure` and empty decide nothing. Contradicting rows are refused."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as why:
        raise UnreadableArrival("The judgements cannot be read.", where=str(path)) from why
    found: dict[tuple[str, str], str] = {}
    for number, row in enumerate(rows, 2):
        word = (row.get("judgement") or "").strip().casefold()
        if word in ("", "unsure"):
            continue
        if word not in (SAME, DIFFERENT):
            raise BadTable(f"{word!r} is no judgement.", where=f"{path.name}:{number}",
                           fix="Write same, different or unsure.")
        key = ((row.get("ours") or "").strip(), (row.get("theirs") or "").strip())
        if found.setdefault(key, word) != word:
            raise BadTable(f"{key[0]} and {key[1]} are judged both same and different.", where=f"{path.name}:{number}")
    return found


def _as_case(table: EventTable, folder: Path, read_on: str) -> Outcome:
    if folder.exists() and any(folder.iterdir()):
        raise InputError("The folder for the new case is not empty.", where=str(folder), fix="Name a new folder.")
    if not read_on:
        raise InputError("A case must say on which day the database was read.", where="--read-on",
                         fix="--read-on 2026-08-02")
    made = as_case(table, zone="UTC", read_on=read_on)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in made.files.items():
        (folder / name).write_text(text, encoding="utf-8")
    lines = [f"{plural(table.rows, 'event')} of {table.title} written to {folder}, one incident each; 0 left out."]
    lines += ["The table does not say in which zone its dates are: set `zone` in case.toml."]
    lines += [f"Note: {note}." for note in table.notes]
    return Outcome({"rows": table.rows, "incidents": len(made.ids), "notes": list(table.notes)}, lines,
                   [f"bearwitness status --case {folder}"])
