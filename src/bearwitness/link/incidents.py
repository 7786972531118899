"""Is an incident of ours an event of another database? Place, time, kind, toll and name, each with its reason.

The answer is a zone: same, review, different. `same` needs day and place to agree and nothing to differ; everything
else that could be one strike goes to a person, whose judgement stands over the zone. Tolls alone never join two events.
"Echoed by" counts only a database whose origins are known to be apart from ours: a compiler that does not say whom it
read echoes nobody.
Rule: rules/events/match.toml.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rapidfuzz.fuzz import token_set_ratio

from bearwitness.link.origins import origins, say_origins
from bearwitness.model.case import Case
from bearwitness.model.event import Event, EventTable, Range
from bearwitness.model.records import Assertion, Incident, Toll
from bearwitness.model.where import distance_m, say_distance
from bearwitness.rules import load

AGREES, NEAR, DIFFERS, UNKNOWN = "agrees", "near", "differs", "not known"
SAME, REVIEW, DIFFERENT = "same", "review", "different"
ZONES = (SAME, REVIEW, DIFFERENT)


@dataclass(frozen=True, slots=True)
class Reason:
    """question: place, time, toll, kind or name. answer: agrees, near, differs, not known. words: how."""

    question: str
    answer: str
    words: str


@dataclass(frozen=True, slots=True)
class Match:
    """ours: an incident's id; row, theirs: the event. zone after judgement; judged: the person's words, if any."""

    ours: str
    row: int
    theirs: str
    zone: str
    reasons: tuple[Reason, ...]
    judged: str = ""

    def answer(self, question: str) -> str:
        return next((r.answer for r in self.reasons if r.question == question), UNKNOWN)


def match_incidents(incidents: Iterable[Incident], tolls: Mapping[str, Range], table: EventTable,
                    judgements: Mapping[tuple[str, str], str] | None = None) -> list[Match]:
    """Every pair that could be one strike, the likeliest first for each incident of ours.

    tolls: our tally of the killed by incident. judgements: (ours, theirs) to same or different, by a person.
    Raises ValueError for a judgement that is neither.
    """
    judged = dict(judgements or {})
    if wrong := next((word for word in judged.values() if word not in (SAME, DIFFERENT)), ""):
        raise ValueError(f"a judgement is same or different, not {wrong!r}")
    rules = load("events/match")
    by_day: dict[date, list[Event]] = {}
    for event in table.events:
        for day in _days(event):
            by_day.setdefault(day, []).append(event)
    found: list[Match] = []
    for incident in incidents:
        pairs = [pair for event in _candidates(incident, by_day, rules)
                 if (pair := _pair(incident, tolls.get(incident.id, Range()), event, rules)) is not None]
        found += [_judge(pair, judged) for pair in _rivals(pairs)]
    listed = {(m.ours, m.theirs) for m in found}
    for (ours, theirs), word in judged.items():
        if (ours, theirs) not in listed and word == SAME:
            found += [Match(ours, e.row, theirs, SAME, (), word) for e in table.events if e.id == theirs]
    return sorted(found, key=lambda m: (m.ours, ZONES.index(m.zone), -_weight(m), m.row))


def _days(event: Event) -> list[date]:
    if event.start is None:
        return []
    end = event.end or event.start
    return [event.start + timedelta(days=n) for n in range(min((end - event.start).days, 60) + 1)]


def _candidates(incident: Incident, by_day: Mapping[date, list[Event]], rules: Mapping[str, Any]) -> list[Event]:
    days = incident.when.dates()
    margin = int(rules["days_apart"])
    window = [days[0] - timedelta(days=n) for n in range(margin, 0, -1)] + list(days) \
        + [days[-1] + timedelta(days=n) for n in range(1, margin + 1)]
    return list({event.row: event for day in window for event in by_day.get(day, ())}.values())


def _pair(incident: Incident, toll: Range, event: Event, rules: Mapping[str, Any]) -> Match | None:
    """The pair with its reasons; None where the place excludes it."""
    place, name = _place(incident, event, rules), _name(incident, event, rules)
    if place.answer == DIFFERS or place.answer == UNKNOWN and name.answer != AGREES:
        return None
    reasons = (_time(incident, event, rules), place, name, _toll(toll, event, rules), _kind(incident, event, rules))
    return Match(incident.id, event.row, event.id, _zone({r.question: r.answer for r in reasons}), reasons)


def _zone(answers: Mapping[str, str]) -> str:
    """Same: day and place agree, one more question agrees, and nothing differs.

    Different: another name with another toll, a neighbour that nothing joins, or another day with another toll.
    """
    more = sum(answers[q] == AGREES for q in ("name", "toll", "kind"))
    clear = answers["time"] == AGREES and answers["place"] == AGREES and more and DIFFERS not in answers.values()
    if clear:
        return SAME
    named, toll = answers["name"] == AGREES, answers["toll"]
    apart = (not named and toll == DIFFERS, not named and answers["place"] == NEAR and toll != AGREES,
             answers["time"] == DIFFERS and toll == DIFFERS)
    return DIFFERENT if any(apart) else REVIEW


def _rivals(pairs: list[Match]) -> list[Match]:
    """Where two events fit one incident equally well, neither is the same by rule: a person chooses."""
    best = [p for p in pairs if p.zone == SAME]
    if len(best) < 2:
        return pairs
    top = max(_weight(p) for p in best)
    keep = [p for p in best if _weight(p) == top]
    rival = Reason("rival", NEAR, f"{len(best)} events fit this incident")
    return [p if p.zone != SAME or len(keep) == 1 and p is keep[0] else
            Match(p.ours, p.row, p.theirs, REVIEW, (*p.reasons, rival)) for p in pairs]


def _judge(pair: Match, judged: Mapping[tuple[str, str], str]) -> Match:
    word = judged.get((pair.ours, pair.theirs), "")
    return Match(pair.ours, pair.row, pair.theirs, word, pair.reasons, word) if word else pair


def _weight(match: Match) -> int:
    return sum({AGREES: 2, NEAR: 1, UNKNOWN: 0, DIFFERS: -2}[r.answer] for r in match.reasons)


def _time(incident: Incident, event: Event, rules: Mapping[str, Any]) -> Reason:
    ours, theirs = incident.when.dates(), _days(event)
    gap = max((theirs[0] - ours[-1]).days, (ours[0] - theirs[-1]).days, 0)
    if gap == 0:
        return Reason("time", AGREES, f"{event.start} is a day of ours")
    answer = NEAR if gap <= int(rules["days_near"]) else DIFFERS
    return Reason("time", answer, f"{event.start} is {gap} day{'s' if gap > 1 else ''} from ours, {incident.when.text}")


def _place(incident: Incident, event: Event, rules: Mapping[str, Any]) -> Reason:
    if incident.point is None or event.point is None:
        return Reason("place", UNKNOWN, "one of the two has no usable position")
    reach = rules["reach_m"]
    metres = distance_m(incident.point, event.point)
    allowed = max(float(reach.get(incident.level, reach[""])), float(reach.get(event.level, reach[""])))
    answer = AGREES if metres <= allowed else NEAR if metres <= 2 * allowed else DIFFERS
    return Reason("place", answer, f"{say_distance(metres)} apart; {say_distance(allowed)} are allowed for "
                  f"{incident.level or 'an unknown level'} against {event.level or 'an unknown level'}")


def _name(incident: Incident, event: Event, rules: Mapping[str, Any]) -> Reason:
    pairs = [(a, b) for a in (incident.name, incident.name_local) for b in (event.place, event.place_local) if a and b]
    if not pairs:
        return Reason("name", UNKNOWN, "one of the two has no name")
    likeness, ours, theirs = max((token_set_ratio(a.casefold(), b.casefold()) / 100, a, b) for a, b in pairs)
    answer = AGREES if likeness >= float(rules["name_alike"]) else UNKNOWN
    shown = f"{incident.name or ours} and {event.place or theirs}"
    return Reason("name", answer, f"{shown}: {'alike' if answer == AGREES else 'not alike in writing'}")


def _toll(ours: Range, event: Event, rules: Mapping[str, Any]) -> Reason:
    theirs = event.killed
    if not ours.known or not theirs.known:
        return Reason("toll", UNKNOWN, "one of the two states no number of killed")
    a, b = _ends(ours), _ends(theirs)
    said = f"ours {a[0]} to {a[1]}, theirs {b[0]} to {b[1]}"
    if a[0] <= b[1] and b[0] <= a[1]:
        return Reason("toll", AGREES, f"{said}: they meet")
    lower, higher = (a[1], b[0]) if a[1] < b[0] else (b[1], a[0])
    answer = NEAR if lower >= float(rules["toll_slack"]) * higher else DIFFERS
    return Reason("toll", answer, f"{said}: they do not meet")


def _ends(found: Range) -> tuple[int, int]:
    low = found.low if found.low is not None else 0
    return low, max(low, found.high if found.high is not None else low)


def _kind(incident: Incident, event: Event, rules: Mapping[str, Any]) -> Reason:
    def classes(text: str) -> set[str]:
        return {name for name, words in rules["kinds"].items() if any(word in text.casefold() for word in words)}
    theirs = classes(event.kind)
    ours = classes(f"{incident.name} {' '.join(incident.objects)} {incident.note}")
    if not ours or not theirs:
        return Reason("kind", UNKNOWN, f"theirs: {event.kind or 'not stated'}; ours: not stated")
    return Reason("kind", AGREES if ours & theirs else DIFFERS, f"theirs: {event.kind}; ours: {', '.join(sorted(ours))}")


def echoed_by(case: Case, incident: str, speaker: str) -> tuple[bool, str]:
    """Whether a database of this speaker is an echo that may be counted, and why in words.

    It may when its origins are known, and none of them is an origin of what the case already holds on the incident.
    """
    said: tuple[Assertion | Toll, ...] = (*case.assertions_of(incident), *case.tolls_of(incident))
    own = [row.by for row in said if row.by != speaker]
    if case.speaker(speaker) is None:
        return False, f"{speaker} is no source of this case: whom it read is not known, so it counts as no further origin"
    alone, together = origins(case, [speaker]), origins(case, [*own, speaker])
    if alone.unknown:
        return False, f"whom {speaker} read is not known, so it counts as no further origin"
    before = origins(case, own)
    if len(together.groups) <= len(before.groups):
        return False, f"{speaker} shares an origin with what is held already ({say_origins(case, together)})"
    return True, f"{speaker} is an origin of its own: {say_origins(case, together)}"
