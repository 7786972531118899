"""How far a name for the weapon may go: model, family, effect, or none.

A model needs two discriminating features that are independent of each other, or a read stencil; one gives the
family. A crater never gives a name; an effect gives a family as `possible` only. A cluster munition needs a visible
submunition or cargo body, or its characteristic many detonations, and a second source.
Method: rules/weapons; the second-source rule is Human Rights Watch's of 2016.
"""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bearwitness.link.origins import origins
from bearwitness.model.case import Case, bare
from bearwitness.model.records import Assertion
from bearwitness.reason.law.instruments import review_flag
from bearwitness.reason.weapons.features import (
    Seen,
    families,
    families_named,
    features,
    from_remains,
    seen_in,
    stencils_in,
    types,
)
from bearwitness.rules import load

CLUSTER = "cluster munition"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A type held against what was seen. excluded: the words of each feature that rules it out; empty: it stands."""

    type: str
    family: str
    matched: tuple[str, ...]
    excluded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Licence:
    """How far a name may go. kind: model, family, effect or none; name: what may be said; why: one sentence."""

    kind: str
    name: str
    why: str
    candidates: tuple[Candidate, ...] = ()
    seen: tuple[Seen, ...] = ()
    alleged: tuple[str, ...] = ()
    review: str = ""

    @property
    def words(self) -> str:
        """The name as a report may print it."""
        return f"possible {self.name}" if self.kind == "effect" else self.name


def licence(case: Case, refs: Iterable[str]) -> Licence:
    """The name that these records carry. refs: ids of assertions, or of findings (their grounds are used)."""
    rows = assertions(case, refs)
    seen = [one for row in rows for one in seen_in(row)]
    flag = review_flag(load("weapons/types"))
    stencils = {name: row for row in rows for name in stencils_in(row)}
    candidates = _candidates(seen)
    kind, name, why = _named(rows, seen, stencils, candidates)
    if name and _family(name) == CLUSTER:
        kind, name, why = _second_source(case, rows, seen, stencils, (kind, name, why))
    alleged = tuple(dict.fromkeys(family for row in rows for family in families_named(row)))
    return Licence(kind, name, why, candidates, tuple(seen), alleged, flag)


def assertions(case: Case, refs: Iterable[str]) -> list[Assertion]:
    """The assertions behind references: their own, and the grounds of findings and claim parts. Each once."""
    found: dict[str, Assertion] = {}
    for ref in bare(refs):
        if ref in case.assertions:
            row = case.assertions[ref]
            document = case.documents.get(row.doc)
            if not (document is not None and document.recalled):
                found[ref] = row
        elif ref in case.findings:
            found |= {row.id: row for row in assertions(case, case.findings[ref].supporting)}
        elif ref in case.parts:
            found |= {row.id: row for row in assertions(case, case.parts[ref].supporting)}
    return list(found.values())


def _family(name: str) -> str:
    return str(types()[name]["family"]) if name in types() else name


def _candidates(seen: Sequence[Seen]) -> tuple[Candidate, ...]:
    there = {one.feature for one in seen if one.there}
    absent = {one.feature for one in seen if not one.there}
    table = features()
    found = []
    for name, row in types().items():
        matched = [f for f in row["discriminating"] if f in there]
        excluded = [f"{table[f]['says']} was seen" for f in row.get("excluded_by", ()) if f in there]
        excluded += [f"{table[f]['says']} was looked for and not there" for f in row["discriminating"] if f in absent]
        if matched or any(f in there for f in row.get("also", ())):
            found.append(Candidate(name, row["family"], tuple(matched), tuple(excluded)))
    return tuple(sorted(found, key=lambda c: (bool(c.excluded), -len(c.matched), c.type)))


def _independent(matched: Iterable[str]) -> int:
    return len({features()[name]["group"] for name in matched})


def _named(rows: Sequence[Assertion], seen: Sequence[Seen], stencils: dict[str, Assertion],
           candidates: Sequence[Candidate]) -> tuple[str, str, str]:
    if len(stencils) == 1:
        (name, row), = stencils.items()
        return "model", name, f"its stencil was read [{row.id}]"
    if len(stencils) > 1 and len(kinds := {_family(name) for name in stencils}) == 1:
        return "family", kinds.pop(), "stencils of several types were read: " + ", ".join(sorted(stencils))
    standing = [c for c in candidates if not c.excluded and c.matched]
    strong = [c for c in standing if _independent(c.matched) >= 2]
    best = [c for c in strong if _independent(c.matched) == max(_independent(s.matched) for s in strong)]
    if len(best) == 1:
        return "model", best[0].type, f"{_list(best[0].matched)} were seen; two features tell it from its family"
    among = best or standing
    if len({c.family for c in among}) == 1:
        told = " and ".join(dict.fromkeys(c.type for c in among))
        return "family", among[0].family, f"{_list(among[0].matched)} fits {told}; a model needs two independent features"
    if among:
        return "none", "", "what was seen fits several families: " + ", ".join(sorted({c.family for c in among}))
    return _by_name_or_effect(rows, seen)


def _by_name_or_effect(rows: Sequence[Assertion], seen: Sequence[Seen]) -> tuple[str, str, str]:
    for row in rows:
        if from_remains(row) and (named := families_named(row)):
            return "family", named[0], f"an expert names it from remains [{row.id}]; no features of a model are recorded"
    there = {one.feature for one in seen if one.there}
    for name, family in families().items():
        if (effects := [f for f in family["effects"] if f in there]) and _said(rows, name):
            return "effect", name, f"{_list(effects)} alone: an effect gives `possible`, never a model"
    if any(features()[f]["kind"] in ("effect", "crater") for f in there):
        return "none", "", f"{_list(sorted(there))}: a crater or an effect alone names nothing"
    if any(families_named(row) for row in rows):
        return "none", "", "it is named, and nobody says what was seen: an allegation, to be told as its speaker's"
    return "none", "", "no feature of a munition is recorded"


def _said(rows: Sequence[Assertion], family: str) -> bool:
    return any(family in families_named(row) and row.how in ("expert", "record", "aftermath") for row in rows)


def _second_source(case: Case, rows: Sequence[Assertion], seen: Sequence[Seen], stencils: dict[str, Assertion],
                   so_far: tuple[str, str, str]) -> tuple[str, str, str]:
    """A cluster munition: something visible, and a second independent origin that says so too."""
    table = features()
    visible = [s for s in seen if s.there and (table[s.feature]["kind"] in ("body", "payload")
                                               or table[s.feature].get("cluster_sign"))]
    remains = [row for row in rows if from_remains(row) and CLUSTER in families_named(row)]
    if not (visible or stencils or remains):
        return "none", "", "no submunition, cargo body or characteristic detonations are recorded as seen"
    speakers = [row.by for row in rows if seen_in(row) or stencils_in(row) or CLUSTER in families_named(row)]
    if origins(case, speakers).established < 2:
        return "effect", CLUSTER, f"{so_far[2]}; a second independent source is wanting"
    return so_far if so_far[0] != "effect" else ("family", CLUSTER, f"{so_far[2].split(':')[0]}, by two independent sources")


def _list(names: Iterable[str]) -> str:
    said = [str(features()[name]["says"]) for name in names]
    return said[0] if len(said) == 1 else ", ".join(said[:-1]) + " and " + said[-1]
