"""Many logs, one case: the order of what is known, and what was said at the same time without knowing of each other.

Each device writes a log of its own. An entry knows everything before it in its log, and everything in other logs that
a `log.merged` (or the `joins` of its first entry) before it pins. Clocks order nothing. Where two versions of a record
do not know of each other, both stand: a conflict set, which ends when somebody who knows both says it again.

Pure: entries in, order and versions out; the same whatever order the logs are given in.
Source: L. Lamport, Communications of the ACM 21(7), 1978, doi:10.1145/359545.359563 (happened-before).
"""
from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bearwitness.seal.reading import Entry

Clock = dict[str, int]
"""How many entries of each log are known: origin -> size."""
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Version:
    """One statement of a record that nothing later, which knew of it, replaced."""

    entry: Entry
    withdrawn: bool = False


def pins(entry: Entry) -> list[tuple[str, int]]:
    """(origin, size) of other logs that this entry shows it knows."""
    return [(origin, size) for origin, size, _ in pinned(entry)]


def pinned(entry: Entry) -> list[tuple[str, int, str]]:
    """(origin, size, root in hexadecimal) of other logs that this entry shows it knows."""
    joins = entry.body.get("joins") if entry.kind == "case.opened" else None
    found = joins if isinstance(joins, list) else [entry.body] if entry.kind == "log.merged" else []
    return [(pin["origin"], pin["size"], str(pin.get("root"))) for pin in found
            if isinstance(pin, Mapping) and isinstance(pin.get("origin"), str) and type(pin.get("size")) is int]


def ordered(logs: Mapping[str, Sequence[Entry]]) -> list[Entry]:
    """Every entry once, each after all it knows; among those that are free to go, by origin, then number.

    logs: origin -> its entries in order; some may be left out. A pin on a log that is not here, or on more of it than
    is here, does not hold anything back.
    """
    at = dict.fromkeys(sorted(logs), 0)
    out: list[Entry] = []
    while left := [origin for origin in at if at[origin] < len(logs[origin])]:
        free = next((origin for origin in left if _ready(logs[origin][at[origin]], at, logs)), None)
        origin = free or left[0]                # pins in a circle: impossible for honest logs, and still kept
        out.append(logs[origin][at[origin]])
        at[origin] += 1
        while free and at[origin] < len(logs[origin]) and _ready(logs[origin][at[origin]], at, logs):
            out.append(logs[origin][at[origin]])
            at[origin] += 1
    return out


def _ready(entry: Entry, at: Mapping[str, int], logs: Mapping[str, Sequence[Entry]]) -> bool:
    return all(at[origin] == len(logs[origin]) or logs[origin][at[origin]].seq >= size
               for origin, size in pins(entry) if origin in logs)


class Knowledge:
    """What each entry knew. Feed it entries in the order of `ordered`."""

    def __init__(self) -> None:
        self._spans: dict[str, tuple[list[int], list[Clock]]] = {}     # per log: from which entry on, what others it knew

    def learn(self, entry: Entry) -> None:
        """Take one more entry into account."""
        starts, clocks = self._spans.setdefault(entry.origin, ([0], [{}]))
        met = pins(entry)
        if not met:
            return
        clock = dict(clocks[-1])
        for origin, size in met:
            _join(clock, self._others(origin, size - 1))
            clock[origin] = max(clock.get(origin, 0), size)
        starts.append(entry.seq)
        clocks.append(clock)

    def knew(self, later: Entry, earlier: Entry) -> bool:
        """True when `later` was written knowing of `earlier`."""
        if later.origin == earlier.origin:
            return later.seq > earlier.seq
        return self._others(later.origin, later.seq).get(earlier.origin, 0) > earlier.seq

    def _others(self, origin: str, seq: int) -> Clock:
        starts, clocks = self._spans.get(origin, ([0], [{}]))
        return clocks[max(0, bisect_right(starts, seq) - 1)]


def _join(into: Clock, other: Clock) -> None:
    for origin, size in other.items():
        into[origin] = max(into.get(origin, 0), size)


def versions(entries: Iterable[Entry]) -> dict[Key, list[Version]]:
    """For every record: the statements of it that stand. More than one is a conflict set. entries: in order.

    Two judgements by two persons are two records, because a judgement's id holds who gave it.
    """
    found: dict[Key, list[Version]] = {}
    known = Knowledge()
    for entry in entries:
        known.learn(entry)
        withdrawn = entry.kind in ("record.withdrawn", "record.superseded")
        name = entry.body.get("id")
        key = (str(entry.body.get("kind", "")) if withdrawn else entry.kind, str(name))
        if not isinstance(name, str):
            continue
        stands = [version for version in found.get(key, ()) if not known.knew(entry, version.entry)]
        found[key] = [*stands, Version(entry, withdrawn)]
    return found


def conflicts(found: Mapping[Key, Sequence[Version]]) -> dict[Key, list[Version]]:
    """Records with more than one standing version that say different things."""
    return {key: sorted(each, key=lambda v: v.entry.leaf) for key, each in found.items()
            if len({_words(version) for version in each}) > 1}


def _words(version: Version) -> str:
    said = {key: value for key, value in version.entry.body.items() if key not in ("file", "line")}
    return "" if version.withdrawn else repr(sorted(said.items()))
