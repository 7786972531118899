"""Sentences of law held against the law as assessed: kind of conflict, elements on record, status of treaties by day."""
from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.example import taken

from bearwitness.model.case import Case
from bearwitness.model.conflict import Conflict
from bearwitness.reason.law.instruments import instruments
from bearwitness.tell.check import check_text


def classified(kind: str) -> Case:
    case = taken().case
    sides = (("russia", "syria"), ("armed groups",))
    one = Conflict("c1", kind, sides, None, None, "by consent of the State", "counsel", "")
    return replace(case, config=replace(case.config, conflicts=(one,)))


def codes(case: Case, text: str, anchor: str = "ariha") -> set[str]:
    return {f.code for f in check_text(case, f"## Law {{#{anchor}}}\n\n{text}\n", "d.md")}


@pytest.mark.parametrize(("kind", "article", "refused"), [
    ("NIAC", "8(2)(b)(ii)", True), ("NIAC", "8(2)(e)(i)", False), ("IAC", "8(2)(e)(i)", True), ("IAC", "8(2)(b)(ii)", False),
    ("NIAC", "8(2)(a)(i)", True), ("NIAC", "8(2)(c)(i)", False), ("IAC", "8(2)(c)(i)", True)])
def test_a_crime_of_the_other_kind_of_conflict_is_refused_where_the_case_classifies_it(
        kind: str, article: str, refused: bool) -> None:
    said = f"Amnesty International speaks of article {article} of the Rome Statute [@l-ariha]."
    made = classified(kind)
    named = replace(made.assertions["l-ariha"], says="the Rome Statute may be in point")     # else nobody named it (R14)
    assert ("R14" in codes(replace(made, assertions=made.assertions | {"l-ariha": named}, _index={}), said)) == refused


def test_a_sentence_that_contradicts_the_classification_of_the_case_is_refused() -> None:
    said = "Amnesty International speaks of an international armed conflict [@l-ariha]."
    assert "R14" in codes(classified("NIAC"), said)
    assert "R14" not in codes(classified("IAC"), said)


_DATED = [row for row in instruments().values() if row["kind"] in ("treaty", "resolution", "declaration", "statute")
          and "in_force" in row]


@given(st.sampled_from(_DATED), st.integers(1, 28), st.integers(1, 12), st.integers(1900, 2040))
def test_no_instrument_is_held_against_a_strike_before_it_was_in_force_or_under_a_wrong_date(
        row: dict[str, object], day: int, month: int, year: int) -> None:
    """Property over every instrument of the rules: later ones are refused, and so is any date that is not its own."""
    name, case = str(row["words"][0]), taken().case   # type: ignore[index]
    strike = case.incidents["ariha"].when.local_date
    if isinstance(row["in_force"], date) and row["in_force"] > strike:
        assert "R14" in codes(case, f"The strike went against the {name} [=ariha-market].")
    other = date(year, month, day)
    if other not in (row["adopted"], row["in_force"]):
        said = f"The strike is held against the {name} of {day} {other.strftime('%B')} {year} [=ariha-market]."
        assert "R14" in codes(case, said)


def test_a_war_crime_in_our_own_voice_names_what_it_lacks() -> None:
    found = check_text(taken().case, "## A {#ariha}\n\nThe strike on the market was a war crime [=ariha-market].\n", "d.md")
    assert [f.code for f in found] == ["R18"]
    for wanting in ("mental element", "armed conflict", "second person"):
        assert wanting in found[0].reason
