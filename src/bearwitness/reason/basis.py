"""What a reference rests on: who speaks, how they know, and what was read of it.

A finding or a claim part used as a ground is opened: what counts is what it rests on in turn. A finding that comes
back to itself grounds nothing there, and the circle is told by `reason.circles`.
"""
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bearwitness.model.case import Case
from bearwitness.model.records import Assertion, Document, Search, Toll

HIGHEST = 4


@dataclass(frozen=True, slots=True)
class Basis:
    """One ground, resolved. ceiling: the level of the finding through which it came; 4 where it came by itself."""

    ref: str
    speaker: str
    how: str
    document: Document | None
    held: bool
    admission: bool = False
    about: str = ""
    ceiling: int = HIGHEST
    doc: str = ""


Keep = Callable[[Basis], bool]


def resolve(case: Case, refs: Iterable[str], keep: Keep | None = None) -> list[Basis]:
    """The grounds behind references. Records that ground nothing (recalled, incident `?`) are left out.

    keep: which grounds to go on with; for asking what would stand without some of them.
    """
    return [one for one in _resolve(case, refs, frozenset()) if keep is None or keep(one)]


def _resolve(case: Case, refs: Iterable[str], above: frozenset[str]) -> Iterator[Basis]:
    for ref in refs:
        name = ref.split(" ", 1)[0]
        record = case.assertions.get(name) or case.tolls.get(name)
        if record is not None:
            if not grounds_nothing(case, record):
                yield _basis(case, record)
        elif name in case.notes:
            note = case.notes[name]
            yield Basis(name, note.by, "eyewitness", None, bool(note.held), doc=name)
        elif name in case.searches:
            yield _search_basis(case.searches[name])
        elif name not in above and name in case.findings:
            finding = case.findings[name]
            yield from _resolve(case, (*finding.supporting, *finding.needs), above | {name})
        elif name not in above and name in case.parts:
            part = case.parts[name]
            yield from _resolve(case, (*part.supporting, *part.opposing), above | {name})


def grounds_nothing(case: Case, record: Assertion | Toll) -> str:
    """Why a record grounds nothing about an incident; empty when it may."""
    document = case.documents.get(record.doc)
    if document is not None and document.recalled:
        return "from memory, not read: grounds nothing"
    if record.incident == "?":
        return "which incident it speaks of is not known: grounds nothing about any (D11)"
    return ""


def _basis(case: Case, record: Assertion | Toll) -> Basis:
    document = case.documents.get(record.doc)
    held = bool(document and document.held) or record.doc in case.exhibits or record.doc in case.notes
    if isinstance(record, Toll):
        return Basis(record.id, record.by, "record", document, held, doc=record.doc)
    speaker = case.speaker(record.by)
    admission = (record.about == "own-strike" and record.supports != "no" and record.how == "party"
                 and speaker is not None and speaker.kind == "party")
    return Basis(record.id, record.by, record.how, document, held, admission, record.about, doc=record.doc)


def _search_basis(search: Search) -> Basis:
    return Basis(search.id, search.by, "record", None, True)


def cited_whole(case: Case, refs: Iterable[str], keep: Keep | None = None) -> list[Basis]:
    """As `resolve`, where a document or a sealed file may stand for itself: enough to exclude a rival, not to count."""
    found = resolve(case, refs, keep)
    for ref in refs:
        name = ref.split(" ", 1)[0]
        if name in case.documents or name in case.exhibits:
            document = case.documents.get(name)
            one = Basis(name, "", "record", document, name in case.exhibits or bool(document and document.held), doc=name)
            if not (document and document.recalled) and (keep is None or keep(one)):
                found.append(one)
    return found
