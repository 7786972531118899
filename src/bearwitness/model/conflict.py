"""An armed conflict as the team classifies it: between whom, of which kind, from when to when."""
from __future__ import annotations

from dataclasses import dataclass

from bearwitness.model.when import When


@dataclass(frozen=True, slots=True)
class Conflict:
    """One armed conflict as the team classifies it, per pair of sides and period.

    kind: IAC or NIAC. sides: two lists of sources of kind party, or names. start, end: None where open.
    """

    id: str
    kind: str
    sides: tuple[tuple[str, ...], tuple[str, ...]]
    start: When | None
    end: When | None
    because: str
    by: str = ""
    reviewed: str = ""
    source: str = ""
