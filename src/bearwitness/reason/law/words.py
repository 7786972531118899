"""An assessment in paragraphs that a lawyer can read aloud, each with its records, and what evidence is missing."""
from __future__ import annotations

from collections.abc import Iterable, Iterator

from bearwitness.model.case import Case
from bearwitness.model.when import say_date
from bearwitness.reason.law.assessment import NONE, Assessment, CrimeLicence, Pleading, Step
from bearwitness.reason.law.instruments import instrument, the

FEW = 6
NO_PARTY = " Nobody is named as the attacker: this speaks of the act, and of no party."


def paragraphs(case: Case, found: Assessment) -> list[str]:
    """The assessment, one paragraph a thought, in the order of the ladder. Record ids stand in [ ]."""
    out = [f"{found.name}, {say_date(found.day)}. {_first(found.conflict.why)}."]
    for one in (None, *(o.kind for o in found.objects)):
        out += [_step(s) for s in found.steps if s.object == (one or "") and s.number in ("1", "2", "3a", "3b", "7")]
    out += [text for s in found.steps if not s.object and s.number in ("3", "4", "5", "6") if (text := _whole(s))]
    out += [_weapon(found), _who(case, found)]
    out += [_pleaded(found), *_crimes(found), *_indicators(found), *_treaties(found)]
    out += [f"Note: {flag}." for flag in found.flags]
    return [one for one in out if one]


def missing(found: Assessment) -> list[str]:
    """What evidence each element wants, rule by rule: a line a person can act on. Elements met are not told."""
    out = ["What would carry each element at reasonable grounds. The name in ( ) goes into the column `shows` of a record,",
           "or the line `shows:` of a finding with its rivals answered.", *_unplaced(found)]
    for rule in dict.fromkeys((m.rule, m.rule_name) for m in found.missing):
        rows = [m for m in found.missing if (m.rule, m.rule_name) == rule]
        out.append(f"{rule[1]} ({rule[0]})")
        for row in {r.element: r for r in reversed(rows)}.values():
            out.append(f"  {row.element} (level {row.level}); one of:")
            out += [f"    - {way}" for way in row.wanted]
    for one in found.crimes:
        out += [f"  for {one.crime.name}{_of(one.object)}: {what}" for what in one.missing if what.startswith("a second")]
    return list(dict.fromkeys(out)) if len(out) > 2 else ["Every element that is assessed stands at reasonable grounds."]


def _unplaced(found: Assessment) -> Iterator[str]:
    """Records that say nothing military was near, and not within what distance, when, and by whose eyes."""
    fact = next((o.facts for o in found.objects), {}).get("no-objective-near")
    if fact is not None and fact.refs and fact.caps:
        yield f"{', '.join(fact.refs)}: state radius_m, window and observers of `no military target`."


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]


def cite(refs: Iterable[str]) -> str:
    """` [a; b; and 3 more]`, or nothing."""
    listed = list(refs)
    more = f"; and {len(listed) - FEW} more" if len(listed) > FEW else ""
    return f" [{'; '.join(listed[:FEW])}{more}]" if listed else ""


def _of(kind: str) -> str:
    return f" ({kind})" if kind else ""


def _step(step: Step) -> str:
    head = {"2": "Use at the time: ", "7": "Special protection, "}.get(step.number, "")
    against = f" Against it:{cite(step.against)}." if step.against else ""
    notes = "".join(f" {_first(note)}." for note in step.notes)
    if step.number == "7":
        head += step.question.split("(", 1)[1].rstrip(")?") + ": "
    text = f"{head}{step.answer}" if head else _first(step.answer)
    return f"{text}{cite(step.for_)}.{against}{notes}"


def _whole(step: Step) -> str:
    if step.number == "6" and step.question.startswith("Were"):
        told = [part for part in step.answer.split("; ") if ": suspected" in part or ": met" in part]
        if not told:
            return "Precautions in attack (Rules 15 to 21): no record shows what was done, or not done, to spare civilians."
        return f"Precautions in attack: {'; '.join(told)}{cite(step.for_)}. On the others no record bears."
    if step.number == "6" and not step.for_:
        return ""
    if step.number == "5" and step.answer.startswith("not assessable"):
        return ("Proportionality: not assessable. It is judged before the attack, from the harm expected and the advantage "
                f"anticipated; {step.answer.removeprefix('not assessable; ')}. The number of the dead does not answer it.")
    against = f" Against it:{cite(step.against)}." if step.against else ""
    notes = "".join(f" {_first(note)}." for note in step.notes)
    head = {"3": "Attack directed against civilians", "4": "Indiscriminate attack", "5": "Proportionality",
            "6": "The defender's own duties (Rules 22 to 24)"}[step.number]
    return f"{head}: {step.answer}{cite(step.for_)}.{against}{notes}"


def _weapon(found: Assessment) -> str:
    step = next(s for s in found.steps if s.number == "8")
    ban = f" On treaties: {found.ban.words}." if found.ban else ""
    return f"Weapon: {step.answer}{cite(step.for_)}.{ban}"


def _who(case: Case, found: Assessment) -> str:
    step = next(s for s in found.steps if s.number == "9")
    classes = "; ".join(dict.fromkeys(f"{e.words} [{e.ref}]" for e in found.attribution.classes))
    rivals = f" Not excluded, or only so far: {'; '.join(step.notes)}." if step.notes else ""
    notes = "".join(f" {_first(note)}." for note in found.attribution.notes)
    rests = f" {'It rests on' if found.attribution.actor else 'What bears on it:'} {classes}." if classes else ""
    return f"Who struck: {step.answer}.{rests}{notes}{rivals}"


def _pleaded(found: Assessment) -> str:
    if not found.pleadings:
        return "What may be said in law: nothing yet; only facts are told."
    several = any(p.alternative for p in found.pleadings)
    groups: dict[tuple[str, str], list[Pleading]] = {}
    for one in found.pleadings:
        groups.setdefault((one.branch, one.rule.id), []).append(one)
    head = "What may be said in law, in the alternative" if several else "What may be said in law"
    return f"{head}: {'; '.join(_pleading(group, found) for group in groups.values())}."


def _pleading(group: list[Pleading], found: Assessment) -> str:
    """One branch and rule, for every object it is pleaded for."""
    one = group[0]
    if one.branch == "3b":
        return "; ".join(f"(3b) {p.words}" for p in group)
    outcomes = " / ".join(dict.fromkeys(p.rule.outcome for p in group))
    return (f"({one.branch}) {one.rule.name}{_of('; '.join(p.object for p in group))}: {outcomes} — "
            f"{one.rule.cite_in(found.conflict.kind)}")


def _crimes(found: Assessment) -> Iterator[str]:
    groups: dict[str, list[CrimeLicence]] = {}
    for one in found.crimes:
        if one.kind != NONE:
            groups.setdefault(one.crime.id, []).append(one)
    for group in groups.values():
        one = min(group, key=lambda c: c.kind)
        wanting = " ".join(_wanting(c) for c in group)
        doubt = f" {_first(one.crime.doubt)}" if one.crime.doubt else ""
        yield (f"War crime{_of('; '.join(c.object for c in group))}: {one.words}: {one.crime.name} ({one.crime.cite}). "
               f"{wanting}{doubt}{'' if found.attribution.actor else NO_PARTY}")
    if found.crimes and found.crime_licence == NONE:
        yield "War crime: no sentence on one is licensed. " + " ".join(_lacking(one) for one in found.crimes)


def _lacking(one: CrimeLicence) -> str:
    """What one crime lacks, for its object; what already reaches suspicion is told with its level."""
    what = "; ".join(one.missing) or "a serious violation that stands"
    return f"{_first(one.crime.name)}{_of(one.object)} lacks, or has too weakly: {what}."


def _wanting(one: CrimeLicence) -> str:
    where = f", for {one.object}" if one.object else ""
    return f"Short of what the sentence without this hedge needs{where}: {'; '.join(one.missing)}." if one.missing else ""


def _indicators(found: Assessment) -> Iterator[str]:
    if found.indicators:
        told = "; ".join(f"{words}{cite(refs)}" for words, refs in found.indicators)
        yield f"Indicators of intent, a list and no score, each weak by itself: {told}."
    if found.bending:
        told = "; ".join(f"{words}{cite(refs)}" for words, refs in found.bending)
        yield f"What speaks against intent: {told}."


def _treaties(found: Assessment) -> Iterator[str]:
    binding = list(dict.fromkeys(r.why for r in found.instruments if r.ok))
    refused = list(dict.fromkeys(r.why for r in found.instruments if r.ok is False))
    unknown = list(dict.fromkeys(the(instrument(r.instrument)) for r in found.instruments if r.ok is None))
    if binding:
        yield "Instruments that may be cited: " + "; ".join(binding) + "; and customary law, rule by rule."
    if refused:
        yield "Not to be cited as binding: " + "; ".join(refused) + "."
    if unknown:
        yield "Not known: whether " + ", ".join(unknown) + " binds."
