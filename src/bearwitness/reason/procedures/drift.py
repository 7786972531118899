"""What one body said about one subject, by date: statements side by side, and where they change.

A body is a speaker and whoever shares its roots (a ministry and its spokesman are one; a ministry and a broadcaster of
unknown origin are not). A change is shown, never called a contradiction: the later words may answer another question.
Subjects and words of denial are data: rules/claims/subjects.toml.
"""
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bearwitness.link.origins import roots
from bearwitness.model.case import Case
from bearwitness.model.records import Claim
from bearwitness.model.when import When
from bearwitness.reason.procedures.result import say_when
from bearwitness.rules import load


@dataclass(frozen=True, slots=True)
class Statement:
    """One dated statement: an assertion of a party, or a part of its claim."""

    ref: str
    by: str
    when: When
    words: str
    doc: str


@dataclass(frozen=True, slots=True)
class Drift:
    """Statements of one body on one subject, by date. changes: pairs of neighbours of which one denies and one does not."""

    subject: str
    statements: tuple[Statement, ...]
    changes: tuple[tuple[str, str], ...]


def one_body(case: Case, a: str, b: str) -> bool:
    """Whether two speakers are one body: both speak for a party, their known roots meet, and nothing there is unknown.

    A broadcaster or an agency that carries a ministry's words is not the ministry (D6).
    """
    if a != b and not (_party(case, a) and _party(case, b)):
        return False
    (roots_a, unknown_a), (roots_b, unknown_b) = roots(case.edges, a), roots(case.edges, b)
    return a == b or bool(roots_a & roots_b) and not (unknown_a or unknown_b)


def statements_of(case: Case, speaker: str) -> tuple[Statement, ...]:
    """Every dated statement of the body, oldest first."""
    said: list[Statement] = []
    for row in case.assertions.values():
        document = case.documents.get(row.doc)
        when = row.as_of or (document.date if document else None)
        if row.how == "party" and when is not None and one_body(case, row.by, speaker) and _party(case, row.by):
            said.append(Statement(row.id, row.by, when, row.says, row.doc))
    for claim in case.claims.values():
        if one_body(case, claim.by, speaker) and _party(case, claim.by):
            said += [Statement(f"{claim.id}.{part.id}", claim.by, claim.date, part.text, claim.doc) for part in claim.parts]
    said.sort(key=lambda s: (s.when.start, s.ref))
    once = {(s.doc, s.when.start, s.words.casefold().rstrip(".")): s for s in reversed(said)}
    return tuple(s for s in said if s in once.values())


def chain_of(case: Case, claim: Claim) -> tuple[Statement, ...]:
    """What the claim's body said on the claim's incidents before it and after it, by date; the claim's own parts left out.

    Empty where the claim speaks of a whole set: a chain is of one strike, or of two.
    """
    about = {member for ref in claim.about for member in case.members(ref)}
    if not about or len(about) > 2:
        return ()
    def of_incident(ref: str) -> bool:
        if ref in case.assertions:
            return case.assertions[ref].incident in about
        other = case.claims[case.parts[ref].claim]
        return other.id != claim.id and bool(about & set(other.about))
    return tuple(s for s in statements_of(case, claim.by) if s.when.start != claim.date.start and of_incident(s.ref))


def _party(case: Case, speaker: str) -> bool:
    source = case.speaker(speaker)
    return source is not None and source.kind in ("party", "official")


@lru_cache(maxsize=1)
def _subjects() -> tuple[dict[str, re.Pattern[str]], re.Pattern[str]]:
    rules: dict[str, Any] = load("claims/subjects")
    return {name: _any(words) for name, words in rules["subject"].items()}, _any(rules["denies"])


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in words) + r")\b", re.IGNORECASE)


def drift_of(case: Case, speaker: str) -> tuple[Drift, ...]:
    """The subjects on which a body spoke on two dates or more."""
    subjects, denial = _subjects()
    said = statements_of(case, speaker)
    found = []
    for name, pattern in subjects.items():
        on = tuple(s for s in said if pattern.search(s.words))
        if len({s.when.start for s in on}) < 2:
            continue
        changes = tuple((a.ref, b.ref) for a, b in zip(on, on[1:], strict=False)
                        if a.when.end <= b.when.start and bool(denial.search(a.words)) != bool(denial.search(b.words)))
        found.append(Drift(name, on, changes))
    return tuple(found)


def say_statement(case: Case, one: Statement) -> str:
    source, document = case.speaker(one.by), case.documents.get(one.doc)
    return (f"{say_when(one.when)}: {source.shown if source else one.by}: {one.words} "
            f"({one.ref}{', ' + document.what if document else ''})")


def say_drift(case: Case, drift: Drift) -> list[str]:
    """The statements by date, each with its speaker and document, and the changes in words."""
    lines = [say_statement(case, one) for one in drift.statements]
    for a, b in drift.changes:
        lines.append(f"Between {a} and {b} the statement changes. A change is no contradiction by itself: the two may "
                     "answer different questions.")
    return lines
