"""What the records themselves disagree about, found by computing: nobody has to notice it first.

Each is a statement about records, with their ids; what it means is for a person to say.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from bearwitness.link.places import far_apart
from bearwitness.model.case import Case
from bearwitness.model.records import Toll
from bearwitness.model.when import parse_when, say_date, say_when
from bearwitness.model.where import say_distance
from bearwitness.reason.breakdown import breakdowns, conflicts
from bearwitness.reason.claims import admissions, say_set, test_claim
from bearwitness.reason.levels import Standard
from bearwitness.reason.tally import say_count, tally

GAZETTEER_LIMIT_M = 1000.0
VAGUE = re.compile(r"\b(dozens|scores|hundreds|several|many|numerous)\b", re.I)
_NUMBER = re.compile(r"(?<![\w.])\d+(?![\w.])")


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """kind: a word a reader can search for. code: the refusal that a sentence ignoring it would meet."""

    kind: str
    title: str
    words: str
    refs: tuple[str, ...]
    code: str = ""


def find(case: Case, standard: Standard) -> list[Discrepancy]:
    """Every disagreement, in a stable order."""
    checks = (_totals, _breakdowns, _same_number, _series, _mixed, _claims, _other_objects, _gazetteers,
              _number_words, _admissions, _dates)
    return [one for check in checks for one in check(case, standard)]


def _name(case: Case, ref: str) -> str:
    speaker = case.speaker(ref)
    return speaker.shown if speaker else ref


def _totals(case: Case, standard: Standard) -> Iterator[Discrepancy]:
    for toll in case.tolls.values():
        stated = toll.figures.get("killed") or toll.figures.get("civilians")
        if toll.incident not in case.config.sets or stated is None:
            continue
        lead = tally(case, "killed", "", toll.incident, basis="lead")
        civilians = tally(case, "killed", "civilians", toll.incident, basis="lead")
        ours = tally(case, "killed", "", toll.incident)
        if lead.value is None:
            continue
        n = len([p for p in civilians.parts if p.value is not None])
        words = (f"{_name(case, toll.by)} states {say_count(stated)} for the set \u201c{toll.incident}\u201d. "
                 f"The lead sources' own figures add to {lead.value.low}..{lead.value.high}"
                 + (", top open" if lead.value.open_top else "")
                 + (f", {say_count(civilians.value)} of them stated as civilians, in {n} of {len(lead.parts)}"
                    if civilians.value else ""))
        if lead.with_shown is not None:
            words += (f"; {lead.with_shown.low}..{lead.with_shown.high} with "
                      f"{' and '.join(str(s.value) for s in lead.shown)} that is shown and not added")
        words += f". Our tallies add to {ours.value.low}..{ours.value.high}" if ours.value else ""
        missed = max(lead.value.high, ours.value.high if ours.value else 0) < stated.low
        words += (", each with open tops" if lead.value.open_top else "") + "."
        if missed:
            words += f" Neither sum reaches {stated.low}: the total cannot be confirmed from its parts."
        yield Discrepancy("total", "A total and its parts", words, (toll.id, *sorted(lead.depends)), "R01")


def _breakdowns(case: Case, standard: Standard) -> Iterator[Discrepancy]:
    for incident in case.incidents.values():
        found = breakdowns(case.tolls_of(incident.id))
        for one in found:
            if one.total is None or one.residual:
                yield Discrepancy("breakdown", f"{incident.name}: the parts of a total",
                                  f"{_name(case, one.by)}: {one.words}.", (one.id,), "R02")
        for name, values in conflicts(found):
            said = "; ".join(f"{value} by {_name(case, case.tolls[ref].by)}" for ref, value in values.items())
            yield Discrepancy("conflict", f"{incident.name}: {name}", f"{name}: {said}.", tuple(values))


def _same_number(case: Case, standard: Standard) -> Iterator[Discrepancy]:
    def place(toll: Toll) -> str:
        return toll.scope or (case.incidents[toll.incident].name if toll.incident in case.incidents else toll.incident)
    alike: dict[tuple[str, int, object], list[Toll]] = {}
    for toll in case.tolls.values():
        if "killed" in toll.figures:
            alike.setdefault((toll.by, toll.figures["killed"].low, toll.as_of.start), []).append(toll)
    for rows in alike.values():
        for a, b in combinations(rows, 2):
            if place(a) == place(b):
                continue
            x = y = a.figures["killed"]
            yield Discrepancy("same number", f"The number {x.low} twice",
                              f"{_name(case, a.by)} gives {x.low} for {place(a)} and {y.low} for {place(b)}: two "
                              "scopes, kept apart, never merged.", (a.id, b.id), "R03")


def _series(case: Case, standard: Standard) -> Iterator[Discrepancy]:
    by_speaker: dict[tuple[str, str], list[Toll]] = {}
    for toll in case.tolls.values():
        if toll.incident in case.incidents and not toll.scope and "killed" in toll.figures:
            by_speaker.setdefault((toll.incident, toll.by), []).append(toll)
    for (incident, by), rows in by_speaker.items():
        rows.sort(key=lambda t: t.as_of.start)
        if len({r.as_of.start for r in rows}) > 1:
            said = " -> ".join(f"{r.figures['killed']} ({say_when(r.as_of)})" for r in rows)
            yield Discrepancy("series", f"{case.incidents[incident].name}: one speaker, several moments",
                              f"{_name(case, by)}: {said}. The latest counts; the earlier ones are a series.",
                              tuple(r.id for r in rows), "D4")


def _mixed(case: Case, standard: Standard) -> Iterator[Discrepancy]:
    for toll in case.tolls.values():
        if "casualties" in toll.figures and "killed" not in toll.figures:
            yield Discrepancy("mixed", "Killed and wounded in one number",
                              f"{_name(case, toll.by)} gives {toll.figures['casualties']} killed and wounded together; "
                              "it is never counted as killed.", (toll.id,), "R05")


def _claims(case: Case, standard: Standard) -> Iterator[Discrepancy]:
    for claim in case.claims.values():
        tested = test_claim(case, standard, claim)
        if len({t.verdict for t in tested} - {"untested"}) > 1:
            detail = "; ".join(f"{t.part.id}) {t.verdict} at level {t.level.number}, {t.level.origins_words}"
                               for t in tested)
            yield Discrepancy("claim", f"{_name(case, claim.by)}: {claim.title}",
                              f"O{say_set(tested)[1:]}: {detail}.", (claim.id, *(t.ref for t in tested)), "R09")


def _other_objects(case: Case, standard: Standard) -> Iterator[Discrepancy]:
    for claim in case.claims.values():
        for tested in test_claim(case, standard, claim):
            if tested.verdict == "other object":
                yield Discrepancy("other object", f"{_name(case, claim.by)}: {claim.title}",
                                  f"{tested.part.text}: {tested.reason}. The claim concerns another object.",
                                  (tested.ref, *tested.part.struck, *tested.part.shown), "R10")


def _gazetteers(case: Case, standard: Standard) -> Iterator[Discrepancy]:
    for incident in case.incidents.values():
        rows = [a for a in case.assertions_of(incident.id) if a.about == "where"
                and a.at in ("town", "district", "")]
        for apart in far_apart(rows, GAZETTEER_LIMIT_M):
            a, b = case.assertions[apart.a], case.assertions[apart.b]
            yield Discrepancy("place", f"{incident.name}: two positions of one place",
                              f"{_name(case, a.by)} and {_name(case, b.by)} put it {say_distance(apart.distance)} apart.",
                              (apart.a, apart.b), "R07")


def _number_words(case: Case, standard: Standard) -> Iterator[Discrepancy]:
    groups: dict[tuple[str, str], list[str]] = {}
    for row in case.assertions.values():
        groups.setdefault((row.incident, row.about), []).append(row.id)
    for refs in groups.values():
        vague = [r for r in refs if VAGUE.search(case.assertions[r].says) and not _NUMBER.search(case.assertions[r].says)]
        exact = [r for r in refs if _NUMBER.search(case.assertions[r].says) and case.assertions[r].about == "interviews"]
        for a in vague:
            for b in exact:
                word = VAGUE.search(case.assertions[a].says)
                number = _NUMBER.search(case.assertions[b].says)
                if word and number:
                    yield Discrepancy("number word", "A number word and a number",
                                      f"{_name(case, case.assertions[a].by)} says \u201c{word[0]}\u201d; "
                                      f"{_name(case, case.assertions[b].by)} counts {number[0]}. "
                                      f"Print {number[0]}.", (a, b), "R28")


def _admissions(case: Case, standard: Standard) -> Iterator[Discrepancy]:
    for incident in case.incidents.values():
        found = admissions(case, incident.id)
        if found:
            said = "; ".join(f"{_name(case, a.by)}: {a.says} (reach: {a.at or 'not stated'})" for a in found)
            yield Discrepancy("own strike", f"{incident.name}: a strike stated by a party or its media", said + ".",
                              tuple(a.id for a in found), "D6")
        else:
            yield Discrepancy("own strike", f"{incident.name}: no statement of an own strike in the records",
                              "No record here has a party say that it struck there that day.", (incident.id,), "D6")


def _dates(case: Case, standard: Standard) -> Iterator[Discrepancy]:
    for row in case.assertions.values():
        incident = case.incidents.get(row.incident)
        found = re.search(r"\d{4}-\d{2}-\d{2}", row.says)
        if row.about == "when" and incident is not None and found is not None:
            other = parse_when(found[0], case.config.zone)
            if not other.overlaps(incident.when):
                yield Discrepancy("date", f"{incident.name}: another date",
                                  f"{_name(case, row.by)} puts it on {say_date(other.local_date)}; the case on "
                                  f"{say_date(incident.when.local_date)}.", (row.id, incident.id))
