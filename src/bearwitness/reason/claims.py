"""Official claims put to the test, part by part. A claim has no verdict of its own: only the set of its parts'.

Verdicts: supported, consistent, untested, disputed, contradicted, other object. Geometry comes before any
word on truth (D14). "Lied" is no verdict: it needs knowledge and intent.
Method: where a part names its test, the procedure of that name is run (reason/procedures) and licences a verdict;
where an input of it is missing, the records that a person attached decide as they stand, and `result` says which
input it was.
"""
from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from bearwitness.link.origins import roots
from bearwitness.link.places import Apart
from bearwitness.model.case import Case
from bearwitness.model.records import Assertion, Claim, Part
from bearwitness.reason.levels import Basis, Level, Standard, assess, resolve
from bearwitness.reason.procedures.drift import one_body
from bearwitness.reason.procedures.places import closest
from bearwitness.reason.procedures.registry import run
from bearwitness.reason.procedures.result import Asked, Result

WEAK_TESTS = ("impossible", "silence", "definition-shift")


@dataclass(frozen=True, slots=True)
class Tested:
    """One part with its verdict. reason: why, in words; apart: the geometry, where it decided; result: its procedure."""

    ref: str
    part: Part
    verdict: str
    level: Level
    reason: str = ""
    apart: Apart | None = None
    result: Result | None = None


def test_part(case: Case, standard: Standard, part: Part) -> Tested:
    """Compute the verdict of one part from its grounds and from the test it names."""
    claim = case.claims[part.claim]
    ref = f"{claim.id}.{part.id}"
    result = run(case, part)
    apart = closest(Asked(case, claim, part)) if part.test == "different-object" else None
    if result is not None and result.ran and result.licence == "other object":
        return Tested(ref, part, "other object", _both_places(case, standard, part), _short(result), apart, result)
    supporting = _others(case, claim, resolve(case, part.supporting))
    opposing = resolve(case, part.opposing)
    counted = {b.ref for b in supporting} | {b.ref for b in resolve(case, part.supporting) if b.admission}
    own_left_out = tuple(ref for ref in part.supporting if not resolve(case, (ref,))
                         or resolve(case, (ref,))[0].ref in counted)
    chosen = own_left_out if supporting and not opposing else part.opposing
    if not chosen and result is not None and result.ran:
        chosen = result.rests
    level = assess(case, standard, chosen, opposed=bool(supporting and opposing))
    verdict, reason = _verdict(part, claim, supporting, opposing, case)
    verdict, reason = _licensed(verdict, reason, result)
    return Tested(ref, part, verdict, level, reason, apart, result)


def _both_places(case: Case, standard: Standard, part: Part) -> Level:
    """Two places are told apart no better than the worse known of the two: a second origin for one lifts neither."""
    together = assess(case, standard, (*part.struck, *part.shown, *part.opposing))
    worse = min((assess(case, standard, refs) for refs in (part.struck, part.shown)), key=lambda level: level.number)
    return worse if worse.number < together.number else together


def _verdict(part: Part, claim: Claim, supporting: list[Basis], opposing: list[Basis], case: Case) -> tuple[str, str]:
    """The verdict that the attached records carry by themselves."""
    if supporting and opposing:
        return "disputed", "records stand on both sides"
    if opposing:
        own = _own_words(case, claim, opposing)
        return "contradicted", "self-contradicted: the speaker's own words stand against it" if own else ""
    if supporting:
        weak = part.test in WEAK_TESTS or all(b.how in ("party", "hearsay") for b in supporting)
        return ("consistent", "fits, but the test is weak") if weak else ("supported", "")
    only_own = bool(part.supporting)
    return "untested", "only the speaker's own word stands for it" if only_own else "nothing tests it yet"


def _licensed(verdict: str, reason: str, result: Result | None) -> tuple[str, str]:
    """The verdict under what the procedure licences: it can decide what records leave open, and hold down what they say."""
    if result is not None and result.code == "M9" and verdict == "contradicted":
        return "disputed", "the records are held against the plain meaning of a word that the speaker does not define"
    if result is None or not result.ran:
        return verdict, reason
    if verdict == "disputed" or not result.licence:
        own = "untested" if result.code == "M6" and verdict != "disputed" else verdict
        return own, "; ".join(filter(None, (reason, _short(result))))
    if result.licence == "contradicted":
        decided = "disputed" if verdict in ("supported", "consistent") else "contradicted"
        return decided, "; ".join(filter(None, (reason if "self-" in reason else "", _short(result))))
    weaker = {"consistent": ("supported", "untested"), "disputed": ("contradicted", "supported"),
              "untested": ("contradicted",)}
    if verdict in weaker.get(result.licence, ()):
        return result.licence, _short(result)
    return verdict, "; ".join(filter(None, (reason, _short(result))))


def _short(result: Result) -> str:
    """The outcome as a clause: first letter small, no full stop at the end."""
    words = result.words.strip().rstrip(".")
    return words[:1].lower() + words[1:]


def _others(case: Case, claim: Claim, basis: list[Basis]) -> list[Basis]:
    """Grounds that do not go back to the speaker: a claim is not tested by those who repeat it."""
    edges = case.edges
    own = roots(edges, claim.by)[0] | {claim.by}
    return [b for b in basis if not roots(edges, b.speaker)[0] <= own]


def _own_words(case: Case, claim: Claim, basis: list[Basis]) -> bool:
    return any(one_body(case, b.speaker, claim.by) for b in basis)


def test_claim(case: Case, standard: Standard, claim: Claim) -> tuple[Tested, ...]:
    return tuple(test_part(case, standard, part) for part in claim.parts)


def say_set(tested: tuple[Tested, ...]) -> str:
    """`of 4 parts 2 are supported and 2 are contradicted`: the set, never a mean."""
    order = ("supported", "consistent", "untested", "disputed", "contradicted", "other object")
    counts = Counter(one.verdict for one in tested)
    said = []
    for verdict in order:
        if n := counts[verdict]:
            verb = "concerns" if n == 1 else "concern"
            said.append(f"{n} {verb} another object" if verdict == "other object"
                        else f"{n} {'is' if n == 1 else 'are'} {verdict}")
    listed = said[0] if len(said) == 1 else ", ".join(said[:-1]) + " and " + said[-1]
    return f"of {len(tested)} part{'s' if len(tested) != 1 else ''} {listed}"


def admissions(case: Case, incident: str) -> list[Assertion]:
    """Statements by a party, or its state media, that it struck there that day."""
    return [a for a in case.assertions_of(incident) if a.about == "own-strike"
            and a.supports != "no" and a.how == "party"]
