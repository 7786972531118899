"""Which speakers speak for themselves, and which repeat somebody.

An origin is a root of the graph of speakers (`relies_on`: copies, translates, quotes, shares an interviewee, uploads
again), never a page. An edge that is not known (`?`) is presumed shared: it adds no origin. Where the exact words of
two speakers are near-identical, they are presumed to share an origin, whatever their rows say.
The number of independent origins is the largest number of speakers no two of whom share a root: a page that quotes
two witnesses adds nothing to them, and does not make the two one.
Each joining has its reason (`Merge`), so that a reader can contest it.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bearwitness.link.alike import alike_in, shared_speech
from bearwitness.model.case import UNKNOWN, Case

_EXACT = 14     # distinct sets of roots up to which the largest number is sought exactly


@dataclass(frozen=True, slots=True)
class Merge:
    """Two speakers counted as one origin, and why."""

    a: str
    b: str
    why: str


@dataclass(frozen=True, slots=True)
class Origins:
    """Speakers gathered by shared roots.

    groups: one tuple of speaker ids per known independent origin; one who draws on two of them stands in both.
    unknown: speakers whose origin is not known. established: the number of origins that can be counted on [1].
    merges: why speakers were joined. doubtful: likenesses that open the question and join nobody.
    """

    groups: tuple[tuple[str, ...], ...]
    unknown: tuple[str, ...]
    merges: tuple[Merge, ...] = ()
    doubtful: tuple[Merge, ...] = ()

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
    """Gather speakers whose roots overlap, or whose words are near-identical; count what is left."""
    chosen = tuple(sorted(dict.fromkeys(speakers)))
    cache: dict[tuple[str, ...], Origins] = case._index.setdefault("origins", {})
    if chosen not in cache:
        cache[chosen] = _origins(case, chosen)
    return cache[chosen]


def _origins(case: Case, speakers: tuple[str, ...]) -> Origins:
    own: dict[str, frozenset[str]] = {}
    unknown: list[str] = []
    for speaker in speakers:
        found, is_unknown = roots_of(case, speaker)
        if is_unknown:
            unknown.append(speaker)
        else:
            own[speaker] = found
    merges = _by_roots(case, own)
    joined, doubtful = _by_words(case, own)
    leaders = _independent(sorted(set(own.values()), key=lambda s: (len(s), sorted(s))))
    groups = tuple(sorted(tuple(sorted(s for s in own if own[s] & leader)) for leader in leaders))
    return Origins(groups, tuple(unknown), (*merges, *joined), doubtful)


def roots_of(case: Case, speaker: str) -> tuple[frozenset[str], bool]:
    """As `roots`, over the speakers of a case. Computed once: a case is not changed after it is built."""
    cache: dict[str, tuple[frozenset[str], bool]] = case._index.setdefault("roots", {})
    if speaker not in cache:
        cache[speaker] = roots(case.edges, speaker)
    return cache[speaker]


def _by_words(case: Case, own: dict[str, frozenset[str]]) -> tuple[list[Merge], tuple[Merge, ...]]:
    """Join the roots of speakers whose words are near-identical; changes `own`."""
    joined: list[Merge] = []
    doubtful: list[Merge] = []
    found = alike_in(case)
    for a, b in shared_speech(found, own):
        for alike in found[a, b]:
            merge = Merge(a, b, f"{alike.why} [{alike.a.ref}; {alike.b.ref}]")
            if own[a] & own[b]:
                continue
            if not alike.presumes:
                doubtful.append(merge)
                continue
            together = own[a] | own[b]
            own.update({s: those | together for s, those in own.items() if those & together})
            joined.append(merge)
    return joined, tuple(doubtful)


def _by_roots(case: Case, own: Mapping[str, frozenset[str]]) -> list[Merge]:
    """Why each pair of speakers with a shared root is one origin: one quotes the other, or both go back to a third."""
    names = list(own)
    found = []
    for n, a in enumerate(names):
        for b in names[n + 1:]:
            if shared := own[a] & own[b]:
                if own[a] == {a} and a in shared:
                    why = f"{_name(case, b)} goes back to {_name(case, a)}"
                elif own[b] == {b} and b in shared:
                    why = f"{_name(case, a)} goes back to {_name(case, b)}"
                else:
                    why = f"both go back to {', '.join(_name(case, root) for root in sorted(shared))}"
                found.append(Merge(a, b, why))
    return found


def _independent(sets: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """The largest number of sets no two of which overlap. Exact up to a size; beyond it never too many.

    A set that holds another one is never needed in its place.
    """
    least = [one for one in sets if not any(other < one for other in sets)]
    if len(least) > _EXACT:
        apart = [one for one in least if not any(one & other for other in least if other != one)]
        return apart + _greedy([one for one in least if one not in apart])
    return _best(least)


def _greedy(sets: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    taken: list[frozenset[str]] = []
    for one in sets:
        if not any(one & other for other in taken):
            taken.append(one)
    return taken


def _best(sets: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    if not sets:
        return []
    first, rest = sets[0], sets[1:]
    apart = [one for one in rest if not one & first]
    taken = [first, *_best(apart)]
    if len(apart) == len(rest):
        return taken
    left_out = _best(rest)
    return taken if len(taken) >= len(left_out) else left_out


PUBLISHERS = ("ngo", "monitor", "media", "state-media", "osint", "wiki", "archive")


def shared_unknown(case: Case, found: Origins) -> bool:
    """Two or more publishers whose witnesses are not known: they may have spoken with the same people."""
    kinds = [(case.speaker(g[0]) or None) for g in found.groups if len(g) == 1]
    return sum(1 for s in kinds if s is not None and s.kind in PUBLISHERS and not s.relies_on) >= 2


def _name(case: Case, ref: str) -> str:
    speaker = case.speaker(ref)
    return speaker.shown if speaker else ref


def say_origins(case: Case, found: Origins) -> str:
    """`one origin (Bellingcat)`, `2 independent origins (...)`, with what is not known said."""
    said: dict[Origins, str] = case._index.setdefault("origins_said", {})
    if found not in said:
        said[found] = _say(case, found)
    return said[found]


def _say(case: Case, found: Origins) -> str:
    def names(group: Iterable[str]) -> str:
        return " with ".join(_name(case, s) for s in group)
    known = "; ".join(names(group) for group in found.groups)
    if not found.groups and not found.unknown:
        return "no origin"
    if not found.groups:
        return f"one origin at least; independence not known ({'; '.join(names((u,)) for u in found.unknown)})"
    open_ended = shared_unknown(case, found) or bool(found.unknown) or bool(found.doubtful)
    word = "origins" if open_ended else "independent origins"
    head = f"one origin ({known})" if len(found.groups) == 1 else f"{len(found.groups)} {word} ({known})"
    if shared_unknown(case, found):
        head += "; whether they share witnesses is not known"
    if found.doubtful:
        head += "; a likeness of their texts is not explained"
    if found.unknown:
        head += f"; independence not known for {'; '.join(names((u,)) for u in found.unknown)}"
    return head
