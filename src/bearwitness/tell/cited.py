"""What a stretch of text cites, resolved: the records, their speakers, and the numbers and dates they carry."""
from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bearwitness.model.case import Case, bare
from bearwitness.model.records import Assertion, Claim, Finding, Incident, Part, Search, Source, Toll
from bearwitness.reason.breakdown import breakdowns
from bearwitness.tell.numbers import Dated, dates_in, numbers_in, without_dates


@dataclass(slots=True)
class Cited:
    """Everything behind the references of one stretch. unknown: references that name nothing."""

    refs: tuple[str, ...] = ()
    tolls: list[Toll] = field(default_factory=list)
    assertions: list[Assertion] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    searches: list[Search] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    exhibits: list[str] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[Toll | Assertion]:
        """What speakers state: tolls, then assertions."""
        return [*self.tolls, *self.assertions]

    def speakers(self, case: Case) -> list[Source]:
        """The speakers of what is cited, each once."""
        ids = [r.by for r in self.rows] + [c.by for c in self.claims]
        ids += [case.notes[n].by for n in self.notes] + [case.claims[p.claim].by for p in self.parts] + self.sources
        found = [case.speaker(i) for i in dict.fromkeys(ids)]
        return [s for s in found if s is not None]

    def incident_ids(self, case: Case) -> list[str]:
        ids = [r.incident for r in self.rows] + [i.id for i in self.incidents]
        for about in (*(c.about for c in self.claims), *(f.about for f in self.findings),
                      *(case.claims[p.claim].about for p in self.parts)):
            ids += about
        ids += [s.incident for s in self.searches if s.incident]
        return [i for i in dict.fromkeys(ids) if i in case.incidents]


def resolve_refs(case: Case, refs: Iterable[str]) -> Cited:
    """Sort references onto their shelves."""
    cited = Cited(tuple(refs))
    shelves: list[tuple[dict[str, Any], list[Any]]] = [
        (case.tolls, cited.tolls), (case.assertions, cited.assertions), (case.findings, cited.findings),
        (case.parts, cited.parts), (case.claims, cited.claims), (case.searches, cited.searches),
        (case.incidents, cited.incidents)]
    named: list[tuple[dict[str, Any], list[str]]] = [
        (case.notes, cited.notes), (case.documents, cited.documents), (case.exhibits, cited.exhibits),
        (case.sources, cited.sources), (case.replies, cited.replies)]
    for name in bare(cited.refs):
        if found := next(((shelf, rows) for shelf, rows in shelves if name in shelf), None):
            found[1].append(found[0][name])
        else:
            next((ids for shelf, ids in named if name in shelf), cited.unknown).append(name)
    return cited


def deeper(case: Case, cited: Cited) -> Cited:
    """The grounds of cited findings and parts, one step down."""
    refs: list[str] = []
    for finding in cited.findings:
        refs += [*finding.supporting, *finding.opposing, *finding.looked_in]
        refs += [ref for rival in finding.rivals for ref in rival.excluded_by]
    for part in cited.parts:
        refs += [*part.supporting, *part.opposing, *part.struck, *part.shown]
    return resolve_refs(case, dict.fromkeys(refs))


def _texts(case: Case, cited: Cited) -> list[str]:
    """Every written value of what is cited."""
    rows: list[Mapping[str, object]] = [case.stated[name].body for name in (*bare(cited.refs),)
                                        if name in case.stated]
    texts = [value for row in rows for key, value in row.items()
             if isinstance(value, str) and key not in ("id", "by", "in", "lat", "lon")]
    for part in cited.parts:
        texts += [part.text, case.claims[part.claim].title, case.claims[part.claim].exact_words]
    for claim in cited.claims:
        texts += [part.text for part in claim.parts]
    for note in cited.notes:
        texts += case.notes[note].paragraphs
    return texts


def allowed_numbers(case: Case, cited: Cited, table: Mapping[str, int]) -> set[float]:
    """Numbers that a stretch may type by hand: those its records state."""
    below = deeper(case, cited)
    allowed: set[float] = set()
    for text in (*_texts(case, cited), *_texts(case, below)):
        allowed |= {said.value for said in numbers_in(text, table)}
        allowed |= {float(n) for n in re.findall(r"(?<![\w.])\d+(?:\.\d+)?", without_dates(text))}
    allowed |= {float(n) for n in range(2, len(cited.refs) + 1)}
    for row in cited.rows:
        read = case.documents[row.doc].read if row.doc in case.documents else ""
        allowed |= {float(n) for n in re.findall(r"\d+", read)}
    for toll in (*cited.tolls, *below.tolls):
        for count in toll.figures.values():
            allowed |= {float(count.low), float(count.high)}
        allowed |= {float(b.residual) for b in breakdowns([toll]) if b.residual is not None}
    for part in cited.parts:
        allowed |= {float(n) for n in range(2, len(case.claims[part.claim].parts) + 1)}
    for claim in cited.claims:
        allowed |= {float(n) for n in range(2, len(claim.parts) + 1)}
    return allowed


def allowed_dates(case: Case, cited: Cited) -> set[date]:
    """Dates that a stretch may state: of its records, their documents and their incidents."""
    below = deeper(case, cited)
    found: set[date] = set()
    for one in (cited, below):
        whens = [row.as_of for row in one.rows] + [row.window for row in one.assertions]
        whens += [case.claims[p.claim].date for p in one.parts] + [c.date for c in one.claims]
        whens += [edge for s in one.searches for edge in (s.start, s.end)]
        whens += [case.incidents[i].when for i in one.incident_ids(case)]
        docs = [row.doc for row in one.rows] + one.documents + [c.doc for c in one.claims]
        docs += [case.claims[p.claim].doc for p in one.parts]
        whens += [case.documents[d].date for d in docs if d in case.documents]
        whens += [case.notes[n].date for n in one.notes]
        found |= {day for when in whens if when is not None for day in when.dates()}
        for text in _texts(case, one):
            for said in dates_in(text):
                if said.year and said.month:
                    found |= _days(said.year, said.month, said.day)
    return found


def in_texts(case: Case, cited: Cited, dated: Dated) -> bool:
    """Whether a cited record's own words state this date, year or no year."""
    for one in (cited, deeper(case, cited)):
        for text in _texts(case, one):
            for said in dates_in(text):
                years = said.year is None or dated.year is None or said.year == dated.year
                if years and (said.month, said.day) == (dated.month, dated.day) and said.month:
                    return True
    return False


def _days(year: int, month: int, day: int | None) -> set[date]:
    try:
        return {date(year, month, day or 1)}
    except ValueError:
        return set()
