"""Sixty and more drafts on the six strikes, half sound and half with one fault each, written before the rules.

What a court would ask of the checker: does it let the careful sentence pass, and does it stop the dangerous one, at
its line, by its name, with words that can be said instead?
"""
from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.stories.drafts import DRAFTS, Draft, checked, drafts

SOUND, UNSOUND = drafts("sound"), drafts("unsound")
RULES = Path(__file__).resolve().parents[2] / "src" / "bearwitness" / "rules" / "refusals.toml"
# Codes that no sentence shows: protected matter is refused when it is taken in.
NOT_IN_DRAFTS = {"D1"}
_TALLY: dict[str, list[int]] = {"sound passed": [0, 0], "right code": [0, 0], "right line": [0, 0],
                                "right mend": [0, 0]}


@pytest.fixture(scope="module", autouse=True)
def rates() -> Iterator[None]:
    """Both rates, printed whatever the outcome (pytest -rP or -s shows them)."""
    yield
    print("\n" + "; ".join(f"{what} {good}/{tried}" for what, (good, tried) in _TALLY.items()))


def _count(what: str, good: bool) -> bool:
    _TALLY[what][0] += good
    _TALLY[what][1] += 1
    return good


@pytest.mark.parametrize("draft", SOUND, ids=lambda draft: draft.name)
def test_a_sound_draft_passes(draft: Draft, case: Callable[[str], Path]) -> None:
    status, faults, printed = checked(draft, case)
    assert _count("sound passed", status == 0 and not faults), printed


@pytest.mark.parametrize("draft", UNSOUND, ids=lambda draft: draft.name)
def test_an_unsound_draft_is_refused_by_name_at_its_line_with_a_mend(draft: Draft, case: Callable[[str], Path]) -> None:
    status, faults, printed = checked(draft, case)
    if draft.front.get("at"):
        faults = [_stopped(draft, printed)]
    codes = {fault["code"] for fault in faults}
    right = [fault for fault in faults if fault["code"] == draft.expect]
    lines = {f"{fault['file']}:{fault['line']}" for fault in right}
    said = " ".join(f"{fault['mend']} {fault['can_say']}" for fault in right).lower()
    good = (_count("right code", codes == {draft.expect}), _count("right line", lines == {draft.place}),
            _count("right mend", any(words in said for words in draft.mend)))
    assert all(good), f"expected {draft.expect} at {draft.place}, mend with {draft.mend}\n{printed}"
    if draft.front.get("weight") == "release":
        assert {fault["weight"] for fault in right} == {"release"}, "compiles in a draft, refused in a release"
    else:
        assert status == (1 if draft.front.get("at") else 3), printed


def _stopped(draft: Draft, printed: str) -> dict[str, Any]:
    """A fault of the case itself is an error of the command; its place and code stand in what was printed."""
    found = f"({draft.expect})" in printed and draft.place in printed
    return {"code": draft.expect if found else "", "file": draft.front["at"], "line": draft.front["line"],
            "mend": printed, "can_say": ""}


def test_every_refusal_that_is_tested_now_has_a_draft_that_shows_it() -> None:
    rules = tomllib.loads(RULES.read_text("utf-8"))
    live = {code for code, rule in rules.items() if not rule.get("later")} - NOT_IN_DRAFTS
    assert live - {draft.expect for draft in UNSOUND} == set()


def test_there_are_enough_drafts_and_the_index_names_each() -> None:
    assert len(SOUND) >= 30 and len(UNSOUND) >= 30
    index = (DRAFTS / "README.md").read_text("utf-8")
    assert [draft.name for draft in (*SOUND, *UNSOUND) if draft.name not in index] == []


def test_the_pages_of_the_refusals_are_made_from_the_rules_and_the_drafts() -> None:
    path = RULES.parents[3] / "tools" / "refusal_pages.py"
    ran = subprocess.run([sys.executable, str(path), "--check"], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout
