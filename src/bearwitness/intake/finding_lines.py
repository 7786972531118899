"""The lines of a finding that weigh it: `fits:`, `dissent:`, and `needs:`.

    needs: [@school-hit]
    fits: H3 inconsistent [@c-own; @c-obj2]; neutral [@t-jisr]
    dissent: counsel-1; the admission reaches the town and not the building
"""
from __future__ import annotations

import re

from bearwitness.intake.desk import Desk
from bearwitness.intake.page import references

SCORES = {"strongly consistent": "CC", "consistent": "C", "neutral": "N", "inconsistent": "I",
          "strongly inconsistent": "II", "cc": "CC", "c": "C", "n": "N", "i": "I", "ii": "II"}
_HYPOTHESIS = re.compile(r"(finding|H[1-9]|rival [1-9][0-9]?)\b[\s:,]*(.*)\Z", re.DOTALL)
_CELL = re.compile(r"\A[;,\s]*([A-Za-z ]+?)\s*(\[@[^\[\]]*\])")


def read_fits(value: str, where: str, desk: Desk) -> list[dict[str, object]]:
    """The cells of one `fits:` line: how each piece of evidence sits with one hypothesis."""
    found = _HYPOTHESIS.match(value)
    if found is None:
        desk.refuse(where, "fits does not say which hypothesis",
                    "Begin with finding, with H1 to H6, or with rival 1, rival 2 ... as they stand in this file.")
        return []
    cells: list[dict[str, object]] = []
    rest = found[2].rstrip(" .")
    while rest:
        cell = _CELL.match(rest)
        score = SCORES.get(" ".join(cell[1].lower().split())) if cell else None
        if cell is None or score is None:
            desk.refuse(where, f"fits does not say how the evidence fits: {rest[:40]!r}",
                        "Write: fits: H3 inconsistent [@a5]; neutral [@t2]. The words are: strongly consistent, "
                        "consistent, neutral, inconsistent, strongly inconsistent.")
            return cells
        refs, _ = references(cell[2], where, desk)
        cells.append({"hypothesis": found[1], "score": score, "refs": refs})
        rest = rest[cell.end():].strip(" ;,")
    if not cells:
        desk.refuse(where, "fits names no evidence", "Write: fits: H3 inconsistent [@a5]; neutral [@t2].")
    return cells


def read_dissent(value: str, where: str, desk: Desk) -> list[dict[str, str]]:
    """Who does not hold the finding, and why. A dissent is printed wherever the finding is explained."""
    by, _, words = value.partition(";")
    if not by.strip() or not words.strip():
        desk.refuse(where, "dissent does not say who dissents and why", "Write: dissent: the person's role; the reason.")
        return []
    return [{"by": by.strip(), "words": words.strip()}]
