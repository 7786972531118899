"""All findings of a case, weighed again only where something they rest on has changed.

What a finding rests on is the set of records that its level was computed from: its grounds and rivals, the findings
and claim parts below it, their documents, speakers and everybody they go back to, and the texts that are like theirs.
A finding whose digest over these is as before keeps its level. The digest is over the records as they were read, so
that the same case always has the same digests, in any order of work.
"""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from bearwitness.link.alike import alike_in, follow
from bearwitness.link.origins import roots_of
from bearwitness.model.case import Case
from bearwitness.model.records import Finding
from bearwitness.reason.findings import Held, weigh
from bearwitness.reason.levels import Standard

SHELVES = ("sources", "documents", "incidents", "tolls", "assertions", "searches", "claims", "findings", "notes",
           "exhibits")


@dataclass(slots=True)
class Reassessment:
    """held: finding id to its level, as it stands. weighed: how many findings the last call weighed anew."""

    standard: Standard
    held: dict[str, Held] = field(default_factory=dict)
    weighed: int = 0
    _case: Case | None = None
    _digest: dict[str, bytes] = field(default_factory=dict)
    _users: dict[str, set[str]] = field(default_factory=dict)

    def over(self, case: Case) -> dict[str, Held]:
        """Weigh what has changed since the last call (everything, at the first), and return all."""
        touched = self._touched(case)
        self.weighed = 0
        for ref in touched:
            finding = case.findings.get(ref)
            if finding is None:
                self.held.pop(ref, None)
                self._digest.pop(ref, None)
                continue
            names = rests_on(case, finding)
            digest = _digest(case, names)
            if self._digest.get(ref) != digest or ref not in self.held:
                self.held[ref] = weigh(case, self.standard, finding)
                self._digest[ref] = digest
                self.weighed += 1
            for name in names | self._strikes(finding):
                self._users.setdefault(name, set()).add(ref)
        self._case = case
        return self.held

    def _touched(self, case: Case) -> Iterable[str]:
        """Findings that rest on anything that is not as it was."""
        if self._case is None or case.config != self._case.config:
            self._digest.clear()
            return list(case.findings)
        follow(self._case, case)
        changed = {name for shelf in SHELVES for name in _changed(getattr(self._case, shelf), getattr(case, shelf))}
        found: set[str] = {ref for ref in changed if ref in case.findings or ref in self.held}
        for name in changed:
            found |= self._users.get(name, set())
        alike = _differently_alike(self._case, case)
        beside = [self._users.get(name, set()) for name in (*alike, *_strikes_of(self._case, changed),
                                                            *_strikes_of(case, changed), *_strikes_where(case, alike))]
        for ref in set().union(*beside):
            self._digest.pop(ref, None)
            found.add(ref)
        return sorted(found)

    def _strikes(self, finding: Finding) -> set[str]:
        """The strikes whose every record matters to a finding: where it grades one, or must speak of each hypothesis."""
        if finding.grade or self.standard.asks_for_all_hypotheses:
            return {f"strike {incident}" for incident in finding.about}
        return set()


def _strikes_of(case: Case, changed: Iterable[str]) -> set[str]:
    """The strikes that changed records speak of."""
    found: set[str] = set()
    for ref in changed:
        row = case.assertions.get(ref) or case.tolls.get(ref)
        if row is not None:
            found.add(f"strike {row.incident}")
        elif ref in case.findings:
            found |= {f"strike {incident}" for incident in case.findings[ref].about}
        elif ref in case.sources:
            found |= {f"strike {incident}" for incident in case.incidents}
    return found


def _strikes_where(case: Case, speakers: set[str]) -> set[str]:
    """The strikes that these speakers speak of: how many origins stand behind each depends on who is like whom."""
    if not speakers:
        return set()
    found = {f"strike {row.incident}" for row in case.assertions.values() if row.by in speakers}
    return found | {f"strike {row.incident}" for row in case.tolls.values() if row.by in speakers}


def _changed(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """Ids that came, went, or hold something else."""
    gone = before.keys() ^ after.keys()
    return gone | {ref for ref, row in after.items() if (old := before.get(ref)) is not row and old != row}


def _differently_alike(before: Case, after: Case) -> set[str]:
    """Speakers whose likenesses to others are not as they were."""
    old, new = alike_in(before), alike_in(after)
    return {speaker for pair in old.keys() | new.keys() if old.get(pair) != new.get(pair) for speaker in pair}


def rests_on(case: Case, finding: Finding) -> set[str]:
    """Every record that the level of a finding is computed from, by id."""
    found: set[str] = set()
    todo = [finding.id]
    while todo:
        ref = todo.pop()
        if ref in found:
            continue
        found.add(ref)
        todo.extend(_next(case, ref))
    return found


def _next(case: Case, ref: str) -> list[str]:
    if ref in case.findings:
        f = case.findings[ref]
        grounds = (*f.supporting, *f.opposing, *f.needs, *(r for rival in f.rivals for r in rival.excluded_by))
        return [name.split(" ", 1)[0] for name in grounds]
    if ref in case.parts:
        part = case.parts[ref]
        return [name.split(" ", 1)[0] for name in (*part.supporting, *part.opposing)] + [part.claim]
    row = case.assertions.get(ref) or case.tolls.get(ref)
    if row is not None:
        return [row.doc, row.by]
    if ref in case.sources:
        return [*case.sources[ref].relies_on, *roots_of(case, ref)[0]]
    if ref in case.documents:
        return [case.documents[ref].held] if case.documents[ref].held else []
    if ref in case.notes:
        return [case.notes[ref].by]
    return [case.searches[ref].by] if ref in case.searches else []


def _digest(case: Case, names: Iterable[str]) -> bytes:
    """A digest over what stands under these ids [16 byte]; the same records give the same one anywhere."""
    whole = blake2b(digest_size=16)
    for name in sorted(names):
        whole.update(_record(case, name))
    return whole.digest()


def _record(case: Case, ref: str) -> bytes:
    """The digest of one record, with its id and shelf. Made once: a case is not changed after it is built."""
    made: dict[str, bytes] = case._index.setdefault("digests", {})
    if ref not in made:
        found = next(((shelf, rows[ref]) for shelf in SHELVES if ref in (rows := getattr(case, shelf))), None)
        made[ref] = blake2b(repr((ref, found)).encode(), digest_size=16).digest()
    return made[ref]
