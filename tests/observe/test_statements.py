"""Official strike reports, sorted: the dangerous confusions first. Every text here is made up."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.observe.statements import CLASSES, names, sort, split

TOTALS = "“In the course of the last day, aircraft performed 40 combat sorties engaging 90 objects in the Nord, Sud and " \
         "Ost provinces.”"


@pytest.mark.parametrize(("text", "kind"), [
    ("The ministry denied carrying out strikes at Nordburg.", "denies"),
    ("Russia explicitly denied any involvement, and made no mention of strikes in Nord governorate.", "denies"),
    ("The Kremlin has refuted the allegation.", "denies"),
    ("Russia made no mention of strikes in Nord governorate for May 3rd.", "silent"),
    ("The Russian MoD issued no report for the period May 3rd-5th.", "silent"),
    ("No strikes were publicly reported in Nord governorate by Russia.", "silent"),
    ("Russia confirmed the following: " + TOTALS, "aggregate"),
    ("Russia has confirmed carrying out strikes in Nord governorate: " + TOTALS, "aggregate"),
    ("Russia has confirmed carrying out strikes in Nord governorate for May 3rd.", "confirms"),
    ("Russia confirmed strikes in Nord governorate: “Near Nordburg (Nord province), a bomber destroyed a depot.”",
     "confirms"),
    ("The Kremlin made no mention of strikes on Nordburg, although did note other attacks in Sud governorate: “At "
     "Sudhafen (Sud), an aircraft destroyed a workshop.”", "other-place"),
    ("A monitoring group reported that four people died after strikes by the regime.", "ambiguous"),
    ("The ministry neither confirmed nor denied the strike.", "ambiguous"),
    ("", "ambiguous"),
])
def test_each_class_by_the_words_that_decide(text: str, kind: str) -> None:
    found = sort(text)
    assert found.kind == kind, found
    assert found.words or not found.decided, "a decision shows the words that made it"


def test_a_monitors_confirmed_over_totals_alone_is_a_total() -> None:
    """The monitor's verb is not the official's: what is quoted decides."""
    found = sort("Russia confirmed strikes in Nord governorate: " + TOTALS)
    assert found.kind == "aggregate" and all(layer == "quoted" for layer, _ in found.words)


def test_one_place_in_the_sentence_and_another_in_the_report_goes_to_a_person() -> None:
    found = sort("Russia confirmed a strike at Nordburg: “Near Sudhafen, an aircraft made a strike against a depot.”")
    assert found.kind == "ambiguous" and not names(found, ["Nordburg"]) and names(found, ["Sudhafen"])


def test_denial_and_confirmation_in_one_text_go_to_a_person() -> None:
    assert sort("Russia confirmed strikes in Nord governorate and denied hitting the hospital.").kind == "ambiguous"


def test_a_confirmation_says_how_far_it_reaches() -> None:
    near = sort("Russia confirmed a strike at Nordburg: “Near Nordburg, an aircraft made a strike on a depot.”")
    area = sort("Russia has confirmed carrying out strikes in Nord governorate for May 3rd.")
    assert (near.reach, area.reach) == ("place", "governorate")


def test_the_layers_are_taken_apart_with_quotations_inside_quotations() -> None:
    layers = split("The ministry said: “Strikes at the “Caliphate” group were made.” It gave no place.")
    assert layers.quoted == ("Strikes at the “Caliphate” group were made.",)
    assert "Caliphate" not in layers.own and "It gave no place." in layers.own


def test_a_quotation_left_open_runs_to_the_end() -> None:
    assert split("Russia noted: “Near Nordburg, a bomber destroyed").quoted == ("Near Nordburg, a bomber destroyed",)


@pytest.mark.parametrize("verb", ["denied", "refuted", "dismissed", "rejected the claims of"])
@pytest.mark.parametrize("tail", ["", " " + TOTALS, " “Near Sudhafen, an aircraft destroyed a depot.”"])
def test_no_denial_is_read_as_a_confirmation(verb: str, tail: str) -> None:
    assert sort(f"The Russian MoD {verb} a strike at Nordburg on May 3rd.{tail}").kind in ("denies", "ambiguous")


@given(st.text(alphabet="Russia confirmed denied “”\"'. NordburgANOIprovinces0123456789-", max_size=400))
def test_any_text_gets_one_class_and_nothing_stalls(text: str) -> None:
    assert sort(text).kind in CLASSES


def test_a_text_too_long_to_be_one_report_goes_to_a_person() -> None:
    assert sort("Russia confirmed strikes. " * 2000).kind == "ambiguous"
