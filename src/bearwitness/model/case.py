"""A whole case, typed: every record by its id, and what does not fit together.

`Case` is a view: it is built from bodies and may be thrown away any time. `problems` checks what no
single row can know: unknown ids, ids used twice, circles of origin, sets with members that do not exist.
"""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bearwitness.model.cells import BadCell
from bearwitness.model.reading import READERS, read_config, read_note
from bearwitness.model.records import (
    Assertion,
    Claim,
    Config,
    Document,
    Exhibit,
    Finding,
    Incident,
    Note,
    Part,
    Reply,
    Search,
    Source,
    Toll,
)

UNKNOWN = "?"
_SHELF = {"source.stated": "sources", "document.stated": "documents", "incident.stated": "incidents",
          "toll.stated": "tolls", "assertion.made": "assertions", "search.made": "searches",
          "reply.recorded": "replies", "claim.stated": "claims", "finding.proposed": "findings",
          "exhibit.sealed": "exhibits"}


@dataclass(frozen=True, slots=True)
class Stated:
    """One record body as it stands: its kind, id, words, and where it was written and sealed.

    actor, time, leaf: who entered it, when, and the leaf hash of its log entry; empty before sealing.
    """

    kind: str
    id: str
    body: Mapping[str, Any]
    file: str = ""
    line: int = 0
    actor: str = ""
    time: str = ""
    leaf: str = ""
    seq: int = -1

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that cannot be used: where, what, and how to mend it."""

    where: str
    message: str
    fix: str = ""


def no_text(exhibit: str) -> str | None:
    """A case that was built in memory holds no texts."""
    return None


@dataclass(slots=True)
class Case:
    """Everything stated in a case, by id. Treat as read-only. text_of: the plain text of an exhibit, where it has one."""

    config: Config
    sources: dict[str, Source] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    incidents: dict[str, Incident] = field(default_factory=dict)
    tolls: dict[str, Toll] = field(default_factory=dict)
    assertions: dict[str, Assertion] = field(default_factory=dict)
    searches: dict[str, Search] = field(default_factory=dict)
    replies: dict[str, Reply] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    findings: dict[str, Finding] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    exhibits: dict[str, Exhibit] = field(default_factory=dict)
    stated: dict[str, Stated] = field(default_factory=dict)
    text_of: Callable[[str], str | None] = field(default=no_text, repr=False, compare=False)
    _index: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def tolls_of(self, incident: str) -> tuple[Toll, ...]:
        return self._by_incident("tolls").get(incident, ())

    def assertions_of(self, incident: str) -> tuple[Assertion, ...]:
        return self._by_incident("assertions").get(incident, ())

    def _by_incident(self, shelf: str) -> dict[str, tuple[Any, ...]]:
        """An index made once: a case is not changed after it is built."""
        if shelf not in self._index:
            found: dict[str, list[Any]] = {}
            for row in getattr(self, shelf).values():
                found.setdefault(row.incident, []).append(row)
            self._index[shelf] = {incident: tuple(rows) for incident, rows in found.items()}
        made: dict[str, tuple[Any, ...]] = self._index[shelf]
        return made

    @property
    def edges(self) -> dict[str, tuple[str, ...]]:
        """Who relies on whom: speaker id to the ids it repeats."""
        if "edges" not in self._index:
            self._index["edges"] = {source.id: source.relies_on for source in self.sources.values()}
        made: dict[str, tuple[str, ...]] = self._index["edges"]
        return made

    @property
    def parts(self) -> dict[str, Part]:
        if "parts" not in self._index:
            self._index["parts"] = {f"{claim.id}.{part.id}": part
                                    for claim in self.claims.values() for part in claim.parts}
        made: dict[str, Part] = self._index["parts"]
        return made

    def speaker(self, ref: str) -> Source | None:
        """The source behind an id; a person of the team speaks as a source of kind `team`."""
        if ref in self.sources:
            return self.sources[ref]
        if ref in self.config.people:
            return Source(ref, self.config.people[ref] or ref, "team")
        return None

    def members(self, scope: str) -> tuple[str, ...]:
        """The incidents of a scope: one incident, or a named set. Empty when the scope is unknown."""
        if scope in self.incidents:
            return (scope,)
        return self.config.sets.get(scope, ())


def build(config: Mapping[str, Any], stated: Iterable[Stated]) -> tuple[Case, list[Problem]]:
    """Type every body. What cannot be read becomes a Problem and is left out of the Case."""
    try:
        case = Case(read_config(config))
    except BadCell as why:
        where = f"case.toml: {why.column}" if why.column else "case.toml"
        return Case(Config("", "UTC", "reasonable-grounds")), [Problem(where, why.problem, why.fix)]
    problems: list[Problem] = []
    for one in stated:
        try:
            _shelve(case, one)
        except BadCell as why:
            column = f", column {why.column}" if why.column else ""
            problems.append(Problem(one.where + column, why.problem, why.fix))
    return case, problems


def _shelve(case: Case, one: Stated) -> None:
    reading = case.config.reading
    if one.kind == "document.stated" and "paragraphs" in one.body:
        case.notes[one.id] = read_note(one.body, reading)
    elif one.kind in _SHELF:
        getattr(case, _SHELF[one.kind])[one.id] = READERS[one.kind](one.body, reading)
    else:
        return
    if one.id in case.stated and case.stated[one.id].where != one.where:
        raise BadCell(f"the id {one.id!r} is already used in {case.stated[one.id].where}",
                      "Ids are one namespace in a case: give this row another one.", "id")
    case.stated[one.id] = one


def bare(refs: Iterable[str]) -> tuple[str, ...]:
    """References without the place inside them: `INT-001 p2` -> `INT-001`."""
    return tuple(ref.split(" ", 1)[0] for ref in refs)
