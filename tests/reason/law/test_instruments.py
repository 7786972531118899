"""Which instrument binds whom, on which day, in which kind of conflict: no citation before its day or out of scope."""
from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.reason.law.instruments import (
    applicable,
    in_force,
    instruments,
    myths,
    named_in,
    state_named,
)

AUTUMN = date(2015, 10, 7)
DATED = sorted(name for name, row in instruments().items() if row["kind"] != "custom")
ENTRIES = [(name, state, entry) for name in DATED for state, entry in instruments()[name]["states"].items()]


@pytest.mark.parametrize("state", ["Russia", "Syria"])
@pytest.mark.parametrize("name", ["ccm", "rome", "hague-1999"])
def test_what_neither_state_is_party_to_does_not_bind_it(name: str, state: str) -> None:
    assert in_force(name, state, AUTUMN).bound is False


def test_the_protocols_of_1977_by_kind_of_conflict() -> None:
    assert applicable("ap1", "IAC", "Syria", AUTUMN).ok is True
    assert applicable("ap1", "NIAC", "Russia", AUTUMN).ok is False
    assert applicable("ap2", "NIAC", "Russia", AUTUMN, territory="Syria").ok is False
    assert applicable("ap2", "IAC", "Russia", AUTUMN).ok is False


def test_incendiary_protocol_binds_russia_and_not_syria() -> None:
    assert applicable("ccw-p3", "NIAC", "Russia", AUTUMN).ok is True
    assert applicable("ccw-p3", "NIAC", "Syria", AUTUMN).ok is False
    assert applicable("ccw-p3", "NIAC", "Russia", date(2003, 1, 1)).ok is False, "before the amendment: not in a NIAC"


@pytest.mark.parametrize(("name", "bound"), [("unsc-2139", True), ("unsc-2286", False), ("ewipa", False),
                                             ("unsc-2254", False), ("safe-schools", False)])
def test_resolutions_and_declarations_in_autumn_2015(name: str, bound: bool) -> None:
    assert in_force(name, "Russia", AUTUMN).bound is bound


@given(st.sampled_from(DATED), st.integers(1, 36500), st.sampled_from(["Russia", "Syria", "Ukraine", "Mali"]))
def test_nothing_is_cited_before_its_day(name: str, days: int, state: str) -> None:
    row = instruments()[name]
    before = row["in_force"] - timedelta(days=min(days, (row["in_force"] - date(1900, 1, 1)).days))
    for kind in ("IAC", "NIAC"):
        assert applicable(name, kind, state, before).ok is not True
    assert in_force(name, state, before).bound is False


@pytest.mark.parametrize(("name", "state", "entry"), [e for e in ENTRIES if "from" in e[2]], ids=str)
def test_a_state_is_bound_from_its_day_and_not_the_day_before(name: str, state: str, entry: dict[str, date]) -> None:
    if instruments()[name]["kind"] == "declaration":
        assert in_force(name, state, entry["from"]).bound is False, "a declaration binds nobody"
        return
    assert in_force(name, state, entry["from"]).bound is True
    assert in_force(name, state, entry["from"] - timedelta(days=1)).bound is False


@given(st.sampled_from(DATED), st.dates(date(1900, 1, 1), date(2030, 1, 1)), st.sampled_from(["IAC", "NIAC"]))
def test_an_instrument_outside_its_kind_of_conflict_never_binds(name: str, day: date, kind: str) -> None:
    row = instruments()[name]
    if kind in row["scope"] or row.get("niac_by"):
        return
    for state in row["states"]:
        assert applicable(name, kind, state, day).ok is False


def test_a_state_that_the_data_does_not_name_is_not_known_and_not_guessed() -> None:
    assert in_force("ccm", "Atlantis", AUTUMN).bound is None
    with pytest.raises(ValueError, match="classify it first"):
        applicable("ccm", "unclassified", "Russia", AUTUMN)


def test_names_in_a_sentence() -> None:
    assert named_in("Additional Protocol II does not bind Syria") == ["ap2"]
    assert named_in("the Rome Statute and Protocol III") == ["ccw-p3", "rome"]
    assert state_named("Russian Federation") == "Russia" and state_named("Ruritania") == ""


def test_the_thermobaric_ban_of_1980_is_no_ground() -> None:
    myth = next(m for m in myths() if m.id == "thermobaric-1980")
    assert "No treaty bans them" in myth.why and myth.cite


def test_every_rule_of_status_carries_the_flag_until_counsel_signs() -> None:
    assert in_force("ccm", "Russia", AUTUMN).review == "by counsel needed"
