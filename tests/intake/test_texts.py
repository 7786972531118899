"""Claims, findings and notes: what a person writes in Markdown, as the bodies that the model reads."""

from __future__ import annotations

from typing import Any

import pytest

from bearwitness.intake.claims import read_claim
from bearwitness.intake.desk import Desk
from bearwitness.intake.findings import read_finding
from bearwitness.intake.notes import read_note
from bearwitness.model.reading import read_claim as model_claim
from bearwitness.model.reading import read_finding as model_finding
from bearwitness.model.reading import read_note as model_note
from bearwitness.model.records import Reading

CLAIM = """---
by: mod
in: sana
date: 2015-11-02..04
about: sarmin
reply: not asked; reason: reconstruction from public texts
---
# The hospital stands undamaged on a picture of 31 October
> Здание не пострадало.
> И не могло пострадать.
> translation by researcher-1, checked by researcher-2

Said at a briefing.

## a  The broadcaster's video does not show the hospital
kind: identity
for: [@a3; @t2]

## b  The picture was taken on 31 October, after the strike
kind: time
test: image-before-event
against: [@a2] [@INT-001 p2; v3 00:41]
Somebody measured shadows.
"""
FINDING = """---
about: sarmin
by: researcher-1
reviewed:
hold:            # optional
---
The picture was taken before the strike
of 20 October 2015.

So it shows nothing: neither harm nor its absence.

for: [@a2]
against: none found; looked in: sana, ibt
rival: taken on 31 October; shows another part of town; open
rival: the clock was wrong
  by a year; excluded by [@a5; @a7]
"""
NOTE = """---
id: INT-001
by: w1
date: 2015-12-02
how: phone
consent:
  | use | answer | date |
  |-----|--------|------|
  | internal | yes | 2015-12-02 |
  | court | no | |
---
Spoken in a kitchen.

1. I was in the market.
At 12. October it was still open.

2. There were two bangs:
10. and more.
"""


def body(reader: Any, text: str) -> tuple[dict[str, Any], Desk]:
    desk = Desk()
    one = reader("claims/mod-photo.md", "mod-photo", text, desk)
    return (dict(one.body) if one else {}), desk


def test_a_claim_has_its_words_its_reply_and_its_parts_with_lines() -> None:
    found, desk = body(read_claim, CLAIM)
    assert desk.problems == [] and desk.questions == []
    assert found["title"].startswith("The hospital") and found["id"] == "mod-photo"
    assert found["exact_words"] == "Здание не пострадало.\nИ не могло пострадать."
    assert found["translation"] == "translation by researcher-1, checked by researcher-2"
    assert (found["reply"], found["reason"]) == ("not asked", "reconstruction from public texts")
    assert found["text"] == "Said at a briefing."
    assert found["parts"] == [
        {
            "id": "a",
            "text": "The broadcaster's video does not show the hospital",
            "line": "15",
            "kind": "identity",
            "for": ["a3", "t2"],
        },
        {
            "id": "b",
            "text": "The picture was taken on 31 October, after the strike",
            "line": "19",
            "kind": "time",
            "test": "image-before-event",
            "against": ["a2", "INT-001 p2", "v3 00:41"],
            "words": "Somebody measured shadows.",
        },
    ]
    assert model_claim(found, Reading()).parts[1].line == 19


@pytest.mark.parametrize("heading", ["## The picture was taken", "## A picture was taken", "## a", "##   "])
def test_a_heading_without_an_id_is_refused_and_does_not_lose_its_first_word(heading: str) -> None:
    _, desk = body(read_claim, CLAIM.replace("## a  The broadcaster's video does not show the hospital", heading))
    assert [problem.where for problem in desk.problems] == ["claims/mod-photo.md:15"]


def test_an_unknown_line_of_a_part_is_kept_and_asked_about() -> None:
    found, desk = body(read_claim, CLAIM.replace("kind: identity\n", "kind: identity\ncolour: red\n"))
    assert found["parts"][0]["extra"] == [["colour", "red"]]
    assert len(desk.questions) == 1 and desk.problems == []


def test_a_finding_has_its_statement_its_grounds_and_its_rivals() -> None:
    found, desk = body(read_finding, FINDING)
    assert desk.problems == [] and desk.questions == []
    assert found["text"] == (
        "The picture was taken before the strike\nof 20 October 2015.\n\nSo it shows nothing: neither harm nor its absence."
    )
    assert found["for"] == ["a2"] and found["looked_in"] == ["sana", "ibt"] and "against" not in found
    assert found["rivals"] == [
        {"text": "taken on 31 October; shows another part of town", "excluded_by": []},
        {"text": "the clock was wrong by a year", "excluded_by": ["a5", "a7"]},
    ]
    assert "hold" not in found
    assert [rival.open for rival in model_finding(found, Reading()).rivals] == [True, False]


@pytest.mark.parametrize(
    "hold",
    [
        "hold: 1 because one reader",
        "hold: 1, because: one reader",
        "hold: 1\n  because one reader",
        "hold: 1\n  because: one\n  reader",
    ],
)
def test_a_lower_level_is_held_for_a_reason_written_in_any_of_these_ways(hold: str) -> None:
    found, _ = body(read_finding, FINDING.replace("hold:            # optional", hold))
    assert (found["hold"], found["hold_because"]) == ("1", "one reader")


def test_references_against_may_stand_beside_where_was_looked() -> None:
    found, desk = body(read_finding, FINDING.replace("none found; looked in: sana, ibt", "[@a9]; looked in: sana"))
    assert (found["against"], found["looked_in"], desk.problems) == (["a9"], ["sana"], [])


def test_a_slip_in_the_word_against_never_hides_what_speaks_against() -> None:
    for slip in ("Agianst: [@a9]", "againts: [@a9]", "- against: [@a9]", "* against: [@a9]", "  against: [@a9]"):
        _, desk = body(read_finding, FINDING.replace("for: [@a2]", f"for: [@a2]\n\n{slip}"))
        assert [problem.where for problem in desk.problems] == ["claims/mod-photo.md:14"], slip


def test_a_note_has_its_consent_and_its_numbered_paragraphs() -> None:
    found, desk = body(read_note, NOTE)
    assert desk.problems == [] and desk.questions == []
    assert found["consent"] == {"internal": ["yes", "2015-12-02"], "court": ["no", ""]}
    assert found["paragraphs"] == [
        "I was in the market.\nAt 12. October it was still open.",
        "There were two bangs:\n10. and more.",
    ]
    assert found["words"] == "Spoken in a kitchen."
    assert model_note(found, Reading()).consent["court"] == (False, "")


def test_consent_may_be_indented_lines() -> None:
    table = NOTE[NOTE.index("  | use") : NOTE.index("---\nSpoken")]
    found, desk = body(read_note, NOTE.replace(table, "  internal: yes, 2015-12-02\n  - court: no\n"))
    assert found["consent"] == {"internal": ["yes", "2015-12-02"], "court": ["no", ""]} and not desk.problems


def test_an_unknown_key_of_front_matter_is_kept_and_asked_about() -> None:
    found, desk = body(read_note, NOTE.replace("how: phone", "how: telepathy\nweather: rain"))
    assert found["extra"] == [["weather", "rain"]] and found["how"] == "telepathy"
    assert sorted(question.key for question in desk.questions) == ["claims:key:weather", "notes:how:telepathy"]
