"""Incidents graded after Airwars: the rule recomputed, the three axes apart, and nothing guessed."""
from __future__ import annotations

import pytest
from tests.reason.weighed import finding, held, world
from tests.world import assertion, toll

from bearwitness.reason.grades import grade


def attacker(ref: str, by: str, says: str):
    return assertion(ref, "south", "attacker", by, says)


def effect(ref: str, by: str, **more: str):
    return assertion(ref, "south", "effect", by, "houses fell", **more)


def own(about: str, says: str = "words", by: str = "ministry"):
    return assertion(f"o-{about}", "south", about, by, says, how="party")


TWO = (attacker("a1", "ana", "State aircraft"), attacker("a2", "paper", "State aircraft"))


@pytest.mark.parametrize(("rows", "expected", "status", "position"), [
    ((), "", "", "not assessed"),
    ((effect("x", "blog"),), "Weak", "single source", "not assessed"),
    ((effect("x", "ana"),), "Weak", "single source", "not assessed"),
    ((effect("x", "ana"), effect("y", "copy")), "Weak", "single source", "not assessed"),
    ((effect("x", "ana"), effect("y", "paper")), "Weak", "", "not assessed"),
    (TWO, "Fair", "likely", "not assessed"),
    ((attacker("a1", "ana", "State aircraft"), attacker("a2", "copy", "State aircraft")), "Weak", "single source",
     "not assessed"),
    ((effect("x", "ana"), effect("y", "paper"), own("own-strike")), "Fair", "declared", "not assessed"),
    ((*TWO, own("denial")), "Fair", "likely", "non-credible"),
    ((*TWO, own("effect")), "Confirmed", "likely", "credible"),
    ((*TWO, own("own-strike"), own("denial")), "Fair", "declared", "non-credible"),
    ((effect("x", "ana"), own("own-strike")), "Weak", "declared", "not assessed"),
    ((*TWO, own("reply", "a duplicate of another incident")), "Fair", "likely", "duplicate"),
    ((*TWO, attacker("a3", "lab", "rebel artillery")), "Contested", "likely", "not assessed"),
    ((*TWO, toll("t", "south", "ana", killed="3", fighters="3", civilians="0")), "Discounted", "likely", "not assessed"),
    ((*TWO, toll("t", "south", "ana", killed="3", fighters="1")), "Fair", "likely", "not assessed"),
])
def test_the_three_axes(rows, expected, status, position):
    found = grade(world(*rows), "south")
    assert (found.grade, found.status, found.position) == (expected, status, position)


def test_an_incident_without_a_list_of_sources_is_not_graded():
    assert str(grade(world(), "south")) == "not computable: no source list"


def test_a_database_that_does_not_say_whom_it_heard_is_no_list_of_sources():
    from tests.world import source
    case = world(source("database", "monitor", relies_on="?"), toll("t", "south", "database", killed="3"))
    assert str(grade(case, "south")) == "not computable: no source list"


def test_a_ministry_and_its_state_are_one_belligerent():
    assert grade(world(*TWO, attacker("a3", "rescue", "the Ministry struck")), "south").grade == "Fair"


@pytest.mark.parametrize(("written", "signed", "stands"), [
    ({"grade": "Fair", "grade_because": "x"}, False, True),
    ({"grade": "Weak", "grade_because": "the two may be one"}, False, True),
    ({"grade": "Confirmed", "grade_because": "x"}, False, False),
    ({"grade": "Confirmed", "grade_because": "a letter came"}, True, True),
    ({"grade": "Discounted", "grade_because": "x"}, False, False),
    ({"grade": "Certain", "grade_because": "x"}, True, False),
])
def test_a_grade_by_hand_above_the_rule_needs_a_reason_and_a_second_person(written, signed, stands):
    more = written | ({"reviewed": "researcher-2"} if signed else {})
    case = world(*TWO, finding(about="south", for_=["a1", "a2"], **more))
    refused = [reason for code, reason in held(case).faults if code == "D8"]
    assert bool(refused) is not stands


def test_a_second_person_is_not_the_author():
    case = world(*TWO, finding(about="south", for_=["a1"], grade="Confirmed", grade_because="x", reviewed="researcher-1"))
    assert "D8" in {code for code, _ in held(case).faults}
