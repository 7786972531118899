"""The story that started it, sentence by sentence: what is refused, what can be said instead, and what is sound."""
from __future__ import annotations

import re
from pathlib import Path

import pytest

from bearwitness.seal.takein import take_in
from bearwitness.tell.document import Fault
from bearwitness.tell.stage import check

# claim -> the codes it must come back with. A claim that is not listed is sound.
EXPECTED = {1: {"R28", "D13"}, 3: {"R28"}, 5: {"R09"}, 7: {"R26"}, 9: {"D13"}, 11: {"R13"}, 12: {"R17"}, 15: {"R26"},
            16: {"R02"}, 21: {"R01"}}
# A law word in our own voice is also what somebody says told as a fact: one code may stand with the other.
MAY_STAND_BESIDE = {1: {"R17"}, 9: {"R17"}}
SOUND = sorted(set(range(1, 23)) - set(EXPECTED))

SAYABLE = [
    (1, "R28", ("at least 200", "129..130")),
    (3, "R28", ("16", "telephone or internet")),
    (5, "R09", ("russia-terror.a", "russia-terror.b", "2 parts")),
    (9, "D13", ("according to Amnesty International", "may constitute war crimes")),
    (11, "R13", ("neither Syria nor Russia", "Convention on Cluster Munitions")),
    (12, "R17", ("Amnesty International", "49 civilians")),
    (15, "R26", ("no information of a military target", "offices of the Fateh Army")),
    (16, "R02", ("46 = 32 + 11 + 3",)),
    (21, "R01", ("at least 200", "129..130", "112", "133..134")),
]


@pytest.fixture(scope="module")
def story(examples: Path) -> dict[int, list[Fault]]:
    """Claim number -> its faults."""
    folder = examples / "founding-story"
    _, faults = check(take_in(folder, write=False), "report/story.md")
    lines = (folder / "report" / "story.md").read_text(encoding="utf-8").splitlines()
    claim, at = 0, {}
    for number, line in enumerate(lines, 1):
        if found := re.fullmatch(r"<!-- claim (\d+) -->", line):
            claim = int(found[1])
        at[number] = claim
    assert sorted(set(at.values()) - {0}) == list(range(1, 23)), "the story makes 22 claims"
    held: dict[int, list[Fault]] = {n: [] for n in range(23)}
    for fault in faults:
        held[at[fault.line]].append(fault)
    assert not held[0], "a heading or the front matter was refused"
    return held


@pytest.mark.parametrize("claim", sorted(EXPECTED))
def test_each_overstatement_comes_back_with_its_code(story: dict[int, list[Fault]], claim: int) -> None:
    codes = {fault.code for fault in story[claim]}
    assert EXPECTED[claim] <= codes
    assert codes <= EXPECTED[claim] | MAY_STAND_BESIDE.get(claim, set())


@pytest.mark.parametrize("claim", SOUND)
def test_what_is_sound_in_the_story_passes(story: dict[int, list[Fault]], claim: int) -> None:
    assert [(f.code, f.reason) for f in story[claim]] == []


@pytest.mark.parametrize(("claim", "code", "words"), SAYABLE)
def test_the_sentence_that_can_be_said_is_right(story: dict[int, list[Fault]], claim: int, code: str,
                                                words: tuple[str, ...]) -> None:
    said = " ".join(f"{f.mend} {f.can_say}" for f in story[claim] if f.code == code)
    assert [word for word in words if word not in said] == []


def test_every_refusal_gives_its_reason_and_a_way_out(story: dict[int, list[Fault]]) -> None:
    for claim, faults in story.items():
        for fault in faults:
            assert fault.reason and (fault.can_say or fault.mend), (claim, fault.code)


def test_the_command_says_the_same_and_stops_with_three(bearwitness, examples: Path) -> None:
    ran = bearwitness("check", "--case", examples / "founding-story")
    assert ran.returncode == 3
    for code in set().union(*EXPECTED.values()) - {"D13"}:
        assert f": {code}  " in ran.stdout
