"""A verdict is said of the part that is cited, and shows when it rests on the one who made the allegation."""
from __future__ import annotations

from dataclasses import replace

import pytest
from tests.example import taken

from bearwitness.tell.check import check_text


def codes(text: str, case: object = None) -> list[str]:
    return [f.code for f in check_text(case or taken().case, f"## Sarmin {{#sarmin}}\n\n{text}\n", "d.md")]  # type: ignore[arg-type]


@pytest.mark.parametrize("text", [
    "That the area is undamaged is contradicted [=mod-photo.c].",
    "That the picture was taken on 31 October is supported [=mod-photo.a].",
    "That the hospital is marked at its right place is contradicted [=mod-photo.d].",
    "That the objects struck belonged to ISIS is consistent with what is known [=mod-isis.a].",
    "The wording is supposition, and that is supported [=mod-answer.a]."])
def test_a_verdict_on_another_part_than_the_one_cited_is_refused(text: str) -> None:
    assert codes(text) == ["R17"]


@pytest.mark.parametrize("text", [
    "That the area is undamaged is contradicted [=mod-photo.d].",
    "The date given to the photograph is contradicted [=mod-photo.c].",
    "The part on telephone interviews is supported [=mod-answer.a].",
    "That aircraft struck in Homs that day is consistent with what the broadcaster named [=mod-isis.a]."])
def test_a_verdict_on_the_part_that_is_cited_passes(text: str) -> None:
    assert codes(text) == []


def test_a_denial_contradicted_by_the_accuser_alone_says_so() -> None:
    case = taken().case
    part = case.parts["mod-photo.c"]
    alone = replace(part, opposing=("l-lied",))
    claim = case.claims["mod-photo"]
    parts = tuple(alone if p.id == part.id else p for p in claim.parts)
    changed = replace(case, claims={**case.claims, "mod-photo": replace(claim, parts=parts)}, _index={})
    flat = "That the picture was taken on 31 October is contradicted [=mod-photo.c]."
    assert "D7" in codes(flat, changed)
    named = "That the picture was taken on 31 October is contradicted by Amnesty International [=mod-photo.c]."
    assert "D7" not in codes(named, changed)


@pytest.mark.parametrize("said", ["reported 72 killed", "reported 72 people killed", "reported 72 deaths",
                                  "reported that the strike killed 72"])
def test_the_injured_are_not_told_as_dead(said: str) -> None:
    assert "G03" in codes(f"At Talbiseh, Human Rights Watch {said} [@t-talb-hrw].")


def test_the_injured_told_as_injured_are_no_fault_of_column() -> None:
    assert "G03" not in codes("At Talbiseh, Human Rights Watch reported 72 injured [@t-talb-hrw].")


def test_scores_without_of_is_no_number() -> None:
    assert "R28" in codes("At Talbiseh, scores were wounded, Human Rights Watch reported [@t-talb-hrw].")
