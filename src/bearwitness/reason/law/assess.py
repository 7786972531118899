"""The law of one incident: facts gathered, rules held against them, the ladder climbed, and what may be said.

Never guilt, never a person. A branch that rests on another is pleaded in the alternative, and says so. Proportionality
is judged from what was expected and anticipated, or not at all. Everything unsigned carries its flag.
Method: rules/law; the object ladder follows AP I arts 48-58 as custom (ICRC Study, Rules 1-24).
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from bearwitness.model.case import Case
from bearwitness.model.records import Incident
from bearwitness.reason import attribution as who
from bearwitness.reason.law.assessment import (
    APPEARS,
    MAY,
    NONE,
    Assessment,
    CrimeLicence,
    Missing,
    ObjectAssessed,
    Pleading,
)
from bearwitness.reason.law.conflicts import Classified, classify
from bearwitness.reason.law.elements import (
    GROUNDS,
    MET,
    NOT_ASSESSABLE,
    SUSPECTED,
    Fact,
    RuleAssessed,
    fact_table,
    held,
    judge,
    rules,
    say_fact,
)
from bearwitness.reason.law.gather import facts, records
from bearwitness.reason.law.instruments import Ruling, applicable, instruments
from bearwitness.reason.law.ladder import LEVELS, climb
from bearwitness.reason.law.objects import Kind, kinds_in
from bearwitness.reason.levels import standard_of
from bearwitness.reason.weapons import BanStatus, Licence, ban_status, licence
from bearwitness.reason.weapons.features import types

PLEADABLE = (MET, SUSPECTED)
RARE = ("custom-2", "custom-13")     # what they want is asked for only where something already points to them
WHOLE = ("custom-1", "custom-2", "custom-12", "custom-13", "custom-14", "custom-16", "custom-17", "custom-19", "custom-20")
BY_WEAPON = {"cluster munition": ("custom-71", "ccm-1"), "incendiary munition": ("custom-84", "custom-85", "ccw-p3-2"),
             "fuel-air explosive": ("custom-70", "custom-71")}
EXTRA = {"chemical-weapon": ("custom-74", "cwc-1"), "starvation-method": ("custom-53",), "protected-zone": ("custom-35",),
         "destruction-large": ("custom-50",)}
CITED = ("gc-1949", "common-3", "ap1", "ap2", "ccw-p3", "ccm", "rome", "unsc-2139", "unsc-2286", "ewipa")
COUNSEL = "review by counsel needed: the rules, their elements and the status of treaties are not signed"
NOBODY = "a court decides on guilt; nothing here speaks of a person"


def assess(case: Case, incident: str) -> Assessment:
    """Assess an incident under the law of armed conflict. Raises ValueError for an incident that is not in the case."""
    if incident not in case.incidents:
        raise ValueError(f"no incident {incident!r} in this case")
    row = case.incidents[incident]
    base = records(case, standard_of(case), incident)
    refs = [one.id for one in base.rows]
    actor = who.assess(case, refs)
    conflict = classify(case, row, actor.actor)
    weapon = licence(case, refs)
    state = who.state_of(case, actor.actor) if actor.actor else ""
    general = facts(base, conflict, weapon)

    def held_against(names: Iterable[str], known: Mapping[str, Fact]) -> tuple[RuleAssessed, ...]:
        return tuple(judge(name, known, conflict=conflict.kind, day=row.when.local_date, state=state,
                           territory=case.config.territory) for name in names)

    objects = tuple(ObjectAssessed(kind, known := facts(replace(base, kind=kind), conflict, weapon),
                                   held_against(("custom-7", *kind.rules), known)) for kind in _kinds(case, row))
    whole = held_against(_whole(general, weapon), general)
    pleadings = _pleadings(whole, objects, general)
    by_object = {o.kind: o.facts for o in objects}
    crimes = tuple(_crime(case, p, by_object.get(p.object, general), conflict, row.when.local_date) for p in pleadings
                   if p.rule.outcome in PLEADABLE and conflict.kind in rules()[p.rule.id].get("crime", {}))
    steps = climb(case, row, general, objects, whole, pleadings, actor, weapon, conflict)
    ban = _ban(weapon, state, row, conflict, case.config.territory)
    return Assessment(incident, row.name, row.when.local_date, conflict, state, objects, whole, steps, pleadings, crimes,
                      _instruments(conflict, state, row, case.config.territory), actor, weapon, ban,
                      _listed(general, bends=False), _listed(general, bends=True),
                      _missing((*whole, *(r for o in objects for r in o.rules), *(c.crime for c in crimes))),
                      _flags(whole, actor.review))


def _kinds(case: Case, row: Incident) -> tuple[Kind, ...]:
    """Kinds of the objects of an incident: what its own row names, then what records say was hit."""
    found = [kind for text in row.objects for kind in kinds_in(text)]
    found += [kind for one in case.assertions_of(row.id) if one.about == "object" for kind in kinds_in(one.says)]
    return tuple(dict.fromkeys(found))


def _whole(general: Mapping[str, Fact], weapon: Licence) -> tuple[str, ...]:
    """Rules that are judged for the incident as a whole: always the ladder's, others where a fact of theirs is known."""
    family = types()[weapon.name]["family"] if weapon.name in types() else weapon.name
    extra = [rule for fact, names in EXTRA.items() if held(general, fact) for rule in names]
    return (*WHOLE, *BY_WEAPON.get(family, ()), *extra)


def _pleadings(whole: Iterable[RuleAssessed], objects: Iterable[ObjectAssessed], general: Mapping[str, Fact]
               ) -> tuple[Pleading, ...]:
    """The branches that may be pleaded; where two kinds of branch stand, each says that it is in the alternative."""
    objects = tuple(objects)
    live = _objective_live(general)
    found = [Pleading(r.branch, r, "", f"{r.name}: {r.outcome}") for r in whole
             if r.branch in ("3a", "4") and r.outcome in PLEADABLE]
    found += [Pleading(r.branch, r, o.kind, f"{r.name} ({o.kind}): {r.outcome}") for o in objects for r in o.rules
              if r.branch in ("3a", "7") and r.outcome in PLEADABLE]
    found += [Pleading("3b", seven, o.kind, _aim_unknown(o)) for o in objects for seven in o.rules
              if seven.id == "custom-7" and seven.outcome not in PLEADABLE and o.facts["object-struck"].stands]
    five = next(r for r in whole if r.id == "custom-14")
    harmed = held(general, "civilians-present") or any(o.facts["object-struck"].stands for o in objects)
    if five.outcome in PLEADABLE or five.outcome == NOT_ASSESSABLE and live and harmed:
        found.append(Pleading("5", five, "", f"{five.name}: {five.outcome}; {five.why}"))
    several = len({p.branch for p in found} - {"7"}) > 1
    return tuple(replace(p, alternative=several and p.branch != "7") for p in found)


def _aim_unknown(one: ObjectAssessed) -> str:
    return (f"{LEVELS[one.facts['object-struck'].stands]} that {one.of.shown} {one.of.was} struck, normally a civilian "
            "object; aim not established")


def _objective_live(general: Mapping[str, Fact]) -> bool:
    """Any live evidence of an objective at or near, or of a specific objective aimed at."""
    live = ("objective-near", "objective-targeted", "fighters-present", "military-use")
    return any(general[name].level > 0 for name in live)


def _crime(case: Case, pleading: Pleading, known: Mapping[str, Fact], conflict: Classified, day: date) -> CrimeLicence:
    """How far the crime that goes with a pleaded rule may be spoken of."""
    crime = judge(rules()[pleading.rule.id]["crime"][conflict.kind], known, conflict=conflict.kind, day=day)
    by_id = {e.id: e for e in crime.elements}
    material = min(e.level for e in crime.material)
    missing = [f"{e.words} (level {e.level})" for e in crime.elements if e.level < (1 if e.mental else GROUNDS)]
    if not conflict.conflicts or not any(c.reviewed and c.reviewed != c.by for c in conflict.conflicts):
        missing.append("a second person's review of the classification of the conflict")
    mental = 0 if (heard := _by_hearsay(case, crime, known)) else min((e.level for e in crime.mental), default=0)
    if heard:
        missing.append(f"a record of the state of mind beside hearsay ({'; '.join(heard)})")
    able = (crime.outcome in PLEADABLE and pleading.rule.serious and by_id["nexus"].level >= GROUNDS and mental >= 1)
    kind = NONE if not able else MAY if material >= GROUNDS else APPEARS
    told = tuple(say_fact(name) for name, row in fact_table().items()
                 if row.get("list") and not row.get("bends") and held(known, name))
    return CrimeLicence(kind, crime, pleading.object, tuple(missing), told)


def _by_hearsay(case: Case, crime: RuleAssessed, known: Mapping[str, Fact]) -> tuple[str, ...]:
    """The records of a state of mind, where every one of them is hearsay; empty where one is not.

    Anonymous hearsay may support other evidence and is no basis by itself: ICC, Mbarushimana, Confirmation Decision,
    16 Dec. 2011, para. 78; Gbagbo, Decision adjourning the hearing, 3 June 2013, paras 28-30.
    """
    rows = [row for row in rules()[crime.id]["element"] if row.get("mental") and row["id"] == "intent"]
    ways = [way for row in rows for name in ("any", "infer", "weak") for way in row.get(name, ())]
    refs = {ref for way in ways if all(held(known, f) for f in way) for f in way for ref in known[f.lstrip("!")].refs}
    told = {one.id for one in case.assertions.values() if one.how == "hearsay"}
    return tuple(sorted(refs)) if refs and refs <= told else ()


def _ban(weapon: Licence, state: str, row: Incident, conflict: Classified, territory: str) -> BanStatus | None:
    family = types()[weapon.name]["family"] if weapon.name in types() else weapon.name
    if not family or not conflict.kind:
        return None
    return ban_status(family, state, row.when.local_date, conflict.kind, territory)


def _instruments(conflict: Classified, state: str, row: Incident, territory: str) -> tuple[Ruling, ...]:
    if not conflict.kind:
        return ()
    states = [state] if state else list(conflict.states)
    return tuple(replace(ruling, why=ruling.why) for one in states for name in CITED if name in instruments()
                 for ruling in [applicable(name, conflict.kind, one, row.when.local_date, territory)])


def _listed(general: Mapping[str, Fact], bends: bool) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((say_fact(name), general[name].refs) for name, row in fact_table().items()
                 if row.get("list") and bool(row.get("bends")) is bends and held(general, name))


def _missing(judged: Iterable[RuleAssessed]) -> tuple[Missing, ...]:
    found = [Missing(r.id, r.name, e.words, e.level, tuple(_way(way) for way in e.missing))
             for r in judged if r.outcome not in ("not applicable", MET) and (r.id not in RARE or r.level)
             for e in r.elements if e.missing]
    return tuple(dict.fromkeys(found))


def _way(refs: Iterable[str]) -> str:
    """One way to carry an element: what a record would say, with the name of the fact."""
    return "; and ".join(f"{say_fact(ref)} ({ref.replace('!', 'not ')})" for ref in refs)


def _flags(whole: Iterable[RuleAssessed], other: str) -> tuple[str, ...]:
    flagged = any(rule.review for rule in whole) or bool(other)
    return (COUNSEL, NOBODY) if flagged else (NOBODY,)
