"""Sorted strike reports as rows of a case: what a report may ground, and what it may not."""
from __future__ import annotations

import pytest

from bearwitness.model.reading import READERS
from bearwitness.model.records import Reading
from bearwitness.observe.statement_rows import COLUMNS, as_assertion, judged
from bearwitness.observe.statements import sort

TEXTS = {
    "confirms": "Russia has confirmed carrying out strikes in Nord governorate for May 3rd.",
    "denies": "The Kremlin denied it.",
    "silent": "Russia made no mention of strikes in Nord governorate.",
    "aggregate": "Russia reported that “aircraft performed 40 combat sorties engaging 90 objects in the Nord and Sud "
                 "provinces.”",
    "other-place": "The Kremlin made no mention of strikes on Nordburg, although did note other attacks: “At Sudhafen "
                   "(Sud), an aircraft destroyed a workshop.”",
}


@pytest.mark.parametrize("kind", TEXTS)
def test_each_class_becomes_a_row_that_a_case_can_read(kind: str) -> None:
    found = sort(TEXTS[kind])
    assert found.kind == kind
    row = as_assertion("sr-1", "nord", TEXTS[kind], found, by="mod", doc="d")
    assert set(row) == set(COLUMNS)
    record = READERS["assertion.made"](row, Reading())
    assert record.how == "party" and record.note.startswith("decided by")


def test_totals_and_other_places_ground_nothing_about_the_incident() -> None:
    for kind in ("aggregate", "other-place"):
        assert as_assertion("a", "nord", TEXTS[kind], sort(TEXTS[kind]), by="mod", doc="d")["incident"] == "?"


def test_a_confirmation_of_a_governorate_reaches_a_district_and_no_town() -> None:
    assert as_assertion("a", "nord", TEXTS["confirms"], sort(TEXTS["confirms"]), by="mod", doc="d")["at"] == "district"


def test_a_town_is_reached_only_where_the_reports_own_words_name_it() -> None:
    """The monitor files a report under an incident; the party may have meant the next town."""
    text = "Russia confirmed strikes in Nord governorate: “Near Sudhafen (Nord province), a bomber destroyed a depot.”"
    for spellings, reach in (((), "district"), (("Nordburg", ""), "district"), (("Sudhaven market",), "town"),
                             (("Sud",), "district")):
        assert as_assertion("a", "x", text, sort(text), by="mod", doc="d", spellings=spellings)["at"] == reach


def test_an_ambiguous_report_is_no_assertion_until_a_person_read_it() -> None:
    text = "A poem about rain."
    with pytest.raises(ValueError):
        as_assertion("a", "nord", text, sort(text), by="mod", doc="d")
    row = as_assertion("a", "nord", text, judged(sort(text), "silent"), by="mod", doc="d")
    assert row["about"] == "admission-none" and row["note"] == "decided by person: silent"
    with pytest.raises(ValueError):
        judged(sort(text), "perhaps")
