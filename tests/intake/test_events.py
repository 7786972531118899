"""Event databases of others: every row stays, what cannot be is named, nothing is corrected. All rows are made up."""
from __future__ import annotations

import csv
import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from bearwitness.errors import BadTable, UnreadableArrival
from bearwitness.intake.event_case import as_case
from bearwitness.intake.events import read_events
from bearwitness.model.case import Stated, build
from bearwitness.model.event import EventTable
from bearwitness.model.fits import problems
from bearwitness.model.vocabulary import TABLES
from bearwitness.seal.takein import take_in

AIRWARS = ("airwars_id,code,date,date_end,civ_killed_min,civ_killed_max,children_killed_min,children_killed_max,"
           "combatants_killed_min,combatants_killed_max,geo_accuracy,strike_type,strike_status,evidence_grade,location_en,"
           "location_ar,governorate,belligerent,lat,lon,n_sources_listed,n_named_victims\n")
ROWS = [
    "1,X1,2015-10-20,,12,13,1,2,,,town,Airstrike,Likely strike,Fair,Nordburg,,Nord,A Military,35.9,36.7,3,12",
    "2,X2,2015-10-21,2015-10-22,,,,,,,exact_location,Airstrike,,Weak,Sudhafen,,Sud,"
    "\"A Military, B Military\",35.9,4239.00,0,0",
    "3,X2,1970-01-01,,5,6,,,2,2,village,,,Contested,Ostdorf,,Ost,,35.1,36.1,0,9",
    "4,X4,,,,4,5,2,,,,,,,Westheim,,,,,,1,0",
    "5,X5,03/04/2015,,seven,9,,,,,district,,,,,,,A Military,95,36,2,1",
]


def table(tmp_path: Path, text: str, name: str = "events.csv") -> EventTable:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return read_events(tmp_path / name)


def airwars(tmp_path: Path) -> EventTable:
    return table(tmp_path, AIRWARS + "\n".join(ROWS) + "\n")


def test_every_row_becomes_an_event_whatever_is_wrong_with_it(tmp_path: Path) -> None:
    found = airwars(tmp_path)
    assert found.rows == len(found.events) == len(ROWS)
    assert [e.row for e in found.events] == [1, 2, 3, 4, 5]


def test_what_cannot_be_is_named_and_not_corrected(tmp_path: Path) -> None:
    faults = {e.row: " | ".join(e.faults) for e in airwars(tmp_path).events}
    assert faults[1] == ""
    assert "longitude 4239.00" in faults[2]
    assert "before any event" in faults[3] and "9 people are named and the maximum killed is 6 (and up to 2" in faults[3]
    assert "undated" in faults[4] and "children: the minimum 5 is more than the maximum 2" in faults[4]
    assert "03/04/2015" in faults[5] and "'seven'" in faults[5] and "latitude 95" in faults[5]


def test_an_id_used_twice_is_said(tmp_path: Path) -> None:
    assert any("X2" in note and "2 times" in note for note in airwars(tmp_path).notes)


def test_a_bad_position_is_no_position_and_a_town_is_no_point_of_impact(tmp_path: Path) -> None:
    events = airwars(tmp_path).events
    assert events[1].point is None and events[4].point is None
    assert events[0].level == "town" and events[0].point is not None and events[0].point.radius_m is None


def test_the_publishers_grade_and_words_stay_his(tmp_path: Path) -> None:
    first, second = airwars(tmp_path).events[:2]
    assert (first.grade, first.status, second.actors) == ("Fair", "Likely strike", ("A Military", "B Military"))


def test_the_same_table_packed_reads_the_same(tmp_path: Path) -> None:
    (tmp_path / "events.csv.gz").write_bytes(gzip.compress((AIRWARS + "\n".join(ROWS) + "\n").encode()))
    assert read_events(tmp_path / "events.csv.gz").events == airwars(tmp_path).events


def test_ucdp_ged(tmp_path: Path) -> None:
    head = ["id", "relid", "type_of_violence", "side_a", "side_b", "number_of_sources", "where_prec", "where_coordinates",
            "adm_1", "latitude", "longitude", "date_start", "date_end", "deaths_civilians", "best", "high", "low"]
    row = ["77", "SYR-1", "3", "Government", "Civilians", "-1", "1", "Nordburg town", "Nord", "35.9", "36.7",
           "2015-10-20 00:00:00.000", "2015-10-20 00:00:00.000", "12", "13", "17", "12"]
    event = table(tmp_path, "\n".join((",".join(head), ",".join(row)))).events[0]
    assert event.start == date(2015, 10, 20) and event.kind == "one-sided violence" and event.sources is None
    assert (event.figures["killed"].low, event.figures["killed"].high) == (12, 17)
    assert event.figures["civilians"].high == 12 and not event.faults


def test_acled_has_one_number_that_is_no_maximum(tmp_path: Path) -> None:
    text = ("event_id_cnty;event_date;event_type;sub_event_type;actor1;actor2;admin1;location;latitude;longitude;"
            "geo_precision;source;fatalities\n"
            "SYR9;20 October 2015;Explosions;Air/drone strike;A Forces;Civilians;Nord;Nordburg;35.9;36.7;1;One; 13\n")
    event = table(tmp_path, text).events[0]
    assert event.start == date(2015, 10, 20) and event.killed.low == 13 and event.killed.high is None
    assert event.kind == "Air/drone strike" and event.sources == 1


def test_bellingcat_json(tmp_path: Path) -> None:
    rows = [{"id": "CIV1", "date": "02/24/2022", "latitude": "49.8", "longitude": "36.6", "location": "Nordburg",
             "description": "made up", "sources": [{"id": "a", "path": "https://example.org/1", "description": ""},
                                                   {"id": "b", "path": "https://example.org/2", "description": ""}],
             "filters": [{"key": "Type of area affected", "value": "Residential"}]}]
    event = table(tmp_path, json.dumps(rows), "harm.json").events[0]
    assert event.start == date(2022, 2, 24) and event.object == "Residential" and event.sources == 2
    assert not event.killed.known and not event.faults


@pytest.mark.parametrize(("text", "error"), [("a,b\n1,2\n", BadTable), ("", BadTable), ("[1, 2]", BadTable),
                                             ("{", UnreadableArrival), (AIRWARS + "1,2\n", BadTable),
                                             ('[' * 100_000, UnreadableArrival)])
def test_what_is_no_event_database_is_refused(tmp_path: Path, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        table(tmp_path, text)


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"\xff\xfe\x00code")
    (tmp_path / "y.csv.gz").write_bytes(b"\x1f\x8b broken")
    for name in ("none.csv", "x.csv", "y.csv.gz"):
        with pytest.raises(UnreadableArrival):
            read_events(tmp_path / name)


def test_a_database_becomes_a_case_with_one_incident_for_each_row_and_equal_sums(tmp_path: Path) -> None:
    found = airwars(tmp_path)
    made = as_case(found, zone="Asia/Damascus", read_on="2026-08-02")
    stated = [Stated(TABLES[file].kind, row["id"], {k: v for k, v in row.items() if v}, file, n)
              for file in TABLES if file in made.files
              for n, row in enumerate(csv.DictReader(made.files[file].splitlines()), 2)]
    case, faults = build({"title": "x", "zone": "Asia/Damascus", "standard": "reasonable-grounds"}, stated)
    assert not faults and not problems(case)
    assert len(case.incidents) == found.rows and set(made.ids.values()) == set(case.incidents)
    own = [t.figures["killed"] for t in case.tolls.values() if not t.scope]
    assert sum(n.low for n in own) == sum(e.killed.low or 0 for e in found.events)
    assert sum(n.high for n in own if not n.open_top) == sum(e.killed.high or 0 for e in found.events)
    assert [t.figures["fighters"].low for t in case.tolls.values() if t.scope == "fighters, apart"] == [2]


def test_the_case_is_taken_in_as_any_other(tmp_path: Path) -> None:
    made = as_case(airwars(tmp_path), zone="Asia/Damascus", read_on="2026-08-02")
    folder = tmp_path / "case"
    folder.mkdir()
    for name, text in made.files.items():
        (folder / name).write_text(text, encoding="utf-8")
    case = take_in(folder, write=False).case
    assert {"X2", "X2-2"} <= set(case.incidents) and "longitude 4239" in case.incidents["X2"].note
