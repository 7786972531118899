"""What an assessment of an incident is made of: steps, rules, pleadings, crimes, and what may be said."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bearwitness.reason.attribution import Attribution
from bearwitness.reason.law.conflicts import Classified
from bearwitness.reason.law.elements import Fact, RuleAssessed
from bearwitness.reason.law.instruments import Ruling
from bearwitness.reason.law.objects import Kind
from bearwitness.reason.weapons import BanStatus, Licence

NONE, APPEARS, MAY = "none", "appears", "may"
CRIME_WORDS = {NONE: "no sentence on a war crime is licensed",
               APPEARS: "if the facts are as they appear, it may constitute a war crime",
               MAY: "it may constitute a war crime"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ladder. object: which object it speaks of; empty: the whole incident. for_, against: record ids."""

    number: str
    question: str
    answer: str
    level: int
    object: str = ""
    for_: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pleading:
    """One branch of the ladder that may be pleaded. alternative: another branch is pleaded beside it."""

    branch: str
    rule: RuleAssessed
    object: str
    words: str
    alternative: bool = False


@dataclass(frozen=True, slots=True)
class CrimeLicence:
    """How far a sentence on a war crime is licensed. kind: none, appears or may. missing: what stands in the way."""

    kind: str
    crime: RuleAssessed
    object: str
    missing: tuple[str, ...]
    indicators: tuple[str, ...]

    @property
    def words(self) -> str:
        return CRIME_WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class Missing:
    """What evidence an element wants. wanted: each line is one way to carry it."""

    rule: str
    rule_name: str
    element: str
    level: int
    wanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ObjectAssessed:
    """One object of an incident: its kind, the facts that hang on it, and the rules held against them."""

    of: Kind
    facts: Mapping[str, Fact]
    rules: tuple[RuleAssessed, ...]

    @property
    def kind(self) -> str:
        return self.of.id


@dataclass(frozen=True, slots=True)
class Assessment:
    """The law of one incident, with its trace. flags: what must be printed beside every sentence of it."""

    incident: str
    name: str
    day: date
    conflict: Classified
    state: str
    objects: tuple[ObjectAssessed, ...]
    rules: tuple[RuleAssessed, ...]
    steps: tuple[Step, ...]
    pleadings: tuple[Pleading, ...]
    crimes: tuple[CrimeLicence, ...]
    instruments: tuple[Ruling, ...]
    attribution: Attribution
    weapon: Licence
    ban: BanStatus | None
    indicators: tuple[tuple[str, tuple[str, ...]], ...]
    bending: tuple[tuple[str, tuple[str, ...]], ...]
    missing: tuple[Missing, ...]
    flags: tuple[str, ...]

    @property
    def crime_licence(self) -> str:
        """The widest sentence on a war crime that any pleading licenses: none, appears or may."""
        kinds = {one.kind for one in self.crimes}
        return MAY if MAY in kinds else APPEARS if APPEARS in kinds else NONE

    @property
    def review(self) -> str:
        return next((one.review for one in self.rules if one.review), "")

    def rule(self, name: str, object: str = "") -> RuleAssessed | None:
        """A rule as it was judged, for the whole incident or for one object of it. None where it was not."""
        rows = next((o.rules for o in self.objects if o.kind == object), self.rules) if object else self.rules
        return next((one for one in rows if one.id == name), None)
