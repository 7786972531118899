"""How far a name for a weapon may go: what is seen decides, a name alone licenses nothing."""
from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.world import assertion, case, document, incident, source

from bearwitness.model.case import Case, Stated
from bearwitness.reason.weapons import Licence, ban_status, licence
from bearwitness.reason.weapons.features import features, types
from bearwitness.seal.takein import take_in


def seen(*records: tuple[str, str, str, str]) -> Licence:
    """records: (about, speaker, says, how)."""
    rows: list[Stated] = [source("hrw"), source("snhr"), document(), incident("north")]
    rows += [assertion(f"m{i}", "north", about, by, says, how=how) for i, (about, by, says, how) in enumerate(records)]
    made = case(*rows, config={"sets": {}})
    return licence(made, made.assertions)


@pytest.fixture(scope="module")
def six(examples: Path) -> Case:
    return take_in(examples / "syria-2015", write=False).case


def test_two_independent_features_give_the_model_and_say_what_was_excluded() -> None:
    found = seen(("remnant", "hrw", "a thick-walled body and a ring tail", "expert"))
    assert (found.kind, found.name) == ("model", "OFAB-250-270")
    odab = seen(("remnant", "hrw", "a thin-walled body, a parachute box, an ogive nose", "expert"))
    assert any(c.type == "ODAB-500PM" and c.excluded for c in odab.candidates)


def test_one_feature_gives_the_family_and_never_the_model() -> None:
    found = seen(("remnant", "hrw", "rear control fins with actuators", "expert"))
    assert (found.kind, found.name) == ("family", "guided bomb")


def test_two_features_of_one_part_are_one() -> None:
    """A ring tail and a parachute box are both read off the tail: not independent."""
    assert features()["tail-cone-fins"]["group"] == features()["ring-tail"]["group"]
    found = seen(("remnant", "hrw", "a thick-walled body with an ogive nose", "expert"))
    assert found.kind == "family"


def test_a_read_stencil_gives_the_model_and_its_cargo_needs_a_second_source() -> None:
    one = ("remnant", "hrw", "stencil reads RBK-500 on the tail cone with fins", "expert")
    assert seen(one).kind == "effect", "a cluster munition from one source is `possible`"
    both = seen(one, ("munition", "snhr", "cluster bombs hit the homes", "record"))
    assert (both.kind, both.name) == ("model", "RBK-500")


def test_an_absent_feature_excludes() -> None:
    found = seen(("remnant", "hrw", "ring tail, no ogive nose", "expert"))
    ofab = next(c for c in found.candidates if c.type == "OFAB-250-270")
    assert ofab.excluded and found.kind != "model"


@pytest.mark.parametrize("says", ["a crater 10 m wide", "a crater of 12 m, so a FAB-500 bomb", "the blast was enormous"])
def test_a_crater_never_names_anything(says: str) -> None:
    assert seen(("effect", "hrw", says, "expert")).kind == "none"


def test_effects_give_possible_and_nothing_more() -> None:
    found = seen(("munition", "hrw", "severe wounds and burns: it may have been a fuel-air explosive", "expert"))
    assert (found.kind, found.words) == ("effect", "possible fuel-air explosive")


@pytest.mark.parametrize("how", ["hearsay", "party"])
def test_what_is_passed_on_or_said_by_a_party_states_no_feature(how: str) -> None:
    assert seen(("remnant", "hrw", "a thick-walled body and a ring tail", how)).kind == "none"


def test_a_cluster_allegation_without_anything_visible_licenses_nothing(six: Case) -> None:
    found = licence(six, ["r-clusohr", "r-clualj"])
    assert found.kind == "none" and found.alleged == ("cluster munition",)


def test_the_basement_at_ghantu_is_possible_only(six: Case) -> None:
    assert licence(six, ["w-fae-exp", "g-fae"]).words == "possible fuel-air explosive"


def test_a_guided_missile_by_one_broadcasters_word_is_no_identification(six: Case) -> None:
    assert licence(six, ["g-missile"]).kind == "none"


def test_every_feature_of_every_type_is_described() -> None:
    known = set(features())
    for one in types().values():
        assert {*one["discriminating"], *one.get("also", ()), *one.get("excluded_by", ())} <= known
        assert one["source"] and one["not_proved"], "each row has its source and what it does not prove"


def test_banned_names_the_treaty_and_who_is_bound() -> None:
    day = date(2015, 11, 29)
    cluster = ban_status("cluster munition", "Russia", day, "NIAC", "Syria")
    assert cluster.banned is False and "Russia is not party" in cluster.words and "custom" in cluster.words
    assert ban_status("cluster munition", "Lebanon", day, "NIAC").banned is True
    assert ban_status("incendiary munition", "Russia", day, "NIAC").banned is True
    assert ban_status("incendiary munition", "Syria", day, "NIAC").banned is False
    fuel = ban_status("fuel-air explosive", "Russia", day, "NIAC")
    assert fuel.banned is False and fuel.words.startswith("no treaty bans")
    assert ban_status("cluster munition", "Atlantis", day, "NIAC").banned is None
