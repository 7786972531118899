"""Our incidents beside events of others: what joins two, what keeps them apart, and who may count as an echo."""
from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.link.incidents import DIFFERENT, REVIEW, SAME, echoed_by, match_incidents
from bearwitness.model.case import Stated, build
from bearwitness.model.event import Event, EventTable, Range
from bearwitness.model.records import Incident
from bearwitness.model.when import parse_when
from bearwitness.model.where import Point
from bearwitness.reason.event_grades import grade_event

DAY = date(2015, 10, 20)


def event(row: int = 1, **change: Any) -> Event:
    own: dict[str, Any] = {
        "row": row, "id": f"E{row}", "start": DAY, "end": DAY, "place": "Nordburg", "place_local": "", "region": "Nord",
        "point": Point(35.9, 36.7), "level": "town", "kind": "Airstrike", "actors": ("A",),
        "figures": {"civilians": Range(12, 14)}, "named": None, "grade": "Fair", "status": "Likely strike", "sources": 2,
        "source_names": (), "object": "", "url": ""}
    return Event(**{**own, **change})


def ours(when: str = "2015-10-20", lat: float = 35.905, lon: float = 36.702, name: str = "Nordburg market") -> Incident:
    return Incident("nord", name, "", parse_when(when, "Asia/Damascus"), Point(lat, lon), "town", ("market",))


def match(*events: Event, toll: Range = Range(13, 13), incident: Incident | None = None,  # noqa: B008 - frozen
          judged: dict[tuple[str, str], str] | None = None) -> list[Any]:
    found = EventTable("Others", ("others", "Others", "monitor"), "x.csv", len(events), events, ())
    return match_incidents([incident or ours()], {"nord": toll}, found, judged)


def test_one_day_one_town_one_toll_is_the_same() -> None:
    found = match(event())
    assert [m.zone for m in found] == [SAME] and {r.question for r in found[0].reasons} >= {"time", "place", "toll", "name"}


def test_the_same_number_in_the_next_town_is_not_the_same() -> None:
    """Seventeen dead in one town, seventeen in the next, on one day: a number joins nothing."""
    found = match(event(place="Sudhafen", point=Point(35.99, 36.7)))
    assert not [m for m in found if m.zone == SAME]


def test_a_day_apart_goes_to_a_person() -> None:
    assert [m.zone for m in match(event(start=DAY - timedelta(days=1), end=DAY - timedelta(days=1)))] == [REVIEW]


def test_another_number_in_the_same_town_that_day_goes_to_a_person() -> None:
    assert [m.zone for m in match(event(figures={"civilians": Range(1, 1)}))] == [REVIEW]


def test_two_events_that_fit_equally_well_are_both_for_a_person() -> None:
    assert [m.zone for m in match(event(1), event(2))] == [REVIEW, REVIEW]


def test_without_a_usable_position_a_name_may_join_for_review_and_never_as_the_same() -> None:
    assert [m.zone for m in match(event(point=None))] == [REVIEW]
    assert match(event(point=None, place="Sudhafen")) == []


def test_a_judgement_stands_over_the_zone_and_survives_a_second_run() -> None:
    judged = {("nord", "E1"): DIFFERENT, ("nord", "E2"): SAME}
    for _ in range(2):
        found = {m.theirs: m for m in match(event(1), event(2), judged=judged)}
        assert (found["E1"].zone, found["E2"].zone, found["E2"].judged) == (DIFFERENT, SAME, SAME)


def test_a_judgement_that_is_no_judgement_is_refused() -> None:
    with pytest.raises(ValueError):
        match(event(), judged={("nord", "E1"): "perhaps"})


@given(st.permutations([event(n, start=DAY + timedelta(days=n % 3 - 1), end=DAY + timedelta(days=n % 3 - 1),
                              point=Point(35.9 + n / 200, 36.7)) for n in range(1, 7)]))
def test_the_order_of_their_rows_changes_nothing(events: list[Event]) -> None:
    key = {(m.theirs, m.zone) for m in match(*events)}
    assert key == {(m.theirs, m.zone) for m in match(*sorted(events, key=lambda e: e.row))}


# -- echoes ---------------------------------------------------------------------------------------------------


def case_with(relies: str | None) -> Any:
    sources = [{"id": "mon", "name": "Monitor", "kind": "monitor"}]
    if relies is not None:
        sources.append({"id": "others", "name": "Others", "kind": "monitor", "relies_on": relies})
    stated = [Stated("source.stated", s["id"], s) for s in sources]
    stated.append(Stated("document.stated", "d", {"id": "d", "what": "x", "where": "x", "held": "no"}))
    stated.append(Stated("incident.stated", "nord", {"id": "nord", "name": "N", "when": "2015-10-20", "object": "x"}))
    stated.append(Stated("toll.stated", "t", {"id": "t", "incident": "nord", "by": "mon", "in": "d",
                                              "as_of": "2015-10-21", "killed": "12", "words": "12"}))
    case, faults = build({"title": "x", "zone": "UTC", "standard": "reasonable-grounds"}, stated)
    assert not faults
    return case


@pytest.mark.parametrize(("relies", "counts"), [("", True), ("mon", False), ("?", False), (None, False)])
def test_only_a_database_with_origins_of_its_own_echoes(relies: str | None, counts: bool) -> None:
    said = echoed_by(case_with(relies), "nord", "others")
    assert said[0] is counts and said[1]


# -- grades ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("change", "ours_is"), [
    ({"sources": 0}, ""), ({"sources": None}, ""), ({"sources": 1}, "Weak"), ({}, "Fair"), ({"status": ""}, "Weak"),
    ({"actors": ("A", "B")}, "Contested"), ({"status": "Contested strike"}, "Contested"),
    ({"figures": {"civilians": Range(0, 0), "fighters": Range(3, 3)}}, "Discounted"),
])
def test_our_grade_comes_from_what_is_listed_and_never_from_the_publishers(change: dict[str, Any], ours_is: str) -> None:
    for publisher in ("Confirmed", "Weak", ""):
        graded = grade_event(event(**{**change, "grade": publisher}))
        assert graded.ours == ours_is and graded.publisher == publisher and graded.why


def test_without_a_source_list_nothing_is_guessed() -> None:
    assert str(grade_event(event(sources=0))) == "not computable: no source list"
