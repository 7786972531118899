"""How far the grounds carry: a level, the origins it rests on, and every cap that held it down.

level = what the independent origins carry, under each cap of the named standard that applies. Levels
are never averaged, and 5 is never issued. Standards are data: rules/standards/*.toml.
"""
from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bearwitness.link.origins import Origins, origins, say_origins
from bearwitness.model.case import Case
from bearwitness.model.records import Assertion, Document, Note, Search, Toll
from bearwitness.rules import load


@dataclass(frozen=True, slots=True)
class Level:
    """number: 0..4. caps: the words of each cap that holds it there."""

    number: int
    name: str
    origins: Origins
    origins_words: str
    caps: tuple[str, ...] = ()
    partly_read: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standard:
    """A named standard of proof as data."""

    name: str

    @cached_property
    def rules(self) -> dict[str, Any]:
        return load(f"standards/{self.name}")

    def level_name(self, number: int) -> str:
        return str(next(each["name"] for each in self.rules["level"] if each["number"] == number))

    def cap(self, name: str) -> tuple[int, str]:
        cap = self.rules["caps"][name]
        return cap["level"], cap["words"]

    @property
    def ladder(self) -> list[tuple[int, str, str]]:
        return [(each["number"], each["name"], each["words"]) for each in self.rules["level"]]


@dataclass(frozen=True, slots=True)
class Basis:
    """One ground, resolved: who speaks, how they know, and what was read of it."""

    ref: str
    speaker: str
    how: str
    document: Document | None
    held: bool
    admission: bool = False
    about: str = ""


def resolve(case: Case, refs: Iterable[str]) -> list[Basis]:
    """The grounds behind references. Records that ground nothing (recalled, incident `?`) are left out."""
    found: list[Basis] = []
    for ref in refs:
        name = ref.split(" ", 1)[0]
        record = case.assertions.get(name) or case.tolls.get(name)
        if record is not None:
            if grounds_nothing(case, record):
                continue
            found.append(_basis(case, record))
        elif name in case.notes:
            note: Note = case.notes[name]
            found.append(Basis(name, note.by, "eyewitness", None, bool(note.held)))
        elif name in case.findings:
            found.extend(resolve(case, case.findings[name].supporting))
        elif name in case.parts:
            part = case.parts[name]
            found.extend(resolve(case, (*part.supporting, *part.opposing)))
        elif name in case.searches:
            found.append(_search_basis(case.searches[name]))
    return found


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
        return Basis(record.id, record.by, "record", document, held)
    speaker = case.speaker(record.by)
    admission = (record.about == "own-strike" and record.supports != "no" and record.how == "party"
                 and speaker is not None and speaker.kind == "party")
    return Basis(record.id, record.by, record.how, document, held, admission, record.about)


def _search_basis(search: Search) -> Basis:
    return Basis(search.id, search.by, "record", None, True)


def assess(case: Case, standard: Standard, supporting: Sequence[str], *, opposed: bool = False,
           rival: str = "", reviewed: bool = True) -> Level:
    """The level that grounds carry. rival: "", "open" or "none"; opposed: something unanswered stands against."""
    basis = resolve(case, supporting)
    found = origins(case, (b.speaker for b in basis))
    partly = tuple(sorted({b.document.id for b in basis if b.document is not None and b.document.partly_read}))
    if not basis:
        return Level(0, standard.level_name(0), found, say_origins(case, found), ("nothing grounds it",))
    number = _base(standard, basis, found)
    held_down: list[str] = []
    for name in _caps(basis, found, opposed, rival, reviewed, bool(partly)):
        level, words = standard.cap(name)
        if name == "one-origin" and any(b.admission for b in basis):
            continue
        if level <= number:
            held_down = [w for w in held_down if level == number] + [words]
            number = level
    return Level(number, standard.level_name(number), found, say_origins(case, found), tuple(held_down), partly)


def _base(standard: Standard, basis: list[Basis], found: Origins) -> int:
    base: dict[str, int] = standard.rules["base"]
    kinds = {b.how for b in basis}
    if found.established >= 3 and len(kinds) >= 2:
        return base["three_origins_of_two_kinds"]
    if found.established >= 2:
        return base["two_origins"]
    return base["admission"] if any(b.admission for b in basis) else base["one_origin"]


def _caps(basis: list[Basis], found: Origins, opposed: bool, rival: str, reviewed: bool, partly: bool) -> list[str]:
    conditions: list[tuple[str, Callable[[], bool]]] = [
        ("one-origin", lambda: found.established <= 1),
        ("opposed", lambda: opposed),
        ("rival-open", lambda: rival == "open"),
        ("no-rival", lambda: rival == "none"),
        ("hearsay", lambda: all(b.how == "hearsay" for b in basis)),
        ("sound-only", lambda: all(b.about == "aircraft" for b in basis)),
        ("partly-read", lambda: partly),
        ("unreviewed", lambda: not reviewed),
        ("not-held", lambda: not all(b.held for b in basis)),
    ]
    return [name for name, holds in conditions if holds()]
