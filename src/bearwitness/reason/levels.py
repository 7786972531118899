"""How far the grounds carry: a level, the origins it rests on, and every cap that held it down.

level = what the independent origins carry, under each cap of the named standard that applies. Levels are never
averaged, and 5 is never issued. A weak ground never lowers what the strong ones carry without it: where one document
was read in part, the level is the higher of all the grounds under that cap and of the others without it.
"""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bearwitness.link.origins import Origins, origins, say_origins
from bearwitness.model.case import Case
from bearwitness.model.records import Finding
from bearwitness.reason.basis import HIGHEST, Basis, Keep, cited_whole, grounds_nothing, resolve
from bearwitness.reason.standards import Standard, standard_of

__all__ = ["Basis", "Grounds", "Level", "Standard", "assess", "carried", "grounds_nothing", "resolve", "standard_of"]


@dataclass(frozen=True, slots=True)
class Level:
    """number: 0..4. caps: the words of each cap that holds it there. conditions: the names of those caps."""

    number: int
    name: str
    origins: Origins
    origins_words: str
    caps: tuple[str, ...] = ()
    partly_read: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grounds:
    """Everything a level is computed from.

    opposed: something unanswered stands against it. rival: "", "open" or "none". presumed: an element of it is
    presumed by a rule of law. needs: (finding, its level) for each finding that must hold for this one to hold.
    """

    supporting: tuple[Basis, ...]
    opposed: bool = False
    rival: str = ""
    reviewed: bool = True
    presumed: bool = False
    needs: tuple[tuple[str, int], ...] = ()


def assess(case: Case, standard: Standard, supporting: Sequence[str], *, opposed: bool = False, rival: str = "",
           reviewed: bool = True, presumed: bool = False, keep: Keep | None = None) -> Level:
    """The level that references carry. rival: "", "open" or "none"; opposed: something unanswered stands against.

    keep: which grounds to go on with, for asking what would stand without some of them.
    """
    basis, _ = _with_ceilings(case, standard, supporting, keep, frozenset())
    return carried(case, standard, Grounds(basis, opposed, rival, reviewed, presumed))


def carried(case: Case, standard: Standard, grounds: Grounds) -> Level:
    """The level that grounds carry."""
    best = _carried(case, standard, grounds)
    if not grounds.supporting or best.number >= _best_possible(standard, grounds):
        return best
    for least in sorted({_ceiling(standard, b) for b in grounds.supporting})[1:]:
        if best.number >= least:
            continue
        fewer = tuple(b for b in grounds.supporting if _ceiling(standard, b) >= least)
        level = _carried(case, standard, replace(grounds, supporting=fewer))
        best = level if level.number > best.number else best
    return best


def _best_possible(standard: Standard, grounds: Grounds) -> int:
    """What no choice among the grounds could exceed: the highest ceiling, and the caps that hold for all of them."""
    caps = [standard.cap(name)[0] for name, holds in (
        ("opposed", grounds.opposed), ("rival-open", grounds.rival == "open"), ("no-rival", grounds.rival == "none"),
        ("presumption", grounds.presumed), ("unreviewed", not grounds.reviewed)) if holds]
    return min([HIGHEST, *caps, *(level for _, level in grounds.needs)])


def _ceiling(standard: Standard, basis: Basis) -> int:
    """The highest level that anything resting on this ground can have."""
    level = basis.ceiling
    if basis.document is not None and basis.document.partly_read:
        level = min(level, standard.cap("partly-read")[0])
    return level if basis.held else min(level, standard.cap("not-held")[0])


def _carried(case: Case, standard: Standard, grounds: Grounds) -> Level:
    basis = grounds.supporting
    found = origins(case, (b.speaker for b in basis))
    words = say_origins(case, found)
    if not basis and not grounds.needs:
        return Level(0, standard.level_name(0), found, words, ("nothing grounds it",), conditions=("no-ground",))
    number = _base(standard, basis, found) if basis else HIGHEST
    held_down: list[tuple[str, str]] = []
    for name, level, said in _caps(standard, grounds, found):
        if level <= number:
            held_down = [pair for pair in held_down if level == number] + [(name, said)]
            number = level
    partly = tuple(sorted({b.document.id for b in basis if b.document is not None and b.document.partly_read}))
    return Level(number, standard.level_name(number), found, words, tuple(said for _, said in held_down), partly,
                 tuple(name for name, _ in held_down))


def _base(standard: Standard, basis: Sequence[Basis], found: Origins) -> int:
    base = standard.rules["base"]
    if found.established >= 3 and len({b.how for b in basis}) >= 2:
        return int(base["three_origins_of_two_kinds"])
    if found.established >= 2:
        return int(base["two_origins"])
    return int(base["admission"] if any(b.admission for b in basis) else base["one_origin"])


def _caps(standard: Standard, grounds: Grounds, found: Origins) -> list[tuple[str, int, str]]:
    """Name, level and words of each cap that applies."""
    basis = grounds.supporting
    exempt = bool(standard.rules.get("exempt", {}).get("one-origin")) and any(b.admission for b in basis)
    conditions = (
        ("one-origin", bool(basis) and found.established <= 1 and not exempt),
        ("opposed", grounds.opposed),
        ("rival-open", grounds.rival == "open"),
        ("no-rival", grounds.rival == "none"),
        ("hearsay", bool(basis) and all(b.how == "hearsay" for b in basis)),
        ("sound-only", bool(basis) and all(b.about == "aircraft" for b in basis)),
        ("presumption", grounds.presumed),
        ("partly-read", any(b.document is not None and b.document.partly_read for b in basis)),
        ("unreviewed", not grounds.reviewed),
        ("not-held", not all(b.held for b in basis)),
    )
    named = [(name, *standard.cap(name)) for name, holds in conditions if holds]
    named += [(f"needs {ref}", level, f"it needs the finding {ref}, which stands at level {level}")
              for ref, level in grounds.needs]
    lowest = min((b.ceiling for b in basis), default=HIGHEST)
    if lowest < HIGHEST:
        named.append(("sub-finding", lowest, f"it rests on another finding that stands at level {lowest}"))
    return named


def grounds_of(case: Case, standard: Standard, finding: Finding, keep: Keep | None = None) -> Grounds:
    """What the level of a finding is computed from."""
    return grounds_and_below(case, standard, finding, keep)[0]


def second_person(finding: Finding) -> bool:
    """Whether somebody other than its author has reviewed or approved it."""
    return any(name and name != finding.by for name in (finding.reviewed, finding.approved))


def grounds_and_below(case: Case, standard: Standard, finding: Finding, keep: Keep | None = None,
                      above: frozenset[str] = frozenset()) -> tuple[Grounds, dict[str, int]]:
    """The grounds of a finding, and the level of each finding directly below it. above: the findings on the way here."""
    above |= {finding.id}
    supporting, levels = _with_ceilings(case, standard, finding.supporting, keep, above)
    for ref in finding.needs:
        if ref in case.findings and ref not in levels:
            levels[ref] = 0 if ref in above else _level_below(case, standard, ref, keep, above)
    needs = tuple((ref, levels[ref]) for ref in finding.needs if ref in levels)
    rival = "none" if not finding.rivals else "" if all(excluded(case, r.excluded_by, keep) for r in finding.rivals) \
        else "open"
    opposed = bool(resolve(case, finding.opposing, keep))
    return Grounds(supporting, opposed, rival, second_person(finding), needs=needs), levels


def _with_ceilings(case: Case, standard: Standard, refs: Iterable[str], keep: Keep | None, above: frozenset[str]
                   ) -> tuple[tuple[Basis, ...], dict[str, int]]:
    """References resolved; what comes through a finding carries its level as a ceiling. Also those levels, by finding."""
    found: list[Basis] = []
    levels: dict[str, int] = {}
    for ref in refs:
        if ref in above:
            continue
        basis = resolve(case, (ref,), keep)
        if ref in case.findings:
            levels[ref] = _level_below(case, standard, ref, keep, above)
            basis = [replace(b, ceiling=levels[ref]) for b in basis]
        found += basis
    return tuple(found), levels


def _level_below(case: Case, standard: Standard, ref: str, keep: Keep | None, above: frozenset[str]) -> int:
    """The level at which a finding is held, for what rests on it."""
    finding = case.findings[ref]
    number = carried(case, standard, grounds_and_below(case, standard, finding, keep, above)[0]).number
    return number if finding.hold is None else min(number, finding.hold)


def excluded(case: Case, refs: Sequence[str], keep: Keep | None = None) -> bool:
    """Whether any record that can ground something stands against a rival."""
    return bool(cited_whole(case, refs, keep))
