"""What stands in an incident's summary box, and the card of each official claim."""
from __future__ import annotations

from bearwitness.model.case import Case
from bearwitness.model.records import Assertion, Claim, Incident
from bearwitness.model.when import say_when
from bearwitness.reason.claims import Tested, admissions, say_set
from bearwitness.reason.tally import say_tally
from bearwitness.tell.document import ClaimCard, ClaimPart, Fact
from bearwitness.tell.ground import depends, grounds
from bearwitness.tell.refuse.stretch import Desk


def facts(desk: Desk, incident: Incident) -> tuple[Fact, ...]:
    """When, where, what, how many, what is said of weapon, military and own strikes: each from records."""
    case = desk.case
    own = frozenset({incident.id})
    found = [Fact("When", say_when(incident.when), depends=own), _where(incident),
             Fact("Object, as reported", "; ".join(incident.objects) or "not stated", depends=own)]
    found.append(_killed(desk, incident))
    injured = desk.tally("injured", "", incident.id)
    if injured.value is not None:
        found.append(Fact("Injured", say_tally(injured), "separate and weaker; never added to the dead",
                          injured.depends))
    found += [_said(case, incident, ("munition", "munition-count"), "Munition, as reported"), _military(case, incident),
              _own_strike(case, incident)]
    return tuple(f for f in found if f.value)


def _where(incident: Incident) -> Fact:
    if incident.point is None:
        return Fact("Where", "no point stated", depends=frozenset({incident.id}))
    radius = f" within {incident.point.radius_m:g} m" if incident.point.radius_m else ""
    note = "" if incident.level == "exact" else f"a point for the {incident.level}, not for the impact"
    return Fact("Where", f"{incident.point.lat:.5f}, {incident.point.lon:.5f}; known to the {incident.level}{radius}",
                note, frozenset({incident.id}))


def _killed(desk: Desk, incident: Incident) -> Fact:
    total = desk.tally("killed", "", incident.id)
    civilians = desk.tally("killed", "civilians", incident.id)
    notes = [f"stated as civilians: {say_tally(civilians)}"] if civilians.value is not None else []
    notes += [f"shown, not added: {s.value} ({s.why})" for s in total.shown]
    notes += [f"{desk.case.sources[b.by].shown if b.by in desk.case.sources else b.by}: {b.words}"
              for b in total.breakdowns if b.total is not None]
    return Fact("Killed, in the accounts held", say_tally(total), "; ".join(notes),
                total.depends | civilians.depends)


def _rows(case: Case, incident: Incident, about: tuple[str, ...]) -> list[Assertion]:
    return [a for a in case.assertions_of(incident.id) if a.about in about]


def _name(case: Case, ref: str) -> str:
    speaker = case.speaker(ref)
    return speaker.shown if speaker else ref


def _said(case: Case, incident: Incident, about: tuple[str, ...], label: str) -> Fact:
    rows = _rows(case, incident, about)
    said = "; ".join(dict.fromkeys(f"{a.says} ({_name(case, a.by)})" for a in rows))
    return Fact(label, said or "not stated in the records", depends=frozenset(a.id for a in rows))


def _military(case: Case, incident: Incident) -> Fact:
    rows = _rows(case, incident, ("military-nearby",))
    near = [a for a in rows if a.supports == "yes"]
    none = [a for a in rows if a.supports == "no"]
    if not rows:
        return Fact("Military objects nearby", "not stated in the records")
    value = f"said to be there in {len(near)}, said not to be there in {len(none)}"
    value += f" of {len(rows)} record{'s' * (len(rows) != 1)}"
    other = len(rows) - len(near) - len(none)
    note = "; ".join(f"{_name(case, a.by)}: {a.says}" for a in rows)
    return Fact("Military objects nearby", value + (f"; {other} undecided" if other else ""), note,
                frozenset(a.id for a in rows))


def _own_strike(case: Case, incident: Incident) -> Fact:
    rows = admissions(case, incident.id)
    said = "; ".join(f"{_name(case, a.by)}: {a.says} (reach: {a.at or 'not stated'})" for a in rows)
    return Fact("Own strike stated by a party or its media", said or "none in the records",
                depends=frozenset(a.id for a in rows) | {incident.id})


def card(desk: Desk, claim: Claim) -> ClaimCard:
    """An official claim as a reader sees it."""
    case = desk.case
    tested = tuple(desk.tested(f"{claim.id}.{part.id}") for part in claim.parts)
    parts = tuple(_part(desk, one) for one in tested)
    document = case.documents.get(claim.doc)
    used = depends(case, [claim.id, *(t.ref for t in tested), *(r.id for r in case.replies.values()
                                                               if r.claim == claim.id)])
    return ClaimCard(claim.id, _name(case, claim.by), say_when(claim.date), claim.title, claim.exact_words,
                     say_set(tested), parts, _reply(case, claim), document.what if document else claim.doc, used)


def _part(desk: Desk, one: Tested) -> ClaimPart:
    case = desk.case
    reason = one.reason
    if one.level.partly_read and one.verdict not in ("untested",):
        docs = ", ".join(f"{case.documents[d].what} ({case.documents[d].read})" for d in one.level.partly_read)
        reason = f"{reason}; read in part: {docs}".lstrip("; ")
    opposing = (*one.part.opposing, *one.part.struck, *one.part.shown)
    number = None if one.verdict == "untested" else one.level.number
    return ClaimPart(one.ref, one.part.text, one.verdict, number, one.level.name if number is not None else "",
                     one.level.origins_words if number is not None else "", grounds(case, one.part.supporting, "for"),
                     grounds(case, opposing, "against"), reason)


def _reply(case: Case, claim: Claim) -> str:
    rows = [r for r in case.replies.values() if r.claim == claim.id]
    if rows:
        return "; ".join(f"asked {r.to} by {r.channel or 'a channel not stated'} on {r.sent or 'a day not stated'}: "
                         f"{'answered: ' + r.words if r.answered not in ('', 'no') else 'no answer'}" for r in rows)
    return f"{claim.reply or 'not recorded'}" + (f" ({claim.reason})" if claim.reason else "")
