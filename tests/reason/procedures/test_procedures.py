"""The nine tests of an official claim: each runs, each refuses by saying what is missing, none says more than it can."""
from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reason.procedures.cases import case_of, row, weighed

from bearwitness.model.vocabulary import TESTS, VERDICTS
from bearwitness.reason.claim_words import say_part
from bearwitness.reason.claims import test_part as judge_part
from bearwitness.reason.procedures.registry import PROCEDURES
from bearwitness.reason.procedures.result import rule
from bearwitness.reason.standards import standard_of
from bearwitness.seal.takein import take_in

STRUCK = row("s", "where", "osi", "it stands at 35.821077, 36.322102", radius_m="50")
FAR = row("f", "where", "mon", "it stands at 35.81816, 36.31606", radius_m="60")
CLOSE = row("n", "where", "mon", "it stands at 35.8213, 36.3222", radius_m="60")


def test_every_test_name_has_a_procedure_and_a_rule_with_its_limit() -> None:
    assert set(PROCEDURES) == set(TESTS)
    for name in TESTS:
        own = rule(name)
        assert own["needs"] and own["limit"] and own["change"] and own["code"] in {f"M{n}" for n in range(1, 10)}


@pytest.mark.parametrize("name", TESTS)
def test_with_nothing_attached_each_procedure_refuses_and_says_what_it_lacks(name: str) -> None:
    one = weighed({"test": name})
    assert one.result is not None and not one.result.ran and one.result.missing
    assert one.verdict == "untested"
    said = " ".join(say_part(case_of({"test": name}), one))
    assert "could not be run" in said and one.result.missing[0] in said


def test_a_verdict_beside_a_test_that_did_not_run_says_that_it_comes_from_the_records(examples: Path) -> None:
    made = take_in(examples / "tutorial", write=False).case
    one = judge_part(made, standard_of(made), made.parts["mod-photo.b"])
    said = " ".join(say_part(made, one))
    assert "It could not be run" in said and "This part is contradicted" in said
    assert "no outcome of that test: it comes from the records attached" in said
    assert "Bellingcat, Bellingcat" not in said and "(a5, Bellingcat, article on the hospital)" in said


# -- M1, M3 -------------------------------------------------------------------------------------------------


def test_two_places_farther_apart_than_their_radii_are_another_object() -> None:
    one = weighed({"test": "different-object", "struck": ["s"], "shown": ["f"]}, STRUCK, FAR)
    assert one.verdict == "other object" and one.apart is not None and round(one.apart.distance) == 634


def test_other_object_carries_no_more_than_the_worse_known_of_the_two_places() -> None:
    """Two origins for where the shown one stands do not help where the struck one rests on one."""
    again = row("g", "where", "min", "it stands at 35.8175, 36.31556", radius_m="100", how="party")
    one = weighed({"test": "different-object", "struck": ["s"], "shown": ["f", "g"]}, STRUCK, FAR, again)
    assert one.verdict == "other object" and one.level.number == 1


def test_within_their_radii_geometry_does_not_tell_them_apart() -> None:
    one = weighed({"test": "different-object", "struck": ["s"], "shown": ["n"]}, STRUCK, CLOSE)
    assert one.verdict == "consistent" and one.result is not None and one.result.strength == "weak"


def test_without_a_radius_there_is_no_other_object() -> None:
    bare = {k: v for k, v in FAR.items() if k != "radius_m"}
    one = weighed({"test": "different-object", "struck": ["s"], "shown": ["f"]}, STRUCK, bare)
    assert one.verdict != "other object" and one.result is not None and "radius" in one.result.missing[0]


def test_one_pair_of_positions_that_could_be_one_place_stops_other_object() -> None:
    one = weighed({"test": "different-object", "struck": ["s"], "shown": ["f", "n"]}, STRUCK, FAR, CLOSE)
    assert one.verdict != "other object"


def test_a_video_filmed_far_from_the_place_named_contradicts_the_place() -> None:
    """Raqqa named, Kafr Zayta filmed: 226.6 km."""
    named = row("p", "where", "min", "the strike at 35.9594, 38.9981", radius_m="5000", how="party")
    filmed = row("v", "where", "osi", "filmed at 35.3735, 36.6017", radius_m="200")
    one = weighed({"test": "strike-video-elsewhere", "struck": ["p"], "shown": ["v"]}, named, filmed)
    assert one.verdict == "contradicted" and one.level.number == 1, "one geolocation is one origin"


# -- M2 -----------------------------------------------------------------------------------------------------

RUBBLE = row("r", "image", "osi", "the rubble of the strike is missing", window="2015-10-20", supports="no")


def test_a_picture_without_the_rubble_of_the_strike_is_not_of_the_later_day() -> None:
    one = weighed({"test": "image-before-event", "claimed": "2015-10-31", "against": ["r"]}, RUBBLE)
    assert one.verdict == "contradicted" and "before the end of 20 October 2015" in one.reason


def test_a_feature_that_bears_no_date_decides_nothing() -> None:
    undated = {k: v for k, v in RUBBLE.items() if k != "window"}
    one = weighed({"test": "image-before-event", "claimed": "2015-10-31", "against": ["r"]}, undated)
    assert one.result is not None and not one.result.ran and "dated feature" in one.result.missing[0]


def test_a_claimed_date_inside_the_bracket_is_consistent_and_no_more() -> None:
    one = weighed({"test": "image-before-event", "claimed": "2015-10-12", "against": ["r"]}, RUBBLE)
    assert one.result is not None and one.result.licence == "consistent"


def test_features_that_exclude_one_another_are_refused() -> None:
    roof = row("o", "image", "mon", "the new roof is seen", window="2015-11-10", supports="yes")
    one = weighed({"test": "image-before-event", "claimed": "2015-10-31", "against": ["r", "o"]}, RUBBLE, roof)
    assert one.result is not None and not one.result.ran and "exclude" in one.result.missing[0]


@given(st.lists(st.tuples(st.integers(1, 28), st.booleans()), min_size=1, max_size=5), st.integers(1, 28))
def test_the_bracket_holds_every_day_that_all_features_allow_and_no_other(
        features: list[tuple[int, bool]], day: int) -> None:
    """Brute force over days: seen since day d means taken on d or later; missing, there since d, means d or earlier."""
    rows = [row(f"x{n}", "image", "osi", "a feature", window=f"2015-10-{d:02d}", supports="yes" if seen else "no")
            for n, (d, seen) in enumerate(features)]
    one = weighed({"test": "image-before-event", "claimed": f"2015-10-{day:02d}", "against": [r["id"] for r in rows]}, *rows)
    assert one.result is not None
    allowed = {d for d in range(1, 32) if all(d >= f if seen else d <= f for f, seen in features)}
    if allowed:
        assert (one.result.licence == "consistent") == (day in allowed)
    else:
        assert not one.result.ran


# -- M4 -----------------------------------------------------------------------------------------------------

HELD = {"window": "2015-10-10", "says": "the town was held by another group"}


def test_two_origins_near_the_day_contradict_the_enemy_named() -> None:
    one = weighed({"test": "wrong-enemy", "claimed": "The Group", "against": ["h1", "h2"]},
                 row("h1", "control", "osi", **HELD), row("h2", "control", "mon", **HELD))
    assert one.verdict == "contradicted"


@pytest.mark.parametrize("second", ["copy", "osi"])
def test_one_map_and_its_copy_only_dispute(second: str) -> None:
    one = weighed({"test": "wrong-enemy", "claimed": "The Group", "against": ["h1", "h2"]},
                 row("h1", "control", "osi", **HELD), row("h2", "control", second, **HELD))
    assert one.verdict == "disputed"


def test_a_map_of_another_year_says_nothing_on_that_day() -> None:
    old = row("h1", "control", "osi", window="2014-10-10", says="held by another group")
    one = weighed({"test": "wrong-enemy", "claimed": "The Group", "against": ["h1"]}, old)
    assert one.result is not None and not one.result.ran


def test_who_held_the_district_does_not_say_who_held_the_town() -> None:
    one = weighed({"test": "wrong-enemy", "claimed": "The Group", "against": ["h1", "h2"]},
                  row("h1", "control", "osi", at="district", **HELD), row("h2", "control", "mon", at="district", **HELD))
    assert one.result is not None and not one.result.ran


def test_the_speakers_own_map_is_no_support() -> None:
    own = row("h1", "control", "spok", "the Group held the town", window="2015-10-10", how="party")
    one = weighed({"test": "wrong-enemy", "claimed": "The Group", "for": ["h1"]}, own)
    assert one.verdict == "untested"


# -- M5, M6, M8, M9 -----------------------------------------------------------------------------------------

ADMITTED = row("o", "own-strike", "spok", "aircraft struck the town that day", how="party", at="town", as_of="2015-10-21")


def test_an_earlier_admission_of_the_same_body_contradicts_with_its_reach() -> None:
    one = weighed({"test": "own-words", "against": ["o"]}, ADMITTED)
    assert one.verdict == "contradicted" and "reach the town" in one.reason


def test_an_admission_about_another_target_contradicts_nothing() -> None:
    away = {**ADMITTED, "says": "a depot at 36.5, 37.1 was struck", "radius_m": "500"}
    one = weighed({"test": "own-words", "against": ["o"], "struck": ["s"]}, away, STRUCK)
    assert one.verdict == "untested"


@pytest.mark.parametrize("broadcaster", ["tv", "agency"])
def test_state_media_is_not_the_ministry(broadcaster: str) -> None:
    one = weighed({"test": "own-words", "against": ["o"]}, {**ADMITTED, "by": broadcaster})
    assert one.result is not None and not one.result.ran


def test_silence_never_carries_a_verdict_alone() -> None:
    asked = {"id": "q", "claim": "c", "to": "Ministry", "channel": "letter", "sent": "2015-11-01", "deadline": "2015-11-15",
             "answered": "no", "words": ""}
    one = weighed({"test": "silence"}, replies=(asked,))
    assert one.verdict == "untested" and one.result is not None and one.result.ran and one.result.strength == "weak"


def test_what_existed_before_the_event_defeats_its_denial_and_looking_in_vain_confirms_nothing() -> None:
    stood = row("e", "object", "mon", "a clinic with 20 beds", window="2015-06-01")
    assert weighed({"test": "negative-existence", "against": ["e"]}, stood).verdict == "contradicted"
    looked = {"id": "l", "for": "a clinic", "where": "registers", "from": "2015-01-01", "to": "2015-10-01", "by": "mon",
              "seen_how_well": "one register of three", "result": "none found"}
    assert weighed({"test": "negative-existence", "for": ["l"]}, searches=(looked,)).verdict == "consistent"


def test_a_thing_seen_only_after_the_event_disputes_and_does_not_defeat() -> None:
    later = row("e", "object", "mon", "a clinic", window="2015-12-01")
    assert weighed({"test": "negative-existence", "against": ["e"]}, later).verdict == "disputed"


def test_a_shift_of_meaning_is_never_a_contradiction() -> None:
    first = row("w1", "denial", "min", "terrorist depots were struck", how="party", as_of="2015-10-01")
    second = row("w2", "denial", "min", "opposition units are terrorist too", how="party", as_of="2015-11-01")
    harm = row("h", "effect", "mon", "civilians were killed")
    part = {"test": "definition-shift", "text": "Terrorist targets alone are struck", "against": ["h"]}
    for rows in ((harm,), (first, second, harm)):
        assert weighed(part, *rows).verdict == "disputed"


# -- M7 -----------------------------------------------------------------------------------------------------


def test_seventy_five_kilometres_in_half_an_hour_is_possible_and_weak() -> None:
    one = weighed({"test": "impossible", "claimed": "from 35.4008,35.9487 to 35.81374,36.60964 in 30 min"})
    assert one.verdict == "consistent" and one.result is not None and "75.4 km" in one.result.words
    assert one.result.strength == "weak"


def test_the_same_way_in_two_minutes_is_impossible() -> None:
    one = weighed({"test": "impossible", "claimed": "from 35.4008,35.9487 to 35.81374,36.60964 in 2 min"})
    assert one.verdict == "contradicted"


def test_a_shadow_an_hour_off_is_impossible_and_the_right_one_only_fits() -> None:
    """The zone error at Ariha: the shadow of 08:00 claimed for 09:00."""
    part = {"test": "impossible", "claimed": "shadow {} +-5 at 35.81374,36.60964 on 2015-11-29 09:00"}
    right = weighed({**part, "claimed": part["claimed"].format(324)})
    wrong = weighed({**part, "claimed": part["claimed"].format(310)})
    assert (right.verdict, wrong.verdict) == ("consistent", "contradicted")
    assert right.result is not None and "07:00 UTC" in right.result.inputs[1][1], "UTC stands beside local time"


def test_the_sun_of_midnight_throws_no_shadow() -> None:
    one = weighed({"test": "impossible", "claimed": "shadow 100 at 35.8,36.6 on 2015-11-29 23:30"})
    assert one.verdict == "contradicted" and "below the horizon" in one.reason


@pytest.mark.parametrize("claimed", ["", "in no time", "from a to b in 30 min", "shadow 100 at 35.8,36.6 on 2015-11-29",
                                     "shadow 100 at 35.8,36.6 on 2015-13-45 09:00", "from 35.4,35.9 to 35.8,36.6 in 0 min"])
def test_what_cannot_be_reckoned_is_refused(claimed: str) -> None:
    one = weighed({"test": "impossible", "claimed": claimed})
    assert one.result is not None and not one.result.ran


# -- all ----------------------------------------------------------------------------------------------------


def test_no_procedure_licences_a_word_outside_the_verdicts_and_none_says_lied() -> None:
    one = weighed({"test": "image-before-event", "claimed": "2015-10-31", "against": ["r"]}, RUBBLE)
    case = case_of({"test": "image-before-event", "claimed": "2015-10-31", "against": ["r"]}, RUBBLE)
    said = " ".join(say_part(case, one))
    assert one.verdict in VERDICTS and "lie" not in said.lower().split() and "lied" not in said
    assert "Open-source team" in said and "What would change it" in said


def test_records_on_both_sides_stay_disputed_whatever_the_procedure_found() -> None:
    after = row("p", "image", "mon", "the picture is of 31 October")
    one = weighed({"test": "image-before-event", "claimed": "2015-10-31", "against": ["r"], "for": ["p"]}, RUBBLE, after)
    assert one.verdict == "disputed"
