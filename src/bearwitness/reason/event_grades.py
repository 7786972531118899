"""Our own grade of an event that another database publishes, beside the publisher's and never in its place.

It is computed from what the database lists: how many sources, how many belligerents, whether a strike is likely or
declared. Where no source is listed nothing is computed. The publisher may know more than his table shows, so a grade
here says from what it was computed. Rule: rules/standards/airwars.toml.
"""
from __future__ import annotations

from dataclasses import dataclass

from bearwitness.model.event import Event
from bearwitness.rules import load


@dataclass(frozen=True, slots=True)
class EventGrade:
    """publisher: his word. ours: a grade, or empty; why: from what, or why not."""

    publisher: str
    ours: str
    why: str

    def __str__(self) -> str:
        return self.ours or self.why


def grade_event(event: Event) -> EventGrade:
    """Confirmed is never computed from a table: acceptance of the harm is a party's words, which it does not hold."""
    rules = load("standards/airwars")
    if not event.sources:
        return EventGrade(event.grade, "", str(rules["not_computable"]))
    if len(event.actors) > 1:
        return EventGrade(event.grade, "Contested", f"{len(event.actors)} belligerents are named")
    if "contested" in event.status.casefold():
        return EventGrade(event.grade, "Contested", "the strike is listed as contested")
    civilians, fighters = event.figures.get("civilians"), event.figures.get("fighters")
    if civilians and civilians.high == 0 and fighters and (fighters.low or 0) > 0:
        return EventGrade(event.grade, "Discounted", "fighters are counted and no civilian")
    if event.sources == 1:
        return EventGrade(event.grade, "Weak", "one source is listed")
    status = next((s for s in rules["fair_status"] if s in event.status.casefold()), "")
    if event.sources >= rules["fair_origins"] and status:
        return EventGrade(event.grade, "Fair", f"{event.sources} sources are listed, the strike is {status}; whether they "
                          "share a witness is not known from this table")
    return EventGrade(event.grade, "Weak", f"{event.sources} sources are listed, and no likely or declared action of one "
                      "belligerent")
