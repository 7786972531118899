"""Who struck: which classes of evidence name a party, how far each carries, and who else could have.

Presence (a party struck there that day) is kept apart from the act (it struck this object). An admission of a strike
in a town carries presence; sound alone never carries more than suspicion; a type of aircraft or munition carries a
party only with a dated inventory. Data and caps: rules/law/attribution.toml. What it does not do: name a person.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bearwitness.link.origins import origins, roots
from bearwitness.model.case import Case
from bearwitness.model.records import Assertion
from bearwitness.reason.law.instruments import review_flag, state_named
from bearwitness.reason.levels import resolve, standard_of
from bearwitness.reason.weapons.licence import assertions, licence
from bearwitness.rules import load

ABOUTS = ("own-strike", "attacker", "aircraft", "remnant", "munition", "inventory", "denial", "admission-none")
_TURNED = re.compile(r"\b(?:than|unlike|not|no|nor|earlier|before|another|other)\b(?:\s+\w+){0,2}\s*$")

_DENIED = re.compile(r"\b(?:no|not|never)\b.{0,30}\b(?:strikes?|struck|took place|carried out|bombed|flew|flown)\b"
                     r"|\bden(?:y|ies|ied)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One record that bears on who struck: its class, the party it names (a source id; empty: none), and caps."""

    ref: str
    kind: str
    words: str
    actor: str
    presence: int
    act: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """How far the act is carried to a party.

    level, name: for the act, this party struck this object. presence: for a strike by it there that day.
    actor: source id of the party; empty where no record names one. cap: the highest level its classes allow.
    suspected: whether the word must stand. competing: (party, why it is not excluded). against: refs.
    """

    level: int
    name: str
    classes: tuple[Evidence, ...]
    cap: int
    words: str
    suspected: bool
    competing: tuple[tuple[str, str], ...]
    presence: int = 0
    actor: str = ""
    against: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    review: str = ""


def assess(case: Case, refs: Iterable[str], actor: str = "") -> Attribution:
    """Weigh what these records say of who struck. actor: a party's source id or name; empty: whom they carry furthest."""
    rows = [row for row in assertions(case, refs) if row.about in ABOUTS]
    weighed = [one for row in rows if (one := _evidence(case, row, rows)) is not None]
    chosen = party_of(case, actor) or actor if actor else _chosen(weighed)
    own = [one for one in weighed if one.actor in ("", chosen)]
    others = [one for one in weighed if one.actor not in ("", chosen)]
    against = tuple(row.id for row in rows if _denies(case, row, chosen))
    act, presence, cap, notes = _levels(case, own, chosen, bool(others), bool(against))
    standard = standard_of(case)
    shown = _shown(case, chosen)
    said = next(row for row in _rules()["licence"] if row["level"] == act)
    words = said["words"].format(actor=shown) if chosen else "nobody is named as the attacker by these records"
    return Attribution(act, standard.level_name(act), tuple(own), cap, words, bool(said["suspected"]),
                       _competing(case, chosen, others, rows), presence, chosen, against, tuple(notes),
                       review_flag(_rules()))


def parties(case: Case) -> tuple[str, ...]:
    """The parties that speak for themselves in a case: source ids of kind `party` that repeat nobody."""
    return tuple(s.id for s in case.sources.values() if s.kind == "party" and not s.relies_on)


def party_of(case: Case, words: str) -> str:
    """The party (source id) meant by an id, a name, or a State's name; empty when none is."""
    low = words.strip().casefold()
    if words in case.sources:
        return _root(case, words)
    for ref in parties(case):
        if low in _names(case, ref):
            return ref
    return ""


def state_of(case: Case, ref: str) -> str:
    """The State a party is; empty for an armed group."""
    source = case.sources.get(ref)
    names = (source.name, *source.also) if source is not None else (ref,)
    return next((state for name in names if (state := state_named(name))),
                next((state for name in names if (state := state_named(name.split(" ")[0]))), ""))


def _rules() -> dict[str, Any]:
    return load("law/attribution")


@lru_cache(maxsize=1)
def _classes() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in _rules()["class"]}


def _root(case: Case, ref: str) -> str:
    found = sorted(r for r in roots(case.edges, ref)[0] if r in case.sources and case.sources[r].kind == "party")
    return found[0] if found else ""


def _names(case: Case, ref: str) -> frozenset[str]:
    source = case.sources[ref]
    state = state_of(case, ref)
    also = load("law/instruments")["states"].get(state, ()) if state else ()
    return frozenset(name.casefold() for name in (source.name, *source.also, state, *also) if name)


def _shown(case: Case, ref: str) -> str:
    return state_of(case, ref) or (case.sources[ref].shown if ref in case.sources else ref)


def _named(case: Case, text: str) -> str:
    """The first party a text names as the one who acts: `higher than Syrian aircraft` names nobody."""
    low = text.casefold()
    hits = []
    for ref in parties(case):
        for name in _names(case, ref):
            hits += [(hit.start(), ref) for hit in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", low)
                     if not _TURNED.search(low[:hit.start()])]
    return min(hits)[1] if hits else ""


def _evidence(case: Case, row: Assertion, rows: Sequence[Assertion]) -> Evidence | None:
    if row.about in ("inventory", "denial", "admission-none") or row.supports == "no":
        return None
    if row.about == "own-strike" and _DENIED.search(row.says):
        return None
    speaker = case.speaker(row.by)
    named = _named(case, row.says)
    own = _root(case, row.by) if row.how == "party" else ""
    if row.about in ("own-strike", "attacker") and row.how == "party" and named in ("", own):
        kind = "state-media" if speaker is not None and speaker.kind == "state-media" else _reach(row)
        return _made(row, kind, own or named)
    if row.about in ("remnant", "munition"):
        return _munition(case, row, rows, named)
    kind = _by_words(row)
    if kind == "aircraft-type" and (holder := _exclusive(case, row, rows, _type_in(row.says))):
        return _made(row, "exclusive-aircraft", holder)
    if not kind:
        return _made(row, "named-by-others", named) if named else None
    made = _made(row, kind, named)
    if _classes()[kind].get("needs_held") and not all(b.held for b in resolve(case, (row.id,))):
        low = _classes()[kind]["unheld"]
        return Evidence(made.ref, kind, f"{made.words}; not held here", named, low, low)
    return made


def _made(row: Assertion, kind: str, actor: str) -> Evidence:
    """Hearsay carries suspicion at most, whatever its class."""
    one = _classes()[kind]
    most = 1 if row.how == "hearsay" else 4
    return Evidence(row.id, kind, one["words"], actor, min(one["presence"], most), min(one["act"], most))


def _reach(row: Assertion) -> str:
    return {"object": "admission-object", "site": "admission-object", "district": "admission-district"}.get(
        row.at, "admission-town")


def _by_words(row: Assertion) -> str:
    """The class that a record's words show, strongest first; empty when they show none."""
    low = row.says.casefold()
    if row.how == "hearsay" and row.about == "attacker":
        return ""
    for name, one in _classes().items():
        if any(word in low for word in one.get("match", ())):
            return name
        if one.get("pattern") and re.search(one["pattern"], row.says):
            return name
    return ""


def _type_in(text: str) -> str:
    found = re.search(_classes()["aircraft-type"]["pattern"], text)
    return found[0] if found else ""


def _munition(case: Case, row: Assertion, rows: Sequence[Assertion], named: str) -> Evidence | None:
    if not any(other.about == "inventory" for other in rows):
        return _made(row, "named-by-others", named) if named else None
    allowed = licence(case, (row.id,))
    holder = _exclusive(case, row, rows, allowed.name) if allowed.kind == "model" else ""
    return _made(row, "exclusive-munition", holder) if holder else None


def _exclusive(case: Case, row: Assertion, rows: Sequence[Assertion], kind: str) -> str:
    """The party that alone held a type, by a dated inventory near the incident; empty when none says so."""
    rule = _rules()["inventory"]
    incident = case.incidents.get(row.incident)
    for other in rows:
        low = other.says.casefold()
        dated = other.as_of or other.window
        if other.about != "inventory" or not kind or kind.casefold() not in low or dated is None or incident is None:
            continue
        near = abs((dated.start - incident.when.start).days) <= rule["days"] or dated.overlaps(incident.when)
        if near and any(re.search(rf"\b{word}\b", low) for word in rule["exclusive"]):
            return _named(case, other.says)
    return ""


def _denies(case: Case, row: Assertion, chosen: str) -> bool:
    """A party's word that it did not strike here. A general denial of wrongdoing is not one."""
    mine = bool(chosen) and _root(case, row.by) == chosen
    return mine and (row.about == "admission-none" or row.about == "own-strike" and (
        row.supports == "no" or _DENIED.search(row.says) is not None))


def _chosen(weighed: Sequence[Evidence]) -> str:
    named = [one for one in weighed if one.actor]
    return max(named, key=lambda e: (e.act, e.presence)).actor if named else ""


def _levels(case: Case, own: Sequence[Evidence], chosen: str, contested: bool, denied: bool
            ) -> tuple[int, int, int, list[str]]:
    """Levels of act and presence, the cap of the classes, and what held them."""
    if not chosen or not own:
        return 0, 0, 0, ["no record names a party"] if not chosen else ["no evidence of any class"]
    act, presence = max(e.act for e in own), max(e.presence for e in own)
    if not any(e.actor for e in own):
        act, presence = min(act, 1), min(presence, 1)
    notes = []
    lift, kinds = _rules()["lift"], {e.kind for e in own}
    if act < lift["to"] and kinds & set(lift["from"]) and kinds & set(lift["with"]) and _two_origins(case, own):
        act = lift["to"]
        notes.append("an admission of a strike in the town, and an independent record of this attack")
    cap = act
    if presence > act:
        notes.append(_rules()["weak"]["presence"])
    if contested or denied:
        act, presence = min(act, 1), min(presence, 1) if contested else presence
        notes.append("other records name another party" if contested else "the party denies this strike")
    return act, presence, cap, notes


def _two_origins(case: Case, own: Sequence[Evidence]) -> bool:
    return origins(case, [case.assertions[e.ref].by for e in own if e.ref in case.assertions]).established >= 2


def _competing(case: Case, chosen: str, others: Sequence[Evidence], rows: Sequence[Assertion]
               ) -> tuple[tuple[str, str], ...]:
    """Other parties that the case knows of, each with why it is, or is not, excluded."""
    found: dict[str, str] = {e.actor: f"{e.words} [{e.ref}]" for e in others}
    compared = {ref: row.id for row in rows for ref in parties(case)
                if row.about == "aircraft" and any(f"than {name}" in row.says.casefold() or f"unlike {name}" in
                                                   row.says.casefold() for name in _names(case, ref))}
    for ref in parties(case):
        if ref != chosen and ref not in found:
            found[ref] = (f"set apart by sound or height alone [{compared[ref]}]" if ref in compared
                          else "no record excludes it")
    return tuple((_shown(case, ref), why) for ref, why in found.items())
