"""One event as another database states it: its own words and numbers, typed, and kept apart from ours."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bearwitness.model.where import Point

FIGURES = ("killed", "civilians", "children", "women", "men", "fighters", "injured")


@dataclass(frozen=True, slots=True)
class Range:
    """low, high [persons]; None where the database says nothing for that end."""

    low: int | None = None
    high: int | None = None

    @property
    def known(self) -> bool:
        return self.low is not None or self.high is not None


@dataclass(frozen=True, slots=True)
class Event:
    """One row of an event database.

    row: data row, from 1. id: the publisher's; twice in a table where the publisher used it twice. start, end: local
    dates, both None where the row is undated. point.radius_m [m] only where the publisher's word for accuracy has one.
    grade, status: the publisher's words, never ours. sources: how many it lists; None where it does not say.
    faults: what cannot be so in this row, in words.
    """

    row: int
    id: str
    start: date | None
    end: date | None
    place: str
    place_local: str
    region: str
    point: Point | None
    level: str
    kind: str
    actors: tuple[str, ...]
    figures: dict[str, Range]
    named: int | None
    grade: str
    status: str
    sources: int | None
    source_names: tuple[str, ...]
    object: str
    url: str
    faults: tuple[str, ...] = ()

    @property
    def killed(self) -> Range:
        """The dead of the event: all of them where the database counts all, else its civilians."""
        return self.figures["killed"] if "killed" in self.figures else self.figures.get("civilians", Range())


@dataclass(frozen=True, slots=True)
class EventTable:
    """A whole database as read. rows: data rows in the file; every one is an event. notes: on the table as a whole."""

    title: str
    speaker: tuple[str, str, str]
    file: str
    rows: int
    events: tuple[Event, ...]
    notes: tuple[str, ...]
