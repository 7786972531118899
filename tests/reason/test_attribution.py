"""Who struck: each class of evidence under its cap, presence apart from the act, rivals listed, `suspected` kept."""
from __future__ import annotations

from pathlib import Path

import pytest
from tests.world import assertion, case, document, incident, source

from bearwitness.model.case import Case, Stated
from bearwitness.reason.attribution import Attribution, assess
from bearwitness.seal.takein import take_in


@pytest.fixture(scope="module")
def six(examples: Path) -> Case:
    return take_in(examples / "syria-2015", write=False).case


def of(case: Case, incident: str, actor: str = "") -> Attribution:
    return assess(case, [row.id for row in case.assertions_of(incident)], actor)


def weigh(*rows: Stated, actor: str = "russia") -> Attribution:
    made = case(source("russia", "party", name="Russian authorities"), source("syria", "party", name="Syrian government"),
                source("hrw"), source("res", "resident"), document(), incident("north"), *rows, config={"sets": {}})
    return assess(made, [ref for ref in made.assertions], actor)


SOUND = assertion("s", "north", "aircraft", "res", "a higher flight and another engine sound", how="eyewitness")
TOWN = assertion("own", "north", "own-strike", "russia", "a strike on the town took place", how="party", at="town")


def test_an_admission_of_a_strike_in_town_carries_presence_and_not_this_object(six: Case) -> None:
    for incident_id in ("talbiseh", "jisr", "sarmin"):
        found = of(six, incident_id)
        assert (found.actor, found.presence, found.level, found.suspected) == ("russia", 2, 1, True), incident_id
        assert any("this object" in note for note in found.notes)


def test_an_admission_of_the_object_itself_is_capped_by_nothing_weaker() -> None:
    row = assertion("own", "north", "own-strike", "russia", "the market was struck", how="party", at="object")
    assert weigh(row).level == 4 and not weigh(row).suspected


def test_sound_alone_is_suspicion_and_names_nobody_by_itself(six: Case) -> None:
    assert weigh(SOUND).level == 1
    assert weigh(SOUND, actor="").level == 0
    assert of(six, "ghantu").actor == "", "`much higher than Syrian aircraft` does not name Syria"


def test_a_state_broadcaster_is_not_the_ministry() -> None:
    made = case(source("russia", "party", name="Russian authorities"), source("tv", "state-media", relies_on="?"),
                document(),
                incident("north"), assertion("t", "north", "own-strike", "tv", "the town was struck", how="party"),
                config={"sets": {}})
    assert assess(made, ["t"], "russia").presence == 1


def test_a_type_of_aircraft_names_a_party_only_with_a_dated_inventory() -> None:
    plane = assertion("p", "north", "aircraft", "hrw", "a Su-34 dropped the bombs", how="expert")
    undated = assertion("i", "north", "inventory", "hrw", "only Russian forces flew the Su-34")
    dated = assertion("i", "north", "inventory", "hrw", "only Russian forces flew the Su-34", as_of="2015-11-01")
    old = assertion("i", "north", "inventory", "hrw", "only Russian forces flew the Su-34", as_of="2013-11-01")
    shared = assertion("i", "north", "inventory", "hrw", "Russian and Syrian forces flew the Su-34", as_of="2015-11-01")
    assert weigh(plane, dated, actor="").level == 2
    for other in (undated, old, shared):
        assert weigh(plane, other).level == 1, other.body


def test_russian_without_any_class_of_evidence_is_an_allegation() -> None:
    found = weigh(assertion("a", "north", "attacker", "hrw", "Russian aircraft struck", how="hearsay"))
    assert found.level == 0 and found.suspected and "said by others" in found.words


def test_an_admission_and_an_independent_log_of_the_flight_carry_the_act() -> None:
    log = assertion("l", "north", "aircraft", "res", "Russian aircraft took off at 08:30 on this bearing", how="eyewitness")
    assert weigh(TOWN, log).level == 2
    same = assertion("l", "north", "aircraft", "russia", "Russian aircraft took off at 08:30", how="party")
    assert weigh(TOWN, same).level == 1, "one origin twice"
    assert weigh(TOWN, SOUND).level == 1, "sound does not lift"


def test_another_party_named_by_a_record_holds_it_down_and_is_listed() -> None:
    other = assertion("o", "north", "attacker", "hrw", "a Syrian Su-22 struck the market", how="eyewitness")
    row = assertion("own", "north", "own-strike", "russia", "the market was struck", how="party", at="object")
    found = weigh(row, other)
    assert found.level == 1 and ("Syria" in dict(found.competing)) and "[o]" in dict(found.competing)["Syria"]


def test_a_party_that_no_record_excludes_is_named_as_a_rival(six: Case) -> None:
    assert ("Syria", "no record excludes it") in of(six, "sarmin").competing


def test_a_denial_of_this_strike_holds_the_act_at_suspicion() -> None:
    no = assertion("n", "north", "own-strike", "russia", "no strike on the market took place", how="party", supports="no")
    log = assertion("l", "north", "aircraft", "res", "Russian aircraft took off at 08:30", how="eyewitness")
    assert weigh(TOWN, log, no).level == 1 and weigh(TOWN, log, no).against == ("n",)


def test_an_intercept_that_is_not_held_is_weak() -> None:
    heard = assertion("i", "north", "aircraft", "hrw", "a cockpit recording of Russian pilots names the market")
    assert weigh(heard).level == 1


def test_ariha_has_a_take_off_and_nobody_named(six: Case) -> None:
    assert of(six, "ariha").level == 0
    assert of(six, "ariha", "Russia").level == 1 and of(six, "ariha", "Russia").suspected


@pytest.mark.parametrize("says", ["no strike on the town took place", "its aircraft did not bomb: it denies the strike",
                                  "aircraft never flew there that day, and no strikes were carried out"])
def test_a_denial_written_as_an_own_strike_is_no_admission(says: str) -> None:
    found = weigh(assertion("own", "north", "own-strike", "russia", says, how="party", at="town"))
    assert found.presence == 0 and found.against == ("own",)
