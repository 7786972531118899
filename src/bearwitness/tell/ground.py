"""From a reference to what a reader sees behind it: who says what, where it was read, and whether it is held."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bearwitness.link.origins import roots
from bearwitness.model.case import Case, bare
from bearwitness.model.records import Assertion, Document, Search, Toll
from bearwitness.model.when import say_when
from bearwitness.reason.levels import grounds_nothing
from bearwitness.reason.tally import Tally, say_tally
from bearwitness.tell.document import Ground


def ground(case: Case, ref: str, side: str) -> Ground:
    """One reference as a ground. An unknown reference gives an empty one (the fault says so elsewhere)."""
    name = ref.split(" ", 1)[0]
    row = case.assertions.get(name) or case.tolls.get(name)
    if row is not None:
        return _row(case, row, side)
    if name in case.parts:
        part = case.parts[name]
        return _with_entry(case, Ground(ref, side, _name(case, case.claims[part.claim].by), part.text), part.claim)
    if name in case.findings:
        return _with_entry(case, Ground(ref, side, "our finding", case.findings[name].text), name)
    if name in case.searches:
        return _with_entry(case, _search(case, case.searches[name], side), name)
    if name in case.notes:
        return _with_entry(case, _note(case, ref, side), name)
    return _with_entry(case, _other(case, ref, name, side), name)


def title(case: Case, ref: str) -> str:
    """What a reader calls a record that was looked in: a document's title, a speaker's name, a search's words."""
    name = ref.split(" ", 1)[0]
    if name in case.documents:
        return case.documents[name].what
    if name in case.searches:
        return f"a search for {case.searches[name].sought}"
    return _name(case, name)


def grounds(case: Case, refs: Iterable[str], side: str) -> tuple[Ground, ...]:
    return tuple(ground(case, ref, side) for ref in refs)


def _name(case: Case, ref: str) -> str:
    speaker = case.speaker(ref)
    return speaker.shown if speaker else ref


def _row(case: Case, row: Assertion | Toll, side: str) -> Ground:
    document = case.documents.get(row.doc)
    if isinstance(row, Toll):
        figures = ", ".join(f"{name} {value}" for name, value in row.figures.items())
        says = f"{figures}; as of {say_when(row.as_of)}" + (f"; scope: {row.scope}" if row.scope else "")
        note = row.words
        how = ""
    else:
        reach = f"; reach: {row.at}" if row.at else ""
        within = f"; within {row.radius_m:g} m" if row.radius_m else ""
        says, how, note = f"{row.says}{reach}{within}", row.how, row.note
    nothing = grounds_nothing(case, row)
    if nothing:
        note = f"{note}; {nothing}" if note else nothing
    return _with_entry(case, _with_document(Ground(row.id, side, _name(case, row.by), says, how, note=note),
                                            document, row.doc), row.id)


def _with_document(one: Ground, document: Document | None, ref: str) -> Ground:

    if document is None:
        return replace(one, document=ref, held=ref)
    return replace(one, document=document.what, document_date=say_when(document.date) if document.date else "",
                   where=document.where, held=document.held,
                   partly_read=document.read if document.partly_read else "")


def _search(case: Case, search: Search, side: str) -> Ground:
    span = " to ".join(say_when(w) for w in (search.start, search.end) if w)
    return Ground(search.id, side, _name(case, search.by),
                  f"looked for {search.sought} in {search.where}" + (f", {span}" if span else "") + f": {search.result}",
                  "record", note=f"how well it would have been seen: {search.seen_how_well}")


def _note(case: Case, ref: str, side: str) -> Ground:
    note = case.notes[ref.split(" ", 1)[0]]
    place = ref.partition(" ")[2]
    says = f"interview, {say_when(note.date)}, {note.how or 'medium not stated'}"
    says += f", paragraph {place[1:]}" if place else ""
    return Ground(ref, side, _name(case, note.by), says, "eyewitness", document="interview note", held=note.held)


def _other(case: Case, ref: str, name: str, side: str) -> Ground:
    if name in case.documents:
        return _with_document(Ground(ref, side, "document", case.documents[name].what), case.documents[name], name)
    if name in case.exhibits:
        exhibit = case.exhibits[name]
        lacks = f"; not the whole file: {exhibit.lacks}" if exhibit.lacks else ""
        return Ground(ref, side, "exhibit", f"{exhibit.media}, {exhibit.size} bytes, from: {exhibit.came_from}{lacks}",
                      held=name)
    if name in case.incidents:
        incident = case.incidents[name]
        return Ground(ref, side, "case", f"{incident.name}, {say_when(incident.when)}, known to the {incident.level}")
    if name in case.claims:
        claim = case.claims[name]
        return Ground(ref, side, _name(case, claim.by), f"{claim.title}, {say_when(claim.date)}")
    if name in case.sources:
        return Ground(ref, side, case.sources[name].shown, case.sources[name].kind)
    if name in case.replies:
        reply = case.replies[name]
        return Ground(ref, side, reply.to, f"asked: {reply.sent or 'no'}; answered: {reply.answered or 'no'}")
    return Ground(ref, side, "", "")


def _with_entry(case: Case, one: Ground, ref: str) -> Ground:

    stated = case.stated.get(ref)
    if stated is None:
        return one
    return replace(one, entered_by=stated.actor, entered_at=stated.time, seq=stated.seq, leaf=stated.leaf)


def depends(case: Case, refs: Iterable[str]) -> frozenset[str]:
    """Every record that references rest on: the rows, their speakers, documents, exhibits, incidents and grounds."""
    found: set[str] = set()
    todo = list(bare(refs))
    while todo:
        name = todo.pop()
        if name in found:
            continue
        found.add(name)
        todo += bare(_next(case, name))
    return frozenset(found)


def _next(case: Case, name: str) -> list[str]:
    """What a record rests on, one step."""
    row = case.assertions.get(name) or case.tolls.get(name)
    if row is not None:
        return [row.by, row.doc, row.incident]
    if name in case.parts:
        part = case.parts[name]
        return [part.claim, *part.supporting, *part.opposing, *part.struck, *part.shown]
    if name in case.claims:
        return [case.claims[name].by, case.claims[name].doc]
    if name in case.findings:
        finding = case.findings[name]
        return [*finding.supporting, *finding.opposing, *finding.looked_in,
                *(ref for rival in finding.rivals for ref in rival.excluded_by)]
    if name in case.documents:
        document = case.documents[name]
        return [*document.copies, *([document.held] if document.held else [])]
    if name in case.sources:
        return list(roots(case.edges, name)[0] | {e for e in case.edges[name] if e != "?"})
    if name in case.notes:
        return [case.notes[name].by]
    if name in case.searches:
        return [case.searches[name].incident] if case.searches[name].incident else []
    return []


def arithmetic(case: Case, found: Tally, *, brief: bool = False) -> tuple[str, ...]:
    """The steps of a count, in words: what was counted, what was set aside and why, what it comes to.

    brief: a sum says its incidents alone, because each incident's own count has its steps.
    """
    what = f"{found.quantity} {found.category}".strip()
    steps = [f"{what}, {found.scope}: {say_tally(found)}. Rule: {found.rule}."]
    for part in found.parts:
        rows = ", ".join(m.id for m in part.members)
        shown = "; ".join(f"{s.value} shown and not added ({s.why})" for s in part.shown)
        steps.append(f"{case.incidents[part.scope].name}: {say_tally(part)}"
                     + (f" (from {rows})" if rows else "") + (f"; {shown}" if shown else ""))
    if not (brief and found.parts):
        steps += [f"{m.id}: {_name(case, m.by)}, as of {m.as_of}: {m.value} ({m.role})" for m in found.members]
        steps += [f"set aside {one.id}" + (f" ({one.value})" if one.value is not None else "") + f": {one.why}"
                  for one in found.not_used]
    if found.floor_rule:
        steps.append(f"floor: {found.floor_rule}; ceiling: highest of the latest figures"
                     + ("; the top is open" if found.value and found.value.open_top else ""))
    steps += [f"{_name(case, b.by)}: {b.words}" for b in found.breakdowns]
    if found.with_shown is not None:
        steps.append(f"with the figures that are shown and not added it would be {found.with_shown}")
    return tuple(steps)


def counted(case: Case, found: Tally) -> tuple[Ground, ...]:
    """The tolls of a count as grounds: counted, and set aside with the reason."""

    used = tuple(ground(case, m.id, "counted") for m in found.members)
    if found.parts:
        return used
    return used + tuple(replace(ground(case, n.id, "set aside"), note=n.why) for n in found.not_used
                        if n.value is not None or "R05" in n.why)
