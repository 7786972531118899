"""What a finding rests on: its level with and without each origin, document, sealed file and person.

Each is left out in turn, everywhere: among the grounds for it, against it, below it, and among what excludes its
rivals; then the level is computed anew. Nothing is estimated. Where no single origin carries a finding, the smallest
number of origins that together carry it is named.
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from bearwitness.link.origins import origins, roots
from bearwitness.model.case import Case
from bearwitness.model.records import Finding
from bearwitness.reason.basis import Basis, cited_whole, resolve
from bearwitness.reason.findings import weigh
from bearwitness.reason.levels import Standard

KINDS = ("origin", "document", "exhibit", "person")
PERSONS = ("witness", "resident", "responder", "medical", "expert")
_TOGETHER = 4       # origins left out together, at most


@dataclass(frozen=True, slots=True)
class Dependence:
    """One thing left out. refs: the records that fall with it. before, after: the level with and without it, 0..4."""

    kind: str
    ids: tuple[str, ...]
    name: str
    refs: tuple[str, ...]
    before: int
    after: int

    @property
    def critical(self) -> bool:
        return self.after < self.before


def all_basis(case: Case, finding: Finding) -> list[Basis]:
    """Every ground of a finding, on either side and among what excludes its rivals; each once."""
    found = [*resolve(case, (*finding.supporting, *finding.needs)), *resolve(case, finding.opposing)]
    for rival in finding.rivals:
        found += cited_whole(case, rival.excluded_by)
    return list({b.ref: b for b in found}.values())


def dependences(case: Case, standard: Standard, finding: Finding) -> tuple[Dependence, ...]:
    """Each origin, document, sealed file and person left out by itself; those that lower the level most stand first."""
    basis = all_basis(case, finding)
    before = weigh(case, standard, finding).computed.number
    found = [_without(case, standard, finding, before, *one) for one in
             (*_origins(case, basis), *_documents(case, basis), *_exhibits(case, basis), *_persons(case, basis))]
    return tuple(sorted(found, key=lambda d: (d.after, KINDS.index(d.kind), d.name)))


def critical_origins(case: Case, standard: Standard, finding: Finding) -> tuple[Dependence, ...]:
    """The smallest sets of origins without which the level falls; empty where it is 0 already.

    Returns every set of that smallest size, the heaviest fall first.
    """
    basis = all_basis(case, finding)
    before = weigh(case, standard, finding).computed.number
    singles = list(_origins(case, basis))
    for size in range(1, min(len(singles), _TOGETHER) + 1):
        found = []
        for chosen in combinations(singles, size):
            ids = tuple(dict.fromkeys(i for one in chosen for i in one[1]))
            name = " and ".join(one[2] for one in chosen)
            refs = tuple(sorted({ref for one in chosen for ref in one[3]}))
            found.append(_without(case, standard, finding, before, "origin", ids, name, refs))
        if fallen := [one for one in found if one.critical]:
            return tuple(sorted(fallen, key=lambda d: (d.after, d.name)))
    return ()


_Left = tuple[str, tuple[str, ...], str, tuple[str, ...]]


def _without(case: Case, standard: Standard, finding: Finding, before: int, kind: str, ids: tuple[str, ...], name: str,
             refs: tuple[str, ...]) -> Dependence:
    gone = frozenset(refs)
    after = weigh(case, standard, finding, keep=lambda b: b.ref not in gone).computed.number
    return Dependence(kind, ids, name, refs, before, after)


def _origins(case: Case, basis: Iterable[Basis]) -> Iterator[_Left]:
    """Origins known to be apart, and each speaker whose origin is not known."""
    those = [b for b in basis if b.speaker]
    found = origins(case, (b.speaker for b in those))
    for group in (*found.groups, *((speaker,) for speaker in found.unknown)):
        refs = tuple(sorted(b.ref for b in those if b.speaker in group))
        yield "origin", group, " with ".join(shown(case, s) for s in group), refs


def _documents(case: Case, basis: list[Basis]) -> Iterator[_Left]:
    """Documents, each with those that reprint it."""
    for ref in dict.fromkeys(b.doc for b in basis if b.doc in case.documents):
        copies = {d.id for d in case.documents.values() if ref in _reprinted(case, d.id)} | {ref}
        yield "document", (ref,), case.documents[ref].what, tuple(sorted(b.ref for b in basis if b.doc in copies))


def _reprinted(case: Case, document: str) -> frozenset[str]:
    """The documents that this one reprints, and those that they reprint."""
    seen: set[str] = set()
    todo = list(case.documents[document].copies)
    while todo:
        ref = todo.pop()
        if ref not in seen and ref in case.documents:
            seen.add(ref)
            todo.extend(case.documents[ref].copies)
    return frozenset(seen)


def _exhibits(case: Case, basis: list[Basis]) -> Iterator[_Left]:
    """Sealed files: everything read in them, whatever it is called."""
    of: dict[str, list[str]] = {}
    for b in basis:
        held = b.document.held if b.document is not None else b.doc
        if held in case.exhibits:
            of.setdefault(held, []).append(b.ref)
    for exhibit, refs in of.items():
        yield "exhibit", (exhibit,), exhibit, tuple(sorted(refs))


def _persons(case: Case, basis: list[Basis]) -> Iterator[_Left]:
    """People who speak for themselves, or to whom those who speak go back."""
    of: dict[str, list[str]] = {}
    for b in basis:
        for root in roots(case.edges, b.speaker)[0] if b.speaker else ():
            speaker = case.speaker(root)
            if speaker is not None and speaker.kind in PERSONS:
                of.setdefault(root, []).append(b.ref)
    for person, refs in of.items():
        yield "person", (person,), shown(case, person), tuple(sorted(refs))


def shown(case: Case, speaker: str) -> str:
    """The only words that may be printed for a speaker."""
    found = case.speaker(speaker)
    return found.shown if found else speaker
