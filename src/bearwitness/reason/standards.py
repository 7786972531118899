"""Standards of proof by name: the built-in ones, and a house's own file beside its case.

A standard is data (rules/standards/*.toml, or a .toml file of the case): a ladder of levels, what the origins alone
carry, and the cap of each condition. Levels are never averaged and 5, beyond reasonable doubt, is never issued.
A name that no file has is refused, and never replaced by a standard nobody chose.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bearwitness.errors import InputError
from bearwitness.model.case import Case
from bearwitness.rules import known, load

BUILT_IN = "reasonable-grounds"


@dataclass(frozen=True)
class Standard:
    """A named standard of proof as data. own: the rules of a house's own file; empty for a built-in one."""

    name: str
    own: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def rules(self) -> Mapping[str, Any]:
        """Raises InputError where no standard has this name, or where it is none of proof."""
        if self.own:
            return self.own
        names = [one for one in known("standards") if "level" in load(f"standards/{one}")]
        if self.name not in names:
            raise InputError(f"No standard of proof is called {self.name!r}.", where="case.toml: standard",
                             fix=f"Built in: {', '.join(names)}. Or name a .toml file in the case folder.")
        return load(f"standards/{self.name}")

    def level_name(self, number: int) -> str:
        return str(next(each["name"] for each in self.rules["level"] if each["number"] == number))

    def cap(self, name: str) -> tuple[int, str]:
        cap = self.rules["caps"][name]
        return cap["level"], cap["words"]

    @property
    def needed(self) -> int:
        """The level from which a proposition is established by this standard."""
        return int(self.rules["needed"])

    @property
    def ladder(self) -> list[tuple[int, str, str]]:
        return [(each["number"], each["name"], each["words"]) for each in self.rules["level"]]

    @property
    def asks_for_all_hypotheses(self) -> bool:
        """Whether a finding on a strike must speak of each standing hypothesis."""
        return self.rules.get("standing_hypotheses") == "required"

    def loosened(self) -> list[str]:
        """Where a house's own standard carries more than the built-in one: printed wherever it is used."""
        if not self.own:
            return []
        usual = load(f"standards/{BUILT_IN}")
        said = [f"{name}: level {self.rules['base'][name]} in place of {level}" for name, level in usual["base"].items()
                if self.rules["base"][name] > level]
        return said + [f"{cap['words']}: level {self.cap(name)[0]} in place of {cap['level']}"
                       for name, cap in usual["caps"].items() if self.cap(name)[0] > cap["level"]]


def standard_of(case: Case) -> Standard:
    """The standard that a case is measured by."""
    return Standard(case.config.standard, case.config.own_standard)
