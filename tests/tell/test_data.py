"""The data files hold what the report says, give the same bytes, and do no harm in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tell.fixture_report import report

from bearwitness.tell import data

EXTRA = {
    "tallies": [
        {
            "quantity": "killed",
            "category": None,
            "scope": "north",
            "min": 43,
            "max": 49,
            "open_top": True,
            "rule": "floor and ceiling of the origins",
            "basis": "tally",
            "words": "43; 49 in the highest account",
            "members": [{"id": "t1", "incident": "north", "by": "monitor", "in": "d1", "value": "17", "role": "floor"}],
            "not_used": [{"id": "t9", "incident": "north", "value": None, "why": "another scope"}],
            "shown_not_added": [],
            "without_figure": ["hill"],
        }
    ],
    "records": [
        {"id": "t1", "kind": "toll.stated", "file": "tolls.csv", "line": 3, "leaf": "", "says": "=cmd|' /C calc'!A0"},
    ],
    "claims": [{"claim": "denial", "part": "denial.a", "verdict": "untested", "level": 0, "text": "Школа; سوق"}],
    "strikes": [
        {"ref": "north", "label": "North Ford", "lat": 12.5, "lon": 34.25, "level": "town", "when": "2031"},
        {"ref": "hill", "label": "Hill farm", "lat": None, "lon": None, "level": "", "radius_m": None, "when": "2031"},
    ],
}


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_same_report_gives_the_same_bytes() -> None:
    assert data.files(report(), EXTRA) == data.files(report(), EXTRA)


def test_every_stretch_of_text_is_a_proposition_with_its_note() -> None:
    made = report("release")
    said = json.loads(data.files(made, {})["data/propositions.json"])
    assert {one["note"] for one in said} == {note.number for note in made.notes}
    assert all(one["depends"] == sorted(one["depends"]) for one in said)


def test_what_a_draft_cannot_ground_is_said_to_have_no_note() -> None:
    said = json.loads(data.files(report(), {})["data/propositions.json"])
    bare = [one for one in said if one["note"] is None]
    assert bare and all(one["kind"] == "none" and one["faults"] for one in bare)


def test_the_whole_report_is_plain_json() -> None:
    whole = json.loads(data.files(report(), EXTRA)["data/report.json"])
    assert whole["title"] == report().title
    assert len(whole["sections"]) == len(report().sections)
    assert whole["seal"]["root"] == report().seal.root


def test_numbers_stay_numbers_and_nothing_said_stays_empty() -> None:
    (row,) = rows(data.files(report(), EXTRA)["data/tallies.csv"])
    assert (row["min"], row["max"], row["open_top"], row["category"]) == ("43", "49", "true", "")
    assert "t9: another scope" in row["not_used"]
    assert data.table([{"n": -3, "x": 0.1}], ("n", "x")).decode("utf-8-sig") == "n,x\r\n-3,0.1\r\n"


def test_a_table_opens_right_in_a_spreadsheet_of_any_language() -> None:
    content = data.files(report(), EXTRA)["data/claims.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    assert rows(content)[0]["text"] == "Школа; سوق"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\u00a0=1", "\u200b=1", "\ufeff=1"]
    + ["＝1", "＋1", "－1", "＠x", "a\n=1", "a\u2028 =1"],
)
def test_no_line_of_a_cell_begins_like_a_formula(text: str) -> None:
    made = data.safe(text)
    for line in made.splitlines():
        assert line.strip("\u200b\ufeff \u00a0\t")[:1] not in data.FORMULA_STARTS or line.startswith("'")
    assert made != text
    assert data.unsafe(made) == text


@given(st.text(alphabet=st.sampled_from("=+-@'\t\r\n \u2028\u200bax1＝"), max_size=12))
def test_the_apostrophe_can_always_be_taken_off_again(text: str) -> None:
    assert data.unsafe(data.safe(text)) == text


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=30))
def test_any_text_comes_back_from_a_table(text: str) -> None:
    content = data.table([{"id": "a", "says": text}], ("id", "says"))
    assert data.unsafe(rows(content)[0]["says"]) == text


def test_a_place_carries_how_well_it_is_known() -> None:
    content = data.files(report(), EXTRA)["data/strikes.geojson"]
    north, hill = json.loads(content)["features"]
    assert north["geometry"]["coordinates"] == [34.25, 12.5]
    assert north["properties"]["level"] == "town" and "radius_m" in north["properties"]
    assert hill["geometry"] is None and hill["properties"]["level"]
    assert b"impact" not in content.lower()


def test_the_readme_says_how_many_rows_each_file_holds() -> None:
    text = data.files(report(), EXTRA)["data/README.txt"].decode()
    assert "all 1 records" in text and "all 2 incidents" in text and "apostrophe" in text
    said = json.loads(data.files(report(), EXTRA)["data/propositions.json"])
    assert f"all {len(said)} stretches" in text
