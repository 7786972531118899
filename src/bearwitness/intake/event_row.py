"""One row of an event database, by its column map: dates, place, numbers; each fault in words, nothing lost."""
from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bearwitness.model.event import FIGURES, Event, Range
from bearwitness.model.where import Point

EARLIEST = date(1989, 1, 1)  # UCDP's first year: an earlier date in such a database is a fault of entry


class _Row:
    """A row under its map; collects faults while it is read."""

    def __init__(self, cells: Mapping[str, str], rules: Mapping[str, Any]) -> None:
        self.cells, self.rules = cells, rules
        self.faults: list[str] = []

    def text(self, meaning: str) -> str:
        """The first filled column of this meaning."""
        absent = self.rules.get("missing", {}).get(meaning, ())
        for name in self.rules["columns"].get(meaning, ()):
            if (value := self.cells.get(name, "").strip()) and value not in absent:
                return value
        return ""

    def values(self, meaning: str) -> tuple[str, ...]:
        """Every value of every column of this meaning, once."""
        separator = self.rules.get("separators", {}).get(meaning, "\n")
        found = [part.strip() for name in self.rules["columns"].get(meaning, ())
                 for part in self.cells.get(name, "").split(separator)]
        return tuple(dict.fromkeys(part for part in found if part))

    def number(self, meaning: str) -> int | None:
        value = self.text(meaning)
        if not value:
            return None
        try:
            number = float(value)
        except ValueError:
            number = -1.0
        if number < 0 or number != int(number):
            self.faults.append(f"{meaning} {value!r} is not a number of persons")
            return None
        return int(number)

    def day(self, meaning: str) -> date | None:
        value = self.text(meaning)
        if not value:
            return None
        for form in self.rules["dates"]:
            try:
                found = datetime.strptime(value, form).date()
            except ValueError:
                continue
            if found < EARLIEST:
                self.faults.append(f"{meaning} {value} lies before any event of such a database")
            return found
        self.faults.append(f"{meaning} {value!r} is not a date that can be read")
        return None

    def degrees(self, meaning: str, limit: float) -> float | None:
        value = self.text(meaning)
        if not value:
            return None
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if not abs(number) <= limit:
            self.faults.append(f"{'latitude' if limit == 90 else 'longitude'} {value} lies outside -{limit:g}..{limit:g}")
            return None
        return number


def read_event(number: int, cells: Mapping[str, str], rules: Mapping[str, Any]) -> Event:
    """The event of one row. rules: a column map. Never raises on a cell: what cannot be read is in `faults`."""
    row = _Row(cells, rules)
    start, end = row.day("start"), row.day("end")
    if start is None:
        row.faults.append("undated")
    lat, lon = row.degrees("lat", 90), row.degrees("lon", 180)
    word = row.text("level")
    point = Point(lat, lon, rules.get("radius_m", {}).get(word)) if lat is not None and lon is not None else None
    figures = _figures(row)
    named = row.number("named")
    _named_against(row, figures, named)
    kind, names = row.text("kind"), row.values("source_names")
    listed = row.number("sources") if "sources" in rules["columns"] else len(names) or None
    return Event(number, row.text("id"), start, end or start, row.text("place"), row.text("place_local"),
                 row.text("region"), point, rules["levels"].get(word, ""), rules.get("kinds", {}).get(kind, kind),
                 row.values("actors"), figures, named, row.text("grade"), row.text("status"), listed,
                 names, row.text("object"), row.text("url"), tuple(row.faults))


def _figures(row: _Row) -> dict[str, Range]:
    figures = {}
    for name in FIGURES:
        found = Range(row.number(f"{name}_min"), row.number(f"{name}_max"))
        if found.low is not None and found.high is not None and found.low > found.high:
            row.faults.append(f"{name}: the minimum {found.low} is more than the maximum {found.high}")
        if found.known:
            figures[name] = found
    return figures


def _named_against(row: _Row, figures: Mapping[str, Range], named: int | None) -> None:
    """More people named than the publisher's own maximum: a list longer than its total."""
    most = figures.get("killed") or figures.get("civilians")
    fighters = figures.get("fighters", Range())
    if named and most and most.high is not None and named > most.high:
        also = f" (and up to {fighters.high} fighters)" if fighters.high else ""
        row.faults.append(f"{named} people are named and the maximum killed is {most.high}{also}")
