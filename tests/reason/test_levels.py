"""How far grounds carry: each test states one rule of the ladder that a court could ask about."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reason.weighed import finding, held, number, world
from tests.world import assertion, document

from bearwitness.errors import InputError
from bearwitness.model.records import Assertion
from bearwitness.reason.levels import assess
from bearwitness.reason.standards import Standard, standard_of

STANDARD = Standard("reasonable-grounds")
REVIEWED = {"reviewed": "researcher-2"}


def test_one_origin_carries_suspicion_and_two_carry_reasonable_grounds():
    assert number(world(finding(for_=["w1"]))) == 1
    assert number(world(finding(for_=["w1", "m1"]))) == 2


def test_a_copy_and_a_page_whose_origin_is_not_known_add_nothing():
    assert number(world(finding(for_=["w1", "c1", "u1"]))) == 1


def test_three_origins_of_two_kinds_need_a_second_person_to_go_above_reasonable_grounds():
    assert number(world(finding(for_=["w1", "e1", "m1"]))) == 2
    assert number(world(finding(for_=["w1", "e1", "m1"], **REVIEWED))) == 3, "nothing is sealed: not clear and convincing"


def test_five_is_never_issued_even_where_everything_is_held_and_reviewed():
    case = world(finding(for_=["w2", "e2", "m2"], rivals=[{"text": "x", "excluded_by": ["w2"]}], **REVIEWED),
                 *(assertion(ref, "north", "effect", by, "it fell", how=how, **{"in": "INT"}) for ref, by, how in
                   (("w2", "ana", "eyewitness"), ("e2", "lab", "expert"), ("m2", "paper", "record"))),
                 document("INT"))
    case.exhibits["INT"] = object()      # type: ignore[assignment]
    assert number(case) == 4


def test_the_author_reviewing_himself_is_no_review_and_is_refused():
    one = held(world(finding(for_=["w1", "e1", "m1"], reviewed="researcher-1")))
    assert one.computed.number == 2
    assert [code for code, _ in one.faults] == ["R18"]


def test_an_approval_by_its_own_author_is_refused_beside_a_real_review():
    one = held(world(finding(for_=["w1", "e1", "m1"], reviewed="researcher-2", approved="researcher-1")))
    assert one.computed.number == 3 and [code for code, _ in one.faults] == ["R18"]


def test_a_rival_excluded_by_what_grounds_nothing_is_open():
    recalled = assertion("x1", "north", "when", "paper", "that day", **{"in": "memory"})
    case = world(finding(for_=["w1", "m1"], rivals=[{"text": "another day", "excluded_by": ["x1"]}]), recalled,
                 document("memory", read="recall"))
    assert number(case) == 1 and "a rival explanation is open" in held(case).computed.caps


def test_more_evidence_never_lowers_a_level_because_it_is_weaker():
    strong = world(finding(for_=["w1", "e1", "m1"], **REVIEWED))
    partly = (document("part", read="in part"),
              assertion("p1", "north", "effect", "rescue", "it fell", **{"in": "part"}))
    weaker = world(finding(for_=["w1", "e1", "m1", "p1"], **REVIEWED), *partly)
    assert number(strong) == number(weaker) == 3
    alone = world(finding(for_=["w1", "e1", "p1"], **REVIEWED), *partly)
    assert number(alone) == 2, "without the document read in part there are two origins only"


@given(st.lists(st.sampled_from(["w1", "e1", "m1", "r1", "c1", "u1"]), min_size=1, unique=True),
       st.sampled_from(["w1", "e1", "m1", "r1", "c1", "u1"]))
def test_one_more_ground_never_lowers_what_stands(refs, more):
    case = world()
    assert assess(case, STANDARD, [*refs, more]).number >= assess(case, STANDARD, refs).number


# Findings that rest on findings

def test_a_finding_stands_no_higher_than_the_finding_it_rests_on():
    """What stands against the finding below is not lost on the way up."""
    below = finding("below", for_=["w1", "m1"], against=["r1"])
    assert number(world(below), "below") == 1
    assert number(world(below, finding(for_=["below"]))) == 1


def test_grounds_of_its_own_carry_a_finding_above_a_weak_one_below_it():
    below = finding("below", for_=["c1"])
    assert number(world(below, finding(for_=["below", "w1", "m1"]))) == 2


def test_a_finding_is_the_lowest_of_those_it_needs():
    low, high = finding("low", for_=["w1"]), finding("high", for_=["w1", "m1"])
    one = held(world(low, high, finding(for_=["e1", "r1"], needs=["low", "high"])))
    assert one.computed.number == 1 and one.weakest == ("low", 1)
    assert number(world(low, high, finding(needs=["high"]))) == 2


def test_a_level_held_down_by_a_person_holds_down_what_rests_on_it():
    below = finding("below", for_=["w1", "m1"], hold="0", hold_because="the two share a camera")
    assert number(world(below, finding(for_=["below"]))) == 0


def test_a_finding_that_rests_on_itself_grounds_nothing_and_is_refused():
    case = world(finding("a", for_=["b"]), finding("b", for_=["a"]))
    assert number(case, "a") == 0
    assert ("R04", "finding a rests on itself: a -> b -> a") in held(case, "a").faults


def test_a_circle_beside_real_grounds_leaves_what_those_carry():
    case = world(finding("a", for_=["b", "w1", "m1"]), finding("b", for_=["a"]))
    assert number(case, "a") == 2 and any(code == "R04" for code, _ in held(case, "a").faults)


# For and against

@pytest.mark.parametrize(("supporting", "opposing", "belief"), [
    (["w1", "m1"], [], "established"), (["w1", "m1"], ["r1"], "established"), (["w1"], ["m1", "r1"], "contradicted"),
    (["w1", "m1"], ["e1", "r1"], "both"), (["w1"], ["m1"], "neither"), ([], [], "neither")])
def test_belief_for_and_against_are_kept_apart(supporting, opposing, belief):
    one = held(world(finding(for_=supporting, against=opposing)))
    assert one.belief == belief
    if opposing:
        assert one.level.number <= 1, "whatever is believed, what stands against it is not answered"


# Standards

def test_a_standard_nobody_has_is_refused_and_not_replaced():
    with pytest.raises(InputError, match="No standard of proof"):
        assess(world(), Standard("beyond-doubt"), ["w1"])
    with pytest.raises(InputError, match="No standard of proof"):
        assess(world(), Standard("airwars"), ["w1"])


def test_a_presumption_of_law_carries_reasonable_grounds_at_most():
    case = world()
    assert assess(case, STANDARD, ["w1", "e1", "m1"], presumed=True).number == 2
    assert assess(case, STANDARD, ["w1", "e1", "m1"]).number == 3


def test_an_admission_is_not_capped_by_one_origin_and_a_broadcaster_does_not_admit():
    own = assertion("o1", "north", "own-strike", "ministry", "we struck there", how="party", at="town")
    media = assertion("o2", "north", "own-strike", "paper", "they struck there", how="party", at="town")
    case = world(own, media)
    assert isinstance(case.assertions["o1"], Assertion)
    assert (assess(case, STANDARD, ["o1"]).number, assess(case, STANDARD, ["o2"]).number) == (2, 1)


def test_the_standard_of_a_case_is_the_one_it_names():
    assert standard_of(world()).needed == 2


def test_a_reference_to_a_finding_brings_its_level_wherever_it_is_used():
    """A claim part or an element of a rule that cites a finding gets no more from it than the finding holds."""
    below = finding("below", for_=["w1", "m1"], against=["r1"])
    assert assess(world(below), STANDARD, ["below"]).number == 1


def test_a_dissent_is_printed_with_what_limits_the_finding():
    one = held(world(finding(for_=["w1", "m1"], dissent=[{"by": "counsel-1", "words": "the two share a camera"}])))
    assert "dissent by counsel-1: the two share a camera" in one.level.caps and one.level.number == 2
