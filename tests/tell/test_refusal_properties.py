"""What holds for every hour, number, model and date, and not only for those that a fixture names."""
from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.example import taken

from bearwitness.reason.weapons.features import types
from bearwitness.tell.check import check_text


def codes(text: str, place: str) -> set[str]:
    return {f.code for f in check_text(taken().case, f"## X {{#{place}}}\n\n{text}\n", "d.md")}


@settings(deadline=None)
@given(st.integers(0, 23), st.integers(0, 59), st.integers(-11, 13))
def test_an_hour_passes_only_with_the_offset_of_its_zone_on_that_day(hour: int, minute: int, offset: int) -> None:
    utc = (hour - offset) % 24
    said = f"The Observatory puts the strike at {hour:02}:{minute:02} (UTC{offset:+d}; {utc:02}:{minute:02} UTC) [@h-time]."
    assert ("R08" in codes(said, "sarmin")) == (offset != 3)      # Damascus on 20 October 2015: UTC+3
    assert "R08" in codes(f"The Observatory puts the strike at {hour:02}:{minute:02} [@h-time].", "sarmin")


@settings(deadline=None)
@given(st.integers(2, 99_999))
def test_a_typed_number_passes_only_where_its_record_states_it(number: int) -> None:
    found = codes(f"The Observatory speaks of {number} killed at Sarmin [@t-sar-sohr].", "sarmin")
    assert bool(found) == (number != 13)
    assert not found or "G03" in found


@given(st.sampled_from(sorted(types())), st.sampled_from(["w-fae-exp", "g-fae", "r-clusohr", "w-cluster"]))
def test_no_model_is_named_from_records_that_describe_no_feature_of_it(model: str, ref: str) -> None:
    place = "ghantu" if ref in ("w-fae-exp", "g-fae") else "ariha"
    assert "R12" in codes(f"The place was hit by a {model} [@{ref}].", place)


@settings(deadline=None)
@given(st.integers(1, 28), st.sampled_from(["September", "October", "November"]))
def test_no_date_of_a_caption_becomes_the_date_of_a_picture(day: int, month: str) -> None:
    said = f"The aerial photograph taken on {day} {month} 2015 shows the hospital, the ministry says [@h-photo]."
    assert codes(said, "sarmin") & {"R11", "G03"}
    whose = "The ministry showed an aerial photograph that it dates to 31 October 2015 [@h-photo]."
    assert not codes(whose, "sarmin")


@given(st.sampled_from(["model", "lists", "interval"]), st.integers(100, 1900))
def test_an_estimate_lacking_any_of_its_three_measures_is_refused(missing: str, number: int) -> None:
    parts = {"model": "by a latent-class model", "lists": "from four lists", "interval": "with a wide interval"}
    told = ", ".join(words for name, words in parts.items() if name != missing)
    assert "R25" in codes(f"An estimated {number} people were killed, {told} [@t-sohr-dec].", "campaign")


def test_likelihood_and_confidence_are_not_said_in_one_sentence() -> None:
    said = "## X {#ariha}\n\nIt is likely, with high confidence, that an air strike hit the market [=ariha-market].\n"
    assert any("a likelihood" in f.reason and "a confidence" in f.reason for f in check_text(taken().case, said, "d.md"))
