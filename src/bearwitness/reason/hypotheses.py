"""Which other explanations of a strike were considered: the standing hypotheses H1 to H6, and each case's own rivals.

The hypotheses are data (rules/hypotheses.toml). A rival that begins with `H3` is that hypothesis; one written freely is
recognised by its words, which is said, because words are a help and no judgement.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bearwitness.model.case import Case
from bearwitness.model.records import Finding, Rival
from bearwitness.rules import load


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """id: `H3`. main: it is the allegation itself. settled_by: the evidence that would decide it."""

    id: str
    name: str
    settled_by: str
    patterns: tuple[str, ...]
    main: bool = False


@dataclass(frozen=True, slots=True)
class Considered:
    """One standing hypothesis of a strike. rivals: (finding, rival) that speak of it; by_words: recognised by words."""

    hypothesis: Hypothesis
    rivals: tuple[tuple[str, Rival], ...]
    by_words: bool = False

    @property
    def state(self) -> str:
        if not self.rivals:
            return "not considered"
        return "open" if any(rival.open for _, rival in self.rivals) else "considered and excluded"


@cache
def standing() -> tuple[Hypothesis, ...]:
    return tuple(Hypothesis(h["id"], h["name"], h["settled_by"], tuple(h["words"]), bool(h.get("main")))
                 for h in load("hypotheses")["hypothesis"])


def standing_of(rival: Rival) -> tuple[str, bool]:
    """The standing hypothesis that a rival is, and whether it was recognised by its words alone; ("", False) for none."""
    if rival.standing:
        return rival.standing, False
    for one in standing():
        if any(re.search(pattern, rival.text, re.IGNORECASE) for pattern in one.patterns):
            return one.id, True
    return "", False


def of_strike(case: Case, incident: str) -> tuple[Considered, ...]:
    """Each standing hypothesis but the allegation itself, with what the findings on this strike say of it."""
    found: dict[str, list[tuple[str, Rival, bool]]] = {}
    for finding in findings_about(case, incident):
        for rival in finding.rivals:
            ref, by_words = standing_of(rival)
            found.setdefault(ref, []).append((finding.id, rival, by_words))
    return tuple(Considered(one, tuple((f, r) for f, r, _ in found.get(one.id, ())),
                            bool(found.get(one.id)) and all(by_words for _, _, by_words in found[one.id]))
                 for one in standing() if not one.main)


def findings_about(case: Case, incident: str) -> tuple[Finding, ...]:
    """The findings about one incident. An index made once: a case is not changed after it is built."""
    if "findings_about" not in case._index:
        found: dict[str, list[Finding]] = {}
        for finding in case.findings.values():
            for ref in finding.about:
                found.setdefault(ref, []).append(finding)
        case._index["findings_about"] = {ref: tuple(those) for ref, those in found.items()}
    made: tuple[Finding, ...] = case._index["findings_about"].get(incident, ())
    return made


def not_considered(case: Case, finding: Finding) -> list[str]:
    """`H2 (...)` for each standing hypothesis that no finding on these strikes speaks of."""
    return [f"{c.hypothesis.id} ({c.hypothesis.name})" for incident in finding.about if incident in case.incidents
            for c in of_strike(case, incident) if not c.rivals]
