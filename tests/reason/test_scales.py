"""Letters for sources, figures for pieces, words for likelihood: none is made out of another."""
from __future__ import annotations

import pytest
from tests.reason.weighed import world

from bearwitness.reason.scales import admiralty, band, likelihood, mixed
from bearwitness.rules import load


def test_a_source_nobody_graded_and_a_piece_nobody_judged_are_f6():
    assert str(admiralty(world(), "w1")) == "F6"


def test_a_figure_of_one_needs_a_second_origin_and_a_copy_is_none():
    case = world()
    assert str(admiralty(case, "w1", credibility="1", beside=["m1"])) == "F1"
    refused = admiralty(case, "w1", credibility="1", beside=["c1", "u1"])
    assert str(refused) == "F6" and "needs 2 origins" in refused.refused


def test_a_reliable_source_does_not_make_a_piece_credible():
    case = world()
    object.__setattr__(case.sources["ana"], "grade", "A")
    assert str(admiralty(case, "w1")) == "A6"


def test_a_figure_that_is_none_is_refused():
    with pytest.raises(ValueError):
        admiralty(world(), "w1", credibility="7")


@pytest.mark.parametrize("percent", [0, 100, -1, 100.5, 0.5, 99.5])
def test_certainty_is_outside_every_band(percent):
    with pytest.raises(ValueError):
        likelihood(percent)


@pytest.mark.parametrize(("percent", "word"), [(3, "almost no chance"), (12, "very unlikely"), (30, "unlikely"),
                                               (50, "roughly even chance"), (70, "likely"), (90, "very likely"),
                                               (97, "almost certain")])
def test_the_words_of_the_directive(percent, word):
    assert likelihood(percent) == word
    low, high = band(word) or (0, 0)
    assert low <= percent <= high


def test_the_bands_meet_and_leave_no_gap():
    bands = load("scales/icd203")["likelihood"]
    assert [one["high"] for one in bands[:-1]] == [one["low"] for one in bands[1:]]
    assert band("probable") == band("likely") == (55, 80) and band("plausible") is None


@pytest.mark.parametrize(("sentence", "refused"), [
    ("We judge with high confidence that it is very likely.", True),
    ("It is likely, and a second strike is highly improbable.", True),
    ("It is very unlikely.", False), ("We have moderate confidence in this.", False),
    ("It is likely, and a second strike is very unlikely.", False)])
def test_confidence_and_likelihood_do_not_stand_in_one_sentence(sentence, refused):
    assert bool(mixed(sentence)) is refused
