"""Which speakers speak for themselves, and which repeat somebody.

An origin is a root of the graph of speakers (`relies_on`: copies, translates, quotes, shares an
interviewee), never a page. An edge that is not known (`?`) is presumed shared: it adds no origin.
What it does not do yet: find copies by their wording.
Method: independence counted over distinct roots after cutting shared ancestors.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bearwitness.model.case import UNKNOWN, Case


@dataclass(frozen=True, slots=True)
class Origins:
    """Speakers gathered by shared roots.

    groups: one tuple of speaker ids per known independent origin. unknown: speakers whose origin is not
    known. established: the number of origins that can be counted on [1].
    """

    groups: tuple[tuple[str, ...], ...]
    unknown: tuple[str, ...]

    @property
    def established(self) -> int:
        return len(self.groups) or (1 if self.unknown else 0)

    @property
    def complete(self) -> bool:
        return not self.unknown


def roots(edges: Mapping[str, tuple[str, ...]], start: str) -> tuple[frozenset[str], bool]:
    """The roots of a speaker, and whether an edge on the way is not known. Circles were refused before."""
    found: set[str] = set()
    unknown, seen, todo = False, set(), [start]
    while todo:
        node = todo.pop()
        if node in seen:
            continue
        seen.add(node)
        known = [edge for edge in edges.get(node, ()) if edge != UNKNOWN]
        unknown |= UNKNOWN in edges.get(node, ())
        todo.extend(known)
        if not known:
            found.add(node)
    return frozenset(found), unknown


def origins(case: Case, speakers: Iterable[str]) -> Origins:
    """Gather speakers whose roots overlap; count what is left."""
    edges = case.edges
    groups: list[tuple[set[str], set[str]]] = []
    unknown: list[str] = []
    for speaker in dict.fromkeys(speakers):
        own, is_unknown = roots(edges, speaker)
        if is_unknown:
            unknown.append(speaker)
            continue
        overlapping = [g for g in groups if g[0] & own]
        merged: tuple[set[str], set[str]] = (set(own), {speaker})
        for group in overlapping:
            merged = (merged[0] | group[0], merged[1] | group[1])
            groups.remove(group)
        groups.append(merged)
    return Origins(tuple(sorted(tuple(sorted(g[1])) for g in groups)), tuple(sorted(unknown)))


PUBLISHERS = ("ngo", "monitor", "media", "state-media", "osint", "wiki", "archive")


def shared_unknown(case: Case, found: Origins) -> bool:
    """Two or more publishers whose witnesses are not known: they may have spoken with the same people."""
    kinds = [(case.speaker(g[0]) or None) for g in found.groups if len(g) == 1]
    return sum(1 for s in kinds if s is not None and s.kind in PUBLISHERS and not s.relies_on) >= 2


def say_origins(case: Case, found: Origins) -> str:
    """`one origin (Bellingcat)`, `2 independent origins (...)`, with what is not known said."""
    def names(group: Iterable[str]) -> str:
        return " with ".join((case.speaker(s).shown if case.speaker(s) else s) for s in group)  # type: ignore[union-attr]
    known = "; ".join(names(group) for group in found.groups)
    if not found.groups and not found.unknown:
        return "no origin"
    if not found.groups:
        return f"one origin at least; independence not known ({'; '.join(names((u,)) for u in found.unknown)})"
    open_ended = shared_unknown(case, found) or bool(found.unknown)
    word = "origins" if open_ended else "independent origins"
    head = f"one origin ({known})" if len(found.groups) == 1 else f"{len(found.groups)} {word} ({known})"
    if shared_unknown(case, found):
        head += "; whether they share witnesses is not known"
    if found.unknown:
        head += f"; independence not known for {'; '.join(names((u,)) for u in found.unknown)}"
    return head
