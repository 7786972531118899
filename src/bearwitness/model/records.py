"""What somebody states, typed: one class per kind of record, read from the body as written.

A body is the row or the front matter with its words untouched (strings, lists, dicts). `read` turns it
into a record and raises `BadCell` where a cell cannot be read; the body stays the evidence of what was
written, the record is only a way to compute with it.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bearwitness.model.conflict import Conflict
from bearwitness.model.count import Count
from bearwitness.model.weighing import Dissent as Dissent
from bearwitness.model.weighing import Fit as Fit
from bearwitness.model.weighing import Rival as Rival
from bearwitness.model.when import When, parse_when
from bearwitness.model.where import Point, find_point

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell's meaning depends on: the case's zone and the half width of its `~` times."""

    zone: str = "UTC"
    about: timedelta = timedelta(minutes=30)

    def when(self, cell: str) -> When:
        return parse_when(cell, self.zone, self.about)


@dataclass(frozen=True, slots=True)
class Source:
    """A person or body that speaks."""

    id: str
    name: str
    kind: str
    name_local: str = ""
    also: tuple[str, ...] = ()
    grade: str = ""
    shown_as: str = ""
    relies_on: tuple[str, ...] = ()
    note: str = ""

    @property
    def shown(self) -> str:
        """The only words a report may print for it."""
        return self.shown_as or self.name

    @property
    def names(self) -> tuple[str, ...]:
        return (self.shown_as,) if self.shown_as else (self.name, *self.also)


@dataclass(frozen=True, slots=True)
class Document:
    """What was read or is held."""

    id: str
    what: str
    date: When | None
    where: str
    held: str = ""
    copies: tuple[str, ...] = ()
    read: str = ""
    language: str = ""
    note: str = ""

    @property
    def recalled(self) -> bool:
        return self.read == "recall"

    @property
    def partly_read(self) -> bool:
        return self.read not in ("", "whole", "recall")


@dataclass(frozen=True, slots=True)
class Incident:
    """One strike at a place and time."""

    id: str
    name: str
    name_local: str
    when: When
    point: Point | None
    level: str
    objects: tuple[str, ...]
    lead: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Toll:
    """What one speaker, at one moment, says the numbers are."""

    id: str
    incident: str
    by: str
    doc: str
    as_of: When
    figures: Mapping[str, Count]
    words: str
    definition: str = ""
    scope: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Assertion:
    """One thing somebody says is so. shows: facts of the law that a person says it shows; `!` before a denial."""

    id: str
    incident: str
    about: str
    by: str
    doc: str
    says: str
    how: str
    at: str = ""
    radius_m: float | None = None
    window: When | None = None
    supports: str = ""
    observers: str = ""
    as_of: When | None = None
    words: str = ""
    note: str = ""
    shows: tuple[str, ...] = ()

    @property
    def point(self) -> Point | None:
        return find_point(self.says, self.radius_m)


@dataclass(frozen=True, slots=True)
class Search:
    """What was looked for, where, by whom, with what result."""

    id: str
    sought: str
    where: str
    radius_m: float | None
    start: When | None
    end: When | None
    by: str
    seen_how_well: str
    result: str
    incident: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """A right of reply: who was asked, how, and what came back."""

    id: str
    claim: str
    to: str
    channel: str
    sent: str
    deadline: str
    answered: str
    words: str


@dataclass(frozen=True, slots=True)
class Part:
    """One testable part of a claim."""

    id: str
    claim: str
    text: str
    kind: str
    test: str = ""
    supporting: tuple[str, ...] = ()
    opposing: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    verdict: str = ""
    line: int = 0
    claimed: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """An official statement put to the test, in parts."""

    id: str
    by: str
    doc: str
    date: When
    about: tuple[str, ...]
    title: str
    exact_words: str
    reply: str
    reason: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A proposition the team holds, with grounds for and against.

    needs: findings that must hold for this one to hold. reviewed, approved: second persons, by role.
    grade: the grade of an incident that a person gives by hand, with the reason.
    """

    id: str
    about: tuple[str, ...]
    by: str
    text: str
    supporting: tuple[str, ...]
    opposing: tuple[str, ...]
    looked_in: tuple[str, ...]
    rivals: tuple[Rival, ...]
    reviewed: str = ""
    hold: int | None = None
    hold_because: str = ""
    approved: str = ""
    needs: tuple[str, ...] = ()
    fits: tuple[Fit, ...] = ()
    dissent: tuple[Dissent, ...] = ()
    grade: str = ""
    grade_because: str = ""
    shows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """An interview in numbered paragraphs, with the consent of the person who spoke."""

    id: str
    by: str
    date: When
    place: str
    language: str
    interpreter: str
    how: str
    consent: Mapping[str, tuple[bool, str]]
    paragraphs: tuple[str, ...]
    held: str = ""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A sealed item. lacks: why it is not the whole file (a placeholder, a download that did not end), as `add` found it."""

    id: str
    sha256: str
    size: int
    media: str
    came_from: str
    note: str = ""
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class Config:
    """case.toml."""

    title: str
    zone: str
    standard: str
    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    publisher: str = ""
    people: Mapping[str, str] = field(default_factory=dict)
    presumed_civilian: Mapping[str, str] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    about: timedelta = timedelta(minutes=30)
    own_standard: Mapping[str, Any] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    territory: str = ""

    @property
    def reading(self) -> Reading:
        return Reading(self.zone, self.about)
