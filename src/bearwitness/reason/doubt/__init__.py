"""How could a finding be wrong, and what would show it? One answer for each finding, computed and not written.

    of(case, standard, finding_id) -> Doubt     what it rests on, its rivals, what speaks for the other side, what next
    say(doubt) -> list[str]                     paragraphs that can be read aloud
    next_evidence(doubt) -> list[str]           the most useful next evidence, in order
"""
from __future__ import annotations

from bearwitness.reason.doubt.about import Doubt, next_evidence, of
from bearwitness.reason.doubt.words import say

__all__ = ["Doubt", "next_evidence", "of", "say"]
