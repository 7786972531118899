"""M2: when was a picture taken? Dated features bracket it; the claimed date must lie inside the bracket.

A feature is an assertion with about=image, a `window` (when the feature came to be) and `supports`: yes, the feature
is seen, so the picture is not older than the window's start; no, it is missing, so the picture is older than the
window's end. A feature is thought to last: that is the limit, and it is said.
"""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bearwitness.model.cells import BadCell
from bearwitness.model.records import Assertion
from bearwitness.model.when import MONTH_NAMES, When
from bearwitness.reason.procedures.result import Asked, Result, outcome, refused, say_when


@dataclass(frozen=True, slots=True)
class Bracket:
    """earliest, latest: the instants between which the picture was taken; None where nothing binds that side.
    low, high: the feature that binds each side."""

    earliest: datetime | None
    latest: datetime | None
    low: Assertion | None
    high: Assertion | None

    @property
    def empty(self) -> bool:
        return self.earliest is not None and self.latest is not None and self.earliest >= self.latest

    def holds(self, when: When) -> bool:
        """Whether some instant of `when` lies inside."""
        return (self.latest is None or when.start < self.latest) and (self.earliest is None or when.end > self.earliest)


def bracket(features: list[Assertion]) -> Bracket:
    """The tightest bracket that dated features give. Order does not matter."""
    seen = [(f.window.start, f.id, f) for f in features if f.supports == "yes" and f.window is not None]
    gone = [(f.window.end, f.id, f) for f in features if f.supports == "no" and f.window is not None]
    low, high = max(seen, default=None, key=_order), min(gone, default=None, key=_order)
    return Bracket(low[0] if low else None, high[0] if high else None, low[2] if low else None, high[2] if high else None)


def _order(edge: tuple[datetime, str, Assertion]) -> tuple[datetime, str]:
    return edge[0], edge[1]


def image_dated(asked: Asked) -> Result:
    """Contradicted when the claimed date lies outside the bracket; consistent when it lies inside."""
    test = asked.part.test
    features = [a for a in asked.assertions((*asked.part.supporting, *asked.part.opposing))
                if a.about == "image" and a.window is not None and a.supports]
    claimed, fault = _claimed(asked)
    missing = [fault] if fault else []
    if not features:
        missing.append("a dated feature: an assertion about=image with `window` (when the feature came to be) and "
                       "`supports` (yes: seen in the picture; no: missing from it)")
    if missing or claimed is None:
        return refused(test, *missing)
    found = bracket(features)
    inputs = [(f.id, f"{'seen in' if f.supports == 'yes' else 'missing from'} the picture, there since "
                     f"{say_when(f.window)}: {f.says}") for f in features if f.window]
    if found.empty:
        return refused(test, "features that agree: these exclude one another, so one of them is misread or misdated",
                       inputs=inputs)
    rests = tuple(f.id for f in (found.low, found.high) if f is not None)
    holds = found.holds(claimed)
    words = f"By its features the picture was taken {_between(found, asked)}. The claimed date, {say_when(claimed)}, lies "
    words += "inside that." if holds else "outside that: by this feature the date does not fit."
    words += _against_event(asked, found)
    return outcome(test, "consistent" if holds else "contradicted", words, inputs, rests=rests,
                   strength="weak" if holds else "")


def _claimed(asked: Asked) -> tuple[When | None, str]:
    if not asked.part.claimed:
        return None, "the claim's own date of the picture (`claimed:` under the part)"
    try:
        return asked.case.config.reading.when(asked.part.claimed), ""
    except BadCell as why:
        return None, f"`claimed:` cannot be read as a date ({why.problem})"


def _between(found: Bracket, asked: Asked) -> str:
    if found.low is not None and found.high is not None:
        return f"after {_edge(found.low, 'start')} and before {_edge(found.high, 'end')}"
    if found.high is not None:
        return f"before {_edge(found.high, 'end')}"
    return f"after {_edge(found.low, 'start')}" if found.low is not None else "at a time that nothing binds"


def _edge(feature: Assertion, side: str) -> str:
    """The edge of a window in words: a whole day is said as its start or its end."""
    window = feature.window
    if window is None:
        raise ValueError("a dated feature was expected")
    if window.has_time:
        return window.text
    day = window.dates()[0 if side == "start" else -1]
    return f"the {side} of {day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def _against_event(asked: Asked, found: Bracket) -> str:
    """Where the bracket stands to the incident, where there is one."""
    if len(asked.incidents) != 1:
        return ""
    event = asked.incidents[0].when
    day = asked.case.config.reading.when(event.local_date.isoformat())
    if found.latest is not None and found.latest <= event.end:
        return " It shows the ground before the strike."
    if found.latest is not None and found.latest <= day.end:
        return " It shows the ground before the strike, or on the same day."
    if found.earliest is not None and found.earliest >= event.start:
        return " It shows the ground after the strike."
    return ""
