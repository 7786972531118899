"""Facts of the law out of a case: which records show each, and how far they carry.

A person says what a record shows (`shows`); records whose `about` already says it are mapped by rules/law/facts.toml.
Loose records carry at most what an unreviewed proposition can; a fact that needs its rivals answered is carried above
suspicion only by a finding. What it does not do: read intent, use or purpose out of free text.
"""
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from bearwitness.model.case import Case
from bearwitness.model.records import Assertion
from bearwitness.reason.findings import weigh
from bearwitness.reason.law.conflicts import Classified
from bearwitness.reason.law.elements import Fact, fact_table
from bearwitness.reason.law.objects import Kind, kinds_in, military
from bearwitness.reason.levels import Standard, assess, grounds_nothing
from bearwitness.reason.weapons.features import types
from bearwitness.reason.weapons.licence import Licence

_CIVIL = ("civilians", "children", "women", "medical", "rescue")
WIDE = ("fuel-air explosive", "cluster munition", "unguided bomb")


@dataclass(frozen=True, slots=True)
class Records:
    """What an incident's facts are made of: its usable assertions, in file order, and its object."""

    case: Case
    standard: Standard
    incident: str
    rows: tuple[Assertion, ...]
    kind: Kind | None = None


def records(case: Case, standard: Standard, incident: str) -> Records:
    """The assertions that can ground something about an incident: recalled ones are left out."""
    rows = tuple(row for row in case.assertions_of(incident) if not grounds_nothing(case, row))
    return Records(case, standard, incident, rows)


def facts(of: Records, conflict: Classified, weapon: Licence) -> dict[str, Fact]:
    """Every fact of the law with its level for and against, for one incident and, where set, one object of it."""
    found = {name: _loose(of, name, row) for name, row in fact_table().items()}
    _objects(of, found)
    _from_findings(of, found)
    _from_weapon(of, weapon, found)
    _link(of, found)
    if conflict.level:
        found["armed-conflict"] = Fact("armed-conflict", conflict.level, refs=tuple(c.id for c in conflict.conflicts))
    return found


def _loose(of: Records, name: str, row: dict[str, Any]) -> Fact:
    rows = [r for r in of.rows if not (row.get("of_object") and _elsewhere(of, r))]
    shown = [r.id for r in rows if name in r.shows]
    denied = [r.id for r in rows if f"!{name}" in r.shows]
    mapped = [r.id for r in of.rows for rule in row.get("from", ()) if _fits(of, r, rule)]
    tolls = [t.id for t in of.case.tolls_of(of.incident) if not t.scope and not grounds_nothing(of.case, t)
             and any(figure in t.figures for figure in _figures(of, row.get("tolls", "")))]
    refs = list(dict.fromkeys([*shown, *mapped, *tolls]))
    level, caps = _level(of, refs, row)
    against, _ = _level(of, denied, row)
    if "needs" in row and level > row["cap_without"]:
        whole = [r.id for r in of.rows if r.id in refs and all(getattr(r, column) for column in row["needs"])]
        level, caps = max((_level(of, whole, row), (row["cap_without"], (row["cap_words"],))), key=lambda pair: pair[0])
    elif "needs" in row and refs and not all(getattr(r, c) for r in of.rows if r.id in refs for c in row["needs"]):
        caps = (*caps, row["cap_words"])
    return Fact(name, level, against, tuple(refs), tuple(denied), caps)


def _elsewhere(of: Records, row: Assertion) -> bool:
    """Whether a record speaks of another object of the incident than the one that is judged."""
    return of.kind is not None and bool(kinds_in(row.says)) and of.kind not in kinds_in(row.says)


def _figures(of: Records, name: str) -> tuple[str, ...]:
    """Columns of a toll that show a fact. The dead of a toll without category count as civilians only by the named rule."""
    presumed = ("killed",) if of.incident in of.case.config.presumed_civilian else ()
    return (*_CIVIL, *presumed) if name == "civilians" else (name,) if name else ()


def _fits(of: Records, row: Assertion, rule: dict[str, Any]) -> bool:
    low = row.says.casefold()
    if row.about != rule["about"] or rule.get("how", row.how) != row.how:
        return False
    if row.supports != rule.get("supports", row.supports) or "supports" not in rule and row.supports == "no":
        return False
    if rule.get("military") and not military(low):
        return False
    if "words" in rule and not _has(low, rule["words"]) or _has(low, rule.get("not_words", ())):
        return False
    if rule.get("object") and not kinds_in(row.says):
        return False
    if rule.get("names_object") and not (kinds_in(row.says) and (of.kind is None or of.kind in kinds_in(row.says))):
        return False
    return True


def _has(text: str, words: Iterable[str]) -> bool:
    return any(re.search(rf"\b{re.escape(word)}\b", text) for word in words)


def _level(of: Records, refs: Iterable[str], row: dict[str, Any]) -> tuple[int, tuple[str, ...]]:
    """The level that records carry by the case's standard, as loose records: nobody has reviewed them."""
    listed = list(refs)
    if not listed:
        return 0, ()
    level = assess(of.case, of.standard, listed, rival="none" if row.get("rivals") else "", reviewed=False)
    if level.number >= row.get("cap", 5):
        return row["cap"], (row["cap_words"],)
    return level.number, level.caps


def _objects(of: Records, found: dict[str, Fact]) -> None:
    """Facts that hang on the kind of object. A record that puts the hit elsewhere, at the site, stands against it."""
    kind = of.kind
    if kind is None:
        kinds = {k for r in of.rows if r.about == "object" for k in kinds_in(r.says)}
        named = tuple(r.id for r in of.rows if r.about == "object" and kinds_in(r.says))
    else:
        kinds = {kind}
        named = tuple(r.id for r in of.rows if r.about == "object" and kind in kinds_in(r.says))
        other = [r.id for r in of.rows if r.about == "object" and r.at in ("site", "object")
                 and r.how in ("expert", "record") and kinds_in(r.says) and kind not in kinds_in(r.says)]
        old = found["object-struck"]
        shown = tuple(r.id for r in of.rows if "object-struck" in r.shows and not _elsewhere(of, r))
        refs = tuple(dict.fromkeys([*named, *shown]))
        level, caps = _level(of, refs, {})
        against = (*old.against_refs, *other)
        found["object-struck"] = Fact("object-struck", level, _level(of, against, {})[0], refs, against, caps)
    level, caps = _level(of, named, {})
    for name in {fact for one in kinds for fact in one.facts}:
        if level > found[name].level:
            found[name] = replace(found[name], level=level, refs=(*found[name].refs, *named), caps=caps)


@lru_cache(maxsize=1)
def of_object() -> frozenset[str]:
    """Facts that hang on one object: a finding on the school says nothing of the hospital beside it."""
    return frozenset(name for name, row in fact_table().items() if row.get("of_object"))


def _from_findings(of: Records, found: dict[str, Fact]) -> None:
    """A finding about the incident that says which facts it shows carries them at its own level."""
    for finding in of.case.findings.values():
        if of.incident not in finding.about or not finding.shows:
            continue
        held = weigh(of.case, of.standard, finding).level
        kinds = kinds_in(finding.text)
        other = of.kind is not None and bool(kinds) and of.kind not in kinds
        shown = [ref for ref in finding.shows if not (other and ref.lstrip("!") in of_object())]
        if "object-struck" in shown:                 # what it says was struck, it says is of this kind
            shown += [fact for kind in kinds if of.kind in (None, kind) for fact in kind.facts]
        for ref in shown:
            found[ref.lstrip("!")] = _add(found[ref.lstrip("!")], ref, finding.id, held.number, held.caps)


def _add(fact: Fact, ref: str, finding: str, level: int, caps: tuple[str, ...]) -> Fact:
    if ref.startswith("!"):
        return replace(fact, against=max(fact.against, level), against_refs=(*fact.against_refs, finding))
    refs = (*fact.refs, finding)
    return replace(fact, level=level, refs=refs, caps=caps) if level > fact.level else replace(fact, refs=refs)


def _from_weapon(of: Records, weapon: Licence, found: dict[str, Fact]) -> None:
    """What the identified weapon shows. A `possible` weapon shows nothing: no suspicion is built on a possibility."""
    if weapon.kind not in ("model", "family"):
        return
    level = 2
    family = types()[weapon.name]["family"] if weapon.name in types() else weapon.name
    refs = tuple(dict.fromkeys(one.ref for one in weapon.seen))
    shown = {"cluster munition": "cluster-munition", "incendiary munition": "incendiary-weapon",
             "guided bomb": "precision-weapon"}.get(family)
    for name in (shown, "wide-effect-in-populated-area" if family in WIDE and found["civilian-dedicated"].level else None):
        if name and level > found[name].level:
            found[name] = replace(found[name], level=level, refs=(*found[name].refs, *refs), caps=(weapon.why,))


def _link(of: Records, found: dict[str, Fact]) -> None:
    """A fact whose contrary is a fact of its own: records for one stand against the other."""
    rows = {r.id: r for r in of.rows}
    for name, table in fact_table().items():
        if "against" not in table:
            continue
        fact, other = found[name], found[table["against"]]
        reach = max((rows[r].radius_m or 0.0 for r in fact.refs if r in rows), default=0.0)
        live = tuple(r for r in other.refs if not (r in rows and reach and (rows[r].radius_m or 0.0) > reach))
        if live:
            loose = _level(of, live, table)[0] if set(live) <= set(rows) else other.level
            against = max(fact.against, min(other.level, loose))
            found[name] = replace(fact, against=against, against_refs=(*fact.against_refs, *live))
