"""The six strikes: what each finding rests on, held against a recomputation that knows nothing of the method.

The recomputation takes a case without the rows, builds it anew, and reads the level off. It shares no code with
`reason.doubt`: it removes rows from the case's files and not grounds from a finding.
"""
from __future__ import annotations

from collections.abc import Collection
from functools import cache
from itertools import combinations

import pytest
from tests.example import taken, with_rows

from bearwitness.link.origins import origins
from bearwitness.model.case import Case, Stated
from bearwitness.reason.doubt import Doubt, next_evidence, of, say
from bearwitness.reason.findings import weigh
from bearwitness.reason.standards import standard_of

FINDINGS = sorted(taken().case.findings)


@cache
def doubt(ref: str) -> Doubt:
    case = taken().case
    return of(case, standard_of(case), ref)


def level_without(gone: Collection[str], finding: str) -> int:
    """The level of a finding in a case whose files never had these rows."""
    def change(row: Stated) -> Stated | None:
        return None if row.id in gone else row
    case, _ = with_rows(change)
    return weigh(case, standard_of(case), case.findings[finding]).computed.number


def rows_of(case: Case, speakers: Collection[str]) -> set[str]:
    return {row.id for row in (*case.assertions.values(), *case.tolls.values()) if row.by in speakers}


def named_by(case: Case, finding: str) -> list[str]:
    """Every speaker whose record a finding names, on any side."""
    f = case.findings[finding]
    refs = [*f.supporting, *f.opposing, *(ref for rival in f.rivals for ref in rival.excluded_by)]
    return sorted({(case.assertions.get(r) or case.tolls[r]).by for r in refs})


@pytest.mark.parametrize("ref", FINDINGS)
def test_every_origin_left_out_by_brute_force_gives_the_level_that_is_told(ref: str) -> None:
    case = taken().case
    found = origins(case, named_by(case, ref))
    groups = [*found.groups, *((speaker,) for speaker in found.unknown)]
    brute = {group: level_without(rows_of(case, group), ref) for group in groups}
    told = {d.ids: d.after for d in doubt(ref).dependences if d.kind == "origin"}
    assert told == brute


@pytest.mark.parametrize("ref", FINDINGS)
def test_every_finding_names_the_origins_it_depends_on_and_no_smaller_set_does(ref: str) -> None:
    case, now = taken().case, doubt(ref).held.computed.number
    found = origins(case, named_by(case, ref))
    groups = [*found.groups, *((speaker,) for speaker in found.unknown)]
    for size in range(1, len(groups) + 1):
        falling = {frozenset(s for g in chosen for s in g) for chosen in combinations(groups, size)
                   if level_without(rows_of(case, {s for g in chosen for s in g}), ref) < now}
        if falling:
            break
    assert {frozenset(d.ids) for d in doubt(ref).critical} == falling != set()


@pytest.mark.parametrize("ref", FINDINGS)
def test_every_document_left_out_by_brute_force_gives_the_level_that_is_told(ref: str) -> None:
    case = taken().case
    for one in doubt(ref).dependences:
        if one.kind == "document":
            copies = {d.id for d in case.documents.values() if one.ids[0] in d.copies} | set(one.ids)
            gone = {row.id for row in (*case.assertions.values(), *case.tolls.values()) if row.doc in copies}
            assert level_without(gone, ref) == one.after, one


def test_the_strike_on_sarmin_hangs_on_one_page_although_three_origins_speak_in_it() -> None:
    page = next(d for d in doubt("sarmin-strike").dependences if d.ids == ("d-ibt",))
    assert len(doubt("sarmin-strike").held.computed.origins.groups) == 3
    assert (page.before, page.after) == (2, 0)


def test_the_market_at_ariha_hangs_on_the_one_who_heard_the_planes() -> None:
    assert [d.ids for d in doubt("ariha-market").critical] == [("civdef",)]


def test_a_second_person_would_lift_what_three_origins_carry_and_not_what_two_do() -> None:
    lifted = {ref: max((s.after for s in doubt(ref).steps if s.kind == "review"), default=0) for ref in FINDINGS}
    assert lifted["ariha-market"] == lifted["sarmin-strike"] == 3
    assert lifted["ghantu-shelter"] == 2, "three origins of one kind are not of two kinds"


@pytest.mark.parametrize("ref", FINDINGS)
def test_the_next_steps_raise_the_level_when_they_are_taken_and_each_of_them_is_needed(ref: str) -> None:
    one = doubt(ref)
    now = one.held.computed.number
    assert one.way.reaches > now
    if len(one.way.steps) > 1:
        assert all(step.after <= now for step in one.way.steps), "one step alone would have been told alone"
    assert next_evidence(one)


def test_true_parts_of_the_official_statement_are_told_for_the_other_side() -> None:
    points = {p.ref: p for p in doubt("sarmin-strike").exculpatory}
    assert {"mod-photo.a", "mod-photo.b"} <= points.keys()
    assert not points["mod-photo.a"].weighed
    assert "c-mil" in {p.ref for p in doubt("two-mosques").exculpatory}, "a command post nearby speaks for the other side"


def test_a_search_that_found_nothing_is_told_with_how_well_it_would_have_been_seen() -> None:
    words = " ".join(say(doubt("ariha-market")))
    assert "looked for an official statement of an own strike on this market" in words
    assert "daily ministry lists not searched" in words


def test_hypotheses_nobody_spoke_of_are_named_for_each_strike() -> None:
    words = " ".join(say(doubt("jisr-strike")))
    assert "No finding on Jisr al-Shughour mosque speaks of H2" in words
    assert "H3, another air force struck (considered and excluded, recognised by its words)" in words


@pytest.mark.parametrize("ref", FINDINGS)
def test_what_is_read_aloud_names_no_likelihood_and_no_guilt(ref: str) -> None:
    words = " ".join(say(doubt(ref))).casefold()
    assert doubt(ref).finding.text.casefold() in words
    for never in ("guilty", "likely", "proves", "proven", "lied", "certain"):
        assert never not in words.replace("more likely than not", ""), never


def test_the_printed_levels_of_the_example_are_as_they_were() -> None:
    assert {ref: doubt(ref).held.level.number for ref in FINDINGS} == {
        "ariha-market": 2, "ariha-weapon": 0, "ghantu-shelter": 2, "jisr-strike": 2, "photo-older": 1,
        "sarmin-strike": 2, "talbiseh-strike": 2, "two-mosques": 1}
