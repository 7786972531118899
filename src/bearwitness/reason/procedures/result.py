"""What a procedure hands back, and the helpers that all nine share.

A procedure never raises a verdict by itself: it licences one. Where an input is missing it does not guess; it says
which. Needs, strength and limits are data: rules/claims/procedures.toml.
"""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bearwitness.model.case import Case
from bearwitness.model.records import Assertion, Claim, Incident, Part
from bearwitness.model.when import MONTH_NAMES, When
from bearwitness.model.where import Point
from bearwitness.rules import load


@dataclass(frozen=True, slots=True)
class Result:
    """One procedure on one part.

    test: its name; code: M1..M9. ran: False where an input was missing, and then `missing` says which.
    licence: the strongest verdict it allows, or "" where it only flags. words: what it found, one sentence or two.
    inputs: (record id, what was taken from it). strength: strong, moderate, weak or flag.
    rests: records whose speakers are the origins of the outcome. changes: what would change it.
    """

    test: str
    code: str
    ran: bool
    licence: str
    words: str
    inputs: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    strength: str = ""
    rests: tuple[str, ...] = ()
    limit: str = ""
    changes: str = ""

    @property
    def name(self) -> str:
        return str(rule(self.test)["name"])


@dataclass(frozen=True, slots=True)
class Asked:
    """What a procedure may look at: the case, the claim, and the part under test."""

    case: Case
    claim: Claim
    part: Part

    def assertions(self, refs: Iterable[str]) -> list[Assertion]:
        names = (ref.split(" ", 1)[0] for ref in refs)
        return [self.case.assertions[name] for name in names if name in self.case.assertions]

    @property
    def incidents(self) -> list[Incident]:
        members = [m for about in self.claim.about for m in self.case.members(about)]
        return [self.case.incidents[m] for m in dict.fromkeys(members)]


def rule(test: str) -> dict[str, Any]:
    """The rule of one procedure."""
    found: dict[str, Any] = load("claims/procedures")[test]
    return found


def outcome(test: str, licence: str, words: str, inputs: Iterable[tuple[str, str]] = (), *,
            rests: Iterable[str] = (), strength: str = "") -> Result:
    own = rule(test)
    return Result(test, own["code"], True, licence, words, tuple(inputs), (), strength or own["strength"], tuple(rests),
                  own["limit"], own["change"])


def refused(test: str, *missing: str, inputs: Iterable[tuple[str, str]] = ()) -> Result:
    """The procedure could not be run. missing: each input that is not there, in words."""
    own = rule(test)
    words = f"The test {own['name']!r} could not be run. It lacks {'; '.join(missing)}."
    return Result(test, own["code"], False, "", words, tuple(inputs), missing, own["strength"], (), own["limit"],
                  own["change"])


def say_day(moment: date) -> str:
    """`20 October 2015`, in the moment's own zone."""
    return f"{moment.day} {MONTH_NAMES[moment.month - 1]} {moment.year}"


def say_when(when: When) -> str:
    """The cell as a reader says it: `20 October 2015`, `October 2015`, `2 to 4 November 2015`; times as written."""
    if when.precision == "day":
        return say_day(when.local_middle)
    first, last = when.dates()[0], when.dates()[-1]
    if when.precision == "month":
        return f"{MONTH_NAMES[first.month - 1]} {first.year}"
    if when.precision == "days":
        start = str(first.day) if (first.month, first.year) == (last.month, last.year) else say_day(first)
        return f"{start} to {say_day(last)}"
    return when.text


def say_point(point: Point) -> str:
    """`35.821077, 36.322102`: as many decimals as were stated, at most six."""
    return ", ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in (point.lat, point.lon))
