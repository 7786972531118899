"""The law against fact patterns that a lawyer decided first: judgments, commissions, the study, and the method.

The patterns stand in tests/vectors/fact_patterns.toml, which was written before the rules were; a disagreement is
explained in DISAGREEMENTS and printed, never mended by changing what was expected.
"""
from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.reason.law.elements import NOT_APPLICABLE, OUTCOMES, Fact, fact_table, judge, rules
from bearwitness.reason.law.instruments import instruments

PATTERNS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[2] / "vectors" / "fact_patterns.toml").read_text("utf-8"))["pattern"]
DISAGREEMENTS: dict[str, str] = {
    "indiscriminate-crime-knew": "the second lawyer is right: as a serious violation an indiscriminate attack must "
    "have killed or injured civilians (ICRC Study, Rule 156; AP I art. 85(3)(b)), and the pattern states no such result",
}


def facts_of(rows: list[str]) -> dict[str, Fact]:
    """`name:level`, and `!name:level` for a denial."""
    found: dict[str, Fact] = {}
    for row in rows:
        name, level = row.lstrip("!").split(":")
        old = found.get(name, Fact(name))
        found[name] = (Fact(name, old.level, int(level)) if row.startswith("!") else Fact(name, int(level), old.against))
    return found


def outcome(one: dict[str, Any]) -> str:
    return judge(one["rule"], facts_of(one["facts"]), conflict=one["conflict"], day=one["day"],
                 state=one["state"]).outcome


@pytest.mark.parametrize("one", PATTERNS, ids=lambda one: one["id"])
def test_the_outcome_is_the_lawyers(one: dict[str, Any]) -> None:
    found = outcome(one)
    if one["id"] in DISAGREEMENTS:
        assert found != one["expect"], "an explained disagreement that has gone: take it off the list"
        pytest.xfail(f"{found}, not {one['expect']}: {DISAGREEMENTS[one['id']]}")
    assert found == one["expect"], f"{one['why']} ({one['cite']})"


def test_agreement_is_printed() -> None:
    agreed = sum(outcome(one) == one["expect"] for one in PATTERNS)
    checked = sum(one["citation_checked"] for one in PATTERNS)
    print(f"\n{agreed} of {len(PATTERNS)} fact patterns agree, over {len({o['rule'] for o in PATTERNS})} rules; "
          f"{checked} citations checked against a text")
    for ref, why in DISAGREEMENTS.items():
        print(f"  {ref}: {why}")
    assert len(PATTERNS) >= 60 and agreed + len(DISAGREEMENTS) == len(PATTERNS)


def test_every_outcome_is_among_what_is_expected() -> None:
    """A set in which nothing is ever defeated, or refused, would prove little."""
    assert {one["expect"] for one in PATTERNS} == set(OUTCOMES)


@given(st.sampled_from(sorted(rules())), st.sampled_from(["IAC", "NIAC"]), st.dates(date(1995, 1, 1), date(2026, 1, 1)),
       st.sampled_from(["Russia", "Syria", "Ukraine", "Iraq", "Mali", "Armed group"]))
def test_no_rule_of_the_other_kind_of_conflict_is_ever_applied(rule: str, kind: str, day: date, state: str) -> None:
    everything = {name: Fact(name, 4) for name in fact_table()}
    found = judge(rule, everything, conflict=kind, day=day, state=state)
    if kind not in rules()[rule]["scope"]:
        assert found.outcome == NOT_APPLICABLE and kind in found.why


@given(st.sampled_from([r for r in sorted(rules()) if rules()[r]["instrument"] != "custom"]), st.integers(1, 20000),
       st.sampled_from(["Russia", "Syria", "Ukraine", "Iraq", "Mali"]), st.sampled_from(["IAC", "NIAC"]))
def test_no_rule_is_applied_before_its_instrument(rule: str, days: int, state: str, kind: str) -> None:
    day = instruments()[rules()[rule]["instrument"]]["in_force"] - timedelta(days=days)
    everything = {name: Fact(name, 4) for name in fact_table()}
    assert judge(rule, everything, conflict=kind, day=day, state=state).outcome == NOT_APPLICABLE


@given(st.sampled_from(sorted(rules())))
def test_an_unclassified_conflict_gets_no_rule_that_depends_on_its_kind(rule: str) -> None:
    found = judge(rule, {name: Fact(name, 4) for name in fact_table()}, conflict="", day=date(2022, 1, 1), state="Russia")
    if set(rules()[rule]["scope"]) != {"IAC", "NIAC"}:
        assert found.outcome == NOT_APPLICABLE


LEVELS = st.dictionaries(st.sampled_from(sorted(fact_table())), st.integers(0, 4), max_size=30)


@given(st.sampled_from(sorted(rules())), LEVELS)
def test_no_rule_stands_higher_than_its_weakest_element(rule: str, levels: dict[str, int]) -> None:
    found = judge(rule, {n: Fact(n, v) for n, v in levels.items()}, conflict="NIAC", day=date(2022, 1, 1), state="Russia")
    assert found.level <= min(e.level for e in found.elements)


@given(LEVELS, st.integers(0, 4))
def test_the_number_of_dead_never_makes_an_attack_disproportionate(levels: dict[str, int], killed: int) -> None:
    levels |= {"killed": killed, "civilians-present": killed, "harm-expected": 0, "advantage-anticipated": 0}
    found = judge("custom-14", {n: Fact(n, v) for n, v in levels.items()}, conflict="NIAC", day=date(2015, 11, 29))
    assert found.outcome == "not assessable"
