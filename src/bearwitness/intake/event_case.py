"""A whole event database as a case folder: its rows become incidents, tolls and assertions, in the words of a case.

Every event becomes one incident; what the publisher says of it stays the publisher's. An id used twice gets a suffix,
an undated event keeps its row with the date of its database's window, and is named in `left_out` of nothing: nothing is
left out. A position that cannot be is not written; the fault goes into the incident's note.
"""
from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bearwitness.model.event import Event, EventTable, Range

_COLUMNS = {
    "incidents.csv": ("id", "name", "name_local", "when", "lat", "lon", "level", "object", "within_m", "note"),
    "tolls.csv": ("id", "incident", "by", "in", "as_of", "killed", "civilians", "fighters", "children", "women", "men",
                  "injured", "scope", "words"),
    "assertions.csv": ("id", "incident", "about", "by", "in", "says", "how"),
    "sources.csv": ("id", "name", "kind", "relies_on", "note"),
    "documents.csv": ("id", "what", "date", "where", "held"),
}


@dataclass(frozen=True, slots=True)
class EventCase:
    """files: name to text. ids: the incident's id for each event, by row."""

    files: dict[str, str]
    ids: dict[int, str]


def as_case(table: EventTable, *, zone: str, read_on: str) -> EventCase:
    """The files of a case. zone: where the events are; read_on: the day the database was read, `2026-08-02`."""
    speaker, name, kind = table.speaker
    ids = _ids(table.events)
    first = min((e.start for e in table.events if e.start and not _impossible(e)), default=None)
    last = max((e.end for e in table.events if e.end), default=None)
    window = f"{first}..{last}" if first and last else read_on
    rows: dict[str, list[dict[str, str]]] = {file: [] for file in _COLUMNS}
    rows["sources.csv"] = [{"id": speaker, "name": name, "kind": kind, "relies_on": "?",
                            "note": "a compiler: who spoke to it is not in this table"}]
    rows["documents.csv"] = [{"id": "d-events", "what": f"{table.title}, event table {table.file}", "date": read_on,
                              "where": table.title, "held": "no"}]
    for event in table.events:
        ref = ids[event.row]
        rows["incidents.csv"].append(_incident(event, ref, window))
        rows["tolls.csv"] += _tolls(event, ref, speaker, read_on)
        rows["assertions.csv"] += _assertions(event, ref, speaker)
    files = {file: _csv(_COLUMNS[file], rows[file]) for file in _COLUMNS}
    files["case.toml"] = f'title    = "{table.title}, as published"\nzone     = "{zone}"\nstandard = "reasonable-grounds"\n'
    return EventCase(files, ids)


def _impossible(event: Event) -> bool:
    return any("before any event" in fault for fault in event.faults)


def _ids(events: Iterable[Event]) -> dict[int, str]:
    """The publisher's id where a case can bear it; a second use gets `-2`."""
    found: dict[int, str] = {}
    used: set[str] = set()
    for event in events:
        base = re.sub(r"[^A-Za-z0-9-]", "-", event.id).strip("-") or f"row-{event.row}"
        ref, times = base, 1
        while ref.casefold() in used:
            times += 1
            ref = f"{base}-{times}"
        used.add(ref.casefold())
        found[event.row] = ref
    return found


def _incident(event: Event, ref: str, window: str) -> dict[str, str]:
    row = {"id": ref, "name": event.place or event.region or event.id, "name_local": event.place_local,
           "when": _when(event, window), "object": event.object.replace(",", ";"),
           "note": "; ".join((*event.faults, *((f"published as {event.id}",) if ref != event.id else ())))}
    if event.point is not None:
        row |= {"lat": str(event.point.lat), "lon": str(event.point.lon), "level": event.level or "district"}
        if event.point.radius_m is not None:
            row["within_m"] = f"{event.point.radius_m:g}"
    return row


def _when(event: Event, window: str) -> str:
    if event.start is None:
        return window
    if event.end is None or event.end <= event.start:
        return event.start.isoformat()
    return f"{event.start.isoformat()}..{event.end.isoformat()}"


def _tolls(event: Event, ref: str, speaker: str, read_on: str) -> Iterator[dict[str, str]]:
    """One row of civilians or of all dead; fighters stand in a scope of their own, so that no sum mixes them."""
    base = {"incident": ref, "by": speaker, "in": "d-events", "as_of": read_on}
    figures = {name: cell for name, found in event.figures.items() if (cell := _count(found))}
    figures.pop("fighters", None)
    if event.killed.known and "killed" not in figures:
        figures["killed"] = _count(event.killed)
    words = ", ".join(f"{name} {value}" for name, value in figures.items())
    kept, aside = _fitting(event, figures)
    if kept:
        yield base | kept | {"id": f"t-{ref}", "words": words}
    for name, value in aside.items():
        yield base | {name: value, "id": f"t-{ref}-{name}", "scope": f"{name}, apart", "words": f"{name} {value}"}
    if (fighters := event.figures.get("fighters")) and fighters.known:
        yield base | {"id": f"t-{ref}-fighters", "killed": _count(fighters), "fighters": _count(fighters),
                      "scope": "fighters, apart", "words": f"fighters {_count(fighters)}"}


def _fitting(event: Event, figures: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Figures that can stand in one row, and subsets larger than their whole, which stand apart and are not lost."""
    most = event.killed.high if event.killed.high is not None else event.killed.low
    kept, aside, least = {}, {}, 0
    for name, value in figures.items():
        found = event.figures.get(name, event.killed)
        low = found.low or 0
        part = name in ("children", "women", "men")
        backwards = found.high is not None and found.high < low
        if part and (backwards or most is not None and least + low > most):
            aside[name] = value
        else:
            kept[name] = value
            least += low if part else 0
    return kept, aside


def _count(found: Range) -> str:
    if found.low is None and found.high is None:
        return ""
    if found.high is None:
        return f"{found.low}+"
    low, high = sorted((found.low or 0, found.high))
    return str(low) if low == high else f"{low}..{high}"


def _assertions(event: Event, ref: str, speaker: str) -> Iterator[dict[str, str]]:
    """What the publisher says on who struck, and his own grade and status, as his words."""
    base = {"incident": ref, "by": speaker, "in": "d-events"}
    if event.actors:
        yield base | {"id": f"a-{ref}", "about": "attacker", "says": "named as responsible: " + "; ".join(event.actors),
                      "how": "hearsay"}
    graded = [f"{word}: {value}" for word, value in (("grade", event.grade), ("strike status", event.status)) if value]
    if graded:
        yield base | {"id": f"g-{ref}", "about": "method", "says": f"the publisher's own {', '.join(graded)}",
                      "how": "record"}


def _csv(columns: tuple[str, ...], rows: list[dict[str, str]]) -> str:
    text = io.StringIO()
    out = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    out.writeheader()
    out.writerows(rows)
    return text.getvalue()
