"""A second set of drafts, by another hand: a checker that fits one set only has learned sentences, not rules."""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.stories.drafts import Draft, checked, drafts

SOUND, UNSOUND = drafts("second/sound"), drafts("second/unsound")
_PASSED: list[str] = []
_FOUND: list[str] = []


def in_the_case(draft: Draft, printed: str) -> dict[str, str]:
    """A fault of a case file stops the command: its code, place and mend stand in what was printed."""
    return {"code": draft.expect, "file": draft.front["at"], "line": draft.front["line"], "mend": printed, "can_say": ""}


def names(draft: Draft) -> str:
    return draft.name


@pytest.mark.parametrize("draft", SOUND, ids=names)
def test_a_careful_draft_passes(draft: Draft, case: Callable[[str], Path]) -> None:
    status, faults, printed = checked(draft, case)
    assert (status, faults) == (0, []), printed
    _PASSED.append(draft.name)


@pytest.mark.parametrize("draft", UNSOUND, ids=names)
def test_one_fault_comes_back_once_at_its_line_with_a_way_out(draft: Draft, case: Callable[[str], Path]) -> None:
    _, faults, printed = checked(draft, case)
    if draft.front.get("at") and f"({draft.expect})" in printed and draft.place in printed:
        faults = [in_the_case(draft, printed)]
    assert [(f["code"], f"{f['file']}:{f['line']}") for f in faults] == [(draft.expect, draft.place)], printed
    said = f"{faults[0]['mend']} {faults[0]['can_say']}".lower()
    assert any(word in said for word in draft.mend), said
    _FOUND.append(draft.name)


def test_both_rates_of_the_second_set(proof: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    if not _PASSED and not _FOUND:
        pytest.skip("the drafts were not run")
    proof(sound=len(SOUND), sound_passed=len(_PASSED), unsound=len(UNSOUND), unsound_found=len(_FOUND))
    with capsys.disabled():
        print(f"\nsecond set: sound passed {len(_PASSED)} of {len(SOUND)}, "
              f"unsound found {len(_FOUND)} of {len(UNSOUND)}")
    assert len(SOUND) >= 30 and len(UNSOUND) >= 30
