"""A standard of proof as a file: what it must hold before anything is measured by it.

A house may write its own, beside the case. It is TOML: a ladder of levels, what the origins alone carry, the cap of
each condition, and where all of it comes from. Level 5 is a court's and stands in no file. What a file does not say
is refused and not guessed: a cap that is missing would be a cap that is not applied.
"""
from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from bearwitness.model.cells import BadCell

HIGHEST = 4
BASES = ("one_origin", "two_origins", "three_origins_of_two_kinds", "admission")
CONDITIONS = ("one-origin", "opposed", "rival-open", "no-rival", "hearsay", "sound-only", "presumption", "partly-read",
              "unreviewed", "not-held")
LARGEST = 65_536        # characters


def read_standard(text: str) -> Mapping[str, Any]:
    """The rules of a house's own standard, from its TOML; empty for no text.

    Raises BadCell, which says what is missing or above what a tool may issue.
    """
    if not text:
        return {}
    if len(text) > LARGEST:
        raise BadCell("the file of the standard is longer than a standard", "Keep it under 64 kB.", "standard")
    try:
        rules = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as why:
        raise BadCell(f"the file of the standard is not TOML: {why}", "Start from a copy of the built-in one.",
                      "standard") from why
    if problem := fault(rules):
        raise BadCell(f"the standard {problem}", "Start from a copy of the built-in one; the reference page on standards "
                      "explains each part.", "standard")
    return rules


def fault(rules: Mapping[str, Any]) -> str:
    """What is wrong with a standard of proof, as the end of `the standard ...`; empty when it can be used."""
    for name in ("title", "source", "doubt"):
        if not isinstance(rules.get(name), str) or not rules[name].strip():
            return f"does not say its {name}"
    if not _level(rules.get("needed"), 1):
        return f"must say which level is needed: needed = 1 to {HIGHEST}"
    return _ladder_fault(rules.get("level")) or _base_fault(rules.get("base")) or _caps_fault(rules.get("caps"))


def _level(value: object, lowest: int = 0) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= HIGHEST


def _ladder_fault(ladder: object) -> str:
    if not isinstance(ladder, list) or not all(isinstance(step, dict) for step in ladder):
        return "has no ladder: one [[level]] for each of 0 to 4"
    if [step.get("number") for step in ladder] != list(range(HIGHEST + 1)):
        return "needs the levels 0, 1, 2, 3, 4, in this order and no other: 5 is a court's"
    wordless = [step["number"] for step in ladder if not _words(step, "name") or not _words(step, "words")]
    return f"gives level {wordless[0]} no name or no words" if wordless else ""


def _words(of: Mapping[str, Any], name: str) -> bool:
    return isinstance(of.get(name), str) and bool(of[name].strip())


def _base_fault(base: object) -> str:
    if not isinstance(base, dict):
        return "has no [base]: what the origins alone carry"
    missing = [name for name in BASES if not _level(base.get(name))]
    return f"must give [base] {missing[0]} as a level from 0 to {HIGHEST}" if missing else ""


def _caps_fault(caps: object) -> str:
    if not isinstance(caps, dict):
        return "has no [caps]"
    for name in CONDITIONS:
        cap = caps.get(name)
        if not isinstance(cap, dict) or not _level(cap.get("level")) or not _words(cap, "words"):
            return f"must give the cap {name!r} a level from 0 to {HIGHEST} and its words"
    unknown = sorted(set(caps) - set(CONDITIONS))
    return f"has a cap {unknown[0]!r} that nothing computes" if unknown else ""
