"""Which further evidence would change a finding most: found by trying it.

Each step is added to what stands and the level is computed anew: one more independent origin, a sealed original, a
document read whole, an answer to what stands against it, a rival excluded, a second person's review. Where no single
step raises the level, the smallest set of steps that does is named, because that is the work there is to do.
"""
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from bearwitness.model.case import Case
from bearwitness.model.records import Finding
from bearwitness.reason.basis import HIGHEST, Basis
from bearwitness.reason.hypotheses import standing, standing_of
from bearwitness.reason.levels import Grounds, Standard, carried, excluded, grounds_of

_LARGEST_SET = 4
NEW = "+new origin"


@dataclass(frozen=True, slots=True)
class Step:
    """One further piece of evidence. after: the level with it alone, 0..4. kind: which way it would help."""

    kind: str
    words: str
    after: int


@dataclass(frozen=True, slots=True)
class Way:
    """The smallest set of steps that raises the level, to `reaches`; no steps where nothing tried does."""

    steps: tuple[Step, ...]
    reaches: int


@dataclass(frozen=True, slots=True)
class _Try:
    kind: str
    words: str
    change: Callable[[Grounds], Grounds]
    rival: int = -1


def steps(case: Case, standard: Standard, finding: Finding) -> tuple[Step, ...]:
    """Every step that applies, the one that raises the level most first."""
    grounds = grounds_of(case, standard, finding)
    found = [Step(one.kind, one.words, _after(case, standard, grounds, finding, (one,)))
             for one in _tries(case, finding, grounds)]
    return tuple(sorted(found, key=lambda s: -s.after))


def way(case: Case, standard: Standard, finding: Finding) -> Way:
    """The smallest set of steps that raises the level."""
    grounds = grounds_of(case, standard, finding)
    now = carried(case, standard, grounds).number
    tries = _tries(case, finding, grounds)
    alone = {one.words: _after(case, standard, grounds, finding, (one,)) for one in tries}
    for size in range(1, min(len(tries), _LARGEST_SET) + 1):
        reached = [(_after(case, standard, grounds, finding, chosen), chosen) for chosen in combinations(tries, size)]
        best = max(reached, key=lambda pair: pair[0])
        if best[0] > now:
            return Way(tuple(Step(one.kind, one.words, alone[one.words]) for one in best[1]), best[0])
    return Way((), now)


def lowered_by(case: Case, standard: Standard, finding: Finding) -> tuple[tuple[str, int], ...]:
    """What would bring the finding down, and to which level: (words, level), lowest first."""
    grounds = grounds_of(case, standard, finding)
    now = carried(case, standard, grounds).number
    tried = (("one record against it that is not answered", replace(grounds, opposed=True)),
             ("one other explanation left open", replace(grounds, rival="open")))
    found = [(words, carried(case, standard, changed).number) for words, changed in tried]
    return tuple(sorted((pair for pair in found if pair[1] < now), key=lambda pair: pair[1]))


def _after(case: Case, standard: Standard, grounds: Grounds, finding: Finding, chosen: Sequence[_Try]) -> int:
    settled = {one.rival for one in chosen if one.rival >= 0}
    for one in chosen:
        grounds = one.change(grounds)
    left = [n for n, rival in enumerate(finding.rivals) if n not in settled and not excluded(case, rival.excluded_by)]
    if grounds.rival == "open" and not left:
        grounds = replace(grounds, rival="")
    return carried(case, standard, grounds).number


def _tries(case: Case, finding: Finding, grounds: Grounds) -> list[_Try]:
    found = [_new_origin(grounds)]
    if grounds.opposed:
        found.append(_Try("answer", f"an answer to what stands against it ({', '.join(finding.opposing)})",
                          lambda g: replace(g, opposed=False)))
    if grounds.rival == "none":
        found.append(_Try("rival", "another explanation named, tested and excluded by a record",
                          lambda g: replace(g, rival="")))
    found += [_rival(n, rival.text, standing_of(rival)[0]) for n, rival in enumerate(finding.rivals)
              if not excluded(case, rival.excluded_by)]
    found += _documents(grounds)
    found += [_Try("finding", f"the finding {ref} raised above level {level}", _raised(ref)) for ref, level in grounds.needs]
    if any(b.ceiling < HIGHEST for b in grounds.supporting):
        found.append(_Try("finding", "the finding it rests on raised", _from_below))
    if not grounds.reviewed:
        found.append(_Try("review", "a review by a second person", lambda g: replace(g, reviewed=True)))
    return found


def _new_origin(grounds: Grounds) -> _Try:
    there = {b.how for b in grounds.supporting}
    how = next(kind for kind in ("eyewitness", "record", "expert", "aftermath", "eyewitness") if kind not in there or
               kind == "eyewitness" and there >= {"eyewitness", "record", "expert", "aftermath"})
    words = {"eyewitness": "an eyewitness", "record": "a record made at the time", "expert": "an expert's own examination",
             "aftermath": "somebody who saw the aftermath"}[how]
    new = Basis(NEW, NEW, how, None, True)
    return _Try("origin", f"one more origin, independent of those there, best {words}, sealed and read whole",
                lambda g: replace(g, supporting=(*g.supporting, new)))


def _rival(number: int, text: str, standing_id: str) -> _Try:
    settled = next((f": {h.settled_by}" for h in standing() if h.id == standing_id and h.settled_by), "")
    return _Try("rival", f"a record that decides the other explanation “{text}”{settled}", lambda g: g, number)


def _documents(grounds: Grounds) -> list[_Try]:
    found = []
    partly = {b.document.id: b.document for b in grounds.supporting if b.document is not None and b.document.partly_read}
    for document in partly.values():
        found.append(_Try("read", f"{document.id} read whole ({document.what})", _read_whole(document.id)))
    loose = sorted({b.doc for b in grounds.supporting if not b.held and b.doc})
    if loose:
        found.append(_Try("seal", f"the original of each document it rests on, sealed here: {', '.join(loose)}",
                          lambda g: replace(g, supporting=tuple(replace(b, held=True) for b in g.supporting))))
    return found


def _read_whole(document: str) -> Callable[[Grounds], Grounds]:
    def change(grounds: Grounds) -> Grounds:
        return replace(grounds, supporting=tuple(
            replace(b, document=replace(b.document, read="whole")) if b.document is not None and b.document.id == document
            else b for b in grounds.supporting))
    return change


def _raised(ref: str) -> Callable[[Grounds], Grounds]:
    return lambda g: replace(g, needs=tuple((name, HIGHEST if name == ref else level) for name, level in g.needs))


def _from_below(grounds: Grounds) -> Grounds:
    return replace(grounds, supporting=tuple(replace(b, ceiling=HIGHEST) for b in grounds.supporting))
