"""A whole case, typed: every record by its id, and what does not fit together.

`Case` is a view: it is built from bodies and may be thrown away any time. `problems` checks what no
single row can know: unknown ids, ids used twice, circles of origin, sets with members that do not exist.
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bearwitness.model.cells import BadCell
from bearwitness.model.records import (
    READERS,
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
    read_config,
    read_note,
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


@dataclass(slots=True)
class Case:
    """Everything stated in a case, by id. Treat as read-only."""

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
        return self._index[shelf]

    @property
    def edges(self) -> dict[str, tuple[str, ...]]:
        """Who relies on whom: speaker id to the ids it repeats."""
        if "edges" not in self._index:
            self._index["edges"] = {source.id: source.relies_on for source in self.sources.values()}
        return self._index["edges"]

    @property
    def parts(self) -> dict[str, Part]:
        if "parts" not in self._index:
            self._index["parts"] = {f"{claim.id}.{part.id}": part
                                    for claim in self.claims.values() for part in claim.parts}
        return self._index["parts"]

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


def problems(case: Case) -> list[Problem]:
    """What does not fit together between rows."""
    return [Problem(case.stated[ref].where if ref in case.stated else ref, message, fix)
            for check in (_unknown_ids, _circles, _sets, _words) for ref, message, fix in check(case)]


_Fault = tuple[str, str, str]


def _unknown_ids(case: Case) -> Iterator[_Fault]:
    incidents = case.incidents.keys() | case.config.sets.keys() | {UNKNOWN}
    speakers = case.sources.keys() | case.config.people.keys()
    documents = case.documents.keys() | case.notes.keys() | case.exhibits.keys()
    rows: tuple[Toll | Assertion, ...] = (*case.tolls.values(), *case.assertions.values())
    for row in rows:
        if row.incident in incidents and row.by in speakers and row.doc in documents:
            continue
        yield from _missing(case, row.id, "incident", (row.incident,), incidents)
        yield from _missing(case, row.id, "by", (row.by,), speakers)
        yield from _missing(case, row.id, "in", (row.doc,), documents)
    for document in case.documents.values():
        yield from _missing(case, document.id, "held", (document.held,) if document.held else (),
                            case.exhibits.keys(), "Seal the file first: bearwitness add FILE")
        yield from _missing(case, document.id, "copies", document.copies, case.documents.keys())
    for incident in case.incidents.values():
        yield from _missing(case, incident.id, "lead", incident.lead, case.sources.keys())
    yield from _unknown_in_texts(case)


def _unknown_in_texts(case: Case) -> Iterator[_Fault]:
    documents = case.documents.keys() | case.exhibits.keys()
    incidents = case.incidents.keys() | case.config.sets.keys() | {UNKNOWN}
    grounds = case.assertions.keys() | case.tolls.keys() | case.notes.keys() | case.searches.keys() \
        | case.documents.keys() | case.exhibits.keys() | case.findings.keys() | case.parts.keys()
    for claim in case.claims.values():
        yield from _missing(case, claim.id, "by", (claim.by,), case.sources.keys())
        yield from _missing(case, claim.id, "in", (claim.doc,), documents)
        yield from _missing(case, claim.id, "about", claim.about, incidents)
        for part in claim.parts:
            refs = (*part.supporting, *part.opposing, *part.struck, *part.shown)
            yield from _grounds(case, _line(case, claim.id, part.line), f"part {part.id}", refs, grounds)
    for finding in case.findings.values():
        yield from _missing(case, finding.id, "about", finding.about, incidents)
        refs = (*finding.supporting, *finding.opposing, *(ref for r in finding.rivals for ref in r.excluded_by))
        yield from _grounds(case, finding.id, "grounds", refs, grounds)
        yield from _missing(case, finding.id, "looked in", finding.looked_in, documents | case.sources.keys()
                            | case.searches.keys())
    for reply in case.replies.values():
        yield from _missing(case, reply.id, "claim", (reply.claim,), case.claims.keys())
    for note in case.notes.values():
        yield from _missing(case, note.id, "by", (note.by,), case.sources.keys())


def _line(case: Case, ref: str, line: int) -> str:
    """`file:line` inside the file of a record; the record's id where no line is known."""
    return f"{case.stated[ref].file}:{line}" if line and ref in case.stated else ref


def bare(refs: Iterable[str]) -> tuple[str, ...]:
    """References without the place inside them: `INT-001 p2` -> `INT-001`."""
    return tuple(ref.split(" ", 1)[0] for ref in refs)


def _grounds(case: Case, row: str, column: str, refs: tuple[str, ...], known: Any) -> Iterator[_Fault]:
    """References that name nothing, or a paragraph that an interview does not have."""
    yield from _missing(case, row, column, dict.fromkeys(bare(refs)), known)
    for ref in refs:
        name, _, place = ref.partition(" ")
        if name in case.notes and place[:1] == "p" and place[1:].isdecimal():
            there = len(case.notes[name].paragraphs)
            if not 1 <= int(place[1:]) <= there:
                yield (row, f"{column}: {name!r} has no paragraph {place[1:]}",
                       f"Its paragraphs are p1 to p{there}." if there > 1 else "It has one paragraph, p1.")


_SUGGESTIONS = 40       # distinct unknown ids for which a near one is sought: the search is slow


def _missing(case: Case, row: str, column: str, refs: Iterable[str], known: Any,
             fix: str = "") -> Iterator[_Fault]:
    import difflib
    near: dict[str, str] = case._index.setdefault("near", {})
    for ref in refs:
        if ref in known:
            continue
        if not fix and ref not in near and len(near) < _SUGGESTIONS:
            near[ref] = next(iter(difflib.get_close_matches(ref, sorted(known), 1)), "")
        yield row, f"{column}: nothing here has the id {ref!r}", fix or (
            f"Did you mean {near[ref]!r}?" if near.get(ref) else "Add the row it names, or mend the id.")


def _circles(case: Case) -> Iterator[_Fault]:
    """Circles of origin, each said once, at its first member."""
    for what, edges in (("relies_on", {s.id: s.relies_on for s in case.sources.values()}),
                        ("copies", {d.id: d.copies for d in case.documents.values()})):
        said: set[str] = set()
        for start in edges:
            if what == "relies_on":
                yield from _missing(case, start, what, (r for r in edges[start] if r != UNKNOWN), edges.keys())
            if start in said or not edges[start]:
                continue
            after = _after(start, edges)
            if start in after:
                said |= {node for node in after if start in _after(node, edges)}
                yield (start, f"{what}: {start!r} leads back to itself in a circle",
                       "An origin cannot copy its own copy: remove one of the edges.")


def _after(node: str, edges: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Everything that edges lead to from a node; the node itself only where a circle leads back."""
    seen: set[str] = set()
    todo = [node]
    while todo:
        for ref in edges.get(todo.pop(), ()):
            if ref not in seen:
                seen.add(ref)
                todo.append(ref)
    return seen


def _sets(case: Case) -> Iterator[_Fault]:
    for name, members in case.config.sets.items():
        if name in case.incidents:
            yield "case.toml", f"the set {name!r} has the name of an incident", "Give the set another name."
        if len(set(members)) != len(members):
            yield "case.toml", f"the set {name!r} names a member twice", "A sum counts each member once."
        for ref in members:
            if ref not in case.incidents:
                yield "case.toml", f"the set {name!r} names {ref!r}, which is no incident", "Mend the id or add the row."
    if case.config.publisher and case.config.publisher not in case.sources:
        yield "case.toml", f"publisher {case.config.publisher!r} is no source", "Add it to sources.csv."


def _words(case: Case) -> Iterator[_Fault]:
    for incident in case.incidents.values():
        if incident.level == "exact" and (incident.point is None or incident.point.radius_m is None):
            yield (incident.id, "level is exact but within_m is empty (R07)",
                   "State within how many metres the point is known, or choose a coarser level.")
