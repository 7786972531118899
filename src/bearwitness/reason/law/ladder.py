"""The ladder of an attack on an object, step by step, each with the records for and against it.

1 what was struck · 2 a military objective? · 3 was it aimed at? · 4 indiscriminate? · 5 disproportionate? ·
6 precautions, and the defender's duties, which excuse nobody · 7 special protection · 8 weapon · 9 who · 10 serious?
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bearwitness.model.case import Case
from bearwitness.model.records import Incident
from bearwitness.reason.attribution import Attribution
from bearwitness.reason.law.assessment import ObjectAssessed, Pleading, Step
from bearwitness.reason.law.conflicts import Classified
from bearwitness.reason.law.elements import Element, Fact, RuleAssessed, say_fact
from bearwitness.reason.law.objects import kinds_in
from bearwitness.reason.weapons import Licence

PRESUMED = ("in doubt an object normally civilian is presumed civilian: that binds the attacker and proves nothing "
            "(AP I art. 52(3); as custom the point is not entirely clear: ICRC Study, at Rule 10)")
LEVELS = ("it is alleged", "there is reasonable suspicion", "there are reasonable grounds to believe",
          "it is more likely than not", "there is clear and convincing evidence")


def climb(case: Case, row: Incident, general: Mapping[str, Fact], objects: Sequence[ObjectAssessed],
          whole: Sequence[RuleAssessed], pleadings: Sequence[Pleading], actor: Attribution, weapon: Licence,
          conflict: Classified) -> tuple[Step, ...]:
    """Every step, in order. Where no object is known, the ladder stops at the first: only facts are told."""
    steps = [Step("0", "Which law applies?", conflict.why, conflict.level)]
    if not objects:
        steps.append(Step("1", "What was struck?", "not known: no record names the object; only facts are told", 0))
    heard = frozenset(a.id for a in case.assertions_of(row.id) if a.how == "hearsay")
    says = {a.id: a.says for a in case.assertions_of(row.id)}
    for one in objects:
        steps += _object_steps(one, _Near.of(one, heard, says))
    steps += [_rule_step("3", "Were civilians aimed at?", _of(whole, "custom-1"), general)]
    steps += [_rule_step("4", "Was it indiscriminate?", _of(whole, "custom-12"), general),
              _rule_step("5", "Was it disproportionate?", _of(whole, "custom-14"), general)]
    steps += [_precautions(whole, general), _defender(case, row, general)]
    steps += [step for one in objects for step in _special(one)]
    steps += [Step("8", "Which weapon?", _weapon(weapon), {"model": 2, "family": 2, "effect": 1}.get(weapon.kind, 0),
                   for_=tuple(dict.fromkeys(s.ref for s in weapon.seen)))]
    steps += [Step("9", "Who struck?", _who(actor), actor.level, for_=tuple(e.ref for e in actor.classes),
                   against=actor.against, notes=tuple(f"{name}: {why}" for name, why in actor.competing))]
    return (*steps, _pleaded(pleadings))


def _of(judged: Iterable[RuleAssessed], name: str) -> RuleAssessed:
    return next(one for one in judged if one.id == name)


@dataclass(frozen=True, slots=True)
class _Near:
    """What is on record of something military at an object or near it. own: the records that speak of this very object.
    alleged: every one of them is hearsay, so it is told as an allegation that nothing proves."""

    refs: tuple[str, ...]
    own: bool
    alleged: bool

    @classmethod
    def of(cls, one: ObjectAssessed, heard: frozenset[str], says: Mapping[str, str]) -> _Near:
        """Records for an objective near, for one object: of the object itself where one names its kind, else of near it."""
        refs = one.facts["objective-near"].refs
        own = tuple(ref for ref in refs if one.of in kinds_in(says.get(ref, "")))
        return cls(own or refs, bool(own), bool(refs) and set(own or refs) <= heard)

    def use(self) -> str:
        """What step 2 says of it, where no record shows military use."""
        if self.own:
            return "military use is alleged, unproved" if self.alleged else "a record speaks of military use, and shows none"
        if not self.refs:
            return "no record shows military use"
        where = "something military near it is " + ("alleged, unproved" if self.alleged else "on record")
        return f"no record shows military use of it, though {where}"

    def aim(self) -> str:
        told = ("It is alleged, and unproved, that something military was" if self.alleged
                else "There is evidence of something military")
        return f"{told} at or near: a direct attack is pleaded, if at all, in the alternative"


def _object_steps(one: ObjectAssessed, near: _Near) -> list[Step]:
    known, seven = one.facts, _of(one.rules, "custom-7")
    struck, use = known["object-struck"], known["military-use"]
    objective = {e.id: e for e in seven.elements}["not-objective"]
    it = one.of.shown
    answer = (f"{LEVELS[struck.stands]} that {it} {one.of.was} struck" if struck.level else
              f"{it}: named in the incident, and no record says that it was struck")
    first = Step("1", "What was struck?", answer, struck.stands, one.kind, struck.refs, struck.against_refs,
                 ("records differ on which object was struck",) if struck.against else ())
    if use.level or known["definite-advantage"].level:
        told = f"there is evidence of military use (level {use.stands}); whether its destruction offered a definite " \
               f"advantage is a second test (level {known['definite-advantage'].stands})"
    elif objective.how == "by presumption":
        told = f"{near.use()}; civilian by presumption"
    else:
        told = "in civilian use at the time, by the records" if objective.level else "nothing on record about its use"
    second = Step("2", "Was it a military objective at the time?", told, objective.level, one.kind,
                  known["civilian-dedicated"].refs, tuple(dict.fromkeys((*use.refs, *near.refs))),
                  (PRESUMED,) if objective.how == "by presumption" else ())
    return [first, second, _aim(one, seven, near)]


def _aim(one: ObjectAssessed, seven: RuleAssessed, by: _Near) -> Step:
    aim = {e.id: e for e in seven.elements}["aim"]
    near, none = one.facts["objective-near"], one.facts["no-objective-near"]
    notes = [*aim.caps] if aim.level else []
    if none.refs:
        caps = f": {'; '.join(none.caps)}" if none.caps else ""
        caps += f"; against it {', '.join(none.against_refs)}" if none.against_refs else ""
        notes.append(f"that nothing military was near is said by {', '.join(none.refs)}, at level {none.stands}{caps}")
    if near.level:
        notes.append(by.aim())
    if not one.facts["object-struck"].stands and not aim.level:
        answer = "not asked: no record carries that it was struck"
    elif aim.defeated:
        answer = f"aim at {one.of.shown} is not established; against it: " + "; ".join(say_fact(r) for r in aim.defeaters)
    elif aim.level:
        how = "is suspected, and no more" if aim.level == 1 else f"is carried {aim.how}, at level {aim.level}"
        answer = f"aim at {one.of.shown} {how}: " + "; ".join(map(say_fact, aim.used))
    else:
        given = "" if one.facts["object-struck"].stands > 1 else f"supposing that {one.of.shown} {one.of.was} struck, "
        answer = f"{given}aim at {one.of.shown} is not established"
    for_ = tuple(dict.fromkeys(r for ref in aim.used for r in one.facts[ref.lstrip('!')].refs))
    return Step("3a" if aim.level else "3b", "Was it aimed at?", answer, aim.level, one.kind, for_,
                tuple(dict.fromkeys((*near.refs, *one.facts["objective-targeted"].refs))), tuple(notes))


def _rule_step(number: str, question: str, rule: RuleAssessed, general: Mapping[str, Fact]) -> Step:
    weakest = [e for e in rule.elements if e.level == rule.level]
    used = tuple(dict.fromkeys(r for e in rule.elements if e.id != "attack" for ref in e.used
                               for r in general[ref.lstrip("!")].refs))
    against = tuple(dict.fromkeys(r for e in rule.elements for ref in e.defeaters for r in general[ref.lstrip("!")].refs))
    notes = tuple(cap for e in weakest for cap in e.caps)
    return Step(number, question, say_outcome(rule), rule.level, for_=used, against=against,
                notes=tuple(dict.fromkeys(notes)))


def say_outcome(rule: RuleAssessed) -> str:
    """`suspected, and no more; weakest: ...`."""
    return f"{'suspected, and no more' if rule.outcome == 'suspected' else rule.outcome}; {rule.why}"


def _precautions(whole: Sequence[RuleAssessed], general: Mapping[str, Fact]) -> Step:
    rows = [r for r in whole if r.branch == "6"]
    told = [f"{r.name}: {r.outcome}" + (f" ({_weak(r.elements)})" if r.outcome == "suspected" else "") for r in rows]
    refs = tuple(dict.fromkeys(r for one in rows if one.level for e in one.elements[2:] for ref in e.used
                               for r in general[ref.lstrip("!")].refs))
    return Step("6", "Were feasible precautions taken?", "; ".join(told), max(r.level for r in rows), for_=refs)


def _weak(elements: Iterable[Element]) -> str:
    return "; ".join(say_fact(ref) for e in elements if e.level == 1 for ref in e.used)


def _defender(case: Case, row: Incident, general: Mapping[str, Fact]) -> Step:
    refs = [a.id for a in case.assertions_of(row.id) if a.about == "control"] + list(general["objective-near"].refs)
    told = "no record bears on them" if not refs else (
        "the records speak of who held the place, or of what military lay near; a defender's failing never excuses "
        "the attacker (ICRC Study, Rules 140 and 22 to 24; parallel text AP I art. 51(8))")
    return Step("6", "Did the defender meet its own duties (Rules 22-24)?", told, 0, for_=tuple(dict.fromkeys(refs)))


def _special(one: ObjectAssessed) -> list[Step]:
    return [Step("7", f"Does special protection apply ({rule.name})?", say_outcome(rule), rule.level, one.kind,
                 tuple(dict.fromkeys(r for e in rule.elements if e.id != "attack" for ref in e.used
                                     for r in one.facts[ref.lstrip('!')].refs)),
                 tuple(dict.fromkeys(r for e in rule.elements for ref in e.defeaters
                                     for r in one.facts[ref.lstrip('!')].refs)))
            for rule in one.rules if rule.branch == "7"]


def _weapon(weapon: Licence) -> str:
    if weapon.kind == "none":
        said = f"; alleged: {', '.join(weapon.alleged)}" if weapon.alleged else ""
        return f"not identified: {weapon.why}{said}"
    return f"{weapon.words} ({weapon.kind}): {weapon.why}"


def _who(actor: Attribution) -> str:
    there = f"; that it struck there that day stands at level {actor.presence}" if actor.presence > actor.level else ""
    return f"the strike {actor.words}{there}" if actor.actor else actor.words


def _pleaded(pleadings: Sequence[Pleading]) -> Step:
    if not pleadings:
        return Step("10", "What may be pleaded?", "nothing: facts are told, no rule", 0)
    told = "; ".join(f"[{p.branch}] {p.words}" for p in pleadings)
    several = any(p.alternative for p in pleadings)
    return Step("10", "What may be pleaded?", f"in the alternative: {told}" if several else told,
                max(p.rule.level for p in pleadings))
