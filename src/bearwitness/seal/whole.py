"""All logs of a case read as one: everything, what counts, and what one device's files stand on. Reads only."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from bearwitness.seal import reading
from bearwitness.seal.entry import Entry
from bearwitness.seal.history import Knowledge, ordered
from bearwitness.seal.standing import counting, standing


def everything(root: Path) -> list[Entry]:
    """Every entry of every log under the `.bearwitness` folder `root`, each after all it knew."""
    return ordered({str(origin): list(reading.entries(root, origin, len(reading.scan(root, origin).tree)))
                    for origin in reading.find_logs(root)[1]})


def admitted(entries: Sequence[Entry]) -> list[Entry]:
    """Those whose log is by a key that the authority has admitted, and that are not unattested. entries: in causal order."""
    return counting(standing(entries), entries)


def base(entries: Sequence[Entry], own: str) -> list[Entry]:
    """The log of `own`, and the others as far as its first entry knew them. entries: in causal order."""
    known = Knowledge()
    for entry in entries:
        known.learn(entry)
    first = next(entry for entry in entries if entry.origin == own)
    return [entry for entry in entries if entry.origin == own or known.knew(first, entry)]


def unsigned(entries: Iterable[Entry], acts: Iterable[Entry]) -> str:
    """What is wrong with these acts on top of these entries; empty when they carry the signatures they need."""
    known = standing(entries)
    before = len(known.faults)
    for act in acts:
        known.fold(act)
    return known.faults[before].what if len(known.faults) > before else ""
