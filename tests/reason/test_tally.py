"""A tally can be redone by hand: each test states one counting rule."""
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.world import document, market, toll

from bearwitness.model.when import parse_when
from bearwitness.reason.breakdown import conflicts
from bearwitness.reason.tally import UnknownCount, as_data, say_count, tally


def test_the_floor_is_the_highest_enumeration_of_one_origin():
    found = tally(market(toll("t1", "north", "sohr", killed="40"),
                         toll("t2", "north", "rescue", killed="43", identified="31", unidentified="12"),
                         toll("t3", "north", "amnesty", killed="49")), "killed", "", "north")
    assert (found.value.low, found.value.high, found.value.open_top) == (43, 49, False)


def test_without_an_enumeration_the_floor_is_the_lowest_latest_figure():
    found = tally(market(toll("t1", "north", "sohr", killed="16"), toll("t2", "north", "hrw", killed="20")),
                  "killed", "", "north")
    assert (found.value.low, found.value.high) == (16, 20)


def test_only_the_latest_figure_of_a_speaker_counts_and_the_earlier_is_named_as_a_series():
    found = tally(market(toll("t1", "north", "sohr", killed="18+", as_of="2015-11-29"),
                         toll("t2", "north", "sohr", killed="44+", as_of="2015-11-30")), "killed", "", "north")
    assert [m.id for m in found.members] == ["t2"]
    assert found.value.low == 44 and found.value.open_top
    assert [n.id for n in found.not_used] == ["t1"] and "t2" in found.not_used[0].why


def test_one_at_least_leaves_the_top_open_and_is_never_told_as_between():
    found = tally(market(toll("t1", "north", "sohr", killed="43+"), toll("t2", "north", "amnesty", killed="49")),
                  "killed", "", "north")
    assert found.value.open_top
    assert say_count(found.value) == "at least 43; 49 in the highest account"


def test_killed_and_wounded_together_never_feed_killed():
    found = tally(market(toll("t1", "north", "sohr", casualties="60"), toll("t2", "north", "hrw", killed="40")),
                  "killed", "", "north")
    assert found.value.high == 40
    assert "R05" in found.not_used[0].why


def test_another_scope_is_shown_and_not_added():
    found = tally(market(toll("t1", "north", "sohr", killed="4", scope="the whole district")), "killed", "", "north")
    assert found.value is None
    assert [(s.id, str(s.value)) for s in found.shown] == [("t1", "4")]


def test_a_figure_from_memory_grounds_nothing():
    held = market(more=[document("memory", read="recall"), toll("t9", "north", "sohr", killed="2", **{"in": "memory"})])
    assert tally(held, "killed", "", "north").value is None


def test_a_copy_does_not_count_beside_its_origin():
    found = tally(market(toll("t1", "north", "sohr", killed="44"), toll("t2", "north", "agency", killed="30")),
                  "killed", "", "north")
    assert [m.id for m in found.members] == ["t1"] and found.value.low == 44


def test_civilians_are_who_the_speaker_calls_so():
    held = market(toll("t1", "north", "sohr", killed="44"), toll("t2", "north", "amnesty", killed="49", civilians="49"))
    found = tally(held, "killed", "civilians", "north")
    assert [m.id for m in found.members] == ["t2"] and found.not_used[0].why == "category not stated"


def test_presumed_civilian_counts_the_unknown_under_a_named_rule_only():
    held = market(toll("t1", "north", "sohr", killed="44"), presumed_civilian={"north": "a market at trading time"})
    found = tally(held, "killed", "civilians", "north")
    assert found.value.low == 44 and "presumed-civilian: a market at trading time" in found.rule


def test_a_sum_names_its_members_and_never_mixes_tallies_with_lead_figures():
    held = market(toll("t1", "north", "sohr", killed="40"), toll("t2", "north", "amnesty", killed="49"),
                  toll("t3", "south", "hrw", killed="10+"))
    ours, lead = tally(held, "killed", "", "both"), tally(held, "killed", "", "both", basis="lead")
    assert (ours.value.low, ours.value.high) == (50, 59)
    assert (lead.value.low, lead.value.high) == (59, 59)
    assert [m.id for m in lead.members] == ["t2", "t3"]
    assert "lead sources' own" in lead.rule and "lead" not in ours.rule


def test_the_count_as_it_stood_at_an_earlier_day():
    held = market(toll("t1", "north", "sohr", killed="18+", as_of="2015-11-29"),
                  toll("t2", "north", "amnesty", killed="49", as_of="2015-12-23"))
    day = parse_when("2015-12-01", "Asia/Damascus")
    assert [m.id for m in tally(held, "killed", "", "north", as_of=day).members] == ["t1"]


def test_a_breakdown_keeps_the_people_it_does_not_name():
    found = tally(market(toll("t1", "north", "amnesty", killed="46+", children="32", women="11"),
                         toll("t2", "north", "hrw", killed="46", children="32", women="12")), "killed", "", "north")
    first = found.breakdowns[0]
    assert first.residual == 3 and "46 = 32 + 11 + 3" in first.words
    assert conflicts(found.breakdowns) == [("women", {"t1": first.parts["women"], "t2": found.breakdowns[1].parts["women"]})]


def test_there_is_no_all():
    with pytest.raises(UnknownCount, match="D15"):
        tally(market(), "killed", "", "all")


def test_the_json_shape_is_the_documented_one():
    data = as_data(tally(market(toll("t1", "north", "sohr", killed="44+")), "killed", "", "north"))
    assert {"quantity", "category", "scope", "min", "max", "open_top", "rule", "members", "not_used"} <= data.keys()
    assert (data["min"], data["max"], data["open_top"]) == (44, 44, True)


figures = st.lists(st.tuples(st.sampled_from(["amnesty", "sohr", "rescue", "hrw"]), st.integers(0, 99), st.booleans()),
                   min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(figures, st.randoms())
def test_the_order_of_rows_never_changes_a_tally(rows, random):
    tolls = [toll(f"t{i}", "north", by, killed=f"{n}{'+' * is_open}", as_of=f"2015-11-{10 + i:02d}")
             for i, (by, n, is_open) in enumerate(rows)]
    shuffled = list(tolls)
    random.shuffle(shuffled)
    assert tally(market(*tolls), "killed", "", "north").value == tally(market(*shuffled), "killed", "", "north").value


@settings(max_examples=60, deadline=None)
@given(figures)
def test_every_row_is_counted_or_set_aside_with_a_reason(rows):
    tolls = [toll(f"t{i}", "north", by, killed=str(n)) for i, (by, n, _) in enumerate(rows)]
    found = tally(market(*tolls), "killed", "", "north")
    assert {m.id for m in found.members} | {n.id for n in found.not_used} == {t.id for t in tolls}
    assert all(n.why for n in found.not_used)
    assert found.value.low <= min(m.value.low for m in found.members) <= found.value.high
