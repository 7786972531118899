"""What does not fit together between rows: ids that nothing has, circles of origin, sets with strangers in them."""
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bearwitness.model.case import UNKNOWN, Case, Problem, bare
from bearwitness.model.nearest import nearest
from bearwitness.model.records import Assertion, Toll


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
        refs = (*finding.supporting, *finding.opposing, *(ref for r in finding.rivals for ref in r.excluded_by),
                *(ref for fit in finding.fits for ref in fit.refs))
        yield from _missing(case, finding.id, "needs", finding.needs, case.findings.keys())
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
    near: dict[str, str] = case._index.setdefault("near", {})
    for ref in refs:
        if ref in known:
            continue
        if not fix and ref not in near and len(near) < _SUGGESTIONS:
            near[ref] = nearest(ref, known)
        if re.fullmatch(r"[VPD]\d{3,}", ref):
            mend = "Seal the file first: bearwitness add FILE"
        else:
            mend = f"Did you mean {near[ref]!r}?" if near.get(ref) else "Add the row it names, or mend the id."
        yield row, f"{column}: nothing here has the id {ref!r}", fix or mend


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
    for ref in case.config.people:
        if ref in case.stated:
            yield ("case.toml", f"the person {ref!r} has the id of {case.stated[ref].where}",
                   "Ids are one namespace in a case: give one of them another.")
    for ref, part in case.parts.items():
        if ref in case.stated:
            yield (ref, f"the id {ref!r} is that of part {part.id} of the claim {part.claim!r}",
                   "Ids are one namespace in a case: give this row another one.")
    if case.config.publisher and case.config.publisher not in case.sources:
        yield "case.toml", f"publisher {case.config.publisher!r} is no source", "Add it to sources.csv."


def _words(case: Case) -> Iterator[_Fault]:
    for incident in case.incidents.values():
        if incident.level == "exact" and (incident.point is None or incident.point.radius_m is None):
            yield (incident.id, "level is exact but within_m is empty (R07)",
                   "State within how many metres the point is known, or choose a coarser level.")
