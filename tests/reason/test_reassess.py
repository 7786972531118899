"""What is weighed again after a change is everything the change touches: the same as weighing all."""
from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.reason.weighed import finding, held, world
from tests.world import assertion, source

from bearwitness.model.case import Case
from bearwitness.reason.reassess import Reassessment
from bearwitness.reason.standards import standard_of

WORDS = "“the first missile hit the vegetable market at nine in the morning and then two more fell”"
CHANGES = {
    "a copy becomes its own": lambda rows: rows | {"copy": source("copy", "media")},
    "a witness turns out to copy": lambda rows: rows | {"rescue": source("rescue", "responder", relies_on="ana")},
    "somebody else said it": lambda rows: rows | {"m2": assertion("m2", "north", "effect", "ana", "it fell")},
    "the same words": lambda rows: rows | {"m2": assertion("m2", "north", "effect", "paper", "x", words=WORDS),
                                           "r2": assertion("r2", "north", "effect", "rescue", "y", words=WORDS)},
    "the words differ again": lambda rows: rows | {"r2": assertion("r2", "north", "effect", "rescue", "y",
                                                                   words="“I slept”")},
    "the same words elsewhere": lambda rows: rows | {
        "x1": assertion("x1", "south", "effect", "paper", "x", words=WORDS),
        "x2": assertion("x2", "south", "effect", "rescue", "y", words=WORDS)},
    "the same words nowhere": lambda rows: {k: v for k, v in rows.items() if k not in ("x1", "x2")},
    "a grade by hand": lambda rows: rows | {"h": finding("h", for_=["w1", "m2"], grade="Fair", grade_because="two say so")},
    "somebody names the attacker": lambda rows: rows | {
        f"a{who}": assertion(f"a{who}", "north", "attacker", who, "State aircraft") for who in ("ana", "paper")},
    "nobody names him": lambda rows: {k: v for k, v in rows.items() if k not in ("aana", "apaper")},
    "the finding below is opposed": lambda rows: rows | {"g": finding("g", for_=["m2", "r2"], against=["e1"])},
    "the finding below goes": lambda rows: {k: v for k, v in rows.items() if k not in ("g", "f")},
    "it comes back": lambda rows: rows | {"g": finding("g", for_=["m2", "r2"]), "f": finding(for_=["g"])},
    "a review": lambda rows: rows | {"g": START["g"], "f": finding(for_=["g", "w1", "e1"], reviewed="researcher-2")},
}


def build(rows) -> Case:
    own = {"copy", "rescue"}
    case = world(*(row for ref, row in rows.items() if ref not in own))
    from bearwitness.model.reading import read_source
    for ref in own & rows.keys():
        case.sources[ref] = read_source(rows[ref].body, case.config.reading)
    return case


START = {"m2": assertion("m2", "north", "effect", "paper", "it fell"),
         "r2": assertion("r2", "north", "effect", "rescue", "it fell"),
         "g": finding("g", for_=["m2", "r2"]), "f": finding(for_=["g"])}


@example(["somebody else said it", "a grade by hand", "the same words elsewhere"])
@example(["a grade by hand", "somebody names the attacker", "nobody names him"])
@given(st.lists(st.sampled_from(sorted(CHANGES)), max_size=8))
def test_after_any_changes_the_levels_are_those_of_weighing_everything(changes):
    rows = dict(START)
    work = Reassessment(standard_of(build(rows)))
    work.over(build(rows))
    for change in changes:
        rows = CHANGES[change](rows)
        case, fresh = build(rows), build(rows)
        told = {ref: (one.computed.number, one.belief, one.faults) for ref, one in work.over(case).items()}
        assert told == {ref: ((h := held(fresh, ref)).computed.number, h.belief, h.faults) for ref in fresh.findings}


@pytest.mark.parametrize("change", sorted(CHANGES))
@pytest.mark.parametrize("before", ["", *sorted(CHANGES)])
def test_each_change_after_each_other_is_seen(before, change):
    rows = CHANGES[before](dict(START)) if before else dict(START)
    work = Reassessment(standard_of(build(rows)))
    work.over(build(rows))
    rows = CHANGES[change](rows)
    if not {"g"} <= rows.keys() and "f" in rows:
        return
    case, fresh = build(rows), build(rows)
    told = {ref: (one.computed, one.belief, one.faults) for ref, one in work.over(case).items()}
    assert told == {ref: ((h := held(fresh, ref)).computed, h.belief, h.faults) for ref in fresh.findings}


def test_what_nothing_touches_is_not_weighed_again():
    work = Reassessment(standard_of(build(START)))
    work.over(build(START))
    assert work.weighed == 2
    work.over(build(START))
    assert work.weighed == 0
    work.over(build(START | {"m1": assertion("m1", "north", "effect", "paper", "another roof fell")}))
    assert work.weighed == 0, "no finding rests on it"
