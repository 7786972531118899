"""What stands beside a finding: rival explanations, how evidence fits them, and who does not hold it."""
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rival:
    """Another explanation: open, or excluded by records. standing: the standing hypothesis it is (`H3`), if any."""

    text: str
    excluded_by: tuple[str, ...] = ()
    standing: str = ""

    @property
    def open(self) -> bool:
        return not self.excluded_by


@dataclass(frozen=True, slots=True)
class Fit:
    """How a piece of evidence sits with a hypothesis. score: CC, C, N, I or II.

    hypothesis: `finding` (the proposition itself), `H1`..., or `rival 2`, counted as they stand.
    """

    hypothesis: str
    score: str
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dissent:
    """Somebody of the team who does not hold the finding, by role, and why."""

    by: str
    words: str
